"""Two axes of a transposed layer: what its first cell paints, and all overlaps."""

from __future__ import annotations

from symconv.pictures.canvas import Canvas
from symconv.pictures.cells import Strokes
from symconv.pictures.grids import Box, Grid, grid_side, numbers, tie, two_grids
from symconv.pictures.paint import strength
from symconv.pictures.rows import LABEL


def draw_overlaps(canvas: Canvas, rows: Strokes, columns: Strokes) -> None:
    """Draw the input, and the output with the number of taps that paint each cell."""
    down, across = rows.places, columns.places
    side = grid_side(len(down), len(across), rows.size, columns.size)
    grid, painted = two_grids(
        canvas,
        f"input (W = {rows.size} × {columns.size})",
        f"output (O = {rows.output} × {columns.output})",
        columns.size,
        side,
    )
    out = Grid(painted.left - across[0] * side, painted.top - down[0] * side, side)
    numbers(canvas, grid, rows.size, columns.size)
    for row in range(rows.size):
        for column in range(columns.size):
            x, y = grid.corner(row, column)
            canvas.box(x, y, side, side, "in")
    for row in down:
        for column in across:
            _output(canvas, out, rows, columns, row, column)
    _first(canvas, grid, out, rows, columns)
    below = painted.top + len(down) * side
    canvas.text(
        painted.left + 1, below + LABEL / 2, "overlap: how many taps paint each cell", "kernel-text"
    )
    canvas.reach(canvas.right, below + LABEL)


def _output(
    canvas: Canvas, out: Grid, rows: Strokes, columns: Strokes, row: int, column: int
) -> None:
    """Draw one place: a cell with its count, one that nothing paints, or one that is cropped."""
    x, y = out.corner(row, column)
    if not (0 <= row < rows.output and 0 <= column < columns.output):
        canvas.box(x, y, out.side, out.side, "cropped")
        return
    count = rows.counts[row] * columns.counts[column]
    most = max(rows.counts) * max(columns.counts)
    if not count:
        canvas.box(x, y, out.side, out.side, "out")
        canvas.hatch(x, y, out.side, out.side, "unpainted")
        return
    canvas.box(x, y, out.side, out.side, "counted")
    canvas.fill(x, y, out.side, "count", strength(count, most))
    canvas.text(
        x + out.side / 2, y + out.side / 2, str(count), "", 12 if out.side > 20 else 10, middle=True
    )


def _first(canvas: Canvas, grid: Grid, out: Grid, rows: Strokes, columns: Strokes) -> None:
    """Outline what the first input cell paints, and tie the cell to it."""
    down, across = rows.strokes[0], columns.strokes[0]
    left, top = out.corner(down[0].place, across[0].place)
    right, bottom = out.corner(down[-1].place + 1, across[-1].place + 1)
    x, y = grid.corner(0, 0)
    tie(
        canvas,
        Box(x + 1.5, y + 1.5, x + grid.side - 1.5, y + grid.side - 1.5),
        Box(left, top, right, bottom),
    )
    canvas.box(x + 1.5, y + 1.5, grid.side - 3, grid.side - 3, "painted", gap=0)
    canvas.box(left, top, right - left, bottom - top, "painted", gap=0)
