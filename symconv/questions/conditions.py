"""Conditions of the user, each part by itself, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from symconv.errors import RequestError, shown
from symconv.families.family import read
from symconv.meanings.notation import text
from symconv.questions.conflicts import Sentence
from symconv.terms import Term, conjuncts, parts

GREATEST_NUMBER = 2**40
MOST_PARTS = 2000
"""Conditions of more parts than this no layer has anything to do with."""
_NONE: Mapping[str, Term] = MappingProxyType({})


def conditions(
    where: Any, known: tuple[str, ...], words: Mapping[str, Term] = _NONE
) -> tuple[Sentence, ...]:
    """Read constraints; several that are joined by `and` become a sentence each.

    Args:
        where: one constraint or several: texts, SymPy relations or terms.
        known: the letters that may appear.
        words: names that stand for a term each.

    Raises:
        RequestError: one of them is none, or has numbers that no layer has to do with.

    >>> [sentence.says for sentence in conditions("F <= 8 and stride == 2", ("F", "S"))]
    ['you asked for kernel_size <= 8', 'you asked for stride == 2']
    """
    sentences: dict[str, Sentence] = {}
    for given in where if isinstance(where, (list, tuple)) else [where]:
        term = read(given, known, words)
        each = conjuncts(term)
        for part in each:
            written = isinstance(given, str) and len(each) == 1
            says = f"you asked for {given.strip() if written else text(part, names='torch')}"
            _check_numbers(says, part)
            sentences.setdefault(says, Sentence(says, part, "condition"))
    return tuple(sentences.values())


def _check_numbers(says: str, term: Term) -> None:
    for part in parts(term):
        if part.word == "constant" and abs(part.args[0]) > GREATEST_NUMBER:
            raise RequestError(
                "numbers up to 2**40 in constraints",
                f"{shown(part.args[0])} in «{says}»",
                "No layer is that large: drop it.",
            )
