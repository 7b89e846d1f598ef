"""Tables for terminals.

Where standard output is no terminal, plain text is printed and rich is not loaded.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symconv.sizing import Sizes
    from symconv.solving import Solution


def working(what: str) -> AbstractContextManager[object]:
    """Show on standard error that something is under way, where that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} (Ctrl-C shows what was found)")


def print_sizes(found: Sizes) -> None:
    """Print sizes layer by layer, and a refusal below."""
    rows = ["x".join(map(str, r)) if isinstance(r, list) else str(r) for r in found.plain]
    names = ["input", *map(repr, found.layers[: len(rows) - 1])]
    width = max(map(len, rows))
    for size, name in zip(rows, names, strict=True):
        print(f"{size.rjust(width)}  {name}")
    if found.refused:
        print(f"refused by {found.refused}")
    for note in found.notes:
        print(f"note: {note}")


def print_solution(found: Solution) -> None:
    """Print a solution: families, the settings as a table, and what torch said."""
    text = repr(found)
    if not (sys.stdout.isatty() and found.settings):
        print(text)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="")
    for name in found.settings[0].named:
        table.add_column(name, justify="right")
    for setting in found.settings:
        table.add_row(*map(str, setting.named.values()))
    before, _, after = text.partition("\n".join(found.table()))
    print(before, end="")
    Console().print(table)
    print(after.lstrip("\n"))
