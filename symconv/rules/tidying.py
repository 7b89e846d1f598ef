"""Clauses about letters made short: what follows from the rest is left out, bounds that meet join.

Z3 says what follows; where it does not see it soon, a clause stays, and the rule is true all the
same, only longer.
"""

from __future__ import annotations

from typing import NamedTuple

import sympy

from symconv.meanings.symbols import term_of
from symconv.rules.clauses import Clauses, all_of, divides, holds, literal
from symconv.rules.facts import Facts
from symconv.rules.floors import (
    Number,
    floored,
    floors_in,
    multiplied_out,
    quotient,
    summed,
    whole_terms,
)
from symconv.terms import Term, either


class Literal(NamedTuple):
    """That a number is at least 0, or that it is 0."""

    number: Number
    equal: bool = False

    @property
    def term(self) -> Term:
        """The literal as a term."""
        number = term_of(self.number)
        return number.eq(0) if self.equal else number >= 0

    @property
    def length(self) -> tuple[int, str]:
        """How long it is to read."""
        return len(whole_terms(self.number)), str(self.number)


Part = tuple[Literal, ...]
"""Literals of which one holds."""


def tidied(clauses: Clauses, facts: Facts) -> tuple[Part, ...] | None:
    """Return clauses in short, equations first; nothing where they contradict each other."""
    possible = ((number for number in each if not facts.at_least(-number, 1)) for each in clauses)
    clauses = all_of(*(holds(*(tight(number, facts) for number in each)) for each in possible))
    parts: list[Part] = [tuple(Literal(number) for number in each) for each in clauses]
    if () in parts or facts.and_also(*map(stated, parts)).impossible:
        return None
    before: list[Part] = []
    while parts != before:
        before = parts
        parts = _met(_shortened(_met(parts), facts))
    parts = [_as_equations(part, facts) for part in parts]
    return tuple(sorted(parts, key=lambda part: (len(part), not part[0].equal)))


def stated(part: Part) -> Term:
    """Return a part as a term."""
    return either(*(each.term for each in sorted(part, key=lambda each: divides(each.number))))


def tight(number: Number, facts: Facts) -> Number:
    """Return a plainer number that is at least 0 just when this one is."""
    while (plainer := _plainer(number, facts)) is not None:
        number = literal(plainer)
    return number


def _plainer(number: Number, facts: Facts) -> Number | None:
    """Take one step: a floor that stands alone is multiplied out, a factor is divided out.

    x*a >= 0  <=>  a >= 0        x*a + b >= 0  <=>  a + floor(b/x) >= 0        of a positive x
    """
    nodes = floors_in(number)
    if len(nodes) == 1 and number.coeff(nodes[0]) in (1, -1):
        return multiplied_out(number, nodes[0])
    terms = whole_terms(number)
    for letter in sorted(number.free_symbols, key=str):
        if not facts.at_least(letter, 1):
            continue
        some = {m: c for m, c in terms.items() if m.as_powers_dict().get(letter, 0)}
        factor = sympy.expand(summed(some) / letter)
        rest = sympy.expand(number - summed(some))
        if len(some) == len(terms) and not factor.is_Integer:
            return factor
        if len(some) < len(terms) and (len(some) > 1 or not factor.is_Integer):
            bound = floored(rest, letter, facts)
            if not floors_in(bound) and quotient(rest, letter) is None:
                return sympy.expand(factor + bound)
    return None


def _met(parts: list[Part]) -> list[Part]:
    """Join bounds that meet as an equation."""
    alone = {part[0].number for part in parts if len(part) == 1 and not part[0].equal}
    joined: dict[Part, None] = {}
    for part in parts:
        number = part[0].number
        if len(part) > 1 or number not in alone or -number not in alone:
            joined.setdefault(part)
        elif (Literal(-number, True),) not in joined:
            joined.setdefault((Literal(number, True),))
    return [*joined]


def _shortened(parts: list[Part], facts: Facts) -> list[Part]:
    """Leave out what follows from the rest, the longest first, and what the rest excludes."""
    order = sorted(parts, key=lambda part: (len(part), sum(each.length[0] for each in part)))
    for part in reversed(order):
        rest = [other for other in parts if other is not part]
        known = facts.and_also(*map(stated, rest))
        if known.known(stated(part)):
            parts = rest
            continue
        left = _possible(part, known)
        if left != part:
            parts = [left if other is part else other for other in parts]
    return parts


def _possible(part: Part, known: Facts) -> Part:
    """Return the literals of a part which the rest does not exclude."""
    if len(part) == 1:
        return part
    dividing = [each for each in part if divides(each.number)]  # the others may guard these
    for each in sorted(dividing or part, key=lambda one: one.length, reverse=True):
        others = tuple(other for other in part if other is not each)
        if known.known(~each.term | stated(others)):
            return _possible(others, known)
    return part


def _as_equations(part: Part, facts: Facts) -> Part:
    """Write `P <= 0` as `P = 0` where it cannot be less."""
    return tuple(
        Literal(each.number, True) if each.equal or facts.at_least(-each.number, 0) else each
        for each in part
    )
