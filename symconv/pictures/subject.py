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
from symconv.pictures.cells import Axis, Strokes, TooLargeError, Windows
from symconv.pictures.placing import (
    COVERING,
    SCATTERED,
    WINDOWED,
    Values,
    stretched,
    strokes,
    windows,
)
from symconv.reading.chains import chain

MOST = {1: 64, 2: 24}
"""How many cells a row may have, for one axis and for two."""
MOST_IN_MATRIX = 64


class Subject(NamedTuple):
    """A layer at a size: for each axis its law, what the letters stand for, and its output."""

    layer: Layer
    sizes: tuple[int, ...]
    output: tuple[int, ...]
    laws: tuple[Operator, ...]
    values: tuple[Values, ...]

    @property
    def kind(self) -> str:
        """What the layer is, for those who choose a view: a word of the refusals, too."""
        name = self.laws[0].name
        if name in SCATTERED:
            return "transposed convolution"
        return "convolution" if name.startswith("conv") else "pool"

    def windows(self) -> tuple[Windows, ...]:
        """Return the windows of each axis."""
        mode = getattr(self.layer, "padding_mode", "zeros")
        most = MOST[len(self.sizes)]
        return tuple(windows(*one, mode=mode, most=most) for one in self._axes())

    def stretched(self) -> tuple[Windows, ...]:
        """Return the windows over the stretched input of each axis."""
        return tuple(stretched(*one, most=MOST[len(self.sizes)]) for one in self._axes())

    def strokes(self) -> tuple[Strokes, ...]:
        """Return the paint of each axis."""
        most = MOST[len(self.sizes)]
        return tuple(strokes(values, output, most) for _, values, output in self._axes())

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
        return self.strokes() if self.kind == "transposed convolution" else self.windows()

    def _axes(self) -> list[tuple[Operator, Values, int]]:
        return list(zip(self.laws, self.values, self.output, strict=True))


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
        )
    (one,) = read.layers
    found = sizes_of(one, size)
    if not isinstance(found, Sizes):
        raise RequestError("one size to draw", "an array of sizes", "Write for instance 6.")
    sizes = found.rows[0]
    rows = one.rows(len(sizes))
    if not all(row.operator.name in (*WINDOWED, *COVERING, *SCATTERED) for row in rows):
        raise RequestError(
            "a layer of windows: a convolution, a transposed convolution or a pool",
            shown(one),
            "Draw for instance Conv1d(kernel_size=3), ConvTranspose1d(kernel_size=3), "
            "MaxPool2d(2) or AdaptiveAvgPool1d(4).",
        )
    if len(sizes) not in MOST:
        raise RequestError(
            "a layer over one axis or two",
            f"{shown(one)} over {len(sizes)}",
            "Draw its axes one by one, with the layer's variant for one axis.",
        )
    _ = found.output  # raises where the layer refuses
    return Subject(
        one,
        sizes,
        found.rows[-1],
        tuple(row.operator for row in rows),
        tuple(bound(row, sizes, None, PLAIN) for row in rows),
    )
