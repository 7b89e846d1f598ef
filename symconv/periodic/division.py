"""Quotients of exact functions, rounded down.

By an integer, and by what is constant on each residue, the quotient is exact at once. By a
polynomial it *settles*: from some size on it is a polynomial, too, and that is checked by its
definition, `0 <= rest < divisor`. The sizes before are gone through one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, lcm

from symconv.errors import UndecidedError
from symconv.periodic.columns import MOST_RESIDUES, checked_period
from symconv.periodic.comparing import at_least_zero
from symconv.periodic.numbers import (
    Number,
    Piece,
    Span,
    Value,
    by_pieces,
    function,
    joined,
    spans,
)
from symconv.periodic.polynomials import Polynomial, trimmed, value
from symconv.periodic.quasi import Quasi, alike, by_residue, divided, listed
from symconv.periodic.sets import SizeSet

FAR = 2**128
"""How much farther than its coefficients reach a polynomial is looked at for what it settles to."""


def floordiv(a: Value, b: Value) -> Value:
    """Return the quotient, rounded down.

    Raises:
        ZeroDivisionError: the divisor is zero for some size.
        UndecidedError: the quotient settles too late, or its period is too long.

    >>> from symconv.periodic.numbers import variable
    >>> W = variable()
    >>> floordiv(W * W, W + 3).at(10**6)
    999997
    """
    if isinstance(b, int):
        if b == 0:
            raise ZeroDivisionError("integer division or modulo by zero")
        if isinstance(a, int):
            return a // b
        return by_pieces(lambda quasi: divided(quasi, b), a)
    if not (at_least_zero(b) & at_least_zero(-b)).empty:
        raise ZeroDivisionError("integer division or modulo by zero")
    both = spans(function(a, b.first), b)
    return joined(piece for span, parts in both for piece in _quotient(span, *parts))


def mod(a: Value, b: Value) -> Value:
    """Return the remainder, which has the divisor's sign; errors as of `floordiv`."""
    return a - b * floordiv(a, b)


def _quotient(span: Span, a: Quasi, b: Quasi) -> Iterator[Piece]:
    """Yield the quotient of two quasi-polynomials on a stretch, as pieces."""
    start, end = span
    a, b = alike(start, end, a, b)
    pairs = _by_residue(a, b)
    period = a.period
    for pair in pairs:
        period = checked_period(lcm(period, a.period * _finer(*pair)))
    if period > a.period:
        a, b = a.of(period), b.of(period)
        pairs = _by_residue(a, b)
    guess = by_residue([_settled(*pair) for pair in pairs])
    settled = start if b.degree == 0 else _settles(start, a, b, guess)
    ends = settled if end is None else min(settled, end)
    if ends > start:
        if ends - start > MOST_RESIDUES:
            raise UndecidedError(
                f"a quotient that settles within {MOST_RESIDUES:,} sizes",
                f"one that settles from {settled:,} on",
                "Divide by a number, or narrow the sizes.",
            )
        yield start, listed(start, [a.at(size) // b.at(size) for size in range(start, ends)])
    if end is None or ends < end:
        yield ends, guess


def _by_residue(a: Quasi, b: Quasi) -> list[tuple[Polynomial, Polynomial]]:
    """Return the polynomials of two quasi-polynomials of one period, residue by residue."""
    both = zip(a.polynomials(), b.polynomials(), strict=True)
    return [(trimmed(x), trimmed(y)) for x, y in both]


def _finer(a: Polynomial, b: Polynomial) -> int:
    """Return how many times finer a period has to be for a quotient with whole slopes."""
    if len(b) == 1:
        return abs(b[0]) // gcd(b[0], *a[1:])
    return lcm(*(slope.denominator for slope in _fractions(a, b)[1:]))


def _fractions(a: Polynomial, b: Polynomial) -> list[Fraction]:
    """Return the quotient of two polynomials over the rationals, without its rest."""
    rest, quotient = [Fraction(x) for x in a], [Fraction(0)] * max(1, len(a) - len(b) + 1)
    for k in range(len(a) - len(b), -1, -1):
        quotient[k] = rest[k + len(b) - 1] / b[-1]
        for j, y in enumerate(b):
            rest[k + j] -= quotient[k] * y
    return quotient


def _settled(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return the polynomial that a quotient with whole slopes is far away."""
    if len(b) == 1:
        return tuple(x // b[0] for x in a)
    slopes = (0, *_slopes(a, b))
    far = FAR * (1 + sum(map(abs, (*a, *b))))
    return (value(a, far) // value(b, far) - value(slopes, far), *slopes[1:])


def _slopes(a: Polynomial, b: Polynomial) -> list[int]:
    """Return the coefficients of t, t*t, … of a quotient, which are whole numbers."""
    rest, slopes = list(a), list[int]()
    for k in range(len(a) - len(b), 0, -1):
        slope = rest[k + len(b) - 1] // b[-1]
        for j, y in enumerate(b):
            rest[k + j] -= slope * y
        slopes.insert(0, slope)
    return slopes


def _settles(start: int, a: Quasi, b: Quasi, guess: Quasi) -> int:
    """Return from which size on a guess is the quotient, by the definition of a quotient.

    Raises:
        UndecidedError: it is not, for all sizes from some on.
    """
    dividend, divisor, quotient = (Number(((start, quasi),)) for quasi in (a, b, guess))
    rest = dividend - divisor * quotient
    exact = _is_rest(rest, divisor) | _is_rest(-rest, -divisor)
    last = exact.stretches[-1]
    if (last.period, last.bits) != (1, 1):
        raise UndecidedError(
            "a quotient that settles to a polynomial", "one that does not", "Divide by a number."
        )
    return last.start


def _is_rest(rest: Value, divisor: Value) -> SizeSet:
    """Return for which sizes `0 <= rest < divisor`."""
    return at_least_zero(rest) & at_least_zero(divisor - rest - 1)
