"""The pictures of the pages, drawn by `symconv.draw`.

A page that is written by hand asks for a picture by a comment with a layer and a size:
`<!-- draw: Conv1d(kernel_size=3, stride=2, padding=1) 6 -->`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from _generate.markdown import picture
from symconv.pictures import draw


class Drawing(NamedTuple):
    """What is drawn: a layer, its input's size, and which view of it."""

    layer: str
    size: int | tuple[int, ...]
    view: str | None = None


_WINDOW = "Conv1d(1, 1, kernel_size=3, stride=2, padding=1)"
_SCATTER = "ConvTranspose1d(1, 1, kernel_size=3, stride=2, padding=1"

DRAWINGS: Mapping[str, Sequence[Drawing]] = {
    "conv": (
        Drawing(_WINDOW, 6),
        Drawing("Conv2d(1, 1, kernel_size=3, dilation=2)", (7, 6)),
        Drawing(_WINDOW, 6, "matrix"),
    ),
    "conv_transpose": (
        Drawing(f"{_SCATTER}, output_padding=1)", 3),
        Drawing(f"{_SCATTER}, output_padding=1)", 3, "transposed matrix"),
    ),
    "max_pool": (
        Drawing("MaxPool1d(kernel_size=3, stride=2, padding=1, ceil_mode=True)", 6),
        Drawing("MaxPool1d(kernel_size=3, stride=2, padding=1)", 6),
    ),
    "avg_pool": (Drawing("AvgPool2d(kernel_size=2)", (4, 5)),),
}
"""The pictures of each operator that has any."""


def pictures_of(operator: str) -> list[str]:
    """Return the pictures of an operator as SVG.

    Raises:
        Exception: whatever `symconv.draw` raises: a picture of this list must be drawn.
    """
    return [draw(*drawing).svg for drawing in DRAWINGS.get(operator, ())]


_ASKED = re.compile(r"^<!-- draw: (.+) (\d+) -->$", re.MULTILINE)


def placed(text: str) -> str:
    """Return a page with its pictures in place of the comments that ask for them."""
    return _ASKED.sub(lambda asked: picture(draw(asked[1], int(asked[2])).svg), text)
