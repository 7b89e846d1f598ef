"""A derivation whose steps are checked, and how it is laid out and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import symconv.book.layout as layout
import symconv.book.paper as paper
import symconv.book.wording as wording
import symconv.book.writing as writing
from symconv.book.deriving.given import Given, parted, spoken_of
from symconv.book.deriving.shortening import Wholes, definitions, shortened
from symconv.book.legend import letters
from symconv.book.page import Formula, Line, Page, Part
from symconv.book.steps import Step, formula
from symconv.meanings import notation
from symconv.terms import Term
from symconv.vocabulary import SCHEMA


@dataclass(frozen=True)
class Derivation:
    """A derivation: its steps, each checked, and what they arrive at.

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
        named: whether laws are shown by their names.

    >>> from symconv import derive
    >>> derive("pixel_shuffle").result
    W*upscale_factor
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    conclusion: Any
    result: Any
    says: str
    hypotheses: Mapping[str, Term]
    source: str
    numbers: Mapping[str, int]
    facts: Mapping[str, Any]
    wholes: Wholes
    named: bool = False

    def __hash__(self) -> int:
        """Few derivations are of the same."""
        return hash(self.title)

    @property
    def given(self) -> Given:
        """The hypotheses that play a part: those about sizes, and those about channels."""
        spoken = spoken_of([*(step.statement for step in self.steps), self.conclusion])
        return parted(self.hypotheses, spoken)

    @property
    def page(self) -> Page:
        """The derivation as it is laid out."""
        result = stated(shortened(self.conclusion, self.wholes), self.named)
        given, parts = self._given(), self._parts()
        given += letters((result, *layout.formulas(given, parts)))
        put_in = ", ".join(f"{letter} = {value}" for letter, value in self.numbers.items())
        facts = [f"{name}: {value}" for name, value in self.facts.items()]
        below = [*facts, *([f"source: {self.source}"] if self.source else [])]
        return Page(
            title=self.title,
            says=self.says,
            given=tuple(given),
            claim=None,
            numbers=(Line(layout.NUMBERS, put_in),) if put_in else (),
            parts=parts,
            result=result,
            verdict="",
            follows=True,
            counterexample={},
            there=(),
            below=tuple(below),
        )

    def _parts(self) -> tuple[Part, ...]:
        """Return the steps, of each direction."""
        return tuple(
            Part(layout.HEADINGS[way], tuple(step.shown for step in steps))
            for way, steps in groupby(self.steps, lambda step: step.way)
        )

    def _given(self) -> list[Line]:
        """Return what is assumed, each with its words; channels last, then what letters mean."""
        given = self.given
        kinds = (("given", given.of_sizes), ("given, of channels", given.of_channels))
        lines = [
            Line(kind, sentence, stated(shortened(law, self.wholes), self.named))
            for kind, laws in kinds
            for sentence, law in laws.items()
        ]
        wheres = [formula(told) for told in definitions(self.wholes)]
        if self.named:
            terms = [step.statement for step in self.steps if isinstance(step.statement, Term)]
            laws = wording.laws_in([*terms, self.conclusion])
            wheres += map(wording.definition, laws)
        return [*lines, *(Line("where", "", told) for told in wheres)]

    def __repr__(self) -> str:
        """Write the derivation as plain text."""
        return writing.text(self.page)

    def latex(self) -> str:
        """Write the derivation as LaTeX, to put into a paper."""
        return paper.latex(self.page)

    def _repr_latex_(self) -> str:
        """Show the derivation where LaTeX is set."""
        return self.latex()

    def markdown(self) -> str:
        """Write the derivation as Markdown with LaTeX in it, to paste into documentation."""
        return writing.markdown(self.page)

    def _repr_markdown_(self) -> str:
        """Show the derivation in a notebook that prefers Markdown."""
        return self.markdown()

    def _repr_html_(self) -> str:
        """Show the derivation in a notebook: the reasons stand beside the steps."""
        return writing.html(self.page)

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


def stated(statement: Any, named: bool) -> Formula:
    """Write a statement; a term with laws by their names, where these are shown."""
    if named and isinstance(statement, Term):
        return Formula(wording.text(statement), wording.latex(statement))
    return formula(statement)
