"""Exported files compared with the laws and the theorems: what Coq compiled is what is stated.

The files are read from the folder in which Coq compiles them, by the parser that shares no code
with the exporter (`symconv.book.coq.reading_back`). Beside definitions and statements with their
proofs nothing may stand there but the heads: a second definition would change what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from functools import partial
from pathlib import Path

from symconv.book.coq.exporting import LAWS_FILE
from symconv.book.coq.reading_back import COMMENT, definitions_in, differences, statements_in
from symconv.book.statements.calls import laws
from symconv.book.statements.chapters import CHAPTERS, Chapter
from symconv.terms import variable

_DEFINED = re.compile(
    r"^Definition (\w+) \([\w ]+ : Z\) : Z :=\n  .+\.\n#\[export\] Hint Unfold \1 : laws\.$",
    re.MULTILINE,
)
_PROVED = re.compile(
    r"^Theorem \w+ :(?:(?!\.\n).)*\.\nProof\.\n.*?\nQed\.$", re.DOTALL | re.MULTILINE
)
_LAWS_REST = "Require Import ZArith. From Symconv Require Import Prelude. Open Scope Z_scope."
_CHAPTER_REST = _LAWS_REST.replace("Prelude", "Prelude Laws")


def unlike(
    folder: Path, names: Container[str], book: Iterable[Chapter] | None = None
) -> dict[str, str]:
    """Say how generated files differ from what is stated; nothing if they do not.

    Args:
        folder: where the files are.
        names: only these chapters; the laws are always compared.
        book: the chapters; by default those of the book.
    """

    def said(file: str, compare: Callable[[str], list[str]]) -> str:
        try:
            return "; ".join(compare((folder / file).read_text("utf-8")))
        except RecursionError:
            return "cannot be read back: it is nested too deeply"
        except (ValueError, TypeError, LookupError, OSError) as error:
            return f"cannot be read back: {error}"

    if wrong := said(LAWS_FILE, _laws):
        return {LAWS_FILE: wrong}
    definitions = (folder / LAWS_FILE).read_text("utf-8")
    chapters = [chapter for chapter in book or _all_chapters() if chapter.file in names]
    compared = {
        chapter.file: said(chapter.file, partial(_chapter, chapter, definitions))
        for chapter in chapters
    }
    return {file: wrong for file, wrong in compared.items() if wrong}


def _all_chapters() -> tuple[Chapter, ...]:
    from symconv.book.deriving.lemmas import derived  # which needs SymPy

    return (*CHAPTERS, derived())


def _laws(text: str) -> list[str]:
    read, wrong, named = definitions_in(text), [], laws()
    for law in named:
        if law.name not in read:
            wrong.append(f"{law.name}: is missing")
        elif tuple(map(variable, read[law.name].letters)) != law.letters:
            wrong.append(f"{law.name}: letters {read[law.name].letters}")
        elif read[law.name].term != law.term:
            wrong.append(f"{law.name}: another law: {read[law.name].term}")
    wrong += [f"{name}: is no law" for name in read if name not in {law.name for law in named}]
    return wrong + _beside(text, _DEFINED, _LAWS_REST)


def _chapter(chapter: Chapter, definitions: str, text: str) -> list[str]:
    stated = {one.name: one for one in chapter.statements}
    read = statements_in(text, definitions_in(definitions))
    wrong = [f"{name}: is missing" for name in stated if name not in read]
    wrong += [f"{name}: is no theorem of the chapter" for name in read if name not in stated]
    for name, theorem in stated.items():
        if name in read:
            wrong += [f"{name}: {one}" for one in differences(theorem, read[name])]
    return wrong + _beside(text, _PROVED, _CHAPTER_REST)


def _beside(text: str, known: re.Pattern[str], rest: str) -> list[str]:
    """Say what stands in a file beside what was compared and its head."""
    left = " ".join(known.sub(" ", COMMENT.sub(" ", text)).split())
    return [] if left == rest else [f"beside what is stated there is {left[:200]!r}"]
