"""Answers for terminals: as wide as these are, and with what is under way.

Where standard output is no terminal, plain text is printed and rich is not loaded.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, TextIO

from symconv.report.paint import paint, verdicts

if TYPE_CHECKING:
    from symconv.chains import Sizes


def working(what: str) -> AbstractContextManager[object]:
    """Show on standard error that something is under way, where that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} (Ctrl-C shows what was found)")


def columns(stream: TextIO) -> int:
    """Return how many columns a stream has: those of its terminal, and 80 where it is none."""
    with suppress(OSError, ValueError):  # it is no terminal, or no file
        if "COLUMNS" not in os.environ:
            return os.get_terminal_size(stream.fileno()).columns or 80
    return shutil.get_terminal_size().columns if stream.isatty() else 80


def print_sizes(found: Sizes) -> None:
    """Print sizes layer by layer, and a refusal below."""
    rows = [*found.written, *("?" if one is None else str(one) for one in found.features)]
    names = ["input", *map(repr, (*found.layers, *found.ending))]
    width = max(map(len, rows))
    for size, name in zip(rows, names, strict=False):
        print(f"{size.rjust(width)}  {name}")
    if found.refused:
        print(verdicts(f"refused by {found.refused}"))
    for note in found.notes:
        print(f"note: {note}")


def print_solution(answer: Any) -> None:
    """Print an answer: what is said before its rows, these as they are found, and the rest.

    Only rows that are still to be found are worth a flush: whoever reads no further must not take
    the exit status of a no away.
    """
    from symconv.questions.solution import Solution

    if sys.stdout.isatty() and isinstance(answer, Solution) and answer and not answer.many:
        _print_table(answer)
        return
    searching = answer.verdict == "solved" and not answer.verified
    for lines in answer.streamed():
        print(verdicts(lines), flush=searching)


def _print_table(answer: Any) -> None:
    """Print few rows as a table, its last column wrapped where that has room for its words.

    A cell is never cut: what has no room goes on in the terminal's next line.
    """
    import textwrap

    from symconv.questions.tables import Table

    names, rows = answer.cells(answer.settings.joined())
    heading, *lines = Table(names, answer.left_aligned).lines(rows)
    width = columns(sys.stdout)
    before = heading.rindex(names[-1]) if names[-1] in answer.left_aligned else width
    words = (word for row in rows for word in row[-1].split())
    wraps = before + max(map(len, words), default=0) <= width
    wrapped = textwrap.TextWrapper(
        width, subsequent_indent=" " * before, break_long_words=False, break_on_hyphens=False
    )
    for line in answer.head():
        print(verdicts(line))
    for line in (heading, *lines):
        print(wrapped.fill(line) if wraps else line)
    for line in answer.tail():
        print(verdicts(line))


def print_names(heading: str, names: Iterable[tuple[str, str]]) -> None:
    """Print what stands under a heading, each name with what it says.

    That is a line; on a terminal the sentence stands below the name, wrapped to the width.
    """
    import textwrap

    print(paint(heading, "heading"))
    for name, says in names:
        if not sys.stdout.isatty():
            print(f"   {name}: {says}")
            continue
        width = max(40, shutil.get_terminal_size().columns - 1)
        print(f"   {paint(name, 'name')}")
        print(textwrap.fill(says, width, initial_indent=" " * 6, subsequent_indent=" " * 6))
