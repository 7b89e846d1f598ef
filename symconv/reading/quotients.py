"""Quotients in conditions: `/` divides exactly, as Python's fractions do, and no term has it.

A `Quotient` keeps what stands above the line and the divisors below it, so that whoever asks for
integers (a comparison, `floor`, `ceil`, `//`) multiplies out or rounds:

    a/b <= c/d   ⇔   a*d <= c*b                        where b and d are positive
    a/b <= c     ⇔   ceil(a/b) <= c                    for either sign, so a/b < c by floor
    floor(a/b) = a // b      ceil(a/b) = -(-a // b)    a/b % c/d = (a*d % (b*c)) / (b*d)

The second form has no value where b or d is 0, just as the quotient itself. Nothing is ever
cancelled but numbers, so no divisor is lost. A divisor has no letters below a line of its own:
otherwise a short text, `1/(1 + 1/(1 + 1/…))`, could stand for an endless term.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import gcd, lcm

from symconv.meanings.integers import INTEGERS
from symconv.terms import Term, constant, parts

MOST_DIVISORS = 10
"""How many divisors may be multiplied: a sum of many different quotients is a long formula."""
MOST_DIGITS = 1000


@dataclass(frozen=True)
class Quotient:
    """What stands above the line, over a product of divisors and a positive number."""

    above: Term
    below: tuple[Term, ...] = ()
    number: int = 1
    sort = "a quotient"


Value = Term | Quotient
Above = Callable[[Term, Term], Term]
Least = Callable[[str], int | None]


def divided(value: Value, by: Value) -> Value:
    """Return an exact quotient; `why_no_divisor` has found nothing against the divisor."""
    over, under = _lifted(value), _lifted(by)
    above = _times(over.above, under.number)
    if under.above.word != "constant":
        return _reduced(above, (*over.below, under.above), over.number)
    divisor = _number(under.above)
    above = _negative(above) if divisor < 0 else above
    return _reduced(above, over.below, over.number * abs(divisor))


def why_no_divisor(value: Value) -> tuple[str, str] | None:
    """Return what is needed instead of this divisor, and what to write, if nothing divides so."""
    if isinstance(value, Quotient) and value.below:
        return "a divisor without a `/` by a name in it", "Multiply the condition out."
    above = _lifted(value).above
    if above.word == "constant" and _number(above) == 0:
        return "a divisor that is not 0", "Divide by something else."
    return None


def too_long(value: Value) -> bool:
    """Whether a quotient has more divisors, or a longer number below, than is reasonable."""
    return isinstance(value, Quotient) and (
        len(value.below) > MOST_DIVISORS or value.number >= 10**MOST_DIGITS
    )


def added(a: Value, b: Value) -> Value:
    """Return `a + b`."""
    return _joined(a, b, lambda x, y: x + y)


def subtracted(a: Value, b: Value) -> Value:
    """Return `a - b`."""
    return _joined(a, b, lambda x, y: x - y)


def multiplied(a: Value, b: Value) -> Value:
    """Return `a*b`."""
    one, two = _lifted(a), _lifted(b)
    above = _folded(one.above, two.above, lambda x, y: x * y)
    return _reduced(above, one.below + two.below, one.number * two.number)


def floor_divided(a: Value, b: Value) -> Term:
    """Return `a // b`, the floor of an exact quotient."""
    return floored(divided(a, b))


def remainder(a: Value, b: Value) -> Value:
    """Return `a % b`, what is left of `a` when `b` is taken `a // b` times."""
    over, under = _lifted(a), _lifted(b)
    above, divisor = _times(over.above, under.number), _times(under.above, over.number, over.below)
    left = _folded(above, divisor, lambda x, y: x % y)
    return _reduced(left, over.below, over.number * under.number)


def negative(value: Value) -> Value:
    """Return `-value`."""
    lifted = _lifted(value)
    return _reduced(_negative(lifted.above), lifted.below, lifted.number)


def floored(value: Value) -> Term:
    """Return the greatest integer that is not above the value."""
    if isinstance(value, Term):
        return value
    divisor = _times(constant(1), value.number, value.below)
    return _folded(value.above, divisor, lambda x, y: x // y)


def ceiled(value: Value) -> Term:
    """Return the least integer that is not below the value."""
    return value if isinstance(value, Term) else _negative(floored(negative(value)))


COMPARE: dict[str, Above] = {
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "==": lambda a, b: a.eq(b),
    "!=": lambda a, b: ~a.eq(b),
}
"""The signs that compare integers."""

_TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "==", "!=": "!="}


def compared(sign: str, a: Value, b: Value, least: Least) -> Term:
    """State that two values compare so.

    Args:
        sign: one of `COMPARE`.
        a: the left side.
        b: the right side.
        least: the least value of a name, as far as it is known; it tells which divisors are
            positive.
    """
    if isinstance(a, Term) and isinstance(b, Term):
        return COMPARE[sign](a, b)
    left, right, below, _ = _common(a, b)
    if all(_positive(one, least) for one in below):
        return COMPARE[sign](left, right)
    if isinstance(a, Term):
        return compared(_TURNED[sign], b, a, least)
    gap, bound = (a, b) if isinstance(b, Term) else (_lifted(subtracted(a, b)), constant(0))
    if sign in ("<", ">="):
        return COMPARE[sign](floored(gap), bound)
    if sign in ("<=", ">"):
        return COMPARE[sign](ceiled(gap), bound)
    divisor = _times(constant(1), gap.number, gap.below)
    whole, same = (gap.above % divisor).eq(0), floored(gap).eq(bound)
    return whole & same if sign == "==" else ~whole | ~same


def _common(a: Value, b: Value) -> tuple[Term, Term, tuple[Term, ...], int]:
    """Return what stands above one line for both, and what stands below it."""
    one, two = _lifted(a), _lifted(b)
    number = lcm(one.number, two.number)
    left = _times(one.above, number // one.number, _without(two.below, one.below))
    right = _times(two.above, number // two.number, _without(one.below, two.below))
    return left, right, one.below + _without(two.below, one.below), number


def _joined(a: Value, b: Value, sign: Above) -> Value:
    left, right, below, number = _common(a, b)
    return _reduced(_folded(left, right, sign), below, number)


def _lifted(value: Value) -> Quotient:
    return value if isinstance(value, Quotient) else Quotient(value)


def _reduced(above: Term, below: tuple[Term, ...], number: int) -> Value:
    """Return a quotient in lowest terms, as far as those are numbers; an integer as its term."""
    if above.word == "constant":
        shared = gcd(_number(above), number)
        above, number = constant(_number(above) // shared), number // shared
    return Quotient(above, below, number) if below or number != 1 else above


def _times(term: Term, number: int, factors: tuple[Term, ...] = ()) -> Term:
    """Return a product, without what says nothing: `2*W`, `S`, `0`."""
    product = _folded(constant(number), term, lambda x, y: x * y) if number != 1 else term
    if product is constant(0):
        return product
    return reduce(lambda x, y: y if x is constant(1) else x * y, factors, product)


def _without(factors: tuple[Term, ...], others: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the factors that are left when each of the others takes one like it away."""
    left = list(factors)
    for one in others:
        if one in left:
            left.remove(one)
    return tuple(left)


