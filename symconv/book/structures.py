"""Samples of the structural statements: chains and levels, built and run on torch."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from symconv.meanings.integers import compiled
from symconv.operators import OPERATORS
from symconv.operators.scaling import extent
from symconv.terms import variables
from symconv.witness import torch_module

CONV = OPERATORS["conv"].symmetric
Setting = dict[str, int]


def value(term: Any, **numbers: int) -> int:
    """Return what a term comes to."""
    found: int = compiled(term)(*(numbers[name] for name in variables(term)))
    return found


def _layer(rng: random.Random) -> Setting:
    return {
        "F": rng.randint(1, 4), "S": rng.randint(1, 3), "P": rng.randint(0, 2),
        "D": rng.randint(1, 2),
    }  # fmt: skip


def _module(own: Setting, bias: bool = False) -> Any:
    torch = torch_module()
    module = torch.nn.Conv1d(1, 1, own["F"], own["S"], own["P"], own["D"], bias=bias).double()
    torch.nn.init.ones_(module.weight)
    return module


def _run(chain: list[Setting], data: Any) -> Any:
    """Return what torch makes of data, or nothing if it refuses."""
    torch = torch_module()
    try:
        return torch.nn.Sequential(*map(_module, chain))(data)
    except RuntimeError:
        return None


def _zeros(size: int) -> Any:
    torch = torch_module()
    return torch.zeros(1, 1, size, dtype=torch.float64)


def field(chain: list[Setting]) -> tuple[int, int, int]:
    """Return extent, stride and padding of the receptive field: `r0`, `S0` and `P0`."""
    reach, step, margin = 1, 1, 0
    for own in chain:
        reach += step * (value(extent, **own) - 1)
        margin += step * own["P"]
        step *= own["S"]
    return reach, step, margin


def placements(rng: random.Random) -> bool:
    """Whether torch has as many outputs as there are legal placements, counted."""
    own, size = _layer(rng), rng.randint(1, 10)
    length = size + 2 * own["P"]
    legal = [
        place
        for place in range(length)
        if all(place * own["S"] + tap * own["D"] < length for tap in range(own["F"]))
    ]
    output = _run([own], _zeros(size))
    return len(legal) == (0 if output is None else output.shape[-1])


def scattered_span(rng: random.Random) -> bool:
    """Whether a transposed layer has as many cells as its scattered taps span."""
    torch = torch_module()
    own, size = _layer(rng), rng.randint(1, 10)
    cells = [x * own["S"] + d * own["D"] for x in range(size) for d in range(own["F"])]
    layer = torch.nn.ConvTranspose1d(1, 1, own["F"], own["S"], dilation=own["D"]).double()
    return bool(layer(_zeros(size)).shape[-1] == max(cells) - min(cells) + 1)


def chain_one_floor(rng: random.Random) -> bool:
    """Whether a chain has the size of one convolution, where torch takes it at all."""
    chain, size = [_layer(rng) for _ in range(rng.randint(1, 4))], rng.randint(1, 60)
    reach, step, margin = field(chain)
    output = _run(chain, _zeros(size))
    return output is None or output.shape[-1] == (size + 2 * margin - reach) // step + 1


def chain_fits(rng: random.Random) -> bool:
    """Whether torch takes just the sizes from the greatest `B - A` on."""
    chain, size = [_layer(rng) for _ in range(rng.randint(1, 4))], rng.randint(1, 40)
    fields = [field(chain[:count]) for count in range(1, len(chain) + 1)]
    least = max([1, *(reach - 2 * margin for reach, _, margin in fields)])
    return (_run(chain, _zeros(size)) is not None) == (size >= least)


def chain_inverse(rng: random.Random) -> bool:
    """Whether the sizes that torch takes to one output are the interval."""
    chain = [_layer(rng) for _ in range(rng.randint(1, 3))]
    reach, step, margin = field(chain)
    sizes = {size: _run(chain, _zeros(size)) for size in range(1, 50)}
    taken = {size: out.shape[-1] for size, out in sizes.items() if out is not None}
    wanted = rng.choice([*taken.values(), 1])
    first = step * wanted - (2 * margin - reach + step)
    found = {size for size, output in taken.items() if output == wanted}
    return found == {size for size in range(first, first + step) if size in taken}


def _read(chain: list[Setting], size: int, output: int) -> set[int] | None:
    """Return which input cells an output reads, by torch's gradients; none if there is none."""
    data = _zeros(size).requires_grad_()
    made = _run(chain, data)
    if made is None or made.shape[-1] <= output:
        return None
    made[0, 0, output].backward()
    return {int(cell) for cell in data.grad[0, 0].nonzero().flatten()}


