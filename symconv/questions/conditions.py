"""Conditions of the user, each part by itself, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from symconv.errors import RequestError, shown
from symconv.meanings.notation import text
from symconv.questions.conflicts import Sentence
from symconv.questions.inputs import AXES
from symconv.reading.amounts import letter_of
from symconv.reading.conditions import read
from symconv.reading.constraints import Clause, split
from symconv.terms import Term, conjuncts, parts

GREATEST_NUMBER = 2**40
INPUTS = ("W", *AXES)
"""What input sizes are called, of which a condition on parameters says nothing."""
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
    ['you asked for F <= 8', 'you asked for stride == 2']
    """
    sentences: dict[str, Sentence] = {}
    for given in where if isinstance(where, (list, tuple)) else [where]:
        for clause in _clauses(given, known, words):
            says = f"you asked for {clause.says}"
            sentence = Sentence(says, clause.term, "condition", clause.place)
            _check_numbers(sentence)
            sentences.setdefault(says, sentence)
    return tuple(sentences.values())


def _clauses(given: Any, known: tuple[str, ...], words: Mapping[str, Term]) -> tuple[Clause, ...]:
    """Return the parts of a constraint, in their author's words where there are such."""
    if isinstance(given, str):
        try:
            return split(given, known, words)
        except RequestError as error:
            if error.place and letter_of(error.place.piece) in INPUTS:
                error.write = "Say which inputs by for_=; this is about the layers' parameters."
            raise
    each = conjuncts(read(given, known, words))
    return tuple(Clause(text(part, names="torch"), part) for part in each)


def _check_numbers(sentence: Sentence) -> None:
    for part in parts(sentence.term):
        if part.word == "constant" and abs(part.args[0]) > GREATEST_NUMBER:
            raise RequestError(
                "numbers up to 2**40 in constraints",
                f"{shown(part.args[0])} in «{sentence.says}»",
                "No layer is that large: drop it.",
                place=sentence.place,
            )
