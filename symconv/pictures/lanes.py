"""Windows below a row of cells, in as few lanes as keep them apart; and how wide a cell is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from symconv.pictures.canvas import MARGIN, Canvas
from symconv.pictures.cells import Tap

LANE, BAR = 26, 18
"""From one lane to the next, and how high a window is in its lane."""


def side_of(cells: int) -> int:
    """Return how wide a cell is drawn where there are so many in a row.

    >>> side_of(8), side_of(20), side_of(60)
    (38, 28, 20)
    """
    return 38 if cells <= 18 else 28 if cells <= 32 else 20


def lanes(windows: Iterable[Sequence[Tap]]) -> list[int]:
    """Give each window the first lane in which it touches no other.

    >>> lanes([[Tap(0, 0), Tap(2, 1)], [Tap(2, 0), Tap(4, 1)], [Tap(4, 0), Tap(6, 1)]])
    [0, 1, 0]
    """
    ends: list[int] = []
    found = []
    for taps in windows:
        start, end = taps[0].place, taps[-1].place
        lane = next((n for n, last in enumerate(ends) if last < start), len(ends))
        ends[lane : lane + 1] = [end]
        found.append(lane)
    return found


def bar(
    canvas: Canvas,
    columns: Sequence[float],
    y: float,
    side: int,
    taps: Sequence[Tap],
    kinds: Sequence[str],
    *,
    named: bool,
) -> None:
    """Draw one window in its lane: a bar from its first tap to its last one, and the taps.

    Args:
        canvas: where to draw.
        columns: the left edge of each tap's cell.
        y: the top of the lane.
        side: how wide a cell is.
        taps: the taps.
        kinds: how each of them looks.
        named: whether taps have weights.
    """
    inset = 4 if side >= 28 else 2.5
    room = columns[-1] - columns[0] + side
    canvas.box(columns[0], y - 1.5, room, BAR + 3, "span")
    if len(taps) > 1:
        middle = y + BAR / 2
        canvas.line(columns[0] + side / 2, middle, columns[-1] + side / 2, middle, "tie")
    for tap, column, kind in zip(taps, columns, kinds, strict=True):
        width = side - 2 * inset
        canvas.tap(column + inset, y, width, BAR, kind, str(tap.number) if named else "")


def spread(middles: Sequence[float], side: int, around: float) -> list[float]:
    """Return where to put cells that belong below these places, so that they do not overlap.

    They stay there if there is room, and else stand side by side around a middle.
    """
    close = any(second - first < side - 0.01 for first, second in pairwise(middles))
    if not close:
        return [middle - side / 2 for middle in middles]
    start = max(MARGIN, around - len(middles) * side / 2)
    return [start + number * side for number in range(len(middles))]
