"""Why a request has no answer: sentences that cannot hold together, none of them to spare."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symconv.families import Undecided, search
from symconv.proving import Verdict, prove_by_parity
from symconv.solving.order import weight
from symconv.solving.requests import Request
from symconv.terms import Term, both, defined, substitute
from symconv.vocabulary import VOCABULARY

SECONDS_A_QUESTION = 1.0


@dataclass(frozen=True)
class Conflict:
    """Sentences that contradict each other.

    Attributes:
        sentences: the sentences.
        minimal: whether Z3 showed that without any one of them the others hold together.
        relaxations: for what can be given up, the least setting that it makes possible.
    """

    sentences: tuple[str, ...]
    minimal: bool
    relaxations: tuple[dict[str, Any], ...]


def conflict(request: Request, deadline: float) -> Conflict | None:
    """Return why nothing meets a request; `None` where Z3 does not say so in time.

    Sentences are left out one by one, those of the law first: what cannot be spared is the reason.
    """
    kept, minimal = dict(request.sentences), True
    if not _contradict(kept, deadline).proved:
        return None
    for sentence in request.sentences:
        rest = {s: t for s, t in kept.items() if s != sentence}
        verdict = _contradict(rest, deadline)
        if verdict.proved:
            kept = rest
        minimal = minimal and verdict.word != "unknown"
    return Conflict(tuple(kept), minimal, tuple(_relaxations(request, list(kept), deadline)))


def _contradict(sentences: Mapping[str, Term], deadline: float) -> Verdict:
    """Say whether some sentences cannot hold together: proved, refuted or unknown."""
    numbers = {
        term.args[0]: term.args[1]
        for term in sentences.values()
        if term.word == "eq" and term.args[0].word == "variable" and term.args[1].word == "constant"
    }
    given = [term & defined(term) for term in sentences.values()]
    put_in = [substitute(term, numbers) for term in given]
    agree = [number.eq(value) for number, value in numbers.items()]
    left = min(SECONDS_A_QUESTION, deadline - time.monotonic())
    return prove_by_parity(~both(), [*put_in, *agree], ("D", "F"), seconds=max(left, 0.001))


def _relaxations(request: Request, kept: list[str], deadline: float) -> list[dict[str, Any]]:
    """Give up one sentence at a time that the user or torch's defaults put there."""
    found = []
    for sentence in kept:
        if not _given_up(request, sentence):
            continue
        rest = {s: t for s, t in request.sentences.items() if s != sentence}
        example = _least(request, rest, deadline)
        if example:
            changed = ", ".join(
                f"{VOCABULARY[letter].torch} = {value}"
                for letter, value in example.items()
                if request.fixed.get(letter) != value
            )
            named = {VOCABULARY[letter].torch: value for letter, value in example.items()}
            found.append({"change": f"without «{sentence}»: {changed}", "example": named})
    return found


def _given_up(request: Request, sentence: str) -> bool:
    return sentence in request.asked or sentence in request.chosen


def _least(
    request: Request, sentences: Mapping[str, Term], deadline: float
) -> dict[str, int] | None:
    statement = both(*(one & defined(one) for one in sentences.values()))
    order = weight(request.letters, transposed=request.operator.name == "conv_transpose")
    try:
        left = min(SECONDS_A_QUESTION, deadline - time.monotonic())
        return next(search(statement, request.letters, order, max(left, 0.001)), None)
    except Undecided:
        return None
