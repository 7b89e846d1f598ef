"""MyST Markdown: sentences with their signs kept, formulas, tables, lists and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from symconv.book.sentences import written
from symconv.meanings import notation
from symconv.terms import Term


def prose(sentence: str) -> str:
    r"""Write a sentence so that Markdown reads its signs as they are; code stays code.

    >>> print(prose("the q cells from j*q on, see `W_out`"))
    the q cells from j\*q on, see `W_out`
    """
    pieces = re.split(r"(`[^`]*`)", sentence)
    return "".join(
        piece if place % 2 else re.sub(r"([\\*_$<>\[\]|])", r"\\\1", piece)
        for place, piece in enumerate(pieces)
    )


def sentence(said: str) -> str:
    r"""Write a sentence of the book: its mathematics as formulas, its code as code.

    >>> print(sentence("S = n, for `conv` and 2*W"))
    $S = n$, for `conv` and $2 W$
    """
    return written(said, prose, "${}$".format, "`{}`".format)


def inline(term: Term) -> str:
    """Write a term as a formula in a line."""
    return f"${notation.latex(term)}$"


LONG = 90
"""LaTeX of more characters does not fit a line of a narrow screen."""


def formula(term: Term) -> str:
    """Write a term in a line of a list, or below it where it is long."""
    return fitting(notation.latex(term))


def fitting(latex: str) -> str:
    """Write LaTeX in a line of a list, or below it where it is long."""
    return f"${latex}$" if len(latex) <= LONG else "\n\n" + display(latex, indent="  ").rstrip()


def display(latex: str, indent: str = "") -> str:
    """Write LaTeX as a formula of its own, within a list where it is indented."""
    return f"{indent}$$\n{indent}{latex}\n{indent}$$\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def code(text: str, language: str = "pycon") -> str:
    """Write a block of code."""
    return f"```{language}\n{text.strip()}\n```\n"


def items(lines: Iterable[str]) -> str:
    """Write a list."""
    return "".join(f"* {line}\n" for line in lines)


def picture(svg: str) -> str:
    """Put an SVG picture into the page itself, where it follows the page's theme.

    The style is told its width: it shrinks on a narrow screen, but not until nobody can read it.
    """
    width = re.search(r'<svg\b[^>]*? width="(\d+)"', svg)
    style = f' style="--width: {width[1]}px"' if width else ""
    return (
        "```{raw} html\n:class: no-search\n\n"
        f'<div class="picture"{style}>\n{svg.strip()}\n</div>\n```\n'
    )


def page(title: str, label: str, *parts: str) -> str:
    """Write a page that others can refer to by a label."""
    return "\n".join([f"({label})=", f"# {title}", "", *parts]).rstrip() + "\n"
