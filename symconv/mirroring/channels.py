"""Channels through a chain: numbers, or terms in those of the input where nobody wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from symconv.chains.through import entering
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.meanings.integers import INTEGERS, compiled
from symconv.operators.letters import C
from symconv.terms import Term, constant, interpret, substitute, variable, variables

MOST_TRIED = 4096
"""Up to so many input channels are tried, where nobody wrote them."""


def counts(layers: Sequence[Layer], axes: int, channels: int | None) -> tuple[Term, ...]:
    """Return the channels before each layer and after the last, in `C` where nobody wrote them.

    A convolution that names no channels gives what the next layer that names some is made for,
    and else keeps their number.

    Raises:
        RequestError: some layers name channels, and those of others cannot be told from them.

    >>> from symconv import Conv1d, MaxPool1d
    >>> [number.args[0] for number in counts([MaxPool1d(2), Conv1d(3, 8, 5)], 1, None)]
    [3, 3, 8]
    """
    named = entering(layers, axes, channels)
    numbers = [C if channels is None else constant(channels)]
    for place, layer in enumerate(layers):
        count = named[place]
        if count is not None and numbers[place] is C:
            return counts(layers, axes, count)
        if count is not None and numbers[place] is not constant(count):
            raise RequestError(
                "channels for every layer, or for none",
                f"layer {place + 1}, {layer!r}, made for {count}",
                "Write the channels of the layers before it, as in Conv2d(3, 8, 3), or those of "
                "the input: channels=3.",
                place=layer.place(),
            )
        row = layer.rows(axes)[0]
        after = substitute(row.term(row.operator.channels), {C: numbers[place]})
        following = named[place + 1] if place + 1 < len(layers) else None
        if not variables(after):
            after = constant(interpret(after, INTEGERS, {}))
        elif set(variables(after)) != {"C"}:
            after = numbers[place] if following is None else constant(following)
        numbers.append(after)
    return tuple(numbers)


def filled(layer: Layer, into: Any, out: Any) -> Layer:
    """Return the layer with channels, if it is a convolution that names none.

    >>> from symconv import Conv1d
    >>> filled(Conv1d(kernel_size=3), 4, 8)
    Conv1d(4, 8, kernel_size=3)
    """
    if not layer.channels_by_place or layer.in_channels is not None:  # type: ignore[attr-defined]
        return layer
    given: Any = layer
    built: Layer = replace(given, in_channels=into, out_channels=out)
    return built


def numbered(terms: Iterable[Term], start: int) -> list[int]:
    """Return channels as numbers, for so many of the input's where nobody wrote them."""
    return [interpret(term, INTEGERS, {"C": start}) for term in terms]


def fewest(layers: Sequence[Layer], terms: Sequence[Term], axes: int) -> int:
    """Return the fewest input channels that groups, shuffles and gates divide.

    >>> from symconv import GLU, PixelShuffle
    >>> fewest([PixelShuffle(2), GLU(1)], [C, C // 4, C // 4 // 2], 2)
    8
    """
    demands = []
    for layer, into, out in zip(layers, terms, terms[1:], strict=False):
        row = layer.rows(axes)[0]
        given = {C: into, variable("in_channels"): into, variable("out_channels"): out}
        required = (substitute(row.term(law), given) for law in row.operator.requires.values())
        demands += [compiled(law, ("C",)) for law in required if variables(law) == ("C",)]
    few = (count for count in range(1, MOST_TRIED + 1) if all(holds(count) for holds in demands))
    return next(few, 1)
