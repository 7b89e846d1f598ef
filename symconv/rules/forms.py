"""A form: letters in terms of parameters, with what each parameter is in the letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sympy

from symconv.meanings.symbols import Floored, term_of
from symconv.proving import Clock
from symconv.rules.clauses import Clauses, all_of, holds
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floored
from symconv.terms import Term, variable

NAMES = {"F": "uvw", "D": "dceg", "P": "tpq", "S": "srm", "A": "ahl"}
"""What new parameters are called, by the letters that they come from."""


@dataclass(frozen=True)
class Form:
    """Letters in terms of parameters, in the making.

    Attributes:
        letters: each letter of the rule as a number in the parameters.
        clauses: what the parameters must meet.
        witnesses: what each parameter is, in the letters.
        taken: names that stand for something already.
    """

    letters: Mapping[Number, Number]
    clauses: Clauses
    witnesses: Mapping[Number, Term]
    taken: frozenset[str]

    def facts(self, clock: Clock) -> Facts:
        """What is known of each parameter by itself."""
        alone = [one[0] for one in self.clauses if len(one) == 1]
        plain = (number for number in alone if not number.has(Floored))
        simple = (number for number in plain if len(number.free_symbols) == 1)
        return Facts(tuple(_bound(number) for number in simple), clock)

    def put(
        self, letter: Number, number: Number, more: Mapping[Number, Term], clock: Clock
    ) -> Form:
        """Return the form with a parameter put in as a number in others.

        Args:
            letter: the parameter.
            number: what it is.
            more: what new parameters in the number are, in the letters.
            clock: how long it may take.
        """
        facts, point = self.facts(clock), {letter: number}
        letters = {name: put_in(value, point, facts) for name, value in self.letters.items()}
        clauses = all_of(
            *(holds(*(put_in(each, point, facts) for each in one)) for one in self.clauses)
        )
        witnesses = {name: term for name, term in self.witnesses.items() if name != letter}
        names = {symbol.name for symbol in more}
        return Form(letters, clauses, {**witnesses, **more}, self.taken | names)

    def new(self, letter: Number, names: str = "") -> Number:
        """Return a parameter that has no meaning yet."""
        stem = letter.name.rstrip("0123456789")
        choices = names or NAMES.get(stem, "") + letter.name.lower() + "xyz"
        free = [name for name in choices if name not in self.taken]
        name = free[0] if free else next(n for i in range(99) if (n := f"x{i}") not in self.taken)
        return sympy.Symbol(name, integer=True)


def _bound(number: Number) -> Term:
    """State that a number is at least 0; of one letter, as a bound of it."""
    (letter,) = number.free_symbols
    if (number - letter).is_Integer:
        return term_of(letter) >= int(letter - number)
    return term_of(number) >= 0


def put_in(number: Number, point: Mapping[Number, Number], facts: Facts) -> Number:
    """Return a number with parameters put in, its floors in normal form again."""
    if isinstance(number, Floored):
        above, below = (put_in(each, point, facts) for each in number.args)
        return floored(above, below, facts)
    if number in point:
        return point[number]
    if not number.args:
        return number
    return sympy.expand(number.func(*(put_in(each, point, facts) for each in number.args)))


def start(clauses: Clauses, names: Iterable[str]) -> Form:
    """Return a rule itself as a form: every letter is a parameter."""
    letters = [sympy.Symbol(name, integer=True) for name in names]
    witnesses = {letter: variable(letter.name) for letter in letters}
    return Form({letter: letter for letter in letters}, clauses, witnesses, frozenset(names))
