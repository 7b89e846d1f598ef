"""The pictures of the pages, drawn by `symconv.draw`.

A page that is written by hand asks for a picture by a comment with a layer, a size and, if need be,
a view: `<!-- draw: Conv1d(kernel_size=3, stride=2, padding=1) 6 matrix -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from _generate.examples import examples_of
from _generate.layers_of import followed_by, layers_of
from _generate.markdown import picture
from symconv.errors import SymconvError
from symconv.operators import Operator
from symconv.pictures.drawing import draw


class Drawing(NamedTuple):
    """What is drawn: a layer, its input's size, and which view of it."""

    layer: str
    size: int | tuple[int, ...]
    view: str | None = None


_WINDOW = "Conv1d(1, 1, kernel_size=3, stride=2, padding=1)"
_SCATTER = "ConvTranspose1d(1, 1, kernel_size=3, stride=2, padding=1"

DRAWINGS: Sequence[Drawing] = (
    Drawing(_WINDOW, 6),
    Drawing("Conv2d(1, 1, kernel_size=3, dilation=2)", (7, 6)),
    Drawing(_WINDOW, 6, "matrix"),
    Drawing(f"{_SCATTER}, output_padding=1)", 3),
    Drawing(f"{_SCATTER}, output_padding=1)", 3, "transposed matrix"),
    Drawing("MaxPool1d(kernel_size=3, stride=2, padding=1, ceil_mode=True)", 6),
    Drawing("MaxPool1d(kernel_size=3, stride=2, padding=1)", 6),
    Drawing("AvgPool2d(kernel_size=2)", (4, 5)),
)
"""The pictures that were chosen by hand; each stands on the page of the law that its layer follows.
"""
SIZES = range(6, 13)
"""A layer that nobody has chosen is drawn at the first of these that it takes."""


def pictures_of(operator: Operator) -> list[str]:
    """Return the pictures of an operator as SVG: those of the list, or one that can be drawn.

    Raises:
        Exception: whatever `symconv.draw` raises: a picture of the list must be drawn.
    """
    chosen = [
        draw(*drawing).svg
        for drawing in DRAWINGS
        if operator.name in (followed_by(drawing.layer, drawing.size) or ())
    ]
    return chosen or _any_picture(operator)


def _any_picture(operator: Operator) -> list[str]:
    """Draw the first example that can be drawn, or else one of the operator's layers."""
    for layer, size in _candidates(operator):
        try:
            return [draw(layer, size).svg]
        except SymconvError:
            continue  # it is refused, too large or no layer of windows
    return []


def _candidates(operator: Operator) -> Iterator[tuple[Any, int | tuple[int, ...]]]:
    yield from ((example.layer, example.size) for example in examples_of(operator))
    yield from ((layer, size) for layer in layers_of(operator).values() for size in SIZES)


_ASKED = re.compile(r"^<!-- draw: (.+\)) (\d+)(?: ([a-z ]+))? -->$", re.MULTILINE)


def placed(text: str) -> str:
    """Return a page with its pictures in place of the comments that ask for them."""
    return _ASKED.sub(
        lambda comment: picture(draw(comment[1], int(comment[2]), comment[3]).svg), text
    )
