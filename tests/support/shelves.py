"""The book changed within a test: theorems are put in, replaced or taken out, then put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from symconv.book.statements.chapters import CHAPTERS, THEOREMS, chapter_of
from symconv.book.statements.structural import STRUCTURAL, Structural


@contextmanager
def put_back() -> Iterator[None]:
    """Leave the book as it was."""
    shelves = [STRUCTURAL, *(chapter.statements for chapter in CHAPTERS)]
    before = [list(shelf) for shelf in shelves]
    try:
        yield
    finally:
        for shelf, known in zip(shelves, before, strict=True):
            shelf[:] = known


def change(name: str, **changes: Any) -> None:
    """Change a theorem, or a structural statement, where it stands."""
    old = THEOREMS[name]
    shelf: list[Any] = STRUCTURAL if isinstance(old, Structural) else chapter_of(name).statements
    shelf[shelf.index(old)] = replace(old, **changes)
