"""Numbers put into a statement: whether its parts hold for them."""

from __future__ import annotations

from collections.abc import Mapping

from symconv.meanings.integers import PLAIN
from symconv.statements.statement import Theorem, terms_of
from symconv.terms import Term, variables

_SIGNS = {"eq": ("=", "is not"), "le": ("<=", ">"), "lt": ("<", ">=")}


def letters_of(theorem: Theorem) -> tuple[str, ...]:
    """Return every letter of a statement, those too that it binds."""
    return variables(*terms_of(theorem.claim), *theorem.hypotheses)


def evaluated(term: Term, numbers: Mapping[str, int]) -> str:
    """Say what a statement comes to, if all of its letters have numbers.

    >>> from symconv.terms import sizes
    >>> W, F = sizes("W F")
    >>> evaluated(W // 2 <= F, {"W": 7, "F": 5})
    '   [3 <= 5: true]'
    """
    if not numbers or not set(variables(term)) <= set(numbers):
        return ""
    try:
        truth = PLAIN.evaluate(term, numbers)
        sides = [PLAIN.evaluate(one, numbers) for one in term.args]
    except ZeroDivisionError:
        return "   [a division by zero]"
    shown = ""
    if term.word in _SIGNS:
        shown = f"{sides[0]} {_SIGNS[term.word][0 if truth else 1]} {sides[1]}: "
    return f"   [{shown}{'true' if truth else 'false'}]"
