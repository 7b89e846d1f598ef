"""Exact functions of one size: what a term is for every size at once.

A number is an integer or an exact function of the size `W`, a truth value the set of sizes for
which it holds (`symconv.periodic`). So one fold of a law gives its whole table, and one fold of a
requirement all sizes that meet it. Every size from 1 on counts; a division by what is zero for one
of them has no value, and a period that is too long is said (`UndecidedError`).

>>> from symconv.terms import sizes
>>> (W,) = sizes("W")
>>> EXACT.evaluate((W * W) % 8 <= 1, {"W": variable()})
all but 2 mod 4
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning
from symconv.periodic.comparing import at_least_zero, greatest, least
from symconv.periodic.division import floordiv, mod
from symconv.periodic.numbers import Number, Value, variable, where
from symconv.periodic.sets import SizeSet


def _at_most(a: Value, b: Value) -> SizeSet:
    return at_least_zero(b - a)


PERIODIC: dict[str, Callable[..., Any]] = INTEGERS | {
    "floordiv": floordiv,
    "mod": mod,
    "min": least,
    "max": greatest,
    "if": where,
    "le": _at_most,
    "lt": lambda a, b: _at_most(a + 1, b),
    "eq": lambda a, b: _at_most(a, b) & _at_most(b, a),
    "and": operator.and_,
    "or": operator.or_,
    "iff": lambda a, b: ~(a ^ b),
    "not": operator.invert,
}
"""The words of the laws on exact functions; sums and products are the functions' own."""


def _left(value: Value | SizeSet) -> int | bool:
    """Return what a function is at its first size: of one that does not change, what it is."""
    if isinstance(value, int):
        return value
    return value.at(value.first) if isinstance(value, Number) else value.first in value


EXACT = Meaning("exact functions", PERIODIC, left=_left)
"""Exact functions of one size."""

__all__ = ["EXACT", "PERIODIC", "variable"]
