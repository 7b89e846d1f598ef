"""Terms themselves as a meaning: a law put into another law."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from symconv.meanings.integers import compiled
from symconv.meanings.meaning import Meaning
from symconv.terms import WORDS, Term, TermLike, constant


def _entered(value: TermLike) -> Term:
    return value if isinstance(value, Term) else constant(value)


IDENTITY: dict[str, Callable[..., Any]] = {word: partial(Term, word) for word in WORDS} | {
    "constant": _entered
}

TERMS = Meaning("terms", IDENTITY, left=lambda term: compiled(term)())
"""Terms; what is measured has none."""
