"""`size`: the size after each layer of a chain."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, overload

from symconv.chains.nearest import acceptance, nearest, separable
from symconv.chains.results import Refusal, Sizes, SizesOfMany
from symconv.chains.step import ALLOCATES, GREATEST_CELLS, Test, addressable, apply, entering
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.meanings.integers import INTEGERS
from symconv.meanings.notation import text
from symconv.reading.chains import Chain, chain
from symconv.terms import Term, constant, interpret, substitute, variable
from symconv.vocabulary import torch_name


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
        layers: a text such as `"Conv2d(3, 8, 3) -> MaxPool2d(2)"`, a layer, or several.
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
    read = chain(layers)
    for number, layer in enumerate(read.layers, 1):
        if not layer.settled:
            raise RequestError(
                "layers whose parameters are numbers",
                f"layer {number}, {layer!r}",
                "Write the numbers; `symconv solve` finds them, `symconv.law` gives a formula.",
            )
    if channels is not None and (type(channels) is not int or channels < 1):
        raise RequestError("channels as a positive integer", shown(channels), "Write channels=3.")
    numpy = sys.modules.get("numpy")
    given = size if isinstance(size, (tuple, list)) else (size,)
    if numpy and any(isinstance(one, numpy.ndarray) for one in given):
        from symconv.chains.many import many

        arrays = _spread(read, tuple(given))
        check_axes(read.layers, len(arrays))
        return many(read, arrays, channels)
    sizes = _spread(read, tuple(_checked(one) for one in given))
    return _sizes(read, sizes, channels)


_UNADDRESSABLE = Test(ALLOCATES, constant(0) < 0, (), bool)


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


def _spread(read: Chain, given: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give each axis its size; how many axes there are, the layers say."""
    axes = next((one.input_axes for one in read.layers if one.input_axes), len(given))
    if len(given) == axes:
        return tuple(given)
    if len(given) == 1:
        return tuple(given) * axes
    raise RequestError(
        f"one size, or {axes} of them, one for each axis",
        f"{len(given)}",
        "Write for instance 224.",
    )


def _sizes(read: Chain, sizes: tuple[int, ...], channels: int | None) -> Sizes:
    rows, now, notes = [sizes], sizes, dict.fromkeys(read.notes)
    check_axes(read.layers, len(sizes))
    counts = entering(read.layers, len(sizes), channels)
    for number, (layer, count) in enumerate(zip(read.layers, counts, strict=True), 1):
        outputs = []
        for axis, row in enumerate(layer.rows(len(now))):
            outcome = apply(row, now, count)
            if outcome.failed:
                refusal = _refusal(
                    read, sizes, channels, number, axis, outcome.failed, outcome.values
                )
                return Sizes(read.layers, tuple(rows), refusal, tuple(notes))
            outputs.append(outcome.size)
            notes |= {row.measured.says: None} if row.measured else {}
            place = f"assuming, for layer {number}, {type(layer).__name__}: "
            notes |= {place + sentence: None for sentence in outcome.assumed}
        now = tuple(outputs)
        if not addressable(now):
            refusal = _refusal(read, sizes, channels, number, 0, _UNADDRESSABLE, {})
            return Sizes(read.layers, tuple(rows), refusal, tuple(notes))
        rows.append(now)
    return Sizes(read.layers, tuple(rows), None, tuple(notes))


def check_axes(layers: Iterable[Layer], axes: int) -> None:
    """Refuse a layer that works on another number of axes than arrives."""
    for number, layer in enumerate(layers, 1):
        if layer.input_axes not in (None, axes):
            raise RequestError(
                f"layer {number}, {type(layer).__name__}: an input with {layer.input_axes} axes",
                f"{axes}",
                "Use the layer's variant for that many axes, or give a size for each axis.",
            )
        axes = len(layer.rows(axes))


def _refusal(
    read: Chain,
    sizes: tuple[int, ...],
    channels: int | None,
    number: int,
    axis: int,
    failed: Test,
    values: Any,
) -> Refusal:
    """Tell why, with numbers, and look for the nearest sizes that the whole chain takes."""
    varied = axis if axis < len(sizes) else 0
    below, above, certain = nearest(acceptance(read.layers, sizes, varied, channels), sizes[varied])
    if failed is _UNADDRESSABLE:
        law, numbers = "their product is at most 2**61 - 1", {}
    else:
        law = f"{text(failed.law, names='torch')}, here {_here(failed, values)}"
        numbers = {torch_name(name): values[name] for name in failed.names}
    return Refusal(
        number,
        type(read.layers[number - 1]).__name__,
        failed.sentence,
        law,
        numbers,
        {"below": below, "above": above},
        certain,
        None if len(set(sizes)) == 1 else varied + 1,
        not separable(read.layers, len(sizes)),
    )


def _here(failed: Test, values: Mapping[str, int]) -> str:
    """Write a requirement with the numbers in it; of a comparison, what its sides come to."""
    numbers = {variable(name): values[name] for name in failed.names}
    if failed.law.word in ("le", "lt", "eq"):
        sides = (interpret(side, INTEGERS, values) for side in failed.law.args)
        return text(Term(failed.law.word, *sides))
    return text(substitute(failed.law, numbers))
