"""When a layer doubles, halves or keeps every size: the rules that a page lights up.

They are the conditions of an operator's scaling (`symconv.operators.scaling`), or follow from the
fraction that its output is of its input. Tests have Z3 prove that each does what it says, and try
small numbers to see that nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.reading import Blocks, Indexed
from symconv.operators.scaling import Condition, Grows, Scaling
from symconv.terms import Term, constant, variables


class Goal(NamedTuple):
    """What a layer may do to every size.

    Attributes:
        condition: when an operator's scaling does so, in ceil mode or not, where that is known.
        fraction: what the output is of the input: a numerator and a denominator.
    """

    condition: Callable[[Scaling, bool], Condition | None]
    fraction: tuple[int, int]


GOALS: Mapping[str, Goal] = {
    "doubles": Goal(lambda scaling, ceil: None if ceil else scaling.times(2), (2, 1)),
    "halves": Goal(lambda scaling, ceil: scaling.over(2, ceil=ceil), (1, 2)),
    "keeps": Goal(
        lambda scaling, ceil: scaling.over(1, ceil=True) if ceil else scaling.times(1), (1, 1)
    ),
}
"""Every size times two; every even size divided by two; every size as it is."""


EVEN = "even"
"""The goal of what is painted: far from the border all cells are met equally often."""
MOST_STEP = 100
"""Up to which stride a page tells whether paint is even: the primes up to there are looked at."""


def rules(operator: Operator) -> Iterator[dict[str, Any]]:
    """Yield when an operator meets each goal that it can meet.

    >>> from symconv.operators import OPERATORS
    >>> [(rule["goal"], rule["text"]) for rule in rules(OPERATORS["pixel_shuffle"])]
    [('doubles', 'upscale_factor == 2'), ('keeps', 'upscale_factor == 1')]
    """
    for name, goal in GOALS.items():
        for ceil, statement in _statements(operator, goal):
            yield {
                "goal": name,
                "ceil": ceil,
                "holds": statement,
                "text": text(statement, names="torch"),
            }
    if operator.scatters and (windows := operator.windows):
        even = windows.uniform_overlap(MOST_STEP) & (windows.step <= MOST_STEP)
        yield {"goal": EVEN, "ceil": False, "holds": even, "text": ""}


def _statements(operator: Operator, goal: Goal) -> Iterator[tuple[bool, Term]]:
    """Yield the statement of a goal, out of ceil mode and, where there is one, in it."""
    scaling = operator.scaling or _painting(operator)
    if scaling is None:
        fraction = _fraction(operator)
        statement = fraction and _equal(goal.fraction, fraction)
        if statement is not None:
            yield False, statement
        return
    for ceil in (False, True) if "ceil_mode" in variables(operator.size) else (False,):
        condition = goal.condition(scaling, ceil)
        if condition is not None:
            yield ceil, condition.statement


def _painting(operator: Operator) -> Scaling | None:
    """Return how windows that are put back by their indices scale."""
    if not isinstance(operator.reads, Indexed) or "W" not in variables(operator.size):
        return None
    windows = operator.reads.windows
    room = windows.step + windows.padding
    return Grows(stride=windows.step, painted=windows.extent, room=room)


def _fraction(operator: Operator) -> tuple[Term, Term] | None:
    """Return what the output is of the input, a numerator and a denominator, if it is that."""
    if operator.factor is not None:
        return operator.factor
    if isinstance(operator.reads, Blocks):
        side = operator.reads.side
        return (side, constant(1)) if operator.reads.spread else (constant(1), side)
    return None


def _equal(goal: tuple[int, int], fraction: tuple[Term, Term]) -> Term | None:
    """State that a fraction is that of a goal; nothing where no number makes it so."""
    (numerator, denominator), (above, below) = goal, fraction
    sides = _times(denominator, above), _times(numerator, below)
    letter, number = sides[::-1] if sides[0].word == "constant" else sides
    if number.word != "constant" or letter.word != "mul":
        return letter.eq(number)
    factor, rest = letter.args
    quotient, left = divmod(number.args[0], factor.args[0])
    return None if left else rest.eq(quotient)


def _times(factor: int, term: Term) -> Term:
    """Return a multiple of a letter or of a number."""
    if term.word == "constant":
        return constant(factor * term.args[0])
    return term if factor == 1 else factor * term
