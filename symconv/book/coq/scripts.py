"""The scripts of proofs: from the same goals that Z3 gets.

Each step is asserted, instances are put in, a witness is shown; the tactic `sizes` of the prelude
closes what is left. That a false statement does not hold is computed from its counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator

from symconv.book.coq.stating import comment, written
from symconv.book.statements.statement import All, Claim, Have, Iff, Side, Some, Theorem
from symconv.terms import conjuncts, constant


def script(theorem: Theorem) -> str:
    """Write the proof of a theorem; a letter without a number in a counterexample is 0."""
    lines = _refutation(theorem) if theorem.expected == "refuted" else _proof(theorem)
    return "\n".join(["Proof.", *(f"  {line}" for line in lines), "Qed."])


def _refutation(theorem: Theorem) -> Iterator[str]:
    values = (constant(theorem.counterexample.get(name, 0)) for name in theorem.letters)
    yield f"intro all. specialize (all {' '.join(f'({written(one)})' for one in values)})."
    yield "revert all. vm_compute. intuition discriminate."


def _proof(theorem: Theorem) -> Iterator[str]:
    yield "intros."
    yield from _steps(theorem.steps)
    yield from _claimed(theorem.claim)


def _steps(steps: tuple[Have, ...]) -> Iterator[str]:
    for have in steps:
        yield f"(* {comment(have.says)} *)"
        yield f"assert ({written(have.claim)}) by sizes."


def _claimed(claim: Claim) -> Iterator[str]:
    if not isinstance(claim, Iff):
        yield from ["intros."] if isinstance(claim, All) else []
        yield from _concluded(claim)
        return
    yield "split."
    for start, end, steps in (
        (claim.left, claim.right, claim.forth),
        (claim.right, claim.left, claim.back),
    ):
        begun = [*_begun(start), *(["intros."] if isinstance(end, All) else [])]
        first, *others = (*begun, *_steps(steps), *_concluded(end))
        yield f"- {first}"
        yield from (f"  {line}" for line in others)


def _begun(start: Side) -> Iterator[str]:
    """Take one side of an equivalence for granted."""
    if isinstance(start, All):
        yield "intro all."
        shown = " ltac:(sizes)" * len(conjuncts(start.where))
        for count, instance in enumerate(start.instances, 1):
            values = " ".join(f"({written(one)})" for one in instance)
            yield f"pose proof (all {values}{shown}) as instance_{count}."
        yield "clear all."
    elif isinstance(start, Some):
        yield f"intros ({' & '.join(str(one.args[0]) for one in start.names)} & found)."
    else:
        yield "intro."


def _concluded(end: Side) -> Iterator[str]:
    if isinstance(end, Some):
        yield f"exists {', '.join(f'({written(one)})' for one in end.witness)}."
    yield "sizes."
