"""Proofs by parity: Z3 finds `D*(F - 1)` hard until each name is twice something, or one more.

Each name is replaced by `2*h` and by `2*h + 1` in turn, so that products become linear modulo 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from symconv.proving.clock import Clock
from symconv.proving.verdict import Verdict
from symconv.proving.z3prover import TIME_LIMIT, prove
from symconv.terms import Term, substitute, variable, variables

QUICK = 0.02
"""Seconds for a first attempt without cases: what Z3 sees at all, it mostly sees at once."""


def prove_by_parity(
    claim: Term, given: Iterable[Term], names: Iterable[str], *, seconds: float = TIME_LIMIT
) -> Verdict:
    """Decide as `prove` does, and case by case where that is not enough.

    Args:
        claim: a statement.
        given: hypotheses.
        names: whose parities to tell apart.
        seconds: the time limit.
    """
    clock, hypotheses = Clock(seconds), tuple(given)
    split = [name for name in names if name in variables(claim, *hypotheses)]
    plain = prove(claim, hypotheses, seconds=min(QUICK, clock.left) if split else seconds)
    if plain.word != "unknown" or not split:
        return plain
    for rests in product((0, 1), repeat=len(split)):
        halves = {
            variable(name): 2 * variable(f"{name}_half") + rest
            for name, rest in zip(split, rests, strict=True)
        }
        case = prove(
            substitute(claim, halves),
            [substitute(given, halves) for given in hypotheses],
            seconds=clock.left,
        )
        if not case.proved:
            return prove(claim, hypotheses, seconds=clock.left)
    return Verdict("proved", plain.by)
