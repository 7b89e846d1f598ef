"""Documents: propositions with their proofs, as Markdown and as LaTeX.

What is written is a list of lines, each of a kind, with `code` and $mathematics$ in them as
Markdown has it; the two renderers know the kinds, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from symconv.markup import latex_code, latex_item, latex_words

if TYPE_CHECKING:
    from symconv.families import Verification


class Line(NamedTuple):
    """A line of a document: `heading`, `proposition`, `proof`, `step`, `need`, `text` or `end`."""

    kind: str
    text: str


def opening(title: str, question: str) -> Iterator[Line]:
    """Yield how a document begins: its heading, and what was asked."""
    yield Line("heading", title)
    yield Line("text", f"{question}.")


def proposition(
    claim: str,
    proof: str,
    *,
    cases: Iterable[str] = (),
    steps: Iterable[str] = (),
    last: str | None = None,
) -> Iterator[Line]:
    """Yield a proposition with its proof.

    Args:
        claim: what is claimed.
        proof: how the proof begins.
        cases: what the claim lists.
        steps: what the proof lists.
        last: how it ends, after the steps.

    >>> [kind for kind, _ in proposition("It is so.", "See:", steps=["this", "that"])]
    ['proposition', 'proof', 'step', 'step', 'end']
    """
    yield Line("proposition", claim)
    yield from (Line("step", case) for case in cases)
    yield Line("proof", proof)
    yield from (Line("step", step) for step in steps)
    if last is not None:
        yield Line("text", last)
    yield Line("end", "")


def closing(verified: Verification | None, notes: Iterable[str] = ()) -> Iterator[Line]:
    """Yield how a document ends: what torch said, if it was asked, and what else to know."""
    if verified:
        yield Line("text", f"Run on torch: {verified.told()}.")
    yield from (Line("text", f"Note: {note}.") for note in notes)


def as_markdown(lines: Iterable[Line]) -> str:
    """Return a document as Markdown with LaTeX in it."""
    written, before = "", ""
    for kind, text in lines:
        if kind != "end":
            inside = {"step", "need"} >= {kind, before}
            written += ("\n" if inside else "\n\n") + _MARKDOWN.get(kind, "{}").format(text)
        before = kind
    return written.strip() + "\n"


_MARKDOWN = {
    "heading": "## {}",
    "proposition": "**Proposition.** {}",
    "proof": "**Proof.** {}",
    "step": "1. {}",
    "need": "   * {}",
}


def as_latex(lines: Iterable[Line]) -> str:
    """Return a document as LaTeX, with the environments `proposition` and `proof`."""
    written, lists = list[str](), list[str]()
    for kind, text in lines:
        nesting = {"step": ["enumerate"], "need": ["enumerate", "itemize"]}.get(kind, [])
        while lists[len(nesting) :]:
            written.append(f"\\end{{{lists.pop()}}}")
        for name in nesting[len(lists) :]:
            lists.append(name)
            written.append(f"\\begin{{{name}}}")
        content = latex_item(_tex(text)) if nesting else _tex(text)
        written.append(_LATEX.get(kind, "{}").replace("{}", content))
    return "\n".join(written) + "\n"


_LATEX = {
    "heading": "\\section*{{}}",
    "proposition": "\\begin{proposition}\n{}\n\\end{proposition}",
    "proof": "\\begin{proof}\n{}",
    "end": "\\end{proof}",
}


def _tex(text: str) -> str:
    """Write text with `code` and $mathematics$ in it as LaTeX."""
    parts = re.split(r"(`[^`]*`|\$[^$]*\$)", text)
    return "".join(
        part
        if part.startswith("$")
        else latex_code(part.strip("`"))
        if part.startswith("`")
        else latex_words(part)
        for part in parts
    )
