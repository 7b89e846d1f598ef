"""Unfold and Fold: windows of two axes in one row, and back.

Source: torch/nn/modules/fold.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from symconv.layers.layer import Layer, Row, layer, sizes_of
from symconv.operators import OPERATORS
from symconv.terms import Term, variable


def _numbered(one: Layer) -> dict[str, int | Term]:
    """Return the letters of both axes, each with the number of its axis."""
    return {
        f"{letter}{axis + 1}": value
        for axis in (0, 1)
        for letter, value in one.values(axis).items()
        if letter != "W"
    }


@layer
@dataclass(frozen=True, repr=False)
class Unfold(Layer):
    """Lays the windows of two axes out in one row: its size is the product of their counts.

    >>> Unfold(3, padding=1)
    Unfold(kernel_size=3, padding=1)
    """

    axes: ClassVar[int | None] = 2
    kernel_size: Any = sizes_of()
    dilation: Any = sizes_of(1)
    padding: Any = sizes_of(0)
    stride: Any = sizes_of(1)

    def rows(self, axes: int) -> tuple[Row, ...]:  # noqa: ARG002
        """Return the one row of the one axis that comes out."""
        return (Row(OPERATORS["unfold"], _numbered(self)),)


@layer
@dataclass(frozen=True, repr=False)
class Fold(Layer):
    """Adds windows up where they came from; the input's size must be their number.

    >>> Fold((4, 5), 2)
    Fold(output_size=(4, 5), kernel_size=2)
    """

    axes: ClassVar[int | None] = 1
    parameter_axes: ClassVar[int | None] = 2
    output_size: Any = sizes_of(letter="O")
    kernel_size: Any = sizes_of()
    dilation: Any = sizes_of(1)
    padding: Any = sizes_of(0)
    stride: Any = sizes_of(1)

    def rows(self, axes: int) -> tuple[Row, ...]:  # noqa: ARG002
        """Return a row for each of the two axes that come out."""
        values = _numbered(self) | {"W": variable("W1")}
        operator = OPERATORS["fold"]
        return tuple(Row(operator, values | {"O": values[f"O{axis}"]}) for axis in (1, 2))
