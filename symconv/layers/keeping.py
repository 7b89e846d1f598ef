"""Layers that work cell by cell and keep the spatial sizes: activations and dropout.

Source: torch/nn/modules/activation.py, dropout.py, normalization.py and linear.py; in eval mode.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer
from symconv.layers.parameters import Choice, Number, Parameter, Real, Switch
from symconv.layers.registry import layer, row
from symconv.layers.row import Row
from symconv.operators import OPERATORS

MOST_AXES = 64
"""torch's tensors have no more axes."""

INPLACE = Switch(False)
PROBABILITY = Real(0.5, allowed=(lambda p: 0 <= p <= 1, "as a number from 0 to 1"))


class _Keep(Layer):
    """Keeps every size."""

    source: ClassVar[str] = "torch/nn/modules/activation.py"
    law: ClassVar[str] = "keep"


class _InPlace(_Keep):
    """Keeps every size, and may do so in place."""

    inplace: Any = INPLACE


class _Dropout(_Keep):
    """Dropout, which does nothing in eval mode."""

    source: ClassVar[str] = "torch/nn/modules/dropout.py"
    p: Any = PROBABILITY
    inplace: Any = INPLACE


_CELLS = {
    "Sigmoid": "`1/(1 + exp(-x))` of each cell.",
    "Tanh": "The hyperbolic tangent of each cell.",
    "Softsign": "`x/(1 + |x|)` of each cell.",
    "Tanhshrink": "`x - tanh(x)` of each cell.",
    "LogSigmoid": "The logarithm of `Sigmoid`.",
}
_CELLS_IN_PLACE = {
    "ReLU": "`max(x, 0)` of each cell.",
    "ReLU6": "`min(max(x, 0), 6)` of each cell.",
    "SELU": "A scaled exponential linear unit.",
    "SiLU": "`x * sigmoid(x)` of each cell.",
    "Mish": "`x * tanh(softplus(x))` of each cell.",
    "Hardswish": "`x * relu6(x + 3)/6` of each cell.",
    "Hardsigmoid": "`relu6(x + 3)/6` of each cell.",
}
for _name, _says in _CELLS.items():
    row(_Keep, _name, _says)
for _name, _says in _CELLS_IN_PLACE.items():
    row(_InPlace, _name, _says)
