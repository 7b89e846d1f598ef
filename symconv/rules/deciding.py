"""From a relation to the clauses that its letters must meet, so that it holds for all sizes.

What is needed of the slopes comes first: an equation among them, such as `S = n`, is put in, and
then the floors are simpler than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import NamedTuple

import sympy

from symconv.errors import UndecidedError
from symconv.meanings.symbols import Floored, plain
from symconv.rules.amounts import Reading
from symconv.rules.clauses import Clauses, holds, stated
from symconv.rules.eliminating import Told, far, for_all, lines_of, rising
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floors_in
from symconv.rules.lines import degree
from symconv.rules.solved import Solved, solved_for
from symconv.terms import Term, constant, maximum, variables

STRIDES = "S"
"""What an equation is solved for first: the letters of strides, perhaps with numbers."""


class Stage(NamedTuple):
    """A statement with the equations before it put in.

    Attributes:
        statement: the statement.
        facts: what is known of its letters.
        clauses: what it says of one size.
        told: what it says of the letters, where it holds for all sizes.
        solved: the equation that this is, solved for a letter; of the last stage none.
    """

    statement: Term
    facts: Facts
    clauses: Clauses
    told: tuple[Told, ...]
    solved: Solved | None


def stages(statement: Term, over: str | None, facts: Facts) -> tuple[Stage, ...]:
    """Return what the letters of a statement must meet, so that it holds for all sizes from 1 on.

    Args:
        statement: the statement.
        over: the letter of the size; none where the statement is about letters only.
        facts: what is known of the letters.

    Raises:
        UndecidedError: it is out of reach.
    """
    size = sympy.Symbol(over, integer=True) if over else sympy.Dummy()
    reached: list[Stage] = []
    while True:
        clauses = Reading(facts, over).clauses(statement)
        equal, rest = _by_coefficients(clauses, size)
        needed = (*equal, *_needed(rest, size))
        equation = _equation(needed, facts)
        if equation is None and not facts.and_also(*(stated(a) for a, _ in needed)).impossible:
            told = [each for some in rest for each in for_all(lines_of(some, size), facts)]
            needed = (*equal, *told)
            equation = _equation(needed, facts)
        reached.append(Stage(statement, facts, clauses, needed, equation))
        if equation is None:
            return tuple(reached)
        statement = equation.put_into(statement)
        conditions = map(equation.put_into, facts.conditions)
        facts = Facts(tuple(each for each in conditions if variables(each)), facts.clock)


def _single(told: Told) -> Iterator[Number]:
    """Yield the numbers that must be at least 0 by themselves."""
    return (clause[0] for clause in told.condition if len(clause) == 1)


def _by_coefficients(clauses: Clauses, size: Number) -> tuple[list[Told], Clauses]:
    """Tell that the coefficients of polynomials are 0 which are 0 for all sizes; return the rest.

    As many sizes as there are coefficients tell them.
    """
    alone = [each[0] for each in clauses if len(each) == 1 and not floors_in(each[0], size)]
    equal = [p for p in alone if -p in alone and degree(p, size)]
    rest = tuple(each for each in clauses if not (len(each) == 1 and each[0] in equal))
    told = []
    for polynomial in equal:
        coefficients = sympy.Poly(polynomial, size).all_coeffs()
        sizes = tuple(constant(place) for place in range(1, len(coefficients) + 1))
        told += [Told(holds(each), sizes) for each in coefficients]
    return told, rest


def _needed(clauses: Clauses, size: Number) -> Iterator[Told]:
    """Yield what clauses say of letters alone, and of slopes."""
    for each in clauses:
        if len(each) == 1 and not each[0].has(size):
            yield Told((each,), (constant(1),))
            continue
        try:
            lines = lines_of(each, size)
        except UndecidedError:  # another equation may make it simpler; if not, it is said then
            continue
        slope = rising(lines)
        if slope is not None and not slope.is_Integer:
            yield Told(holds(slope), (reduce(maximum, map(far, lines.lines)),))


def _equation(told: Iterable[Told], facts: Facts) -> Solved | None:
    """Return an equation that follows from what was told, solved for a letter."""
    known = [*dict.fromkeys(number for each in told for number in _single(each))]
    for number in known:
        if -number not in known and not facts.at_least(-number, 0):
            continue
        for letter in sorted(number.free_symbols, key=_order):
            solved = solved_for(number, letter)
            if solved is not None and _wanted(*solved):
                return solved if _met(facts, solved) else None
    return None


def _met(facts: Facts, solved: Solved) -> bool:
    """Whether a letter may have a value: no condition on it alone says no."""
    conditions = map(solved.put_into, facts.conditions)
    return all(bool(plain(each)) for each in conditions if not variables(each))


def _wanted(letter: Number, value: Number) -> bool:
    """Whether an equation is put in: those of strides, and numbers."""
    return value.is_Integer or (letter.name[:1] == STRIDES and not value.has(Floored))


def _order(letter: Number) -> tuple[bool, str]:
    return letter.name[:1] != STRIDES, letter.name
