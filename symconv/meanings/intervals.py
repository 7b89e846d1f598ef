"""Intervals of integers: what a term can be when its variables lie in given ranges.

A value is a pair `(least, greatest)`, both inclusive; a statement is a pair of truth values, so
`(False, True)` is *undecided*. The result always contains every value that the term takes, and is
exact where each variable is a single number. `symconv.designing` bounds by it what the layers of a
chain can still do.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from symconv.meanings.meaning import Meaning

Interval = tuple[int, int]


def _corners(word: Callable[[int, int], int]) -> Callable[[Interval, Interval], Interval]:
    """Lift an operator whose extremes lie at the ends of its arguments' intervals."""

    def apply(a: Interval, b: Interval) -> Interval:
        values = [word(x, y) for x in a for y in b]
        return min(values), max(values)

    return apply


def _nonzero(b: Interval) -> None:
    if b[0] <= 0 <= b[1]:
        raise ZeroDivisionError("the divisor may be zero")


def _floordiv(a: Interval, b: Interval) -> Interval:
    _nonzero(b)
    return _corners(operator.floordiv)(a, b)


def _mod(a: Interval, b: Interval) -> Interval:
    """Follow one period exactly; over more, all remainders are possible."""
    _nonzero(b)
    if b[0] == b[1] and a[0] // b[0] == a[1] // b[0]:
        ends = a[0] % b[0], a[1] % b[0]
        return min(ends), max(ends)
    return min(0, b[0] + 1), max(0, b[1] - 1)


def _if(condition: Interval, then: Interval, otherwise: Interval) -> Interval:
    if condition[0]:
        return then
    if not condition[1]:
        return otherwise
    return min(then[0], otherwise[0]), max(then[1], otherwise[1])


def _eq(a: Interval, b: Interval) -> Interval:
    return a[0] == a[1] == b[0] == b[1], a[0] <= b[1] and b[0] <= a[1]


INTERVALS: dict[str, Callable[..., Any]] = {
    "constant": lambda value: (value, value),
    "add": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "sub": lambda a, b: (a[0] - b[1], a[1] - b[0]),
    "mul": _corners(operator.mul),
    "floordiv": _floordiv,
    "mod": _mod,
    "min": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "max": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])),
    "if": _if,
    "le": lambda a, b: (a[1] <= b[0], a[0] <= b[1]),
    "lt": lambda a, b: (a[1] < b[0], a[0] < b[1]),
    "eq": _eq,
    "and": lambda a, b: (a[0] and b[0], a[1] and b[1]),
    "or": lambda a, b: (a[0] or b[0], a[1] or b[1]),
    "iff": _eq,
    "not": lambda a: (not a[1], not a[0]),
}

RANGES = Meaning(
    "intervals",
    INTERVALS,
    lambda function, size: (function(size[0]), function(size[1])),
    lambda ends: ends[0],
)
"""Intervals; a function that is applied to one must rise."""
