"""Quasi-polynomials: for each residue of a size, a polynomial of its own.

With a period `M`, write a size as `W = M*t + r`; a quasi-polynomial has a polynomial in `t` for
each residue `r`. It is kept by columns, the coefficients of each power of `t` for all residues, and
a column that is the same for all residues is one integer: so `(W + 31)//32` is 32 integers and a
slope, and costs as much as that.

Reference: Ehrhart's quasi-polynomials, as in Verdoolaege, "isl: An Integer Set Library for the
Polyhedral Model" (2010), here of one variable and with the residues written out.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from itertools import repeat
from math import comb, gcd, lcm
from typing import NamedTuple

from symconv.errors import UndecidedError
from symconv.periodic.columns import (
    Column,
    checked_period,
    entry,
    lift,
    padded,
    primes,
    short,
    written_out,
)
from symconv.periodic.polynomials import Polynomial, value

MOST_DEGREE = 8
"""The highest power that is attempted: element counts of four axes reach 4."""


class Quasi(NamedTuple):
    """A polynomial for each residue.

    Attributes:
        period: how many residues there are.
        columns: the coefficients of 1, t, t*t, …
    """

    period: int
    columns: tuple[Column, ...]

    @property
    def degree(self) -> int:
        """The highest power of `t`."""
        return len(self.columns) - 1

    def at(self, size: int) -> int:
        """Return the value at a size."""
        t, residue = divmod(size, self.period)
        return value(self.polynomial(residue), t)

    def polynomial(self, residue: int) -> Polynomial:
        """Return the polynomial of one residue."""
        return tuple(entry(column, residue) for column in self.columns)

    def polynomials(self) -> list[Polynomial]:
        """Return the polynomials of all residues."""
        columns = [written_out(column, self.period) for column in self.columns]
        return list(zip(*columns, strict=True))

    def of(self, period: int) -> Quasi:
        """Return the same with a multiple of the period."""
        times, columns = period // self.period, self.columns
        if times == 1:
            return self
        if len(columns) == 2 and isinstance(columns[1], int):
            constant, slope = written_out(columns[0], self.period), columns[1]
            steps = range(0, slope * times, slope) if slope else repeat(0, times)
            return Quasi(period, ([x + step for step in steps for x in constant], slope * times))
        if len(columns) == 1:
            only = columns[0]
            return Quasi(period, (only if isinstance(only, int) else only * times,))
        powers = range(len(columns))
        return Quasi(period, tuple(self._coefficients(power, times) for power in powers))

    def shifted(self, by: int) -> Quasi:
        """Return the sum with an integer."""
        constants, *slopes = self.columns
        return Quasi(self.period, (lift(operator.add, constants, by), *slopes))

    def scaled(self, by: int) -> Quasi:
        """Return the product with an integer that is not 0."""
        return Quasi(self.period, tuple(lift(operator.mul, column, by) for column in self.columns))

    def _coefficients(self, power: int, times: int) -> Column:
        """Return the column of one power with `times*t + start` for `t`, for each start in turn."""
        total: Column = 0
        for k in range(power, len(self.columns)):
            scale, column = comb(k, power) * times**power, written_out(self.columns[k], self.period)
            weights = [scale * start ** (k - power) for start in range(times)]
            total = lift(operator.add, total, [weight * x for weight in weights for x in column])
        return total if isinstance(total, int) else short(total)

    def reduced(self) -> Quasi:
        """Return the same with the smallest period."""
        quasi = self
        for prime in primes(self.period):
            while quasi.period % prime == 0 and (smaller := quasi._with(quasi.period // prime)):
                quasi = smaller
        return quasi

    def _with(self, period: int) -> Quasi | None:
        """Return the same with a divisor of the period, if it has that."""
        times = self.period // period
        columns: list[Column] = []
        for power, column in enumerate(self.columns):
            scale = times**power
            if isinstance(column, int):
                if column % scale:
                    return None
                columns.append(column // scale)
            else:
                first = column[:period]
                if scale > 1 and any(x % scale for x in first):
                    return None
                columns.append(short([x // scale for x in first]))
        smaller = Quasi(period, tuple(columns))
        if len(columns) == 1 and isinstance(self.columns[0], list):
            repeated = written_out(columns[0], period) * times == self.columns[0]
            return smaller if repeated else None
        far = period * (times - 1)  # most that are not periodic differ here
        if smaller.at(far) != self.at(far):
            return None
        return smaller if smaller.of(self.period) == self else None

    def over(self, start: int, length: int) -> Quasi:
        """Return a quasi-polynomial of degree 0 with the same values at some sizes.

        Args:
            start: the first of them.
            length: how many follow each other; it is the period.
        """
        values = [self.at(size) for size in range(start, start + length)]
        return listed(start, values)


def listed(start: int, values: Sequence[int]) -> Quasi:
    """Return the quasi-polynomial of degree 0 with these values, from a size on."""
    turn = -start % len(values)
    return Quasi(len(values), (short([*values[turn:], *values[:turn]]),))


def made(period: int, columns: Sequence[Column]) -> Quasi:
    """Return a quasi-polynomial with the highest power that it needs and the smallest period."""
    shortened = [c if isinstance(c, int) else short(c) for c in columns]
    while len(shortened) > 1 and shortened[-1] == 0:
        shortened.pop()
    quasi = Quasi(period, tuple(shortened))
    return quasi if period == 1 else quasi.reduced()


def by_residue(polynomials: Sequence[Polynomial]) -> Quasi:
    """Return the quasi-polynomial with these polynomials."""
    degree = max(map(len, polynomials))
    padded = [p + (0,) * (degree - len(p)) for p in polynomials]
    return made(len(polynomials), [list(column) for column in zip(*padded, strict=True)])


def added(word: Callable[[int, int], int], a: Quasi, b: Quasi) -> Quasi:
    """Return a sum or a difference (`word`) of two quasi-polynomials of one period."""
    length = max(len(a.columns), len(b.columns))
    pairs = zip(padded(a.columns, length), padded(b.columns, length), strict=True)
    return made(a.period, [lift(word, x, y) for x, y in pairs])


def multiplied(a: Quasi, b: Quasi) -> Quasi:
    """Return the product of two quasi-polynomials of one period.

    Raises:
        UndecidedError: its degree is too high.
    """
    if a.degree + b.degree > MOST_DEGREE:
        raise UndecidedError(
            f"products of degree {MOST_DEGREE} at most in the size",
            f"one of degree {a.degree + b.degree}",
            "Multiply fewer sizes.",
        )
    columns: list[Column] = [0] * (len(a.columns) + len(b.columns) - 1)
    for i, x in enumerate(a.columns):
        for j, y in enumerate(b.columns):
            columns[i + j] = lift(operator.add, columns[i + j], lift(operator.mul, x, y))
    return made(a.period, columns)


def divided(a: Quasi, divisor: int) -> Quasi:
    """Return the quotient by an integer, rounded down.

    With a period in which the divisor divides every slope, only the constants are rounded.
    """
    common = abs(divisor)
    for column in a.columns[1:]:
        common = gcd(common, column) if isinstance(column, int) else gcd(common, *column)
    finer = a.of(checked_period(a.period * (abs(divisor) // common)))
    return made(finer.period, [lift(operator.floordiv, c, divisor) for c in finer.columns])


def alike(start: int, end: int | None, *parts: Quasi) -> tuple[Quasi, ...]:
    """Return quasi-polynomials with one period; over fewer sizes than that, with these alone.

    Args:
        start: the first size for which they count.
        end: the size before which they cease; `None` for all from the first on.
        parts: the quasi-polynomials.
    """
    period = lcm(*(part.period for part in parts))
    if period == 1:
        return parts
    if end is not None and end - start < period:
        length = checked_period(end - start)
        return tuple(part.over(start, length) for part in parts)
    checked_period(period)
    return tuple(part.of(period) for part in parts)
