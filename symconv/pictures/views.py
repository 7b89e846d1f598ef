"""The views: what each shows of a layer, for which layers, and how it is drawn and told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import symconv.pictures.words as words
from symconv.meanings.notation import text
from symconv.operators.reading import Scattered
from symconv.pictures.canvas import Canvas
from symconv.pictures.cells import weights
from symconv.pictures.grids import draw_grids
from symconv.pictures.legend import shortened
from symconv.pictures.matrices import draw_matrix
from symconv.pictures.overlaps import draw_overlaps
from symconv.pictures.paint import draw_paint
from symconv.pictures.placing import Values, value
from symconv.pictures.rows import draw_windows
from symconv.pictures.subject import Subject


class View(NamedTuple):
    """One way to show a layer.

    Attributes:
        kinds: the kinds of layers that it shows.
        axes: finds what is to be drawn on each axis.
        draw: draws that.
        describe: tells it in words.
        says: what the view is, for a heading where there are several.
        note: numbers that the view adds to the layer's own.
        weighted: whether it is made of weights, so that taps without any have nothing to show.
    """

    kinds: tuple[str, ...]
    axes: Callable[[Subject], Any]
    draw: Callable[[Canvas, Subject, Any], None]
    describe: Callable[[Any], str]
    says: str = ""
    note: Callable[[Subject], str] = lambda subject: ""  # noqa: ARG005
    weighted: bool = False

    def shows(self, subject: Subject) -> bool:
        """Whether it shows such a layer."""
        return subject.kind in self.kinds and (subject.weighted or not self.weighted)


def _windows(canvas: Canvas, subject: Subject, axes: Any, what: str = "input") -> None:
    draw_axes = draw_windows if len(axes) == 1 else draw_grids
    draw_axes(canvas, *axes, named=subject.weighted, what=what)


def _paint(canvas: Canvas, subject: Subject, axes: Any) -> None:
    if len(axes) == 1:
        draw_paint(canvas, *axes, named=subject.weighted)
    else:
        draw_overlaps(canvas, *axes)


def _matrix(canvas: Canvas, subject: Subject, axes: Any, *, turned: bool) -> None:
    draw_matrix(canvas, weights(axes), subject.output, subject.sizes, turned=turned)


def _matrix_in_words(axes: Any, *, turned: bool) -> str:
    found = weights(axes)
    first = [
        f"column {column} has {' + '.join('w' + ','.join(map(str, tap)) for tap in taps)}"
        for (row, column), taps in found.items()
        if row == 0
    ]
    rows = f"Row 0 of the matrix from input to output: {', '.join(first) or 'zeros'}."
    return f"{rows} {len(found)} entries are not zero." + (" The transpose is shown." * turned)


def _stretching(subject: Subject) -> str:
    """Say how an input is stretched, with the numbers of each axis."""
    axes = zip(subject.laws, subject.values, strict=True)
    said = [_stretched(law.reads, one) for law, one in axes if isinstance(law.reads, Scattered)]
    return "; ".join(dict.fromkeys(said))


def _stretched(reads: Scattered, values: Values) -> str:
    between, around, added = (
        value(term, values) for term in (reads.between, reads.around, reads.added)
    )
    behind = value(reads.direct.after, values) - added
    sides = f"{_padding(around)} at each side" if around else "no padding"
    if behind != around:
        sides = f"{_padding(around)} before it, {_padding(behind)} after it"
    return (
        f"{text(reads.between)} = {words.many(between, 'zero')} between cells, "
        f"{text(shortened(reads.around, reads))} = {around}: {sides}"
        + (f", A = {added} more at the end" if added else "")
    )


def _padding(cells: int) -> str:
    return words.many(abs(cells), "cell") + (" cut off" if cells < 0 else " of padding")


TRANSPOSED, BOTH = "transposed convolution", ("convolution", "transposed convolution")

VIEWS = {
    "window": View(("convolution", "pool"), Subject.windows, _windows, words.of_windows),
    "stretched": View(
        (TRANSPOSED,),
        Subject.stretched,
        partial(_windows, what="stretched input"),
        words.of_windows,
        "As an ordinary window over the stretched input",
        _stretching,
    ),
    "paint": View(
        (TRANSPOSED,),
        Subject.strokes,
        _paint,
        words.of_strokes,
        "As paint: each input cell paints its window",
    ),
    "matrix": View(
        BOTH,
        Subject.linear,
        partial(_matrix, turned=False),
        partial(_matrix_in_words, turned=False),
        "The matrix that takes the input to the output",
        weighted=True,
    ),
    "transposed matrix": View(
        BOTH,
        Subject.linear,
        partial(_matrix, turned=True),
        partial(_matrix_in_words, turned=True),
        "The transposed matrix: from the output's shape back to the input's",
        weighted=True,
    ),
}
"""Every view, by name."""

USUAL = {
    "convolution": ("window",),
    "pool": ("window",),
    TRANSPOSED: ("stretched", "paint"),
}
"""What is drawn of each kind of layer when no view is asked for."""
