"""Numbers for a statement: drawn from its hypotheses, or its counterexample; and terms computed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from symconv.book.statements.calls import Call, folded
from symconv.book.statements.statement import All, Iff, Side, Some, Theorem
from symconv.meanings.integers import PLAIN
from symconv.terms import Term, conjuncts, variables

DRAWS = 20_000
"""How often numbers are drawn for the samples of one theorem."""
LARGEST = 12


def value_or_none(term: Term, numbers: Mapping[str, int]) -> Any:
    """Return what a term comes to, or nothing where that is a division by zero."""
    try:
        return PLAIN.evaluate(term, numbers)
    except ZeroDivisionError:
        return None


def true(term: Term, numbers: Mapping[str, int]) -> bool:
    """Whether a condition holds; one with a division by zero does not."""
    return bool(value_or_none(term, numbers))


def sides(claim: Any) -> tuple[Side, ...]:
    """Return both sides of an equivalence, and any other claim alone."""
    return (claim.left, claim.right) if isinstance(claim, Iff) else (claim,)


def calls(theorem: Theorem) -> Iterator[Call]:
    """Return every law in a claim, with what it is applied to."""
    for side in sides(theorem.claim):
        waiting = [side.body if isinstance(side, All | Some) else side]
        while waiting:
            for call in folded(waiting.pop())[1].values():
                yield call
                waiting += call.arguments


def drawn(theorem: Theorem, rng: random.Random) -> Iterator[dict[str, int] | None]:
    """Return the counterexample of a false statement, or else numbers drawn for it.

    Half of these meet the simple conditions claimed, too. A draw that does not meet the hypotheses
    is none.
    """
    if theorem.expected == "refuted":
        yield dict.fromkeys(theorem.letters, 0) | dict(theorem.counterexample)
        return
    given = theorem.hypotheses
    wanted = [
        one for side in sides(theorem.claim) if isinstance(side, Term) for one in conjuncts(side)
    ]
    for turn in range(DRAWS):
        numbers = {name: _one(name, rng) for name in theorem.letters}
        for one in (*given, *(wanted if turn % 2 else ())):
            _assign(one, numbers)
        yield numbers if all(true(one, numbers) for one in given) else None


def _one(name: str, rng: random.Random) -> int:
    return rng.randint(1, LARGEST) if name[0] in "Wxyn" else rng.randint(0, 4)


def _assign(one: Term, numbers: dict[str, int]) -> None:
    """Meet `letter = term` by giving the letter its value."""
    if one.word == "eq" and one.args[0].word == "variable" and one.args[0].args[0] in numbers:
        letter, term = one.args
        if letter.args[0] not in variables(term) and set(variables(term)) <= set(numbers):
            numbers[letter.args[0]] = value_or_none(term, numbers) or 0
