"""Sentences and formulas in LaTeX and in HTML: what everything that is shown in a notebook shares.

A notebook typesets what stands between dollars in HTML, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

Row = tuple[str, str]
"""A formula in LaTeX, and the words beside it."""
_LEFT = ' style="text-align: left"'


def latex_words(sentence: str) -> str:
    r"""Write a sentence so that LaTeX reads its signs as text.

    >>> print(latex_words("50 % of `max_pool`"))
    50 \% of max\_pool
    """
    parts = sentence.replace("`", "").split("\\")
    return r"\textbackslash{}".join(re.sub(r"([_%&#{}$])", r"\\\1", part) for part in parts)


def aligned(rows: Iterable[Row], last: Row | None = None) -> str:
    r"""Write formulas with words beside them as LaTeX, an aligned line each.

    Args:
        rows: the lines.
        last: what follows from them, if anything does.

    The words are LaTeX, too: `latex_words` writes a sentence so.

    >>> print(aligned([("F = 1", "given")], ("F < 2", "proved")))
    \begin{aligned}
    & F = 1 && \text{given} \\
    \therefore\ & F < 2 && \text{proved}
    \end{aligned}
    """
    marked = [("", *row) for row in rows] + ([(r"\therefore\ ", *last)] if last else [])
    lines = [rf"{mark}& {formula} && \text{{{said}}}" for mark, formula, said in marked]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def displayed(latex: str) -> str:
    """Put LaTeX on lines of its own, as a notebook shows it."""
    return f"$$\n{latex}\n$$"


def inline(latex: str) -> str:
    r"""Write LaTeX as HTML that a notebook typesets.

    >>> inline("F < 2")
    '$\\displaystyle F &lt; 2$'
    """
    return rf"$\displaystyle {escape(latex, quote=False)}$"


def words(sentence: str) -> str:
    """Write a sentence as HTML, with what stands between backticks as code.

    >>> words("`ReLU()` keeps it: 1 < 2")
    '<code>ReLU()</code> keeps it: 1 &lt; 2'
    """
    return re.sub("`([^`]*)`", r"<code>\1</code>", escape(sentence, quote=False))


def beside(html: str) -> str:
    """Return HTML for a cell of words that stands beside formulas: these do not make it narrow."""
    return f'<div style="min-width: 20em">{html}</div>'


def heading(title: str, says: str = "") -> str:
    """Write a title, and a sentence below it, as HTML."""
    return f"<h4>{words(title)}</h4>" + (f"<p>{words(says)}</p>" if says else "")


def listed(entries: Iterable[str]) -> str:
    """Return a list of HTML, or nothing where there are no entries."""
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<ul>{items}</ul>" if items else ""


def table(rows: Iterable[Sequence[str]], names: Sequence[str] = ()) -> str:
    """Return cells of HTML as a table, or nothing where there are no rows.

    Args:
        rows: the cells.
        names: what stands above the columns.
    """
    head = "".join(f"<th{_LEFT}>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f"<table>{f'<tr>{head}</tr>' if head else ''}{body}</table>" if body else ""


def plain_table(rows: Iterable[Sequence[str]], names: Sequence[str]) -> str:
    """Return cells of plain text as a table of HTML."""
    return table([[escape(entry) for entry in row] for row in rows], names)


def numbers(values: Mapping[str, int]) -> str:
    """Return numbers under their letters as a table of HTML, or nothing where there are none."""
    return table([[str(value) for value in values.values()]] if values else [], [*values])


def _cells(row: Sequence[str]) -> str:
    return "".join(f"<td{_LEFT}>{cell}</td>" for cell in row)
