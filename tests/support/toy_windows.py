"""A toy operator, as a stranger would write one, with its layers: windows with gaps in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from symconv.layers import Layer, registry
from symconv.layers.parameters import Size
from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import F, P, S, W
from symconv.operators.reading import Windows, d
from symconv.terms import sizes

(skip,) = sizes("skip")

_windows = Windows(taps=F, step=S, before=P, after=P, tap=d + d // (skip - 1), weighted=True)
_numbers = {
    "the kernel has a tap": F >= 1,
    "the stride advances": S >= 1,
    "padding adds cells": P >= 0,
    "a cell is read before one is left out": skip >= 2,
    "the input has a cell": W >= 1,
}

toy = Operator(
    name="toy",
    says="Counts windows whose taps leave out every skip-th cell.",
    size=(W + 2 * P - _windows.extent) // S + 1,
    requires=_numbers | {"one window fits the padded input": _windows.extent <= W + 2 * P},
    reads=_windows,
    family="Toys",
    source="nowhere",
)
toy_pool = replace(toy, name="toy_pool", reads=replace(_windows, weighted=False))
_painted = (W - 1) * S + _windows.extent - 2 * P
toy_transpose = replace(
    toy,
    name="toy_transpose",
    size=_painted,
    requires=_numbers | {"cropping leaves the output a cell": _painted >= 1},
    reads=_windows.painted,
)
toy_paint = replace(toy_transpose, name="toy_paint", reads=toy_pool.reads.painted)


class _Toy(Layer):
    operator: ClassVar[Operator] = toy
    kernel_size: Any = Size()
    stride: Any = Size(1)
    padding: Any = Size(0)
    skip: Any = Size(2, says="of so many cells the last one is left out")


class ToyConv1d(_Toy):
    """A convolution over one axis."""

    axes: ClassVar[int | None] = 1


class ToyConv2d(_Toy):
    """A convolution over two axes."""

    axes: ClassVar[int | None] = 2


class ToyPool1d(ToyConv1d):
    """A pool."""

    operator: ClassVar[Operator] = toy_pool


class ToyConvTranspose1d(ToyConv1d):
    """A transposed convolution over one axis."""

    operator: ClassVar[Operator] = toy_transpose


class ToyConvTranspose2d(ToyConv2d):
    """A transposed convolution over two axes."""

    operator: ClassVar[Operator] = toy_transpose


class ToyPaint1d(ToyConv1d):
    """Paint without weights."""

    operator: ClassVar[Operator] = toy_paint


@contextmanager
def registered(operator: Operator, *kinds: type[Layer]) -> Iterator[Operator]:
    """Append an operator and its layers to the registries, for a while."""
    OPERATORS[operator.name] = operator
    try:
        with registry.registered(*kinds):
            yield operator
    finally:
        del OPERATORS[operator.name]
