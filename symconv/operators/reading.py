"""What an output cell reads of the input, as a value that an operator has.

* `Windows`: a window, which moves by even steps (`operators.windows`).
* `Scattered`: the same the other way round; each input cell paints its window onto the output.
* `Cells`: its own cell, perhaps moved by a padding; `Exchanged` and `Gated`, of other channels.
* `Blocks`: a block of cells, moved between space and channels.
* `Segments`: a segment that depends on both sizes.
* `Everything`, and what no law places: `Interpolated`, `Random`, `Indexed`, `Halves`, `Joined`.

Whoever draws, derives, mirrors or ranks layers asks for this value, not for an operator's name.
"""

from __future__ import annotations

from typing import ClassVar

from symconv.operators.letters import O, W
from symconv.operators.windows import NONE, ONE, Reading, Scattered, Windows, d, o, r
from symconv.terms import Term


class Cells(Reading):
    """Its own cell: output cell `o` reads input cell `o - before`, if there is one."""

    says: ClassVar[str] = "its own cell"
    before: Term = NONE
    after: Term = NONE

    @property
    def tiles(self) -> Windows:
        """The same as windows of one tap."""
        return Windows(taps=ONE, before=self.before, after=self.after)


class Exchanged(Cells):
    """Its own cell, of another channel."""


class Gated(Cells):
    """Its own cell, of two channels: one half of them gates the other."""


class Blocks(Reading):
    """A block of `side` cells an axis, which lie in as many channels on the other side.

    Attributes:
        side: the block's cells along one axis.
        spread: whether channels are spread over space, so that output cell `o` reads input cell
            `o // side`; otherwise it reads the cells from `o*side` on.
    """

    says: ClassVar[str] = "a block"
    side: Term
    spread: bool

    @property
    def tiles(self) -> Windows:
        """The same as windows that neither overlap nor leave gaps."""
        kind = Scattered if self.spread else Windows
        return kind(taps=self.side, step=self.side)


class Segments(Reading):
    """The input cells from `start` on and before `end`, for output cell `o` of `O`."""

    says: ClassVar[str] = "a segment that depends on the size"
    start: Term
    end: Term


SPREAD = Segments(start=(o * W) // O, end=-((-((o + 1) * W)) // O))
"""As many segments as there are output cells, spread over the input; source: torch,
`ATen/native/AdaptivePooling.h`, `start_index` and `end_index`."""


class Halves(Reading):
    """Two cells: one of the first half of the axis and one of the second."""

    says: ClassVar[str] = "a cell of each half of the axis"


class Interpolated(Reading):
    """Cells near its place in the stretched input; how many, the mode says."""

    says: ClassVar[str] = "cells that depend on the mode of the interpolation and on the place"


class Random(Reading):
    """A window at a pseudo-random place."""

    says: ClassVar[str] = "a window at a pseudo-random place"
    taps: Term


class Indexed(Reading):
    """The cell whose index names it; `windows` are those of the pool that is undone."""

    says: ClassVar[str] = "whichever cell has its index"
    windows: Scattered


class Joined(Reading):
    """Windows of two axes in one row, or from there back; `windows` are those of the first axis."""

    says: ClassVar[str] = "windows of two axes in one row"
    windows: Windows


class Everything(Reading):
    """Every cell of the axis."""

    says: ClassVar[str] = "everything"


__all__ = [
    "NONE",
    "ONE",
    "SPREAD",
    "Blocks",
    "Cells",
    "Everything",
    "Exchanged",
    "Gated",
    "Halves",
    "Indexed",
    "Interpolated",
    "Joined",
    "Random",
    "Reading",
    "Scattered",
    "Segments",
    "Windows",
    "d",
    "o",
    "r",
]
