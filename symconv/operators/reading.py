"""What an output cell reads of the input, as a value that an operator has.

* `Windows`: a window, which moves by even steps. Where its taps lie is a law, and stands here.
* `Scattered`: the same the other way round; each input cell paints its window onto the output.
* `Cells`: its own cell, perhaps moved by a padding; `Exchanged` and `Gated`, of other channels.
* `Blocks`: a block of cells, moved between space and channels.
* `Segments`: a segment that depends on both sizes.
* `Everything`, and what no law places: `Interpolated`, `Random`, `Indexed`, `Halves`, `Joined`.

Whoever draws, derives, mirrors or ranks layers asks for this value, not for an operator's name.

References: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016), chapters
2 and 4; Odena, Dumoulin and Olah, "Deconvolution and checkerboard artifacts" (2016).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import isqrt
from typing import ClassVar, Self

from symconv.operators.letters import O, W
from symconv.terms import Term, TermLike, both, constant, sizes, substitute

o, d, r = sizes("o d r")
"""The number of an output cell or window, and of a tap, both from 0; a number of output cells."""

NONE, ONE = constant(0), constant(1)


@dataclass(frozen=True)
class Reading:
    """A way of reading.

    Attributes:
        says: what an output cell reads, for a sentence that has to name it.
    """

    says: ClassVar[str]

    def where(self, replacements: Mapping[Term, TermLike]) -> Self:
        """Return the same with some letters replaced."""
        terms = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(
            self,
            **{
                name: substitute(value, replacements)
                for name, value in terms.items()
                if isinstance(value, Term)
            },
        )


@dataclass(frozen=True, kw_only=True)
class Windows(Reading):
    """A window over the padded input for each output cell, at even steps.

    Attributes:
        taps: how many taps a window has.
        step: cells from a window's start to the next one's.
        spacing: cells from one tap to the next.
        before: cells of padding before the input; what is negative crops.
        after: cells of padding after it.
        tap: where tap `d` lies, counted from its window's first cell, if that is not `d*spacing`;
            it rises with `d`, and is 0 for `d = 0`.
        weighted: whether each tap has a weight, as in a convolution.
        added: cells beyond what is cropped, at the end of what windows are painted on.
    """

    says: ClassVar[str] = "a window"
    taps: Term
    step: Term = ONE
    spacing: Term = ONE
    before: Term = NONE
    after: Term = NONE
    tap: Term | None = None
    weighted: bool = False
    added: Term = NONE

    @property
    def even(self) -> bool:
        """Whether all taps lie equally far apart."""
        return self.tap is None

    @property
    def offset(self) -> Term:
        """Where tap `d` lies, counted from its window's first cell."""
        if self.tap is not None:
            return self.tap
        return d if self.spacing is ONE else self.spacing * d

    @property
    def place(self) -> Term:
        """Where tap `d` of window `o` lies, counted from the input's first cell."""
        return o * self.step + self.offset - self.before

    @property
    def extent(self) -> Term:
        """Cells from a window's first tap to its last one, both included."""
        if self.even and self.spacing is ONE:
            return self.taps
        return substitute(self.offset, {d: self.taps - 1}) + 1

    @property
    def padding(self) -> Term:
        """The cells of padding on both sides together."""
        if self.before is self.after:
            return NONE if self.before is NONE else 2 * self.before
        return self.before + self.after

    @property
    def padded(self) -> Term:
        """The cells of the padded input."""
        return W if self.padding is NONE else W + self.padding

    @property
    def end(self) -> Term:
        """Where the padding after the input begins, counted from the first padded cell."""
        return W if self.before is NONE else W + self.before

    @property
    def reached(self) -> Term:
        """Cells of the input up to the end of the last of `O` windows, those of padding too."""
        return (O - 1) * self.step + self.extent - self.before

    @property
    def seen(self) -> Term:
        """Cells from the first to the last that `r` output cells in a row read.

        Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks"
        (2019).
        """
        return (r - 1) * self.step + self.extent

    @property
    def painted(self) -> Scattered:
        """The same windows the other way round."""
        return Scattered(**{one.name: getattr(self, one.name) for one in fields(Windows)})

    def uniform_overlap(self, most: int) -> Term:
        """State that all cells far from the border are met equally often: no checkerboard.

        Just then the step divides the number of taps and has no factor in common with the spacing.

        Args:
            most: the greatest factor that they may have in common.
        """
        primes = (p for p in range(2, most + 1) if all(p % q for q in range(2, isqrt(p) + 1)))
        apart = (~((self.step % p).eq(0) & (self.spacing % p).eq(0)) for p in primes)
        return both((self.taps % self.step).eq(0), *(apart if self.spacing is not ONE else ()))


