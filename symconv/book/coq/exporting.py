"""The folder of Coq files: the laws, a file for each chapter, and those written by hand.

A Coq user can take the folder away and compile it: `make` is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from textwrap import fill
from typing import Any

from symconv.book.coq.scripts import script
from symconv.book.coq.stating import HEAD, comment, definitions, statement
from symconv.book.statements.chapters import CHAPTERS, THEOREMS, Chapter, chapter_of
from symconv.book.statements.statement import Theorem
from symconv.errors import RequestError, shown

LAWS_FILE = "Laws.v"
_REQUIRED = re.compile(r"From Symconv Require Import ([\w ]+)\.")
_OURS = "# Written by symconv."
_MAKEFILE = """\
{ours} Compiles every file: `make`. Needs Coq 8.16 or later.
all: {all}

%.vo: %.v
\tcoqc -Q . Symconv $<

"""


def lemma(theorem: Theorem) -> str:
    """Write one theorem with its proof."""
    said = fill(f"(* {comment(theorem.says)} *)", 96, subsequent_indent="   ")
    return f"{said}\nTheorem {theorem.name} : {statement(theorem)}.\n{script(theorem)}\n"


def chapter_head() -> str:
    """Write what stands at the head of a chapter's file."""
    return HEAD.replace("Prelude", "Prelude Laws")


def chapter_file(chapter: Chapter) -> str:
    """Write the file of a chapter."""
    title = f"(* Chapter {chapter.number}, {comment(chapter.title)}. *)"
    return "\n".join([title, chapter_head(), "", *map(lemma, chapter.statements)])


@cache
def by_hand() -> dict[str, str]:
    """Return the text of every file that is written by hand, by its name."""
    folder = files("symconv.book.coq") / "files"
    return {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name[-2:] == ".v"}


def texts() -> dict[str, str]:
    """Return the text of every file by its name, each after the files that it requires."""
    written = by_hand() | {LAWS_FILE: definitions()}
    from symconv.book.deriving.lemmas import derived  # which needs SymPy

    written |= {chapter.file: chapter_file(chapter) for chapter in (*CHAPTERS, derived())}
    order: dict[str, str] = {}

    def visit(name: str) -> None:
        for other in required(written[name]):
            visit(other)
        order.setdefault(name, written[name])

    for name in sorted(written):
        visit(name)
    return order


def required(text: str) -> list[str]:
    """Return the files of ours that a file requires."""
    return [f"{name}.v" for line in _REQUIRED.findall(text) for name in line.split()]


def needed(names: Iterable[str]) -> list[str]:
    """Return files and all that they require, each after the files that it requires."""
    wanted, everything = set(names), texts()
    for name in reversed(everything):
        if name in wanted:
            wanted.update(required(everything[name]))
    return [name for name in everything if name in wanted]


def file_of(name: str) -> str:
    """Return the file in which a theorem of the book stands."""
    entry = THEOREMS[name]
    return chapter_of(name).file if isinstance(entry, Theorem) else entry.file


def _makefile(written: Mapping[str, str]) -> str:
    """Write a makefile in which each file waits for those that it requires."""
    order = [
        " ".join([f"{name}o:", *(f"{other}o" for other in required(text))])
        for name, text in written.items()
    ]
    everything = " ".join(f"{name}o" for name in written)
    return "\n".join([_MAKEFILE.format(ours=_OURS, all=everything) + "\n".join(order), ""])


def export(folder: str | Path) -> list[Path]:
    """Write every file into a folder, with a makefile.

    Raises:
        RequestError: the folder cannot be written, or has a makefile of somebody else.
    """
    return write_folder(folder, texts())


def write_folder(folder: str | Path, written: Mapping[str, str]) -> list[Path]:
    """Write these files into a folder, with a makefile; otherwise as `export`."""
    named: Any = folder
    if not isinstance(named, str | Path) or not str(named).strip() or "\0" in str(named):
        raise RequestError("a folder for the Coq files", shown(folder), 'Write "proofs".')
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        makefile = place / "Makefile"
        ours = makefile.is_file() and makefile.read_bytes().startswith(_OURS.encode())
        for path in (makefile, *(place / name for name in written)):
            if path.is_dir() or (path.exists() and not ours):
                raise RequestError(
                    "a folder for the Coq files, and for a makefile of theirs",
                    f"{path}, which symconv did not write",
                    "Name another folder, or an empty one.",
                )
        makefile.write_text(_makefile(written), "utf-8")  # first: it says whose folder this is
        for name, text in written.items():
            (place / name).write_text(text, "utf-8")
    except OSError as error:
        raise RequestError(
            "a folder for the Coq files", f"{place}: {error.strerror}", "Name another one."
        ) from None
    return [place / name for name in written]
