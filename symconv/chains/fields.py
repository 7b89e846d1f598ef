"""Receptive fields, as values: of one axis, and of all axes of a chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from symconv.vocabulary import SCHEMA


class Field(NamedTuple):
    """The receptive field along one axis.

    Attributes:
        cells: how many cells an inner output cell reads, from the first to the last: for each
            phase, from that of output cell 0 on; 0 for a cell that reads nothing.
        jump: input cells from one output cell to the next.
        start: the place of the leftmost cell that output cell 0 reads, counted from the input's
            first cell; below 0 it lies in the padding. `None` where it reads nothing.
    """

    cells: tuple[int, ...]
    jump: Fraction
    start: int | None

    @property
    def field(self) -> int:
        """The largest of the cells."""
        return max(self.cells)

    @property
    def center(self) -> Fraction | None:
        """The centre of the cells that output cell 0 reads."""
        return None if self.start is None else self.start + Fraction(self.cells[0] - 1, 2)

    def to_dict(self) -> dict[str, Any]:
        """Return the field as JSON has it: a fraction is a text, such as `"1/2"`."""
        told: dict[str, Any] = {
            "field": self.field,
            "jump": _number(self.jump),
            "start": self.start,
            "center": None if self.center is None else _number(self.center),
        }
        return told | ({"fields": list(self.cells)} if len(set(self.cells)) > 1 else {})

    def __str__(self) -> str:
        """Say the field in a line."""
        differing = len(set(self.cells)) > 1
        cells = f"{self.field} at most" if differing else f"{self.field}"
        phases = f" ({', '.join(map(str, self.cells))} by phase)" if differing else ""
        start = "nothing at output 0" if self.start is None else f"start {self.start}"
        center = "" if self.center is None else f", center {_number(self.center)}"
        return f"field {cells}{phases}, jump {_number(self.jump)}, {start}{center}"


def _number(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)


@dataclass(frozen=True)
class ReceptiveField:
    """Which input cells an output cell of a chain reads.

    Attributes:
        axes: the field along each axis; none where some layer reads what no window bounds.
        unbounded: what such layers read, a sentence each.

    >>> from symconv.chains.receptive import receptive_field
    >>> receptive_field("Conv2d(kernel_size=7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)")
    field 11, jump 4, start -5, center 0
    """

    axes: tuple[Field, ...]
    unbounded: tuple[str, ...] = ()

    @property
    def alike(self) -> bool:
        """Whether the field is the same along all axes."""
        return len(set(self.axes)) == 1

    @property
    def field(self) -> Any:
        """How many cells an inner output cell reads, one number for all axes if they are alike."""
        return self._each([axis.field for axis in self.axes])

    @property
    def jump(self) -> Any:
        """Input cells from one output cell to the next."""
        return self._each([axis.jump for axis in self.axes])

    @property
    def start(self) -> Any:
        """The place of the leftmost cell that output cell 0 reads."""
        return self._each([axis.start for axis in self.axes])

    @property
    def center(self) -> Any:
        """The centre of the cells that output cell 0 reads."""
        return self._each([axis.center for axis in self.axes])

    def _each(self, values: Sequence[Any]) -> Any:
        return None if not values else values[0] if self.alike else tuple(values)

    def __repr__(self) -> str:
        """Write the field, or what bounds none."""
        if self.unbounded:
            return "\n".join(f"no field: {sentence}" for sentence in self.unbounded)
        if self.alike:
            return str(self.axes[0])
        return "\n".join(f"axis {number}: {axis}" for number, axis in enumerate(self.axes, 1))

    def to_dict(self) -> dict[str, Any]:
        """Return the field as JSON has it; a list where axes differ."""
        names = ("field", "jump", "start", "center", "fields")
        axes = [axis.to_dict() for axis in self.axes]
        if not axes:
            told: dict[str, Any] = dict.fromkeys(names[:4])
        elif self.alike:
            told = axes[0]
        else:
            told = {name: [axis.get(name) for axis in axes] for name in names[:4]}
            if any("fields" in axis for axis in axes):
                told["fields"] = [list(axis.cells) for axis in self.axes]
        unbounded = {"unbounded": list(self.unbounded)} if self.unbounded else {}
        return {"schema": SCHEMA} | told | unbounded
