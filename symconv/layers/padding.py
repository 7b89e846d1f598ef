"""Padding layers, with torch's parameters: pairs of `(before, after)`, the last axis first.

Source: torch/nn/modules/padding.py. A negative padding crops.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar

from symconv.errors import RequestError, shown
from symconv.layers.layer import Layer, Row, layer, other
from symconv.layers.values import parameter, term
from symconv.operators import OPERATORS
from symconv.terms import Term, constant


@dataclass(frozen=True, repr=False)
class _Pad(Layer):
    law: ClassVar[str] = ""
    padding: Any = other()

    def check(self) -> None:
        """Check that there is one padding, or a pair for each axis."""
        name, axes = type(self).__name__, self.axes or 1
        given = (
            self.padding if isinstance(self.padding, (tuple, list)) else (self.padding,) * 2 * axes
        )
        if len(given) != 2 * axes:
            raise RequestError(
                f"{name}: one padding, or {2 * axes} (before and after each axis, the last first)",
                f"{shown(self.padding)}, which has {len(given)}",
                f"Write {name}({', '.join(['1'] * 2 * axes) if axes == 1 else (1,) * 2 * axes}).",
            )
        object.__setattr__(self, "padding", tuple(parameter(name, "padding", one) for one in given))

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis, with its pair of paddings."""
        operator, rows = OPERATORS[self.law], []
        for axis in range(axes):
            before, after = self.padding[2 * (axes - 1 - axis) :][:2]
            sides = {"lo": term("lo", before, axis + 1), "hi": term("hi", after, axis + 1)}
            rows.append(Row(operator, self.values(axis) | sides))
        whole: Term = reduce(Term.__add__, (row.term(operator.size) for row in rows), constant(0))
        return tuple(
            row._replace(values=dict(row.values) | {"W_output_cells": whole}) for row in rows
        )

    def __repr__(self) -> str:
        """Write the pairs as torch prints them."""
        value = (
            f"padding={self.padding}, value={self.value}"
            if hasattr(self, "value")
            else self.padding
        )
        return f"{type(self).__name__}({value})"


@dataclass(frozen=True, repr=False)
class _ConstantPad(_Pad):
    law: ClassVar[str] = "constant_pad"
    value: Any = other(0)


@dataclass(frozen=True, repr=False)
class _ZeroPad(_Pad):
    law: ClassVar[str] = "constant_pad"


@dataclass(frozen=True, repr=False)
class _ReflectionPad(_Pad):
    law: ClassVar[str] = "reflection_pad"


@dataclass(frozen=True, repr=False)
class _ReplicationPad(_Pad):
    law: ClassVar[str] = "replication_pad"


@dataclass(frozen=True, repr=False)
class _CircularPad(_Pad):
    law: ClassVar[str] = "circular_pad"


@layer
class ConstantPad1d(_ConstantPad):
    """Adds cells of one value; a negative padding crops.

    >>> ConstantPad1d((2, -1), value=0)
    ConstantPad1d(padding=(2, -1), value=0)
    """

    axes: ClassVar[int | None] = 1


@layer
class ConstantPad2d(_ConstantPad):
    """As `ConstantPad1d`, over two axes: `(left, right, top, bottom)`."""

    axes: ClassVar[int | None] = 2


@layer
class ConstantPad3d(_ConstantPad):
    """As `ConstantPad1d`, over three axes, the last one first."""

    axes: ClassVar[int | None] = 3


@layer
class ZeroPad1d(_ZeroPad):
    """Adds cells of zero; a negative padding crops."""

    axes: ClassVar[int | None] = 1


@layer
class ZeroPad2d(_ZeroPad):
    """As `ZeroPad1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class ZeroPad3d(_ZeroPad):
    """As `ZeroPad1d`, over three axes."""

    axes: ClassVar[int | None] = 3


@layer
class ReflectionPad1d(_ReflectionPad):
    """Adds the reflection of the input, which must be longer than the padding."""

    axes: ClassVar[int | None] = 1


@layer
class ReflectionPad2d(_ReflectionPad):
    """As `ReflectionPad1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class ReflectionPad3d(_ReflectionPad):
    """As `ReflectionPad1d`, over three axes."""

    axes: ClassVar[int | None] = 3


@layer
class ReplicationPad1d(_ReplicationPad):
    """Repeats the border cell."""

    axes: ClassVar[int | None] = 1


@layer
class ReplicationPad2d(_ReplicationPad):
    """As `ReplicationPad1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class ReplicationPad3d(_ReplicationPad):
    """As `ReplicationPad1d`, over three axes."""

    axes: ClassVar[int | None] = 3


@layer
class CircularPad1d(_CircularPad):
    """Wraps the input around, at most once."""

    axes: ClassVar[int | None] = 1


@layer
class CircularPad2d(_CircularPad):
    """As `CircularPad1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class CircularPad3d(_CircularPad):
    """As `CircularPad1d`, over three axes."""

    axes: ClassVar[int | None] = 3
