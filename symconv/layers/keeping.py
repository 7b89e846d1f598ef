"""Layers that work cell by cell and keep the spatial sizes: activations and dropout.

Source: torch/nn/modules/activation.py, dropout.py, normalization.py and linear.py; in eval mode.
"""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer, Row, layer, number_of, other
from symconv.operators import OPERATORS


@dataclass(frozen=True, repr=False)
class _Keep(Layer):
    law: ClassVar[str] = "keep"

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis."""
        return tuple(Row(OPERATORS[self.law], self.values(axis)) for axis in range(axes))


_INPLACE = {"inplace": other(False)}
_DROPOUT = {
    "p": other(
        0.5, lambda p: isinstance(p, (int, float)) and 0 <= p <= 1, "as a number from 0 to 1"
    )
} | _INPLACE

_PLAIN: dict[str, tuple[int | None, dict[str, Any]]] = {
    **dict.fromkeys(("Sigmoid", "Tanh", "Softsign", "Tanhshrink", "LogSigmoid"), (None, {})),
    **dict.fromkeys(
        ("ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid"), (None, _INPLACE)
    ),
    **dict.fromkeys(
        ("Dropout", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"),
        (None, _DROPOUT),
    ),
    "Dropout1d": (1, _DROPOUT),
    "Softmax2d": (2, {}),
    "LeakyReLU": (None, {"negative_slope": other(0.01)} | _INPLACE),
    "ELU": (None, {"alpha": other(1.0)} | _INPLACE),
    "CELU": (None, {"alpha": other(1.0, lambda alpha: alpha != 0, "other than 0")} | _INPLACE),
    "Softplus": (None, {"beta": other(1.0), "threshold": other(20.0)}),
    "Hardshrink": (None, {"lambd": other(0.5)}),
    "Softshrink": (None, {"lambd": other(0.5, lambda lambd: lambd >= 0, "as 0 or more")}),
    "Threshold": (None, {"threshold": other(), "value": other()} | _INPLACE),
    "GELU": (
        None,
        {"approximate": other("none", lambda v: v in ("none", "tanh"), "as none or tanh")},
    ),
}
"""The layers that look at one cell at a time: how many axes they take, and their parameters."""


def _plain(name: str, axes: int | None, parameters: dict[str, Any]) -> type[Layer]:
    """Make the dataclass of a layer whose parameters no size depends on."""
    made = make_dataclass(
        name,
        [(parameter_name, Any, one) for parameter_name, one in parameters.items()],
        bases=(_Keep,),
        namespace={"__doc__": f"torch's {name}, which keeps every size.", "axes": axes},
        frozen=True,
        repr=False,
    )
    made.__module__ = __name__
    return layer(made)


globals().update({name: _plain(name, *how) for name, how in _PLAIN.items()})


@layer
@dataclass(frozen=True, repr=False)
class Identity(_Keep):
    """Does nothing."""


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
        values = {"dim": self.dim, "W_axes": axes}
        return tuple(
            Row(OPERATORS["keep" if self.dim is None else self.law], self.values(axis) | values)
            for axis in range(axes)
        )


@layer
@dataclass(frozen=True, repr=False)
class Softmax(_Softmax):
    """Exponentials that add up to one along `dim`."""


@layer
@dataclass(frozen=True, repr=False)
class LogSoftmax(_Softmax):
    """The logarithm of `Softmax`."""


@layer
@dataclass(frozen=True, repr=False)
class Softmin(_Softmax):
    """`Softmax` of the negative."""


@layer
@dataclass(frozen=True, repr=False)
class GLU(Layer):
    """Gates one half of an axis with the other half; by default the last axis."""

    dim: Any = other(-1, lambda dim: type(dim) is int, "as an integer")

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
