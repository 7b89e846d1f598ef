"""Pools, their inverses, and folds, with torch's parameters in torch's order.

Source: torch/nn/modules/pooling.py and fold.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import (
    Layer,
    Row,
    flag,
    layer,
    other,
    sizes_of,
    sizes_or_none,
)
from symconv.layers.scaling import scaled
from symconv.operators import OPERATORS
from symconv.terms import Term, variable


@dataclass(frozen=True, repr=False)
class _Strided(Layer):
    """A layer whose stride is its kernel size unless it is written."""

    law: ClassVar[str] = ""

    def check(self) -> None:
        """Let the stride be the kernel size where it is not given, as in torch."""
        if self.stride is None:  # type: ignore[attr-defined]
            object.__setattr__(self, "stride", self.kernel_size)  # type: ignore[attr-defined]

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
class _MaxPool(_Strided):
    law: ClassVar[str] = "max_pool"
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(None)
    padding: Any = sizes_of(0)
    dilation: Any = sizes_of(1)
    return_indices: Any = other(False)
    ceil_mode: Any = flag(False)


@dataclass(frozen=True, repr=False)
class _AvgPool(_Strided):
    law: ClassVar[str] = "avg_pool"
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(None)
    padding: Any = sizes_of(0)
    ceil_mode: Any = flag(False)
    count_include_pad: Any = other(True)


_DIVISOR = (lambda value: value is None or (type(value) is int and value != 0), "as None or not 0")
_NORM = (lambda value: isinstance(value, (int, float)) and value != 0, "as a number other than 0")


@dataclass(frozen=True, repr=False)
class _LPPool(_Strided):
    law: ClassVar[str] = "lp_pool"
    norm_type: Any = other(allowed=_NORM[0], need=_NORM[1])
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(None)
    ceil_mode: Any = flag(False)


@dataclass(frozen=True, repr=False)
class _Adaptive(Layer):
    output_size: Any = sizes_or_none(letter="O")

    def check(self) -> None:
        """Refuse a bare None, which torch refuses."""
        entries = self.output_size if isinstance(self.output_size, tuple) else (self.output_size,)
        if self.output_size is None or (self.axes == 1 and None in entries):
            raise RequestError(
                f"{type(self).__name__}: output_size as a number, or a tuple with None where an "
                "axis stays" + (" (not in one dimension)" if self.axes == 1 else ""),
                "None",
                "Write for instance output_size=1.",
            )

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the asked size for each axis; `None` keeps the axis."""
        operator = OPERATORS["adaptive_pool"]
        stays = [{"O": variable(f"W{axis + 1}")} for axis in range(axes)]
        return tuple(Row(operator, stays[axis] | self.values(axis)) for axis in range(axes))


@dataclass(frozen=True, repr=False)
class _MaxUnpool(_Strided):
    law: ClassVar[str] = "max_unpool"
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(None)
    padding: Any = sizes_of(0)
    output_size: Any = sizes_or_none(None, letter="O")

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis, or the asked size within its limits."""
        law = OPERATORS[self.law if self.output_size is None else "max_unpool_sized"]
        return tuple(Row(law, self.values(axis)) for axis in range(axes))

    def notes(self) -> tuple[str, ...]:
        """Say what torch also looks at."""
        return (f"{type(self).__name__} also needs indices that lie inside its output",)


@dataclass(frozen=True, repr=False)
class _FractionalMaxPool(Layer):
    law: ClassVar[str] = "fractional_max_pool"
    kernel_size: Any = sizes_of()
    output_size: Any = sizes_or_none(None, letter="O")
    output_ratio: Any = other(None)
    return_indices: Any = other(False)

    def check(self) -> None:
        """Check that just one of size and ratio is given, and that a ratio is a fraction."""
        given = [n for n in ("output_size", "output_ratio") if getattr(self, n) is not None]
        if len(given) != 1:
            raise RequestError(
                f"{type(self).__name__}: either output_size or output_ratio",
                " and ".join(given) or "neither (torch does not print them)",
                "Write one of them.",
            )
        ratios = self._ratios(self.axes or 1)
        if given == ["output_ratio"] and not all(
            isinstance(r, float) and 0 < r < 1 for r in ratios
        ):
            raise RequestError(
                f"{type(self).__name__}: output_ratio between 0 and 1",
                repr(self.output_ratio),
                "Write 0.5.",
            )

    def _ratios(self, axes: int) -> tuple[Any, ...]:
        ratio = self.output_ratio
        return ratio if isinstance(ratio, tuple) and len(ratio) == axes else (ratio,) * axes

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the asked size for each axis, or the ratio's."""
        operator = OPERATORS[self.law]
        if self.output_ratio is None:
            return tuple(Row(operator, self.values(axis)) for axis in range(axes))
        return tuple(
            scaled(operator, self.values(i), i, r) for i, r in enumerate(self._ratios(axes))
        )


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


@layer
class AdaptiveAvgPool1d(_Adaptive):
    """As many means as are asked for."""

    axes: ClassVar[int | None] = 1


@layer
class AdaptiveAvgPool2d(_Adaptive):
    """As `AdaptiveAvgPool1d`, over two axes; `None` keeps an axis."""

    axes: ClassVar[int | None] = 2


@layer
class AdaptiveAvgPool3d(_Adaptive):
    """As `AdaptiveAvgPool1d`, over three axes; `None` keeps an axis."""

    axes: ClassVar[int | None] = 3


@dataclass(frozen=True, repr=False)
class _AdaptiveMax(_Adaptive):
    return_indices: Any = other(False)


@layer
class AdaptiveMaxPool1d(_AdaptiveMax):
    """As many maxima as are asked for."""

    axes: ClassVar[int | None] = 1


@layer
class AdaptiveMaxPool2d(_AdaptiveMax):
    """As `AdaptiveMaxPool1d`, over two axes; `None` keeps an axis."""

    axes: ClassVar[int | None] = 2


@layer
class AdaptiveMaxPool3d(_AdaptiveMax):
    """As `AdaptiveMaxPool1d`, over three axes; `None` keeps an axis."""

    axes: ClassVar[int | None] = 3


@layer
class MaxUnpool1d(_MaxUnpool):
    """Puts maxima back: `O = (W - 1)S + F - 2P`, or the `output_size` that is asked for."""

    axes: ClassVar[int | None] = 1


@layer
class MaxUnpool2d(_MaxUnpool):
    """As `MaxUnpool1d`, over two axes."""

    axes: ClassVar[int | None] = 2


@layer
class MaxUnpool3d(_MaxUnpool):
    """As `MaxUnpool1d`, over three axes."""

    axes: ClassVar[int | None] = 3
    law: ClassVar[str] = "max_unpool3d"


@layer
class FractionalMaxPool2d(_FractionalMaxPool):
    """Maxima of windows at pseudo-random places; the output size is asked for, or a ratio."""

    axes: ClassVar[int | None] = 2


@layer
class FractionalMaxPool3d(_FractionalMaxPool):
    """As `FractionalMaxPool2d`, over three axes, with a cell to spare."""

    axes: ClassVar[int | None] = 3
    law: ClassVar[str] = "fractional_max_pool3d"
