"""Tables of HTML, as notebooks show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a table; nothing without names.

    >>> table(["stride"], [["2"]])
    '<table><tr><th>stride</th></tr><tr><td>2</td></tr></table>'
    """
    if not names:
        return ""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    cells = ("".join(f"<td>{escape(entry)}</td>" for entry in row) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
