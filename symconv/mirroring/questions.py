"""What is asked of one axis: the least size, whether all come back, which two are merged.

The sizes of the set that the encoder takes are its *members*. The least one fixes the decoder, for
a decoder that serves all of them serves that one; what is left is a proof or a counterexample.

What is about one size exact functions decide (`symconv.proving.exactprover`); Z3 is asked where
they do not, for the proof that sizes come back, and for what is about two sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from symconv.errors import shown
from symconv.meanings.integers import INTEGERS
from symconv.mirroring.paths import Path
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.proving import Clock, Verdict, holding, prove, prove_exactly
from symconv.terms import Term, both, defined, interpret, substitute, variable

OTHER = variable("W_other")
MOST_PARTS, DEEPEST = 50_000, 350
"""Of a longer formula of the output size Z3 is asked nothing: each pool in ceil mode doubles it."""
_EXISTS = W >= 1


class Axis(NamedTuple):
    """One axis of an encoder, the condition on its sizes, and what they are called."""

    path: Path
    condition: Term
    name: str = "W"

    @property
    def members(self) -> tuple[Term, ...]:
        """What holds of the sizes in the set that the encoder takes."""
        return (_EXISTS, self.condition, *self.path.required)

    @property
    def taken(self) -> SizeSet | None:
        """The sizes that the encoder takes, in the set or not; none where that is not decided."""
        return holding(both(*self.path.required))


class Merged(NamedTuple):
    """Two sizes that the encoder makes one, with the layer (from 1) that does so.

    Attributes:
        smallest: whether no other two of the set that are made one are smaller.
    """

    sizes: tuple[int, int]
    layer: int
    becomes: int
    smallest: bool


class Emptied(NamedTuple):
    """Why no size of a set is left.

    Attributes:
        verdict: whether that is proved.
        least: the least size that reaches the layer; `None` where the set itself is empty.
        layer: the number of the layer that refuses all sizes that reach it.
        sentence: what it requires.
    """

    verdict: Verdict
    least: int | None = None
    layer: int = 0
    sentence: str = ""


def _decided(axis: Axis, clock: Clock, claim: Term, *given: Term) -> Verdict:
    """Decide a claim about one size: by exact functions, or by Z3 where they have no answer."""
    exact = prove_exactly(claim, *given) if clock.left else None
    if exact is None or exact.word == "unknown":
        return _by_z3(axis, clock, claim, *given)
    return exact


def _by_z3(axis: Axis, clock: Clock, claim: Term, *given: Term) -> Verdict:
    """Ask Z3, unless the formulas of the axis are too long for it."""
    written, depth = axis.path.length
    if written > MOST_PARTS or depth > DEEPEST:
        long = f"{shown(written)} parts, {depth} deep"
        reason = f"the output size is too long a formula to check ({long})"
        return Verdict("unknown", "z3", reason=reason)
    return prove(claim, given, seconds=clock.left)


def is_defined(axis: Axis, clock: Clock) -> Verdict:
    """Decide whether the condition divides by no zero, for the sizes from 1."""
    return _decided(axis, clock, defined(axis.condition), _EXISTS)


def no_member(axis: Axis, clock: Clock) -> Verdict:
    """Decide whether no size is left; the counterexample is the least member."""
    return _decided(axis, clock, ~both(*axis.members))


def emptied(axis: Axis, clock: Clock) -> Emptied:
    """Find the requirement that leaves no size of the set, after those before it.

    Args:
        axis: an encoder that takes no size of the set.
        clock: the time that is left.
    """
    rest, least = both(_EXISTS, axis.condition), None
    verdict = _decided(axis, clock, ~rest)
    for number, needs in enumerate(axis.path.needs, 1):
        for need in needs:
            if verdict.counterexample is None:
                return Emptied(verdict)
            least, rest = verdict.counterexample["W"], rest & need.law
            if not interpret(need.law, INTEGERS, {"W": least}):
                verdict = _decided(axis, clock, ~rest)
            if verdict.proved:
                return Emptied(verdict, least, number, need.sentence)
    return Emptied(verdict)


def all_taken(axis: Axis, clock: Clock) -> Verdict:
    """Decide whether the encoder takes every size of the set."""
    return _decided(axis, clock, both(*axis.path.required), _EXISTS, axis.condition)


def all_return(axis: Axis, back: Path, clock: Clock) -> Verdict:
    """Decide whether each member comes back as it was, every layer of the decoder taking it.

    What exact functions prove is shown with Z3's proof, where Z3 finds one in time.
    """
    claim = both(*back.required, back.sizes[-1].eq(W))
    verdict = _decided(axis, clock, claim, *axis.members)
    if not verdict.proved or verdict.by == "z3":
        return verdict
    second = _by_z3(axis, clock, claim, *axis.members)
    return verdict if second.word == "unknown" else second


def none_merged(axis: Axis, clock: Clock) -> Verdict:
    """Decide whether no two members leave the encoder with one size."""
    also = [substitute(term, {W: OTHER}) for term in (*axis.members, axis.path.sizes[-1])]
    apart = ~axis.path.sizes[-1].eq(also.pop())
    return _by_z3(axis, clock, apart, W < OTHER, *axis.members, *also)


def merged(axis: Axis, verdict: Verdict) -> Merged | None:
    """Return the two sizes of a refuted `none_merged`, and where they become one."""
    if verdict.counterexample is None:
        return None
    first, second = (verdict.counterexample[term.args[0]] for term in (W, OTHER))
    pairs: Sequence[tuple[int, int]] = [
        *zip(axis.path.at(first), axis.path.at(second), strict=True)
    ]
    layer = next(place for place, (size, other) in enumerate(pairs) if size == other)
    return Merged((first, second), layer, pairs[layer][0], verdict.smallest)
