"""Statements as clauses of linear forms: the meaning that boxes are enumerated by.

A *form* is a sum of letters with coefficients that are polynomials in the dilation; a *clause* is
a tuple of forms of which at least one is not negative. `clauses_of` reads a statement of the laws
as clauses and congruences that hold together; it says so where a statement is not linear.

Floors vanish here: with `m >= 1`, `x//m >= a` is `x >= m*a`, and `x//m <= a` is `x <= m*a + m - 1`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import symconv.boxes.polynomials as poly
from symconv.boxes.polynomials import Polynomial
from symconv.terms import Term, interpret, variables

OUTER = "D"
"""The letter that coefficients are polynomials in."""
ONE = ""
"""The key of what has no letter in a form."""
MOST_CLAUSES = 64

Form = Mapping[Any, Polynomial]
Frozen = tuple[tuple[Any, Polynomial], ...]
Clause = tuple[Frozen, ...]


class NotLinear(Exception):  # noqa: N818  (a finding, not an error)
    """A statement has no reading as clauses of linear forms."""


@dataclass(frozen=True)
class Congruence:
    """A form that is a multiple of a modulus: a number, or a letter that is at least 1."""

    form: Frozen
    modulus: int | str


@dataclass(frozen=True)
class _Opaque:
    """A part that is no form by itself: a quotient, a remainder, a minimum, a choice."""

    word: str
    parts: tuple[Any, ...]


@dataclass(frozen=True)
class _Statement:
    """A statement and its negation, each as clauses that hold together."""

    holds: tuple[Any, ...]
    fails: tuple[Any, ...] | None


def frozen(form: Form) -> Frozen:
    """Return a form as a key, in a fixed order."""
    return tuple(sorted(form.items(), key=lambda item: str(item[0])))


def plus(a: Form, b: Form, times: Polynomial = (1,)) -> dict[Any, Polynomial]:
    """Return `a + times*b`."""
    total_form = dict(a)
    for key, coefficient in b.items():
        total = poly.add(total_form.pop(key, poly.NOUGHT), poly.multiply(times, coefficient))
        if total:
            total_form[key] = total
    return total_form


def _number(form: Form) -> int | None:
    """Return the integer that a form is, if it is one."""
    if not form:
        return 0
    constant = form.get(ONE, poly.NOUGHT)
    return constant[0] if len(form) == 1 and len(constant) == 1 else None


def _times(a: Form, b: Form) -> dict[Any, Polynomial]:
    for factor, form in ((a, b), (b, a)):
        if set(factor) <= {ONE}:
            return plus({}, form, factor.get(ONE, poly.NOUGHT))
    raise NotLinear


def _opaque(word: str) -> Callable[..., Any]:
    return lambda *args: {_Opaque(word, tuple(_keyed(part) for part in args)): (1,)}


def _keyed(part: Any) -> Any:
    return part if isinstance(part, _Statement) else frozen(part)


def _either(a: tuple[Any, ...], b: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return clauses that say that one of two sets of clauses holds."""
    if len(a) * len(b) > MOST_CLAUSES or any(isinstance(c, Congruence) for c in (*a, *b)):
        raise NotLinear
    return tuple(one + other for one, other in product(a, b))


def _within(form: Form, positive: Collection[str]) -> tuple[Any, ...]:
    """Return clauses that say that a form, perhaps with opaque parts, is not negative."""
    opaque = next((key for key in form if isinstance(key, _Opaque)), None)
    if opaque is None:
        number = _number(form)
        if number is None:
            return ((frozen(form),),)
        return () if number >= 0 else ((),)
    coefficient = form[opaque]
    rest = {key: value for key, value in form.items() if key is not opaque}
    up = poly.sign(coefficient)
    if up is None or opaque.word == "mod":
        raise NotLinear
    if opaque.word == "if":
        condition, *branches = opaque.parts
        yes, no = (_within(plus(rest, dict(b), coefficient), positive) for b in branches)
        if condition.fails is None:
            raise NotLinear
        return _either(condition.fails, yes) + _either(condition.holds, no)
    if opaque.word in ("min", "max"):
        sides = [_within(plus(rest, dict(b), coefficient), positive) for b in opaque.parts]
        together = (opaque.word == "min") == (up > 0)
        return sides[0] + sides[1] if together else _either(*sides)
    inside, modulus = map(dict, opaque.parts)
    if coefficient not in ((1,), (-1,)) or not _positive(modulus, positive):
        raise NotLinear
    scaled = _times(modulus, rest)
    if up > 0:
        return _within(plus(scaled, inside), positive)
    return _within(plus(plus(plus(scaled, modulus), inside, (-1,)), {ONE: (-1,)}), positive)


