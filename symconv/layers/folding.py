"""Unfold and Fold: windows of two axes in one row, and back."""

from __future__ import annotations

from typing import Any, ClassVar

from symconv.layers.layer import Layer
from symconv.layers.parameters import Size
from symconv.layers.registry import layer
from symconv.layers.row import Row
from symconv.operators import OPERATORS
from symconv.terms import Term, variable


class _Windows(Layer):
    """What both directions share."""

    source: ClassVar[str] = "torch/nn/modules/fold.py"

    def _numbered(self) -> dict[str, int | Term]:
        """Return the letters of both axes, each with the number of its axis."""
        return {
            f"{letter}{axis + 1}": value
            for axis in (0, 1)
            for letter, value in self.values(axis).items()
            if letter != "W"
        }


@layer
class Unfold(_Windows):
    """Lays the windows of two axes out in one row: its size is the product of their counts."""

    axes: ClassVar[int | None] = 2
    kernel_size: Any = Size()
    dilation: Any = Size(1)
    padding: Any = Size(0)
    stride: Any = Size(1)

    def make_rows(self, axes: int) -> tuple[Row, ...]:  # noqa: ARG002
        """Return the one row of the one axis that comes out."""
        return (Row(OPERATORS["unfold"], self._numbered()),)


@layer
class Fold(_Windows):
    """Adds windows up where they came from; the input's size must be their number."""

    axes: ClassVar[int | None] = 1
    parameter_axes: ClassVar[int | None] = 2
    output_size: Any = Size(letter="O", usual=4)
    kernel_size: Any = Size()
    dilation: Any = Size(1)
    padding: Any = Size(0)
    stride: Any = Size(1)

    def make_rows(self, axes: int) -> tuple[Row, ...]:  # noqa: ARG002
        """Return a row for each of the two axes that come out."""
        values = self._numbered() | {"W": variable("W1")}
        operator = OPERATORS["fold"]
        return tuple(Row(operator, values | {"O": values[f"O{axis}"]}) for axis in (1, 2))
