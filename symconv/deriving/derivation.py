"""A finished derivation, and how it is written: as text, LaTeX, Markdown and JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from symconv.deriving.steps import Draft, Step, written
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

    >>> from symconv.deriving import derive
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

    def __repr__(self) -> str:
        """Write the derivation as plain text."""
        lines = [self.title, "=" * len(self.title), *filter(None, [self.says])]
        lines += [f"given: {sentence}: {_plain(one)}" for sentence, one in self.hypotheses.items()]
        for count, step in enumerate(self.steps, 1):
            lines += [f"{count}. {step.name}: {step.reason}", f"       {_plain(step.statement)}"]
            if step.value is not None:
                lines.append(f"     with the numbers: {step.value}")
            lines.append(f"     checked: {step.checked}")
        lines.append(f"result: {_plain(self.conclusion)}")
        lines += [f"{name}: {value}" for name, value in self.facts.items()]
        return "\n".join([*lines, *([f"source: {self.source}"] if self.source else [])])

    def latex(self) -> str:
        """Write the derivation as LaTeX, one aligned line a step."""
        rows = [rf"& {step.latex} && \text{{{_escaped(step.reason)}}}" for step in self.steps]
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def _repr_latex_(self) -> str:
        """Show the derivation in a notebook."""
        return f"$$\n{self.latex()}\n$$"

    def markdown(self) -> str:
        """Write the derivation as Markdown with LaTeX in it, to paste into documentation."""
        lines = [f"## {self.title}", "", *([self.says, ""] if self.says else [])]
        lines += [f"$${written(self.conclusion)}$$", ""]
        if self.hypotheses:
            lines += ["It holds when", ""]
            lines += [
                f"* {sentence}: ${written(one)}$" for sentence, one in self.hypotheses.items()
            ]
            lines += [""]
        for count, step in enumerate(self.steps, 1):
            lines += [
                f"{count}. **{step.name}.** {step.reason}",
                "",
                f"   $${step.latex}$$",
                "",
                f"   Checked: {step.checked}.",
                "",
            ]
        lines += [f"**Result.** ${written(self.conclusion)}$", ""]
        lines += [f"* {name}: {value}" for name, value in self.facts.items()]
        if self.source:
            lines += [*([""] if self.facts else []), f"Source: {self.source}"]
        return "\n".join(lines).rstrip() + "\n"

    def _repr_markdown_(self) -> str:
        """Show the derivation in a notebook that prefers Markdown."""
        return self.markdown()

    def to_dict(self) -> dict[str, Any]:
        """Return the derivation as JSON has it."""
        return {
            "schema": SCHEMA,
            "derivation": self.name,
            "title": self.title,
            "result": str(self.result),
            "hypotheses": {one: notation.text(term) for one, term in self.hypotheses.items()},
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
    )


def _plain(statement: Any) -> str:
    return notation.text(statement) if isinstance(statement, Term) else str(statement)


def _escaped(reason: str) -> str:
    """Write a sentence so that LaTeX reads its signs as text."""
    return re.sub(r"([_%&#{}$])", r"\\\1", reason.replace("`", ""))
