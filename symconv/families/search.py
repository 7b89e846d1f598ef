"""Z3 searches integer points in order.

Every point of a set has a *key*, an integer from 0; points come by rising key, those of one key
in the order of their values. So each point has a finite place, even in an infinite set, as long as
only finitely many points share a key.
"""

from __future__ import annotations

from collections.abc import Iterator

import z3

from symconv.errors import UndecidedError
from symconv.proving.clock import Clock
from symconv.proving.z3prover import holds
from symconv.proving.z3question import Question
from symconv.terms import Term, variables

Point = dict[str, int]
GREATEST_KEY = 2**40
"""A set with points of larger keys is taken for infinite."""


class Undecided(UndecidedError):  # noqa: N818  (not an error: an answer of its own)
    """The search stopped before it was certain."""


def search(
    statement: Term,
    names: tuple[str, ...],
    key: Term,
    seconds: float,
) -> Iterator[Point]:
    """Yield the integer points for which a statement holds, by rising key.

    Args:
        statement: what must hold; with the key it must bound the names.
        names: what a point gives values to, most significant first.
        key: never negative where the statement holds.
        seconds: the time limit for the whole search.

    Raises:
        Undecided: the time limit was reached, or Z3 gave up.
    """
    question = Question(Clock(seconds))
    question.add(statement, key >= 0)
    rank = question.smt(key)
    for name in names:
        question.smt_name(name)
    while (least := _least(question, rank)) is not None:
        question.solver.push()
        question.solver.add(rank == least)
        level = []
        while _answer(question) == "sat":
            point = question.values(names)
            level.append(point)
            another = [question.smt_name(name) != value for name, value in point.items()]
            question.solver.add(z3.Or(another, question.context))
        question.solver.pop()
        yield from sorted(level, key=lambda point: tuple(point[name] for name in names))
        question.solver.add(rank > least)


def bounded(statement: Term, key: Term, seconds: float) -> bool | None:
    """Say whether no point has a key above `GREATEST_KEY`; `None` where Z3 does not know."""
    beyond = possible(statement & (key > GREATEST_KEY), seconds)
    return None if beyond is None else not beyond


def possible(statement: Term, seconds: float) -> bool | None:
    """Say whether a statement holds for any integers; `None` where Z3 does not know."""
    question = Question(Clock(seconds))
    question.add(statement)
    answer = question.check()
    if answer == "sat":
        point = _point(question, variables(statement))
        return True if point is not None and holds(statement, point) else None
    return None if answer == "unknown" else False


def _point(question: Question, names: tuple[str, ...]) -> Point | None:
    """Return what was found, if Python can read its numbers."""
    return None if question.values_are_long(names) else question.values(names)


def _answer(question: Question) -> str:
    answer = question.check()
    if answer == "unknown":
        raise Undecided(
            "all settings that meet the conditions",
            question.why_unknown,
            "Bound every letter, take the first ones with itertools.islice, or allow more seconds.",
        )
    return answer


def _least(question: Question, rank: z3.ArithRef) -> int | None:
    """Return the least key that is left, by halving the distance to one that was found."""
    if _answer(question) == "unsat":
        return None
    low, high = 0, _key(question, rank)
    while low < high:
        middle = min((low + high) // 2, 2 * low + 8)
        question.solver.push()
        question.solver.add(rank <= middle)
        if _answer(question) == "sat":
            high = _key(question, rank)
        else:
            low = middle + 1
        question.solver.pop()
    return high


def _key(question: Question, rank: z3.ArithRef) -> int:
    """Return the key of the point that Z3 just found."""
    return int(question.checked_solver.model().eval(rank, model_completion=True).as_long())
