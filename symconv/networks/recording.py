"""Sizes as a model computes them: terms in `W`, kept short by a few rules.

A model adds, multiplies and divides its sizes thousands of times. What it makes is kept as a sum of
products with integer coefficients (`sums`), and each rule for quotients and comparisons here is a
theorem of the book, in its chapter on what is recorded. A number that does not depend on `W` is a
plain integer, and a comparison that does not is a plain truth value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from math import gcd, isqrt
from typing import Any

from symconv.meanings.meaning import Meaning
from symconv.networks.remembering import remembered
from symconv.networks.sums import (
    Amount,
    Factors,
    Sum,
    added,
    factored,
    read,
    term_of,
    without,
    without_common,
)
from symconv.networks.truths import Truth, both, either
from symconv.terms import Term


class Recorder:
    """Makes terms in short form.

    Args:
        positive: says whether a size is known to be positive; whoever answers notes that it was
            used, since what is made then holds only where the size is.

    Attributes:
        uses: how often that was used.
        memory: what was made where it was not.

    >>> from symconv.terms import variable
    >>> W, recorder = variable("W"), Recorder(lambda size: True)
    >>> half = recorder.quotient(recorder.total(W, -1), 2)
    >>> recorder.quotient(recorder.total(half, 1), 2)
    floordiv(add(W, 1), 4)
    >>> recorder.equal(recorder.product(W, 3), recorder.product(W, W))
    eq(W, 3)
    """

    def __init__(self, positive: Callable[[Term], bool]) -> None:
        """Make none yet."""
        self._answer = positive
        self.uses, self.memory = 0, dict[Any, Any]()
        self._places: dict[Term, int] = {}
        self.meaning = Meaning("recorded sizes", self._table())

    def _positive(self, size: Term) -> bool:
        known = self._answer(size)
        self.uses += known
        return known

    def _table(self) -> dict[str, Callable[..., Any]]:
        """Return what the words of the laws do."""
        return {
            "constant": lambda value: value,
            "add": self.total,
            "sub": self.difference,
            "mul": self.product,
            "floordiv": self.quotient,
            "mod": self.remainder,
            "min": self.least,
            "max": self.greatest,
            "if": self.chosen,
            "le": self.at_most,
            "lt": self.less,
            "eq": self.equal,
            "and": both,
            "or": either,
            "iff": lambda a, b: either(both(a, b), both(self.no(a), self.no(b))),
            "not": self.no,
        }

    @remembered
    def total(self, a: Amount, b: Amount) -> Amount:
        """Return a sum."""
        return self._written(added(read(a), read(b)))

    @remembered
    def difference(self, a: Amount, b: Amount) -> Amount:
        """Return a difference."""
        return self._written(added(read(a), read(b).times(-1)))

    @remembered
    def product(self, a: Amount, b: Amount) -> Amount:
        """Return a product; a sum stays together, but for what all of it has in common."""
        if isinstance(a, int) or isinstance(b, int):
            number, amount = (a, b) if isinstance(a, int) else (b, a)
            return self._written(read(amount).times(number))  # type: ignore[arg-type]
        (p, f), (q, g) = self._factored(a), self._factored(b)
        return self._times(p * q, f + g)

    @remembered
    def quotient(self, a: Amount, b: Amount) -> Amount:
        """Return a quotient, rounded down.

        `(n*y + c)//n` is `y + c//n`, `(x//m + c)//n` is `(x + c*m)//(m*n)`, and what dividend and
        divisor have in common cancels.

        Raises:
            ZeroDivisionError: the divisor is 0.
        """
        if isinstance(a, int) and isinstance(b, int):
            return a // b
        shared = self._shared(a, b)
        if shared is not None:
            return shared
        if not isinstance(b, int) or b < 0:
            return Term("floordiv", a, b)
        dividend = read(a)
        even = [(f, p // b) for f, p in dividend.items if p % b == 0]
        rest = Sum(dividend.constant % b, tuple((f, p) for f, p in dividend.items if p % b))
        return self.total(
            self._written(Sum(dividend.constant // b, tuple(even))), self._divided(rest, b)
        )

    def _divided(self, rest: Sum, n: int) -> Amount:
        """Return a quotient none of whose parts comes out even, of a constant below the divisor."""
        if not rest.items:
            return 0
        common = gcd(n, rest.step)
        if common > 1:  # (g*z + c)//(g*n) == (z + c//g)//n
            return self.quotient(self._written(rest.over(common)), n // common)
        inner = rest.floor
        if inner is not None:
            under, m = inner
            return self.quotient(self.total(under, rest.constant * m), m * n)
        return Term("floordiv", self._written(rest), n)

    @remembered
    def remainder(self, a: Amount, b: Amount) -> Amount:
        """Return a remainder, of the divisor's sign: multiples of the divisor leave none.

        Raises:
            ZeroDivisionError: the divisor is 0.
        """
        if isinstance(a, int) and isinstance(b, int):
            return a % b
        if self._shared(a, b) is not None:
            return 0
        if isinstance(b, int) and b > 0:
            dividend = read(a)
            items = tuple((f, p % b) for f, p in dividend.items if p % b)
            a = self._written(Sum(dividend.constant % b, items))
            if isinstance(a, int):
                return a
        return Term("mod", a, b)

    @remembered
    def least(self, a: Amount, b: Amount) -> Amount:
        """Return the lesser of two numbers."""
        return self._extreme("min", self.at_most(a, b), a, b)

    @remembered
    def greatest(self, a: Amount, b: Amount) -> Amount:
        """Return the greater of two numbers; of a positive one and 0 or 1, the positive one."""
        for number, size in ((a, b), (b, a)):
            if type(number) is int and number in (0, 1) and self._is_positive(size):
                return size
        return self._extreme("max", self.at_most(b, a), a, b)

    def _extreme(self, word: str, first: Truth, a: Amount, b: Amount) -> Amount:
        if isinstance(first, bool):
            return a if first else b
        return Term(word, term_of(a), term_of(b))

    def chosen(self, condition: Truth, then: Amount, otherwise: Amount) -> Amount:
        """Return the one where something holds, the other where it does not."""
        if isinstance(condition, bool):
            return then if condition else otherwise
        return then if then == otherwise else Term("if", condition, then, otherwise)

    @remembered
    def at_most(self, a: Amount, b: Amount) -> Truth:
        """State that one number is at most another: `0 <= g*z + c` is `0 <= z + c//g`."""
        room = without_common(added(read(b), read(a).times(-1)), self._positive)
        if not room.items:
            return room.constant >= 0
        return self._at_least_zero(room.over(room.step))

    def _at_least_zero(self, room: Sum) -> Truth:
        """State that a sum is not negative, with what is taken away on the other side."""
        (factors, coefficient), *others = room.items
        if not others and abs(coefficient) == 1 and len(factors) == 1:
            inner = Sum(0, ((factors, 1),)).floor
            if inner is not None and coefficient == 1:  # -c <= y//m is -c*m <= y
                return self.at_most(-room.constant * inner[1], inner[0])
            if inner is not None:  # y//m <= c is y < (c + 1)*m
                return self.less(inner[0], (room.constant + 1) * inner[1])
        below, above = self._sides(room)
        return Term("le", below, above)

    def less(self, a: Amount, b: Amount) -> Truth:
        """State that one number is less than another."""
        return self.at_most(self.total(a, 1), b)

    @remembered
    def equal(self, a: Amount, b: Amount) -> Truth:
        """State that two numbers are equal: a product is 0 where one of its factors is."""
        apart = without_common(added(read(a), read(b).times(-1)), self._positive)
        if not apart.items:
            return apart.constant == 0
        step = apart.step
        if apart.constant % step:
            return False
        apart = apart.over(step if apart.items[0][1] > 0 else -step)
        (factors, _), *others = apart.items
        if not others and len(factors) > 1 and apart.constant == 0:
            return reduce(either, (self.equal(size, 0) for size in dict.fromkeys(factors)))
        taken, kept = self._sides(apart)
        if isinstance(kept, int):
            kept, taken = taken, kept
        return Term("eq", kept, taken)

    def no(self, statement: Truth) -> Truth:
        """State that something does not hold."""
        if isinstance(statement, bool):
            return not statement
        if statement.word == "not":
            return statement.args[0]  # type: ignore[no-any-return]
        if statement.word == "le":
            a, b = statement.args
            return self.less(b, a)
        return ~statement

    def root(self, amount: Amount) -> Amount | None:
        """Return the number, not negative, whose square an amount is, if it is written as one."""
        coefficient, factors = self._factored(amount)
        side = isqrt(max(0, coefficient))
        once = tuple(dict.fromkeys(factors))
        even = all(factors.count(size) % 2 == 0 for size in once)
        if side * side != coefficient or not even or not all(map(self._positive, once)):
            return None
        return self._times(side, [size for size in once for _ in range(factors.count(size) // 2)])

    def _is_positive(self, size: Amount) -> bool:
        coefficient, factors = self._factored(size)
        return coefficient > 0 and all(map(self._positive, factors))

    def _sides(self, room: Sum) -> tuple[Amount, Amount]:
        """Return what is taken away in a sum, and what is added."""
        low = tuple((f, -p) for f, p in room.items if p < 0)
        high = tuple((f, p) for f, p in room.items if p > 0)
        if high:
            return self._written(Sum(-room.constant, low)), self._written(Sum(0, high))
        return self._written(Sum(0, low)), room.constant

    def _factored(self, amount: Amount) -> tuple[int, Factors]:
        """Return a number as a coefficient and factors; a sum is one, without a divisor."""
        total = read(amount)
        if not total.items:
            return total.constant, ()
        if len(total.items) == 1 and total.constant == 0:
            ((factors, coefficient),) = total.items
            return coefficient, factors
        common = gcd(total.constant, total.step)
        common = common if total.items[0][1] > 0 else -common
        return common, (term_of(self._written(total.over(common))),)

    def _times(self, coefficient: int, factors: Iterable[Term]) -> Amount:
        """Return a coefficient times factors."""
        return self._written(factored(coefficient, tuple(sorted(factors, key=self._place))))

    def _written(self, total: Sum) -> Amount:
        """Write a sum, its parts in the order in which they came up."""
        order = sorted(total.items, key=lambda item: [*map(self._place, item[0])])
        return total._replace(items=tuple(order)).written

    def _place(self, size: Term) -> int:
        """Return when a size came up first."""
        return self._places.setdefault(size, len(self._places))

    def _shared(self, a: Amount, b: Amount) -> Amount | None:
        """Return a quotient that comes out even because its divisor's factors are in `a`."""
        (p, f), (q, g) = self._factored(a), self._factored(b)
        if q == 0:
            raise ZeroDivisionError("integer division or modulo by zero")
        rest = without(f, g) if p % q == 0 else None
        if rest is None or not all(map(self._positive, g)):
            return None
        return self._times(p // q, rest)