def _positive(form: Form, positive: Collection[str]) -> bool:
    """Whether a form is surely at least 1: a number, or one of the letters that are."""
    number = _number(form)
    if number is not None:
        return number >= 1
    return form == {ONE: (0, 1)} or (
        len(form) == 1 and form.get(*form) == (1,) and set(form) <= set(positive)
    )


def _congruence(form: Form, positive: Collection[str]) -> Congruence | None:
    """Return what `x % m == r` says, where a form is that difference and nothing else."""
    remainders = [key for key in form if isinstance(key, _Opaque)]
    if (
        len(remainders) != 1
        or remainders[0].word != "mod"
        or form[remainders[0]] not in ((1,), (-1,))
    ):
        return None
    inside, modulus = map(dict, remainders[0].parts)
    rest = {key: value for key, value in form.items() if key is not remainders[0]}
    shift = _number(rest)
    number = _number(modulus)
    if shift is None or any(isinstance(key, _Opaque) for key in inside):
        return None
    remainder = -shift * form[remainders[0]][0]
    if number is not None and number >= 1:
        if not 0 <= remainder < number:
            return None
        return Congruence(frozen(plus(inside, {ONE: (-remainder,)} if remainder else {})), number)
    if remainder or not _positive(modulus, positive):
        return None
    letter = OUTER if ONE in modulus else next(iter(modulus))
    return Congruence(frozen(inside), letter)


def clauses_of(statement: Term, positive: Collection[str] = ()) -> tuple[Any, ...]:
    """Return clauses and congruences that hold together exactly where a statement does.

    Args:
        statement: what to read; `D`, where it appears, is at least 1.
        positive: letters that are at least 1 wherever this is used.

    Raises:
        NotLinear: the statement has no such reading.
    """

    def compare(a: Form, b: Form, gap: int) -> _Statement:
        above = plus(plus(b, a, (-1,)), {ONE: (-gap,)} if gap else {})
        below = plus(plus(a, b, (-1,)), {ONE: (gap - 1,)} if gap != 1 else {})
        return _Statement(_within(above, positive), _within(below, positive))

    def equal(a: Form, b: Form) -> _Statement:
        difference = plus(a, b, (-1,))
        congruence = _congruence(difference, positive)
        if congruence is not None:
            return _Statement((congruence,), _odd_one_out(congruence))
        less, more = compare(a, b, 0), compare(b, a, 0)
        try:
            fails = _either(less.fails or (), more.fails or ())
        except NotLinear:
            fails = None
        return _Statement(less.holds + more.holds, fails)

    def joined(a: _Statement, b: _Statement) -> _Statement:
        fails = None
        if a.fails is not None and b.fails is not None:
            try:
                fails = _either(a.fails, b.fails)
            except NotLinear:
                fails = None
        return _Statement(a.holds + b.holds, fails)

    def negated(a: _Statement) -> _Statement:
        if a.fails is None:
            raise NotLinear
        return _Statement(a.fails, a.holds)

    meaning: dict[str, Callable[..., Any]] = {
        "constant": lambda number: {ONE: (number,)} if number else {},
        "add": plus,
        "sub": lambda a, b: plus(a, b, (-1,)),
        "mul": _times,
        "floordiv": _opaque("floordiv"),
        "mod": _opaque("mod"),
        "min": _opaque("min"),
        "max": _opaque("max"),
        "if": _opaque("if"),
        "le": lambda a, b: compare(a, b, 0),
        "lt": lambda a, b: compare(a, b, 1),
        "eq": equal,
        "and": joined,
        "or": lambda a, b: negated(joined(negated(a), negated(b))),
        "iff": lambda a, b: joined(negated(joined(a, negated(b))), negated(joined(negated(a), b))),
        "not": negated,
    }
    letters: dict[str, Form] = {name: {name: (1,)} for name in variables(statement)}
    if OUTER in letters:
        letters[OUTER] = {ONE: (0, 1)}
    read: _Statement = interpret(statement, meaning, letters)
    return read.holds


def _odd_one_out(congruence: Congruence) -> tuple[Any, ...] | None:
    """Return what it says that a congruence fails: of modulus 2, the other remainder."""
    if congruence.modulus != 2:
        return None
    return (Congruence(frozen(plus(dict(congruence.form), {ONE: (1,)})), 2),)
