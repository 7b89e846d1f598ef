"""What is drawn: one layer at one size, its laws and numbers; or why it can't be drawn."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from symconv.chains import Sizes
from symconv.chains import size as sizes_of
from symconv.chains.through import bound
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.operators import Operator
from symconv.operators.reading import Scattered
from symconv.pictures.cells import Axis, Strokes, TooLargeError, Windows
from symconv.pictures.placing import Drawable, Values, numbers, stretched, strokes, windows
from symconv.reading.chains import chain

MOST = {1: 64, 2: 24}
"""How many cells a row may have, for one axis and for two."""
MOST_IN_MATRIX = 64


class Subject(NamedTuple):
    """A layer at a size: for each axis its output, its law, the letters' values, and what it reads.

    Attributes:
        reads: what an output cell reads, with numbers for the letters.
    """

    layer: Layer
    sizes: tuple[int, ...]
    output: tuple[int, ...]
    laws: tuple[Operator, ...]
    values: tuple[Values, ...]
    reads: tuple[Drawable, ...]

    @property
    def kind(self) -> str:
        """What the layer is, for those who choose a view: a word of the refusals, too."""
        if self.laws[0].scatters:
            return "transposed convolution"
        return "convolution" if self.weighted else "pool"

    @property
    def weighted(self) -> bool:
        """Whether each tap has a weight."""
        return getattr(self.reads[0], "weighted", False)

    @property
    def most(self) -> int:
        """How many cells can be seen in a row."""
        return MOST[len(self.sizes)]

    def windows(self) -> tuple[Windows, ...]:
        """Return the windows of each axis."""
        borders = (law.border for law in self.laws)
        axes = zip(self.reads, self.sizes, self.output, borders, strict=True)
        return tuple(windows(*axis, self.most) for axis in axes)

    def stretched(self) -> tuple[Windows, ...]:
        """Return the windows over the stretched input of each axis."""
        return tuple(stretched(*axis, self.most) for axis in self._scattered())

    def strokes(self) -> tuple[Strokes, ...]:
        """Return the paint of each axis."""
        return tuple(strokes(*axis, self.most) for axis in self._scattered())

    def linear(self) -> tuple[Axis, ...]:
        """Return either, for a matrix that is not too large.

        Raises:
            TooLargeError: it is.
        """
        for what, sizes in (("input", self.sizes), ("output", self.output)):
            if math.prod(sizes) > MOST_IN_MATRIX:
                raise TooLargeError(
                    f"a matrix with at most {MOST_IN_MATRIX} rows and columns",
                    f"{shown(math.prod(sizes))} cells in the {what}",
                    "",
                )
        return self.strokes() if self.laws[0].scatters else self.windows()

    def _scattered(self) -> list[tuple[Scattered, int, int]]:
        return [
            (reads, size, cells)
            for reads, size, cells in zip(self.reads, self.sizes, self.output, strict=True)
            if isinstance(reads, Scattered)
        ]


def subject_of(layer: Any, size: Any) -> Subject:
    """Read a layer and a size.

    Raises:
        RequestError: they are none, or the layer has no windows that can be drawn.
        RefusedSizeError: the layer does not take the size.
    """
    read = chain(layer)
    if len(read.layers) != 1:
        raise RequestError(
            "one layer to draw",
            f"{len(read.layers)} layers",
            "Draw them one by one; `symconv size` tells the size that enters each.",
            place=read.layers[1].place() if read.layers else None,
        )
    (one,) = read.layers
    found = sizes_of(one, size)
    if not isinstance(found, Sizes):
        raise RequestError("one size to draw", "an array of sizes", "Write for instance 6.")
    sizes = found.rows[0]
    rows = one.rows(len(sizes))
    laws = tuple(row.operator for row in rows)
    if others := [law.reads for law in laws if not _drawable_beside(law, laws[0])]:
        raise RequestError(
            "a layer of windows: a convolution, a transposed convolution or a pool",
            f"{shown(one)}, where an output cell reads {others[0].says}",
            "Draw for instance Conv1d(kernel_size=3), ConvTranspose1d(kernel_size=3), "
            "MaxPool2d(2) or AdaptiveAvgPool1d(4).",
            place=one.place(),
        )
    if len(sizes) not in MOST:
        raise RequestError(
            "a layer over one axis or two",
            f"{shown(one)} over {len(sizes)}",
            "Draw its axes one by one, with the layer's variant for one axis.",
            place=one.place(),
        )
    _ = found.output  # raises where the layer refuses
    output = found.rows[-1]
    values = tuple(bound(row, sizes, None, PLAIN) for row in rows)
    reads = (
        law.reads.where(numbers({**known, "O": cells}))
        for law, known, cells in zip(laws, values, output, strict=True)
    )
    drawable = tuple(one for one in reads if isinstance(one, Drawable))
    return Subject(one, sizes, output, laws, values, drawable)


def _drawable_beside(law: Operator, first: Operator) -> bool:
    """Whether a law can be drawn, and in one picture with that of the first axis."""
    return isinstance(law.reads, Drawable) and law.scatters is first.scatters
