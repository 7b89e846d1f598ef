"""The cheat sheet: every statement of the book on one page."""

from __future__ import annotations

from collections.abc import Iterator

from _generate.markdown import page, prose
from symconv.book import wording
from symconv.statements.chapters import CHAPTERS, Chapter, Entry
from symconv.statements.statement import Theorem

INTRODUCTION = """\
The theorems on one page; the [book](#book) has hypotheses, proofs and who checked them.
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
    return f"{{thm}}`{entry.name}`\n: {prose(entry.says)}\\\n  ${latex}$\n"


def _belief(entry: Entry) -> str:
    values = getattr(entry, "counterexample", {})
    shown = ", ".join(f"${name} = {value}$" for name, value in values.items())
    return f"{{thm}}`{entry.name}`\n: {prose(entry.says)}\n  Least: {shown}.\n"
