"""Conditions as clauses: all of them hold, in each of them one literal, `number >= 0`, at least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from itertools import product
from math import gcd

import sympy

from symconv.errors import RequestError, UndecidedError
from symconv.meanings.symbols import Floored, term_of
from symconv.rules.floors import Number, summed, whole_terms
from symconv.terms import Term, both, either

MOST = 256
"""How many clauses, or literals in one, a condition may have on the way."""


class SignNeededError(UndecidedError):
    """A rule needs to know the sign of a divisor: it is told apart."""

    def __init__(self, divisor: Number) -> None:
        """Keep the divisor."""
        self.divisor = divisor
        super().__init__(
            "divisors whose signs are known",
            f"a quotient by {divisor}, whose sign is not known",
            f"Say which: given='{divisor} >= 1'.",
        )


Clause = tuple[Number, ...]
Clauses = tuple[Clause, ...]
ALWAYS: Clauses = ()
NEVER: Clauses = ((),)


def beyond(why: str) -> UndecidedError:
    """Return that something is out of reach, and why."""
    return UndecidedError(
        "a relation within reach of the rules",
        why,
        "Put numbers in for some letters, or give a condition.",
    )


@contextmanager
def within_reach() -> Iterator[None]:
    """Say that it is out of reach, where a formula that SymPy makes of others is no term.

    Raises:
        UndecidedError: it is.
    """
    try:
        yield
    except RequestError as error:
        raise beyond(f"it comes to {error.arrived}, where {error.needed} are needed") from None


def stated(clauses: Clauses) -> Term:
    """Return clauses as a term; what divides comes last, behind what it is guarded by."""
    return both(
        *(
            either(*(term_of(each) >= 0 for each in sorted(clause, key=divides)))
            for clause in sorted(clauses, key=lambda clause: any(map(divides, clause)))
        )
    )


def divides(number: Number) -> bool:
    """Whether there is a quotient in a number."""
    return bool(number.has(Floored))


def literal(number: Number) -> Number:
    """Return the tightest number that is at least 0 just when this one is.

    What all letters' coefficients have in common is divided out: `2*P - 3 >= 0` is `P - 2 >= 0`.
    """
    terms = dict(whole_terms(number))
    added = terms.pop(sympy.Integer(1), 0)
    if not terms:
        return sympy.Integer(0 if added >= 0 else -1)
    common = reduce(gcd, terms.values(), 0)
    tight = {monomial: coefficient // common for monomial, coefficient in terms.items()}
    return summed(tight | {sympy.Integer(1): added // common})


def clause(literals: Iterable[Number]) -> Clause | None:
    """Return literals of which one must hold; nothing where one surely does."""
    kept: list[Number] = []
    for number in map(literal, literals):
        if number.is_Integer:
            if number >= 0:
                return None
            continue
        if any(surely(other - number, 0) for other in kept):
            continue
        if any(surely(other + number, -1) for other in kept):
            return None
        kept = [*(other for other in kept if not surely(number - other, 0)), number]
    return tuple(kept)


def surely(number: Number, bound: int) -> bool:
    """Whether a number has no letters, and is at least so much."""
    number = sympy.expand(number)
    return bool(number.is_Integer and number >= bound)


def all_of(*conditions: Clauses) -> Clauses:
    """Return that all of some conditions hold."""
    clauses = dict.fromkeys(each for condition in conditions for each in condition)
    short = [each for each in clauses if not any({*each} > {*other} for other in clauses)]
    return NEVER if () in clauses else tuple(short)


def any_of(*conditions: Clauses) -> Clauses:
    """Return that at least one of some conditions holds."""
    return reduce(_either, conditions, NEVER)


def _either(one: Clauses, other: Clauses) -> Clauses:
    if len(one) * len(other) > MOST:
        raise beyond("more cases than can be told apart")
    joined = (clause((*a, *b)) for a, b in product(one, other))
    return all_of(tuple(each for each in joined if each is not None))


def negated(condition: Clauses) -> Clauses:
    """Return that a condition does not hold."""
    turned = (all_of(*(holds(-number - 1) for number in each)) for each in condition)
    return any_of(*turned) if condition else NEVER


def holds(*literals: Number) -> Clauses:
    """Return that one of some numbers is at least 0."""
    one = clause(literals)
    return ALWAYS if one is None else (one,)
