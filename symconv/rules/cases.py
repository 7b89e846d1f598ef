"""A rule in cases: one for each sign that a divisor may have, mostly one in all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import sympy

from symconv.errors import UndecidedError
from symconv.meanings.symbols import term_of
from symconv.rules.clauses import SignNeededError, all_of, beyond
from symconv.rules.deciding import Solved, stages
from symconv.rules.domain import counted
from symconv.rules.facts import Facts
from symconv.rules.floors import Number
from symconv.rules.proof import Step, claims, proof
from symconv.rules.tidying import stated, tidied
from symconv.rules.writing import Clause, written
from symconv.terms import (
    Term,
    both,
    constant,
    defined,
    either,
    parts,
    substitute,
    variable,
)

MOST_SIGNS = 3
"""How many divisors of unknown signs are told apart."""


class Case(NamedTuple):
    """A condition on letters, in one case.

    Attributes:
        term: the condition.
        clauses: the same as people write it.
        proof: what Z3 proved of it, in order.
        real: what was taken for granted, so that some size is meant.
    """

    term: Term
    clauses: tuple[Clause, ...] = ()
    proof: tuple[Step, ...] = ()
    real: tuple[Term, ...] = ()


class Asked(NamedTuple):
    """What is asked: for which letters a statement holds for all sizes that are meant.

    Attributes:
        statement: the statement.
        over: the letter of the size; none where it speaks of letters only.
        given: what is given of the size.
    """

    statement: Term
    over: str | None
    given: tuple[Term, ...] = ()

    def put(self, letter: Number, value: Number) -> Asked:
        """Return what is asked where a letter is a number; what divides by 0 does not hold."""
        point = {variable(letter.name): term_of(value)}
        given = tuple(_where_defined(each, point) for each in self.given)
        return Asked(_where_defined(self.statement, point), self.over, given)


def _where_defined(statement: Term, point: Mapping[Term, Term]) -> Term:
    """State something where letters are numbers; where it divides by 0 it does not hold."""
    zero, statement = constant(0), substitute(defined(statement) & statement, point)
    divided = {
        part: 0
        for part in parts(statement)
        if part.word in ("floordiv", "mod") and part.args[1] is zero
    }
    return substitute(statement, divided) if divided else statement


def decided(asked: Asked, facts: Facts, signs: tuple[Number, ...] = ()) -> tuple[Case, ...]:
    """Return when a statement holds for all sizes, case by case; without cases, never.

    Args:
        asked: the statement.
        facts: what is known of the letters.
        signs: numbers that are at least 1 in this case.

    Raises:
        UndecidedError: it is out of reach, or Z3 does not confirm the rule.
    """
    known = facts.and_also(*(term_of(number) >= 1 for number in signs))
    if known.impossible:  # there are no such letters: what is claimed of them holds
        return () if signs else (Case(both()),)
    try:
        return _decided(asked, facts, signs)
    except SignNeededError as needed:
        if len(signs) == MOST_SIGNS:
            raise
        return _by_sign(asked, facts, signs, needed.divisor)


def _by_sign(
    asked: Asked, facts: Facts, signs: tuple[Number, ...], divisor: Number
) -> tuple[Case, ...]:
    """Tell apart whether a divisor is positive, negative, or 0."""
    known = facts.and_also(*(term_of(number) >= 1 for number in signs))
    cases = [
        case for number in (divisor, -divisor) for case in decided(asked, facts, (*signs, number))
    ]
    if known.and_also(term_of(divisor).eq(0)).impossible:
        return tuple(cases)
    letter, value = _root(divisor, asked.over)
    point = {variable(letter.name): term_of(value)}
    there = Facts(tuple(substitute(each, point) for each in known.conditions), facts.clock)
    for case in decided(asked.put(letter, value), there):
        equation = written((), {letter: value}, signs)
        condition = both(*(term_of(number) >= 1 for number in signs), *_equal(letter, value))
        cases.append(case._replace(term=condition & case.term, clauses=(*equation, *case.clauses)))
    return tuple(cases)


def _root(divisor: Number, over: str | None) -> Solved:
    """Return the letter that is told by a divisor being 0."""
    for letter in sorted(divisor.free_symbols, key=str):
        factor = divisor.coeff(letter)
        value = sympy.expand(letter - divisor / factor) if factor in (1, -1) else letter
        if letter.name != over and not value.has(letter):
            return Solved(letter, value)
    raise beyond(f"a quotient by {divisor}, which may be 0")


def _equal(letter: Number, value: Number) -> tuple[Term, ...]:
    return (variable(letter.name).eq(term_of(value)),)


def _decided(asked: Asked, facts: Facts, signs: tuple[Number, ...]) -> tuple[Case, ...]:
    """Return when a statement holds, where no sign is missing."""
    known = facts.and_also(*(term_of(number) >= 1 for number in signs))
    statement, real = asked.statement, tuple[Term, ...]()
    if asked.over is not None:
        statement, real = counted(statement, asked.over, asked.given, known)
        if known.and_also(*real).impossible:  # no size is meant
            return (Case(both(*(term_of(number) >= 1 for number in signs)), (), (), real),)
    found = stages(statement, asked.over, known.and_also(*real))
    last = found[-1]
    strides = {stage.solved.letter: stage.solved.value for stage in found if stage.solved}
    short = tidied(all_of(*(told.condition for told in last.told)), last.facts)
    rule = either() if short is None else both(*map(stated, short))
    verdict = proof(found, asked.over, rule, known.clock)
    if not verdict.proved:
        why = verdict.reason or f"a rule that Z3 does not confirm: {verdict}"
        raise UndecidedError("a rule that Z3 confirms", why, "Allow more seconds.")
    if short is None:
        return ()
    solved = [equation for pair in strides.items() for equation in _equal(*pair)]
    told = facts.and_also(*solved, rule)
    open_signs = tuple(each for each in signs if not told.at_least(each, 1))
    return (
        Case(
            both(*(term_of(number) >= 1 for number in signs), *solved, rule),
            written(short, strides, open_signs),
            tuple(claim.step for claim in claims(found, asked.over, rule)),
            real,
        ),
    )
