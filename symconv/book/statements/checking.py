"""Z3 on a theorem: its goals one after the other, within one time limit.

A theorem is proved when all its goals are. A plain claim that fails is refuted by the smallest
counterexample. Of a claim with `All` or `Some` a goal that fails says only that the help does not
suffice, so the theorem is unknown, and the values that show it are the reason.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from symconv.book.statements.goals import Goal, goals
from symconv.book.statements.statement import Theorem
from symconv.proving import Verdict, prove
from symconv.proving.z3prover import TIME_LIMIT


@dataclass(frozen=True)
class Checked:
    """What Z3 says of a theorem, and of each of its goals."""

    theorem: Theorem
    verdict: Verdict
    goals: tuple[tuple[Goal, Verdict], ...]


def check(theorem: Theorem, *, seconds: float = TIME_LIMIT) -> Checked:
    """Have Z3 decide a theorem.

    Args:
        theorem: the statement.
        seconds: the time limit for all goals together; running out of it is `unknown`.

    >>> from symconv.book.statements.statement import Theorem
    >>> found = check(Theorem(given="S >= 1", claim="(W//S)*S <= W"))
    >>> found.verdict.word
    'proved'
    """
    start = time.monotonic()
    found: list[tuple[Goal, Verdict]] = []
    failed = None
    for goal in goals(theorem):
        left = max(0.001, seconds - (time.monotonic() - start))
        verdict = prove(goal.claim, goal.given, seconds=left)
        found.append((goal, verdict))
        if not verdict.proved:
            failed = verdict
            break
    took = time.monotonic() - start
    if failed is None:
        verdict = Verdict("proved", "z3", seconds=took)
    elif failed.word == "refuted" and theorem.plain and len(found) == len(theorem.steps) + 1:
        missing = dict.fromkeys(theorem.letters, 0) | dict(failed.counterexample or {})
        example = {name: missing[name] for name in theorem.letters}
        verdict = Verdict("refuted", "z3", example, failed.smallest, seconds=took)
    else:
        reason = failed.reason or f"the goal «{found[-1][0].called}» does not follow: {failed}"
        verdict = Verdict("unknown", "z3", reason=reason, seconds=took)
    return Checked(theorem, verdict, tuple(found))