def receptive_field(rng: random.Random) -> bool:
    """Whether an output reads both ends of its region, where these are inside, and no more."""
    chain, size = [_layer(rng) for _ in range(rng.randint(1, 3))], 60
    reach, step, margin = field(chain)
    output = rng.randint(0, 8)
    read = _read(chain, size, output)
    if read is None:
        return True
    first, last = output * step - margin, output * step - margin + reach - 1
    inside = read <= set(range(first, last + 1))
    padded = any(own["P"] for own in chain[1:])  # a padding further on hides cells before it
    ends = {end for end in (first, last) if 0 <= end < size}
    return inside and (padded or ends <= read)


def alignment(rng: random.Random) -> bool:
    """Whether the centres of two branches, by torch's gradients, agree just when they should."""
    chains = [[_layer(rng) for _ in range(rng.randint(1, 2))] for _ in range(2)]
    (one, step, margin), (other, step2, margin2) = map(field, chains)
    condition = step == step2 and one - 2 * margin == other - 2 * margin2
    centres = []
    for chain in chains:
        read = [_read(chain, 200, output) or {0} for output in (8, 9, 12)]  # far from both ends
        centres.append([min(cells) + max(cells) for cells in read])
    return condition == (centres[0] == centres[1])


def uniform_overlap(rng: random.Random) -> bool:
    """Whether torch's transposed layer of ones is even away from the border just then."""
    torch = torch_module()
    from math import gcd

    own = _layer(rng) | {"D": rng.randint(1, 3), "F": rng.randint(1, 6)}
    cells = value(extent, **own)
    layer = torch.nn.ConvTranspose1d(1, 1, own["F"], own["S"], dilation=own["D"], bias=False)
    torch.nn.init.ones_(layer.weight)
    made = layer(torch.ones(1, 1, 2 * cells + 6)).flatten().tolist()
    inner = made[cells - 1 : len(made) - cells + 1]
    uniform = own["F"] % own["S"] == 0 and gcd(own["S"], own["D"]) == 1
    return bool(uniform == (len(set(inner)) == 1))


def same_size_decoder(rng: random.Random) -> bool:
    """Whether a U-Net on torch takes a size just when the power divides it."""
    torch = torch_module()
    factor, levels, size = rng.randint(2, 3), rng.randint(1, 3), rng.randint(1, 60)
    sizes, data = [], _zeros(size)
    divides: bool = size % factor**levels == 0
    for _ in range(levels):
        sizes.append(data.shape[-1])
        if data.shape[-1] < factor:
            return not divides
        data = torch.nn.functional.max_pool1d(data, factor)
    up = torch.nn.ConvTranspose1d(1, 1, factor, factor).double()
    for wanted in reversed(sizes):
        data = up(data)
        if data.shape[-1] != wanted:
            return not divides
    return divides


SIZES: dict[str, Callable[[random.Random], bool]] = {
    one.__name__: one
    for one in (
        placements,
        scattered_span,
        chain_one_floor,
        chain_fits,
        chain_inverse,
        receptive_field,
        alignment,
        same_size_decoder,
    )
}
"""How to run one sample, by the theorem's name."""
