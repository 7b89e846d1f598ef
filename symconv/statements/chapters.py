"""The chapters of the book, and every theorem by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symconv.statements import (
    article,
    composition,
    counting,
    duality,
    guide,
    rounding,
    upsampling,
)
from symconv.statements.statement import Theorem
from symconv.statements.structural import STRUCTURAL, Structural

Entry = Theorem | Structural


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter; a statement that is appended is in the book, wherever the book is read.

    Attributes:
        number: from 1 on.
        name: one word, also the name of its Coq file, with a capital letter.
        title: how it is headed.
        says: what it is about, in a sentence.
        statements: its theorems in the language of laws, in order.
    """

    number: int
    name: str
    title: str
    says: str
    statements: list[Theorem]

    @property
    def theorems(self) -> tuple[Entry, ...]:
        """What is proved, in order; the structural statements come last."""
        return (*self.statements, *(one for one in STRUCTURAL if one.chapter == self.name))

    @property
    def file(self) -> str:
        """The name of its Coq file."""
        return f"{self.name.capitalize()}.v"


_SOURCES = (counting, guide, duality, upsampling, composition, rounding, article)


def _chapter(number: int, source: object) -> Chapter:
    module = str(source.__name__)  # type: ignore[attr-defined]
    name = module.rpartition(".")[2]
    first = str(source.__doc__).partition("\n")[0]
    title, _, says = first.partition(": ")
    terms: tuple[Theorem, ...] = source.THEOREMS  # type: ignore[attr-defined]
    says = says[:1].upper() + says[1:]
    return Chapter(number, name, title.partition(", ")[2] or title, says, list(terms))


CHAPTERS: list[Chapter] = [_chapter(number, source) for number, source in enumerate(_SOURCES, 1)]
"""The book: everything that lists, proves, exports or shows theorems reads it when it is asked."""


class _Theorems(Mapping[str, Entry]):
    """What stands in the chapters, by name."""

    def __getitem__(self, name: str) -> Entry:
        for chapter in CHAPTERS:
            for theorem in chapter.theorems:
                if theorem.name == name:
                    return theorem
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (theorem.name for chapter in CHAPTERS for theorem in chapter.theorems)

    def __len__(self) -> int:
        return sum(len(chapter.theorems) for chapter in CHAPTERS)


THEOREMS: Mapping[str, Entry] = _Theorems()
"""Every theorem, by name."""


def chapter_of(name: str) -> Chapter:
    """Return the chapter in which a theorem stands.

    Raises:
        KeyError: no theorem has the name.
    """
    for chapter in CHAPTERS:
        if any(theorem.name == name for theorem in chapter.theorems):
            return chapter
    raise KeyError(name)
