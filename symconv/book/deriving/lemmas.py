"""What the steps of all derivations claim, each once: Coq is asked these statements, too."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.book.deriving.drafts import DERIVATIONS, draft_of
from symconv.book.statements.chapters import CHAPTERS, THEOREMS, Chapter
from symconv.book.statements.statement import Theorem
from symconv.operators import OPERATORS

_written: dict[tuple[int, ...], tuple[Theorem, ...]] = {}
"""The statements, by the operators and theorems that there were: these are values that stay."""


def derived() -> Chapter:
    """Return these statements as a chapter, whose file Coq compiles; the book does not list it.

    What a step claims that is a theorem of the book stands there, and not here again.
    """
    title, says = "Derivations", "The steps of the derivations of size laws."
    return Chapter(len(CHAPTERS) + 1, title.lower(), title, says, list(_lemmas()))


def _lemmas() -> tuple[Theorem, ...]:
    known = (*map(id, OPERATORS.values()), *map(id, THEOREMS.values()))
    if known not in _written:
        said: dict[tuple[object, ...], Theorem] = {}
        for theorem in _claimed():
            if THEOREMS.get(theorem.name) != theorem:
                said.setdefault((theorem.claim, frozenset(theorem.hypotheses)), theorem)
        _written.clear()
        _written[known] = tuple(said.values())
    return _written[known]


def _claimed() -> Iterator[Theorem]:
    for name in DERIVATIONS:
        for step in draft_of(name).steps:
            if step.theorem is not None:
                yield step.theorem
