"""Layers of the toy operator, whose windows have gaps, and operators like it: pools and paint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from symconv.layers import Layer, registry
from symconv.layers.parameters import Size
from symconv.operators import Operator
from symconv.operators.letters import P, S, W
from toys import SKIPPING, TOY
from toys import registered as in_registry

toy = replace(TOY, family="Toys", reads=SKIPPING.changed(weighted=True))
toy_pool = replace(toy, name="toy_pool", reads=SKIPPING)
_painted = (W - 1) * S + SKIPPING.extent - 2 * P
toy_transpose = replace(
    toy,
    name="toy_transpose",
    size=_painted,
    requires=toy.without("one window fits the padded input")
    | {"cropping leaves the output a cell": _painted >= 1},
    reads=toy.reads.painted,
)
toy_paint = replace(toy_transpose, name="toy_paint", reads=SKIPPING.painted)


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
    with in_registry(operator), registry.registered(*kinds):
        yield operator
