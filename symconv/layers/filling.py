"""Numbers put into a layer: letters of the laws turned back into torch's parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from symconv.errors import RequestError
from symconv.layers.layer import Layer
from symconv.layers.resizing import SCALE
from symconv.layers.values import at_once
from symconv.vocabulary import parameter_name

_NONE: Mapping[str, str] = MappingProxyType({})


def parameters(
    axes: Sequence[Mapping[str, int]], names: Mapping[str, str] = _NONE
) -> dict[str, Any]:
    """Return numbers by torch's names: one where the axes agree, else a list with one for each.

    Args:
        axes: for each axis (or once, for all alike) a number for each letter. A letter with the
            number of an axis, such as `F2`, is that axis's own.
        names: what a layer calls letters, where it has names of its own.

    >>> parameters([{"F": 3, "P": 0}, {"F": 3, "P": 1}])
    {'kernel_size': 3, 'padding': [0, 1]}
    >>> parameters([{"F1": 2, "F2": 3}]), parameters([{"ceil_mode": 1}])
    ({'kernel_size': [2, 3]}, {'ceil_mode': True})
    >>> parameters([{"scale_numerator": 3, "scale_denominator": 2}])
    {'scale_factor': 1.5}
    """
    numbers: dict[str, list[Any]] = {}
    for axis in axes:
        for letter, value in axis.items():
            own = names.get(letter) or names.get(letter.rstrip("0123456789"))
            name = letter if letter in SCALE else own or parameter_name(letter)
            numbers.setdefault(name, []).append(bool(value) if name == "ceil_mode" else value)
    if SCALE[0] in numbers:
        above = numbers.pop(SCALE[0])
        below = numbers.pop(SCALE[1], [1] * len(above))
        numbers["scale_factor"] = [_ratio(a, b) for a, b in zip(above, below, strict=True)]
    return {name: at_once(each) for name, each in numbers.items()}


def _ratio(above: int, below: int) -> int | float:
    return above // below if above % below == 0 else above / below


def filled(layer: Layer, axes: Sequence[Mapping[str, int]]) -> Layer:
    """Return a layer with numbers in it.

    >>> from symconv import MaxPool2d
    >>> filled(MaxPool2d("?", padding="?"), [{"F": 3, "S": 3, "P": 0}, {"F": 3, "S": 3, "P": 1}])
    MaxPool2d(kernel_size=3, padding=(0, 1))
    """
    numbers = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in layer.named(axes).items()
        if name in layer.parameters
    }
    return layer.changed(**numbers)


def cannot_be_searched(layer: Layer, letter: str) -> RequestError:
    """Return the error that a parameter cannot be found, in torch's names."""
    name = layer.parameter_of(letter)
    return RequestError(
        "unknowns that can be searched: numbers that the output's size depends on",
        f"{repr(layer)[:200]}: {name} cannot be searched yet",
        f"Write a number for {name}.",
        place=layer.place(name),
    )
