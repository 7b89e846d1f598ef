"""Normalisation, which keeps the sizes and asks for some channels or sizes; in eval mode."""

from __future__ import annotations

from functools import reduce
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer
from symconv.layers.parameters import Number, Parameter, Real, Switch, by_name
from symconv.layers.registry import ALIKE, in_axes, layer
from symconv.layers.row import Row
from symconv.layers.values import entries, parameter
from symconv.operators import OPERATORS, Operator
from symconv.terms import Term, variable


class _Norm(Layer):
    """What batch and instance normalisation share."""

    num_features: Any = Number(usual=4, says="how many channels there are")
    eps: Any = Real(1e-05)
    momentum: Any = Real(0.1, none=True)
    affine: Any = Switch(True)
    track_running_stats: Any = Switch(True)
    bias: Any = by_name(Switch(True))

    def declared(self, name: str) -> Parameter:
        """Take any number of channels where torch does not look at it."""
        written = (self.affine, self.track_running_stats)  # as yet unchecked
        if name == "num_features" and any(isinstance(flag, int) and flag for flag in written):
            return _SOME_FEATURES
        return self.parameters[name]

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return the letters; without parameters and statistics the channels are free."""
        values = super().values(axis)
        if not (self.affine or self.track_running_stats):
            values["num_features"] = variable("C")
        return values


_SOME_FEATURES = Number(least=1)
_SOME_FEATURES.__set_name__(_Norm, "num_features")


@in_axes(ALIKE)
class _BatchNorm(_Norm):
    """Batch normalisation: each channel by its running statistics."""

    law: ClassVar[str] = "batch_norm"
    source: ClassVar[str] = "torch/nn/modules/batchnorm.py"

    def check(self) -> None:
        """Check `eps`, which torch looks at even in eval mode."""
        if self.eps < 0 or (self.eps == 0 and not self.track_running_stats):
            raise RequestError(
                f"{type(self).__name__}: eps as 0 or more, and above 0 without running statistics",
                f"{self.eps}",
                "Write eps=1e-05.",
                about="eps",
            )


@in_axes(ALIKE)
class _InstanceNorm(_Norm):
    """Instance normalisation; a single cell has no statistics of its own."""

    source: ClassVar[str] = "torch/nn/modules/instancenorm.py"
    affine: Any = Switch(False)
    track_running_stats: Any = Switch(False)

    @property
    def operator(self) -> Operator:
        """The law: its own statistics need more than one cell."""
        return OPERATORS["batch_norm" if self.track_running_stats else "instance_norm"]

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis, with all cells counted."""
        cells = reduce(Term.__mul__, (variable(f"W{axis + 1}") for axis in range(axes)))
        return tuple(
            Row(self.operator, self.values(axis) | {"W_cells": cells}) for axis in range(axes)
        )


@layer
class GroupNorm(Layer):
    """Normalises groups of channels; `num_groups` divides them."""

    source: ClassVar[str] = "torch/nn/modules/normalization.py"
    num_groups: Any = Number()
    num_channels: Any = Number(least=1, usual=4)
    eps: Any = Real(1e-05)
    affine: Any = Switch(True)
    bias: Any = by_name(Switch(True))

    @property
    def takes_features(self) -> bool:
        """Whether it takes a batch of features, which are then its channels."""
        return True

    @property
    def operator(self) -> Operator:
        """The law: without weights the channels are free."""
        return OPERATORS["group_norm" if self.affine else "group_norm_free"]


class Shape(Parameter):
    """The sizes of the last axes: a number, or several."""

    usual = 8

    def _kept(self, owner: str, value: Any, axes: int) -> tuple[Any, ...]:  # noqa: ARG002
        shape = entries(value)
        if not shape:
            raise RequestError(f"{owner}: a {self.name}", "()", "Write the last axes' sizes.")
        return tuple(parameter(owner, self.name, size) for size in shape)


class _LastAxes(Layer):
    """What the norms of the last axes share."""

    source: ClassVar[str] = "torch/nn/modules/normalization.py"
    normalized_shape: Any = Shape(says="the sizes of the last axes")

    @property
    def takes_features(self) -> bool:
        """Whether it normalises features: they are the one axis that is left."""
        return len(self.normalized_shape) == 1

    @property
    def least_axes(self) -> int:
        """Return as many axes as the shape has, but for the channels."""
        return max(len(self.normalized_shape) - 1, 1)

    def make_rows(self, axes: int) -> tuple[Row, ...]:
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
class LayerNorm(_LastAxes):
    """Normalises over the last axes, which must have just the sizes of `normalized_shape`."""

    eps: Any = Real(1e-05)
    elementwise_affine: Any = Switch(True)
    bias: Any = Switch(True)


@layer
class RMSNorm(_LastAxes):
    """As `LayerNorm`, by the root of the mean square."""

    eps: Any = Real(None)
    elementwise_affine: Any = Switch(True)
