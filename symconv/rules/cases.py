"""A rule in cases: one for each sign that a divisor may have, mostly one in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symconv.errors import UndecidedError
from symconv.meanings.symbols import term_of
from symconv.proving import prove
from symconv.rules.clauses import SignNeededError, all_of, beyond
from symconv.rules.deciding import stages
from symconv.rules.domain import counted
from symconv.rules.facts import Facts
from symconv.rules.floors import Number
from symconv.rules.proof import proof
from symconv.rules.solved import Solved, solved_for, where_defined
from symconv.rules.stating import as_term
from symconv.rules.tidying import stated, tidied
from symconv.rules.writing import Clause, written
from symconv.terms import Term, both, either

MOST_SIGNS = 3
"""How many divisors of unknown signs are told apart."""


class Case(NamedTuple):
    """A condition on letters, in one case.

    Attributes:
        term: the condition.
        clauses: the same as people write it.
        meant: for which letters of the case some size is meant, where that is not for all.
    """

    term: Term
    clauses: tuple[Clause, ...] = ()
    meant: Term = both()


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

    def put(self, point: Mapping[Term, Term]) -> Asked:
        """Return what is asked where letters are numbers; what divides by 0 does not hold."""
        given = tuple(where_defined(each, point) for each in self.given)
        return Asked(where_defined(self.statement, point), self.over, given)


def decided(asked: Asked, facts: Facts, signs: tuple[Number, ...] = ()) -> tuple[Case, ...]:
    """Return when a statement holds for all sizes, case by case; without cases, never.

    Args:
        asked: the statement.
        facts: what is known of the letters.
        signs: numbers that are at least 1 in this case.

    Raises:
        UndecidedError: it is out of reach, or Z3 does not confirm the rule.
    """
    positive = tuple(term_of(number) >= 1 for number in signs)
    known = facts.and_also(*positive)
    if known.impossible:  # there are no such letters: what is claimed of them holds
        return () if signs else (Case(both()),)
    try:
        return _in_this_case(asked, facts, signs, positive)
    except SignNeededError as needed:
        if len(signs) == MOST_SIGNS:
            raise
        divisor = needed.divisor
    by_sign = ((*signs, number) for number in (divisor, -divisor))
    cases = [case for several in by_sign for case in decided(asked, facts, several)]
    if not known.and_also(term_of(divisor).eq(0)).impossible:
        cases += _where_zero(asked, known, divisor, signs, positive)
    return tuple(cases)


def _where_zero(
    asked: Asked,
    known: Facts,
    divisor: Number,
    signs: tuple[Number, ...],
    positive: tuple[Term, ...],
) -> Iterator[Case]:
    """Yield when a statement holds where a divisor is 0."""
    solved = _root(divisor, asked.over)
    there = Facts(tuple(where_defined(c, solved.point) for c in known.conditions), known.clock)
    equation = written((), {solved.letter: solved.value}, signs)
    for case in decided(asked.put(solved.point), there):
        yield Case(
            both(*positive, solved.equation, case.term),
            (*equation, *case.clauses),
            both(*positive, solved.equation, case.meant),
        )


def _root(divisor: Number, over: str | None) -> Solved:
    """Return the letter for which a divisor is solved where it is 0.

    Raises:
        UndecidedError: no letter stands in it once.
    """
    for letter in sorted(divisor.free_symbols, key=str):
        solved = solved_for(divisor, letter)
        if solved is not None and letter.name != over:
            return solved
    raise beyond(f"a quotient by {divisor}, which may be 0")


def _in_this_case(
    asked: Asked, facts: Facts, signs: tuple[Number, ...], positive: tuple[Term, ...]
) -> tuple[Case, ...]:
    """Return when a statement holds, where no sign is missing."""
    known = facts.and_also(*positive)
    statement, real = asked.statement, tuple[Term, ...]()
    if asked.over is not None:
        statement, real = counted(statement, asked.over, asked.given, known)
        if known.and_also(*real).impossible:  # no size is meant
            return (Case(both(*positive), written((), {}, signs), both(*positive)),)
    reached = stages(statement, asked.over, known.and_also(*real))
    last = reached[-1]
    short = tidied(all_of(*(told.condition for told in last.told)), last.facts)
    rule = either() if short is None else both(*map(stated, short))
    verdict = proof(reached, asked.over, rule, known.clock)
    if not verdict.proved:
        why = verdict.reason or f"a rule that Z3 does not confirm: {verdict}"
        raise UndecidedError("a rule that Z3 confirms", why, "Allow more seconds.")
    if short is None:
        return ()
    solved = [stage.solved for stage in reached if stage.solved]
    equations = [equation.equation for equation in solved]
    said = facts.and_also(*equations, rule)
    open_signs = tuple(each for each in signs if not said.at_least(each, 1))
    clauses = written(short, {each.letter: each.value for each in solved}, open_signs)
    term = both(*positive, *equations, rule)
    same = both(*map(as_term, clauses)).iff(term)
    if not prove(same, facts.and_also(*real).conditions, seconds=known.clock.left).proved:
        raise beyond("a rule that could not be written down as it is")
    return (Case(term, clauses, both(*positive, *real)),)
