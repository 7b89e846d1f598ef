"""Polynomials in one whole number `t`, as tuples of integers: `(1, 0, 3)` is `1 + 3*t*t`.

Everything is exact: where a polynomial turns negative is found by bisection between the places
where its differences do, not by estimating roots.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

Polynomial = tuple[int, ...]


def value(polynomial: Polynomial, t: int) -> int:
    """Return the value at `t`.

    >>> value((1, 0, 3), 2)
    13
    """
    total = 0
    for coefficient in reversed(polynomial):
        total = total * t + coefficient
    return total


def trimmed(polynomial: Polynomial) -> Polynomial:
    """Return the polynomial without zeros at its end; the first coefficient always stays."""
    length = len(polynomial)
    while length > 1 and not polynomial[length - 1]:
        length -= 1
    return polynomial[:length]


def difference(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return `a - b`."""
    length = max(len(a), len(b))
    a, b = a + (0,) * (length - len(a)), b + (0,) * (length - len(b))
    return trimmed(tuple(x - y for x, y in zip(a, b, strict=True)))


def composed(polynomial: Polynomial, step: int, start: int) -> Polynomial:
    """Return the polynomial with `step*t + start` for `t`.

    >>> composed((1, 0, 3), 2, 1)
    (4, 12, 12)
    """
    return tuple(
        step**i
        * sum(comb(k, i) * start ** (k - i) * polynomial[k] for k in range(i, len(polynomial)))
        for i in range(len(polynomial))
    )


def turns(polynomial: Polynomial, first: int, last: int | None) -> Iterator[int]:
    """Yield, rising, each `t` at which `polynomial >= 0` holds and did not at `t - 1`, or ceased.

    Between two places where the difference `p(t + 1) - p(t)` turns, `p` rises or falls all the way,
    so it turns at most once, and bisection finds where.

    Args:
        polynomial: the polynomial.
        first: where to begin.
        last: where to end; `None` for all `t` from `first` on.

    >>> list(turns((-10, 0, 1), -9, None))  # t*t >= 10 ceases at -3 and holds again from 4
    [-3, 4]
    """
    polynomial = trimmed(polynomial)
    if len(polynomial) == 1:
        return
    if len(polynomial) == 2:
        turn = _linear_turn(*polynomial)
        if first < turn and (last is None or turn <= last):
            yield turn
        return
    if first >= 0 and (min(polynomial) >= 0 or (max(polynomial) <= 0 and polynomial[0])):
        return  # every term has the same sign
    rises = difference(composed(polynomial, 1, 1), polynomial)
    bends = [first, *turns(rises, first, last)]
    for place, low in enumerate(bends):
        high = bends[place + 1] if place + 1 < len(bends) else last
        before = value(polynomial, low) >= 0
        if high is None:
            if before == (polynomial[-1] > 0):
                return
            step = 1
            while (value(polynomial, low + step) >= 0) == before:
                step *= 2
            high = low + step
        if (value(polynomial, high) >= 0) == before:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if (value(polynomial, middle) >= 0) == before:
                low = middle
            else:
                high = middle
        yield high


def _linear_turn(constant: int, slope: int) -> int:
    """Return the first `t` at which `constant + slope*t >= 0` is not what it was before."""
    return -(constant // slope) if slope > 0 else constant // -slope + 1
