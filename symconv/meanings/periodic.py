"""Exact functions of one size: what a term is for every size at once.

A number is an exact function of the size `W`, a truth value the set of sizes for which it holds
(`symconv.periodic`). So one fold of a law gives its whole table, and one fold of a requirement all
sizes that meet it. Every size from 1 on counts; a division by what is zero for one of them has no
value, and a period that is too long is said (`UndecidedError`).

>>> from symconv.terms import sizes
>>> (W,) = sizes("W")
>>> EXACT.evaluate((W * W) % 8 <= 1, {"W": variable()})
all but 2 mod 4
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symconv.meanings.meaning import Meaning
from symconv.periodic.comparing import at_least_zero, greatest, least
from symconv.periodic.division import floordiv, mod
from symconv.periodic.numbers import Number, constant, variable, where
from symconv.periodic.sets import SizeSet


def _at_most(a: Number, b: Number) -> SizeSet:
    return at_least_zero(b - a)


PERIODIC: dict[str, Callable[..., Any]] = {
    "constant": constant,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "floordiv": floordiv,
    "mod": mod,
    "min": least,
    "max": greatest,
    "if": where,
    "le": _at_most,
    "lt": lambda a, b: _at_most(a + constant(1), b),
    "eq": lambda a, b: _at_most(a, b) & _at_most(b, a),
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "iff": lambda a, b: ~(a ^ b),
    "not": lambda a: ~a,
}
"""The words of the laws on exact functions."""


def _left(value: Number | SizeSet) -> int | bool:
    """Return what a function is at its first size: of one that does not change, what it is."""
    return value.at(value.first) if isinstance(value, Number) else value.first in value


EXACT = Meaning("exact functions", PERIODIC, left=_left)
"""Exact functions of one size."""

__all__ = ["EXACT", "PERIODIC", "variable"]
