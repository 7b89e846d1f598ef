"""The input of a model: its whole shape, with a letter for the size that is asked about."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Any

from symconv.errors import RequestError, shown
from symconv.networks.asking import UNSHAPED
from symconv.places import cut

Axes = tuple[str | int, ...]
"""The sizes of an input: a letter where one is open."""
MOST_AXES = 8
EXAMPLE = 'Write the whole shape with one letter, such as input="1,3,W,W" or input="1,80,W".'


def axes_of(given: Any) -> Axes:
    """Read the shape of a model's input.

    Args:
        given: what somebody wrote.

    Raises:
        RequestError: it is no shape with a letter, or it has two.

    >>> axes_of("1,3,W,W")
    (1, 3, 'W', 'W')
    """
    if not isinstance(given, str):
        raise RequestError("a model's input", f"{shown(given)} ({type(given).__name__})", EXAMPLE)
    entries = [*cut(given, ",")]
    for entry in entries:
        if not re.fullmatch(r"[A-Za-z]\w*|\d{1,9}", entry, re.ASCII) or iskeyword(entry):
            raise RequestError("a model's input", shown(str(entry)), EXAMPLE, place=entry.place)
    if len(entries) > MOST_AXES:
        raise RequestError(f"a model's input of at most {MOST_AXES} axes", shown(given), EXAMPLE)
    axes = tuple(int(entry) if entry.isdigit() else str(entry) for entry in entries)
    letters = list(dict.fromkeys(axis for axis in axes if isinstance(axis, str)))
    if not letters:
        raise RequestError("a model's input", f"{shown(given)}, which has no letter", EXAMPLE)
    if 0 in axes:
        place = entries[axes.index(0)].place
        needed, arrived = "a model's input", f"{shown(given)}, with a size of 0"
        raise RequestError(needed, arrived, EXAMPLE, place=place)
    if len(axes) == 1:
        raise RequestError(
            "a model's input: its whole shape, batch and channels as well",
            "none" if given == UNSHAPED else f"{shown(given)}, the size of one axis",
            EXAMPLE,
        )
    if len(letters) > 1:
        square = ",".join(letters[0] if isinstance(axis, str) else str(axis) for axis in axes)
        raise RequestError(
            "one open size of a model",
            f"{' and '.join(letters)}, which would be asked about apart",
            f"Write {square} for a size that is the same throughout, or a number for all but one.",
        )
    return axes
