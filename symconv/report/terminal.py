"""Tables for terminals.

Where standard output is no terminal, plain text is printed and rich is not loaded.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symconv.chains import Sizes


def working(what: str) -> AbstractContextManager[object]:
    """Show on standard error that something is under way, where that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} (Ctrl-C shows what was found)")


def print_sizes(found: Sizes) -> None:
    """Print sizes layer by layer, and a refusal below."""
    rows = [*found.written, *("?" if one is None else str(one) for one in found.features)]
    names = ["input", *map(repr, (*found.layers, *found.ending))]
    width = max(map(len, rows))
    for size, name in zip(rows, names, strict=False):
        print(f"{size.rjust(width)}  {name}")
    if found.refused:
        print(f"refused by {found.refused}")
    for note in found.notes:
        print(f"note: {note}")


def print_solution(found: Any) -> None:
    """Print a solution: families, the settings as a table, and what torch said."""
    if not (sys.stdout.isatty() and hasattr(found, "cells") and found.settings):
        print(f"{found!r}")
        return
    from rich.console import Console
    from rich.table import Table

    head, *rows = found.cells()
    table = Table(box=None, pad_edge=False, header_style="")
    for name in head:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*row)
    for line in found.head():
        print(line)
    Console().print(table)
    for line in found.tail():
        print(line)
