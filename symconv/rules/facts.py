"""What is known of the letters: conditions, from which bounds of numbers follow."""

from __future__ import annotations

from typing import Any

import sympy

from symconv.meanings.symbols import Floored, term_of
from symconv.proving import Clock, follows
from symconv.terms import Term, both, either, variables


class Facts:
    """Conditions on letters, and what follows from them.

    Args:
        conditions: what is known.
        clock: how long questions may take together.
    """

    def __init__(self, conditions: tuple[Term, ...], clock: Clock) -> None:
        """Keep the conditions; find the least values that they tell of single letters."""
        self.conditions, self.clock = conditions, clock
        self.least: dict[str, int] = {}
        for condition in conditions:
            self._bound(condition)
        self._answers: dict[Term, bool] = {}

    def _bound(self, condition: Term) -> None:
        """Keep that a letter is at least a number, where a condition says so."""
        if condition.word == "le":
            low, high = condition.args
            if low.word == "constant" and high.word == "variable":
                name, value = high.args[0], low.args[0]
                self.least[name] = max(value, self.least.get(name, value))

    def and_also(self, *conditions: Term) -> Facts:
        """Return what is known if something more is."""
        return Facts((*self.conditions, *conditions), self.clock)

    def at_least(self, number: Any, bound: int) -> bool:
        """Whether a number is known to be at least so much."""
        number = sympy.expand(number - bound)
        if number.is_Integer:
            return bool(number >= 0)
        return self._plainly(number) or self.known(term_of(number) >= 0)

    @property
    def impossible(self) -> bool:
        """Whether no letters meet the conditions."""
        return follows(either(), self.conditions, self.clock)

    def known(self, statement: Term) -> bool:
        """Whether a statement follows, as Z3 sees at once."""
        if statement not in self._answers:
            self._answers[statement] = self._asked(statement)
        return self._answers[statement]

    def _asked(self, statement: Term) -> bool:
        letters = {*variables(statement)}
        near, grown = list[Term](), True
        waiting = list(self.conditions)
        while grown:  # only what speaks of the same letters, directly or not
            close = [each for each in waiting if letters & {*variables(each)}]
            waiting = [each for each in waiting if each not in close]
            near += close
            grown = bool(close)
            letters |= {*variables(both(*close))} if close else set()
        return follows(statement, near, self.clock)

    def _plainly(self, number: Any) -> bool:
        """Whether a polynomial is at least 0 since its letters have their least values or more."""
        letters = number.free_symbols
        if number.has(Floored) or any(letter.name not in self.least for letter in letters):
            return False
        from_least = {letter: letter + self.least[letter.name] for letter in letters}
        shifted = sympy.expand(number.subs(from_least, simultaneous=True))
        return all(c >= 0 for c in shifted.as_coefficients_dict().values())
