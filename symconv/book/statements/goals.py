"""The goals of a theorem: what is left to prove once instances, witnesses and steps are named.

Each goal is a claim without quantifiers that must follow from terms. Proving every goal proves the
theorem; both checkers take the same goals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from symconv.book.statements.statement import All, Claim, Have, Iff, Side, Some, Theorem
from symconv.meanings.integers import PLAIN
from symconv.meanings.notation import text
from symconv.terms import Term, substitute

Way = Literal["", "forth", "back"]


@dataclass(frozen=True)
class Goal:
    """One thing to prove.

    Attributes:
        says: what it is for; of a step, why it holds.
        given: what may be used.
        claim: what must follow.
        kind: a step that the statement names, an instance that is put in, or the claim itself.
        way: of an equivalence, the direction: `"forth"` or `"back"`.
        gives: what may be used from then on, where that is not the claim itself.
        zh: of a step, why it holds, in Chinese.
        values: of an instance, what is put in, by the variables.
    """

    says: str
    given: tuple[Term, ...]
    claim: Term
    kind: Literal["step", "instance", "claim"]
    way: Way = ""
    gives: Term | None = None
    zh: str = ""
    values: tuple[tuple[Term, Term], ...] = ()

    @property
    def called(self) -> str:
        """What the goal is for, and in which direction."""
        return ": ".join(filter(None, [self.way, self.says]))

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
        yield _step(have, given)
        given = (*given, have.claim)
    yield from _claimed(theorem.claim, given)


def _step(have: Have, given: tuple[Term, ...], way: Way = "") -> Goal:
    return Goal(have.says, given, have.claim, "step", way, zh=have.zh)


def _claimed(claim: Claim, given: tuple[Term, ...]) -> Iterator[Goal]:
    if isinstance(claim, Iff):
        yield from _direction("forth", claim.left, claim.right, claim.forth, given)
        yield from _direction("back", claim.right, claim.left, claim.back, given)
    else:
        yield _concluded("", claim, given)


def _direction(
    way: Way, start: Side, end: Side, steps: tuple[Have, ...], given: tuple[Term, ...]
) -> Iterator[Goal]:
    """From one side of an equivalence to the other."""
    if isinstance(start, All):
        for instance in start.instances:
            chosen = dict(zip(start.names, instance, strict=True))
            allowed = substitute(start.where, chosen)
            gained = substitute(start.body, chosen)
            pairs = tuple(zip(start.names, instance, strict=True))
            yield Goal(_values(pairs), given, allowed, "instance", way, gained, values=pairs)
            given = (*given, allowed, gained)
    else:
        given = (*given, start.body if isinstance(start, Some) else start)
    if isinstance(end, All):
        given = (*given, end.where)
    for have in steps:
        yield _step(have, given, way)
        given = (*given, have.claim)
    yield _concluded(way, end, given)


def _concluded(way: Way, end: Side, given: tuple[Term, ...]) -> Goal:
    if isinstance(end, All):
        return Goal(f"for any {_names(end)}", (*given, end.where), end.body, "claim", way)
    if isinstance(end, Some):
        chosen = dict(zip(end.names, end.witness, strict=True))
        says = f"with the witness for {_names(end)}"
        return Goal(says, given, substitute(end.body, chosen), "claim", way)
    return Goal("the claim", given, end, "claim", way)


def _names(side: All | Some) -> str:
    return ", ".join(str(one.args[0]) for one in side.names)


def _values(pairs: tuple[tuple[Term, Term], ...]) -> str:
    return ", ".join(f"{text(name)} = {text(value)}" for name, value in pairs)


def says_nothing(claim: Term) -> bool:
    """Whether a claim has the same on both sides, or compares two numbers that are written.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> [says_nothing(claim) for claim in (W.eq(W), (W + 1).eq(W + 1), (W + S).eq(S + W))]
    [True, True, False]
    """
    if claim.word in ("eq", "iff") and claim.args[0] is claim.args[1]:
        return True
    if claim.word == "and":
        return all(says_nothing(part) for part in claim.args)
    numbers = all(isinstance(part, Term) and part.word == "constant" for part in claim.args)
    return claim.word == "constant" or (numbers and bool(PLAIN.evaluate(claim, {})))
