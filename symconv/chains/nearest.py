"""The nearest sizes that a chain takes, found exactly, without trying them all.

The chain is run on intervals of sizes: one in which no size passes is passed over whole, one in
which every size passes ends the search, any other is cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from symconv.chains.step import GREATEST_CELLS, addressable, entering, possible
from symconv.layers import Layer
from symconv.meanings.intervals import Interval
from symconv.terms import variable, variables

PATIENCE = 2000
"""How many intervals are looked at before the search says that it is not certain."""

Accepts = Callable[[int, int], tuple[bool, bool]]


def acceptance(
    layers: tuple[Layer, ...], sizes: tuple[int, ...], axis: int, channels: int | None
) -> Accepts:
    """Return a function that says whether the chain surely or possibly takes sizes in an interval.

    Axes of equal size vary together. Otherwise one axis varies: where no layer ties axes together
    it is looked at by itself, and where one does, the other axes stay as they are.
    """
    together = len(set(sizes)) == 1
    alone = not together and separable(layers, len(sizes))
    counts = entering(layers, len(sizes), channels)

    def accepts(low: int, high: int) -> tuple[bool, bool]:
        now: tuple[Interval, ...] = tuple(
            (low, high) if together or place == axis else (size, size)
            for place, size in enumerate(sizes)
        )
        surely = True
        for layer, count in zip(layers, counts, strict=True):
            rows = layer.rows(len(now))
            results = []
            for place, row in enumerate(rows):
                if alone and place != axis:
                    results.append((1, 1))
                    continue
                always, sometimes, out = possible(row, now, count)
                if not sometimes:
                    return False, False
                surely = surely and always
                results.append(out)
            now = tuple(results)
            surely = surely and addressable(tuple(high for _, high in now))
            if not addressable(tuple(low for low, _ in now)):
                return False, False
        return surely, True

    return accepts


def separable(layers: tuple[Layer, ...], axes: int) -> bool:
    """Whether each axis of the output depends on the same axis of the input alone, throughout."""
    for layer in layers:
        rows = layer.rows(axes)
        if len(rows) != axes:
            return False
        for place, row in enumerate(rows, 1):
            laws = (row.operator.size, *row.operator.requires.values())
            used = (row.values.get(name, variable(name)) for name in variables(*laws))
            names = {n for value in used if not isinstance(value, int) for n in variables(value)}
            if any(re.fullmatch(r"W\d+", n) and n != f"W{place}" for n in names):
                return False
    return True


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
