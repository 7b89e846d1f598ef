"""The chapters of the book, and every theorem by its name."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Attributes:
        number: from 1 on.
        name: one word, also the name of its Coq file, with a capital letter.
        title: how it is headed.
        says: what it is about, in a sentence.
        theorems: what is proved, in order; the structural statements come last.
    """

    number: int
    name: str
    title: str
    says: str
    theorems: tuple[Entry, ...]


_SOURCES = (counting, guide, duality, upsampling, composition, rounding, article)


def _chapter(number: int, source: object) -> Chapter:
    module = str(source.__name__)  # type: ignore[attr-defined]
    name = module.rpartition(".")[2]
    first = str(source.__doc__).partition("\n")[0]
    title, _, says = first.partition(": ")
    own = tuple(one for one in STRUCTURAL if one.chapter == name)
    terms: tuple[Theorem, ...] = source.THEOREMS  # type: ignore[attr-defined]
    says = says[:1].upper() + says[1:]
    return Chapter(number, name, title.partition(", ")[2] or title, says, (*terms, *own))


CHAPTERS: tuple[Chapter, ...] = tuple(
    _chapter(number, source) for number, source in enumerate(_SOURCES, 1)
)
THEOREMS: dict[str, Entry] = {one.name: one for chapter in CHAPTERS for one in chapter.theorems}
"""Every theorem, by name."""
