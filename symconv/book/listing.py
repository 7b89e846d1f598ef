"""The list of theorems, as people look through it: a line each, in a notebook a table."""

from __future__ import annotations

import symconv.book.wording as wording
from symconv import markup
from symconv.book.statements.chapters import CHAPTERS, Entry
from symconv.book.statements.structural import Structural

COLUMNS = ("chapter", "name", "statement", "verdict", "what it says")


class Listing(tuple[Entry, ...]):
    """Theorems in order.

    >>> from symconv import theorems
    >>> theorems("rounding")[:1] == (theorems("rounding")[0],)
    True
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Show a theorem a line: its name, and what it says."""
        return "\n".join(map(repr, self))

    def _repr_html_(self) -> str:
        """Show the theorems as a table in a notebook."""
        chapters = {
            theorem.name: f"{chapter.number} {chapter.title}"
            for chapter in CHAPTERS
            for theorem in chapter.theorems
        }
        rows = (
            (
                markup.words(chapters.get(theorem.name, "")),
                f"<code>{theorem.name}</code>",
                _statement(theorem),
                theorem.expected,
                markup.beside(markup.words(theorem.says)),
            )
            for theorem in self
        )
        return markup.table(rows, COLUMNS)


def _statement(theorem: Entry) -> str:
    """Write what is claimed, and below it what is given, as HTML."""
    if isinstance(theorem, Structural):
        claim, given = theorem.statement, markup.words(theorem.given)
    else:
        claim = wording.claim_latex(theorem.claim)
        given = ", ".join(markup.inline(wording.latex(term)) for term in theorem.hypotheses)
    return markup.inline(claim) + (f"<br><small>given {given}</small>" if given else "")
