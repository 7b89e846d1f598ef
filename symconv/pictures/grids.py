"""Two axes: the grid that is read, with its first window and its last one, and the output grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from symconv.pictures.canvas import MARGIN, WIDE, Canvas, number
from symconv.pictures.cells import ADDED, BEYOND, INPUT, PADDING, ZERO, Windows
from symconv.pictures.rows import LABEL, label_of

TICK, APART = 18, 74
"""Room for the numbers along a grid, and between two grids."""
ORDER = (BEYOND, ADDED, PADDING, ZERO, INPUT)
"""A cell on two axes is what the first of these is that it is on either."""
MOST_SHOWN = 4000
"""So many taps are drawn, unseen until the pointer is on their output cell."""


class Grid(NamedTuple):
    """Where a grid of cells stands: its left and top edge, and how wide a cell is."""

    left: float
    top: float
    side: int

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """Return the left top corner of a cell."""
        return self.left + column * self.side, self.top + row * self.side


class Box(NamedTuple):
    """The edges of a block of cells."""

    left: float
    top: float
    right: float
    bottom: float


def grid_side(*counts: int) -> int:
    """Return how wide a cell of a grid is, where so many stand in a row.

    >>> grid_side(7, 5), grid_side(24)
    (32, 20)
    """
    return 32 if max(counts) <= 10 else 26 if max(counts) <= 15 else 20


def draw_grids(
    canvas: Canvas, rows: Windows, columns: Windows, *, named: bool, what: str = "input"
) -> None:
    """Draw the input with its padding, the first window and the last one, and the output."""
    tall, wide = len(rows.cells), len(columns.cells)
    side = grid_side(tall, wide, rows.output, columns.output)
    grid, out = two_grids(
        canvas,
        f"{what} (W = {rows.size} × {columns.size})",
        f"output (O = {rows.output} × {columns.output})",
        wide,
        side,
    )
    _numbers(canvas, grid, _labels(rows), _labels(columns))
    numbers(canvas, out, rows.output, columns.output)
    _cells(canvas, grid, rows, columns)
    _ends(canvas, grid, out, rows, columns, named=named)
    _outputs(canvas, grid, out, rows, columns)
    for corner in _corners(rows, columns):
        x, y = out.corner(*corner)
        canvas.box(x, y, side, side, "window" if corner == (0, 0) else "open")


def two_grids(canvas: Canvas, before: str, after: str, wide: int, side: int) -> tuple[Grid, Grid]:
    """Place two grids side by side, with their labels above; the first has so many columns."""
    top = canvas.bottom + LABEL + TICK
    left = float(MARGIN + TICK)
    apart = max(wide * side + APART, len(before) * 13 * WIDE + TICK)
    labels = top - TICK - LABEL / 2 + 2
    canvas.text(left + 1, labels, before, "in-ink")
    canvas.text(left + apart + 1, labels, after, "out-ink")
    return Grid(left, top, side), Grid(left + apart, top, side)


def _labels(axis: Windows) -> list[str]:
    """Return the numbers along an axis: of input cells, and of those that padding copies."""
    places = range(axis.first, axis.first + len(axis.cells))
    return ["" if axis.cell(place).role == ZERO else label_of(axis, place) for place in places]


def _corners(rows: Windows, columns: Windows) -> list[tuple[int, int]]:
    """Return the first output cell and the last one, as far as there are any."""
    if not (rows.output and columns.output):
        return []
    return list(dict.fromkeys([(0, 0), (rows.output - 1, columns.output - 1)]))


def numbers(canvas: Canvas, grid: Grid, tall: int, wide: int) -> None:
    """Number the rows and columns of a grid."""
    _numbers(canvas, grid, [str(n) for n in range(tall)], [str(n) for n in range(wide)])


def _numbers(canvas: Canvas, grid: Grid, down: Sequence[str], along: Sequence[str]) -> None:
    """Write numbers along the left and the top edge; inserted zeros have none."""
    for n, label in enumerate(down):
        x, y = grid.corner(n, 0)
        canvas.text(x - TICK / 2, y + grid.side / 2, label, "muted", 10.5, middle=True)
    for n, label in enumerate(along):
        x, y = grid.corner(0, n)
        canvas.text(x + grid.side / 2, y - TICK / 2, label, "muted", 10.5, middle=True)


def _cells(canvas: Canvas, grid: Grid, rows: Windows, columns: Windows) -> None:
    for down, across in _pairs(rows, columns):
        x, y = grid.corner(down - rows.first, across - columns.first)
        roles = rows.cell(down).role, columns.cell(across).role
        canvas.box(x, y, grid.side, grid.side, min(roles, key=ORDER.index))
        if down in rows.unread or across in columns.unread:
            canvas.hatch(x, y, grid.side, grid.side, "unread")


def _pairs(rows: Windows, columns: Windows) -> Iterator[tuple[int, int]]:
    for down in range(rows.first, rows.first + len(rows.cells)):
        for across in range(columns.first, columns.first + len(columns.cells)):
            yield down, across


def _ends(
    canvas: Canvas, grid: Grid, out: Grid, rows: Windows, columns: Windows, *, named: bool
) -> None:
    """Draw the first window with its taps, tied to its output, and the last one as an outline."""
    for row, column in _corners(rows, columns):
        first = row == column == 0
        down, across = rows.windows[row], columns.windows[column]
        x1, y1 = grid.corner(down[0].place - rows.first, across[0].place - columns.first)
        x2, y2 = grid.corner(down[-1].place - rows.first + 1, across[-1].place - columns.first + 1)
        if first:
            tie(canvas, Box(x1, y1, x2, y2), _box(out, row, column))
        for one in down:
            for two in across:
                x, y = grid.corner(one.place - rows.first, two.place - columns.first)
                name = f"{one.number}{two.number}" if named else ""
                roles = rows.cell(one.place).role, columns.cell(two.place).role
                kind = "tap" if first and BEYOND not in roles else "open"
                gap = 5 if grid.side > 30 else 3.5
                canvas.tap(
                    x + gap, y + gap, grid.side - 2 * gap, grid.side - 2 * gap, kind,
                    name if kind == "tap" else "",
                )  # fmt: skip
        canvas.box(x1, y1, x2 - x1, y2 - y1, "window", gap=0)


def tie(canvas: Canvas, one: Box, other: Box) -> None:
    """Draw a beam between two boxes, the second to the right of the first."""
    canvas.path(
        f"M{number(one.right)} {number(one.top)}L{number(other.left)} {number(other.top)}"
        f"L{number(other.left)} {number(other.bottom)}L{number(one.right)} {number(one.bottom)}Z",
        "beam",
    )
    canvas.line(one.right, one.top, other.left, other.top, "tie dotted")
    canvas.line(one.right, one.bottom, other.left, other.bottom, "tie dotted")


def _box(grid: Grid, row: int, column: int) -> Box:
    x, y = grid.corner(row, column)
    return Box(x + 1.5, y + 1.5, x + grid.side - 1.5, y + grid.side - 1.5)


def _outputs(canvas: Canvas, grid: Grid, out: Grid, rows: Windows, columns: Windows) -> None:
    """Draw the output cells; where they are not too many, each shows its window on hover."""
    taps = sum(map(len, rows.windows)) * sum(map(len, columns.windows))
    for row in range(rows.output):
        for column in range(columns.output):
            x, y = out.corner(row, column)
            if taps > MOST_SHOWN:
                canvas.box(x, y, out.side, out.side, "out")
                continue
            canvas.items.append('<g class="sc-cell">')
            canvas.box(x, y, out.side, out.side, "out")
            down = [tap.place - rows.first for tap in rows.windows[row]]
            across = [tap.place - columns.first for tap in columns.windows[column]]
            corners = [grid.corner(a, b) for a in down for b in across]
            size = number(grid.side - 6)
            data = "".join(
                f"M{number(x + 3)} {number(y + 3)}h{size}v{size}h-{size}z" for x, y in corners
            )
            canvas.path(data, "shown")
            canvas.items.append("</g>")
