"""Pools, their inverses, and folds, with torch's parameters in torch's order.

Source: torch/nn/modules/pooling.py and fold.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from symconv.layers.layer import (
    Layer,
    Row,
    flag,
    layer,
    other,
    sizes_of,
)
from symconv.layers.values import Unknown
from symconv.operators import OPERATORS
from symconv.terms import Term


def _apart(stride: Any) -> Any:
    """Mark unknown strides that were written, so that a layer with them is another layer."""
    if isinstance(stride, tuple):
        return tuple(map(_apart, stride))
    return replace(stride, apart=True) if isinstance(stride, Unknown) else stride


@dataclass(frozen=True, repr=False)
class Strided(Layer):
    """A layer whose stride is its kernel size unless it is written."""

    law: ClassVar[str] = ""

    def check(self) -> None:
        """Let the stride be the kernel size where it is not given, as in torch."""
        if self.stride is None:  # type: ignore[attr-defined]
            object.__setattr__(self, "stride", self.kernel_size)  # type: ignore[attr-defined]
        elif self.stride is not self.kernel_size:  # type: ignore[attr-defined]
            object.__setattr__(self, "stride", _apart(self.stride))  # type: ignore[attr-defined]

    def _default(self, name: str, declared: Any) -> Any:
        follows = name == "stride" and self.stride is self.kernel_size  # type: ignore[attr-defined]
        return self.kernel_size if follows else declared  # type: ignore[attr-defined]

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return what stands for each letter; an unknown stride may be the unknown kernel."""
        found = super().values(axis)
        if self.stride is self.kernel_size and not isinstance(found["F"], int):  # type: ignore[attr-defined]
            found["S"] = found["F"]
        return found

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the pool's law for each axis."""
        return tuple(Row(OPERATORS[self.law], self.values(axis)) for axis in range(axes))


@dataclass(frozen=True, repr=False)
class _MaxPool(Strided):
    law: ClassVar[str] = "max_pool"
    kernel_size: Any = sizes_of(expands=True)
    stride: Any = sizes_of(None, expands=True)
    padding: Any = sizes_of(0, expands=True)
    dilation: Any = sizes_of(1, expands=True)
    return_indices: Any = other(False)
    ceil_mode: Any = flag(False)


@dataclass(frozen=True, repr=False)
class _AvgPool(Strided):
    law: ClassVar[str] = "avg_pool"
    kernel_size: Any = sizes_of(expands=True)
    stride: Any = sizes_of(None, expands=True)
    padding: Any = sizes_of(0, expands=True)
    ceil_mode: Any = flag(False)
    count_include_pad: Any = other(True)


_DIVISOR = (lambda value: value is None or (type(value) is int and value != 0), "as None or not 0")
_NORM = (lambda value: isinstance(value, (int, float)) and value != 0, "as a number other than 0")


@dataclass(frozen=True, repr=False)
class _LPPool(Strided):
    law: ClassVar[str] = "lp_pool"
    norm_type: Any = other(allowed=_NORM[0], need=_NORM[1])
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(None, expands=True)
    ceil_mode: Any = flag(False)


@layer
class MaxPool1d(_MaxPool):
    """The largest value of each window; in ceil mode a last window may be cut short.

    Args:
        kernel_size, stride, padding, dilation: in cells; the stride is the kernel unless given.
        return_indices: as in torch.
        ceil_mode: also count a window that only reaches into the padded input.

    >>> MaxPool1d(3, stride=2)
    MaxPool1d(kernel_size=3, stride=2)

    Source: torch/nn/modules/pooling.py; ATen/native/Pool.h.
    """

    axes: ClassVar[int | None] = 1


@layer
class MaxPool2d(_MaxPool):
    """As `MaxPool1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class MaxPool3d(_MaxPool):
    """As `MaxPool1d`, over three axes."""

    axes: ClassVar[int | None] = 3


@layer
class AvgPool1d(_AvgPool):
    """The mean of each window; sizes as of `MaxPool1d` without dilation."""

    axes: ClassVar[int | None] = 1


@layer
@dataclass(frozen=True, repr=False)
class AvgPool2d(_AvgPool):
    """As `AvgPool1d`, over two axes."""

    axes: ClassVar[int | None] = 2
    divisor_override: Any = other(None, *_DIVISOR)


@layer
@dataclass(frozen=True, repr=False)
class AvgPool3d(_AvgPool):
    """As `AvgPool1d`, over three axes; the kernel must fit the input without its padding."""

    axes: ClassVar[int | None] = 3
    law: ClassVar[str] = "avg_pool3d"
    divisor_override: Any = other(None, *_DIVISOR)


@layer
class LPPool1d(_LPPool):
    """The p-norm of each window; sizes as of `AvgPool1d` without padding."""

    axes: ClassVar[int | None] = 1


@layer
class LPPool2d(_LPPool):
    """As `LPPool1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class LPPool3d(_LPPool):
    """As `LPPool1d`, over three axes; a finite norm needs a kernel that fits the input."""

    axes: ClassVar[int | None] = 3

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law of the norm: the largest value is a maximum pool."""
        law = OPERATORS["lp_pool" if math.isinf(self.norm_type) else "lp_pool3d"]
        return tuple(Row(law, self.values(axis)) for axis in range(axes))
