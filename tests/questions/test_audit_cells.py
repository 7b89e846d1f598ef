"""Which sizes leave no cell unread, against cells that are counted tap by tap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

import symconv
from symconv.layers import Layer
from symconv.periodic import SizeSet

LARGEST = 60
CASES = 120
Numbers = dict[str, Any]
Read = Callable[[int, int], set[int]]
"""The cells that are read, of so many cells, for so many output cells."""


def by_windows(numbers: Numbers) -> Read:
    """Each output cell reads where its taps lie, and only cells of the input."""
    f, s, d = (
        numbers.get(name, usual)
        for name, usual in (("kernel_size", 1), ("stride", 1), ("dilation", 1))
    )
    padding = numbers.get("padding", 0)
    before = d * (f - 1) // 2 if padding == "same" else padding
    return lambda size, out: {
        place
        for window in range(out)
        for tap in range(f)
        if 0 <= (place := window * s + tap * d - before) < size
    }


def by_paint(numbers: Numbers) -> Read:
    """A cell is read where one of the taps that it paints lies in the output."""
    f, s, p, d = (numbers[name] for name in ("kernel_size", "stride", "padding", "dilation"))
    return lambda size, out: {
        cell for cell in range(size) if any(0 <= cell * s + tap * d - p < out for tap in range(f))
    }


def by_segments(_: Numbers) -> Read:
    """The cells are spread over the output, and neighbours share a cell that is cut."""
    return lambda size, out: {
        cell
        for place in range(out)
        for cell in range(place * size // out, -(-(place + 1) * size // out))
    }


def by_crops(numbers: Numbers) -> Read:
    """A padding below 0 takes cells away."""
    before, after = numbers["padding"]
    return lambda size, _: set(range(max(0, -before), size + min(0, after)))


def by_copies(numbers: Numbers) -> Read:
    """An output cell reads the cell at its place, or the border cell that is nearest to it."""
    before, _ = numbers["padding"]
    return lambda size, out: {min(max(0, place - before), size - 1) for place in range(out)}


def convolution(random: Random) -> Numbers:
    numbers = {"kernel_size": random.randint(1, 5), "stride": random.choice((1, 1, 2, 3, 4, 6))}
    numbers |= {
        "dilation": random.randint(1, 4),
        "padding": random.choice((0, 0, 1, 2, 3, 5)),
    }
    if random.random() < 0.1:
        numbers |= {"padding": "same", "stride": 1}
    return numbers


def transposed(random: Random) -> Numbers:
    numbers = convolution(random) | {"padding": random.choice((0, 1, 2, 3, 4, 6, 9))}
    most = max(numbers["stride"], numbers["dilation"])
    return numbers | {"output_padding": random.choice((0, 0, random.randrange(most)))}


def pool(random: Random) -> Numbers:
    numbers = convolution(random) | {"ceil_mode": random.random() < 0.6}
    return numbers | {"padding": random.randint(0, numbers["kernel_size"] // 2)}


def undilated(random: Random) -> Numbers:
    return {name: value for name, value in pool(random).items() if name != "dilation"}


def norm_pool(random: Random) -> Numbers:
    numbers = undilated(random) | {"norm_type": 2}
    del numbers["padding"]
    return numbers


KINDS: dict[str, tuple[Callable[[Random], Numbers], Callable[[Numbers], Read]]] = {
    "Conv1d": (convolution, by_windows),
    "ConvTranspose1d": (transposed, by_paint),
    "MaxPool1d": (pool, by_windows),
    "AvgPool1d": (undilated, by_windows),
    "LPPool1d": (norm_pool, by_windows),
    "AdaptiveAvgPool1d": (lambda random: {"output_size": random.randint(0, 9)}, by_segments),
    "AdaptiveMaxPool1d": (lambda random: {"output_size": random.randint(0, 9)}, by_segments),
    "ZeroPad1d": (lambda random: {"padding": (random.randint(-4, 3), random.randint(-4, 3))}, by_crops),
    "ReplicationPad1d": (lambda random: {"padding": (random.randint(-3, 3), random.randint(-3, 3))}, by_copies),
}  # fmt: skip


def layer_of(name: str, random: Random) -> tuple[Layer, Read]:
    draw, read = KINDS[name]
    numbers = draw(random)
    return getattr(symconv, name)(**numbers), read(numbers)


def claimed(layers: Any) -> SizeSet | None:
    (answer,) = symconv.audit(layers, timeout=10**5).axes
    assert answer.certificate
    return answer.every_cell_read


@pytest.mark.parametrize("name", KINDS)
def test_no_cell_is_left_unread_just_where_taps_meet_all(name: str) -> None:
    random, told = Random(f"cells of {name}"), Counter[bool]()
    for _ in range(CASES):
        layer, read = layer_of(name, random)
        said = claimed([layer])
        assert said is not None, layer
        for size in range(1, LARGEST + 1):
            sizes = symconv.size(layer, size)
            whole = not sizes.refused and read(size, sizes.output) >= set(range(size))
            assert (size in said) == whole, (layer, size)
            told[whole] += 1
    assert told[True] > CASES
    assert told[False] > CASES


@pytest.mark.parametrize("padding", [(-2, 3), (0, 0), (2, 1), (-1, 1), (4, -3), (-3, -1)])
def test_border_cells_are_copied_as_torch_copies_them(padding: tuple[int, int]) -> None:
    """Which cells torch reads is seen in a gradient."""
    torch = pytest.importorskip("torch")
    layer, read = torch.nn.ReplicationPad1d(padding), by_copies({"padding": padding})
    for size in range(max(1, 1 - sum(padding)), 9):
        cells = torch.ones(1, 1, size, requires_grad=True)
        made = layer(cells)
        made.sum().backward()
        seen = set(cells.grad[0, 0].nonzero().flatten().tolist())
        assert seen == read(size, made.shape[-1])


def test_a_chain_reads_all_where_each_layer_does() -> None:
    random = Random("cells of chains")
    for _ in range(200):
        layers = [
            layer_of(random.choice(tuple(KINDS)), random) for _ in range(random.randint(2, 3))
        ]
        said = claimed([layer for layer, _ in layers])
        for size in range(1, LARGEST + 1):
            sizes = symconv.size([layer for layer, _ in layers], size)
            whole = not sizes.refused and all(
                read(before[0], after[0]) >= set(range(before[0]))
                for (_, read), before, after in zip(
                    layers, sizes.rows, sizes.rows[1:], strict=False
                )
            )
            assert said is not None
            assert (size in said) == whole, (layers, size)


@pytest.mark.parametrize(
    "layers",
    [
        "Upsample(scale_factor=2)",
        "FractionalMaxPool2d(2, output_size=3)",
        "Conv1d(kernel_size=3, padding=1, padding_mode=reflect)",
        "ReLU() -> MaxUnpool1d(2)",
        "ReflectionPad1d((-2, 3))",
        "CircularPad1d((3, -1))",
    ],
)
def test_where_no_law_says_what_is_read_nothing_is_said(layers: str) -> None:
    assert claimed(layers) is None
    assert "every cell read" not in repr(symconv.audit(layers))
    assert symconv.audit(layers).to_dict()["every_cell_read"] == {}
