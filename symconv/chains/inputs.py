"""Sets of input sizes: those that a chain turns into one output size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from symconv.chains.through import GREATEST_CELLS
from symconv.meanings.intervals import Interval


@dataclass(frozen=True)
class Inputs:
    """The sizes along one axis that a chain turns into one output size.

    Attributes:
        output: the output size, in cells.
        intervals: the input sizes, in cells, as rising intervals, both ends included.
        greatest: the largest size that was looked at; no machine addresses a tensor of more.
    """

    output: int
    intervals: tuple[Interval, ...]
    greatest: int = GREATEST_CELLS

    def __contains__(self, size: object) -> bool:
        """Whether this input size gives the output."""
        return isinstance(size, int) and any(low <= size <= high for low, high in self.intervals)

    def __iter__(self) -> Iterator[int]:
        """Go through the sizes, from the smallest; there may be very many."""
        return (size for low, high in self.intervals for size in range(low, high + 1))

    def __len__(self) -> int:
        """Count the sizes."""
        return sum(high - low + 1 for low, high in self.intervals)

    def __repr__(self) -> str:
        """Write the set as inequalities."""
        return " or ".join(map(self._written, self.intervals)) or "no input size"

    def _written(self, interval: Interval) -> str:
        low, high = interval
        if low == high:
            return f"W = {low}"
        return f"W >= {low}" if high == self.greatest else f"{low} <= W <= {high}"

    def to_dict(self) -> dict[str, Any]:
        """Return the set as JSON has it; `null` for an end that only memory sets."""
        ends = [[low, None if high == self.greatest else high] for low, high in self.intervals]
        return {"schema": "symconv/1", "output": self.output, "inputs": ends}


@dataclass(frozen=True)
class InputsByAxis:
    """The sizes along each axis that a chain turns into one output size for each.

    >>> InputsByAxis((Inputs(7, ((13, 14),)), Inputs(9, ((17, 18),))))
    axis 1: 13 <= W <= 14; axis 2: 17 <= W <= 18
    """

    axes: tuple[Inputs, ...]

    def __len__(self) -> int:
        """Count the inputs: any size of one axis goes with any of another."""
        return math.prod(map(len, self.axes))

    def __repr__(self) -> str:
        """Write the sets as inequalities, an axis each."""
        return "; ".join(f"axis {number}: {one!r}" for number, one in enumerate(self.axes, 1))

    def to_dict(self) -> dict[str, Any]:
        """Return the sets as JSON has them."""
        return {"schema": "symconv/1", "axes": [one.to_dict() for one in self.axes]}
