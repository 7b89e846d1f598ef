"""A statement over the letters of a setting: how it is searched, and what its settings weigh."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from symconv.boxes.columns import Columns
from symconv.boxes.levels import Plan
from symconv.boxes.plan import plan
from symconv.meanings.arrays import ARRAYS
from symconv.questions.order import Order, within
from symconv.questions.settings import Settings
from symconv.questions.usual import usual
from symconv.terms import Term, both, conjuncts, interpret, substitute, variable, variables

NEAR = 64
"""Up to this number a dilation or a stride is no reason to come later."""
FIRST = ("D", "ceil_mode", "S", "F", "P", "A")
"""The order in which letters are found: strides and dilations, then kernels, then paddings."""


def search_order(letters: Iterable[str]) -> tuple[str, ...]:
    """Return letters in the order in which they are found; any others come last."""
    some = tuple(letters)
    order = tuple(letter for letter in FIRST if letter in some)
    return (*order, *(letter for letter in some if letter not in FIRST))


class System:
    """One statement over letters, some of which have numbers already.

    Args:
        statement: what must hold.
        fixed: the letters that have numbers.
        letters: all letters of a setting.
        order: what its settings are ordered by.
    """

    def __init__(
        self,
        statement: Term,
        fixed: Mapping[str, int],
        letters: tuple[str, ...],
        order: Order,
    ) -> None:
        self.fixed, self.letters, self.by = fixed, letters, order
        self.known = {variable(letter): value for letter, value in fixed.items()}
        self.statement = substitute(statement, self.known)
        self.free = search_order(letter for letter in letters if letter not in fixed)
        self.plan = plan(self.statement, self.free)
        self.unbounded = self.plan.unbounded if self.free and not self.plan.empty else ()
        self.weigh([name for name in ("D", "S") if name in self.free and self._far(name)])

    def weigh(self, far: Collection[str]) -> None:
        """Take these letters for far ones in the order, here and in each stage."""
        self.far = tuple(far)
        self.order = self.by.weight(far)
        self.weight = substitute(self.order, self.known)

    def _far(self, letter: str) -> bool:
        """Whether nothing keeps a letter near; a dilation is near only where a number says so."""
        limits = (
            part.args[1]
            for part in conjuncts(self.statement)
            if part.word in ("le", "eq") and part.args[0] is variable(letter)
        )
        bounds = [int(limit.args[0]) for limit in limits if limit.word == "constant"]
        return min(bounds) > NEAR if bounds else letter == "D" or letter in self.unbounded

    @property
    def usual(self) -> Settings:
        """The settings of it that people build, in order."""
        return usual(self.by, self.statement, self.fixed)

    def stage(self, below: int, up_to: int) -> Plan:
        """Return the plan for the settings of a weight above one bound and up to another."""
        limits = within(self.by.kernel, self.letters, up_to, self.far)
        near = (substitute(limit, self.known) for limit in limits)
        heavy = [self.weight > below] if below else []
        return plan(both(self.statement, *near, self.weight <= up_to, *heavy), self.free)

    def ranked(self, block: Columns, length: int) -> tuple[Columns, Any]:
        """Return a block with a column for every letter, and each row's weight."""
        whole = {
            letter: np.broadcast_to(np.int64(self.fixed[letter]), (length,))
            if letter in self.fixed
            else block[letter]
            for letter in self.letters
        }
        values = {name: block[name] for name in variables(self.weight)}
        rank = interpret(self.weight, ARRAYS, values)
        return whole, np.broadcast_to(np.asarray(rank), (length,))
