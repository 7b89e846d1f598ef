"""Sets of shapes: finite unions of boxes, each a product of a set of sizes for each axis.

They are kept as boxes that do not overlap, in one form: the sizes of the first axis are parted by
what they allow on the others. So two sets with the same members have the same boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from heapq import merge
from itertools import count, islice, product
from math import prod

from symconv.errors import UndecidedError
from symconv.periodic.comparing import ANY, NONE
from symconv.periodic.sets import SizeSet
from symconv.periodic.stretches import Stretch

Box = tuple[SizeSet, ...]
"""A set of sizes for each axis: any size of one axis goes with any of another."""
Shape = tuple[int, ...]

MOST_BOXES = 400
"""How many boxes are attempted."""


class Shapes:
    """A set of shapes of some axes.

    Sets are joined with `|`, cut with `&`, and `~` is the set of all other shapes.

    >>> row = Shapes.along(0, SizeSet.points([1]), 2) & Shapes.along(1, SizeSet.between(2, 3), 2)
    >>> [*row], (1, 4) in row, len(~row.boxes[0][1] & SizeSet.between(1, 4))
    ([(1, 2), (1, 3)], False, 2)
    """

    __slots__ = ("axes", "boxes")
    axes: int
    boxes: tuple[Box, ...]

    def __init__(self, axes: int, boxes: Iterable[Box]) -> None:
        """Keep boxes, which may overlap, in their one form.

        Raises:
            UndecidedError: there are too many.
        """
        self.axes, self.boxes = axes, tuple(_parted(boxes))

    @classmethod
    def along(cls, axis: int, sizes: SizeSet, axes: int) -> Shapes:
        """Return the shapes of which one axis, from 0, has a size of a set."""
        return cls(axes, [tuple(sizes if place == axis else ANY for place in range(axes))])

    @classmethod
    def every(cls, axes: int) -> Shapes:
        """Return all shapes."""
        return cls(axes, [(ANY,) * axes])

    @classmethod
    def none(cls, axes: int) -> Shapes:
        """Return no shape."""
        return cls(axes, ())

    def __contains__(self, shape: object) -> bool:
        """Whether a shape, a size for each axis, belongs to the set."""
        if not isinstance(shape, (tuple, list)) or len(shape) != self.axes:
            return False
        return any(all(map(_holds, box, shape)) for box in self.boxes)

    def __and__(self, other: Shapes) -> Shapes:
        """Return the shapes that belong to both."""
        pairs = product(self.boxes, other.boxes)
        return Shapes(self.axes, (tuple(map(SizeSet.__and__, a, b)) for a, b in pairs))

    def __or__(self, other: Shapes) -> Shapes:
        """Return the shapes that belong to either."""
        return Shapes(self.axes, (*self.boxes, *other.boxes))

    def __invert__(self) -> Shapes:
        """Return the shapes that do not belong to it: on some axis they leave each box."""
        others = (
            Shapes(
                self.axes,
                (
                    tuple(~s if place == axis else ANY for place, s in enumerate(box))
                    for axis in range(self.axes)
                ),
            )
            for box in self.boxes
        )
        return reduce(Shapes.__and__, others, Shapes.every(self.axes))

    def __eq__(self, other: object) -> bool:
        """Whether both have the same members."""
        if not isinstance(other, Shapes):
            return NotImplemented
        return (self.axes, self.boxes) == (other.axes, other.boxes)

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.axes, self.boxes))

    def __reduce__(self) -> tuple[type[Shapes], tuple[int, tuple[Box, ...]]]:
        """Copy and pickle by the boxes."""
        return Shapes, (self.axes, self.boxes)

    def __bool__(self) -> bool:
        """Whether it has a member."""
        return bool(self.boxes)

    def __repr__(self) -> str:
        """Say the boxes."""
        return " or ".join(" x ".join(f"({sizes})" for sizes in box) for box in self.boxes)

    @property
    def endless(self) -> bool:
        """Whether it has infinitely many members."""
        return any(sizes.endless for box in self.boxes for sizes in box)

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
        return sum(prod(sizes.count for sizes in box) for box in self.boxes)

    def __iter__(self) -> Iterator[Shape]:
        """Go through the members: rising where they are finitely many, else each at some place."""
        if not self.endless:
            return merge(*(product(*box) for box in self.boxes))
        return _by_ranks(self.boxes)

    def nearest(self, shape: Shape) -> Shape | None:
        """Return the member whose sizes differ least from those of a shape, all axes together."""
        closest = (tuple(map(_nearest, box, shape)) for box in self.boxes)
        return min(closest, key=lambda near: (_distance(near, shape), near), default=None)


def _parted(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yield boxes in their one form: parted by the first axis, then by the next one."""
    parts: dict[SizeSet, list[Box]] = {}
    covered = NONE
    for first, *others in (tuple(map(from_zero, box)) for box in boxes):
        rest = tuple(others)
        if first.empty or any(sizes.empty for sizes in rest):
            continue
        if first in parts:
            parts[first].append(rest)
            continue
        if not (first & covered).empty:
            refined: dict[SizeSet, list[Box]] = {}
            for sizes, rests in parts.items():
                refined |= {both: [*rests, rest]} if (both := sizes & first) else {}
                refined |= {alone: [*rests]} if (alone := sizes - first) else {}
            parts, first = refined, first - covered
        if first:
            parts[first] = [rest]
            covered |= first
        if len(parts) > MOST_BOXES:
            raise UndecidedError(
                f"shapes in at most {MOST_BOXES} boxes",
                "more",
                "Ask for fewer outputs, or about single inputs.",
            )
    sections: dict[tuple[Box, ...], SizeSet] = {}
    for sizes, rests in parts.items():
        section = tuple(_parted(rests)) if rests[0] and len(rests) > 1 else (rests[0],)
        sections[section] = sections[section] | sizes if section in sections else sizes
    rows = [(sizes, *box) for section, sizes in sections.items() for box in section]
    yield from sorted(rows, key=lambda box: [sizes.least or 0 for sizes in box])


def from_zero(sizes: SizeSet) -> SizeSet:
    """Return a set that speaks of 0 as well, which belongs to it only where it did.

    Sets are joined for the sizes of which both speak, and layers between others may pass 0 cells.
    """
    return sizes if sizes.first < 1 else SizeSet([Stretch(0, 1, 0), *sizes.stretches])


def _holds(sizes: SizeSet, size: object) -> bool:
    return size in sizes


def _by_ranks(boxes: tuple[Box, ...]) -> Iterator[Shape]:
    """Yield the members of boxes, all of them by the ranks of their sizes in their sets, added."""
    for rank in count():
        for box in boxes:
            sizes = [list(islice(axis, rank + 1)) for axis in box]
            for places in product(*map(range, map(len, sizes))):
                if sum(places) == rank:
                    yield tuple(axis[place] for axis, place in zip(sizes, places, strict=True))


def _nearest(sizes: SizeSet, size: int) -> int:
    """Return the member of a set that is nearest to a size; of two, the greater."""
    both = (sizes.next_above(size - 1), sizes.next_below(size))
    return min((near for near in both if near is not None), key=lambda near: abs(near - size))


def _distance(shape: Shape, other: Shape) -> int:
    return sum(abs(a - b) for a, b in zip(shape, other, strict=True))
