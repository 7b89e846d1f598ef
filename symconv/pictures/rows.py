"""One axis: windows in lanes between the row of cells that they read and the row that they give."""

from __future__ import annotations

from symconv.pictures.canvas import MARGIN, Canvas
from symconv.pictures.cells import BEYOND, INPUT, ZERO, Windows
from symconv.pictures.lanes import BAR, LANE, bar, lanes, side_of, spread

LABEL = 22
"""Room for the label of a row."""


def draw_windows(canvas: Canvas, axis: Windows, *, named: bool, what: str = "input") -> None:
    """Draw the cells that are read, each window in a lane, and the output cells below.

    Args:
        canvas: where to draw.
        axis: the windows.
        named: whether taps have weights.
        what: what the row of cells is called.
    """
    side = side_of(max(len(axis.cells), axis.output))
    ways = lanes(axis.windows)
    count = max(ways, default=-1) + 1

    def column(place: int) -> float:
        return left + (place - axis.first) * side

    middles = [(taps[0].place + taps[-1].place + 1) / 2 for taps in axis.windows]
    around = axis.first + len(axis.cells) / 2
    outputs = spread(
        [MARGIN + (middle - axis.first) * side for middle in middles],
        side,
        MARGIN + (around - axis.first) * side,
    )
    row = canvas.bottom + LABEL
    left = max(MARGIN, MARGIN + (axis.output - len(axis.cells)) * side / 2)
    if left > MARGIN:  # the output is the longer row: centre the input above it
        outputs = [MARGIN + number * side for number in range(axis.output)]
    start = column(0)
    canvas.text(start + 1, row - LABEL / 2, f"{what} (W = {axis.size})", "in-ink")
    _cells(canvas, axis, left, row, side)
    first_lane = row + side + 10
    out = first_lane + count * LANE + 12
    for number in sorted(range(axis.output), key=lambda one: ways[one]):
        taps, lane = axis.windows[number], first_lane + ways[number] * LANE
        with canvas.one(_reads(axis, number)):
            columns = [column(tap.place) for tap in taps]
            middle = (columns[0] + columns[-1] + side) / 2
            canvas.line(middle, lane + BAR / 2, outputs[number] + side / 2, out, "tie dotted")
            kinds = ["hollow" if axis.cell(tap.place).role == BEYOND else "tap" for tap in taps]
            bar(canvas, columns, lane, side, taps, kinds, named=named)
            canvas.cell(outputs[number], out, side, "out", str(number))
    label_at = outputs[0] if outputs else start
    bottom = out + (side if outputs else 0)
    canvas.text(label_at + 1, bottom + LABEL / 2, f"output (O = {axis.output})", "out-ink")
    canvas.reach(canvas.right, bottom + LABEL)


def label_of(axis: Windows, place: int) -> str:
    """Return what is written in a cell: which input cell it is or copies, or an inserted zero."""
    cell = axis.cell(place)
    if cell.source is not None:
        return str(cell.source)
    return "0" if cell.role == ZERO else ""


def _cells(canvas: Canvas, axis: Windows, left: float, row: float, side: int) -> None:
    """Draw every cell; those that no window reads are hatched, with their number on top."""
    for along, cell in enumerate(axis.cells):
        x, place = left + along * side, axis.first + along
        if place in axis.unread:
            canvas.box(x, row, side, side, cell.role)
            canvas.hatch(x, row, side, side, "unread")
            if cell.role == INPUT:
                canvas.text(x + side / 2, row + side / 2, str(cell.source), "halo", middle=True)
        else:
            canvas.cell(x, row, side, cell.role, label_of(axis, place))


def _reads(axis: Windows, number: int) -> str:
    """Say which input cells an output cell reads."""
    cells = sorted({read.input for read in axis.reads if read.output == number})
    if not cells:
        return f"output {number} reads no input cell"
    return f"output {number} reads input {', '.join(map(str, cells))}"
