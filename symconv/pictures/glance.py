"""A layer at a glance: the picture that a notebook shows of it, at a small size."""

from __future__ import annotations

from typing import Any

from symconv.errors import RefusedSizeError, RequestError
from symconv.pictures.drawing import draw

SIZES = range(5, 17)
"""The sizes that are tried: the first that the layer takes, and makes something of."""
LEAST = 2
"""How many cells the output should have, so that one window is seen beside another."""


def glance(layer: Any) -> str | None:
    """Return a picture of a layer as SVG; nothing where it cannot be drawn.

    >>> from symconv import Conv1d, ReLU
    >>> glance(Conv1d(kernel_size=3))[:4], glance(ReLU())
    ('<svg', None)
    """
    for size in SIZES:
        try:
            picture = draw(layer, size)
        except RefusedSizeError:
            continue
        except RequestError:  # it has no windows, or numbers that are to be found
            return None
        if min(picture.sizes[1]) >= LEAST:
            return picture.svg
    return None
