"""Chains walked layer by layer for numbers: sizes forwards, the cells that are read backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from symconv.book.statements.letters import CONV
from symconv.book.statements.structures.chain_notions import (
    NOTIONS,
    chain,
    factor,
    field,
    least,
    margin,
    offset,
)
from symconv.book.statements.structures.common import W, listed, valued, y
from symconv.book.statements.structures.computing import Layer
from symconv.book.statements.structures.formula import Formula
from symconv.book.statements.structures.parts import Numbers, Part
from symconv.errors import RequestError
from symconv.meanings.integers import PLAIN
from symconv.operators.letters import extent

MOST_TRIED = 20_000
"""So many inputs are walked one by one."""
MOST_READ = 5_000
"""So many cells may lie between the first and the last that an output reads."""
_need = factor(chain) - offset(chain)


def letters_of(own: Layer) -> dict[str, int]:
    """Return the letters of a layer's law."""
    return dict(zip("FSPD", own, strict=True))


def walked(layers: Sequence[Layer], size: int) -> list[int]:
    """Return the sizes along a chain, the input first.

    >>> walked([Layer(3, 2, 1), Layer(2, 2)], 7)
    [7, 4, 2]
    """
    sizes = [size]
    for layer in layers:
        sizes.append(PLAIN.evaluate(CONV.size, {"W": sizes[-1], **letters_of(layer)}))
    return sizes


def first_unfit(layers: Sequence[Layer], size: int) -> tuple[int, int, int] | None:
    """Return the first layer whose window does not fit: its place, its extent, what there is."""
    for place, (layer, before) in enumerate(zip(layers, walked(layers, size), strict=False), 1):
        cells, length = PLAIN.evaluate(extent, letters_of(layer)), before + 2 * layer.padding
        if cells > length:
            return place, cells, length
    return None


def read_by(layers: Sequence[Layer], output: int) -> set[int]:
    """Return the input cells that an output reads, tap by tap from the last layer on.

    >>> sorted(read_by([Layer(3, 2, 1), Layer(2)], 0))
    [-1, 0, 1, 2, 3]
    """
    cells = {output}
    for layer in reversed(layers):
        taps = [tap * layer.dilation - layer.padding for tap in range(layer.kernel)]
        cells = {cell * layer.stride + tap for cell in cells for tap in taps}
    return cells


def of_chain(formula: Formula, values: Mapping[str, Any], called: str = "") -> tuple[str, Any]:
    """Say what a formula about chains comes to, and return it."""
    return valued(formula, values, NOTIONS, called)


def refuse_more(needed: str, most: int, amount: int) -> None:
    """Refuse what would have to be counted for long.

    Raises:
        RequestError: it is more than that.
    """
    if amount > most:
        arrived = amount if amount < 10**30 else "far more"
        raise RequestError(
            f"at most {most} {needed}, which are counted one by one",
            f"{arrived}",
            "Take smaller strides or kernels, or fewer layers.",
        )


def floor_with(values: Numbers) -> Iterator[Part]:
    """Walk a chain, and compare with its one floor."""
    layers = values["chain"]
    sizes = walked(layers, values["W"])
    signs = {"A": offset, "B": factor, "r0": field, "P0": margin}
    yield Part(", ".join(of_chain(each(chain), values, sign)[0] for sign, each in signs.items()))
    if unfit := first_unfit(layers, values["W"]):
        place, cells, length = unfit
        needed = f"layer {place} needs {cells} cells and has {length}"
        yield Part(f"{needed}: it has no output, and only the formulas are compared")
    one_floor = (W + offset(chain)) // factor(chain)
    formula, size = of_chain(one_floor, values, "floor((W + A)/B)")
    path = " -> ".join(map(str, sizes))
    yield Part(f"layer by layer: {path}", formula, sizes[-1] == size)
    as_layer = (W + 2 * margin(chain) - field(chain)) // factor(chain) + 1
    formula, size = of_chain(as_layer, values, "floor((W + 2P0 - r0)/B) + 1")
    yield Part(f"layer by layer: {sizes[-1]}", formula, sizes[-1] == size)
    cuts = [({"chain": layers[:cut]}, {"chain": layers[cut:]}) for cut in range(1, len(layers))]
    if cuts:
        yield from _cut(values, cuts)


def _cut(values: Numbers, cuts: Sequence[tuple[Numbers, Numbers]]) -> Iterator[Part]:
    """Compare what a chain divides by and adds with what its parts do, wherever it is cut."""
    factors, offsets = (
        [[of_chain(each(chain), part)[1] for part in cut] for cut in cuts]
        for each in (factor, offset)
    )
    formula, whole = of_chain(factor(chain), values, "B")
    shown = ", ".join(f"{first} * {second}" for first, second in factors)
    same = {first * second for first, second in factors} == {whole}
    yield Part(f"cut in two: {shown}", formula, same)
    formula, whole = of_chain(offset(chain), values, "A")
    sums = [(*pair, times) for pair, (times, _) in zip(offsets, factors, strict=True)]
    shown = ", ".join(f"{first} + {times} * {second}" for first, second, times in sums)
    same = {first + times * second for first, second, times in sums} == {whole}
    yield Part(f"cut in two: {shown}", formula, same)


def fits_with(values: Numbers) -> Iterator[Part]:
    """Walk a chain as far as windows fit, and compare with its beginnings and its least size."""
    layers, size = values["chain"], values["W"]
    unfit = first_unfit(layers, size)
    left = "every window fits"
    if unfit:
        place, cells, length = unfit
        left = f"layer {place} needs {cells} cells and has {length}"
    beginnings = [{"chain": layers[:count]} for count in range(1, len(layers) + 1)]
    needs = [of_chain(_need, beginning)[1] for beginning in beginnings]
    enough = all(need <= size for need in needs)
    right = f"B - A of the beginnings: {listed(needs)}, {'' if enough else 'not '}all at most W"
    yield Part(f"layer by layer with W = {size}: {left}", right, (unfit is None) == enough)
    greatest = max([1, *needs])
    _, smallest = of_chain(least(chain), values)
    left = f"the greatest of them and of 1 is {greatest}"
    yield Part(left, f"the least size is {smallest}", greatest == smallest)
    if size >= 1:
        from_there = [first_unfit(layers, near) is None for near in (smallest - 1, smallest)]
        below = f", {smallest - 1} does not" if smallest > 1 else ""
        agree = from_there == [smallest == 1 and from_there[0], True]
        _, there = of_chain(W >= least(chain), values)
        right = f"W is {'' if there else 'not '}at least {smallest}"
        agree = agree and there == (unfit is None)
        yield Part(f"layer by layer: {smallest} fits{below}", right, agree)


def inverse_with(values: Numbers) -> Iterator[Part]:
    """Walk the inputs around those that should become an output."""
    layers, wanted = values["chain"], values["y"]
    _, block = of_chain(factor(chain), values)
    refuse_more("inputs", MOST_TRIED, block)
    lowest = factor(chain) * y - offset(chain)
    first, low = of_chain(lowest, values, "yB - A")
    last, high = of_chain(lowest + factor(chain) - 1, values, "yB - A + B - 1")
    inputs = [
        size for size in range(low - block, high + block + 1) if walked(layers, size)[-1] == wanted
    ]
    around = [f"{size} becomes {walked(layers, size)[-1]}" for size in (low - 1, high + 1)]
    left = f"layer by layer: {listed(inputs)} become {wanted}, {' and '.join(around)}"
    yield Part(left, f"{first}, {last}", inputs == [*range(low, high + 1)])
