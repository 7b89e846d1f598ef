"""Layers that work cell by cell and keep the spatial sizes: activations and dropout.

Source: torch/nn/modules/activation.py, dropout.py, normalization.py and linear.py; in eval mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import new_class
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer, Row, layer, number_of, other
from symconv.operators import OPERATORS

MOST_AXES = 64
"""torch's tensors have no more axes."""


@dataclass(frozen=True, repr=False)
class _Keep(Layer):
    law: ClassVar[str] = "keep"

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis."""
        return tuple(Row(OPERATORS[self.law], self.values(axis)) for axis in range(axes))


@dataclass(frozen=True, repr=False)
class _InPlace(_Keep):
    inplace: Any = other(False)


@dataclass(frozen=True, repr=False)
class _Dropout(_Keep):
    p: Any = other(
        0.5, lambda p: isinstance(p, (int, float)) and 0 <= p <= 1, "as a number from 0 to 1"
    )
    inplace: Any = other(False)


_PLAIN: dict[type[_Keep], str] = {
    _Keep: "Identity Sigmoid Tanh Softsign Tanhshrink LogSigmoid",
    _InPlace: "ReLU ReLU6 SELU SiLU Mish Hardswish Hardsigmoid",
    _Dropout: "Dropout Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout",
}
"""The layers that differ in nothing but their names, by what they have in common."""


def _plain(name: str, base: type[_Keep]) -> type[Layer]:
    """Make and register a layer that adds nothing to its base but its name."""
    body = {"__doc__": f"torch's {name}, which keeps every size.", "__module__": __name__}
    return layer(new_class(name, (base,), exec_body=lambda namespace: namespace.update(body)))


globals().update(
    {name: _plain(name, base) for base, names in _PLAIN.items() for name in names.split()}
)


@layer
class Dropout1d(_Dropout):
    """Dropout of whole channels, over one axis."""

    axes: ClassVar[int | None] = 1


@layer
class Softmax2d(_Keep):
    """Softmax over the channels of each cell of two axes."""

    axes: ClassVar[int | None] = 2


@layer
@dataclass(frozen=True, repr=False)
class LeakyReLU(_Keep):
    """ReLU with a small slope below zero."""

    negative_slope: Any = other(0.01)
    inplace: Any = other(False)


@layer
@dataclass(frozen=True, repr=False)
class ELU(_Keep):
    """Exponential linear unit."""

    alpha: Any = other(1.0)
    inplace: Any = other(False)


@layer
@dataclass(frozen=True, repr=False)
class CELU(_Keep):
    """Continuously differentiable exponential linear unit."""

    alpha: Any = other(1.0, lambda alpha: alpha != 0, "other than 0")
    inplace: Any = other(False)


@layer
@dataclass(frozen=True, repr=False)
class Softplus(_Keep):
    """A smooth ReLU."""

    beta: Any = other(1.0)
    threshold: Any = other(20.0)


@layer
@dataclass(frozen=True, repr=False)
class Hardshrink(_Keep):
    """Zero near zero, the identity elsewhere."""

    lambd: Any = other(0.5)


@layer
@dataclass(frozen=True, repr=False)
class Softshrink(_Keep):
    """Pulls every cell towards zero."""

    lambd: Any = other(0.5, lambda lambd: lambd >= 0, "as 0 or more")


@layer
@dataclass(frozen=True, repr=False)
class Threshold(_Keep):
    """Replaces what does not exceed a threshold."""

    threshold: Any = other()
    value: Any = other()
    inplace: Any = other(False)


@layer
@dataclass(frozen=True, repr=False)
class GELU(_Keep):
    """Gaussian error linear unit."""

    approximate: Any = other("none", lambda v: v in ("none", "tanh"), "as none or tanh")


@layer
@dataclass(frozen=True, repr=False)
class RReLU(_Keep):
    """Leaky ReLU with a random slope."""

    lower: Any = other(1 / 8)
    upper: Any = other(1 / 3)
    inplace: Any = other(False)

    def check(self) -> None:
        """Check the order of the slopes."""
        if not self.lower <= self.upper:
            raise RequestError(
                "RReLU: lower <= upper", f"{self.lower} and {self.upper}", "Swap them."
            )


@layer
@dataclass(frozen=True, repr=False)
class Hardtanh(_Keep):
    """Clips each cell."""

    min_val: Any = other(-1.0)
    max_val: Any = other(1.0)
    inplace: Any = other(False)

    def check(self) -> None:
        """Check the order of the bounds."""
        if not self.min_val < self.max_val:
            raise RequestError(
                "Hardtanh: min_val < max_val", f"{self.min_val} and {self.max_val}", "Swap them."
            )


@layer
@dataclass(frozen=True, repr=False)
class PReLU(_Keep):
    """ReLU with a slope that is learned, one for all channels or one for each."""

    law: ClassVar[str] = "prelu"
    num_parameters: Any = number_of(1)
    init: Any = other(0.25)


@dataclass(frozen=True, repr=False)
class _Softmax(_Keep):
    law: ClassVar[str] = "softmax"
    dim: Any = other(None, lambda dim: dim is None or type(dim) is int, "as an integer or None")

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis; without `dim` torch chooses one that exists."""
        if self.dim is None:
            return tuple(Row(OPERATORS["keep"], self.values(axis)) for axis in range(axes))
        values = {"dim": self.dim, "W_axes": axes}
        return tuple(Row(OPERATORS[self.law], self.values(axis) | values) for axis in range(axes))


@layer
class Softmax(_Softmax):
    """Exponentials that add up to one along `dim`."""


@layer
class LogSoftmax(_Softmax):
    """The logarithm of `Softmax`."""


@layer
class Softmin(_Softmax):
    """`Softmax` of the negative."""


@layer
@dataclass(frozen=True, repr=False)
class GLU(Layer):
    """Gates one half of an axis with the other half; by default the last axis."""

    dim: Any = other(
        -1, lambda dim: type(dim) is int and abs(dim) < MOST_AXES, "as an axis of a tensor"
    )

    @property
    def least_axes(self) -> int:
        """Return as many axes as it takes for `dim` to be one of them."""
        dim: int = self.dim
        return max(dim - 1, -dim - 1, 1)

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the halving law for the axis, or for the channels, and keep the others."""
        if not -axes - 1 <= self.dim < axes + 2 or self.dim == 0:
            raise RequestError(
                "GLU: dim as the channels' axis (1) or a spatial one",
                f"dim={self.dim} with {axes} spatial axes",
                "Write dim=1 for the channels.",
            )
        place = self.dim - 2 if self.dim >= 0 else axes + self.dim
        laws = ["halve" if axis == place else "keep" for axis in range(axes)]
        if place == -1:
            laws[0] = "halve_channels"
        return tuple(Row(OPERATORS[law], self.values(axis)) for axis, law in enumerate(laws))


@layer
@dataclass(frozen=True, repr=False)
class LocalResponseNorm(_Keep):
    """Normalises over neighbouring channels."""

    size: Any = other(allowed=lambda size: type(size) is int and size >= 1, need="as 1 or more")
    alpha: Any = other(0.0001)
    beta: Any = other(0.75)
    k: Any = other(1.0)
