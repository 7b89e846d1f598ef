"""Operators of our own for tests, put into the registry and taken out again."""

from collections.abc import Iterator
from contextlib import contextmanager

from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import F, P, S, W
from symconv.operators.reading import Windows, d
from symconv.terms import sizes

(skip,) = sizes("skip")

SKIPPING = Windows(taps=F, step=S, before=P, after=P, tap=d + d // (skip - 1))
"""Windows whose taps leave out every skip-th cell."""

TOY = Operator(
    name="toy",
    says="Counts windows whose taps leave out every skip-th cell.",
    size=(W + 2 * P - SKIPPING.extent) // S + 1,
    requires={
        "the kernel has a tap": F >= 1,
        "the stride advances": S >= 1,
        "a cell is left out after another": skip >= 2,
        "padding adds cells": P >= 0,
        "the input has a cell": W >= 1,
        "one window fits the padded input": SKIPPING.extent <= W + 2 * P,
    },
    reads=SKIPPING,
    source="this test",
)


@contextmanager
def registered(operator: Operator) -> Iterator[Operator]:
    """Let an operator be one of the operators for a while."""
    OPERATORS[operator.name] = operator
    try:
        yield operator
    finally:
        del OPERATORS[operator.name]