for _name in ("Dropout", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"):
    row(_Dropout, _name)
row(_Dropout, "Dropout1d", "Dropout of whole channels; it does nothing in eval mode.", axes=1)
row(_Keep, "Identity", "What comes in.", source="torch/nn/modules/linear.py")
row(_Keep, "Softmax2d", "Softmax over the channels of each cell of two axes.", axes=2)
_SLOPE, _NOT_0 = Real(0.01), (lambda alpha: alpha != 0, "as a number other than 0")
_NOT_NEGATIVE = (lambda lambd: 0 <= lambd < math.inf, "as 0 or more")
row(_Keep, "LeakyReLU", "ReLU with a slope below zero.", negative_slope=_SLOPE, inplace=INPLACE)
row(_Keep, "ELU", "Exponential linear unit.", alpha=Real(1.0), inplace=INPLACE)
row(_Keep, "CELU", "A smooth `ELU`.", alpha=Real(1.0, allowed=_NOT_0), inplace=INPLACE)
row(_Keep, "Softplus", "A smooth ReLU.", beta=Real(1.0), threshold=Real(20.0))
row(_Keep, "Hardshrink", "Zero near zero, the identity elsewhere.", lambd=Real(0.5))
row(_Keep, "Softshrink", "Pulls cells to zero.", lambd=Real(0.5, allowed=_NOT_NEGATIVE))
row(_Keep, "GELU", "Gaussian error unit.", approximate=Choice("none", "none", "tanh"))


@layer
class Threshold(_Keep):
    """Replaces what does not exceed a threshold."""

    threshold: Any = Real()
    value: Any = Real()
    inplace: Any = INPLACE


@layer
class RReLU(_Keep):
    """Leaky ReLU with a random slope."""

    lower: Any = Real(1 / 8)
    upper: Any = Real(1 / 3)
    inplace: Any = INPLACE

    def check(self) -> None:
        """Check the order of the slopes."""
        if not -math.inf < self.lower <= self.upper < math.inf:
            raise RequestError(
                "RReLU: finite lower <= upper", f"{self.lower} and {self.upper}", "Change them."
            )


@layer
class Hardtanh(_Keep):
    """Clips each cell."""

    min_val: Any = Real(-1.0)
    max_val: Any = Real(1.0)
    inplace: Any = INPLACE
    min_value: Any = Real(None, says="an old name of `min_val`")
    max_value: Any = Real(None, says="an old name of `max_val`")

    def check(self) -> None:
        """Check the order of the bounds."""
        least = self.min_val if self.min_value is None else self.min_value
        most = self.max_val if self.max_value is None else self.max_value
        if most <= least:
            raise RequestError("Hardtanh: min_val < max_val", f"{least} and {most}", "Swap them.")


@layer
class PReLU(_Keep):
    """ReLU with a slope that is learned, one for all channels or one for each."""

    law: ClassVar[str] = "prelu"
    num_parameters: Any = Number(1, least=1, says="1, or how many channels there are")
    init: Any = Real(0.25)


class _Softmax(_Keep):
    """Exponentials that add up to one along `dim`."""

    law: ClassVar[str] = "softmax"
    dim: Any = Parameter(
        None, allowed=(lambda dim: type(dim) is int, "as an integer or None"), says="an axis"
    )

    @property
    def takes_features(self) -> bool:
        """Whether it takes a batch of features: along any axis of it."""
        return True

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis; without `dim` torch chooses one that exists."""
        of_all = {} if self.dim is None else {"dim": self.dim, "W_axes": axes}
        operator = OPERATORS[self.law if of_all else "keep"]
        return tuple(Row(operator, self.values(axis) | of_all) for axis in range(axes))


row(_Softmax, "Softmax")
row(_Softmax, "LogSoftmax", "The logarithm of `Softmax`.")
row(_Softmax, "Softmin", "`Softmax` of the negative.")


@layer
class GLU(Layer):
    """Gates one half of an axis with the other half; by default the last axis."""

    source: ClassVar[str] = "torch/nn/modules/activation.py"
    dim: Any = Parameter(
        -1,
        allowed=(
            lambda dim: type(dim) is int and abs(dim) < MOST_AXES,
            "as an axis of a tensor",
        ),
        says="the axis: 1 for the channels, then the spatial ones; negative from the last",
    )

    @property
    def takes_features(self) -> bool:
        """Whether it gates features: `dim` is then the last axis, and the second."""
        return self.dim in (1, -1)

    @property
    def least_axes(self) -> int:
        """Return as many axes as it takes for `dim` to be one of them."""
        dim: int = self.dim
        return max(dim - 1, -dim - 1, 1)

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return the halving law for the axis, or for the channels, and keep the others."""
        if not -axes - 1 <= self.dim < axes + 2 or self.dim == 0:
            raise RequestError(
                "GLU: dim as the channels' axis (1) or a spatial one",
                f"dim={self.dim} with {axes} spatial axes",
                "Write dim=1 for the channels.",
                about="dim",
            )
        place = self.dim - 2 if self.dim >= 0 else axes + self.dim
        laws = ["halve" if axis == place else "keep" for axis in range(axes)]
        if place == -1:
            laws[0] = "halve_channels"
        return tuple(Row(OPERATORS[law], self.values(axis)) for axis, law in enumerate(laws))


@layer
class LocalResponseNorm(_Keep):
    """Normalises over neighbouring channels."""

    source: ClassVar[str] = "torch/nn/modules/normalization.py"
    size: Any = Parameter(
        allowed=(lambda size: type(size) is int and size >= 1, "as 1 or more"),
        says="how many channels",
    )
    alpha: Any = Real(0.0001)
    beta: Any = Real(0.75)
    k: Any = Real(1.0)

    @property
    def takes_features(self) -> bool:
        """It looks for neighbours of a channel only where there is an axis."""
        return False
