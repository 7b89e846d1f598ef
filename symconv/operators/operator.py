"""What an operator is: its size law, when it applies, and where that is written down.

A law speaks of one axis: `W` is the input size, the other letters are the layer's parameters
(`symconv.vocabulary`). Parameters without a letter go by torch's names. An operator that joins
axes (`unfold`, `fold`) has the axes' letters with a number: `W1`, `W2`, `F1`, `F2`.

A law is a total function on the integers that divide by something; `requires` says when it
applies. Each requirement is keyed by an English sentence. That sentence is the message of a
refusal, the name of a solver's assertion, a theorem's hypothesis and a line of the documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from types import MappingProxyType

from symconv.operators.borders import Border
from symconv.operators.letters import C, P, hi, lo
from symconv.operators.reading import Cells, Reading, Scattered, Windows
from symconv.operators.scaling import Scaling
from symconv.terms import Term, TermLike, maximum, minimum, substitute, variables

SYMMETRIC: Mapping[Term, Term] = {
    lo + hi: 2 * P,
    minimum(lo, hi): P,
    maximum(lo, hi): P,
    lo: P,
    hi: P,
}
"""How a law reads when both sides are padded alike."""


@dataclass(frozen=True, kw_only=True)
class Operator:
    """One size law.

    Attributes:
        name: what the law is called, as in `symconv.law("conv")`.
        says: what the operator does, in one sentence.
        size: the output size along one axis, in cells.
        requires: a sentence for each condition, checked in this order.
        source: where the law is written down.
        channels: the number of output channels, from `C`, that of the input.
        reads: what an output cell reads of the input.
        border: what the cells of its padding copy, where they copy any.
        scaling: when it multiplies, divides or keeps every size, where that is known.
        factor: where the output is a fraction of the input, rounded down: what over what.
        family: under which heading people look for it.
        undone_by: the operator that moves every cell back, if there is one; it has as many
            parameters.
    """

    name: str
    says: str
    size: Term
    requires: Mapping[str, Term]
    source: str
    channels: Term = field(default=C)
    reads: Reading = field(default=Cells())
    border: Border | None = None
    scaling: Scaling | None = None
    factor: tuple[Term, Term] | None = None
    family: str = "Others"
    undone_by: str = ""

    def __post_init__(self) -> None:
        """Keep the requirements from being changed."""
        object.__setattr__(self, "requires", MappingProxyType(dict(self.requires)))

    def __hash__(self) -> int:
        """Few operators have both the same name and the same law."""
        return hash((self.name, self.size))

    def __reduce__(self) -> tuple[Callable[[], Operator], tuple[()]]:
        """Pickle and copy by making an equal one."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        return partial(Operator, **parts | {"requires": dict(self.requires)}), ()

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
            reads=self.reads.where(replacements),
            scaling=None if self.scaling is None else self.scaling.where(replacements),
            factor=None if self.factor is None else _both(self.factor, replacements),
        )

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that can be given numbers."""
        return variables(self.size, *self.requires.values())

    @property
    def windows(self) -> Windows | None:
        """Its windows, read or painted, if it has any."""
        return self.reads if isinstance(self.reads, Windows) else None

    @property
    def kernel(self) -> Windows | None:
        """The windows that it has in any sense: also of an index, or of one of two axes."""
        return self.windows or getattr(self.reads, "windows", None)

    @property
    def scatters(self) -> bool:
        """Whether its windows are painted onto the output."""
        return isinstance(self.reads, Scattered)

    @property
    def looks(self) -> bool:
        """Whether it looks at the input through windows: a convolution or a pool."""
        return self.windows is not None and not self.scatters

    def without(self, *sentences: str) -> dict[str, Term]:
        """Return the requirements but for these.

        Raises:
            KeyError: one of the sentences is none of them.
        """
        if missing := set(sentences) - set(self.requires):
            raise KeyError(*missing)
        return {s: t for s, t in self.requires.items() if s not in sentences}

    @property
    def ranges(self) -> Mapping[str, Term]:
        """The requirements on one parameter alone: no input could make up for breaking them."""
        return {
            sentence: term
            for sentence, term in self.requires.items()
            if len(names := variables(term)) == 1 and names[0][0] not in "WC"
        }


def _both(factor: tuple[Term, Term], replacements: Mapping[Term, TermLike]) -> tuple[Term, Term]:
    above, below = factor
    return substitute(above, replacements), substitute(below, replacements)
