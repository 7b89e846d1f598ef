"""Pools that are asked for a size, and unpooling, with torch's parameters in torch's order."""

from __future__ import annotations

from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer
from symconv.layers.parameters import Parameter, Size, Switch, asked
from symconv.layers.registry import ALIKE, in_axes
from symconv.layers.row import Row
from symconv.layers.scaling import scaled
from symconv.layers.values import entries
from symconv.operators import OPERATORS, Operator
from symconv.terms import Term, variable

SOURCE = "torch/nn/modules/pooling.py"


class _Adaptive(Layer):
    """As many cells as are asked for."""

    law: ClassVar[str] = "adaptive_pool"
    source: ClassVar[str] = SOURCE
    output_size: Any = Size(
        none=True, keeps=True, letter="O", usual=4, says="output size, in cells"
    )

    def check(self) -> None:
        """Refuse a bare None, which torch refuses."""
        if self.output_size is None or (self.axes == 1 and None in entries(self.output_size)):
            raise RequestError(
                f"{type(self).__name__}: output_size as a number, or a tuple with None where an "
                "axis stays" + (" (not in one dimension)" if self.axes == 1 else ""),
                "None",
                "Write for instance output_size=1.",
                about="output_size",
            )

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return the letters; `None` asks for as many cells as the axis has."""
        return {"O": variable(f"W{axis + 1}")} | super().values(axis)


@in_axes(ALIKE)
class _AdaptiveAvgPool(_Adaptive):
    """As many means as are asked for; over several axes `None` in a tuple keeps an axis."""


@in_axes(ALIKE)
class _AdaptiveMaxPool(_Adaptive):
    """As many maxima as are asked for; over several axes `None` in a tuple keeps an axis."""

    return_indices: Any = Switch(False)


@in_axes({1: {}, 2: {}, 3: {"law": "max_unpool3d"}})
class _MaxUnpool(Layer):
    """Puts maxima back where they came from, as the indices say that are put in with them."""

    law: ClassVar[str] = "max_unpool"
    source: ClassVar[str] = SOURCE
    kernel_size: Any = Size()
    stride: Any = Size(None, follows="kernel_size")
    padding: Any = Size(0, says="cells that the pool had added at each side")
    output_size: Any = asked()

    @property
    def operator(self) -> Operator:
        """The law of the windows, or of the asked size within its limits."""
        return OPERATORS[self.law if self.output_size is None else "max_unpool_sized"]

    def notes(self) -> tuple[str, ...]:
        """Say what torch also looks at."""
        return (f"{type(self).__name__} also needs indices that lie inside its output",)


@in_axes({2: {}, 3: {"law": "fractional_max_pool3d"}})
class _FractionalMaxPool(Layer):
    """Maxima of windows at pseudo-random places; the output size is asked for, or a ratio."""

    law: ClassVar[str] = "fractional_max_pool"
    source: ClassVar[str] = SOURCE
    kernel_size: Any = Size()
    output_size: Any = Size(None, letter="O", says="output size, in cells; or")
    output_ratio: Any = Parameter(None, says="what every size is multiplied by, below 1")
    return_indices: Any = Switch(False)

    def check(self) -> None:
        """Check that just one of size and ratio is written, and that a ratio is a fraction."""
        written = [n for n in ("output_size", "output_ratio") if getattr(self, n) is not None]
        if len(written) != 1:
            raise RequestError(
                f"{type(self).__name__}: either output_size or output_ratio",
                " and ".join(written) or "neither (torch does not print them)",
                "Write one of them.",
            )
        below_1 = (isinstance(r, float) and 0 < r < 1 for r in self._ratios(self.axes or 1))
        if self.output_size is None and not all(below_1):
            raise RequestError(
                f"{type(self).__name__}: output_ratio between 0 and 1",
                repr(self.output_ratio),
                "Write 0.5.",
                about="output_ratio",
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

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return the asked size for each axis, or the ratio's."""
        if self.output_ratio is None:
            return super().make_rows(axes)
        ratios = enumerate(self._ratios(axes))
        return tuple(scaled(self.operator, self.values(axis), axis, r) for axis, r in ratios)
