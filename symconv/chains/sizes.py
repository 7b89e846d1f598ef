"""`size`: the size after each layer of a chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from operator import index
from typing import TYPE_CHECKING, Any, overload

from symconv.chains.axes import check_axes, check_settled, input_axes
from symconv.chains.results import Sizes
from symconv.chains.through import GREATEST_CELLS, Passage, through
from symconv.chains.unmet import Broken, misfits, unmet
from symconv.errors import RequestError, shown
from symconv.foreign import is_a
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.reading.chains import Chain, chain

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
        raise RequestError(
            "channels as a positive integer",
            shown(channels),
            "Write channels=3.",
            about="channels",
        )
    each = size if isinstance(size, (tuple, list)) else (size,)
    if any(is_a(axis, "numpy", "ndarray") for axis in each):
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
    sizes = _spread(read, tuple(map(_checked, each)), isinstance(size, (tuple, list)))
    return _sizes(read, sizes, channels)


def _checked(size: Any) -> int:
    try:
        number = None if isinstance(size, bool) else index(size)
    except (TypeError, ValueError):  # a tensor of several numbers has a place for it, and refuses
        number = None
    if number is None:
        raise RequestError(
            "a size as an integer",
            f"{shown(size)} ({type(size).__name__})",
            "Write for instance 16, or (16, 24) by axis.",
        )
    if not 0 <= number <= GREATEST_CELLS:
        raise RequestError(
            "a size from 0 to 2**61 - 1", shown(number), "Write for instance 16.", about="size"
        )
    return number


def _spread(read: Chain, given: tuple[Any, ...], each: bool = False) -> tuple[Any, ...]:
    """Give each axis its size; how many axes there are, the layers say.

    Args:
        read: the layers.
        given: the sizes.
        each: whether they were written one for each axis, as a tuple.
    """
    axes = input_axes(read.layers) or len(given) or 1
    if len(given) == axes:
        return tuple(given)
    if len(given) == 1 and not each:
        return tuple(given) * axes
    by_axis = ",".join(map(str, (16, 24, 32)[:axes]))
    raise RequestError(
        f"one size, or {axes} of them, one for each axis" if axes > 1 else "one size",
        f"{len(given)}",
        f"Write for instance 16, or by axis {by_axis}." if axes > 1 else "Write for instance 16.",
        about="size",
    )


def _sizes(read: Chain, sizes: tuple[int, ...], channels: int | None) -> Sizes:
    """Walk along the chain until a layer refuses what arrives."""
    check_axes(read.layers, len(sizes))
    rows, notes, count = [sizes], dict.fromkeys(read.notes), channels
    for passage in through(read.layers, sizes, PLAIN, channels):
        broken = next(unmet(passage), None)
        if broken is not None:
            from symconv.chains.refusing import refusal

            broken = next(misfits(read, len(sizes), channels), broken)
            refused = refusal(read, sizes, channels, broken)
            return Sizes(read.layers, tuple(rows[: broken.number]), refused, tuple(notes))
        notes |= dict.fromkeys(_noted(passage))
        rows.append(passage.leaving)
        count = passage.channels_leaving
    if read.ending:
        return _joined(read, tuple(rows), channels, count, tuple(notes))
    return Sizes(read.layers, tuple(rows), None, tuple(notes))


CHANNELS_TELL = "how many features there are, the channels say: write channels=3"


def _joined(
    read: Chain,
    rows: tuple[tuple[int, ...], ...],
    channels: int | None,
    leaving: int | None,
    notes: tuple[str, ...],
) -> Sizes:
    """Walk along the end of a chain, whose layers work on features."""
    from symconv.chains.features import joined, misfit

    features: list[int | None] = []
    before, cells, refused = len(read.layers), prod(rows[-1]), None
    if leaving is None:
        notes = (*notes, CHANNELS_TELL)
    never = misfit(read.ending, cells) if leaving is None else None
    walk = joined(read.ending, None if leaving is None else cells * leaving, PLAIN)
    for place, (crossing, leaves) in enumerate(walk):
        broken = None
        if never and never[0] == place:
            broken = Broken(before + place + 1, 0, *never[1:])
        elif crossing and (requirement := next(crossing.unmet(), None)):
            broken = Broken(before + place + 1, 0, requirement, crossing.values)
        if broken:
            from symconv.chains.refusing import refusal

            refused = refusal(read, rows[0], channels, broken)
            break
        features.append(leaves)
    return Sizes(read.layers, rows, refused, notes, read.ending, tuple(features))


def _noted(passage: Passage) -> Iterator[str]:
    """Yield what the reader should know about a layer that takes what arrives."""
    for crossing in passage.axes:
        if crossing.row.measured:
            yield crossing.row.measured.says
        for sentence in crossing.assumed():
            layer = f"layer {passage.number}, {type(passage.layer).__name__}"
            yield f"assuming, for {layer}: {sentence}"
