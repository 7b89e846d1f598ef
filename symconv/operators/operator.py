"""What an operator is: its size law, when it applies, and where that is written down.

A law speaks of one axis: `W` is the input size, the other letters are the layer's parameters
(`symconv.vocabulary`). Parameters without a letter go by torch's names. An operator that joins
axes (`unfold`, `fold`) has the axes' letters with a number: `W1`, `W2`, `F1`, `F2`.

A law is a total function on the integers that divide by something; `requires` says when it
applies. Each requirement is keyed by an English sentence. That sentence is the message of a
refusal, the name of a solver's assertion, a theorem's hypothesis and a line of the documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from symconv.terms import Term, maximum, minimum, sizes, substitute, variables

W, F, S, P, D, A, O, lo, hi, C = sizes("W F S P D A O lo hi C")  # noqa: E741

SYMMETRIC: Mapping[Term, Term] = {
    lo + hi: 2 * P,
    minimum(lo, hi): P,
    maximum(lo, hi): P,
    lo: P,
    hi: P,
}
"""How a law reads when both sides are padded alike."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Operator:
    """One size law.

    Attributes:
        name: what the law is called, as in `symconv.law("conv")`.
        says: what the operator does, in one sentence.
        size: the output size along one axis, in cells.
        requires: a sentence for each condition, checked in this order.
        source: where the law is written down.
        channels: the number of output channels, from `C`, that of the input.
        scaling: when every size is multiplied (`"up"`) or divided (`"down"`, `"down in ceil
            mode"`) by `n`, or kept (`"keep"`), where that is known; and for relations of other
            kinds, the forms that their rules have (`"affine"`, `"windows"`).
    """

    name: str
    says: str
    size: Term
    requires: Mapping[str, Term]
    source: str
    channels: Term = field(default=C)
    scaling: Mapping[str, Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the requirements from being changed."""
        object.__setattr__(self, "requires", MappingProxyType(dict(self.requires)))

    @cached_property
    def symmetric(self) -> Operator:
        """The same operator with one padding `P` for both sides."""
        return self.where(SYMMETRIC)

    def where(self, replacements: Mapping[Term, Term]) -> Operator:
        """Return the operator with some of its letters replaced."""
        return replace(
            self,
            size=substitute(self.size, replacements),
            channels=substitute(self.channels, replacements),
            requires={s: substitute(t, replacements) for s, t in self.requires.items()},
            scaling={s: substitute(t, replacements) for s, t in self.scaling.items()},
        )

    def without(self, *sentences: str) -> dict[str, Term]:
        """Return the requirements but for these."""
        missing = set(sentences) - set(self.requires)
        assert not missing, missing
        return {s: t for s, t in self.requires.items() if s not in sentences}

    @property
    def ranges(self) -> Mapping[str, Term]:
        """The requirements on one parameter alone: no input could make up for breaking them."""
        return {
            sentence: term
            for sentence, term in self.requires.items()
            if len(names := variables(term)) == 1 and names[0][0] not in "WC"
        }
