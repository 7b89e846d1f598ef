"""The members of a set, as a claim lists them, among the residue classes of a stretch."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from symconv.proving.classes import Classes
from symconv.proving.truths import bits


def is_set(sizes: Mapping[str, Any]) -> bool:
    """Whether something is a set as JSON has it, with whole numbers."""
    lists = [sizes.get(name, 0) for name in ("residues", "also")]
    if not all(isinstance(numbers, (list, tuple)) for numbers in lists):
        return False
    numbers = [sizes.get("period"), sizes.get("start"), *chain.from_iterable(lists)]
    return all(type(number) is int for number in numbers)


def inside_of(sizes: Mapping[str, Any], classes: Classes) -> int | None:
    """Return which classes lie in a set, a bit each; nothing where one of them lies across."""
    members = Members(sizes)
    if members.period < 1:
        return None
    members.within(classes)
    whole = all(
        last == 0 or members.uniform(first, last)
        for first, last in zip(classes.firsts, classes.lasts, strict=True)
    )
    return bits(size in members for size in classes.firsts) if whole else None


class Members:
    """The members of a set, by the definition of its form."""

    def __init__(self, sizes: Mapping[str, Any]) -> None:
        """Take the numbers of a form, which are not checked here."""
        self.period, self.start = sizes["period"], sizes["start"]
        self.residues, self.also = frozenset(sizes["residues"]), frozenset(sizes["also"])
        self.modulus, self.alone = 1, dict[int, list[int]]()

    def within(self, classes: Classes) -> None:
        """Sort the members that are named one by one into the classes of a stretch."""
        self.modulus = classes.modulus
        for size in self.also:
            if size >= classes.firsts[0]:
                self.alone.setdefault(size % self.modulus, []).append(size)

    def __contains__(self, size: int) -> bool:
        """Whether a size belongs to the set, as a claim says it."""
        repeats = size >= self.start and size % self.period in self.residues
        return repeats or size in self.also

    def uniform(self, first: int, last: int | None) -> bool:
        """Whether all sizes of a class are in the set, or all are outside, as the first one is."""
        end = None if last is None else first + self.modulus * last
        if end is None or end >= self.start:
            if self.modulus % self.period:
                return False
            if first % self.period in self.residues:
                return bool(first >= self.start)
        alone = self.alone.get(first % self.modulus, ())
        singled_out = sum(size >= first and (end is None or size <= end) for size in alone)
        return singled_out == 0 or (last is not None and singled_out == last + 1)
