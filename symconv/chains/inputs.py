"""Sets of input sizes: those that a chain turns into one output size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from symconv.periodic import SizeSet

MOST_INTERVALS = 4
"""How many intervals are written as inequalities; more are said in words."""


@dataclass(frozen=True)
class Inputs:
    """The sizes along one axis that a chain turns into one output size.

    Attributes:
        output: the output size, in cells.
        sizes: the input sizes, in cells; there may be infinitely many.
    """

    output: int
    sizes: SizeSet

    def __contains__(self, size: object) -> bool:
        """Whether this input size gives the output."""
        return size in self.sizes

    def __iter__(self) -> Iterator[int]:
        """Go through the sizes, from the smallest; there may be infinitely many."""
        return iter(self.sizes)

    def __len__(self) -> int:
        """Count the sizes.

        Raises:
            OverflowError: there are infinitely many.
        """
        return len(self.sizes)

    def __bool__(self) -> bool:
        """Whether there is such a size."""
        return bool(self.sizes)

    @property
    def intervals(self) -> tuple[tuple[int, int | None], ...]:
        """The sizes as rising intervals, both ends included; `None` where one does not end.

        Raises:
            OverflowError: there are infinitely many.
        """
        if self.sizes.gaps_endless:
            raise OverflowError(f"infinitely many intervals: {self.sizes}; ask `.sizes`")
        return tuple(self.sizes.runs())

    def __repr__(self) -> str:
        """Write the set as inequalities, where those are few, or in words."""
        intervals = list(islice(self.sizes.runs(), MOST_INTERVALS + 1))
        if len(intervals) > MOST_INTERVALS:
            return f"{self.sizes}"
        return " or ".join(map(_written, intervals)) or "no input size"

    def to_dict(self) -> dict[str, Any]:
        """Return the set as JSON has it."""
        return {"schema": "symconv/1", "output": self.output, "inputs": self.sizes.to_dict()}


def _written(interval: tuple[int, int | None]) -> str:
    low, high = interval
    if low == high:
        return f"W = {low}"
    return f"W >= {low}" if high is None else f"{low} <= W <= {high}"


@dataclass(frozen=True)
class InputsByAxis:
    """The sizes along each axis that a chain turns into one output size for each.

    >>> pairs = [(7, SizeSet.between(13, 14)), (9, SizeSet.between(17, 18))]
    >>> InputsByAxis(tuple(Inputs(output, sizes) for output, sizes in pairs))
    axis 1: 13 <= W <= 14; axis 2: 17 <= W <= 18
    """

    axes: tuple[Inputs, ...]

    def __len__(self) -> int:
        """Count the inputs: any size of one axis goes with any of another."""
        return math.prod(map(len, self.axes))

    def __bool__(self) -> bool:
        """Whether there is such an input: any size of one axis goes with any of another."""
        return all(self.axes)

    def __repr__(self) -> str:
        """Write the sets as inequalities, an axis each."""
        return "; ".join(f"axis {number}: {one!r}" for number, one in enumerate(self.axes, 1))

    def to_dict(self) -> dict[str, Any]:
        """Return the sets as JSON has them."""
        return {"schema": "symconv/1", "axes": [one.to_dict() for one in self.axes]}
