"""Sizes as a model computes them: terms in `W`, kept short by a few rules.

A model adds, multiplies and divides its sizes thousands of times. Each rule here is a theorem of
the book (`symconv/statements/recorded.py`), so what is recorded is what was computed. A number that
does not depend on `W` is a plain integer, and a comparison that does not is a plain truth value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from math import gcd, isqrt
from typing import Any

from symconv.meanings.meaning import Meaning
from symconv.terms import Term, constant

Amount = Term | int
Truth = Term | bool
Factors = tuple[Term, ...]


class Recorder:
    """Makes terms in short form.

    Args:
        positive: says whether a size is known to be positive; whoever answers notes that it was
            used, since what is made then holds only where the size is.

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
        self._positive = positive
        self._places: dict[Term, int] = {}
        self.meaning = Meaning("recorded sizes", self._table())

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

    def total(self, a: Amount, b: Amount) -> Amount:
        """Return a sum: constants come last, and multiples of one size are added up."""
        (x, c), (y, d) = _shifted(a), _shifted(b)
        if x is None or y is None:
            return _plus(y if x is None else x, c + d)
        (p, f), (q, g) = _factored(x), _factored(y)
        if f == g:
            return _plus(self._times(p + q, f), c + d)
        if self._place(y) < self._place(x):
            x, y = y, x
        return _plus(Term("add", x, y), c + d)

    def difference(self, a: Amount, b: Amount) -> Amount:
        """Return a difference."""
        return self.total(a, self.product(b, -1))

    def product(self, a: Amount, b: Amount) -> Amount:
        """Return a product, as a coefficient and factors in the order in which they came up."""
        (p, f), (q, g) = _factored(a), _factored(b)
        return self._times(p * q, f + g)

    def quotient(self, a: Amount, b: Amount) -> Amount:
        """Return a quotient, rounded down: common factors cancel, floors inside are joined.

        Raises:
            ZeroDivisionError: the divisor is 0.
        """
        if isinstance(a, int) and isinstance(b, int):
            return a // b
        shared = self._shared(a, b)
        if shared is not None:
            return shared
        if isinstance(b, int) and b > 0:
            x, c = _shifted(a)
            if x is None:  # pragma: no cover - `a` is a term here
                return c // b
            inner = _floor(x)
            if inner is not None:  # (x//m + c)//n == (x + c*m)//(m*n)
                under, m = inner
                return self.quotient(self.total(under, c * m), m * b)
            p, f = _factored(x)
            if p % b == 0:  # (n*y + c)//n == y + c//n
                return self.total(self._times(p // b, f), c // b)
        return Term("floordiv", _term(a), _term(b))

    def remainder(self, a: Amount, b: Amount) -> Amount:
        """Return a remainder, of the divisor's sign.

        Raises:
            ZeroDivisionError: the divisor is 0.
        """
        if isinstance(a, int) and isinstance(b, int):
            return a % b
        if self._shared(a, b) is not None:
            return 0
        if isinstance(b, int) and b > 0:
            x, c = _shifted(a)
            if x is not None and _factored(x)[0] % b == 0:  # (n*y + c) % n == c % n
                return c % b
            a = _plus(x, c % b)
        return Term("mod", _term(a), _term(b))

    def least(self, a: Amount, b: Amount) -> Amount:
        """Return the lesser of two numbers."""
        return self.chosen(self.at_most(a, b), a, b, word="min")

    def greatest(self, a: Amount, b: Amount) -> Amount:
        """Return the greater of two numbers; of a positive one and 0 or 1, the positive one."""
        for number, size in ((a, b), (b, a)):
            if type(number) is int and number in (0, 1) and self._is_positive(size):
                return size
        return self.chosen(self.at_most(a, b), b, a, word="max")

    def chosen(self, condition: Truth, then: Amount, otherwise: Amount, word: str = "if") -> Amount:
        """Return the one where something holds, the other where it does not."""
        if isinstance(condition, bool):
            return then if condition else otherwise
        if then is otherwise or then == otherwise:
            return then
        if word == "if":
            return Term("if", condition, _term(then), _term(otherwise))
        return Term(word, _term(then), _term(otherwise))

    def at_most(self, a: Amount, b: Amount) -> Truth:
        """State that one number is at most another, with constants on one side."""
        (x, c), (y, d) = _shifted(a), _shifted(b)
        if x is y:
            return c <= d
        if x is None:  # c <= y + d
            return self._from(c - d, y)  # type: ignore[arg-type]
        if y is None:  # x + c <= d
            return self._up_to(x, d - c)
        if c == d:
            reduced = self._without_common(x, y)
            if reduced is not None:
                return self.at_most(*reduced)
        return Term("le", x, _term(_plus(y, d - c)))

    def less(self, a: Amount, b: Amount) -> Truth:
        """State that one number is less than another."""
        return self.at_most(self.total(a, 1), b)

    def equal(self, a: Amount, b: Amount) -> Truth:
        """State that two numbers are equal, without what both have in common."""
        (x, c), (y, d) = _shifted(a), _shifted(b)
        if x is y:
            return c == d
        if x is None:
            x, y, c, d = y, x, d, c
        if y is None:
            return self._is(x, d - c)  # type: ignore[arg-type]
        if c == d:
            reduced = self._without_common(x, y)  # type: ignore[arg-type]
            if reduced is not None:
                return self.equal(*reduced)
        return Term("eq", x, _term(_plus(y, d - c)))

    def no(self, statement: Truth) -> Truth:
        """State that something does not hold."""
        if isinstance(statement, bool):
            return not statement
        if statement.word == "not":
            return statement.args[0]  # type: ignore[no-any-return]
        if statement.word == "le":
            a, b = map(_amount, statement.args)
            return self.less(b, a)
        return ~statement

    def root(self, amount: Amount) -> Amount | None:
        """Return the number, not negative, whose square an amount is, if it is written as one."""
        coefficient, factors = _factored(amount)
        side = isqrt(max(0, coefficient))
        once = tuple(dict.fromkeys(factors))
        even = all(factors.count(size) % 2 == 0 for size in once)
        if side * side != coefficient or not even or not all(map(self._positive, once)):
            return None
        return self._times(side, [size for size in once for _ in range(factors.count(size) // 2)])

    def _is_positive(self, size: Amount) -> bool:
        coefficient, factors = _factored(size)
        return coefficient > 0 and all(map(self._positive, factors))

    def _place(self, size: Term) -> int:
        """Return when a size came up first."""
        return self._places.setdefault(size, len(self._places))

    def _times(self, coefficient: int, factors: Iterable[Term]) -> Amount:
        """Return a coefficient times factors, which are put into one order."""
        if coefficient == 0:
            return 0
        rising = sorted(factors, key=self._place)
        if not rising:
            return coefficient
        body = reduce(lambda rest, factor: Term("mul", factor, rest), reversed(rising))
        return body if coefficient == 1 else Term("mul", coefficient, body)

    def _shared(self, a: Amount, b: Amount) -> Amount | None:
        """Return a quotient that comes out even because its divisor's factors are in `a`."""
        (p, f), (q, g) = _factored(a), _factored(b)
        if q == 0:
            raise ZeroDivisionError("integer division or modulo by zero")
        if p % q:
            return None
        rest = _without(f, g)
        if rest is None or not all(map(self._positive, g)):
            return None
        return self._times(p // q, rest)

    def _without_common(self, x: Term, y: Term) -> tuple[Amount, Amount] | None:
        """Return two numbers without their positive common factors, if they have any."""
        (p, f), (q, g) = _factored(x), _factored(y)
        shared, left = list[Term](), list(g)
        for size in f:
            if size in left and self._positive(size):
                left.remove(size)
                shared.append(size)
        common = gcd(p, q)
        if not shared and common == 1:
            return None
        rest = _without(f, shared) or ()
        return self._times(p // common, rest), self._times(q // common, left)

    def _from(self, low: int, x: Term) -> Truth:
        """State that a number is at least another: `c <= p*y` is `ceil(c/p) <= y`, and so on."""
        p, f = _factored(x)
        if p < 0:
            return self._up_to(_term(self._times(-p, f)), -low)
        if p > 1:
            return self._from(-(-low // p), _term(self._times(1, f)))
        inner = _floor(x)
        if inner is not None:  # c <= y//m is c*m <= y
            return self.at_most(low * inner[1], inner[0])
        return Term("le", low, x)

    def _up_to(self, x: Term, high: int) -> Truth:
        """State that a number is at most another: `p*y <= c` is `y <= c//p`, and so on."""
        p, f = _factored(x)
        if p < 0:
            return self._from(-high, _term(self._times(-p, f)))
        if p > 1:
            return self._up_to(_term(self._times(1, f)), high // p)
        inner = _floor(x)
        if inner is not None:  # y//m <= c is y < (c + 1)*m
            return self.at_most(inner[0], (high + 1) * inner[1] - 1)
        return Term("le", x, high)

    def _is(self, x: Term, value: int) -> Truth:
        """State that a number is another: `p*y == c` and `y*z == 0` are taken apart."""
        p, f = _factored(x)
        if p != 1:
            if value % p:
                return False
            return self._is(_term(self._times(1, f)), value // p)
        if value == 0 and len(f) > 1:
            return reduce(either, (self._is(size, 0) for size in dict.fromkeys(f)))
        return Term("eq", x, value)


def both(a: Truth, b: Truth) -> Truth:
    """State that two statements hold."""
    if isinstance(a, bool):
        return b if a else False
    if isinstance(b, bool):
        return a if b else False
    return a if a is b else a & b


def either(a: Truth, b: Truth) -> Truth:
    """State that one of two statements holds."""
    if isinstance(a, bool):
        return True if a else b
    if isinstance(b, bool):
        return True if b else a
    return a if a is b else a | b


def _term(amount: Amount) -> Term:
    return amount if isinstance(amount, Term) else constant(amount)


def _amount(term: Term) -> Amount:
    return int(term.args[0]) if term.word == "constant" else term


def _plus(x: Term | None, c: int) -> Amount:
    """Return a number and a constant added up."""
    if x is None or isinstance(x, int):
        return c + (x or 0)
    return Term("add", x, c) if c else x


@lru_cache(maxsize=2**14)
def _shifted(amount: Amount) -> tuple[Term | None, int]:
    """Return `x` and `c` of `x + c`; no `x` where it is an integer."""
    if isinstance(amount, int):
        return None, amount
    if amount.word == "add" and amount.args[1].word == "constant":
        return amount.args[0], amount.args[1].args[0]
    return amount, 0


@lru_cache(maxsize=2**14)
def _factored(amount: Amount) -> tuple[int, Factors]:
    """Return a number as a coefficient and factors."""
    if isinstance(amount, int):
        return amount, ()
    if amount.word == "constant":
        return amount.args[0], ()
    if amount.word == "mul":
        (p, f), (q, g) = map(_factored, amount.args)
        return p * q, f + g
    return 1, (amount,)


def _floor(x: Term) -> tuple[Term, int] | None:
    """Return `y` and `m` of `y//m` where `m` is a positive integer."""
    if x.word == "floordiv" and x.args[1].word == "constant" and x.args[1].args[0] > 0:
        return x.args[0], x.args[1].args[0]
    return None


def _without(factors: Factors, others: Iterable[Term]) -> Factors | None:
    """Return the factors that are left without others, if these are among them."""
    left = list(factors)
    for size in others:
        if size not in left:
            return None
        left.remove(size)
    return tuple(left)
