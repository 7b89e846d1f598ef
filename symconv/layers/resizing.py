"""Interpolation and pixel shuffles, with torch's parameters in torch's order.

Source: torch/nn/modules/upsampling.py, pixelshuffle.py and channelshuffle.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from symconv.errors import RequestError, shown
from symconv.layers.layer import Layer, Row, layer, number_of, other
from symconv.layers.scaling import scaled
from symconv.layers.values import Unknown, dyadic, is_formula, parameter, term, unknown
from symconv.operators import OPERATORS
from symconv.terms import variable

SCALE = ("scale_numerator", "scale_denominator")
"""The letters of a scale factor, a fraction over a power of two."""

MODES = {
    "nearest": (1, 2, 3),
    "nearest-exact": (1, 2, 3),
    "area": (1, 2, 3),
    "linear": (1,),
    "bilinear": (2,),
    "bicubic": (2,),
    "trilinear": (3,),
}
"""The interpolation modes, with the numbers of axes that each supports."""


def _entries(value: Any, axes: int) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * axes


@dataclass(frozen=True, repr=False)
class _Resize(Layer):
    size: Any = other(None)
    scale_factor: Any = other(None)

    def check(self) -> None:
        """Check that just one of size and factor is given, and that it is made of numbers."""
        name = type(self).__name__
        if (self.size is None) == (self.scale_factor is None):
            both = "both" if self.size is not None else "neither"
            raise RequestError(f"{name}: either size or scale_factor", both, "Write one of them.")
        for size in () if self.size is None else _entries(self.size, 1):
            parameter(name, "size", size)
        for factor in () if self.scale_factor is None else _entries(self.scale_factor, 1):
            if isinstance(factor, Unknown):
                continue
            number = isinstance(factor, (int, float)) and not isinstance(factor, bool)
            if not number or not 0 < factor < 2**31:
                raise RequestError(
                    f"{name}: scale_factor as a positive number",
                    shown(factor),
                    "Write scale_factor=2.",
                )

    @property
    def input_axes(self) -> int | None:
        """How many axes there are: as many as entries, where a tuple is given."""
        given = self.scale_factor if self.size is None else self.size
        return self.axes or (len(given) if isinstance(given, tuple) else None)

    def _mode(self) -> str:
        return "nearest"

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law of the size or of the factor, for each axis."""
        area = "_area" if self._mode() == "area" else ""
        given = _entries(self.scale_factor if self.size is None else self.size, axes)
        if len(given) != axes:
            raise RequestError(
                f"{type(self).__name__}: an entry for each of {axes} axes",
                shown(given),
                "Write one number.",
            )
        rows = []
        for axis, entry in enumerate(given):
            values = self.values(axis)
            if self.size is not None:
                values["O"] = term("size", entry, axis + 1)
                rows.append(Row(OPERATORS[f"resize{area}"], values))
            elif isinstance(entry, Unknown):
                values |= {name: variable(name) for name in SCALE}
                rows.append(Row(OPERATORS[f"upsample{area}"], values))
            elif (exact := dyadic(float(entry))) is not None:
                values |= {
                    "scale_numerator": exact.numerator,
                    "scale_denominator": exact.denominator,
                }
                rows.append(Row(OPERATORS[f"upsample{area}"], values))
            else:
                rows.append(scaled(OPERATORS[f"resize{area}"], values, axis, float(entry)))
        return tuple(rows)

    def _checked(self, name: str, value: Any, metadata: Mapping[str, Any]) -> Any:
        """Take an unknown scale factor, for all axes alike."""
        marked = unknown(value) if name == "scale_factor" else None
        return super()._checked(name, value, metadata) if marked is None else marked

    def unknowns(self) -> dict[str, Unknown]:
        """Return the parameters that are to be found: of a factor, what it is over what."""
        if not isinstance(self.scale_factor, Unknown):
            return super().unknowns()
        below = Unknown((1,)) if self.scale_factor.choices is not None else Unknown()
        return dict(zip(SCALE, (self.scale_factor, below), strict=True))

    @property
    def settled(self) -> bool:
        """Whether the size or the factor is a number."""
        entries = (*_entries(self.size, 1), *_entries(self.scale_factor, 1))
        return not any(isinstance(one, Unknown) or is_formula(one) for one in entries)


@layer
@dataclass(frozen=True, repr=False)
class Upsample(_Resize):
    """Interpolates to a `size`, or to `floor(scale_factor * W)`.

    A factor over a power of two (2, 0.5, 1.5) is exact, hence a law; for any other the sizes are
    torch's double products, evaluated one by one, and the answer says so.

    >>> Upsample(scale_factor=2.0, mode="bilinear")
    Upsample(scale_factor=2.0, mode='bilinear')
    """

    mode: Any = other("nearest", lambda mode: mode in MODES, f"as one of {', '.join(MODES)}")
    align_corners: Any = other(None)
    recompute_scale_factor: Any = other(None)

    def check(self) -> None:
        """Check the parameters that go together."""
        super().check()
        if self.align_corners is not None and self.mode in ("nearest", "nearest-exact", "area"):
            raise RequestError(
                f"Upsample: no align_corners in mode {self.mode}",
                f"align_corners={self.align_corners}",
                "Drop it.",
            )
        if self.recompute_scale_factor and self.size is not None:
            raise RequestError(
                "Upsample: recompute_scale_factor only with scale_factor", "a size", "Drop it."
            )

    def _mode(self) -> str:
        return str(self.mode)

    @property
    def input_axes(self) -> int | None:
        """How many axes the mode works on, where it is particular."""
        supported = MODES[self.mode]
        return supported[0] if len(supported) == 1 else super().input_axes


@layer
@dataclass(frozen=True, repr=False)
class UpsamplingNearest2d(_Resize):
    """`Upsample` with mode `nearest`."""

    mode: Any = other("nearest", lambda mode: mode == "nearest", "as nearest")


@layer
@dataclass(frozen=True, repr=False)
class UpsamplingBilinear2d(_Resize):
    """`Upsample` with mode `bilinear` and aligned corners."""

    axes: ClassVar[int | None] = 2
    mode: Any = other("bilinear", lambda mode: mode == "bilinear", "as bilinear")


@layer
@dataclass(frozen=True, repr=False)
class PixelShuffle(Layer):
    """Moves channels into space: each axis grows by `upscale_factor`, its square divides `C`."""

    axes: ClassVar[int | None] = 2
    law: ClassVar[str] = "pixel_shuffle"
    upscale_factor: Any = number_of()

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis."""
        return tuple(Row(OPERATORS["pixel_shuffle"], self.values(axis)) for axis in range(axes))


@layer
@dataclass(frozen=True, repr=False)
class PixelUnshuffle(Layer):
    """Moves space into channels: each axis shrinks by `downscale_factor`, which divides it."""

    axes: ClassVar[int | None] = 2
    law: ClassVar[str] = "pixel_unshuffle"
    downscale_factor: Any = number_of()

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis."""
        return tuple(Row(OPERATORS["pixel_unshuffle"], self.values(axis)) for axis in range(axes))


@layer
@dataclass(frozen=True, repr=False)
class ChannelShuffle(Layer):
    """Reorders channels; `groups` divides them."""

    groups: Any = number_of()

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis."""
        return tuple(Row(OPERATORS["channel_shuffle"], self.values(axis)) for axis in range(axes))
