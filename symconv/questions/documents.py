"""Documents: propositions with their proofs, as Markdown and as LaTeX.

What is written is a list of lines, each of a kind, with `code` and $mathematics$ in them as
Markdown has it; the two renderers know the kinds, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """A line of a document: `heading`, `proposition`, `proof`, `step`, `need`, `text` or `end`."""

    kind: str
    text: str


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
        written.append(_LATEX.get(kind, "{}").replace("{}", _tex(text)))
    return "\n".join(written) + "\n"


_LATEX = {
    "heading": "\\section*{{}}",
    "proposition": "\\begin{proposition}\n{}\n\\end{proposition}",
    "proof": "\\begin{proof}\n{}",
    "end": "\\end{proof}",
    "step": "\\item {}",
    "need": "\\item {}",
}


def _tex(text: str) -> str:
    """Write text with `code` and $mathematics$ in it as LaTeX."""
    parts = re.split(r"(`[^`]*`|\$[^$]*\$)", text)
    return "".join(
        part
        if part.startswith("$")
        else f"\\texttt{{{_escaped(part.strip('`'))}}}"
        if part.startswith("`")
        else _escaped(part)
        for part in parts
    )


def _escaped(text: str) -> str:
    """Write text so that LaTeX reads its signs as they are."""
    signs = re.sub(r"([_%&#{}$])", r"\\\1", text)
    return signs.replace("->", "$\\to$").replace("<", "$<$").replace(">", "$>$")
