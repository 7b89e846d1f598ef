"""Why a request has no answer: sentences that cannot hold together, none of them to spare.

Sentences are left out one by one, those of the law first. Where the others have a setting, which
elimination finds at once, the sentence is needed; where Z3 proves that they still contradict each
other, it is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from symconv.boxes import TimeUp, plan, rows
from symconv.layers.filling import parameters
from symconv.proving import Verdict, prove_by_parity
from symconv.proving.conflict import Conflict
from symconv.solving.listing import Listing
from symconv.solving.requests import Request
from symconv.solving.systems import System, search_order
from symconv.terms import Term, both, defined, substitute, variable, variables

SECONDS_A_QUESTION = 1.0
NEAR = 12
"""How far from 0 the letters of a witness are looked for."""
EXAMPLE_WEIGHT = 96
D_ADVANCES = variable("D") >= 1
"""What elimination takes for granted of a dilation."""
RANGES = (*(variable(one) >= 1 for one in "FSD"), *(variable(one) >= 0 for one in "PA"))


def conflict(request: Request, deadline: float) -> Conflict | None:
    """Return why nothing meets a request; `None` where nobody says so in time."""
    sentences = _ordered(request)
    kept, minimal = _filtered(sentences, deadline, _eliminates)
    if not contradict(kept, deadline).proved:  # Z3 has the last word
        if not contradict(sentences, deadline).proved:
            return None
        kept, minimal = _filtered(sentences, deadline, contradict)
    relaxations = tuple(_relaxations(request, list(kept), deadline))
    return Conflict(tuple(kept), minimal, relaxations)


def _ordered(request: Request) -> dict[str, Term]:
    """Return the sentences, first those that are spared first.

    What a law says of one letter alone comes last: without it, numbers that no layer can have
    would do, and freeing a default would seem to help.
    """
    ranges = {s: t for s, t in request.required.items() if t in RANGES}
    return {s: t for s, t in request.sentences.items() if s not in ranges} | ranges


def _filtered(
    kept: dict[str, Term], deadline: float, judge: Callable[[Mapping[str, Term], float], Verdict]
) -> tuple[dict[str, Term], bool]:
    """Leave out what can be spared; say whether it was seen that nothing else can."""
    minimal = True
    for sentence in tuple(kept):
        rest = {s: t for s, t in kept.items() if s != sentence}
        if _witness(rest, deadline):
            continue
        verdict = judge(rest, deadline)
        if verdict.proved:
            kept = rest
        minimal = minimal and verdict.word != "unknown"
    return kept, minimal


def _eliminates(sentences: Mapping[str, Term], deadline: float) -> Verdict:
    """Say whether sentences contradict each other: by elimination where it sees that, or by Z3."""
    statement, letters = _open(sentences)
    found = plan(statement, letters)
    if found.clash or (found.empty and ("D" not in letters or D_ADVANCES in sentences.values())):
        return Verdict("proved", "elimination")
    return contradict(sentences, deadline)


def _put_in(sentences: Mapping[str, Term]) -> tuple[dict[Term, Term], list[Term]]:
    """Put the numbers that sentences give to letters into the others."""
    numbers = {
        term.args[0]: term.args[1]
        for term in sentences.values()
        if term.word == "eq" and term.args[0].word == "variable" and term.args[1].word == "constant"
    }
    given = [substitute(defined(term) & term, numbers) for term in sentences.values()]
    return numbers, given


def _open(sentences: Mapping[str, Term]) -> tuple[Term, tuple[str, ...]]:
    """Return all sentences as one, with their numbers put in, and the letters that are left."""
    numbers, given = _put_in(sentences)
    agree = [substitute(t, numbers) for t in sentences.values() if t.word == "eq"]
    letters = (name for name in variables(*given) if variable(name) not in numbers)
    return both(*given, *agree), search_order(letters)


def contradict(sentences: Mapping[str, Term], deadline: float) -> Verdict:
    """Say whether some sentences cannot hold together: proved, refuted or unknown."""
    numbers, given = _put_in(sentences)
    agree = [number.eq(value) for number, value in numbers.items()]
    left = min(SECONDS_A_QUESTION, deadline - time.monotonic())
    return prove_by_parity(~both(), [*given, *agree], ("D", "F"), seconds=max(left, 0.001))


def _witness(sentences: Mapping[str, Term], deadline: float) -> bool:
    """Whether letters near 0 meet some sentences; what is not found here may still exist."""
    statement, letters = _open(sentences)
    low = {name: 1 if name in "FSD" else -NEAR for name in letters}
    box = [(variable(name) >= low[name]) & (variable(name) <= NEAR) for name in letters]
    if not letters:
        return False
    try:
        found = rows(plan(both(statement, *box), letters), deadline)
        return any(len(next(iter(block.values()))) for block in found)
    except TimeUp:
        return False


def _relaxations(request: Request, kept: list[str], deadline: float) -> list[dict[str, Any]]:
    """Give up one sentence at a time that the user or torch's defaults put there."""
    found = []
    for sentence in kept:
        if sentence not in request.asked and sentence not in request.chosen:
            continue
        rest = {s: t for s, t in request.sentences.items() if s != sentence}
        example = _least(request, rest, deadline)
        if example:
            changed = {
                letter: value
                for letter, value in example.items()
                if request.fixed.get(letter) != value
            }
            said = ", ".join(f"{name} = {value}" for name, value in parameters([changed]).items())
            change = f"without «{sentence}»: {said}" if said else f"without «{sentence}»"
            found.append({"change": change, "example": parameters([example])})
    return found


def _least(
    request: Request, sentences: Mapping[str, Term], deadline: float
) -> dict[str, int] | None:
    """Return the least setting that meets some sentences, if a small one does."""
    numbers, given = _put_in(sentences)
    fixed = {one.args[0]: value.args[0] for one, value in numbers.items()}
    fixed |= {"ceil_mode": request.fixed["ceil_mode"]} if "ceil_mode" in request.fixed else {}
    statement = both(*given, *(t for t in sentences.values() if t.word == "eq"))
    one = System(statement, fixed, request.letters, request.operator.kernel)
    listing = Listing([one], min(deadline, time.monotonic() + SECONDS_A_QUESTION))
    found = listing.first(EXAMPLE_WEIGHT)
    return None if found is None else {letter: int(found[letter][0]) for letter in request.letters}
