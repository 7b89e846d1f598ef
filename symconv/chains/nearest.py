"""The nearest sizes that a chain takes, from the exact set of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from math import prod

from symconv.chains.axes import separable
from symconv.chains.features import joined
from symconv.chains.inverse import each_by_itself, pulled_back, root
from symconv.chains.through import GREATEST_CELLS, Crossing, Requirement, through
from symconv.chains.unmet import passes
from symconv.errors import UndecidedError
from symconv.meanings.integers import PLAIN
from symconv.meanings.periodic import EXACT
from symconv.periodic import SizeSet, Value, variable
from symconv.periodic.comparing import ANY, at_least_zero
from symconv.reading.chains import Chain

TRIED = 1000
"""How many sizes on either side are tried one by one where the set is not to be had."""


def nearest(
    read: Chain, sizes: tuple[int, ...], axis: int, channels: int | None
) -> tuple[int | None, int | None, bool]:
    """Return the nearest passing sizes below and above, and whether the answer is certain.

    Axes of equal size vary together. Otherwise one axis varies: where no layer ties axes together
    it is looked at by itself, and where one does, the other axes stay as they are. What depends
    on no size is taken to hold.

    Args:
        read: the chain.
        sizes: the sizes that did not pass.
        axis: which axis varies, from 0.
        channels: the input's channels.
    """
    try:
        passing = _passing(read, sizes, axis, channels)
    except UndecidedError:
        return _tried(read, sizes, axis, channels)
    return passing.next_below(sizes[axis]), passing.next_above(sizes[axis]), True


def _passing(read: Chain, sizes: tuple[int, ...], axis: int, channels: int | None) -> SizeSet:
    """Return the sizes of an axis, or of all, that the whole chain takes.

    Raises:
        UndecidedError: the set repeats after too many sizes, or sizes follow no law.
    """
    together, axes = len(set(sizes)) == 1, len(sizes)
    if read.ending or not separable(read.layers, axes):
        return _tied(read, sizes, range(axes) if together else [axis], channels)
    passages = list(each_by_itself(read.layers, axes, channels))
    greatest = _room(read, sizes, None if together else axis, channels)
    different: list[list[Crossing]] = []
    for place in range(axes) if together else [axis]:
        crossings = [passage.axes[place] for passage in passages]
        if not any(all(map(Crossing.like, crossings, others)) for others in different):
            different.append(crossings)
    sets = (pulled_back(crossings, ANY, greatest, sized=True)[0] for crossings in different)
    return reduce(SizeSet.__and__, sets, SizeSet.between(1, None))


def _room(read: Chain, sizes: tuple[int, ...], axis: int | None, channels: int | None) -> list[int]:
    """Return how many cells one axis may have before each layer, and after the last.

    The cells of the other axes, which stay, are counted; without an axis all are alike.
    """
    if axis is None:
        return [root(GREATEST_CELLS, len(sizes))] * (len(read.layers) + 1)
    others = tuple(None if place == axis else size for place, size in enumerate(sizes))
    walk = (passage.leaving for passage in through(read.layers, others, PLAIN, channels))
    return [
        GREATEST_CELLS // prod(max(size, 1) for size in row if size is not None)
        for row in (others, *walk)
    ]


def _tied(
    read: Chain, sizes: tuple[int, ...], varied: Sequence[int], channels: int | None
) -> SizeSet:
    """Return the sizes that a chain takes whose layers tie axes together; the others stay.

    Raises:
        UndecidedError: sizes follow no law, or nobody knows how many features there are.
    """
    start = [variable() if place in varied else s for place, s in enumerate(sizes)]
    passing, leaving, count = SizeSet.between(1, None), tuple(start), channels
    for passage in through(read.layers, start, EXACT, channels):
        leaving, count = passage.leaving, passage.channels_leaving
        passing &= _met(need for axis in passage.axes for need in axis.required(sized=True))
        passing &= at_least_zero(GREATEST_CELLS - _product(leaving))
    if read.ending:
        if count is None:
            raise UndecidedError("channels that somebody wrote", "none", "Write channels=3.")
        walk = joined(read.ending, _product(leaving) * count, EXACT)
        passing &= _met(need for crossing, _ in walk if crossing for need in crossing.required())
    return passing


def _met(required: Iterable[tuple[Requirement, SizeSet]]) -> SizeSet:
    """Return the sizes that meet every requirement."""
    return reduce(SizeSet.__and__, (sizes for _, sizes in required), ANY)


def _product(sizes: Sequence[Value | None]) -> Value:
    """Return the cells of all axes together.

    Raises:
        UndecidedError: a size follows no law.
    """
    if None in sizes:
        raise UndecidedError(
            "sizes that follow a law",
            "torch's product in floating point",
            "Ask `symconv.size` about single sizes.",
        )
    return prod(sizes, start=1)  # type: ignore[arg-type]


def _tried(
    read: Chain, sizes: tuple[int, ...], axis: int, channels: int | None
) -> tuple[int | None, int | None, bool]:
    """Return the nearest passing sizes among those within reach, and whether that is certain."""
    together = len(set(sizes)) == 1

    def passing(size: int) -> bool:
        varied = (size if together or place == axis else s for place, s in enumerate(sizes))
        return passes(read, tuple(varied), channels)

    size = sizes[axis]
    below = next(filter(passing, range(size - 1, max(0, size - TRIED), -1)), None)
    above = next(filter(passing, range(size + 1, size + TRIED)), None)
    return below, above, above is not None and (below is not None or size <= TRIED)
