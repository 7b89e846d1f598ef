"""A statement over the letters of a setting: how it is searched, and what its settings weigh."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from symconv.boxes import Columns, Plan, plan
from symconv.meanings.arrays import ARRAYS
from symconv.operators.reading import Windows
from symconv.solving.order import weight, within
from symconv.terms import Term, both, conjuncts, interpret, substitute, variable, variables

NEAR = 64
"""Up to this number a dilation or a stride is no reason to come later."""
FIRST = ("D", "ceil_mode", "S", "F", "P", "A")
"""The order in which letters are found: strides and dilations, then kernels, then paddings."""


class System:
    """One statement over letters, some of which have numbers already.

    Args:
        statement: what must hold.
        fixed: the letters that have numbers.
        letters: all letters of a setting.
        kernel: the layer's windows, which the order asks for.
    """

    def __init__(
        self,
        statement: Term,
        fixed: Mapping[str, int],
        letters: tuple[str, ...],
        kernel: Windows | None,
    ) -> None:
        self.fixed, self.letters, self.kernel = fixed, letters, kernel
        known = {variable(letter): value for letter, value in fixed.items()}
        self.statement = substitute(statement, known)
        free = [letter for letter in letters if letter not in fixed]
        order = [letter for letter in FIRST if letter in free]
        self.free = (*order, *(letter for letter in free if letter not in order))
        self.plan = plan(self.statement, self.free)
        self.unbounded = self.plan.unbounded if self.free and not self.plan.empty else ()
        self.weigh([one for one in ("D", "S") if one in self.free and self._far(one)])

    def weigh(self, far: Collection[str]) -> None:
        """Take these letters for far ones in the order, here and in each stage."""
        known = {variable(letter): value for letter, value in self.fixed.items()}
        self.far = tuple(far)
        self.order = weight(self.kernel, self.letters, far)
        self.weight = substitute(self.order, known)

    def _far(self, letter: str) -> bool:
        """Whether nothing keeps a letter near; a dilation is near only where a number says so."""
        bounds = []
        for part in conjuncts(self.statement):
            if part.word in ("le", "eq") and part.args[0] is variable(letter):
                bounds += [part.args[1].args[0]] if part.args[1].word == "constant" else []
        near = min(bounds, default=None)
        if near is None:
            return letter == "D" or letter in self.unbounded
        return bool(near > NEAR)

    def stage(self, below: int, up_to: int) -> Plan:
        """Return the plan for the settings of a weight above one bound and up to another."""
        known = {variable(letter): value for letter, value in self.fixed.items()}
        limits = (
            substitute(one, known) for one in within(self.kernel, self.letters, up_to, self.far)
        )
        heavy = [self.weight > below] if below else []
        return plan(both(self.statement, *limits, self.weight <= up_to, *heavy), self.free)

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