@dataclass(frozen=True, kw_only=True)
class Scattered(Windows):
    """A window of the output for each input cell, which paints it; the borders are cropped.

    `place` is the output cell that tap `d` of input cell `o` is painted on; `before` and `after`
    are what is cropped.
    """

    says: ClassVar[str] = "the input cells that paint it"

    @property
    def between(self) -> Term:
        """Zeros between two input cells of the direct convolution with the same values."""
        return self.step - 1

    @property
    def around(self) -> Term:
        """The padding of that convolution, of stride 1 and with the kernel turned round."""
        return self.extent - 1 - self.before

    @property
    def stretched(self) -> Term:
        """The cells of that convolution's input, the zeros between them included."""
        return (W - 1) * self.step + 1

    @property
    def direct(self) -> Windows:
        """The windows of that convolution, over `stretched` cells; what painted first is last."""
        turned = substitute(self.offset, {d: self.taps - 1 - d})
        return Windows(
            taps=self.taps,
            spacing=self.spacing,
            before=self.around,
            after=self.extent - 1 - self.after + self.added,
            tap=None if self.even else self.extent - 1 - turned,
            weighted=self.weighted,
        )


@dataclass(frozen=True, kw_only=True)
class Cells(Reading):
    """Its own cell: output cell `o` reads input cell `o - before`, if there is one."""

    says: ClassVar[str] = "its own cell"
    before: Term = NONE
    after: Term = NONE


@dataclass(frozen=True, kw_only=True)
class Exchanged(Cells):
    """Its own cell, of another channel."""


@dataclass(frozen=True, kw_only=True)
class Gated(Cells):
    """Its own cell, of two channels: one half of them gates the other."""


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class Segments(Reading):
    """The input cells from `start` on and before `end`, for output cell `o` of `O`."""

    says: ClassVar[str] = "a segment that depends on the size"
    start: Term
    end: Term


SPREAD = Segments(start=(o * W) // O, end=-((-((o + 1) * W)) // O))
"""As many segments as there are output cells, spread over the input; source: torch,
`ATen/native/AdaptivePooling.h`, `start_index` and `end_index`."""


@dataclass(frozen=True)
class Halves(Reading):
    """Two cells: one of the first half of the axis and one of the second."""

    says: ClassVar[str] = "a cell of each half of the axis"


@dataclass(frozen=True)
class Interpolated(Reading):
    """Cells near its place in the stretched input; how many, the mode says."""

    says: ClassVar[str] = "cells that depend on the mode of the interpolation and on the place"


@dataclass(frozen=True, kw_only=True)
class Random(Reading):
    """A window at a pseudo-random place."""

    says: ClassVar[str] = "a window at a pseudo-random place"
    taps: Term


@dataclass(frozen=True, kw_only=True)
class Indexed(Reading):
    """The cell whose index names it; `windows` are those of the pool that is undone."""

    says: ClassVar[str] = "whichever cell has its index"
    windows: Scattered

    def where(self, replacements: Mapping[Term, TermLike]) -> Self:
        """Return the same with some letters replaced."""
        return replace(self, windows=self.windows.where(replacements))


@dataclass(frozen=True, kw_only=True)
class Joined(Reading):
    """Windows of two axes in one row, or from there back; `windows` are those of the first axis."""

    says: ClassVar[str] = "windows of two axes in one row"
    windows: Windows

    def where(self, replacements: Mapping[Term, TermLike]) -> Self:
        """Return the same with some letters replaced."""
        return replace(self, windows=self.windows.where(replacements))


@dataclass(frozen=True)
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
