"""The axes of a chain: whether its layers fit them, and whether each goes through by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.terms import variable, variables


def check_settled(layers: Iterable[Layer]) -> None:
    """Refuse a layer whose parameters are not all numbers."""
    for number, layer in enumerate(layers, 1):
        if not layer.settled:
            raise RequestError(
                "layers whose parameters are numbers",
                f"layer {number}, {layer!r}",
                "Write the numbers; `symconv solve` finds them, `symconv.law` gives a formula.",
                place=layer.place(next(filter(layer.is_open, layer.parameters), None)),
            )


def input_axes(layers: Iterable[Layer]) -> int | None:
    """Return how many axes the input of a chain has, if one of the layers says so."""
    return next((layer.input_axes for layer in layers if layer.input_axes), None)


def axis_place(axis: int | None, axes: int) -> int | None:
    """Return where in a list of axes the one stands that somebody named: axes count from 1.

    Args:
        axis: which one, as the `1` in `W1`; nothing, where all are alike.
        axes: how many there are.

    Raises:
        RequestError: there is no such axis.

    >>> axis_place(1, 2), axis_place(None, 2)
    (0, None)
    """
    if axis is None:
        return None
    if type(axis) is not int or not 1 <= axis <= axes:
        write = "Write axis=1 for the first, which is that of W1."
        raise RequestError(f"an axis from 1 to {axes}", shown(axis), write)
    return axis - 1


def check_axes(layers: Iterable[Layer], axes: int) -> None:
    """Refuse a layer that works on another number of axes than arrives.

    Raises:
        RequestError: there is one.
    """
    for number, layer in enumerate(layers, 1):
        if layer.input_axes not in (None, axes):
            needed = "1 axis" if layer.input_axes == 1 else f"{layer.input_axes} axes"
            raise RequestError(
                f"layer {number}, {type(layer).__name__}: an input with {needed}",
                f"{axes}",
                "Use the layer's variant for that many axes, or give a size for each axis.",
                place=layer.place(),
            )
        axes = len(layer.rows(axes))


def separable(layers: tuple[Layer, ...], axes: int, implied: Collection[str] = ()) -> bool:
    """Whether each axis of the output depends on the same axis of the input alone, throughout.

    Args:
        layers: the layers.
        axes: how many axes the input has.
        implied: letters whose requirements are met where there are cells on all axes.
    """
    for layer in layers:
        rows = layer.rows(axes)
        if len(rows) != axes:
            return False
        for place, row in enumerate(rows, 1):
            needs = (
                n for n in row.operator.requires.values() if {*variables(n)}.isdisjoint(implied)
            )
            laws = (row.operator.size, *needs)
            used = (row.values.get(name, variable(name)) for name in variables(*laws))
            names = {n for value in used if not isinstance(value, int) for n in variables(value)}
            if any(re.fullmatch(r"W\d+", n) and n != f"W{place}" for n in names):
                return False
    return True
