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
    for own in layers:
        sizes.append(PLAIN.evaluate(CONV.size, {"W": sizes[-1], **letters_of(own)}))
    return sizes


def first_unfit(layers: Sequence[Layer], size: int) -> tuple[int, int, int] | None:
    """Return the first layer whose window does not fit: its place, its extent, what there is."""
    for place, (own, before) in enumerate(zip(layers, walked(layers, size), strict=False), 1):
        cells, length = PLAIN.evaluate(extent, letters_of(own)), before + 2 * own.padding
        if cells > length:
            return place, cells, length
    return None


def read_by(layers: Sequence[Layer], output: int) -> set[int]:
    """Return the input cells that an output reads, tap by tap from the last layer on.

    >>> sorted(read_by([Layer(3, 2, 1), Layer(2)], 0))
    [-1, 0, 1, 2, 3]
    """
    cells = {output}
    for own in reversed(layers):
        taps = [tap * own.dilation - own.padding for tap in range(own.kernel)]
        cells = {cell * own.stride + tap for cell in cells for tap in taps}
    return cells


def of_chain(formula: Formula, values: Mapping[str, Any]) -> tuple[str, Any]:
    """Say what a formula about chains comes to, and return it."""
    return valued(formula, values, NOTIONS)


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
    facts = (of_chain(each(chain), values)[0] for each in (offset, factor, field, margin))
    yield Part(", ".join(facts))
    said, size = of_chain((W + offset(chain)) // factor(chain), values)
    yield Part(f"walked: {' -> '.join(map(str, sizes))}", said, sizes[-1] == size)
    whole = (W + 2 * margin(chain) - field(chain)) // factor(chain) + 1
    said, size = of_chain(whole, values)
    yield Part(f"walked: {sizes[-1]}", said, sizes[-1] == size)
    cuts = [({"chain": layers[:cut]}, {"chain": layers[cut:]}) for cut in range(1, len(layers))]
    if cuts:
        said, product = of_chain(factor(chain), values)
        parts = [[of_chain(factor(chain), part)[1] for part in cut] for cut in cuts]
        shown = ", ".join(f"{one}*{other}" for one, other in parts)
        yield Part(f"cut in two: {shown}", said, {one * other for one, other in parts} == {product})
        said, added = of_chain(offset(chain), values)
        pairs = [[of_chain(offset(chain), part)[1] for part in cut] for cut in cuts]
        sums = [
            (one, factors[0], other) for (one, other), factors in zip(pairs, parts, strict=True)
        ]
        shown = ", ".join(f"{one} + {times}*{other}" for one, times, other in sums)
        same = {one + times * other for one, times, other in sums} == {added}
        yield Part(f"cut in two: {shown}", said, same)


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
    right = f"B - A of the beginnings is {listed(needs)}, {'' if enough else 'not '}all at most W"
    yield Part(f"walked with W = {size}: {left}", right, (unfit is None) == enough)
    said, smallest = of_chain(least(chain), values)
    yield Part(
        f"the greatest of them and of 1 is {max([1, *needs])}", said, max([1, *needs]) == smallest
    )
    if size >= 1:
        from_there = [first_unfit(layers, near) is None for near in (smallest - 1, smallest)]
        below = f", {smallest - 1} does not" if smallest > 1 else ""
        left = f"walked: {smallest} fits{below}"
        agree = from_there == [smallest == 1 and from_there[0], True]
        compared, there = of_chain(W >= least(chain), values)
        yield Part(left, compared, agree and there == (unfit is None))


def inverse_with(values: Numbers) -> Iterator[Part]:
    """Walk the inputs around those that should become an output."""
    layers, wanted = values["chain"], values["y"]
    block, low = (
        of_chain(each, values) for each in (factor(chain), factor(chain) * y - offset(chain))
    )
    refuse_more("inputs", MOST_TRIED, block[1])
    high = of_chain(factor(chain) * y - offset(chain) + factor(chain) - 1, values)
    tried = range(low[1] - block[1], high[1] + block[1] + 1)
    inputs = [size for size in tried if walked(layers, size)[-1] == wanted]
    around = [f"{size} becomes {walked(layers, size)[-1]}" for size in (low[1] - 1, high[1] + 1)]
    left = f"walked: {listed(inputs)} become {wanted}, {' and '.join(around)}"
    yield Part(left, f"{low[0]}, {high[0]}", inputs == [*range(low[1], high[1] + 1)])
