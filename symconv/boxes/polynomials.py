"""Polynomials in the dilation, as tuples of integers: `(1, 0, 3)` is `1 + 3*D*D`.

The extent of a kernel is `D*(F - 1) + 1`: linear in the kernel, with a coefficient that is a
polynomial in the dilation. So is everything that elimination makes of it.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

Polynomial = tuple[int, ...]

NOUGHT: Polynomial = ()


def trimmed(coefficients: list[int]) -> Polynomial:
    """Return coefficients without the zeros at the end."""
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    return tuple(coefficients)


def add(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return a sum."""
    return trimmed([x + y for x, y in zip_longest(a, b, fillvalue=0)])


def multiply(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return a product."""
    coefficients = [0] * (len(a) + len(b))
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            coefficients[i + j] += x * y
    return trimmed(coefficients)


def sign(a: Polynomial) -> int | None:
    """Return the sign that a polynomial has for every dilation from 1; `None` if it may change.

    >>> sign((0, 2)), sign((1, -1)), sign(())
    (1, None, 0)
    """
    if not a:
        return 0
    if sum(a) > 0 and all(sum(a[i:]) >= 0 for i in range(len(a))):
        return 1
    if sum(a) < 0 and all(sum(a[i:]) <= 0 for i in range(len(a))):
        return -1
    return None


def value(a: Polynomial, at: Any) -> Any:
    """Return the value at a number or at every number of an array."""
    if not a:
        return 0
    total: Any = a[-1]
    for coefficient in reversed(a[:-1]):
        total = total * at + coefficient
    return total


def greatest_root(a: Polynomial) -> int | None:
    """Return a number from which on a polynomial is negative, or `None` if it never stays so."""
    if not a or a[-1] > 0 or (len(a) == 1 and a[0] >= 0):
        return None
    low, high = 0, 1 + max((abs(c) for c in a[:-1]), default=0) // -a[-1] + 1
    if len(a) != 2:
        return high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if value(a, middle) < 0 else (middle + 1, high)
    return high
