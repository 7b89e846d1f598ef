"""The chapters of the book, and every theorem by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType

from symconv.book.statements import (
    article,
    composition,
    counting,
    duality,
    guide,
    recorded,
    rounding,
    upsampling,
)
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import STRUCTURAL, Structural

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


_SOURCES = (
    (counting, "Counting", "The floor is a count of windows, and what follows from that."),
    (
        guide,
        "The guide",
        "The fifteen relationships of Dumoulin and Visin, where i = W, k = F, s = S, p = P, d = D.",
    ),
    (duality, "Duality", "What a transposed convolution undoes, and what it does not."),
    (upsampling, "Upsampling and downsampling", "Which layers multiply or divide every size by n."),
    (composition, "Composition", "Layers one after the other are one floor."),
    (rounding, "Rounding and dialects", "Ceil modes, and the paddings of `SAME`."),
    (recorded, "Recorded sizes", "The rules by which the sizes of a model are kept short."),
    (article, "The article", "Its own examples and claims, and what people believe besides."),
)
"""Where the statements of each chapter stand, how it is headed, and what it is about."""


def _chapter(number: int, source: ModuleType, title: str, says: str) -> Chapter:
    theorems: tuple[Theorem, ...] = source.THEOREMS
    return Chapter(number, source.__name__.rpartition(".")[2], title, says, list(theorems))


CHAPTERS: list[Chapter] = [_chapter(number, *row) for number, row in enumerate(_SOURCES, 1)]
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


def stated(name: str) -> Theorem:
    """Return a theorem that is stated in the language of laws.

    Raises:
        KeyError: there is none of that name.
    """
    entry = THEOREMS[name]
    if not isinstance(entry, Theorem):
        raise KeyError(name)
    return entry


def chapter_of(name: str) -> Chapter:
    """Return the chapter in which a theorem stands.

    Raises:
        KeyError: no theorem has the name.
    """
    for chapter in CHAPTERS:
        if any(theorem.name == name for theorem in chapter.theorems):
            return chapter
    raise KeyError(name)
