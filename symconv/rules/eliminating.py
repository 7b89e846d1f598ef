"""Clauses for all sizes: what they say of the letters, once no size is left in them.

A clause of lines `a*W + b >= 0` fails for some sizes in a row; where it fails at all, it fails at
the first size from which every falling line is below 0 (Loos and Weispfenning, "Applying linear
quantifier elimination", 1993). So it holds for all sizes from 1 on just when it holds at 1 and at
the first size at which each falling line is below 0. One line alone, `a*W + b >= 0`, holds for all
sizes just when `a >= 0` and it holds at 1.

With a remainder in it a line goes down or up between two sizes that have the remainder 0, and on
the whole as its slope does: it holds for all sizes just when the slope is not negative and it holds
at the first size, at the first one with remainder 0 and at the first one with the greatest.
"""

from __future__ import annotations

from typing import NamedTuple

import sympy

from symconv.meanings.symbols import term_of
from symconv.rules.clauses import ALWAYS, Clause, Clauses, all_of, any_of, beyond, holds, surely
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floored
from symconv.rules.lines import ZERO, Line, line

DEEPEST = 4
"""How many signs of slopes are told apart in one clause."""
FIRST = sympy.Integer(1)


class Lines(NamedTuple):
    """A clause about one size: lines, and numbers in which the size is not."""

    lines: tuple[Line, ...]
    others: Clause


def lines_of(clause: Clause, over: Number, facts: Facts) -> Lines:
    """Return a clause as lines."""
    lines = tuple(line(number, over, facts) for number in clause if number.has(over))
    return Lines(lines, tuple(number for number in clause if not number.has(over)))


def rising(clause: Lines) -> Number | None:
    """Return the slope that must not be negative: that of all lines that do not surely fall."""
    slopes = {each.slope for each in clause.lines if not surely(-each.slope, 1)}
    return slopes.pop() if len(slopes) == 1 and not clause.others else None


def for_all(clause: Lines, facts: Facts) -> Clauses:
    """Return what a clause says that holds for all sizes from 1 on.

    Raises:
        UndecidedError: it is out of reach.
    """
    if not clause.lines:
        return holds(*clause.others)
    turning = [each for each in clause.lines if each.turn]
    lines = clause.lines if not turning else tuple(each for each in clause.lines if not each.turn)
    others = holds(*clause.others)
    if turning:
        return any_of(others, _turning(turning, lines, facts))
    return any_of(others, _straight(lines, facts, 0))


def _straight(lines: tuple[Line, ...], facts: Facts, depth: int) -> Clauses:
    """Return what lines say of which one is at least 0 at every size."""
    if len({each.slope for each in lines}) == 1:
        return all_of(holds(lines[0].slope), holds(*(each.at(FIRST, facts) for each in lines)))
    falling: list[Line] = []
    for each in lines:
        if facts.at_least(each.slope, 0):
            continue
        if not facts.at_least(-each.slope, 1):
            return _either_way(lines, each, facts, depth)
        falling.append(each)
    told = [holds(*(each.at(FIRST, facts) for each in lines))]
    for each in falling:
        past = floored(each.start, -each.slope, facts) + 1
        there = (other.at(past, facts) for other in lines if other is not each)
        told.append(holds(-past, *there))
    return all_of(*told)


def _either_way(lines: tuple[Line, ...], one: Line, facts: Facts, depth: int) -> Clauses:
    """Tell apart whether a line falls."""
    if depth == DEEPEST:
        raise beyond("too many slopes whose signs are not known")
    rises = facts.and_also(term_of(one.slope) >= 0)
    falls = facts.and_also(term_of(one.slope) < 0)
    return all_of(
        any_of(holds(-one.slope - 1), _straight(lines, rises, depth + 1)),
        any_of(holds(one.slope), _straight(lines, falls, depth + 1)),
    )


def _turning(turning: list[Line], others: tuple[Line, ...], facts: Facts) -> Clauses:
    """Return what lines say of which all that do not surely fall go round alike."""
    if len({each.ways for each in turning}) > 1:
        raise beyond("remainders that go round differently")
    if not all(facts.at_least(-each.slope, 1) for each in others):
        raise beyond("a remainder beside something that grows")
    slope, times, turn = turning[0].ways
    assert turn is not None
    if facts.at_least(slope, 0) and facts.at_least(-slope, 0):
        ends = turn.ends(facts)
        return all_of(
            *(holds(*(each.start + times * end for each in turning)) for end in ends)
        )
    if turn.step not in (1, -1):
        raise beyond(f"a remainder by {turn.period} of {turn.step} times the size")
    starts = [FIRST, *(floored(each.start, -each.slope, facts) + 1 for each in others)]
    told = [holds(slope)]
    for start in starts:
        for rest in (None, ZERO, turn.period - 1):
            size = start if rest is None else turn.first(start, rest, facts)
            met = (each.at(size, facts) for each in (*turning, *others))
            told.append(holds(-size, *met))
    return all_of(*told)


__all__ = ["ALWAYS", "Lines", "for_all", "lines_of", "rising"]
