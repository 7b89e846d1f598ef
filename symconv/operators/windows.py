"""Windows, and windows painted: where tap `d` of window `o` lies is a law, and stands here.

References: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016), chapters
2 and 4; Odena, Dumoulin and Olah, "Deconvolution and checkerboard artifacts" (2016).
"""

from __future__ import annotations

from math import isqrt
from typing import ClassVar

from symconv.operators.letters import O, W
from symconv.operators.value import Value
from symconv.terms import Term, both, constant, sizes, substitute

o, d, r = sizes("o d r")
"""The number of an output cell or window, and of a tap, both from 0; a number of output cells."""

NONE, ONE = constant(0), constant(1)


class Reading(Value):
    """A way of reading.

    Attributes:
        says: what an output cell reads, for a sentence that has to name it.
    """

    says: ClassVar[str]


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
        return Scattered(**vars(self))

    def uniform_overlap(self, most: int) -> Term:
        """State that all cells far from the border are met equally often: no checkerboard.

        Of even windows, just then the step divides the number of taps and has no factor in common
        with the spacing.

        Args:
            most: the greatest factor that they may have in common.
        """
        primes = (p for p in range(2, most + 1) if all(p % q for q in range(2, isqrt(p) + 1)))
        apart = (~((self.step % p).eq(0) & (self.spacing % p).eq(0)) for p in primes)
        return both((self.taps % self.step).eq(0), *(apart if self.spacing is not ONE else ()))


class Scattered(Windows):
    """A window of the output for each input cell, which paints it; the borders are cropped.

    `place` is the output cell that tap `d` of input cell `o` is painted on; `before` and `after`
    are what is cropped.
    """

    says: ClassVar[str] = "the input cells that paint it"

    @property
    def painter(self) -> Term:
        """`step` times the input cell whose tap `d` paints output cell `o`: `place` turned round.

        Where the step does not divide it, no input cell does.
        """
        return o + self.before - self.offset

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
