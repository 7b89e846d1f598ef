"""One layer applied to one input, in plain integers or in intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from symconv.layers import Layer, Row
from symconv.meanings.integers import INTEGERS, compiled
from symconv.meanings.intervals import INTERVALS, Interval
from symconv.operators import Operator
from symconv.terms import Term, interpret, variable, variables

GREATEST_CELLS = 2**61 - 1
"""More cells of four bytes no 64-bit machine can address (`docs/limits.md`)."""
ALLOCATES = "a tensor of these sizes can be addressed in 64 bits"

C = variable("C")


class Test(NamedTuple):
    """A requirement, ready to be tried."""

    sentence: str
    law: Term
    names: tuple[str, ...]
    holds: Callable[..., Any]


@lru_cache(maxsize=1024)
def tests(operator: Operator) -> tuple[Test, ...]:
    """Return an operator's requirements, compiled."""
    return tuple(
        Test(sentence, law, variables(law), compiled(law))
        for sentence, law in operator.requires.items()
    )


def bind(
    row: Row,
    sizes: tuple[Any, ...],
    channels: int | None,
    meaning: Mapping[str, Callable[..., Any]],
    measure: Callable[[Callable[[int], int], Any], Any],
) -> dict[str, Any]:
    """Return what each letter of a row's law stands for, as far as it is known.

    Args:
        row: the row.
        sizes: the input's sizes, in the meaning's own values.
        channels: the input's channels, if they are known.
        meaning: integers, intervals or arrays.
        measure: applies a function of integers to one of the meaning's values.
    """
    constant = meaning["constant"]
    found = {f"W{axis}": size for axis, size in enumerate(sizes, 1)}
    if channels is not None:
        found["C"] = constant(channels)
    values = dict(found)
    for name, value in row.values.items():
        if isinstance(value, int):
            values[name] = constant(value)
        elif all(one in found for one in variables(value)):
            values[name] = interpret(value, meaning, found)
    if row.measured:
        values["O"] = measure(row.measured.evaluate, sizes[row.measured.axis])
    return values


def known(row: Row, sizes: tuple[int, ...], channels: int | None) -> dict[str, int]:
    """Return what each letter stands for, in plain integers."""
    return bind(row, sizes, channels, INTEGERS, lambda evaluate, size: evaluate(size))


class Outcome(NamedTuple):
    """What one row gives: a size, or the test that failed; and what had to be assumed."""

    size: int
    failed: Test | None
    values: Mapping[str, int]
    assumed: tuple[str, ...] = ()


def apply(row: Row, sizes: tuple[int, ...], channels: int | None) -> Outcome:
    """Apply a row to an input; what needs channels that nobody wrote is assumed."""
    values, assumed = known(row, sizes, channels), []
    for test in tests(row.operator):
        missing = [name for name in test.names if name not in values]
        if not missing:
            if not test.holds(*(values[name] for name in test.names)):
                return Outcome(0, test, values)
        elif missing == ["C"] or (values.get("groups", 1) != 1 and "groups" in test.names):
            assumed.append(test.sentence)
    law = row.operator.size
    number = compiled(law)(*(values[name] for name in variables(law)))
    return Outcome(number, None, values, tuple(assumed))


def entering(layers: Iterable[Layer], axes: int, channels: int | None) -> tuple[int | None, ...]:
    """Return the channels that enter each layer, as far as they are known.

    They do not depend on sizes. Where nobody says how many there are, they are what the first
    layer that names its input's channels is made for.
    """
    found = []
    for layer in layers:
        rows = layer.rows(axes)
        values = known(rows[0], (1,) * axes, channels)
        for test in tests(rows[0].operator):
            stated = test.law.word == "eq" and test.law.args[0] is C
            if channels is None and stated and all(n in values for n in test.names if n != "C"):
                channels = values["C"] = interpret(test.law.args[1], INTEGERS, values)
        found.append(channels)
        law = rows[0].operator.channels
        named = all(name in values for name in variables(law))
        channels = interpret(law, INTEGERS, values) if named else None
        axes = len(rows)
    return tuple(found)


def possible(
    row: Row, sizes: tuple[Interval, ...], channels: int | None
) -> tuple[bool, bool, Interval]:
    """Say whether a row surely or possibly takes inputs in these intervals, and what comes out."""
    values = bind(row, sizes, channels, INTERVALS, lambda f, size: (f(size[0]), f(size[1])))
    surely = True
    for test in tests(row.operator):
        if all(name in values for name in test.names):
            always, sometimes = interpret(test.law, INTERVALS, values)
            if not sometimes:
                return False, False, (0, 0)
            surely = surely and always
    return surely, True, interpret(row.operator.size, INTERVALS, values)


def addressable(sizes: tuple[int, ...]) -> bool:
    """Whether a tensor of these sizes fits a 64-bit address space."""
    return math.prod(max(size, 1) for size in sizes) <= GREATEST_CELLS
