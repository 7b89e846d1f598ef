"""The nearest sizes that a chain takes, found exactly, without trying them all.

The chain is run on intervals of sizes: one in which no size passes is passed over whole, one in
which every size passes ends the search, any other is cut in two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod

from symconv.chains.axes import separable
from symconv.chains.features import joins
from symconv.chains.through import GREATEST_CELLS, Passage, addressable, possible, through
from symconv.meanings.intervals import RANGES, Interval
from symconv.reading.chains import Chain

PATIENCE = 2000
"""How many intervals are looked at before the search says that it is not certain."""

Accepts = Callable[[int, int], tuple[bool, bool]]


def acceptance(read: Chain, sizes: tuple[int, ...], axis: int, channels: int | None) -> Accepts:
    """Return a function that says whether the chain surely or possibly takes sizes in an interval.

    Axes of equal size vary together. Otherwise one axis varies: where no layer ties axes together
    it is looked at by itself, and where one does, the other axes stay as they are. What depends
    on no size is taken to hold.

    Args:
        read: the chain.
        sizes: the sizes that did not pass.
        axis: which axis varies, from 0.
        channels: the input's channels.
    """
    layers = read.layers
    together = len(set(sizes)) == 1
    alone = not together and not read.ending and separable(layers, len(sizes))

    def following(passage: Passage) -> list[Interval]:
        """Leave the axes at one cell that are not looked at."""
        return [
            crossing.size if place == axis or not alone else (1, 1)
            for place, crossing in enumerate(passage.axes)
        ]

    def accepts(low: int, high: int) -> tuple[bool, bool]:
        start: tuple[Interval, ...] = tuple(
            (low, high) if together or place == axis else (size, size)
            for place, size in enumerate(sizes)
        )
        surely, leaving, count = True, list(start), channels
        for passage in through(layers, start, RANGES, channels, following=following):
            for place in [axis] if alone else range(len(passage.axes)):
                always, sometimes, _ = possible(passage, place, sized=True)
                if not sometimes:
                    return False, False
                surely = surely and always
            leaving, count = following(passage), passage.channels_leaving
            surely = surely and addressable(high for _, high in leaving)
            if not addressable(low for low, _ in leaving):
                return False, False
        if read.ending:
            always, sometimes = joins(read.ending, _features(leaving, count))
            return surely and always, sometimes
        return surely, True

    return accepts


def _features(sizes: Sequence[Interval], channels: int | None) -> Interval | None:
    """Return how many features sizes and channels make, if the channels are known."""
    if channels is None:
        return None
    return channels * prod(low for low, _ in sizes), channels * prod(high for _, high in sizes)


def nearest(accepts: Accepts, size: int) -> tuple[int | None, int | None, bool]:
    """Return the nearest passing sizes below and above, and whether the answer is certain."""
    patience = [PATIENCE]
    below = _first(accepts, _downwards(size), False, patience)
    above = _first(accepts, _upwards(size), True, patience)
    return below, above, patience[0] > 0


def _upwards(size: int) -> Iterator[tuple[int, int]]:
    """Cut the sizes above into intervals that double."""
    low, step = size + 1, 1
    while low <= GREATEST_CELLS:
        yield low, min(low + step - 1, GREATEST_CELLS)
        low, step = low + step, step * 2


def _downwards(size: int) -> Iterator[tuple[int, int]]:
    high, step = size - 1, 1
    while high >= 1:
        yield max(high - step + 1, 1), high
        high, step = high - step, step * 2


def _first(
    accepts: Accepts, intervals: Iterator[tuple[int, int]], rising: bool, patience: list[int]
) -> int | None:
    for interval in intervals:
        waiting = [interval]
        while waiting:
            patience[0] -= 1
            if patience[0] <= 0:
                return None
            low, high = waiting.pop()
            surely, possibly = accepts(low, high)
            if surely:
                return low if rising else high
            if possibly and low < high:
                middle = (low + high) // 2
                halves = [(low, middle), (middle + 1, high)]
                waiting += reversed(halves) if rising else halves
    return None
