"""A normal form of terms: one floor of a linear quotient, `(a*x + b)//s`, as far as that goes.

`x` is a variable, or a term that no floor takes in. A floor of a floor is one floor, and so is a
floor with a whole number added to it; of two extremes that grow alike one is the lesser. What is
neither, such as a multiple of a floor, is an `x` of its own. Every step is a theorem of the book
("a floor of a floor is one floor"), so the normal form has the value of the term.

>>> from symconv.meanings.notation import text
>>> from symconv.terms import sizes
>>> (W,) = sizes("W")
>>> text(normal(((W + 2 - 3) // 2 + 1 - 3) // 2 + 1))
'(W - 1)//4'
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning
from symconv.terms import Term, both, constant, either, variable, variables

ALWAYS, NEVER = both(), either()


class Floor(NamedTuple):
    """The number `floor((a*x + b)/s)`, with `s` positive.

    Attributes:
        a: how many times `x` is taken.
        b: what is added.
        s: what it is divided by.
        x: what the number is a floor of; none where it does not depend on anything.

    >>> (Floor(1, 3, 2, variable("W")) // Floor(0, 2))[:3]
    (1, 3, 4)
    """

    a: int
    b: int
    s: int = 1
    x: Term | None = None

    @property
    def number(self) -> int | None:
        """The integer that this is, if it does not depend on anything."""
        return self.b if self.x is None else None

    @property
    def term(self) -> Term:
        """The number as people would write it."""
        if self.x is None:
            return constant(self.b)
        times = abs(self.a)
        scaled = self.x if times == 1 else times * self.x
        if self.a < 0:
            scaled = self.b - scaled
        elif self.b:
            scaled = scaled + self.b if self.b > 0 else scaled - abs(self.b)
        return scaled if self.s == 1 else scaled // self.s

    def __add__(self, other: Any) -> Floor:
        """Add a whole number to a floor, or two multiples of one thing."""
        if self.s == 1 and other.s != 1:
            self, other = other, self
        if other.x is None:
            return self._replace(b=self.b + self.s * other.b)
        if self.x is None:
            return Floor(*other) + self
        if self.s == other.s == 1 and self.x is other.x:
            return _made(self.a + other.a, self.b + other.b, 1, self.x)
        return _alone(self.term + other.term)

    def __sub__(self, other: Floor) -> Floor:
        """Subtract a whole number, or a multiple of the same thing."""
        if other.s == 1:
            return self + _made(-other.a, -other.b, 1, other.x)
        return _alone(self.term - other.term)

    def __mul__(self, other: Any) -> Floor:
        """Multiply what is no floor by a number."""
        if self.x is None:
            self, other = other, self
        factor = other.number
        if factor is None:
            return _alone(self.term * other.term)
        if self.s != 1 and factor != 1:
            return _made(factor, 0, 1, self.term)
        return _made(self.a * factor, self.b * factor, self.s, self.x)

    def __floordiv__(self, other: Floor) -> Floor:
        """Divide and round down: a floor of a floor is one floor."""
        if other.number is None or other.number < 1:
            if self.number is not None and other.number:
                return Floor(0, self.number // other.number)
            return _alone(self.term // other.term)
        return _made(self.a, self.b, self.s * other.number, self.x)

    def __mod__(self, other: Floor) -> Floor:
        """Return the remainder, worked out where both are numbers."""
        if self.number is not None and other.number:
            return Floor(0, self.number % other.number)
        return _alone(self.term % other.term)


def _made(a: int, b: int, s: int, x: Term | None) -> Floor:
    """Return a floor in lowest terms."""
    if x is None or a == 0:
        return Floor(0, b // s)
    common = math.gcd(a, s)
    return Floor(a // common, b // common, s // common, x)


def _alone(term: Term) -> Floor:
    """Return what no floor takes in, as the `x` of a new one."""
    return Floor(1, 0, 1, term)


def _extreme(word: str, choose: Callable[[int, int], int]) -> Callable[[Floor, Floor], Floor]:
    """Lift `min` or `max`: of two floors that grow alike it is the one with the lesser `b`."""

    def apply(a: Floor, b: Floor) -> Floor:
        if (a.a, a.s, a.x) == (b.a, b.s, b.x):
            return a._replace(b=choose(a.b, b.b))
        return _alone(Term(word, a.term, b.term))

    return apply


def _compared(word: str) -> Callable[[Floor, Floor], Term]:
    """Lift a comparison, which is settled where both sides are numbers or differ by one."""

    def apply(a: Floor, b: Floor) -> Term:
        if (a.a, a.s, a.x) == (b.a, b.s, b.x) and (a.s == 1 or a.x is None):
            return ALWAYS if INTEGERS[word](a.b, b.b) else NEVER
        return Term(word, a.term, b.term)

    return apply


def _if(condition: Term, then: Floor, otherwise: Floor) -> Floor:
    if condition in (ALWAYS, NEVER):
        return then if condition is ALWAYS else otherwise
    return then if then == otherwise else _alone(Term("if", condition, then.term, otherwise.term))


def _and(a: Term, b: Term) -> Term:
    if NEVER in (a, b):
        return NEVER
    return b if a is ALWAYS else a if b is ALWAYS else a & b


def _or(a: Term, b: Term) -> Term:
    if ALWAYS in (a, b):
        return ALWAYS
    return b if a is NEVER else a if b is NEVER else a | b


def _not(a: Term) -> Term:
    return NEVER if a is ALWAYS else ALWAYS if a is NEVER else ~a


def _iff(a: Term, b: Term) -> Term:
    for settled, open_ in ((a, b), (b, a)):
        if settled in (ALWAYS, NEVER):
            return open_ if settled is ALWAYS else _not(open_)
    return a.iff(b)


FLOORS: dict[str, Callable[..., Any]] = INTEGERS | {
    "constant": lambda value: Floor(0, value),
    "min": _extreme("min", min),
    "max": _extreme("max", max),
    "if": _if,
    **{word: _compared(word) for word in ("le", "lt", "eq")},
    "and": _and,
    "or": _or,
    "iff": _iff,
    "not": _not,
}
"""The words of the laws on floors."""


def _left(value: Floor | Term) -> int | bool:
    """Return a floor without variables as an integer, and a settled statement as a truth value."""
    return value.b if isinstance(value, Floor) else value is ALWAYS


NORMAL = Meaning("normal forms", FLOORS, left=_left)
"""Terms in normal form: floors, and statements about them."""


def normal(term: Term) -> Term:
    """Return the term in normal form; see above."""
    letters = {name: _alone(variable(name)) for name in variables(term)}
    value = NORMAL.evaluate(term, letters)
    return value.term if isinstance(value, Floor) else value
