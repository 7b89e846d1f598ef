"""Where a layer's windows lie on one axis: what the operator reads becomes places.

* `windows`: a convolution's or a pool's windows, over the padded input; an adaptive pool's.
* `stretched`: a transposed convolution as an ordinary window of stride 1 over its stretched input.
* `strokes`: the same layer as paint.

Where a tap lies, and how far windows reach, the operator's reading says; what stands here makes
cells of it.

Reference: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", chapter 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from symconv.meanings.integers import INTEGERS, compiled
from symconv.operators import reading
from symconv.operators.borders import Border
from symconv.pictures.cells import (
    ADDED,
    BEYOND,
    INPUT,
    PADDING,
    ZERO,
    Cell,
    Strokes,
    Tap,
    TooLargeError,
    Windows,
)
from symconv.terms import Term, interpret, variable

Values = Mapping[str, int]
Drawable = reading.Windows | reading.Segments
"""What is read at places that are known."""


def value(term: Term, values: Values) -> int:
    """Return what a term comes to."""
    number: int = interpret(term, INTEGERS, values)
    return number


def numbers(values: Values) -> dict[Term, int]:
    """Return what stands for each letter, to put it into a law or a reading."""
    return {variable(name): number for name, number in values.items()}


class _Frame(NamedTuple):
    """Which places a row of cells has: from `first` on, with padding up to `end`, to `stop`."""

    first: int
    end: int
    stop: int

    @property
    def length(self) -> int:
        """How many places it has."""
        return self.stop - self.first

    def filled(self, cell: Callable[[int], Cell]) -> tuple[Cell, ...]:
        """Return the cell of each place."""
        return tuple(map(cell, range(self.first, self.stop)))


def windows(reads: Drawable, size: int, output: int, border: Border | None, most: int) -> Windows:
    """Return the windows of one axis.

    Args:
        reads: the windows, with numbers for the layer's letters.
        size: the input size.
        output: the output size, as the law says.
        border: what the padding copies, if it does.
        most: how many cells can be seen.

    Raises:
        TooLargeError: there are more of them.
    """
    if isinstance(reads, reading.Segments):
        return _segments(reads, size, output, most)
    frame = _frame(reads, size, output)
    _seen("padded input", frame.length, most)
    taps = _taps(reads, output, most)

    def cell(place: int) -> Cell:
        if 0 <= place < size:
            return Cell(INPUT, place)
        if place >= frame.end:
            return Cell(BEYOND)
        copied = None if border is None else value(border.source, {"W": size, "x": place})
        return Cell(PADDING, copied)

    return Windows(frame.first, frame.filled(cell), taps, size)


def stretched(reads: reading.Scattered, size: int, output: int, most: int) -> Windows:
    """Return a transposed convolution as windows of stride 1 over its stretched input.

    The kernel is turned round: what painted first is read last.

    Raises:
        TooLargeError: there are more cells than can be seen.
    """
    length = value(reads.stretched, {"W": size})
    frame = _frame(reads.direct, length, output)
    _seen("stretched input", frame.length, most)
    taps = tuple(
        tuple(Tap(tap.place, len(one) - 1 - tap.number) for tap in one)
        for one in _taps(reads.direct, output, most)
    )
    inputs = range(0, length, value(reads.between, {}) + 1)
    added_from = frame.end - value(reads.added, {})

    def cell(place: int) -> Cell:
        if 0 <= place < length:
            return Cell(INPUT, inputs.index(place)) if place in inputs else Cell(ZERO)
        return Cell(ADDED if place >= length and place >= added_from else PADDING)

    return Windows(frame.first, frame.filled(cell), taps, size)


def strokes(reads: reading.Scattered, size: int, output: int, most: int) -> Strokes:
    """Return a transposed convolution as paint: each input cell paints its window.

    Raises:
        TooLargeError: there are more cells than can be seen.
    """
    first, reach = value(reads.place, {"o": 0, "d": 0}), value(reads.reached, {"O": size})
    _seen("painted output", max(reach, output) - first, most)
    return Strokes(_taps(reads, size, most), output)


def _frame(windows: reading.Windows, cells: int, output: int) -> _Frame:
    """Return the places of a row of cells with its padding, and of what its windows reach."""
    start = value(windows.place, {"o": 0, "d": 0})
    end = start + value(windows.padded, {"W": cells})
    reach = value(windows.reached, {"O": output}) if output else end
    return _Frame(min(start, 0), end, max(end, reach, cells))


def _taps(windows: reading.Windows, count: int, most: int) -> tuple[tuple[Tap, ...], ...]:
    """Return the taps of so many windows, each where the law of places puts it."""
    taps, place = value(windows.taps, {}), compiled(windows.place, ("o", "d"))
    _seen("kernel", taps, most)
    _seen("output", count, most)
    return tuple(
        tuple(Tap(place(number, tap), tap) for tap in range(taps)) for number in range(count)
    )


def _segments(reads: reading.Segments, size: int, output: int, most: int) -> Windows:
    """Return windows that cover the input without padding, as an adaptive pool's do."""
    _seen("input", size, most)
    _seen("output", output, most)
    ends = ([value(end, {"o": n}) for end in (reads.start, reads.end)] for n in range(output))
    taps = tuple(tuple(Tap(place, tap) for tap, place in enumerate(range(*one))) for one in ends)
    return Windows(0, tuple(Cell(INPUT, place) for place in range(size)), taps, size)


def _seen(what: str, cells: int, most: int) -> None:
    """Refuse more cells than can be seen, before they are made."""
    if cells > most:
        raise TooLargeError(
            f"at most {most} cells in a row, so that one can see them",
            f"{cells} in the {what}",
            "Draw a smaller size.",
        )
