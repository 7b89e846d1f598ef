"""Sizes that are one floor of a linear quotient, `floor((a*x + b)/s)`: a chain's output formula.

Laws are interpreted on these numbers as on integers. A floor of a floor is one floor, and so is a
floor with a whole number added to it; a multiple of a floor is none, which is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning
from symconv.terms import Term, constant


class NoFloorError(Exception):
    """What a law makes of a floor is not one floor."""


class Floor(NamedTuple):
    """The number `floor((a*x + b)/s)`, with `s` positive.

    >>> Floor(1, 3, 2) // Floor(0, 2, 1)
    Floor(a=1, b=3, s=4)
    """

    a: int
    b: int
    s: int

    def __add__(self, other: Any) -> Floor:
        """Add a whole number to a floor, or two sums without a floor."""
        if self.s == 1:
            self, other = other, self
        if other.s != 1 or (self.s != 1 and other.a):
            raise NoFloorError
        return Floor(self.a + other.a, self.b + self.s * other.b, self.s)

    def __sub__(self, other: Floor) -> Floor:
        """Subtract a sum without a floor."""
        return self + other * Floor(0, -1, 1)

    def __mul__(self, other: Any) -> Floor:
        """Multiply a sum without a floor by a number."""
        if self.a == 0:
            self, other = other, self
        factor = other.number
        if self.s != 1 and factor != 1:
            raise NoFloorError
        return Floor(self.a * factor, self.b * factor, self.s)

    def __floordiv__(self, other: Any) -> Floor:
        """Divide and round down: a floor of a floor is one floor."""
        divisor = self.s * other.number
        if divisor < 1:
            raise NoFloorError
        if self.a == 0:
            return Floor(0, self.b // divisor, 1)
        common = math.gcd(self.a, divisor)
        return Floor(self.a // common, self.b // common, divisor // common)

    @property
    def number(self) -> int:
        """The number that this is, if it does not depend on `x`."""
        if self.a or self.s != 1:
            raise NoFloorError
        return self.b

    def term(self, x: Term) -> Term:
        """Write the number as a term of `x`, as people would."""
        if self.a == 0:
            return constant(self.b)
        whole = x if self.a == 1 else self.a * x
        if self.b:
            whole = whole + self.b if self.b > 0 else whole - abs(self.b)
        return whole if self.s == 1 else whole // self.s


def _extreme(choose: Callable[[int, int], int]) -> Callable[[Floor, Floor], Floor]:
    """Lift `min` or `max`: of two floors that grow alike it is the one with the lesser `b`."""

    def apply(one: Floor, other: Floor) -> Floor:
        if (one.a, one.s) != (other.a, other.s):
            raise NoFloorError
        return Floor(one.a, choose(one.b, other.b), one.s)

    return apply


def _compared(word: str) -> Callable[[Floor, Floor], Any]:
    return lambda one, other: INTEGERS[word](one.number, other.number)


FLOORS: dict[str, Callable[..., Any]] = INTEGERS | {
    "constant": lambda value: Floor(0, value, 1),
    "min": _extreme(min),
    "max": _extreme(max),
    "mod": lambda one, other: Floor(0, one.number % other.number, 1),
    **{word: _compared(word) for word in ("le", "lt", "eq")},
}
"""The words of the laws on floors."""

LINEAR = Meaning("floors", FLOORS)
"""Floors of linear quotients."""
