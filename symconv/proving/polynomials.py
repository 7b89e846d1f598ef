"""Polynomials in `t`, for `t` from 0 to a last one or without end: what can be read off them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from math import comb

Polynomial = tuple[int, ...]
"""The coefficients of 1, t, t*t, …"""


class UnreadError(Exception):
    """What a term comes to cannot be read from polynomials."""


def quotient(a: Polynomial, b: Polynomial, last: int | None) -> Polynomial:
    """Divide polynomials: a quotient `q` is one where `0 <= a - q*b < b`, for every `t`.

    It is guessed from the highest powers, and then this is what is looked at.
    """
    if b == (0,):
        raise UnreadError
    if len(b) == 1 and b[0] < 0:
        a, b = tuple(-x for x in a), (-b[0],)
    slopes, rest = [0] * max(1, len(a) - len(b) + 1), list(a)
    for power in range(len(a) - len(b), -1, -1):
        top = rest[power + len(b) - 1]
        if power and top % b[-1]:
            raise UnreadError
        slopes[power] = top // b[-1]
        for place, y in enumerate(b):
            rest[power + place] -= slopes[power] * y
    for step in (0, -1, 1):
        left = trimmed([x - step * y for x, y in zip_longest(rest, b, fillvalue=0)])
        room = [y - x for x, y in zip_longest(left, b, fillvalue=0)]
        beyond = trimmed([room[0] - 1, *room[1:]])
        if all(settled(*bounds(part, last)) for part in (left, beyond)):
            return (slopes[0] + step, *slopes[1:])
    raise UnreadError


def trimmed(polynomial: Sequence[int]) -> Polynomial:
    """Return a polynomial without highest powers that are 0."""
    end = len(polynomial)
    while end > 1 and polynomial[end - 1] == 0:
        end -= 1
    return tuple(polynomial[:end])


@lru_cache(maxsize=1024)
def reach(slopes: Polynomial, last: int | None) -> tuple[int | None, int | None]:
    """Return how far `slopes[0]*t + slopes[1]*t*t + …` may go down and up; `None`: without end."""
    if not slopes or last == 0:
        return 0, 0
    if last is None:
        return None if min(slopes) < 0 else 0, None if max(slopes) > 0 else 0
    ends = [slope * last**power for power, slope in enumerate(slopes, 1)]
    return sum(min(0, end) for end in ends), sum(max(0, end) for end in ends)


def bounds(polynomial: Polynomial, last: int | None) -> tuple[int | None, int | None]:
    """Return bounds of a polynomial for `t` from 0 to `last`; `None` where it has none.

    For a line they are exact. Others are also looked at from the other end, in `last - t`.
    """
    constant, *slopes = polynomial
    down, up = reach(tuple(slopes), last)
    low, high = None if down is None else constant + down, None if up is None else constant + up
    if len(slopes) <= 1 or last is None or low is None or high is None:
        return low, high
    degrees = range(len(polynomial))
    constant, *slopes = (
        (-1) ** i * sum(comb(k, i) * last ** (k - i) * polynomial[k] for k in degrees[i:])
        for i in degrees
    )
    down, up = reach(tuple(slopes), last)
    return max(low, constant + (down or 0)), min(high, constant + (up or 0))


def settled(low: int | None, high: int | None) -> bool | None:
    """Whether what lies between two bounds is not negative, if they tell."""
    if low is not None and low >= 0:
        return True
    return False if high is not None and high < 0 else None


def zero(polynomial: Polynomial, last: int | None) -> bool | None:
    """Whether a polynomial is zero for all these `t`, or for none: by its bounds, or as a line."""
    if not any(polynomial):
        return True
    if len(polynomial) == 2 and polynomial[1] and polynomial[0] % polynomial[1]:
        return False
    low, high = bounds(polynomial, last)
    positive, negative = low is not None and low > 0, high is not None and high < 0
    return False if positive or negative else None
