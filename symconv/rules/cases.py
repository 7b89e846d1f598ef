"""A rule in cases: one for each sign that a divisor may have, mostly one in all."""

from __future__ import annotations

from typing import NamedTuple

from symconv.errors import UndecidedError
from symconv.meanings.symbols import term_of
from symconv.rules.clauses import SignNeededError, all_of
from symconv.rules.deciding import stages
from symconv.rules.facts import Facts
from symconv.rules.floors import Number
from symconv.rules.proof import Step, claims, proof
from symconv.rules.tidying import stated, tidied
from symconv.rules.writing import Clause, written
from symconv.terms import Term, both, either, variable

MOST_SIGNS = 3
"""How many divisors of unknown signs are told apart."""


class Case(NamedTuple):
    """A condition on letters, in one case.

    Attributes:
        term: the condition.
        clauses: the same as people write it.
        proof: what Z3 proved of it, in order.
    """

    term: Term
    clauses: tuple[Clause, ...]
    proof: tuple[Step, ...]


def decided(
    statement: Term, over: str | None, facts: Facts, signs: tuple[Number, ...] = ()
) -> tuple[Case, ...]:
    """Return when a statement holds for all sizes from 1 on, case by case; without cases, never.

    Args:
        statement: the statement.
        over: the letter of the size, if it speaks of one.
        facts: what is known of the letters.
        signs: numbers that are at least 1 in this case.

    Raises:
        UndecidedError: it is out of reach, or Z3 does not confirm the rule.
    """
    known = facts.and_also(*(term_of(number) >= 1 for number in signs))
    try:
        found = stages(statement, over, known)
    except SignNeededError as needed:
        if len(signs) == MOST_SIGNS:
            raise
        both_signs = (needed.divisor, -needed.divisor)
        return tuple(
            case
            for number in both_signs
            for case in decided(statement, over, facts, (*signs, number))
        )
    last = found[-1]
    strides = {each.solved.letter: each.solved.value for each in found if each.solved}
    parts = tidied(all_of(*(each.condition for each in last.told)), last.facts)
    rule = either() if parts is None else both(*map(stated, parts))
    verdict = proof(found, over, rule, facts.clock)
    if not verdict.proved:
        raise UndecidedError("a rule that Z3 confirms", str(verdict), "Allow more seconds.")
    if parts is None:
        return ()
    solved = [variable(name.name).eq(term_of(value)) for name, value in strides.items()]
    return (
        Case(
            both(*(term_of(number) >= 1 for number in signs), *solved, rule),
            written(parts, strides, signs),
            tuple(claim.step for claim in claims(found, over, rule)),
        ),
    )
