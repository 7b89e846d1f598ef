"""Rules proved: some sizes force the rule, and the rule gives every size.

Z3 is asked about one size at a time, and never about all: which sizes force what is known from how
it was found. It is asked about the statement as it was written; only where it does not see how the
floors are put together it is told, in equations that it has proved by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from symconv.errors import UndecidedError
from symconv.meanings.symbols import term_of
from symconv.proving import Clock, Verdict, prove
from symconv.rules.amounts import Reading, single
from symconv.rules.clauses import stated
from symconv.rules.deciding import Stage
from symconv.terms import Term, parts, substitute, variable

ATTEMPTS = (0.25, 1.0, 4.0)
"""Seconds for each attempt to prove one thing."""


class Claim(NamedTuple):
    """One thing to prove.

    Attributes:
        given: what is known.
        claim: what follows.
        stage: the stage that it belongs to.
        size: the size that is spoken of, if it is not any.
    """

    given: tuple[Term, ...]
    claim: Term
    stage: Stage
    size: Term | None = None


def claims(stages: tuple[Stage, ...], over: str | None, rule: Term) -> Iterator[Claim]:
    """Yield what has to be proved of a rule."""
    for stage in stages:
        known = stage.facts.conditions
        told: dict[Term, None] = {}
        for each in stage.told:
            condition = stated(each.condition)
            at = [instance(stage, over, size) for size in each.sizes]
            given = (*known, *told, *at)
            yield Claim(given, condition, stage, each.sizes[0])
            told.setdefault(condition)
        if stage.solved:
            yield Claim((*known, *told), stage.solved.equation, stage)
        else:
            yield Claim((*known, *told), rule, stage)
            size = [variable(over) >= 1] if over else []
            given = (*known, *size, rule)
            yield Claim(given, stage.statement, stage)


def instance(stage: Stage, over: str | None, size: Term) -> Term:
    """State what is asked for one size, if it is one."""
    if over is None:
        return stage.statement
    return (size < 1) | substitute(stage.statement, {variable(over): size})


def proof(stages: tuple[Stage, ...], over: str | None, rule: Term, clock: Clock) -> Verdict:
    """Prove a rule; the verdict is that of the first claim that is not proved, if there is one."""
    verdict = Verdict("proved", "z3")
    for claim in claims(stages, over, rule):
        verdict = _proved(claim, over, clock)
        if not verdict.proved:
            return verdict
    return verdict


def _proved(claim: Claim, over: str | None, clock: Clock) -> Verdict:
    """Prove one thing: as it stands, then told how floors are put together, longer each time."""
    told: tuple[Term, ...] | None = None
    for seconds in ATTEMPTS:
        verdict = prove(claim.claim, claim.given, seconds=min(seconds, clock.left))
        if verdict.word != "unknown" or clock.over:
            return verdict
        if told is None:
            at = {} if over is None or claim.size is None else {variable(over): claim.size}
            told = tuple(substitute(each, at) for each in put_together(claim.stage, clock))
        given = (*claim.given, *told)
        verdict = prove(claim.claim, given, seconds=min(seconds, clock.left))
        if verdict.proved:
            return verdict
    return verdict


def put_together(stage: Stage, clock: Clock) -> Iterator[Term]:
    """Yield what the floors of a statement are in normal form, each proved by Z3."""
    reading = Reading(stage.facts)
    for part in parts(stage.statement):
        if part.word not in ("floordiv", "mod"):
            continue
        try:
            number = single(reading.value(part))
        except UndecidedError:
            continue
        if number is None or (plain := term_of(number)) is part:
            continue
        if prove(
            part.eq(plain), stage.facts.conditions, seconds=min(ATTEMPTS[0], clock.left)
        ).proved:
            yield part.eq(plain)
