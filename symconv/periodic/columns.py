"""Columns: a number for each residue of a period, or one integer where all of them are alike.

The limit on how long a period is attempted stands here, too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import repeat

from symconv.errors import UndecidedError

MOST_RESIDUES = 100_000
"""The longest period that is attempted, and the most sizes that are gone through one by one."""

Column = int | list[int]
"""A number for each residue, or one for all of them."""


def entry(column: Column, residue: int) -> int:
    """Return a column's number for one residue."""
    return column if isinstance(column, int) else column[residue]


def written_out(column: Column, period: int) -> list[int]:
    """Return a column's numbers for all residues."""
    return [column] * period if isinstance(column, int) else column


def short(column: list[int]) -> Column:
    """Write a column as one integer where all of its numbers are alike."""
    first = column[0]
    return first if column[-1] == first and column.count(first) == len(column) else column


def lift(word: Callable[[int, int], int], a: Column, b: Column) -> Column:
    """Apply an operation to two columns of one period."""
    if isinstance(a, int):
        return word(a, b) if isinstance(b, int) else list(map(word, repeat(a), b))
    return list(map(word, a, repeat(b) if isinstance(b, int) else b))


def padded(columns: tuple[Column, ...], length: int) -> tuple[Column, ...]:
    """Return columns with as many powers as asked for."""
    return columns + (0,) * (length - len(columns))


def checked_period(period: int) -> int:
    """Return a period that is short enough.

    Raises:
        UndecidedError: it is too long.
    """
    if period > MOST_RESIDUES:
        raise UndecidedError(
            f"sizes that repeat after at most {MOST_RESIDUES:,}",
            f"a period of {period:,}" if period < 10**30 else "a period of more than 30 digits",
            "Ask for fewer layers, or for smaller strides.",
        )
    return period


@lru_cache(maxsize=1024)
def primes(number: int) -> tuple[int, ...]:
    """Return the primes that divide a number.

    >>> primes(360)
    (2, 3, 5)
    """
    divisors, divisor = list[int](), 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            divisors.append(divisor)
            while number % divisor == 0:
                number //= divisor
        divisor += 1
    return tuple(divisors + ([number] if number > 1 else []))
