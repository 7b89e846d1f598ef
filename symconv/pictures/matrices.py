"""The matrix of a convolution: each weight in its place, one row for each output cell."""

from __future__ import annotations

import math
from collections.abc import Sequence

from symconv.pictures.canvas import MARGIN, Canvas
from symconv.pictures.cells import Weights
from symconv.pictures.rows import LABEL


def draw_matrix(
    canvas: Canvas,
    weights: Weights,
    output: Sequence[int],
    size: Sequence[int],
    *,
    turned: bool,
) -> None:
    """Draw a matrix with a row for each output cell and a column for each input cell.

    Args:
        canvas: where to draw.
        weights: the taps of each pair of an output and an input cell.
        output: how many output cells there are on each axis.
        size: how many input cells.
        turned: whether to draw the transpose: a row for each input cell.
    """
    outputs, inputs = math.prod(output), math.prod(size)
    tall, wide = (inputs, outputs) if turned else (outputs, inputs)
    longest = max((len(_name(taps)) for taps in weights.values()), default=2)
    side = 34 if max(tall, wide) <= 18 else 28 if max(tall, wide) <= 32 else 22
    width = max(side, 20 + longest * 6.4) if longest > 3 else side
    down, across = ("in", "out") if turned else ("out", "in")
    labels = {"in": f"input (W = {_by(size)})", "out": f"output (O = {_by(output)})"}
    left, top = MARGIN + side + 12, canvas.bottom + LABEL + side + 10
    rows = {row for row, _ in weights}
    columns = {column for _, column in weights}
    used = {"in": columns, "out": rows}
    canvas.text(left + 1, top - 10 - side - LABEL / 2, labels[across], f"{across}-ink")
    for column in range(wide):
        _head(canvas, left + column * width, top - 10 - side, (width, side), across, column,
              column in used[across])  # fmt: skip
    for row in range(tall):
        y = top + row * side
        _head(canvas, MARGIN, y, (side, side), down, row, row in used[down])
        for column in range(wide):
            taps = weights.get((column, row) if turned else (row, column), ())
            _entry(canvas, left + column * width, y, width, side, taps)
    bracket = 6
    right, bottom = left + wide * width, top + tall * side
    for edge, inward in ((left - 3, bracket), (right + 3, -bracket)):
        canvas.path(f"M{edge + inward} {top - 3}H{edge}V{bottom + 3}H{edge + inward}", "frame")
    canvas.reach(right + 4, bottom + 4)
    canvas.text(MARGIN + 1, bottom + 4 + LABEL / 2, labels[down], f"{down}-ink")
    canvas.reach(canvas.right, bottom + LABEL)


def _head(
    canvas: Canvas,
    x: float,
    y: float,
    room: tuple[float, float],
    role: str,
    number: int,
    used: bool,
) -> None:
    """Draw the cell at the head of a row or column; hatched if its entries are all zero."""
    canvas.box(x, y, *room, role)
    if not used:
        canvas.hatch(x, y, *room, "empty")
    middle = x + room[0] / 2, y + room[1] / 2
    canvas.text(
        *middle, str(number), "" if used else "halo", 12 if room[1] > 22 else 10, middle=True
    )


def _entry(
    canvas: Canvas, x: float, y: float, width: float, side: float, taps: tuple[tuple[int, ...], ...]
) -> None:
    """Draw an entry: a weight, a sum of weights where the border copies the input, or a zero."""
    if not taps:
        canvas.items.append(
            f'<circle class="sc-dot" cx="{x + width / 2:g}" cy="{y + side / 2:g}" r="2"/>'
        )
        return
    name = _name(taps)
    if len(taps) == 1:
        canvas.tap(x + 2.5, y + 2.5, width - 5, side - 5, "tap", name)
        return
    canvas.box(x, y, width, side, "tap", gap=2.5)
    canvas.text(
        x + width / 2, y + side / 2, "+".join(f"w{_digits(tap)}" for tap in taps), "kernel-ink",
        10, middle=True,
    )  # fmt: skip


def _by(sizes: Sequence[int]) -> str:
    return " × ".join(map(str, sizes))


def _name(taps: tuple[tuple[int, ...], ...]) -> str:
    return "+w".join(map(_digits, taps))


def _digits(tap: tuple[int, ...]) -> str:
    return ("" if max(tap) < 10 else ",").join(map(str, tap))
