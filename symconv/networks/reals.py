"""Floating-point numbers that a model makes of its sizes, as quotients of integers.

`h / 2` and `h * 0.5` are exact, and `h / 3` is rounded once. Of two integers below 2**53 the
rounded quotient has the same floor as the quotient itself, and the same order to any integer: a
quotient that is not an integer is at least `1/divisor` away from the next one, which is more than
half a unit in the last place. So what is rounded once is recorded as what it is in integers.
What is rounded more often, as `floor(0.7 * h)` is, has no such form: on finitely many sizes it is
computed size by size, as Python does, and on others nothing is known.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symconv.networks.exploring import Explorer
from symconv.networks.sums import Amount
from symconv.networks.truths import Truth
from symconv.networks.values import at

ASSUMED = "fractions of integers below 2**53 wherever the model computes in floating point"
LONG = 2**30
"""Constants with a greater numerator or denominator are not exact when they are multiplied."""

_FLOATS: dict[str, Callable[..., Any]] = {
    "float": float,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "pow": operator.pow,
    "neg": operator.neg,
    "abs": abs,
    "min": min,
    "max": max,
    "mod": operator.mod,
    "floordiv": operator.floordiv,
}
for _name in ["sqrt", "log2", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan"]:
    _FLOATS[_name] = getattr(math, _name)


@dataclass(frozen=True)
class Real:
    """A floating-point number made of sizes.

    Attributes:
        word: the last operation.
        args: what it was applied to: amounts, floats and numbers of this kind.
        over, under: the number as a quotient, if it is one that is rounded once at most.
        rounded: whether it is rounded.
    """

    word: str
    args: tuple[Any, ...]
    over: Amount | None = None
    under: Amount = 1
    rounded: bool = False

    def at(self, size: int) -> Any:
        """Return what Python computes for one size."""
        return _FLOATS[self.word](*(_at(part, size) for part in self.args))


Number = Amount | Real | float


def _at(part: Any, size: int) -> Any:
    if isinstance(part, Real):
        return part.at(size)
    return at(part, size)


class Reals:
    """Arithmetic on floating-point numbers that are made of sizes.

    Args:
        explorer: follows the sizes.
    """

    def __init__(self, explorer: Explorer) -> None:
        """Use the explorer's terms."""
        self._explorer, self._recorder = explorer, explorer.recorder

    def of(self, number: Number) -> Real:
        """Return a number as a floating-point one."""
        if isinstance(number, Real):
            return number
        self._explorer.floating = True
        if isinstance(number, float):
            over, under = number.as_integer_ratio() if math.isfinite(number) else (LONG, 1)
            exact = abs(over) < LONG and under < LONG
            return Real("float", (number,), over if exact else None, under)
        return Real("float", (number,), number)

    def apply(self, word: str, *numbers: Number) -> Real:
        """Return what an operation gives."""
        args = tuple(map(self.of, numbers))
        result = Real(word, args)
        if any(part.over is None for part in args):
            return result
        if word in ("add", "sub"):
            return self._added(result, *args)
        if word == "mul":
            return self._multiplied(result, *args)
        if word == "truediv":
            return self._divided(result, *args)
        if word == "neg":
            (part,) = args
            over = self._recorder.product(_over(part), -1)
            return Real(word, args, over, part.under, part.rounded)
        return result

    def _added(self, result: Real, a: Real, b: Real) -> Real:
        if a.rounded or b.rounded:
            return result
        times = self._recorder.product
        x, y = times(_over(a), b.under), times(_over(b), a.under)
        if result.word == "sub":
            y = times(y, -1)
        return self._reduced(result, self._recorder.total(x, y), times(a.under, b.under), False)

    def _multiplied(self, result: Real, a: Real, b: Real) -> Real:
        shift = next((x for x in (a, b) if _power_of_two(x)), None)
        if (a.rounded or b.rounded) and shift is None:
            return result
        times = self._recorder.product
        over, under = times(_over(a), _over(b)), times(a.under, b.under)
        return self._reduced(result, over, under, a.rounded or b.rounded)

    def _divided(self, result: Real, a: Real, b: Real) -> Real:
        explorer, times = self._explorer, self._recorder.product
        if explorer.decide(self._recorder.equal(_over(b), 0)):
            raise ZeroDivisionError("float division by zero")
        if (a.rounded or b.rounded) and not (_power_of_two(b) and not b.rounded):
            return result
        over, under = times(_over(a), b.under), times(a.under, _over(b))
        if not explorer.decide(self._recorder.at_most(1, under)):
            over, under = times(over, -1), times(under, -1)
        return self._reduced(result, over, under, a.rounded)

    def _reduced(self, result: Real, over: Amount, under: Amount, rounded: bool) -> Real:
        """Return a quotient in lowest terms, as far as these show."""
        if self._recorder.remainder(over, under) == 0:
            over, under = self._recorder.quotient(over, under), 1
        elif isinstance(under, int):
            common = math.gcd(under, *_coefficients(over))
            over, under = self._recorder.quotient(over, common), under // common
        exact = isinstance(under, int) and under & (under - 1) == 0
        return Real(result.word, result.args, over, under, rounded or not exact)

    def floordiv(self, a: Number, b: Number) -> Real:
        """Return Python's `a // b` of floats, which is not the floor of the rounded quotient."""
        quotient = self.apply("truediv", a, b)
        result = Real("floordiv", (self.of(a), self.of(b)))
        exact = quotient.over is not None and not any(part.rounded for part in result.args)
        if not exact:
            return result
        whole = self._recorder.quotient(_over(quotient), quotient.under)
        return Real(result.word, result.args, whole)

    def root(self, number: Number) -> Real:
        """Return the square root; that of the square of a size is the size."""
        part = self.of(number)
        result = Real("sqrt", (part,))
        if part.over is None or part.rounded or part.under != 1:
            return result
        side = self._recorder.root(part.over)
        return result if side is None else Real("sqrt", (part,), side)

    def compare(self, word: str, a: Number, b: Number) -> Truth:
        """State that a number is equal to another (`"eq"`), at most (`"le"`) or less (`"lt"`)."""
        x, y = self.of(a), self.of(b)
        if x.over is None or y.over is None or (x.rounded and y.rounded):
            compared = {"eq": operator.eq, "le": operator.le, "lt": operator.lt}[word]
            return self._explorer.decide_by(lambda size: bool(compared(x.at(size), y.at(size))))
        left = self._recorder.product(x.over, y.under)
        right = self._recorder.product(y.over, x.under)
        recorder = self._recorder
        states = {"eq": recorder.equal, "le": recorder.at_most, "lt": recorder.less}
        return states[word](left, right)

    def floor(self, number: Number) -> Amount:
        """Return a number rounded down."""
        if not isinstance(number, Real | float):
            return number
        part = self.of(number)
        if part.over is None:
            return self._explorer.number_by(lambda size: math.floor(part.at(size)))
        return self._recorder.quotient(part.over, part.under)

    def ceil(self, number: Number) -> Amount:
        """Return a number rounded up."""
        if not isinstance(number, Real | float):
            return number
        return self._recorder.product(self.floor(self.apply("neg", number)), -1)

    def trunc(self, number: Number) -> Amount:
        """Return a number rounded towards 0."""
        if not isinstance(number, Real | float):
            return number
        rising = self._explorer.decide(self.compare("le", 0, number))
        return self.floor(number) if rising else self.ceil(number)

    def rounded(self, number: Number) -> Amount:
        """Return the nearest integer, of two the even one."""
        if not isinstance(number, Real | float):
            return number
        part = self.of(number)
        if part.over is None or part.rounded or part.under != 1:
            return self._explorer.number_by(lambda size: round(part.at(size)))
        return part.over

    def whole(self, number: Number) -> Truth:
        """State that a number is an integer."""
        part = self.of(number)
        if part.over is None:
            return self._explorer.decide_by(lambda size: float(part.at(size)).is_integer())
        return self._recorder.equal(self._recorder.remainder(part.over, part.under), 0)

    def plain(self, number: Real) -> float:
        """Return a number as a plain one: its sizes are followed value by value."""
        value = float(number.at(self._explorer.active.least or 1))
        if isinstance(number.over, int) and isinstance(number.under, int):
            return value
        if number.over is not None:
            self._explorer.number(number.over)
            self._explorer.number(number.under)
        self._explorer.decide_by(lambda size: float(number.at(size)) == value)
        return value


def _over(number: Real) -> Amount:
    return 0 if number.over is None else number.over


def _power_of_two(number: Real) -> bool:
    over, under = number.over, number.under
    if not isinstance(over, int) or not isinstance(under, int) or over == 0:
        return False
    return abs(over) & (abs(over) - 1) == 0 and under & (under - 1) == 0


def _coefficients(amount: Amount) -> tuple[int, ...]:
    """Return integers whose common divisors divide an amount."""
    if isinstance(amount, int):
        return (amount,)
    if amount.word == "constant":
        return (amount.args[0],)
    if amount.word == "add":
        a, b = map(_coefficients, amount.args)
        return (*a, *b)
    if amount.word == "mul":
        a, b = map(_coefficients, amount.args)
        return (math.gcd(*a) * math.gcd(*b),)
    return (1,)
