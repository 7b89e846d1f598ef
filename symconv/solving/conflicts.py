"""Why a problem has no answer: which sentences contradict each other, and the ways out.

A sentence is needed where the others have a setting, which elimination finds at once; it is not
where Z3 proves that they still contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from symconv.boxes.columns import rows
from symconv.boxes.plan import plan
from symconv.proving import Clock, Verdict, prove_by_parity
from symconv.questions.conflicts import Conflict, Relaxation, Sentence, minimal
from symconv.solving.listing import Listing
from symconv.solving.problem import Problem
from symconv.solving.systems import System, search_order
from symconv.solving.taking import taken_by
from symconv.terms import Term, both, defined, substitute, variable, variables

SECONDS_A_QUESTION = 1.0
"""How long it is asked whether a sentence is needed; that there is no answer has all the time."""
NEAR = 12
"""How far from 0 the letters of a witness are looked for."""
EXAMPLE_WEIGHT = 96
D_ADVANCES = variable("D") >= 1
"""What elimination takes for granted of a dilation."""
RANGES = (*(variable(name) >= 1 for name in "FSD"), *(variable(name) >= 0 for name in "PA"))
PROVED = "Z3 proves it."
ADVISED = ("default", "written", "choice", "condition")
"""The kinds of sentences that somebody can give up."""


def conflict(problem: Problem, clock: Clock) -> Conflict | None:
    """Return why nothing meets a problem; `None` where nobody says so in time."""
    sentences = _ordered(problem.sentences)
    kept, sure = minimal(sentences, partial(_possible, judge=_eliminates, clock=clock))
    if clock.over:
        return None
    if not contradict(kept, clock).proved:  # Z3 has the last word
        if not contradict(sentences, clock).proved:
            return None
        kept, sure = minimal(sentences, partial(_possible, judge=contradict, clock=clock))
    return Conflict(kept, sure, tuple(_relaxations(problem, kept, clock)), ground=PROVED)


def _ordered(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences, first those that are spared first.

    What a law says of one letter alone comes last: without it, numbers that no layer can have
    would do, and freeing a default would seem to help.
    """
    ranges = [sentence for sentence in sentences if sentence.term in RANGES]
    return (*(sentence for sentence in sentences if sentence not in ranges), *ranges)


_Judge = Callable[[Sequence[Sentence], Clock], Verdict]


def _possible(sentences: Sequence[Sentence], judge: _Judge, clock: Clock) -> bool | None:
    """Say whether sentences can hold together."""
    if clock.over:
        return None
    if _witness(sentences, clock):
        return True
    word = judge(sentences, Clock(min(SECONDS_A_QUESTION, clock.left))).word
    return {"proved": False, "refuted": True}.get(word)


def _eliminates(sentences: Sequence[Sentence], clock: Clock) -> Verdict:
    """Say whether sentences contradict each other: by elimination where it sees that, or by Z3."""
    statement, letters = _open(sentences)
    planned = plan(statement, letters)
    advances = "D" not in letters or any(sentence.term == D_ADVANCES for sentence in sentences)
    if planned.clash or (planned.empty and advances):
        return Verdict("proved", "elimination")
    return contradict(sentences, clock)


def _put_in(sentences: Sequence[Sentence]) -> tuple[dict[Term, Term], list[Term]]:
    """Put the numbers that sentences give to letters into the others."""
    terms = [sentence.term for sentence in sentences]
    numbers = {
        term.args[0]: term.args[1]
        for term in terms
        if term.word == "eq" and term.args[0].word == "variable" and term.args[1].word == "constant"
    }
    given = [substitute(defined(term) & term, numbers) for term in terms]
    return numbers, given


def _equations(sentences: Sequence[Sentence]) -> list[Term]:
    return [sentence.term for sentence in sentences if sentence.term.word == "eq"]


def _open(sentences: Sequence[Sentence]) -> tuple[Term, tuple[str, ...]]:
    """Return all sentences as one, with their numbers put in, and the letters that are left."""
    numbers, given = _put_in(sentences)
    agree = [substitute(term, numbers) for term in _equations(sentences)]
    letters = (name for name in variables(*given) if variable(name) not in numbers)
    return both(*given, *agree), search_order(letters)


def contradict(sentences: Sequence[Sentence], clock: Clock) -> Verdict:
    """Say whether some sentences cannot hold together: proved, refuted or unknown."""
    numbers, given = _put_in(sentences)
    agree = [number.eq(value) for number, value in numbers.items()]
    return prove_by_parity(~both(), [*given, *agree], ("D", "F"), seconds=clock.left)


def _witness(sentences: Sequence[Sentence], clock: Clock) -> bool:
    """Whether letters near 0 meet some sentences; what is not found here may still exist."""
    statement, letters = _open(sentences)
    low = {name: 1 if name in "FSD" else -NEAR for name in letters}
    box = [(variable(name) >= low[name]) & (variable(name) <= NEAR) for name in letters]
    if not letters:
        return False
    return any(
        len(next(iter(block.values())))
        for block in rows(plan(both(statement, *box), letters), clock)
    )


def _relaxations(problem: Problem, kept: Sequence[Sentence], clock: Clock) -> list[Relaxation]:
    """Return what can be given up, with the least setting that this makes possible."""
    ways = []
    for sentence in kept:
        if sentence.kind not in ADVISED:
            continue
        rest = [other for other in problem.sentences if other is not sentence]
        example = _least(problem, rest, clock)
        if example:
            changed = {
                problem.layer.parameter_of(letter)
                for letter, value in example.items()
                if problem.fixed.get(letter) != value
            }
            numbers = problem.layer.named([example]).items()
            says = ", ".join(f"{name} = {value}" for name, value in numbers if name in changed)
            ways.append(Relaxation(sentence.says, problem.layer.named([example]), says))
    return ways


def _least(problem: Problem, sentences: Sequence[Sentence], clock: Clock) -> dict[str, int] | None:
    """Return the least setting that meets some sentences, if a small one does."""
    numbers, given = _put_in(sentences)
    fixed = {letter.args[0]: value.args[0] for letter, value in numbers.items()}
    if "ceil_mode" in problem.fixed:
        fixed["ceil_mode"] = problem.fixed["ceil_mode"]
    statement = both(*given, *_equations(sentences))
    system = System(statement, fixed, problem.letters, problem.order)
    soon = Clock(min(SECONDS_A_QUESTION, clock.left))
    for settings in Listing([system], soon).blocks(EXAMPLE_WEIGHT):
        for setting in settings:
            if not problem.proved_one_by_one or taken_by(problem, setting, soon).suits:
                return dict(setting)
            if soon.over:
                return None
    return None
