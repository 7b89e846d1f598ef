"""What layers require and do not get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import NamedTuple

from symconv.chains.features import joined, misfit
from symconv.chains.through import Passage, Requirement, addressable, through
from symconv.meanings.integers import PLAIN
from symconv.reading.chains import Chain
from symconv.terms import both


class Broken(NamedTuple):
    """A requirement that does not hold: where, and for which numbers."""

    number: int
    axis: int
    requirement: Requirement
    values: Mapping[str, int]


ALLOCATES = "a tensor of these sizes can be addressed in 64 bits"
ADDRESSABLE = Requirement(ALLOCATES, ~both(), ())
"""What every layer requires beside its law."""


def unmet(passage: Passage) -> Iterator[Broken]:
    """Yield the requirements of a layer that do not hold; last, that a machine can address it."""
    for axis, crossing in enumerate(passage.axes):
        for requirement in crossing.unmet():
            yield Broken(passage.number, axis, requirement, crossing.values)
    if not addressable(size for size in passage.leaving if size is not None):
        yield Broken(passage.number, 0, ADDRESSABLE, {})


def misfits(read: Chain, axes: int, channels: int | None) -> Iterator[Broken]:
    """Yield the requirements that do not hold whatever the size, as those on channels."""
    for passage in through(read.layers, (None,) * axes, PLAIN, channels):
        yield from (broken for broken in unmet(passage) if not broken.requirement.about_sizes)


def passes(read: Chain, sizes: tuple[int, ...], channels: int | None) -> bool:
    """Whether every layer of a chain takes what arrives."""
    leaving, count = sizes, channels
    for passage in through(read.layers, sizes, PLAIN, channels):
        if next(unmet(passage), None) is not None:
            return False
        leaving, count = passage.leaving, passage.channels_leaving
    cells = prod(leaving)
    if read.ending and count is None and misfit(read.ending, cells):
        return False
    walk = joined(read.ending, None if count is None else cells * count, PLAIN)
    return not any(next(crossing.unmet(), None) for crossing, _ in walk if crossing)
