"""Where a layer's windows lie on one axis: the layer's numbers become places.

* `windows`: a convolution's or a pool's windows, over the padded input; an adaptive pool's.
* `stretched`: a transposed convolution as an ordinary window of stride 1 over its stretched input.
* `strokes`: the same layer as paint.

Reference: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", chapter 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symconv.meanings.integers import INTEGERS
from symconv.operators import OPERATORS, Operator
from symconv.operators.operator import A, D, F, O, P, S, W, hi, lo
from symconv.operators.scaling import extent
from symconv.operators.window import SAME
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
from symconv.terms import Term, interpret, variables

Values = Mapping[str, int]

WINDOWED = (
    "conv", "conv_replicate", "conv_reflect", "conv_circular", "conv_same", "conv_same_reflect",
    "conv_same_circular", "max_pool", "avg_pool", "lp_pool",
)  # fmt: skip
COVERING = ("adaptive_pool", "resize_area", "upsample_area")
SCATTERED = ("conv_transpose", "conv_transpose_sized")
"""The operators that can be drawn: windows at even steps, windows that cover the input, paint."""

BETWEEN, AROUND = S - 1, extent - 1 - P
"""The zeros between two cells of a stretched input, and the padding at each side of it."""

COPIES: Mapping[str, Callable[[int, int], int | None]] = {
    "zeros": lambda place, size: None,  # noqa: ARG005
    "reflect": lambda place, size: -place if place < 0 else 2 * (size - 1) - place,
    "replicate": lambda place, size: min(max(place, 0), size - 1),
    "circular": lambda place, size: place % size,
}
"""The input cell that a padding cell copies, by torch's name of the padding mode."""

_UNWRITTEN = {"P": 0, "D": 1, "A": 0}
"""What a letter stands for in a layer that has no such parameter."""


def value(term: Term, values: Values) -> int:
    """Return what a term comes to on one axis of a layer."""
    named = {name: ({**_UNWRITTEN, **values})[name] for name in variables(term)}
    found: int = interpret(term, INTEGERS, named)
    return found


def windows(
    operator: Operator, values: Values, output: int, mode: str = "zeros", most: int = 64
) -> Windows:
    """Return the windows of one axis.

    Args:
        operator: the law of the axis, one of `WINDOWED` or `COVERING`.
        values: what stands for each of its letters.
        output: the output size, as the law says.
        mode: torch's padding mode.
        most: how many cells can be seen.

    Raises:
        TooLargeError: there are more of them.
    """
    if operator.name in COVERING:
        return _covering(values, output, most)
    size, step, apart = (value(term, values) for term in (W, S, D))
    before, after = (
        value(SAME[side] if "same" in operator.name else P, values) for side in (lo, hi)
    )
    start, end = (output - 1) * step - before, size + after
    reach = start + value(extent, values) if output else end
    _seen("padded input", max(end, reach, size) - min(-before, 0), most)
    _seen("kernel", value(F, values), most)
    _seen("output", output, most)
    taps = tuple(
        tuple(Tap(number * step - before + tap * apart, tap) for tap in range(value(F, values)))
        for number in range(output)
    )
    cells = tuple(
        Cell(INPUT, place)
        if 0 <= place < size
        else Cell(PADDING, COPIES[mode](place, size))
        if place < end
        else Cell(BEYOND)
        for place in range(min(-before, 0), max(end, reach, size))
    )
    return Windows(min(-before, 0), cells, taps, size)


def _covering(values: Values, output: int, most: int) -> Windows:
    """Return windows that cover the input without padding, as an adaptive pool's do."""
    from symconv.deriving.resizing import ENDS, STARTS

    size = value(W, values)
    _seen("input", size, most)
    _seen("output", output, most)
    taps = tuple(
        tuple(
            Tap(place, tap)
            for tap, place in enumerate(range(value(STARTS, given), value(ENDS, given)))
        )
        for number in range(output)
        for given in [{"W": size, "O": output, "j": number}]
    )
    return Windows(0, tuple(Cell(INPUT, place) for place in range(size)), taps, size)


def with_output_padding(operator: Operator, values: Values) -> Values:
    """Return a transposed layer's numbers, with the output padding that a given size asks for."""
    if operator.name != "conv_transpose_sized":
        return values
    shortest = value(OPERATORS["conv_transpose"].size, {**values, "A": 0})
    return {**values, "A": value(O, values) - shortest}


def stretched(operator: Operator, values: Values, output: int, most: int = 64) -> Windows:
    """Return a transposed convolution as windows of stride 1 over its stretched input.

    The kernel is turned round: what painted first is read last.

    Raises:
        TooLargeError: there are more cells than can be seen.
    """
    values = with_output_padding(operator, values)
    size, between, around = (value(term, values) for term in (W, BETWEEN, AROUND))
    count, apart, added = (value(term, values) for term in (F, D, A))
    pitch = between + 1
    last = (size - 1) * pitch
    end = last + 1 + around + added
    first, stop = min(-around, 0), max(end, last + 1)
    _seen("stretched input", stop - first, most)
    _seen("kernel", count, most)
    _seen("output", output, most)
    cells = tuple(_stretched_cell(place, pitch, last, end - added) for place in range(first, stop))
    taps = tuple(
        tuple(Tap(number - around + tap * apart, count - 1 - tap) for tap in range(count))
        for number in range(output)
    )
    return Windows(first, cells, taps, size)


def _stretched_cell(place: int, pitch: int, last: int, added_from: int) -> Cell:
    if 0 <= place <= last:
        return Cell(ZERO) if place % pitch else Cell(INPUT, place // pitch)
    return Cell(ADDED if place > last and place >= added_from else PADDING)


def strokes(values: Values, output: int, most: int = 64) -> Strokes:
    """Return a transposed convolution as paint: each input cell paints its window.

    Raises:
        TooLargeError: there are more cells than can be seen.
    """
    size, step, crop, count, apart = (value(term, values) for term in (W, S, P, F, D))
    reach = (size - 1) * step + value(extent, values)
    _seen("painted output", max(reach, output + crop), most)
    _seen("kernel", count, most)
    return Strokes(
        tuple(
            tuple(Tap(number * step - crop + tap * apart, tap) for tap in range(count))
            for number in range(size)
        ),
        output,
    )


def _seen(what: str, cells: int, most: int) -> None:
    """Refuse more cells than can be seen, before they are made."""
    if cells > most:
        raise TooLargeError(
            f"at most {most} cells in a row, so that one can see them",
            f"{cells} in the {what}",
            "Draw a smaller size.",
        )