def _number(term: Term) -> int:
    return int(term.args[0])


def _folded(a: Term, b: Term, sign: Above) -> Term:
    """Compute what is made of two numbers; people write 5/2, and mean one number."""
    term = sign(a, b)
    if not a.word == b.word == "constant" or (term.word in ("floordiv", "mod") and not _number(b)):
        return term
    return constant(INTEGERS[term.word](_number(a), _number(b)))


def _negative(term: Term) -> Term:
    return _folded(constant(0), term, lambda x, y: x - y)


def _positive(term: Term, least: Least) -> bool:
    """Whether a term is at least 1 wherever its names have their least values or more."""
    ends: dict[Term, int] = {}
    for node in parts(term):
        end = _least(node, ends, least)
        if end is not None:
            ends[node] = end
    return ends.get(term, 0) >= 1


def _least(node: Term, ends: Mapping[Term, int], least: Least) -> int | None:
    """Return a number that a term is never below, given such numbers for its parts."""
    if node.word == "constant":
        return _number(node)
    if node.word == "variable":
        return least(node.args[0])
    known = [ends[part] for part in node.args if part in ends]
    if node.word in ("add", "min", "max") and len(known) == 2:
        return int(INTEGERS[node.word](*known))
    if node.word == "mul" and len(known) == 2 and min(known) >= 0:
        return known[0] * known[1]
    if node.word == "sub" and node.args[1].word == "constant" and len(known) == 2:
        return known[0] - known[1]
    return None
