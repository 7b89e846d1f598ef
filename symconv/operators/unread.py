"""Which cells of the input no output cell reads, as a statement about `W` and the output size `O`.

Windows leave cells unread beyond the last one, between taps that are further apart than a stride
makes up for, and where a padding crops. What is said here follows from where a tap lies
(`operators.windows`). Far from the borders all cells of one remainder are alike, so that it is
enough to look at a stride and a window's extent of cells on either side.
"""

from __future__ import annotations

from collections.abc import Callable

from symconv.operators.letters import O, W
from symconv.operators.operator import Operator
from symconv.operators.reading import SPREAD, Blocks, Cells, Everything, Halves, Segments
from symconv.operators.windows import Scattered, Windows
from symconv.terms import Term, both, either

MOST_TAPS = 4096
"""How many taps of border cells are written out for one layer."""

Evaluate = Callable[[Term], int]
"""What a term in a layer's letters comes to."""


def every_cell_read(operator: Operator, evaluate: Evaluate) -> Term | None:
    """State that no cell of an axis is left unread.

    Args:
        operator: the operator.
        evaluate: what a term in its letters, and in `d` for the number of a tap, comes to.

    Returns:
        A statement about `W` and `O`, for sizes from 1 on; nothing where no law says what is read:
        of what is interpolated or random, of copied borders, and of too many taps.
    """
    reads = operator.reads
    if isinstance(reads, Scattered):
        return _painted(reads, evaluate)
    if isinstance(reads, Windows):
        return _seen(reads, evaluate) if operator.border is None else None
    if isinstance(reads, Cells):
        return both() if min(evaluate(reads.before), evaluate(reads.after)) >= 0 else either()
    if isinstance(reads, Segments) and reads == SPREAD:
        return O >= 1
    return both() if isinstance(reads, (Blocks, Halves, Everything)) else None


def _seen(windows: Windows, evaluate: Evaluate) -> Term | None:
    """State that windows miss no cell."""
    taps, step, before, after, extent = map(
        evaluate,
        (windows.taps, windows.step, windows.before, windows.after, windows.extent),
    )
    if before < 0:
        return either()  # the first cell is cropped
    if extent == taps and step <= taps:  # no gaps: only what lies beyond the last window
        return (O - 1) * step + (extent - before) >= W
    left = max(0, extent - 1 - before) + step  # a stride of cells that every window may reach
    right = max(0, extent - 2 + step - after)
    offsets = _offsets(windows, evaluate, taps * (left + right))
    if offsets is None:
        return None
    return both(
        *((W <= x) | _reached(x + before, offsets, step) for x in range(left)),
        *(
            (W <= y) | either(*(_starts(W + (before - 1 - y - tap), step) for tap in offsets))
            for y in range(right)
        ),
    )


def _reached(place: int, offsets: list[int], step: int) -> Term:
    """State that one of enough windows has a tap at a place, counted from the first padded cell."""
    starts = [place - tap for tap in offsets if place >= tap and (place - tap) % step == 0]
    return O > min(starts) // step if starts else either()


def _starts(start: Term, step: int) -> Term:
    """State that a window starts at a place, counted from the first padded cell."""
    return (start % step).eq(0) & (start >= 0) & (start <= (O - 1) * step)


def _painted(windows: Scattered, evaluate: Evaluate) -> Term | None:
    """State that each input cell paints an output cell: not all of its taps are cropped."""
    taps, step, before, after = map(
        evaluate, (windows.taps, windows.step, windows.before, windows.after)
    )
    left, right = -(-before // step), -(-after // step)
    offsets = _offsets(windows, evaluate, taps * (left + right))
    if offsets is None:
        return None
    inside = [(x, [x * step + tap - before for tap in offsets]) for x in range(left)]
    return both(
        *(
            (W <= x) | either(*(O > place for place in places if place >= 0))
            for x, places in inside
        ),
        *(
            (W <= y)
            | either(
                *(
                    (place >= 0) & (place < O)
                    for place in ((W - 1 - y) * step + (tap - before) for tap in offsets)
                )
            )
            for y in range(right)
        ),
    )


def _offsets(windows: Windows, evaluate: Evaluate, written: int) -> list[int] | None:
    """Return where each tap lies in its window, if so many can be written out."""
    if written > MOST_TAPS:
        return None
    return [evaluate(windows.at(tap)) for tap in range(evaluate(windows.taps))]
