"""A finished derivation; `symconv.book.deriving.writing` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import symconv.book.deriving.writing as writing
from symconv.book.deriving.given import Given, parted, spoken_of
from symconv.book.deriving.shortening import Wholes
from symconv.book.deriving.steps import Draft, Step
from symconv.markup import displayed
from symconv.meanings import notation
from symconv.terms import Term
from symconv.vocabulary import SCHEMA


@dataclass(frozen=True)
class Derivation:
    """A derivation: its steps, and what they arrive at.

    Attributes:
        name: what was derived.
        title: the same in words.
        steps: the steps, in order.
        conclusion: what the steps arrive at: a term, as its author wrote it, or in SymPy.
        result: the same in SymPy; of a size law, its formula.
        says: what it is about, in a sentence.
        hypotheses: under which conditions it holds, by their sentences.
        source: where the law is written down.
        numbers: the user's numbers, by their letters.
        facts: what follows for these numbers.
        wholes: the letters that steps define for terms, by these terms.

    >>> from symconv import derive
    >>> derive("pixel_shuffle").result
    W*upscale_factor
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    conclusion: Any
    result: Any
    says: str = ""
    hypotheses: Mapping[str, Term] = field(default_factory=dict)
    source: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    wholes: Wholes = field(default_factory=dict)

    @property
    def given(self) -> Given:
        """The hypotheses that play a part: those about sizes, and those about channels."""
        spoken = spoken_of([*(step.statement for step in self.steps), self.conclusion])
        return parted(self.hypotheses, spoken)

    def __repr__(self) -> str:
        """Write the derivation as plain text."""
        return writing.text(self)

    def latex(self) -> str:
        """Write the derivation as LaTeX, one aligned line a hypothesis, a step and the result."""
        return writing.latex(self)

    def _repr_latex_(self) -> str:
        """Show the derivation where LaTeX is set."""
        return displayed(self.latex())

    def markdown(self) -> str:
        """Write the derivation as Markdown with LaTeX in it, to paste into documentation."""
        return writing.markdown(self)

    def _repr_markdown_(self) -> str:
        """Show the derivation in a notebook that prefers Markdown."""
        return self.markdown()

    def _repr_html_(self) -> str:
        """Show the derivation in a notebook: the reasons stand beside the steps."""
        return writing.html(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the derivation as JSON has it."""
        given = self.given.of_sizes | self.given.of_channels
        return {
            "schema": SCHEMA,
            "derivation": self.name,
            "title": self.title,
            "result": str(self.result),
            "hypotheses": {sentence: notation.text(law) for sentence, law in given.items()},
            "numbers": dict(self.numbers),
            "facts": dict(self.facts),
            "steps": [step.to_dict() for step in self.steps],
            "source": self.source,
        }


def done(
    draft: Draft,
    name: str,
    title: str,
    conclusion: Any,
    *,
    result: Any = None,
    says: str = "",
    hypotheses: Mapping[str, Term] | None = None,
    source: str = "",
) -> Derivation:
    """Return what a draft has derived.

    Args:
        draft: the steps.
        name: what was derived.
        title: the same in words.
        conclusion: what the steps arrive at.
        result: the part of it that people compute with, if not all of it.
        says: what it is about, in a sentence.
        hypotheses: under which conditions it holds, by their sentences.
        source: where the law is written down.
    """
    return Derivation(
        name,
        title,
        tuple(draft.steps),
        conclusion,
        draft.symbolic(conclusion if result is None else result),
        says,
        dict(hypotheses or {}),
        source,
        draft.numbers,
        draft.facts,
        draft.wholes,
    )
