"""What a proof shows, before it is text, LaTeX, Markdown or HTML.

A theorem and a derivation are both laid out as such a page, and `symconv.book.writing` writes any
page in each form. So the forms cannot differ in what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Formula(NamedTuple):
    """A statement as plain text and as LaTeX."""

    text: str
    latex: str


class Came(NamedTuple):
    """What a condition comes to with numbers in it: its comparisons, and whether it holds."""

    facts: str
    latex: str
    truth: str

    def __str__(self) -> str:
        return f"[{': '.join(filter(None, [self.truth, self.facts]))}]"


class Labels(NamedTuple):
    """What stands before the parts of a page, and what ends a sentence."""

    claim: str = "claim"
    proof: str = "proof"
    result: str = "result"
    checked: str = "checked"
    theorem: str = "theorem"
    given: str = "given"
    numbers: str = "with the numbers"
    stop: str = "."


class Line(NamedTuple):
    """A line: what kind it is, words, a formula, and what that comes to; each may be missing.

    Attributes:
        kind: such as `given`, or for which numbers it is so.
        words: what stands before the formula, or the sentence.
        formula: the statement.
        came: what it comes to, where numbers are put in.
        plain: whether the words are numbers counted out, which stand as they are.
    """

    kind: str
    words: str = ""
    formula: Formula | None = None
    came: Came | None = None
    plain: bool = False


class Shown(NamedTuple):
    """A step.

    Attributes:
        name: what it is called, if it is.
        reason: why it holds, in a sentence.
        formula: what it says.
        value: the same with numbers in it, if there are any.
        claim: what the checkers were asked, where that says more.
        given: what the step needs beyond what is given above.
        checked: who checked it, and what they found.
        theorem: the theorem of the book that it is, if it is one.
    """

    name: str
    reason: str
    formula: Formula
    value: Formula | None
    claim: Formula | None
    checked: str
    theorem: str = ""
    given: tuple[Formula, ...] = ()

    @property
    def latex(self) -> str:
        """What it says as LaTeX, and what it comes to for the numbers."""
        value = rf" \leadsto {self.value.latex}" if self.value else ""
        return self.formula.latex + value


class Part(NamedTuple):
    """Steps that belong together, under a heading, if there are several such parts.

    Attributes:
        heading: what stands above them.
        steps: the steps.
        cases: instances of what is assumed there, which the checkers were given: above the steps.
    """

    heading: str
    steps: tuple[Shown, ...]
    cases: tuple[Line, ...] = ()


class Page(NamedTuple):
    """A proof.

    Attributes:
        title: what is proved or derived.
        says: the same in a sentence.
        given: the hypotheses, and what letters stand for.
        claim: what is claimed, above the steps; a derivation arrives at its result below them.
        numbers: what the user's numbers make of it.
        parts: the steps.
        result: what a derivation arrives at.
        verdict: what is found, in a line.
        follows: whether the claim follows from what stands before it: it is proved.
        counterexample: the numbers for which it fails, if it does.
        there: what everything comes to for a counterexample.
        below: what else is told, a sentence each.
        labels: what its parts are called, in the language of the page.
        typeset: whether its sentences are ours, so that the mathematics in them can be typeset.
    """

    title: str
    says: str
    given: tuple[Line, ...]
    claim: Formula | None
    numbers: tuple[Line, ...]
    parts: tuple[Part, ...]
    result: Formula | None
    verdict: str
    follows: bool
    counterexample: Mapping[str, int]
    there: tuple[Line, ...]
    below: tuple[str, ...]
    labels: Labels = Labels()
    typeset: bool = True
