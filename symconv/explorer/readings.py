"""What an operator reads, as terms that a page computes with: where taps lie, and how many."""

from __future__ import annotations

from typing import Any

from symconv.operators.reading import Blocks, Reading, Scattered, Segments, Windows

WINDOWS, STROKES, SEGMENTS, UNPLACED = "windows", "strokes", "segments", "unplaced"
"""How a page draws it: windows over the padded input, windows painted onto the output, segments of
the input, or nothing, where no law says which cells are read."""


def reading(reads: Reading) -> dict[str, Any]:
    """Return a reading as a value for `symconv.explorer.literals`.

    >>> from symconv.operators import OPERATORS
    >>> reading(OPERATORS["resize"].reads)["kind"], sorted(reading(OPERATORS["conv"].reads))
    ('unplaced', ['kind', 'padded', 'place', 'reached', 'step', 'taps', 'weighted'])
    """
    placed = reads.tiles if isinstance(reads, Blocks) else reads
    if isinstance(placed, Scattered):
        return {"kind": STROKES} | _windows(placed) | _painting(placed)
    if isinstance(placed, Windows):
        return {"kind": WINDOWS} | _windows(placed)
    if isinstance(placed, Segments):
        return {"kind": SEGMENTS, "start": placed.start, "end": placed.end, "says": reads.says}
    return {"kind": UNPLACED, "says": reads.says}


def _windows(windows: Windows) -> dict[str, Any]:
    return {
        "weighted": windows.weighted,
        "taps": windows.taps,
        "step": windows.step,
        "place": windows.place,
        "padded": windows.padded,
        "reached": windows.reached,
    }


def _painting(painted: Scattered) -> dict[str, Any]:
    """Return where strokes come from, and the direct convolution that computes the same."""
    return {
        "painter": painted.painter,
        "stretched": painted.stretched,
        "between": painted.between,
        "added": painted.added,
        "direct": _windows(painted.direct),
    }
