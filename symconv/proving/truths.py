"""Three truth values for many classes at once, as the bits of two integers (Kleene's logic)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Truths(NamedTuple):
    """Where a statement holds and where it fails, a bit a class; where neither, it is unread.

    >>> holds, unread = Truths(0b01, 0b10), Truths(0b00, 0b00)
    >>> holds & unread  # fails where the one fails, whatever the other is
    Truths(holds=0, fails=2)
    """

    holds: int
    fails: int

    def __and__(self, other: Truths) -> Truths:
        return Truths(self.holds & other.holds, self.fails | other.fails)

    def __or__(self, other: Truths) -> Truths:
        return Truths(self.holds | other.holds, self.fails & other.fails)

    def __invert__(self) -> Truths:
        return Truths(self.fails, self.holds)

    def iff(self, other: Truths) -> Truths:
        """State that two statements hold together or fail together."""
        return (self & other) | (~self & ~other)


def bits(truths: Iterable[object]) -> int:
    """Return, as an integer with a bit for each class, what is true."""
    return int("0" + "".join(["1" if truth else "0" for truth in truths])[::-1], 2)
