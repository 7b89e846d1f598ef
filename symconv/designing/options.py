"""The settings of one layer, in columns: what of it can be found, whatever arrives there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from symconv.designing.costs import strain_of, strangeness
from symconv.designing.ordinariness import ordinariness, suited_by
from symconv.designing.problem import Setting, Step
from symconv.errors import UndecidedError
from symconv.meanings.arrays import ARRAYS
from symconv.terms import Term, both, defined, interpret, variables

MOST_OPTIONS = 10**6

Choices = Mapping[str, Sequence[int]]


def _where_defined(word: str) -> Callable[[Any, Any], Any]:
    """Divide by 1 instead of 0: a statement is asked together with whether it is defined."""
    return lambda a, b: ARRAYS[word](a, np.where(np.equal(b, 0), 1, b))


TOTAL = ARRAYS | {word: _where_defined(word) for word in ("floordiv", "mod")}


def holds(statement: Term, values: Mapping[str, Any]) -> Any:
    """Say where a statement holds; where it divides by zero, it does not.

    >>> from symconv.operators.letters import F, P
    >>> holds((F % P).eq(0), {"F": np.array([4, 4, 4]), "P": np.array([0, 2, 3])})
    array([False,  True, False])
    """
    return interpret(_guarded(statement), TOTAL, values)


@lru_cache(maxsize=1024)
def _guarded(statement: Term) -> Term:
    guard = defined(statement)
    return statement if guard is both() else guard & statement


class Options:
    """The settings of one layer, the most ordinary first.

    Attributes:
        columns: for each letter its values, an int64 array.
        count: how many settings there are.
        strange: how far from ordinary each is where it suits what arrives.
        unsuited: the same where it does not.
        suits: for each axis, whether a known setting is ordinary there, a term.
        strains: for each axis, what that depends on what arrives, a term.
        requires: for each axis, what the layer requires of what arrives.
    """

    def __init__(self, step: Step, choices: Choices, grown: bool = False) -> None:
        """Try every combination of the choices on what the layer requires of its letters alone.

        Args:
            step: the layer.
            choices: for each letter the values to choose from.
            grown: whether the chain should multiply sizes.

        Raises:
            UndecidedError: there are too many combinations.
        """
        number = prod(map(len, choices.values()))
        if number > MOST_OPTIONS:
            raise UndecidedError(
                f"at most {MOST_OPTIONS} settings of {step}",
                f"{number}",
                "Narrow the ranges, or write some of the numbers.",
            )
        grid = np.meshgrid(*(np.asarray(c, np.int64) for c in choices.values()), indexing="ij")
        columns = {name: axis.ravel() for name, axis in zip(choices, grid, strict=True)}
        kept = np.ones(number, bool)
        for term in dict.fromkeys(term for law in step.laws for term in law.requires.values()):
            if set(variables(term)) <= set(choices):
                kept &= holds(term, columns)
        self.count = int(kept.sum())
        self.columns = {name: column[kept] for name, column in columns.items()}
        strange = interpret(strangeness(step), TOTAL, self.columns)
        weights = np.broadcast_to(strange, self.count)
        self.strange, self.unsuited = ordinariness(step, self.columns, weights)
        if columns:
            order = np.lexsort((*reversed(self.columns.values()), self.strange))
            self.columns = {name: column[order] for name, column in self.columns.items()}
            self.strange, self.unsuited = self.strange[order], self.unsuited[order]
        self.suits = [suited_by(law, grown) for law in step.laws]
        self.strains = [strain_of(law, axis) for axis, law in enumerate(step.laws)]
        self.requires = [
            [term for term in law.requires.values() if not set(variables(term)) <= set(choices)]
            for law in step.laws
        ]

    def numbers(self, place: int) -> tuple[int, ...]:
        """Return the numbers of one setting, in the order of the columns."""
        return tuple(int(column[place]) for column in self.columns.values())

    def setting(self, place: int) -> Setting:
        """Return one setting, by its letters."""
        return {name: int(column[place]) for name, column in self.columns.items()}
