"""`size`: the size after each layer of a chain."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from symconv.chains.axes import check_axes, check_settled, input_axes
from symconv.chains.results import Sizes
from symconv.chains.through import GREATEST_CELLS, Passage, Requirement, addressable, through
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.reading.chains import Chain, chain
from symconv.terms import both

if TYPE_CHECKING:
    from symconv.chains.many import SizesOfMany


@overload
def size(
    layers: str | Layer | Iterable[Layer], size: int, *, channels: int | None = None
) -> Sizes: ...
@overload
def size(
    layers: str | Layer | Iterable[Layer], size: Any, *, channels: int | None = None
) -> Any: ...
def size(layers: Any, size: Any, *, channels: int | None = None) -> Sizes | SizesOfMany:
    """Return the size after each layer.

    Args:
        layers: a text such as `"Conv2d(3, 8, 3) -> MaxPool2d(2)"`, a layer, or several; or a
            torch module that is a plain sequence of layers. The end may be `Flatten()` and
            `Linear(...)`: then the features are told, which are channels times sizes.
        size: the input's size in cells: an integer for all axes, or a tuple with one for each.
            NumPy arrays of integers give the sizes of many inputs at once.
        channels: the input's channels, where no layer tells them.

    Returns:
        `Sizes`, with the refusal where a layer does not take what arrives; or `SizesOfMany`.

    Raises:
        RequestError: the layers or the size are no layers or no size.

    >>> size("Conv2d(3, 64, kernel_size=7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)", 224)
    224 -> 112 -> 56
    >>> size("ReflectionPad1d(3)", 3)
    3
    refused by layer 1, ReflectionPad1d: a reflected padding is smaller than the input: \
max(padding_left, padding_right) < input, here 3 < 3. \
The nearest sizes that pass: 4 (above).
    """
    read = chain(layers, ends=True)
    if read.ending:
        from symconv.chains.features import check_ending

        check_ending(read.ending, len(read.layers))
    check_settled((*read.layers, *read.ending))
    if channels is not None and (type(channels) is not int or channels < 1):
        raise RequestError("channels as a positive integer", shown(channels), "Write channels=3.")
    numpy = sys.modules.get("numpy")
    each = size if isinstance(size, (tuple, list)) else (size,)
    if numpy and any(isinstance(one, numpy.ndarray) for one in each):
        from symconv.chains.many import many

        if read.ending:
            raise RequestError(
                "layers that work on sizes, for arrays of them",
                repr(read.ending[0]),
                "End the chain before it.",
            )
        arrays = _spread(read, tuple(each))
        check_axes(read.layers, len(arrays))
        return many(read, arrays, channels)
    sizes = _spread(read, tuple(_checked(one) for one in each), isinstance(size, (tuple, list)))
    return _sizes(read, sizes, channels)


def _checked(size: Any) -> int:
    if isinstance(size, bool) or not hasattr(size, "__index__"):
        raise RequestError(
            "a size as an integer",
            f"{shown(size)} ({type(size).__name__})",
            "Write for instance 224.",
        )
    number = int(size)
    if not 0 <= number <= GREATEST_CELLS:
        raise RequestError("a size from 0 to 2**61 - 1", shown(number), "Write for instance 224.")
    return number


def _spread(read: Chain, given: tuple[Any, ...], each: bool = False) -> tuple[Any, ...]:
    """Give each axis its size; how many axes there are, the layers say.

    Args:
        read: the layers.
        given: the sizes.
        each: whether they were written one for each axis, as a tuple.
    """
    axes = input_axes(read.layers) or len(given)
    if len(given) == axes:
        return tuple(given)
    if len(given) == 1 and not each:
        return tuple(given) * axes
    raise RequestError(
        f"one size, or {axes} of them, one for each axis",
        f"{len(given)}",
        "Write for instance 224.",
    )


class Broken(NamedTuple):
    """A requirement that does not hold: where, and for which numbers."""

    number: int
    axis: int
    requirement: Requirement
    values: Mapping[str, int]


ALLOCATES = "a tensor of these sizes can be addressed in 64 bits"
ADDRESSABLE = Requirement(ALLOCATES, ~both(), ())
"""What every layer requires beside its law."""


def _sizes(read: Chain, sizes: tuple[int, ...], channels: int | None) -> Sizes:
    """Walk along the chain until a layer refuses what arrives."""
    check_axes(read.layers, len(sizes))
    rows, notes, count = [sizes], dict.fromkeys(read.notes), channels
    for passage in through(read.layers, sizes, PLAIN, channels):
        broken = next(_broken(passage), None)
        if broken is None and not addressable(passage.leaving):
            broken = Broken(passage.number, 0, ADDRESSABLE, {})
        if broken is not None:
            from symconv.chains.refusing import refused

            broken = next(_misfits(read, len(sizes), channels), broken)
            refusal = refused(read, sizes, channels, broken)
            return Sizes(read.layers, tuple(rows[: broken.number]), refusal, tuple(notes))
        notes |= dict.fromkeys(_noted(passage))
        rows.append(passage.leaving)
        count = passage.channels_leaving
    if read.ending:
        return _joined(read, tuple(rows), channels, count, tuple(notes))
    return Sizes(read.layers, tuple(rows), None, tuple(notes))


def _joined(
    read: Chain,
    rows: tuple[tuple[int, ...], ...],
    channels: int | None,
    leaving: int | None,
    notes: tuple[str, ...],
) -> Sizes:
    """Walk along the end of a chain, whose layers work on features."""
    from symconv.chains.features import joined, wanted

    features: list[int | None] = []
    refusal = None
    if leaving is None:
        notes = (*notes, "how many features there are, the channels say: give the input's")
    walk = joined(read.ending, prod(rows[-1]), leaving)
    for number, joining in enumerate(walk, len(read.layers) + 1):
        if joining.broken and joining.crossing:
            from symconv.chains.refusing import refused

            broken = Broken(number, 0, joining.broken, joining.crossing.values)
            first = wanted(read.ending[: len(features)]) is None  # then another size may do
            refusal = refused(read, rows[0], channels, broken, wanted(read.ending), first)
            break
        features.append(joining.features)
    return Sizes(read.layers, rows, refusal, notes, read.ending, tuple(features))


def _broken(passage: Passage) -> Iterator[Broken]:
    """Yield the requirements of a layer that do not hold."""
    for axis, crossing in enumerate(passage.axes):
        for requirement, holds in crossing.required():
            if not holds:
                yield Broken(passage.number, axis, requirement, crossing.values)


def _misfits(read: Chain, axes: int, channels: int | None) -> Iterator[Broken]:
    """Yield the requirements on channels that do not hold: no size makes up for them."""
    for passage in through(read.layers, (None,) * axes, PLAIN, channels):
        yield from (broken for broken in _broken(passage) if broken.requirement.about_channels)


def _noted(passage: Passage) -> Iterator[str]:
    """Yield what the reader should know about a layer that takes what arrives."""
    for crossing in passage.axes:
        if crossing.row.measured:
            yield crossing.row.measured.says
        for sentence in crossing.assumed():
            layer = f"layer {passage.number}, {type(passage.layer).__name__}"
            yield f"assuming, for {layer}: {sentence}"
