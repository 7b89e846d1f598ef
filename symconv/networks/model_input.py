"""The input of a model: its whole shape, with a letter for the size that is asked about."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Any

from symconv.errors import RequestError, UndecidedError, shown

Axes = tuple[str | int, ...]
"""The sizes of an input: a letter where one is open."""
EXAMPLE = "Write the input's whole shape with one letter, such as 1,3,W,W or 1,80,W."


def axes_of(given: Any) -> Axes:
    """Read the shape of a model's input.

    Args:
        given: what somebody wrote.

    Raises:
        RequestError: it is no shape with a letter.
        UndecidedError: it has two letters.

    >>> axes_of("1,3,W,W")
    (1, 3, 'W', 'W')
    """
    if not isinstance(given, str):
        raise RequestError("a model's input", f"{shown(given)} ({type(given).__name__})", EXAMPLE)
    entries = [entry.strip() for entry in given.split(",")]
    plain = [re.fullmatch(r"[A-Za-z]\w*|\d{1,9}", entry, re.ASCII) for entry in entries]
    if not all(plain) or any(map(iskeyword, entries)) or len(entries) > 8:
        raise RequestError("a model's input", shown(given), EXAMPLE)
    axes = tuple(int(entry) if entry.isdigit() else entry for entry in entries)
    letters = list(dict.fromkeys(axis for axis in axes if isinstance(axis, str)))
    if not letters:
        raise RequestError("a model's input", f"{shown(given)}, which has no letter", EXAMPLE)
    if 0 in axes:
        raise RequestError("a model's input", f"{shown(given)}, with a size of 0", EXAMPLE)
    if len(axes) == 1:
        raise RequestError(
            "a model's input", f"{shown(given)}, with a size for nothing but one axis", EXAMPLE
        )
    if len(letters) > 1:
        square = ",".join(letters[0] if isinstance(axis, str) else str(axis) for axis in axes)
        raise UndecidedError(
            "one open size of a model",
            f"{' and '.join(letters)}, which would be asked about apart",
            f"Write {square} for a size that is the same throughout, or a number for all but one.",
        )
    return axes
