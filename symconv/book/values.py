"""Values on torch for the statements about values: whole numbers, compared exactly."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from symconv.book.numbers import true
from symconv.book.statements.structures.multiplying import matrix as places
from symconv.book.structures import Sampler, uniform_overlap
from symconv.meanings.integers import PLAIN
from symconv.operators import OPERATORS
from symconv.operators.letters import extent
from symconv.terms import variables
from symconv.witness import torch_module


def _setting(rng: random.Random) -> dict[str, int]:
    """Draw a legal transposed layer and an input size."""
    law = OPERATORS["conv_transpose"]
    while True:
        numbers = {
            "W": rng.randint(1, 7),
            "F": rng.randint(1, 5),
            "S": rng.randint(1, 4),
            "P": rng.randint(0, 3),
            "D": rng.randint(1, 3),
            "A": rng.randint(0, 3),
        }
        needed = [one for one in law.requires.values() if set(variables(one)) <= set(numbers)]
        if all(true(one, numbers) for one in needed):
            return numbers


def _whole(rng: random.Random, size: int) -> Any:
    torch = torch_module()
    values = [float(rng.randint(-9, 9)) for _ in range(size)]
    return torch.tensor(values, dtype=torch.float64).view(1, 1, -1)


def emulated(rng: random.Random, dilated: bool) -> bool:
    """Whether the direct convolution of the stretched input gives the transposed layer's values.

    The kernel is flipped; a padding below zero crops.
    """
    torch = torch_module()
    own = _setting(rng)
    if not dilated:
        while own["D"] != 1:
            own = _setting(rng)
    data, kernel = _whole(rng, own["W"]), _whole(rng, own["F"])
    wanted = torch.nn.functional.conv_transpose1d(
        data, kernel, stride=own["S"], padding=own["P"], output_padding=own["A"],
        dilation=own["D"],
    )  # fmt: skip
    stretched = torch.zeros(1, 1, (own["W"] - 1) * own["S"] + 1, dtype=torch.float64)
    stretched[..., :: own["S"]] = data
    around = PLAIN.evaluate(extent, own) - 1 - own["P"]
    padded = torch.nn.functional.pad(stretched, (around, around + own["A"]))
    direct = torch.nn.functional.conv1d(padded, kernel.flip(-1), dilation=own["D"])
    return bool(torch.equal(direct, wanted))


def matrix(own: Mapping[str, int], kernel: Any) -> Any:
    """Return the matrix of a convolution from its definition: a row an output, a column an input.

    Args:
        own: `W`, `F`, `S`, `P` and `D`.
        kernel: the taps, as a list.
    """
    return [[0.0 if tap is None else float(kernel[tap]) for tap in row] for row in places(own)]


def transposed(rng: random.Random) -> bool | None:
    """Whether a transposed layer's values are those of the transposed matrix, and a layer's C's."""
    torch = torch_module()
    own = _setting(rng)
    kernel = _whole(rng, own["F"])
    small = _whole(rng, own["W"])
    grown = torch.nn.functional.conv_transpose1d(
        small, kernel, stride=own["S"], padding=own["P"], output_padding=own["A"],
        dilation=own["D"],
    )  # fmt: skip
    large = own | {"W": grown.shape[-1]}
    rows = torch.tensor(matrix(large, kernel.flatten().tolist()), dtype=torch.float64)
    if rows.shape[0] != own["W"]:
        return None  # an output padding of a stride or more: another layer's transpose
    data = _whole(rng, large["W"])
    down = torch.nn.functional.conv1d(
        data, kernel, stride=own["S"], padding=own["P"], dilation=own["D"]
    )
    return bool(
        torch.equal(rows.T @ small.flatten(), grown.flatten())
        and torch.equal(rows @ data.flatten(), down.flatten())
    )


def not_inverse(rng: random.Random) -> bool:
    """Whether the layer and its transpose change some input: a kernel of two ones, two cells."""
    torch = torch_module()
    data = torch.tensor([[[float(rng.randint(1, 9)), 0.0]]])
    kernel = torch.ones(1, 1, 2)
    down = torch.nn.functional.conv1d(data, kernel)
    return not torch.equal(torch.nn.functional.conv_transpose1d(down, kernel), data)


VALUES: dict[str, Sampler] = {
    "emulation_of_conv_transpose": lambda rng: emulated(rng, dilated=False),
    "emulation_of_dilated_conv_transpose": lambda rng: emulated(rng, dilated=True),
    "matrix_transpose": transposed,
    "matrix_of_stretched": lambda rng: emulated(rng, dilated=True),
    "matrix_not_inverse": not_inverse,
    "uniform_overlap": uniform_overlap,
}
"""How to run one sample, by the theorem's name."""
