"""Sets of input sizes: those that a chain turns into one output size, or into wanted ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from symconv.periodic import SizeSet
from symconv.vocabulary import SCHEMA

MOST_INTERVALS = 4
"""How many intervals are written as inequalities; more are said in words."""


@dataclass(frozen=True)
class Inputs:
    """The sizes along one axis that a chain turns into one output size.

    Attributes:
        output: the output size, in cells; or what else was asked, as JSON has it.
        sizes: the input sizes, in cells; there may be infinitely many.
    """

    output: Any
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
        return written(self.sizes)

    def to_dict(self) -> dict[str, Any]:
        """Return the set as JSON has it."""
        return {"schema": SCHEMA, "output": self.output, "inputs": self.sizes.to_dict()}


def written(sizes: SizeSet, name: str = "W") -> str:
    """Write a set as inequalities, where those are few, or in words.

    >>> written(SizeSet.points([6, 8, 9])), written(SizeSet.of(period=2), "W2")
    ('W = 6 or 8 <= W <= 9', 'even sizes for W2')
    """
    intervals = list(islice(sizes.runs(), MOST_INTERVALS + 1))
    if len(intervals) > MOST_INTERVALS:
        return f"{sizes}" if name == "W" else f"{sizes} for {name}"
    return " or ".join(_interval(name, *ends) for ends in intervals) or "no input size"


def _interval(name: str, low: int, high: int | None) -> str:
    if low == high:
        return f"{name} = {low}"
    return f"{name} >= {low}" if high is None else f"{low} <= {name} <= {high}"
