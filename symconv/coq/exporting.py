"""The folder of Coq files: the laws, a file for each chapter, and those written by hand.

A Coq user can take the folder away and compile it: `make` is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from textwrap import fill

from symconv.coq.scripts import script
from symconv.coq.stating import HEAD, definitions, statement
from symconv.errors import RequestError
from symconv.statements.chapters import CHAPTERS, Chapter
from symconv.statements.statement import Theorem

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
    said = fill(f"(* {theorem.says} *)", 96, subsequent_indent="   ")
    return f"{said}\nTheorem {theorem.name} : {statement(theorem)}.\n{script(theorem)}\n"


def chapter_file(chapter: Chapter) -> str:
    """Write the file of a chapter."""
    theorems = [lemma(one) for one in chapter.theorems if isinstance(one, Theorem)]
    head = HEAD.replace("Prelude", "Prelude Laws")
    title = f"(* Chapter {chapter.number}, {chapter.title}. *)"
    return "\n".join([title, head, "", *theorems])


@cache
def texts() -> dict[str, str]:
    """Return the text of every file by its name, each after the files that it requires."""
    by_hand = files("symconv.coq") / "files"
    found = {one.name: one.read_text("utf-8") for one in by_hand.iterdir() if one.name[-2:] == ".v"}
    found["Laws.v"] = definitions()
    for chapter in CHAPTERS:
        found[f"{chapter.name.capitalize()}.v"] = chapter_file(chapter)
    order: dict[str, str] = {}

    def visit(name: str) -> None:
        for other in required(found[name]):
            visit(other)
        order.setdefault(name, found[name])

    for name in sorted(found):
        visit(name)
    return order


def required(text: str) -> list[str]:
    """Return the files of ours that a file requires."""
    return [f"{name}.v" for line in _REQUIRED.findall(text) for name in line.split()]


def needed(names: Iterable[str]) -> list[str]:
    """Return files and all that they require, each after the files that it requires."""
    found = set(names)
    for name in reversed(texts()):
        if name in found:
            found.update(required(texts()[name]))
    return [name for name in texts() if name in found]


@cache
def digests() -> dict[str, str]:
    """Return a digest of each file together with all that it requires."""
    found: dict[str, str] = {}
    for name, text in texts().items():
        below = [found[other] for other in required(text)]
        found[name] = sha256("\n".join([text, *below]).encode()).hexdigest()
    return found


def file_of(name: str) -> str:
    """Return the file in which a theorem of the book stands."""
    for chapter in CHAPTERS:
        for one in chapter.theorems:
            if one.name == name:
                own = f"{chapter.name.capitalize()}.v"
                return own if isinstance(one, Theorem) else one.file
    raise KeyError(name)


def _makefile() -> str:
    """Write a makefile in which each file waits for those that it requires."""
    order = [
        " ".join([f"{name}o:", *(f"{other}o" for other in required(text))])
        for name, text in texts().items()
    ]
    everything = " ".join(f"{name}o" for name in texts())
    return "\n".join([_MAKEFILE.format(ours=_OURS, all=everything) + "\n".join(order), ""])


def export(folder: str | Path) -> list[Path]:
    """Write every file into a folder, with a makefile.

    Raises:
        RequestError: the folder cannot be written, or has a makefile of somebody else.
    """
    place = Path(folder)
    written = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        makefile = place / "Makefile"
        if makefile.exists() and not makefile.read_bytes().startswith(_OURS.encode()):
            raise RequestError(
                "a folder for the Coq files, and for a makefile of theirs",
                f"{makefile}, which symconv did not write",
                "Name another folder, or an empty one.",
            )
        for name, text in texts().items():
            (place / name).write_text(text, "utf-8")
            written.append(place / name)
        makefile.write_text(_makefile(), "utf-8")
    except OSError as error:
        raise RequestError(
            "a folder for the Coq files", f"{place}: {error.strerror}", "Name another one."
        ) from None
    return written
