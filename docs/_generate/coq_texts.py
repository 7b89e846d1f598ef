"""What Coq was asked: the lemmas of a theorem as they stand in their files, and the files.

Only what the record says that Coq accepted as it stands is called accepted
(`symconv.book.coq.record`).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from symconv.book.coq.exporting import export, file_of, lemma, texts
from symconv.book.coq.record import acceptance, recorded
from symconv.book.coq.record import lemmas as names_of
from symconv.book.statements.chapters import THEOREMS, Entry
from symconv.book.statements.statement import Theorem

FOLDER = "coq"
"""Where the files are in the site."""
ARCHIVE = "symconv-coq.zip"
MAKEFILE = "Makefile"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of each file in the archive, so that two builds make the same archive."""


class Accepted(NamedTuple):
    """One lemma that Coq accepted.

    Attributes:
        name: of the lemma.
        text: its statement and its proof, with the comment above it.
        file: the file that it stands in.
        line: the line there on which the text begins.
        digest: that of the lemma.
    """

    name: str
    text: str
    file: str
    line: int
    digest: str


def accepted(entry: Entry) -> list[Accepted]:
    """Return the lemmas of a theorem, if Coq has accepted them as they stand; else nothing."""
    if THEOREMS.get(entry.name) != entry or acceptance(entry.name) is None:
        return []
    return list(_lemmas(entry))


def _lemmas(entry: Entry) -> Iterator[Accepted]:
    file = file_of(entry.name)
    whole = _files()[file]
    for full in names_of(entry):
        name = full.partition(".")[2]
        text = lemma(entry) if isinstance(entry, Theorem) else cut(whole, name)
        line = whole[: whole.index(text)].count("\n") + 1
        yield Accepted(name, text.strip(), file, line, recorded()["accepted"][full])


def cut(text: str, name: str) -> str:
    r"""Return a theorem or a lemma of a file, with its proof and the comment above it.

    Raises:
        KeyError: the file has none of the name.

    >>> print(cut("(* One. *)\nLemma one : 1 = 1.\nProof. easy. Qed.\n\nLemma two...", "one"))
    (* One. *)
    Lemma one : 1 = 1.
    Proof. easy. Qed.
    """
    begun = re.search(rf"^(?:Theorem|Lemma|Corollary)\s+{re.escape(name)}\b", text, re.MULTILINE)
    ended = begun and re.compile(r"\bQed\.").search(text, begun.end())
    if not begun or not ended:
        raise KeyError(name)
    above = re.search(r"(?:^\(\*.*\*\)\n)*\Z", text[: begun.start()], re.MULTILINE)
    start = above.start() if above else begun.start()
    return text[start : ended.end()]


@cache
def _files() -> dict[str, str]:
    return texts()


def subject(text: str) -> str:
    r"""Return what a file is about: the comment at its head.

    >>> subject("(* Sums: of lists, *)\n(* and of ranges. *)\nRequire Import ZArith.\n")
    'Sums: of lists, and of ranges.'
    """
    lines = []
    for line in text.splitlines():
        said = re.fullmatch(r"\(\* *(.*?) *\*\)", line)
        if said is None:
            break
        lines.append(said[1])
    return " ".join(lines)


def put_files(site: Path) -> None:
    """Put all files into a folder of the site, with their makefile, and as an archive beside them.

    Args:
        site: where the site is built.
    """
    folder = site / FOLDER
    written = [path.name for path in export(folder)]
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*written, MAKEFILE):
            entry = zipfile.ZipInfo(f"{ARCHIVE.removesuffix('.zip')}/{name}", _LONG_AGO)
            archive.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)


def offered() -> set[str]:
    """Return the names of what can be downloaded."""
    return {*_files(), MAKEFILE, ARCHIVE}
