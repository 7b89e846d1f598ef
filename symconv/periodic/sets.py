"""Sets of sizes that repeat from some size on: exact, and closed under `and`, `or`, `not`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from symconv.periodic.columns import checked_period
from symconv.periodic.stretches import Stretch, combined, joined, ones, stretch_over

FIRST = 1
"""The first size of a set, unless its numbers begin elsewhere."""

CLUSTER = 1024
"""How far apart single members can be that are kept as the bits of one integer."""


class SizeSet:
    """A set of sizes.

    Sets are joined with `|`, cut with `&`, and `~` is the set of all other sizes; two are equal
    where they have the same members.

    >>> sizes = SizeSet.of(period=16, residues=[12], start=188)
    >>> sizes
    12 more than a multiple of 16, from 188
    >>> 188 in sizes, sizes.next_above(188), sizes.next_below(188)
    (True, 204, None)
    >>> (sizes & SizeSet.of(period=3, residues=[0])).to_dict()
    {'period': 48, 'residues': [12], 'start': 204, 'also': []}
    """

    __slots__ = ("stretches",)
    stretches: tuple[Stretch, ...]

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Keep stretches, which rise, as few as they can be and with their smallest periods."""
        self.stretches = joined(stretches)

    @classmethod
    def of(
        cls,
        period: int = 1,
        residues: Iterable[int] = (0,),
        start: int = FIRST,
        also: Iterable[int] = (),
    ) -> SizeSet:
        """Return the set that its JSON form describes; see `to_dict`.

        Args:
            period: after how many sizes it repeats.
            residues: which remainders belong to it.
            start: the size from which on they do.
            also: members below.
        """
        bits = sum(1 << residue for residue in {residue % period for residue in residues})
        endless = Stretch(max(start, FIRST), checked_period(period), bits)
        return _from(endless) | cls.points(also)

    @classmethod
    def points(cls, members: Iterable[int], first: int = FIRST) -> SizeSet:
        """Return the set of some sizes, which speaks of all sizes from a first one on."""
        rising = sorted(set(members))
        parts, place = [Stretch(min([first, *rising[:1]]), 1, 0)], 0
        while place < len(rising):
            low, after, bits = rising[place], place, 0
            while after < len(rising) and rising[after] - low < CLUSTER:
                bits |= 1 << (rising[after] - low)
                after += 1
            length = bits.bit_length()
            parts += [stretch_over(low, length, bits), Stretch(low + length, 1, 0)]
            place = after
        return cls(parts)

    @classmethod
    def between(cls, low: int, high: int | None) -> SizeSet:
        """Return the sizes from `low` to `high`, both included; `None` is endless."""
        return cls.union([(low, high)])

    @classmethod
    def union(cls, runs: Iterable[tuple[int, int | None]]) -> SizeSet:
        """Return the sizes of some intervals, which rise and do not touch, both ends included."""
        parts: list[Stretch] = []
        for low, high in runs:
            if high is None or high >= low:
                parts += [Stretch(low, 1, 1)]
                parts += [] if high is None else [Stretch(high + 1, 1, 0)]
        if not parts or parts[0].start > FIRST:
            parts.insert(0, Stretch(FIRST, 1, 0))
        return cls(parts)

    @property
    def first(self) -> int:
        """The first size that the set speaks of."""
        return self.stretches[0].start

    def __contains__(self, size: object) -> bool:
        """Whether a size belongs to the set."""
        try:
            cells = None if isinstance(size, bool) else operator.index(size)  # type: ignore[arg-type]
        except TypeError:
            return False
        if cells is None or cells < self.first:
            return False
        stretch = self.stretch_at(cells)
        return bool(stretch.bits >> cells % stretch.period & 1)

    def stretch_at(self, size: int) -> Stretch:
        """Return the stretch in which a size lies."""
        return next(stretch for stretch in reversed(self.stretches) if stretch.start <= size)

    def __and__(self, other: SizeSet) -> SizeSet:
        """Return the sizes that belong to both."""
        for sizes, another in ((self, other), (other, self)):
            if another.everything and another.first <= sizes.first:
                return sizes
        return _combined(operator.and_, self, other)

    def __or__(self, other: SizeSet) -> SizeSet:
        """Return the sizes that belong to either."""
        return _combined(operator.or_, self, other)

    def __xor__(self, other: SizeSet) -> SizeSet:
        """Return the sizes that belong to just one of them."""
        return _combined(operator.xor, self, other)

    def __invert__(self) -> SizeSet:
        """Return the sizes that do not belong to it."""
        return SizeSet(
            Stretch(part.start, part.period, part.bits ^ ones(part.period))
            for part in self.stretches
        )

    def __sub__(self, other: SizeSet) -> SizeSet:
        """Return the sizes that belong to this one and not to the other."""
        return self & ~other

    def __eq__(self, other: object) -> bool:
        """Whether both have the same members."""
        if not isinstance(other, SizeSet):
            return NotImplemented
        return self.stretches == other.stretches or (self ^ other).empty

    def __hash__(self) -> int:
        """Agree with equality: the periodic part is canonical, and some sets speak of 0."""
        last = self.stretches[-1]
        return hash((last.period, last.bits, self.next_above(0)))

    def __le__(self, other: SizeSet) -> bool:
        """Whether every member belongs to the other, too."""
        return (self - other).empty

    @property
    def empty(self) -> bool:
        """Whether it has no member."""
        return not any(stretch.bits for stretch in self.stretches)

    @property
    def everything(self) -> bool:
        """Whether every size that it speaks of belongs to it."""
        return len(self.stretches) == 1 and self.stretches[0].period == self.stretches[0].bits == 1

    @property
    def endless(self) -> bool:
        """Whether it has infinitely many members."""
        return self.stretches[-1].bits != 0

    @property
    def gaps_endless(self) -> bool:
        """Whether infinitely many sizes between its members do not belong to it."""
        return self.endless and self.stretches[-1].period > 1

    @property
    def least(self) -> int | None:
        """The least member."""
        return self.next_above(self.first - 1)

    def next_above(self, size: int) -> int | None:
        """Return the least member above a size."""
        for start, end, stretch in self.spans():
            if end is None or end > size + 1:
                low = max(start, size + 1)
                length = stretch.period if end is None else min(stretch.period, end - low)
                bits = stretch.bits_over(low, length)
                if bits:
                    return low + (bits & -bits).bit_length() - 1
        return None

    def next_below(self, size: int) -> int | None:
        """Return the greatest member below a size."""
        for start, end, stretch in reversed([*self.spans()]):
            if start < size:
                high = size if end is None else min(end, size)
                length = min(stretch.period, high - start)
                bits = stretch.bits_over(high - length, length)
                if bits:
                    return high - length + bits.bit_length() - 1
        return None

    def spans(self) -> Iterator[tuple[int, int | None, Stretch]]:
        """Yield each stretch with its first size and the one before which it ends, if it does."""
        ends = [*(stretch.start for stretch in self.stretches[1:]), None]
        for stretch, end in zip(self.stretches, ends, strict=True):
            yield stretch.start, end, stretch

    def __iter__(self) -> Iterator[int]:
        """Go through the members, from the least; there may be infinitely many."""
        size = self.least
        while size is not None:
            yield size
            size = self.next_above(size)

    def runs(self) -> Iterator[tuple[int, int | None]]:
        """Yield the members as intervals, both ends included; `None` is endless."""
        low = self.least
        missing = ~self
        while low is not None:
            above = missing.next_above(low)
            yield low, None if above is None else above - 1
            low = None if above is None else self.next_above(above)

    def __len__(self) -> int:
        """Count the members; Python's `len` goes to 2**63 only, `count` further.

        Raises:
            OverflowError: there are infinitely many.
        """
        return self.count

    @property
    def count(self) -> int:
        """How many members there are.

        Raises:
            OverflowError: there are infinitely many.
        """
        if self.endless:
            raise OverflowError("the set has infinitely many members: ask `.endless` first")
        return sum(
            stretch.bits.bit_count() * ((end - start) // stretch.period)
            + stretch.bits_over(start, (end - start) % stretch.period).bit_count()
            for start, end, stretch in self.spans()
            if end is not None
        )

    def __bool__(self) -> bool:
        """Whether it has a member."""
        return not self.empty

    def __repr__(self) -> str:
        """Say the set as people do."""
        from symconv.periodic.saying import said

        return said(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the set as JSON has it.

        A size belongs to it just where it is in `also`, or at least `start` and one of the
        `residues` modulo `period`. The period is the smallest, `start` is the least member of the
        periodic part, which goes as far down as it holds, and `also` has the members below.
        """
        from symconv.periodic.saying import described

        return described(self)


def _from(stretch: Stretch) -> SizeSet:
    """Return the set of a stretch, and of no size before it."""
    return SizeSet([Stretch(FIRST, 1, 0), stretch] if stretch.start > FIRST else [stretch])


def _combined(word: Callable[[int, int], int], a: SizeSet, b: SizeSet) -> SizeSet:
    return SizeSet(combined(word, a.stretches, b.stretches))


EVERYTHING = SizeSet([Stretch(FIRST, 1, 1)])
"""Every size from 1 on."""
NOTHING = SizeSet([Stretch(FIRST, 1, 0)])
"""No size."""
