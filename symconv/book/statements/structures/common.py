"""What the files of structural statements share: names, and how a side is said for numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from symconv.book.statements.structures.computing import Computer
from symconv.book.statements.structures.form import TEXT
from symconv.book.statements.structures.formula import Formula, Name, Number, names
from symconv.book.statements.structures.notion import Notion, scope
from symconv.book.statements.structures.writing import Writer

W, F, S, P, D, A, L, n, d, j, m, o, q, x, y = names("W F S P D A L n d j m o q x y")
conv, conv_transpose, extent = names("conv conv_transpose extent")
maximum, gcd, to_integer, to_natural = names("Z.max Z.gcd Z.of_nat Z.to_nat")
ZERO, ONE = Number(0), Number(1)
"""Numbers that stand at the left of a comparison: Python would turn `0 <= j` around."""
MOST_LISTED = 12


def listed(numbers: Iterable[int]) -> str:
    """List numbers; of many, the first ones and the last.

    >>> listed(range(100))
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ..., 99'
    """
    shown = [str(number) for number in numbers]
    if len(shown) > MOST_LISTED:
        shown = [*shown[: MOST_LISTED - 1], "...", shown[-1]]
    return ", ".join(shown)


def counted(count: int, what: str) -> str:
    """Say how many there are: `no tap`, `1 tap`, `2 taps`."""
    return f"{count or 'no'} {what}{'' if count < 2 else 's'}"


def valued(
    formula: Formula, values: Mapping[str, Any], notions: Sequence[Notion] = (), called: str = ""
) -> tuple[str, Any]:
    """Say what a formula comes to, and return it.

    Args:
        formula: what is computed.
        values: what its names stand for.
        notions: what the notions in it mean.
        called: how it is said in a sentence; by default as it is written.

    >>> valued(maximum(0, W - F), {"W": 3, "F": 5})
    ('max(0, W - F) = 0', 0)
    """
    known = scope(notions)
    value = Computer(known)(formula, values)
    came = f": {str(value).lower()}" if isinstance(value, bool) else f" = {value}"
    return (called or Writer(TEXT, known)(formula)) + came, value


__all__ = [
    "ONE",
    "ZERO",
    "A",
    "D",
    "F",
    "L",
    "Name",
    "P",
    "S",
    "W",
    "conv",
    "conv_transpose",
    "counted",
    "d",
    "extent",
    "gcd",
    "j",
    "listed",
    "m",
    "maximum",
    "n",
    "o",
    "q",
    "to_integer",
    "to_natural",
    "valued",
    "x",
    "y",
]
