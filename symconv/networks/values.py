"""What terms in `W` are as exact functions, each part of them worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symconv.errors import UndecidedError
from symconv.meanings.integers import INTEGERS
from symconv.meanings.periodic import PERIODIC
from symconv.operators.letters import W
from symconv.periodic import Value
from symconv.periodic import variable as every_size
from symconv.periodic.comparing import at_least_zero
from symconv.periodic.division import floordiv
from symconv.periodic.numbers import where
from symconv.terms import Term, interpret


def folded(term: Term, table: Mapping[str, Callable[..., Any]], known: dict[Term, Any]) -> Any:
    """Return what a term comes to, and keep what each of its parts does: long chains share them."""
    waiting = [term]
    while waiting:
        part = waiting[-1]
        missing = [a for a in part.args if isinstance(a, Term) and a not in known]
        if part in known:
            waiting.pop()
        elif missing:
            waiting += missing
        else:
            parts = [known[a] if isinstance(a, Term) else a for a in waiting.pop().args]
            known[part] = table[part.word](*parts)
    return known[term]


def _quotient(a: Value, b: Value) -> Value:
    """Return a quotient, also where a divisor is 0 for some sizes: there it is divided by 1.

    What is recorded of a model divides by a size only after it was decided that this is not 0.
    """
    if not isinstance(b, int):
        b = where(at_least_zero(b) & at_least_zero(-b), 1, b)
    return floordiv(a, b)


_TABLE = PERIODIC | {"floordiv": _quotient, "mod": lambda a, b: a - b * _quotient(a, b)}


class ExactValues:
    """Exact functions of terms in `W`, and sets of sizes of statements.

    Attributes:
        known: what was asked for, and each part of it.
    """

    def __init__(self) -> None:
        """Know the size itself."""
        self.known: dict[Term, Any] = {W: every_size()}
        self._undecided: dict[Term, UndecidedError] = {}

    def of(self, term: Term) -> Any:
        """Return what a term is: an exact function, or a set of sizes.

        Raises:
            UndecidedError: a period is too long.
        """
        if term in self._undecided:
            raise self._undecided[term]
        try:
            return folded(term, _TABLE, self.known)
        except UndecidedError as error:
            self._undecided[term] = error
            raise


def at(value: Any, size: int) -> Any:
    """Return what a recorded value is for one size; what is no term does not depend on it."""
    return interpret(value, INTEGERS, {"W": size}) if isinstance(value, Term) else value
