"""Pools that are asked for a size, and unpooling, with torch's parameters in torch's order.

Source: torch/nn/modules/pooling.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer, Row, layer, other, sizes_of, sizes_or_none
from symconv.layers.pooling import Strided
from symconv.layers.scaling import scaled
from symconv.operators import OPERATORS
from symconv.terms import variable


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


@dataclass(frozen=True, repr=False)
class _MaxUnpool(Strided):
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

    def _missing(self, name: str) -> RequestError:
        owner = type(self).__name__
        return RequestError(
            f"{owner}: {name}",
            "none (torch does not print it)",
            f"Write for instance {owner}({name}=3, output_size=7).",
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
class FractionalMaxPool2d(_FractionalMaxPool):
    """Maxima of windows at pseudo-random places; the output size is asked for, or a ratio."""

    axes: ClassVar[int | None] = 2


@layer
class FractionalMaxPool3d(_FractionalMaxPool):
    """As `FractionalMaxPool2d`, over three axes, with a cell to spare."""

    axes: ClassVar[int | None] = 3
    law: ClassVar[str] = "fractional_max_pool3d"
