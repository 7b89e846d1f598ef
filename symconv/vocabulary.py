"""The letters of the laws, what others call the same things, and how sizes are written.

Code and the command line use torch's names; formulas use letters; Dumoulin and Visin's guide has
letters of its own. A name that is not listed here is the same in all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SCHEMA = "symconv/1"
"""The form of what every command prints as JSON."""


class Word(NamedTuple):
    """One quantity.

    Attributes:
        torch: its name in torch.
        guide: its letter in Dumoulin and Visin's guide.
        meaning: what it means.
        least: its least value.
        default: what it is in torch where nobody writes it.
    """

    torch: str
    guide: str
    meaning: str
    least: int | None = 1
    default: int | None = None


VOCABULARY: dict[str, Word] = {
    "W": Word("input", "i", "input size along one axis, in cells"),
    "O": Word("output", "o", "output size along the same axis, in cells"),
    "F": Word("kernel_size", "k", "kernel size, in taps"),
    "S": Word("stride", "s", "cells from one window's start to the next one's"),
    "P": Word("padding", "p", "cells added at each side", 0),
    "lo": Word("padding_left", "p_lo", "cells added before the first one", 0),
    "hi": Word("padding_right", "p_hi", "cells added after the last one", 0),
    "D": Word("dilation", "d", "cells from one tap to the next one", 1, 1),
    "A": Word("output_padding", "a", "cells added at one side of the output", 0, 0),
    "C": Word("channels", "channels", "input channels"),
    "W_cells": Word("cells", "cells", "input cells of all axes together", 0),
    "W_output_cells": Word("output_cells", "output_cells", "the output's sizes, added up", 0),
    "W_axes": Word("axes", "axes", "how many spatial axes there are"),
    "n": Word("n", "n", "the up- or downscaling factor; also a count of windows"),
    "k": Word("k", "k", "half of an even factor; a parameter of the upsampling family"),
    "t": Word("t", "t", "the padding, as a parameter of the upsampling family", 0),
}  # fmt: skip

LETTERS: dict[str, str] = {word.torch: letter for letter, word in VOCABULARY.items()}
"""From torch's names to the letters of the laws."""

DEFAULTS: dict[str, int] = {
    letter: word.default for letter, word in VOCABULARY.items() if word.default is not None
} | {"ceil_mode": 0}
"""What a number is where nobody writes it; a size law needs all others to be written."""

FRACTIONS: dict[str, tuple[str, str]] = {"scale_factor": ("scale_numerator", "scale_denominator")}
"""What is a quotient of two letters, each at least 1: people write and read it as one name."""

STYLES = ("letters", "torch", "guide")


def renaming(style: str) -> dict[str, str]:
    """Return how a style calls each letter of the laws.

    >>> renaming("torch")["F"], renaming("guide")["F"]
    ('kernel_size', 'k')
    """
    if style not in STYLES:
        raise ValueError(f"names are one of {', '.join(STYLES)}; got {style!r}")
    if style == "letters":
        return {}
    return {letter: getattr(word, style) for letter, word in VOCABULARY.items()}


def torch_name(letter: str) -> str:
    """Return torch's name of a letter; a name that is no letter stays.

    >>> torch_name("F"), torch_name("groups")
    ('kernel_size', 'groups')
    """
    return VOCABULARY[letter].torch if letter in VOCABULARY else letter


def parameter_name(letter: str) -> str:
    """Return the parameter of a layer that a letter of the laws is, or is a part of.

    >>> parameter_name("F"), parameter_name("P2"), parameter_name("scale_denominator")
    ('kernel_size', 'padding', 'scale_factor')
    """
    whole = [name for name, parts in FRACTIONS.items() if letter in parts]
    stem = letter.rstrip("0123456789")
    return whole[0] if whole else torch_name(stem if stem in VOCABULARY else letter)


def joined_sizes(sizes: Iterable[object]) -> str:
    """Write sizes, those of an axis each, in one word.

    >>> joined_sizes([8, 8]), joined_sizes([8])
    ('8x8', '8')
    """
    return "x".join(map(str, sizes))


def shown_sizes(sizes: Sequence[int]) -> str:
    """Write one number for all axes where they are alike.

    >>> shown_sizes((8, 8)), shown_sizes((8, 9))
    ('8', '8x9')
    """
    return joined_sizes(sizes[:1] if len(set(sizes)) == 1 else sizes)


def shown_rows(rows: Sequence[Sequence[int]]) -> list[str]:
    """Write the sizes before and after layers: numbers where axes are alike throughout.

    >>> shown_rows([(8, 8), (4, 4)]), shown_rows([(8, 9), (4, 4)])
    (['8', '4'], ['8x9', '4x4'])
    """
    square = all(len(set(row)) == 1 for row in rows)
    return [joined_sizes(row[:1] if square else row) for row in rows]
