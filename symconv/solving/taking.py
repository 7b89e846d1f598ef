"""Which sizes a chain takes with one setting, and whether it does to all of them what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from symconv.operators.window import ceil_mode
from symconv.periodic import SizeSet
from symconv.proving import Clock, Verdict, holding, prove, prove_exactly
from symconv.solving.problem import Problem
from symconv.terms import Term, both, substitute, variable, variables


class Taken(NamedTuple):
    """What is known of one setting.

    Attributes:
        suits: whether it does what is asked to every size that the chain takes.
        sizes: these sizes; nothing where they are those that the goal speaks of.
        unknown: where it is not known, what was said of it.
    """

    suits: bool
    sizes: SizeSet | None = None
    unknown: str = ""


def taken_by(problem: Problem, setting: Mapping[str, int], clock: Clock) -> Taken:
    """Say whether a setting meets a goal for every input, all of which the chain takes.

    Where nobody named the inputs, they are those that the chain takes, of which there must be
    infinitely many.
    """
    numbers: dict[Term, int] = {variable(letter): value for letter, value in setting.items()}
    numbers.setdefault(ceil_mode, int(problem.ceil))
    laws = (substitute(law, numbers) for law in problem.operator.requires.values())
    needs = both(*(law for law in laws if not set(variables(law)) - {"W"}))
    goal, size = problem.goal, substitute(problem.operator.size, numbers)
    reached = size.eq(goal.output)
    if not goal.named:
        sizes, meant = holding(both(goal.inputs, needs)), holding(goal.inputs)
        meets = None if sizes is None else holding(both(goal.inputs, needs, ~reached))
        if sizes is not None and meets is not None:
            suits = meets.empty and sizes.endless
            return Taken(suits, None if sizes == meant else sizes)
    verdict = _decided(both(reached, needs), goal.inputs, clock)
    return Taken(verdict.proved, None, str(verdict) if verdict.word == "unknown" else "")


def _decided(claim: Term, given: Term, clock: Clock) -> Verdict:
    """Decide a claim about one size: by exact functions, or by Z3 where they have no answer."""
    exact = prove_exactly(claim, given)
    return prove(claim, [given], seconds=clock.left) if exact.word == "unknown" else exact
