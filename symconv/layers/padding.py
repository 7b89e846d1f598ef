"""Padding layers, with torch's parameters: pairs of `(before, after)`, the last axis first.

A negative padding crops.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, ClassVar

from symconv.errors import RequestError, shown
from symconv.layers.layer import Layer
from symconv.layers.parameters import Parameter, Real
from symconv.layers.registry import ALIKE, in_axes
from symconv.layers.row import Row
from symconv.layers.values import Unknown, at_once, entries, parameter, term, unknown
from symconv.operators.letters import P
from symconv.terms import Term, constant


class Sides(Parameter):
    """One padding for all sides, or a pair for each axis, the last one first."""

    def _kept(self, owner: str, value: Any, axes: int) -> Any:
        if unknown(value) is not None:  # one number for all sides
            return parameter(owner, self.name, value)
        sides = entries(value, 2 * axes)
        if len(sides) != 2 * axes:
            raise RequestError(
                f"{owner}: one padding, or {2 * axes} (before and after each axis, the last first)",
                f"{shown(value)}, which has {len(sides)}",
                f"Write {owner}({', '.join(['1'] * 2 * axes) if axes == 1 else (1,) * 2 * axes}).",
            )
        return tuple(parameter(owner, self.name, side) for side in sides)


class _Pad(Layer):
    """What all paddings share."""

    source: ClassVar[str] = "torch/nn/modules/padding.py"
    padding: Any = Sides(
        says="cells before and after each axis, the last axis first; or one number"
    )

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis, with its pair of paddings."""
        rows = []
        for axis in range(axes):
            before, after = self._sides(axis, axes)
            sides = {"lo": term("lo", before, axis + 1), "hi": term("hi", after, axis + 1)}
            if isinstance(self.padding, Unknown):
                sides = {"lo": P, "hi": P}
            rows.append(Row(self.operator, self.values(axis) | sides))
        sizes = (row.term(row.operator.size) for row in rows)
        whole: Term = reduce(Term.__add__, sizes, constant(0))
        return tuple(
            row._replace(values=dict(row.values) | {"W_output_cells": whole}) for row in rows
        )

    def _sides(self, axis: int, axes: int) -> tuple[Any, ...]:
        """Return the paddings before and after an axis (0 is the first)."""
        return entries(self.padding, 2 * axes)[2 * (axes - 1 - axis) :][:2]

    def unknowns(self) -> dict[str, Unknown]:
        """Return the paddings that are to be found: one for all sides, or each side's own."""
        if isinstance(self.padding, Unknown):
            return {"P": self.padding}
        axes = self.least_axes
        return {
            f"{letter}{axis + 1}": side
            for axis in range(axes)
            for letter, side in zip(("lo", "hi"), self._sides(axis, axes), strict=True)
            if isinstance(side, Unknown)
        }

    def named(self, axes: Sequence[Mapping[str, int]]) -> dict[str, Any]:
        """Return the numbers of all sides as `padding`, in torch's order."""
        count = self.least_axes
        each = [axes[axis] if len(axes) == count else axes[0] for axis in range(count)]
        sides = [
            _side(numbers, letter, axis)
            for axis, numbers in reversed(list(enumerate(each, 1)))
            for letter in ("lo", "hi")
        ]
        return {"padding": at_once(sides)}

    def numbered(self, letters: Mapping[str, int]) -> dict[str, Any]:
        """Return what `padding` is, where these letters have numbers."""
        written = {
            f"{letter}{axis + 1}": side
            for axis in range(self.least_axes)
            for letter, side in zip(("lo", "hi"), self._sides(axis, self.least_axes), strict=True)
            if isinstance(side, int)
        }
        numbers = self.named([written | dict(letters)])
        return {name: tuple(v) if isinstance(v, list) else v for name, v in numbers.items()}

    def parameter_of(self, letter: str) -> str:  # noqa: ARG002
        """Return the parameter that a letter is a part of."""
        return "padding"

    def __repr__(self) -> str:
        """Write the pairs as torch prints them."""
        return f"{type(self).__name__}({self.padding})"


def _side(numbers: Mapping[str, int], letter: str, axis: int) -> int:
    """Return a side's padding: its own, its axis's, or that of all sides."""
    names = (letter, f"{letter}{axis}", "P")
    return next(numbers[name] for name in names if name in numbers)


@in_axes(ALIKE)
class _ConstantPad(_Pad):
    """Adds cells of one value; a negative padding crops."""

    law: ClassVar[str] = "constant_pad"
    value: Any = Real(none=True, says="what the cells hold")

    def __repr__(self) -> str:
        """Write the pairs and the value as torch prints them."""
        return f"{type(self).__name__}(padding={self.padding}, value={self.value!r})"


@in_axes(ALIKE)
class _ZeroPad(_Pad):
    """Adds cells of zero; a negative padding crops."""

    law: ClassVar[str] = "constant_pad"


@in_axes(ALIKE)
class _ReflectionPad(_Pad):
    """Adds the reflection of the input, which must be longer than the padding."""

    law: ClassVar[str] = "reflection_pad"


@in_axes(ALIKE)
class _ReplicationPad(_Pad):
    """Repeats the border cell."""

    law: ClassVar[str] = "replication_pad"


@in_axes(ALIKE)
class _CircularPad(_Pad):
    """Wraps the input around, at most once."""

    law: ClassVar[str] = "circular_pad"
