"""One axis of a transposed layer as paint: input above, its windows, the output that they paint."""

from __future__ import annotations

from symconv.pictures.canvas import MARGIN, Canvas
from symconv.pictures.cells import Strokes
from symconv.pictures.lanes import BAR, LANE, bar, lanes, side_of
from symconv.pictures.rows import LABEL


def draw_paint(canvas: Canvas, axis: Strokes, *, named: bool) -> None:
    """Draw each input cell, what it paints, the output, and how often each cell is painted."""
    places = axis.places
    side = side_of(max(len(places), axis.size))

    def column(place: int) -> float:
        return MARGIN + (place - places[0]) * side

    row = canvas.bottom + LABEL
    ways = lanes(axis.strokes)
    first_lane = row + side + 12
    out = first_lane + (max(ways) + 1) * LANE + 6
    middles = [column(s[0].place) + (s[-1].place - s[0].place + 1) * side / 2 for s in axis.strokes]
    canvas.text(middles[0] - side / 2 + 1, row - LABEL / 2, f"input (W = {axis.size})", "in-ink")
    for place in places:
        x = column(place)
        if not 0 <= place < axis.output:
            canvas.box(x, out, side, side, "cropped")
        elif axis.counts[place]:
            canvas.cell(x, out, side, "out", str(place))
        else:
            canvas.box(x, out, side, side, "out")
            canvas.hatch(x, out, side, side, "unpainted")
            canvas.text(x + side / 2, out + side / 2, str(place), "halo", middle=True)
    for number in sorted(range(axis.size), key=lambda one: -ways[one]):
        taps, lane = axis.strokes[number], first_lane + ways[number] * LANE
        kept = [tap.place for tap in taps if 0 <= tap.place < axis.output]
        says = f"input {number} paints " + (
            f"output {', '.join(map(str, kept))}" if kept else "nothing that is kept"
        )
        with canvas.one(says):
            canvas.line(middles[number], row + side, middles[number], lane + BAR / 2, "tie dotted")
            columns = [column(tap.place) for tap in taps]
            kinds = ["tap" if tap.place in kept else "tap faded" for tap in taps]
            bar(canvas, columns, lane, side, taps, kinds, named=named)
            canvas.cell(middles[number] - side / 2, row, side, "in", str(number))
    canvas.text(column(0) + 1, out + side + LABEL / 2, f"output (O = {axis.output})", "out-ink")
    canvas.reach(canvas.right, out + side + LABEL)
    _overlaps(canvas, axis, column(0), side)


def _overlaps(canvas: Canvas, axis: Strokes, left: float, side: int) -> None:
    """Draw the strip of overlap counts below the output."""
    top, most = canvas.bottom + 6, max(axis.counts)
    for place, count in enumerate(axis.counts):
        x = left + place * side
        canvas.fill(x, top, side, "count", strength(count, most))
        canvas.text(
            x + side / 2, top + side / 2, str(count), "", 13 if side >= 28 else 10.5, middle=True
        )
    canvas.reach(canvas.right, top + side)
    canvas.text(
        left + 1, canvas.bottom + LABEL / 2, "overlap: how many taps paint each cell", "kernel-text"
    )
    canvas.reach(canvas.right, canvas.bottom + 4)


def strength(count: int, most: int) -> float:
    """Return how strongly a cell is tinted that so many taps paint.

    >>> strength(0, 4), strength(4, 4)
    (0.0, 0.55)
    """
    return 0.55 * count / most if most else 0.0
