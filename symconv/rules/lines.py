"""Literals as lines: what a number that is at least 0 says of one size, without a floor.

    floor(y/s) = (y - y % s)/s

One floor is multiplied out (`floors.multiplied_out`), and another leaves a remainder, which goes
round as the size grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import NamedTuple

import sympy

from symconv.meanings.notation import text
from symconv.meanings.symbols import term_of
from symconv.rules.clauses import beyond
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floors_in, multiplied_out, quotient, remainder, whole_terms
from symconv.terms import Term

ZERO = sympy.Integer(0)


class Turn(NamedTuple):
    """A remainder of a size: `(step*W + shift) % period`."""

    step: Number
    shift: Number
    period: Number

    def at(self, size: Number, facts: Facts) -> Number:
        """Return the remainder of a size."""
        return remainder(self.step * size + self.shift, self.period, facts)

    @property
    def common(self) -> Number:
        """What step and period have in common: remainders lie so far apart."""
        if self.step.is_Integer and self.period.is_Integer:
            return sympy.Integer(gcd(int(self.step), int(self.period)))
        common = sympy.gcd(self.step, self.period)
        if quotient(self.step, common) not in (1, -1):
            raise beyond(f"what {self.step} and {self.period} have in common is not known")
        return common

    def ends(self, facts: Facts) -> tuple[Number, Number]:
        """Return the least and the greatest remainder that sizes without end have."""
        least = remainder(self.shift, self.common, facts)
        return least, sympy.expand(self.period - self.common + least)

    def first(self, start: Term, rest: Number) -> Term:
        """Return the first size from one on that has a remainder which some size has."""
        common = self.common
        period, step = sympy.cancel(self.period / common), sympy.cancel(self.step / common)
        back = step if step in (1, -1) else sympy.Integer(pow(int(step), -1, int(period)))
        there = term_of(sympy.expand(rest - self.shift)) // term_of(common) * term_of(back)
        return start + (there - start) % term_of(period)


@dataclass(frozen=True)
class Line:
    """A number that is at least 0: `slope*W + start`."""

    slope: Number
    start: Number

    def at(self, size: Number, facts: Facts) -> Number:
        """Return the number for a size."""
        del facts
        return sympy.expand(self.slope * size + self.start)


@dataclass(frozen=True)
class Turning(Line):
    """A line, and some times a remainder that goes round."""

    times: Number
    turn: Turn

    @property
    def ways(self) -> tuple[object, ...]:
        """How it grows: lines that grow alike stay apart."""
        return self.slope, self.times, self.turn

    def at(self, size: Number, facts: Facts) -> Number:
        """Return the number for a size."""
        straight = super().at(size, facts)
        return sympy.expand(straight + self.times * self.turn.at(size, facts))


def degree(number: Number, over: Number) -> int:
    """Return the degree of a polynomial in a letter, outside floors."""
    return max(int(m.as_powers_dict().get(over, 0)) for m in whole_terms(number) or (ZERO,))


def line(number: Number, over: Number) -> Line:
    """Return the line that is at least 0 just when a number is.

    Raises:
        UndecidedError: it is no line: it has too many floors, or products of sizes.
    """
    nodes = floors_in(number, over)
    whole = [z for z in nodes if number.coeff(z) in (1, -1)]
    if whole:  # the longest, so that the plainest is left
        longest = max(whole, key=lambda z: len(whole_terms(z.args[0])))
        number = multiplied_out(number, longest)
        nodes = floors_in(number, over)
    turn = None
    if len(nodes) > 1:
        raise beyond(f"floors that are tied together: {', '.join(map(shown, nodes))}")
    if nodes:
        number, times, turn = _turning(number, nodes[0], over)
    if floors_in(number, over) or degree(number, over) > 1:
        raise beyond(f"{shown(number)}, where sizes or floors are multiplied")
    slope = number.coeff(over, 1)
    if slope.has(over):
        raise beyond(f"{shown(number)}, where sizes or floors are multiplied")
    start = sympy.expand(number - slope * over)
    return Turning(slope, start, times, turn) if turn else Line(slope, start)


def _turning(number: Number, node: Number, over: Number) -> tuple[Number, Number, Turn]:
    """Write a floor that is taken several times as a remainder; the number grows by a factor."""
    times, (y, s) = number.coeff(node), node.args
    rest = sympy.expand(number - times * node)
    if times.has(over) or floors_in(y, over) or s.has(over) or degree(y, over) > 1:
        raise beyond(f"{shown(node)}, which no theorem of ours takes apart")
    factor = quotient(times, s)
    if factor is None:
        rest, factor = s * rest, times
    step = y.coeff(over, 1)
    turn = Turn(step, sympy.expand(y - step * over), s)
    return sympy.expand(rest + factor * y), -factor, turn


def shown(number: Number) -> str:
    """Write a number as people do."""
    return text(term_of(number))
