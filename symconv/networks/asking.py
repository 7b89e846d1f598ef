"""What is asked of a network: the shape of its input, with letters where sizes are open."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Any, NamedTuple

from symconv.chains.axes import input_axes
from symconv.errors import RequestError, shown
from symconv.places import Place, cut
from symconv.reading.chains import Chain

NAMES = {1: ("W",), 2: ("H", "W"), 3: ("D", "H", "W")}
"""What axes are called where one letter stands for all of them and they differ."""
EXAMPLE = 'Write input="W" for all axes, or the shape, such as input="1,3,H,W" or input="3,H,32".'
UNSHAPED = "W"
"""What is asked about where nobody writes a shape: all axes, with a letter each."""


def axis_names(axes: int) -> tuple[str, ...]:
    """Return what so many axes are called."""
    return NAMES.get(axes) or tuple(f"W{place}" for place in range(1, axes + 1))


class Shape(NamedTuple):
    """The shape of an input.

    Attributes:
        axes: for each axis a letter, or a number of cells.
        channels: how many, if that was said.
    """

    axes: tuple[str | int, ...]
    channels: int | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters, each once."""
        return tuple(dict.fromkeys(axis for axis in self.axes if isinstance(axis, str)))


def shape_of(given: Any, read: Chain, channels: int | None) -> Shape:
    """Read the shape of an input.

    Args:
        given: what somebody wrote, such as `"W"` or `"1,3,H,W"`.
        read: the chain; its layers say how many axes there are.
        channels: the channels, where they were given apart.

    Raises:
        RequestError: the text is no shape for these layers.

    >>> shape_of("1,3,H,32", Chain(()), None)
    Shape(axes=('H', 32), channels=3)
    """
    if not isinstance(given, str):
        raise _wrong(f"{shown(given)} ({type(given).__name__})")
    entries = [*cut(given, ",")]
    for entry in entries:
        if not re.fullmatch(r"[A-Za-z]\w*|\d{1,18}", entry, re.ASCII) or iskeyword(entry):
            raise _wrong(shown(str(entry)), entry.place)
    parsed = [int(entry) if entry.isdigit() else str(entry) for entry in entries]
    first = next((place for place, entry in enumerate(parsed) if isinstance(entry, str)), None)
    if first is None:
        raise _wrong(f"{shown(given)}, which has no letter")
    axes = input_axes(read.layers) or (1 if len(parsed) == 1 else len(parsed) - min(first, 2))
    spatial, before = parsed[-axes:], parsed[:-axes]
    if len(parsed) == 1:
        spatial = parsed * axes
    if len(spatial) != axes or len(before) > 2 or any(isinstance(entry, str) for entry in before):
        raise _wrong(
            f"{shown(given)}, for layers that work on {axes} {'axis' if axes == 1 else 'axes'}"
        )
    written = before[-1] if before else None
    if channels is not None and (type(channels) is not int or channels < 1):
        raise RequestError(
            "channels as a positive integer",
            shown(channels),
            "Write channels=3.",
            about="channels",
        )
    if written == 0 or (channels is not None and written not in (None, channels)):
        counts = f"{written}" if channels is None else f"{written} and {channels}"
        raise RequestError("one positive number of channels", counts, "Write one of them.")
    if 0 in spatial:
        place = entries[-axes:][spatial.index(0)].place
        raise _wrong(f"{shown(given)}, with an axis of no cell", place)
    return Shape(tuple(spatial), channels if written is None else int(written))


def _wrong(arrived: str, place: Place | None = None) -> RequestError:
    needed = "the input's shape, with a letter for each open size"
    return RequestError(needed, arrived, EXAMPLE, place=place)
