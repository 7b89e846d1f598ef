"""Clauses for all sizes: what they say of the letters, once no size is left in them.

A clause of lines `a*W + b >= 0` fails for some sizes in a row; where it fails at all, it fails at
the first size from which every falling line is below 0 (Loos and Weispfenning, "Applying linear
quantifier elimination", 1993). So it holds for all sizes from 1 on just when it holds at 1 and at
the first size at which each falling line is below 0. One line alone, `a*W + b >= 0`, holds for all
sizes just when `a >= 0` and it holds at 1.

With a remainder in it a line goes down or up until the remainder begins anew, and on the whole as
its slope does: it holds for all sizes just when the slope is not negative and it holds at the first
size, at the first one with the least remainder and at the first one with the greatest.
"""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

import sympy

from symconv.meanings.symbols import term_of
from symconv.rules.amounts import number
from symconv.rules.clauses import Clause, Clauses, any_of, beyond, holds, surely
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floored
from symconv.rules.lines import Line, Turning, line
from symconv.terms import Term, constant, maximum, where

DEEPEST = 4
"""How many signs of slopes are told apart in one clause."""
FIRST = sympy.Integer(1)


class Lines(NamedTuple):
    """A clause about one size: lines, and numbers in which the size is not."""

    lines: tuple[Line, ...]
    others: Clause


class Told(NamedTuple):
    """A condition on the letters, and the sizes that tell it: what is asked there needs it."""

    condition: Clauses
    sizes: tuple[Term, ...]

    def unless(self, others: Clauses) -> Told:
        """Return the same where something else may hold instead."""
        return Told(any_of(others, self.condition), self.sizes)


def lines_of(clause: Clause, over: Number) -> Lines:
    """Return a clause as lines."""
    lines = tuple(line(number, over) for number in clause if number.has(over))
    return Lines(lines, tuple(number for number in clause if not number.has(over)))


def rising(clause: Lines) -> Number | None:
    """Return the slope that must not be negative: that of all lines that do not surely fall."""
    slopes = {each.slope for each in clause.lines if not surely(-each.slope, 1)}
    return slopes.pop() if len(slopes) == 1 and not clause.others else None


def for_all(clause: Lines, facts: Facts) -> list[Told]:
    """Return what a clause says that holds for all sizes from 1 on, with a size that tells it.

    Raises:
        UndecidedError: it is out of reach.
    """
    others = holds(*clause.others)
    if not clause.lines:
        return [Told(others, (constant(1),))]
    turning = [each for each in clause.lines if isinstance(each, Turning)]
    straight = tuple(each for each in clause.lines if not isinstance(each, Turning))
    conditions = _turning(turning, straight, facts) if turning else _straight(straight, facts, 0)
    return [each.unless(others) for each in conditions]


def far(line: Line) -> Term:
    """Return a size at which a line is below 0, if it falls."""
    start = term_of(line.start)
    size = maximum(start, -start) + 1
    if not isinstance(line, Turning):
        return size
    times = term_of(line.times)
    return size + maximum(times, -times) * term_of(line.turn.period)


def _straight(lines: tuple[Line, ...], facts: Facts, depth: int) -> list[Told]:
    """Return what lines say of which one is at least 0 at every size."""
    first = Told(holds(*(each.at(FIRST, facts) for each in lines)), (constant(1),))
    if len({each.slope for each in lines}) == 1:
        size = reduce(maximum, map(far, lines))
        return [Told(holds(lines[0].slope), (size,)), first]
    falling: list[Line] = []
    for each in lines:
        if facts.at_least(each.slope, 0):
            continue
        if not facts.at_least(-each.slope, 1):
            return _either_way(lines, each, facts, depth)
        falling.append(each)
    conditions = [first]
    for each in falling:
        past = _past(each, facts)
        there = (other.at(past, facts) for other in lines if other is not each)
        size = where(term_of(each.slope) < 0, term_of(past), 1)
        conditions.append(Told(holds(-past, *there), (size,)))
    return conditions


def _past(line: Line, facts: Facts) -> Number:
    """Return the first size at which a falling line is below 0."""
    return floored(line.start, -line.slope, facts) + 1


def _either_way(lines: tuple[Line, ...], one: Line, facts: Facts, depth: int) -> list[Told]:
    """Tell apart whether a line falls."""
    if depth == DEEPEST:
        raise beyond("too many slopes whose signs are not known")
    rises = facts.and_also(term_of(one.slope) >= 0)
    falls = facts.and_also(term_of(one.slope) < 0)
    return [
        *(each.unless(holds(-one.slope - 1)) for each in _straight(lines, rises, depth + 1)),
        *(each.unless(holds(one.slope)) for each in _straight(lines, falls, depth + 1)),
    ]


def _turning(turning: list[Turning], others: tuple[Line, ...], facts: Facts) -> list[Told]:
    """Return what lines say of which all that do not surely fall go round alike."""
    if len({each.ways for each in turning}) > 1:
        raise beyond("remainders that go round differently")
    if not all(facts.at_least(-each.slope, 1) for each in others):
        raise beyond("a remainder beside something that grows")
    slope, times, turn = turning[0].slope, turning[0].times, turning[0].turn
    starts = [FIRST, *(_past(each, facts) for each in others)]
    if facts.at_least(slope, 0) and facts.at_least(-slope, 0):
        begin = maximum(*map(term_of, starts)) if others else constant(1)
        return [
            Told(
                holds(*(each.start + times * end for each in turning)),
                (turn.first(begin, end),),
            )
            for end in turn.ends(facts)
        ]
    least, greatest = turn.ends(facts)
    if turn.step.is_Integer and turn.step not in (turn.common, -turn.common):
        raise beyond(f"a remainder by {turn.period} of {turn.step} times the size")
    conditions = [Told(holds(slope), (reduce(maximum, map(far, (*turning, *others))),))]
    for start in starts:
        for rest in (None, least, greatest):
            size = start if rest is None else number(turn.first(term_of(start), rest), facts)
            met = (each.at(size, facts) for each in (*turning, *others))
            conditions.append(Told(holds(-size, *met), (term_of(size),)))
    return conditions
