"""Sums of products with integer coefficients, and terms read as such and written again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from math import gcd
from typing import NamedTuple

from symconv.terms import Term, constant

Amount = Term | int
"""A number that a model computes: a term in `W`, or an integer where it does not depend on `W`."""
Factors = tuple[Term, ...]
Item = tuple[Factors, int]
"""What is multiplied, and how often it counts."""


def term_of(amount: Amount) -> Term:
    """Return a number as a term."""
    return amount if isinstance(amount, Term) else constant(amount)


class Sum(NamedTuple):
    """An integer, and products with coefficients that are not 0."""

    constant: int
    items: tuple[Item, ...]

    def times(self, number: int) -> Sum:
        """Return a multiple."""
        if number == 0:
            return Sum(0, ())
        return Sum(self.constant * number, tuple((f, p * number) for f, p in self.items))

    @property
    def step(self) -> int:
        """What all coefficients have as a divisor, the greatest; 0 where there are none."""
        return gcd(*(p for _, p in self.items))

    def over(self, number: int) -> Sum:
        """Divide, rounded down, by a number that all coefficients have as a divisor."""
        return Sum(self.constant // number, tuple((f, p // number) for f, p in self.items))

    @property
    def floor(self) -> tuple[Term, int] | None:
        """Return `y` and `m` where it is `y//m + c` with a positive integer `m`."""
        if len(self.items) != 1:
            return None
        ((factors, coefficient),) = self.items
        if coefficient != 1 or len(factors) != 1 or factors[0].word != "floordiv":
            return None
        under, divisor = factors[0].args
        if divisor.word != "constant" or divisor.args[0] <= 0:
            return None
        return under, divisor.args[0]

    @property
    def written(self) -> Amount:
        """Write the sum: what is added first, then what is taken away, and the integer last.

        >>> from symconv.terms import sizes
        >>> W, h = sizes("W h")
        >>> Sum(-3, (((h,), -2), ((W,), 1))).written
        sub(sub(W, mul(2, h)), 3)
        """
        plus = [_product(f, p) for f, p in self.items if p > 0]
        minus = [_product(f, -p) for f, p in self.items if p < 0]
        if not plus and not minus:
            return self.constant
        total = reduce(Term.__add__, plus) if plus else constant(self.constant)
        total = reduce(Term.__sub__, minus, total)
        if not plus or self.constant == 0:
            return total
        return total + self.constant if self.constant > 0 else total - -self.constant


def _product(factors: Factors, coefficient: int) -> Term:
    first = [] if coefficient == 1 else [constant(coefficient)]
    return reduce(Term.__mul__, [*first, *factors])


def added(a: Sum, b: Sum) -> Sum:
    """Return two sums added up."""
    if not b.items:
        return Sum(a.constant + b.constant, a.items)
    items = dict(a.items)
    for factors, coefficient in b.items:
        items[factors] = items.get(factors, 0) + coefficient
    kept = tuple((factors, p) for factors, p in items.items() if p)
    return Sum(a.constant + b.constant, kept)


def factored(coefficient: int, factors: Factors) -> Sum:
    """Return a product as a sum."""
    return Sum(0, ((factors, coefficient),)) if factors else Sum(coefficient, ())


@lru_cache(maxsize=2**15)
def read(amount: Amount) -> Sum:
    """Read a number as a sum; what is neither a sum nor a product counts as one factor."""
    if isinstance(amount, int):
        return Sum(amount, ())
    if amount.word == "constant":
        return Sum(amount.args[0], ())
    if amount.word in ("add", "sub"):
        a, b = map(read, amount.args)
        return added(a, b if amount.word == "add" else b.times(-1))
    if amount.word == "mul":
        a, b = map(read, amount.args)
        if not a.items:
            return b.times(a.constant)
        p, f = _one(a, amount.args[0])
        q, g = _one(b, amount.args[1])
        return Sum(0, ((f + g, p * q),))
    return Sum(0, (((amount,), 1),))


def _one(total: Sum, written: Term) -> tuple[int, Factors]:
    """Return a sum as one product: its own, if it has but one, or itself as a factor."""
    if len(total.items) == 1 and total.constant == 0:
        ((factors, coefficient),) = total.items
        return coefficient, factors
    return 1, (written,)


def without(factors: Factors, others: Iterable[Term]) -> Factors | None:
    """Return the factors that are left without others, if these are among them."""
    left = list(factors)
    for size in others:
        if size not in left:
            return None
        left.remove(size)
    return tuple(left)


def without_common(total: Sum, positive: Callable[[Term], bool]) -> Sum:
    """Return a sum without the positive factors that all of it has: its sign stays.

    Args:
        total: the sum.
        positive: says whether a factor is known to be positive.
    """
    for size in dict.fromkeys(total.items[0][0] if total.items else ()):
        while _is_common(size, total) and positive(size):
            left = [(without(factors, (size,)) or (), p) for factors, p in total.items]
            total = reduce(added, (factored(p, factors) for factors, p in left))
    return total


def _is_common(size: Term, total: Sum) -> bool:
    """Whether all of a sum has a factor, and something else besides."""
    if total.constant or (len(total.items) == 1 and len(total.items[0][0]) == 1):
        return False
    return all(size in factors for factors, _ in total.items)
