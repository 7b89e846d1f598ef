"""What a picture shows of one axis, as places and indices: no size is computed here.

Places are counted from the input's first cell, 0; those before it are negative. How many windows
there are, and where their taps lie, the operator has said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from symconv.errors import SymconvError

INPUT, PADDING, ZERO, ADDED, BEYOND = "in", "pad", "zero", "added", "beyond"
"""What a cell is: of the input; of its padding; a zero put between input cells; of the output
padding; or beyond the padding, where a window in ceil mode hangs over."""


class TooLargeError(SymconvError):
    """A picture would have more cells than one can see."""


class Cell(NamedTuple):
    """One place: what it is, and the input cell whose value it carries, if it carries one."""

    role: str
    source: int | None = None


class Tap(NamedTuple):
    """Where one tap of a window lies, and which tap of the kernel it is."""

    place: int
    number: int


class Read(NamedTuple):
    """That an output cell reads an input cell through a tap."""

    output: int
    input: int
    tap: int


@dataclass(frozen=True)
class Windows:
    """One axis of a layer that reads windows.

    Attributes:
        first: the place of the first cell.
        cells: all cells from there on.
        windows: the taps of each window, from left to right; one window for each output cell.
        size: the input's cells.
    """

    first: int
    cells: tuple[Cell, ...]
    windows: tuple[tuple[Tap, ...], ...]
    size: int

    @property
    def output(self) -> int:
        """How many output cells there are."""
        return len(self.windows)

    def cell(self, place: int) -> Cell:
        """Return the cell at a place."""
        return self.cells[place - self.first]

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """Every way in which an input cell takes part in an output cell."""
        return tuple(
            Read(output, source, tap.number)
            for output, taps in enumerate(self.windows)
            for tap in taps
            if (source := self.cell(tap.place).source) is not None
        )

    @cached_property
    def unread(self) -> frozenset[int]:
        """The places that no window reads; an input cell may be read through its copies, too."""
        tapped = {tap.place for taps in self.windows for tap in taps}
        sources = {read.input for read in self.reads}
        return frozenset(
            place
            for place, cell in enumerate(self.cells, self.first)
            if (cell.source not in sources if cell.role == INPUT else place not in tapped)
        )


@dataclass(frozen=True)
class Strokes:
    """One axis of a transposed layer: each input cell paints its window onto the output.

    Attributes:
        strokes: the taps of each input cell's window, at places of the output from 0.
        output: how many output cells there are, from place 0; what lies outside is cropped.
    """

    strokes: tuple[tuple[Tap, ...], ...]
    output: int

    @property
    def size(self) -> int:
        """How many input cells there are."""
        return len(self.strokes)

    @cached_property
    def places(self) -> range:
        """Every place that is painted or belongs to the output."""
        painted = [tap.place for taps in self.strokes for tap in taps]
        return range(min(0, *painted), max(self.output - 1, *painted) + 1)

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """Every way in which an input cell takes part in an output cell."""
        return tuple(
            Read(tap.place, number, tap.number)
            for number, taps in enumerate(self.strokes)
            for tap in taps
            if 0 <= tap.place < self.output
        )

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many taps paint each output cell."""
        painted = [read.output for read in self.reads]
        return tuple(painted.count(cell) for cell in range(self.output))


Axis = Windows | Strokes
Weights = Mapping[tuple[int, int], tuple[tuple[int, ...], ...]]


def weights(axes: Iterable[Axis]) -> Weights:
    """Return which taps stand where in the matrix that takes the input to the output.

    Several axes are laid out in one row, the last one fastest, as torch's `flatten` does.

    Returns:
        For a pair of an output cell and an input cell the taps that join them, each with a number
        for each axis. Pairs that are left out have a zero.
    """
    found: dict[tuple[int, int], tuple[tuple[int, ...], ...]] = {(0, 0): ((),)}
    for axis in axes:
        wider: dict[tuple[int, int], tuple[tuple[int, ...], ...]] = {}
        for (row, column), taps in found.items():
            for read in axis.reads:
                pair = row * axis.output + read.output, column * axis.size + read.input
                joined = tuple((*tap, read.tap) for tap in taps)
                wider[pair] = wider.get(pair, ()) + joined
        found = wider
    return found
