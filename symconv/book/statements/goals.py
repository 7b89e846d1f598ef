"""The goals of a theorem: what is left to prove once instances, witnesses and steps are named.

Each goal is a claim without quantifiers that must follow from terms. Proving every goal proves the
theorem; both checkers take the same goals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symconv.book.statements.statement import All, Claim, Have, Iff, Side, Some, Theorem
from symconv.meanings.notation import text
from symconv.terms import Term, substitute


@dataclass(frozen=True)
class Goal:
    """One thing to prove.

    Attributes:
        says: what it is for.
        given: what may be used.
        claim: what must follow.
        gives: what may be used from then on, where that is not the claim itself.
    """

    says: str
    given: tuple[Term, ...]
    claim: Term
    gives: Term | None = None

    @property
    def shown(self) -> Term:
        """What the goal adds to the proof."""
        return self.claim if self.gives is None else self.gives


def goals(theorem: Theorem) -> tuple[Goal, ...]:
    """Return the goals of a theorem, in order."""
    return tuple(_of(theorem))


def _of(theorem: Theorem) -> Iterator[Goal]:
    given = theorem.hypotheses
    for have in theorem.steps:
        yield Goal(have.says, given, have.claim)
        given = (*given, have.claim)
    yield from _claimed(theorem.claim, given)


def _claimed(claim: Claim, given: tuple[Term, ...]) -> Iterator[Goal]:
    if isinstance(claim, Iff):
        yield from _direction("forth", claim.left, claim.right, claim.forth, given)
        yield from _direction("back", claim.right, claim.left, claim.back, given)
    else:
        yield _concluded("", claim, given)


def _direction(
    way: str, start: Side, end: Side, steps: tuple[Have, ...], given: tuple[Term, ...]
) -> Iterator[Goal]:
    """From one side of an equivalence to the other."""
    if isinstance(start, All):
        for instance in start.instances:
            chosen = dict(zip(start.names, instance, strict=True))
            allowed = substitute(start.where, chosen)
            gained = substitute(start.body, chosen)
            yield Goal(f"{way}: put in {_values(start, instance)}", given, allowed, gained)
            given = (*given, allowed, gained)
    else:
        given = (*given, start.body if isinstance(start, Some) else start)
    if isinstance(end, All):
        given = (*given, end.where)
    for have in steps:
        yield Goal(f"{way}: {have.says}", given, have.claim)
        given = (*given, have.claim)
    yield _concluded(f"{way}: ", end, given)


def _concluded(way: str, end: Side, given: tuple[Term, ...]) -> Goal:
    if isinstance(end, All):
        return Goal(f"{way}for any {_names(end)}", (*given, end.where), end.body)
    if isinstance(end, Some):
        chosen = dict(zip(end.names, end.witness, strict=True))
        return Goal(f"{way}with the witness for {_names(end)}", given, substitute(end.body, chosen))
    return Goal(f"{way}the claim", given, end)


def _names(side: All | Some) -> str:
    return ", ".join(str(one.args[0]) for one in side.names)


def _values(side: All, instance: tuple[Term, ...]) -> str:
    pairs = zip(side.names, instance, strict=True)
    return ", ".join(f"{text(name)} = {text(value)}" for name, value in pairs)
