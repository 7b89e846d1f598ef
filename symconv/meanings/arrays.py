"""NumPy int64 arrays, element by element; what would overflow is refused, never wrapped.

Each word is computed on the extremes first, in Python's integers: where those fit, all elements
do. Only near the limit are all elements computed exactly to decide.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from symconv.errors import OverflowingError
from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning

LEAST, GREATEST = -(2**63), 2**63 - 1


def _int64(value: int) -> Any:
    """Enter a constant, which must itself fit."""
    if not LEAST <= value <= GREATEST:
        raise _overflow(value)
    return np.int64(value)


def _overflow(value: object) -> OverflowingError:
    return OverflowingError(
        "numbers that fit in 64 bits",
        f"{value}, which lies outside -2**63 .. 2**63 - 1",
        "Compute this size with plain integers: pass it as an int instead of an array.",
    )


def _guarded(word: str, exact: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Make an operator of int64 arrays that refuses to overflow."""

    def apply(a: Any, b: Any) -> Any:
        a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
        if a.size and b.size:
            ends = [(int(x.min()), int(x.max())) for x in (a, b)]
            corners = [exact(x, y) for x in ends[0] for y in ends[1]]
            if min(corners) < LEAST or max(corners) > GREATEST:
                whole = exact(a.astype(object), b.astype(object))
                if np.min(whole) < LEAST or np.max(whole) > GREATEST:
                    raise _overflow(f"the result of `{word}`")
        return exact(a, b)

    return apply


def _division(exact: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Make `//` or `%` of int64 arrays: NumPy floors as Python does, but passes over zeros."""

    def apply(a: Any, b: Any) -> Any:
        a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
        if np.any(b == 0):
            raise ZeroDivisionError("integer division or modulo by zero")
        if exact is operator.floordiv and np.any((a == LEAST) & (b == -1)):
            raise _overflow("-2**63 // -1")
        return exact(a, b)

    return apply


ARRAYS: dict[str, Callable[..., Any]] = INTEGERS | {
    "constant": _int64,
    "add": _guarded("+", operator.add),
    "sub": _guarded("-", operator.sub),
    "mul": _guarded("*", operator.mul),
    "floordiv": _division(operator.floordiv),
    "mod": _division(operator.mod),
    "min": np.minimum,
    "max": np.maximum,
    "if": np.where,
    "and": np.logical_and,  # element by element: Python's `and` asks one truth of an array
    "or": np.logical_or,
    "not": np.logical_not,
}

MANY = Meaning(
    "arrays",
    ARRAYS,
    lambda function, sizes: np.vectorize(function, [np.int64])(sizes),
    lambda array: np.asarray(array).item(),
)
"""NumPy's arrays."""
