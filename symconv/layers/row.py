"""A row: what happens on one axis of a layer's output.

It is an operator, and what stands for each of its letters. `W1`, `W2`, … are the sizes of the
input's axes and `C` is its number of channels, so a row is a law in the input's sizes, in whatever
meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from symconv.operators import Operator
from symconv.terms import Term, substitute, variable


class Measured(NamedTuple):
    """An output size that is no law but torch's floating-point product, evaluated."""

    axis: int
    evaluate: Callable[[int], int]
    says: str


class Row(NamedTuple):
    """What happens on one axis of the output.

    Attributes:
        operator: the law.
        values: what stands for each letter: an integer, or a term in `W1`, `W2`, … and `C`.
        measured: where the letter `O` has no law, how its value is found.
    """

    operator: Operator
    values: Mapping[str, int | Term]
    measured: Measured | None = None

    def term(self, law: Term) -> Term:
        """Return a law of the operator in the sizes of the input."""
        return substitute(law, {variable(name): value for name, value in self.values.items()})
