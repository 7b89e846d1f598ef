"""Where in a text something stands: an error shows the line with the wrong piece underlined.

    Conv2d(3, 64, kernel_sise=7) -> ReLU()
                  ^^^^^^^^^^^

A place is a value: the readers of texts give it to an error once, and it goes wherever that goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Any, NamedTuple

WIDTH = 68
"""How many columns of a line are shown at most, besides the dots where it is cut."""
ROOM = 79
"""In how many columns all that is shown fits, unless it is told otherwise."""
BEFORE = 0.6
"""Which part of them stands before the piece, where the line is longer."""
TAB = " " * 4


class Place(NamedTuple):
    """A piece of a text that somebody wrote.

    Attributes:
        text: the whole text.
        start: its first character, from 0.
        end: the character behind its last one. Where something is missing behind all that is
            written, there is no piece, and both are the same.
    """

    text: str
    start: int
    end: int

    @property
    def piece(self) -> str:
        """What stands there."""
        return self.text[self.start : self.end]

    def in_line(self) -> tuple[str, int, int]:
        r"""Return the line in which the piece begins, and where it stands in it.

        >>> Place("ReLU()\nTanH()", 7, 11).in_line()
        ('TanH()', 0, 4)
        """
        first = self.text.rfind("\n", 0, self.start) + 1
        line = self.text[first:].partition("\n")[0].removesuffix("\r")
        start, end = (min(place - first, len(line)) for place in (self.start, self.end))
        return line, start, end

    def to_dict(self) -> dict[str, Any]:
        """Return the line, the column of the piece, from 1, and its length in characters."""
        line, start, end = self.in_line()
        return {"text": line, "column": start + 1, "length": end - start}

    def shown(self, encoding: str = "utf-8", columns: int = ROOM) -> tuple[str, str]:
        r"""Return the line, cut around the piece where it is long, and what underlines it.

        Args:
            encoding: of the stream it is written to; characters that this has not are escaped.
            columns: how many there is room for.

        >>> print(*Place("stride <= 2 && padding == 0", 12, 14).shown(), sep="\n")
        stride <= 2 && padding == 0
                    ^^
        """
        line, start, end = self.in_line()
        dots = _visible("…", encoding, "...")
        width = max(1, min(columns - 2 * len(dots), WIDTH))
        skipped = max(0, start - width)
        window = [_visible(each, encoding) for each in line[skipped : start + width]]
        widths = _widths(window)
        start, end = start - skipped, end - skipped
        whole = not skipped and len(window) == len(line) and sum(widths) <= width
        low = 0 if whole else start - _fitting(reversed(widths[:start]), int(BEFORE * width))
        high = low + _fitting(widths[low:], width)
        before = dots if skipped or low else ""
        after = dots if skipped + high < len(line) else ""
        margin = len(before) + sum(widths[low:start])
        marks = "^" * max(1, sum(widths[start : min(end, high)]))
        return f"{before}{''.join(window[low:high])}{after}", " " * margin + marks


def _visible(character: str, encoding: str, instead: str = "") -> str:
    """Return a character as a terminal shows it: blanks for a tab, an escape for what it lacks."""
    if character == "\t":
        return TAB
    if character.isprintable() and character.encode(encoding, "ignore"):
        return character
    return instead or character.encode("unicode_escape").decode("ascii")


def _widths(characters: list[str]) -> list[int]:
    """Return how many columns of a terminal each of some characters takes."""
    if all(map(str.isascii, characters)):  # so that a slip shows at once: rich takes time to load
        return [*map(len, characters)]
    from rich.cells import cell_len

    return [*map(cell_len, characters)]


def _fitting(widths: Iterable[int], room: int) -> int:
    """Return how many of some widths have room together, from the first one on."""
    return sum(total <= room for total in accumulate(widths))


class Excerpt(str):
    """A part of a text that somebody wrote, to be read by itself, which knows where it stands."""

    __slots__ = ("start", "whole")
    whole: str
    start: int

    def __new__(cls, whole: str, start: int, end: int) -> Excerpt:
        """Cut the part out, without the blanks around it."""
        text = whole[start:end]
        part = super().__new__(cls, text.strip())
        start += len(text) - len(text.lstrip())
        part.whole, part.start = whole, start
        if isinstance(whole, Excerpt):
            part.whole, part.start = whole.whole, whole.start + start
        return part

    def __getnewargs__(self) -> tuple[str, int, int]:  # type: ignore[override]
        """Return what a copy is made of."""
        return self.whole, self.start, self.start + len(self)

    @property
    def place(self) -> Place | None:
        """Where it stands in the whole, if that is not empty; of nothing, what stands there."""
        return place_in(self, 0, len(self) or 1) if self.whole.strip() else None


def place_in(text: str, start: int, end: int) -> Place:
    """Return a place in a text, or in the whole of which that is a part."""
    whole, skipped = (text.whole, text.start) if isinstance(text, Excerpt) else (text, 0)
    return Place(whole, min(skipped + start, len(whole)), min(skipped + end, len(whole)))


def cut(text: str, separator: str, most: int | None = None) -> Iterator[Excerpt]:
    """Yield the parts of a text between separators.

    Args:
        text: a text.
        separator: a regular expression.
        most: how many separators count; by default, all do.

    >>> [(part, part.start) for part in cut("7, 9x", "[,x]")]
    [('7', 0), ('9', 3), ('', 5)]
    """
    start = 0
    for separates in islice(re.finditer(separator, text), most):
        yield Excerpt(text, start, separates.start())
        start = separates.end()
    yield Excerpt(text, start, len(text))
