"""Equations that are solved for a letter, and statements with the letter put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import sympy

from symconv.meanings.symbols import plain, term_of
from symconv.rules.floors import Number
from symconv.terms import Term, constant, defined, parts, substitute, variable


class Solved(NamedTuple):
    """An equation that is solved for a letter."""

    letter: Number
    value: Number

    @property
    def equation(self) -> Term:
        """The equation as a term."""
        return variable(self.letter.name).eq(term_of(self.value))

    @property
    def point(self) -> Mapping[Term, Term]:
        """What stands for the letter."""
        return {variable(self.letter.name): term_of(self.value)}

    def put_into(self, statement: Term) -> Term:
        """Return a statement with the value put in for the letter."""
        if self.value == 0:  # the letter may be a divisor
            return where_defined(statement, self.point)
        return substitute(statement, self.point)


def solved_for(number: Number, letter: Number) -> Solved | None:
    """Return the equation that a number is 0, solved for a letter that stands in it once."""
    factor = number.coeff(letter)
    if factor not in (1, -1):
        return None
    value = sympy.expand(letter - number / factor)
    return None if value.has(letter) else Solved(letter, value)


def where_defined(statement: Term, point: Mapping[Term, Term]) -> Term:
    """State something where letters are numbers; where it divides by 0 it does not hold."""
    put = substitute(defined(statement) & statement, point)
    divided = {
        part: constant(0)
        for part in parts(put)
        if part.word in ("floordiv", "mod") and plain(part.args[1]) == 0
    }
    return substitute(put, divided) if divided else put
