"""Arguments for structural statements: why they hold, step by step, and how claims are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from symconv.book.statements.structures.form import LATEX, TEXT
from symconv.book.statements.structures.formula import Formula, both, given, taken_apart
from symconv.book.statements.structures.notion import Notion, scope
from symconv.book.statements.structures.writing import Writer


@dataclass(frozen=True)
class Because:
    """A step of the argument for a structural statement.

    Attributes:
        says: why, in a sentence, as a teacher would say it.
        zh: the same in Chinese.
        formula: what holds, in LaTeX.
        lemma: the lemma of the Coq file that is this step, if one is.
        states: what that lemma states, if the formula is written from it.
        text: what holds, as plain text.
    """

    says: str
    zh: str = ""
    formula: str = ""
    lemma: str = ""
    states: Formula | None = None
    text: str = ""


class Written(NamedTuple):
    """A formula as plain text and as LaTeX."""

    text: str
    latex: str


def claimed(
    states: Formula | str, notions: tuple[Notion, ...], common: tuple[Formula, ...]
) -> Written:
    """Write what a lemma claims, with what it supposes beyond what is given anyway.

    Args:
        states: what it states.
        notions: what the names in it mean.
        common: what is given anyway.
    """
    if isinstance(states, str):
        return Written("", states)
    _, supposed, claim = taken_apart(states)
    beyond = [each for each in supposed if each not in common]
    whole, known = given(both(*beyond), claim) if beyond else claim, scope(notions)
    return Written(Writer(TEXT, known)(whole), Writer(LATEX, known)(whole))


@dataclass(frozen=True)
class Steps:
    """Makes the steps of an argument: what a lemma states is written from a formula.

    Attributes:
        notions: what the names in it mean.
        common: what is given in all of it.
    """

    notions: tuple[Notion, ...]
    common: tuple[Formula, ...] = ()

    def __call__(self, lemma: str, states: Formula, says: str, zh: str) -> Because:
        """Return a step that is a lemma of the Coq file."""
        written = claimed(states, self.notions, self.common)
        return Because(says, zh, written.latex, lemma, states, written.text)
