"""What a chain takes, and what comes out, in the sizes of its input: one law put into the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from symconv.chains.backwards import Check, channels_missing, met, named, product
from symconv.chains.features import joined
from symconv.chains.through import Passage, through
from symconv.errors import UndecidedError
from symconv.meanings.joint import joint
from symconv.periodic import SizeSet, variable
from symconv.periodic.shapes import Shapes
from symconv.periodic.together import Joint, alone
from symconv.reading.chains import Chain


class Forwards(NamedTuple):
    """What a chain takes, and what comes out, in the sizes of its input.

    Attributes:
        taken: the shapes that every layer takes.
        leaving: the size that comes out on each axis, or the features.
    """

    taken: Shapes
    leaving: tuple[Joint, ...]


def forwards(
    read: Chain, start: Sequence[Joint], axes: int, check: Check, channels: int | None = None
) -> Forwards:
    """Walk along a chain, one law put into the next.

    Args:
        read: the chain.
        start: the size of each axis of the input; the same for all, or each by itself.
        axes: of how many sizes that speaks.
        check: what is called after each layer.
        channels: the input's channels, where no layer tells them.

    Raises:
        UndecidedError: a period is too long, a size follows no law, axes are tied together, or
            nobody knows the channels that decide.
    """
    meaning = joint(axes)
    taken, leaving, count = Shapes.every(axes), tuple(start), channels
    for axis in range(axes):
        taken &= Shapes.along(axis, SizeSet.between(1, None), axes)
    for passage in _lawful(through(read.layers, leaving, meaning, channels)):
        check()
        try:
            taken &= met(passage, axes)
            leaving, count = passage.leaving, passage.channels_leaving
        except UndecidedError as undecided:
            raise named(undecided, passage) from None
    if not read.ending:
        return Forwards(taken, leaving)
    if count is None:
        raise channels_missing()
    features = meaning.table["mul"](product(meaning, leaving), count)
    for crossing, after in joined(read.ending, features, meaning):
        features = after
        for _, shapes in crossing.required() if crossing else ():
            taken &= shapes
    return Forwards(taken, (features,))


def _lawful(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Pass on layers whose sizes follow a law.

    Raises:
        UndecidedError: one of them does not.
    """
    for passage in passages:
        for crossing in passage.axes:
            if crossing.row.measured:
                raise UndecidedError(
                    "sizes that follow a law",
                    f"layer {passage.number}, {passage.layer!r}: {crossing.row.measured.says}",
                    "Ask `symconv.size` about single sizes.",
                )
        yield passage


def one_for_all(axes: int) -> tuple[Joint, ...]:
    """Return the input's sizes where all axes are as large as each other."""
    return (alone(0, variable()),) * axes
