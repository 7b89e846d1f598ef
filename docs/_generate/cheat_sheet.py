"""The cheat sheet: every statement of the book on one page."""

from __future__ import annotations

from collections.abc import Iterator

from _generate.markdown import page, sentence
from symconv.book import wording
from symconv.book.statements.chapters import CHAPTERS, Chapter, Entry
from symconv.book.statements.statement import Theorem
from symconv.terms import conjuncts

INTRODUCTION = """\
The theorems on one page; the [book](#book) has the hypotheses in words, proofs and who checked
them.
$E = D(F - 1) + 1$ is the extent of the kernel.
"""


def pages() -> dict[str, str]:
    """Return the page, as `{"cheat_sheet.md": text}`."""
    parts = [part for chapter in CHAPTERS for part in _chapter(chapter)]
    return {"cheat_sheet.md": page("Cheat sheet", "cheat-sheet", INTRODUCTION, *parts)}


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.title}\n"
    yield "\n".join(_line(one) for one in chapter.theorems if one.expected == "proved")
    refuted = [one for one in chapter.theorems if one.expected == "refuted"]
    if refuted:
        yield "\nWhat is false:\n"
        yield "\n".join(map(_belief, refuted))


def _line(entry: Entry) -> str:
    latex = wording.claim_latex(entry.claim) if isinstance(entry, Theorem) else entry.statement
    return f"{{thm}}`{entry.name}`\n: {sentence(entry.says)}\\\n  {_given(entry)}${latex}$\n"


def _given(entry: Entry) -> str:
    """Write the hypotheses, each a formula of its own, so that a line can break between them."""
    if not isinstance(entry, Theorem):
        return f"Given: {sentence(entry.given)}.\\\n  " if entry.given else ""
    terms = [one for term in entry.given.values() for one in conjuncts(term)]
    listed = ", ".join(f"${wording.latex(one)}$" for one in terms)
    return f"Given {listed}:\\\n  " if listed else ""


def _belief(entry: Entry) -> str:
    values = getattr(entry, "counterexample", {})
    shown = ", ".join(f"${name} = {value}$" for name, value in values.items())
    return f"{_line(entry).rstrip()}\\\n  Refuted; the smallest counterexample is {shown}.\n"
