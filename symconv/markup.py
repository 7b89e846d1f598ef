"""Sentences and formulas in LaTeX and in HTML: what everything that is shown in a notebook shares.

A notebook typesets what stands between dollars in HTML, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

_LEFT = ' style="text-align: left"'


def latex_words(sentence: str) -> str:
    r"""Write a sentence so that LaTeX reads its signs as they are.

    >>> print(latex_words("50 % of max_pool -> 7 < 9"))
    50 \% of max\_pool $\to$ 7 $<$ 9
    """
    sentence = "".join(sign for sign in sentence if sign.isprintable() or sign.isspace())
    parts = re.split(r"(->|[\\_%&#{}$<>^~|«»])", sentence)
    return "".join(_LATEX_SIGNS.get(part, part) for part in parts)


_LATEX_SIGNS = {sign: rf"\{sign}" for sign in "_%&#{}$"} | {
    "->": r"$\to$",
    "<": "$<$",
    ">": "$>$",
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "|": r"\textbar{}",
    "«": "``",
    "»": "''",
}


def latex_code(code: str) -> str:
    r"""Write code as LaTeX.

    >>> print(latex_code("max_pool"))
    \texttt{max\_pool}
    """
    return rf"\texttt{{{latex_words(code)}}}"


def latex_item(entry: str) -> str:
    r"""Write an entry of a list in LaTeX, which takes what begins with a bracket for its number.

    >>> print(latex_item("[0, 1] is read"))
    \item {}[0, 1] is read
    """
    return rf"\item {'{}' if entry.startswith('[') else ''}{entry}"


def latex_list(kind: str, entries: Iterable[str], begun: int = 0) -> list[str]:
    r"""Write the lines of a list in LaTeX, or none where there are no entries.

    Args:
        kind: `itemize` or `enumerate`.
        entries: what is listed, as LaTeX.
        begun: what has been counted before, if the list goes on with it.

    >>> latex_list("itemize", ["this"])
    ['\\begin{itemize}', '\\item this', '\\end{itemize}']
    """
    items = [*map(latex_item, entries)]
    counted = [rf"\setcounter{{enumi}}{{{begun}}}"] if begun else []
    return [rf"\begin{{{kind}}}", *counted, *items, rf"\end{{{kind}}}"] if items else []


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
