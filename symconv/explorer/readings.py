"""What an operator reads, as terms that a page computes with: where taps lie, and how many."""

from __future__ import annotations

from typing import Any

from symconv.operators.reading import Blocks, Reading, Scattered, Segments, Windows

WINDOWS, STROKES, SEGMENTS, UNPLACED = "windows", "strokes", "segments", "unplaced"
"""How a page draws it: windows over the padded input, windows painted onto the output, segments of
the input, or nothing, where no law says which cells are read."""

PLACES = "weighted taps step place padded reached"
"""What a page asks of windows."""
PAINTING = "painter stretched between added"
"""What it asks besides of those that are painted."""


def reading(reads: Reading) -> dict[str, Any]:
    """Return a reading as a value for `symconv.explorer.literals`.

    >>> from symconv.operators import OPERATORS
    >>> reading(OPERATORS["resize"].reads)["kind"], sorted(reading(OPERATORS["conv"].reads))
    ('unplaced', ['kind', 'padded', 'place', 'reached', 'step', 'taps', 'weighted'])
    """
    placed = reads.tiles if isinstance(reads, Blocks) else reads
    if isinstance(placed, Scattered):
        direct = {"direct": _parts(placed.direct)}
        return {"kind": STROKES} | _parts(placed) | _parts(placed, PAINTING) | direct
    if isinstance(placed, Windows):
        return {"kind": WINDOWS} | _parts(placed)
    if isinstance(placed, Segments):
        return {"kind": SEGMENTS, "start": placed.start, "end": placed.end, "says": reads.says}
    return {"kind": UNPLACED, "says": reads.says}


def _parts(windows: Windows, names: str = PLACES) -> dict[str, Any]:
    """Return some of what windows say of themselves, by its names."""
    return {name: getattr(windows, name) for name in names.split()}
