"""Normalisation, which keeps the sizes and asks for some channels or sizes.

Source: torch/nn/modules/batchnorm.py, instancenorm.py and normalization.py; in eval mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer, Row, layer, number_of, other
from symconv.layers.values import parameter
from symconv.operators import OPERATORS
from symconv.terms import Term, variable


@dataclass(frozen=True, repr=False)
class _Norm(Layer):
    num_features: Any = number_of()
    eps: Any = other(1e-05)
    momentum: Any = other(0.1)
    affine: Any = other(True)
    track_running_stats: Any = other(True)
    bias: Any = other(True)

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return the letters; without parameters and statistics the channels are free."""
        found = super().values(axis)
        if not (self.affine or self.track_running_stats):
            found["num_features"] = variable("C")
        return found


@dataclass(frozen=True, repr=False)
class _BatchNorm(_Norm):
    def check(self) -> None:
        """Check `eps`, which torch looks at even in eval mode."""
        if self.eps < 0 or (self.eps == 0 and not self.track_running_stats):
            raise RequestError(
                f"{type(self).__name__}: eps as 0 or more, and above 0 without running statistics",
                f"{self.eps}",
                "Write eps=1e-05.",
            )

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis."""
        return tuple(Row(OPERATORS["batch_norm"], self.values(axis)) for axis in range(axes))


@dataclass(frozen=True, repr=False)
class _InstanceNorm(_Norm):
    affine: Any = other(False)
    track_running_stats: Any = other(False)

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis; its own statistics need more than one cell."""
        law = OPERATORS["batch_norm" if self.track_running_stats else "instance_norm"]
        cells = reduce(Term.__mul__, (variable(f"W{axis + 1}") for axis in range(axes)))
        return tuple(Row(law, self.values(axis) | {"W_cells": cells}) for axis in range(axes))


@layer
class BatchNorm1d(_BatchNorm):
    """Batch normalisation over one axis."""

    axes: ClassVar[int | None] = 1


@layer
class BatchNorm2d(_BatchNorm):
    """Batch normalisation over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class BatchNorm3d(_BatchNorm):
    """Batch normalisation over three axes."""

    axes: ClassVar[int | None] = 3


@layer
class InstanceNorm1d(_InstanceNorm):
    """Instance normalisation over one axis; a single cell has no statistics of its own."""

    axes: ClassVar[int | None] = 1


@layer
class InstanceNorm2d(_InstanceNorm):
    """Instance normalisation over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class InstanceNorm3d(_InstanceNorm):
    """Instance normalisation over three axes."""

    axes: ClassVar[int | None] = 3


@layer
@dataclass(frozen=True, repr=False)
class GroupNorm(Layer):
    """Normalises groups of channels; `num_groups` divides them."""

    num_groups: Any = number_of()
    num_channels: Any = number_of()
    eps: Any = other(1e-05)
    affine: Any = other(True)
    bias: Any = other(True)

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis; without weights the channels are free."""
        law = OPERATORS["group_norm" if self.affine else "group_norm_free"]
        return tuple(Row(law, self.values(axis)) for axis in range(axes))


@dataclass(frozen=True, repr=False)
class _LastAxes(Layer):
    normalized_shape: Any = other()

    def check(self) -> None:
        """Check that the shape is made of sizes."""
        given = self.normalized_shape
        given = tuple(given) if isinstance(given, (tuple, list)) else (given,)
        name = type(self).__name__
        if not given:
            raise RequestError(f"{name}: a normalized_shape", "()", "Write the last axes' sizes.")
        checked = tuple(parameter(name, "normalized_shape", one) for one in given)
        object.__setattr__(self, "normalized_shape", checked)

    @property
    def input_axes(self) -> int | None:
        """How many axes there are to normalise over, when the parameters are checked."""
        return None

    @property
    def least_axes(self) -> int:
        """Return as many axes as the shape has, but for the channels."""
        return max(len(self.normalized_shape) - 1, 1)

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the fixed size for each of the last axes, and for the channels before them."""
        shape = self.normalized_shape
        if len(shape) > axes + 1:
            raise RequestError(
                f"{type(self).__name__}: a normalized_shape of at most {axes + 1} entries, for the "
                f"channels and {axes} axes",
                f"{shape}",
                "Give a size with that many axes.",
            )
        rows = []
        for axis in range(axes):
            values, place = self.values(axis), len(shape) - axes + axis
            law = "keep" if place < 0 else "layer_norm"
            if place >= 0:
                values["normalized_size"] = shape[place]
            if axis == 0 and place >= 1:
                law, values["normalized_channels"] = "layer_norm_channels", shape[place - 1]
            rows.append(Row(OPERATORS[law], values))
        return tuple(rows)


@layer
@dataclass(frozen=True, repr=False)
class LayerNorm(_LastAxes):
    """Normalises over the last axes, which must have just the sizes of `normalized_shape`."""

    eps: Any = other(1e-05)
    elementwise_affine: Any = other(True)
    bias: Any = other(True)


@layer
@dataclass(frozen=True, repr=False)
class RMSNorm(_LastAxes):
    """As `LayerNorm`, by the root of the mean square."""

    eps: Any = other(None)
    elementwise_affine: Any = other(True)
