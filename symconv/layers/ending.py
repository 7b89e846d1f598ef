"""Layers at the end of a chain, where the axes are laid out in one row of features."""

from __future__ import annotations

from typing import Any, ClassVar

from symconv.layers.layer import Layer
from symconv.layers.parameters import Number, Switch
from symconv.layers.registry import ending
from symconv.layers.row import Row
from symconv.operators.keep import linear
from symconv.terms import variable


@ending
class Flatten(Layer):
    """Lays channels and axes out in one row: as many features as channels times sizes."""

    source: ClassVar[str] = "torch/nn/modules/flatten.py"
    start_dim: Any = Number(1, says="the first axis to lay out; only 1, the channels, is read")
    end_dim: Any = Number(-1, says="the last one; only -1, the last axis, is read")

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return no row: no axis is left."""
        del axes
        return ()

    @property
    def whole(self) -> bool:
        """Whether everything but the batch is laid out."""
        return (self.start_dim, self.end_dim) == (1, -1)


@ending
class Linear(Layer):
    """Joins all features: `in_features` come in, `out_features` go out."""

    source: ClassVar[str] = "torch/nn/modules/linear.py"
    in_features: Any = Number(least=1, says="the features that arrive")
    out_features: Any = Number(least=1, says="the features that leave")
    bias: Any = Switch(True)

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return its law: features stand where channels do."""
        del axes
        values = {"in_features": self.in_features, "out_features": self.out_features}
        return (Row(linear, {"W": variable("W1")} | values),)
