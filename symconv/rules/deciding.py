"""From a relation to the clauses that its letters must meet, so that it holds for all sizes.

What is needed of the slopes comes first: an equation among them, such as `S = n`, is put in, and
then the floors are simpler than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import sympy

from symconv.errors import UndecidedError
from symconv.meanings.symbols import Floored, term_of
from symconv.rules.clauses import Clauses, Reading, all_of, holds, surely
from symconv.rules.eliminating import for_all, lines_of, rising
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floors_in
from symconv.rules.lines import degree
from symconv.terms import Term, substitute, variable, variables

STRIDES = "S"
"""What an equation is solved for first: the letters of strides, perhaps with numbers."""


class Solved(NamedTuple):
    """An equation that is solved for a letter."""

    letter: Number
    value: Number


class Found(NamedTuple):
    """What a relation needs: equations that were put in, and clauses about what is left.

    Attributes:
        solved: the equations, in the order in which they were put in.
        clauses: what else must hold.
        facts: what is known of the letters that are left.
    """

    solved: tuple[Solved, ...]
    clauses: Clauses
    facts: Facts


def found(statement: Term, over: str | None, facts: Facts) -> Found:
    """Return what the letters of a statement must meet, so that it holds for all sizes from 1 on.

    Args:
        statement: the statement.
        over: the letter of the size; none where the statement is about letters only.
        facts: what is known of the letters.

    Raises:
        UndecidedError: it is out of reach.
    """
    size = sympy.Symbol(over, integer=True) if over else sympy.Dummy()
    solved: list[Solved] = []
    while True:
        clauses = _by_coefficients(Reading(facts).clauses(statement), size)
        equation = _equation(_needed(clauses, size, facts), facts)
        if equation is None:
            break
        solved.append(equation)
        point = {variable(equation.letter.name): term_of(equation.value)}
        statement = substitute(statement, point)
        told = (substitute(condition, point) for condition in facts.conditions)
        facts = Facts(tuple(each for each in told if variables(each)), facts.clock)
    told = (for_all(lines_of(each, size, facts), facts) for each in clauses)
    return Found(tuple(solved), all_of(*told), facts)


def _by_coefficients(clauses: Clauses, size: Number) -> Clauses:
    """Return clauses in which polynomials that are 0 for all sizes are their coefficients."""
    alone = {each[0] for each in clauses if len(each) == 1}
    equal = [p for p in alone if -p in alone and degree(p, size) > 1 and not floors_in(p, size)]
    kept = tuple(each for each in clauses if not (len(each) == 1 and each[0] in equal))
    coefficients = (c for p in equal for c in sympy.Poly(p, size).all_coeffs())
    return all_of(kept, *(all_of(holds(c), holds(-c)) for c in coefficients))


def _needed(clauses: Clauses, size: Number, facts: Facts) -> Iterator[Number]:
    """Yield numbers that must be at least 0: slopes, and what a clause says of letters alone."""
    for each in clauses:
        if len(each) == 1 and not each[0].has(size):
            yield each[0]
            continue
        try:
            slope = rising(lines_of(each, size, facts))
        except UndecidedError:  # another equation may make it simpler; if not, it is said then
            continue
        if slope is not None and not slope.is_Integer:
            yield slope


def _equation(numbers: Iterable[Number], facts: Facts) -> Solved | None:
    """Return an equation that some numbers say which are at least 0, solved for a letter."""
    known = [*dict.fromkeys(numbers)]
    for number in known:
        if -number not in known and not facts.at_least(-number, 0):
            continue
        letters = sorted(number.free_symbols, key=_order)
        for letter in letters:
            factor = number.coeff(letter)
            value = sympy.expand(letter - number / factor) if factor in (1, -1) else None
            if value is not None and not value.has(letter) and _wanted(letter, value):
                return Solved(letter, value)
    return None


def _wanted(letter: Number, value: Number) -> bool:
    """Whether an equation is put in: those of strides, and numbers."""
    return value.is_Integer or (letter.name[:1] == STRIDES and not value.has(Floored))


def _order(letter: Number) -> tuple[bool, str]:
    return letter.name[:1] != STRIDES, letter.name


__all__ = ["Found", "Solved", "found", "surely"]
