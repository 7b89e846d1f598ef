"""Terms as polynomials in each residue class of a stretch of sizes: what the checker works with.

The sizes of a class are `W = n + m*t` for `t` from 0 to a last one, or without end. Everything here
is plain integers, and what cannot be read from the coefficients is said to be unread: the checker
then accepts nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat, zip_longest
from math import comb
from typing import Any

Column = int | list[int]
"""An integer for each class, or one for all of them."""
Number = list[Column]
"""The coefficients of 1, t, t*t, … in each class."""
Truths = list[bool | None]
"""Whether something holds in each class; `None` where that is not read."""
Polynomial = tuple[int, ...]


class UnreadError(Exception):
    """What a term comes to cannot be read from polynomials."""


@dataclass(frozen=True)
class Classes:
    """The residue classes of a stretch: the first size of each, and how often `m` can be added."""

    modulus: int
    firsts: range
    lasts: Sequence[int | None]


def classes_of(start: int, end: int | None, modulus: int) -> Classes:
    """Return the classes of the sizes from one on, and before another, if there is one."""
    firsts = range(start, start + modulus if end is None else min(end, start + modulus))
    lasts = [None if end is None else (end - 1 - first) // modulus for first in firsts]
    return Classes(modulus, firsts, lasts)


def _each(word: Callable[[int, int], int], a: Column, b: Column) -> Column:
    """Apply an operation class by class."""
    if isinstance(a, int) and isinstance(b, int):
        return word(a, b)
    return list(
        map(
            word,
            repeat(a) if isinstance(a, int) else a,
            repeat(b) if isinstance(b, int) else b,
        )
    )


def _sum(a: Number, b: Number, word: Callable[[int, int], int] = operator.add) -> Number:
    total = [_each(word, x, y) for x, y in zip_longest(a, b, fillvalue=0)]
    while len(total) > 1 and total[-1] == 0:
        total.pop()
    return total


def _difference(a: Number, b: Number) -> Number:
    return _sum(a, b, operator.sub)


def _product(a: Number, b: Number) -> Number:
    total: Number = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            total[i + j] = _each(operator.add, total[i + j], _each(operator.mul, x, y))
    return total


def _quotient(a: Number, b: Number) -> Number:
    """Divide by a number that divides every coefficient but the first, which is rounded down."""
    if len(b) > 1 or not isinstance(b[0], int) or b[0] == 0:
        raise UnreadError
    for slope in a[1:]:
        if any(x % b[0] for x in ([slope] if isinstance(slope, int) else slope)):
            raise UnreadError
    return [_each(operator.floordiv, x, b[0]) for x in a]


def _polynomials(number: Number, classes: Classes) -> Iterator[tuple[Polynomial, int | None]]:
    """Yield the polynomial of each class, and the last `t` for which it counts."""
    columns = [repeat(x) if isinstance(x, int) else x for x in number]
    for polynomial, last in zip(zip(*columns, strict=False), classes.lasts, strict=False):
        yield (polynomial[:1] if last == 0 else polynomial), last


@lru_cache(maxsize=1024)
def _reach(slopes: Polynomial, last: int | None) -> tuple[int | None, int | None]:
    """Return how far `slopes[0]*t + slopes[1]*t*t + …` may go down and up; `None`: without end."""
    if not slopes or last == 0:
        return 0, 0
    if last is None:
        return None if min(slopes) < 0 else 0, None if max(slopes) > 0 else 0
    ends = [slope * last**power for power, slope in enumerate(slopes, 1)]
    return sum(min(0, end) for end in ends), sum(max(0, end) for end in ends)


def _bounds(polynomial: Polynomial, last: int | None) -> tuple[int | None, int | None]:
    """Return bounds of a polynomial for `t` from 0 to `last`; `None` where it has none.

    For a line they are exact. Others are also looked at from the other end, in `last - t`.
    """
    constant, *slopes = polynomial
    down, up = _reach(tuple(slopes), last)
    low, high = None if down is None else constant + down, None if up is None else constant + up
    if len(slopes) <= 1 or last is None or low is None or high is None:
        return low, high
    degrees = range(len(polynomial))
    constant, *slopes = (
        (-1) ** i * sum(comb(k, i) * last ** (k - i) * polynomial[k] for k in degrees[i:])
        for i in degrees
    )
    down, up = _reach(tuple(slopes), last)
    return max(low, constant + (down or 0)), min(high, constant + (up or 0))


def _at_most(a: Number, b: Number, classes: Classes) -> Truths:
    apart = _difference(b, a)
    if len(apart) <= 2 and all(isinstance(slope, int) for slope in apart[1:]):
        return _lines_at_least_zero(apart, classes)
    return [_settled(*_bounds(one, last)) for one, last in _polynomials(apart, classes)]


def _settled(low: int | None, high: int | None) -> bool | None:
    """Whether what lies between two bounds is not negative, if they tell."""
    if low is not None and low >= 0:
        return True
    return False if high is not None and high < 0 else None


def _lines_at_least_zero(number: Number, classes: Classes) -> Truths:
    """Say of lines with one slope whether they are not negative, class by class."""
    constants, *slopes = number
    reach = {last: _reach(tuple(slopes), last) for last in set(classes.lasts)}
    truths: Truths = []
    for constant, last in zip(
        repeat(constants) if isinstance(constants, int) else constants, classes.lasts, strict=False
    ):
        down, up = reach[last]
        low = down is not None and constant + down >= 0
        truths.append(True if low else False if up is not None and constant + up < 0 else None)
    return truths


def _equal(a: Number, b: Number, classes: Classes) -> Truths:
    apart = _polynomials(_difference(a, b), classes)
    return [_zero(polynomial, last) for polynomial, last in apart]


def _zero(polynomial: Polynomial, last: int | None) -> bool | None:
    """Whether a polynomial is zero for all these `t`, or for none: by its bounds, or as a line."""
    if not any(polynomial):
        return True
    if len(polynomial) == 2 and polynomial[1] and polynomial[0] % polynomial[1]:
        return False
    low, high = _bounds(polynomial, last)
    positive, negative = low is not None and low > 0, high is not None and high < 0
    return False if positive or negative else None


def _chosen(conditions: Truths, then: Number, otherwise: Number) -> Number:
    """Return one number where a statement holds and another where it does not, class by class."""
    if None in conditions:
        raise UnreadError
    return [
        [
            (x if isinstance(x, int) else x[place])
            if holds
            else (y if isinstance(y, int) else y[place])
            for place, holds in enumerate(conditions)
        ]
        for x, y in zip_longest(then, otherwise, fillvalue=0)
    ]


def _and(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else None if a is None or b is None else True


def _not(a: bool | None) -> bool | None:
    return None if a is None else not a


def _iff(a: bool | None, b: bool | None) -> bool | None:
    return None if a is None or b is None else a == b


WORDS: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b, _: _sum(a, b),
    "sub": lambda a, b, _: _difference(a, b),
    "mul": lambda a, b, _: _product(a, b),
    "floordiv": lambda a, b, _: _quotient(a, b),
    "mod": lambda a, b, _: _difference(a, _product(b, _quotient(a, b))),
    "min": lambda a, b, classes: _chosen(_at_most(a, b, classes), a, b),
    "max": lambda a, b, classes: _chosen(_at_most(a, b, classes), b, a),
    "if": lambda conditions, then, otherwise, _: _chosen(conditions, then, otherwise),
    "le": _at_most,
    "lt": lambda a, b, classes: _at_most(_sum(a, [1]), b, classes),
    "eq": _equal,
    "and": lambda a, b, _: list(map(_and, a, b)),
    "or": lambda a, b, _: [_not(_and(_not(x), _not(y))) for x, y in zip(a, b, strict=True)],
    "iff": lambda a, b, _: list(map(_iff, a, b)),
    "not": lambda a, _: list(map(_not, a)),
}
"""What each word does to numbers and truth values, in all classes of a stretch."""
