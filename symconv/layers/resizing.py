"""Interpolation and pixel shuffles, with torch's parameters in torch's order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from symconv.errors import RequestError, shown
from symconv.layers.layer import Layer
from symconv.layers.parameters import Choice, Number, Parameter, Size, Switch, by_name
from symconv.layers.registry import layer
from symconv.layers.row import Row
from symconv.layers.scaling import scaled
from symconv.layers.values import Unknown, as_float, dyadic, entries, parameter, unknown
from symconv.operators import OPERATORS
from symconv.terms import Term, variable
from symconv.vocabulary import FRACTIONS

SCALE = FRACTIONS["scale_factor"]
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


MOST_AXES = max(axes for supported in MODES.values() for axes in supported)


class Asked(Size):
    """The size to interpolate to: for all axes alike, or for each of as many as there are."""

    usual = 4

    def _kept(self, owner: str, value: Any, axes: int) -> Any:  # noqa: ARG002
        if not isinstance(value, (tuple, list)):
            return parameter(owner, self.name, value)
        if not 1 <= len(value) <= MOST_AXES:
            needed = f"with 1 to {MOST_AXES} entries, one for each axis"
            raise self._error(owner, needed, value, "Write one number for all axes.")
        return tuple(parameter(owner, self.name, size) for size in value)


class Factor(Parameter):
    """What sizes are multiplied by: a positive number, for all axes alike or for each.

    A fraction is the double next to it, as it is to torch: 120/88 is 1.3636363636363635.
    """

    usual = 2

    def _kept(self, owner: str, value: Any, axes: int) -> Any:
        marked = unknown(value)
        if marked is not None:
            return marked
        value = as_float(value)
        factors = value if isinstance(value, tuple) else (value,)  # torch takes no list here
        if not factors or not all(map(_is_factor, factors)):
            raise self._error(owner, "as a positive number", value, f"Write {self.name}=2.")
        return super()._kept(owner, value, axes)


def _is_factor(value: Any) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and 0 < value < 2**31


class _Resize(Layer):
    """Interpolates."""

    source: ClassVar[str] = "torch/nn/modules/upsampling.py"
    size: Any = Asked(None, letter="O", says="output size, in cells; or")
    scale_factor: Any = Factor(None, says="what every size is multiplied by")
    mode: Any = by_name(Choice("nearest", says="as torch prints it"))

    def check(self) -> None:
        """Check that just one of size and factor is written."""
        name = type(self).__name__
        if (self.size is None) == (self.scale_factor is None):
            both = "both" if self.size is not None else "neither"
            raise RequestError(f"{name}: either size or scale_factor", both, "Write one of them.")

    @property
    def input_axes(self) -> int | None:
        """How many axes there are: as many as entries, where a tuple is given."""
        given = self.scale_factor if self.size is None else self.size
        return self.axes or (len(given) if isinstance(given, tuple) else None)

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law of the size or of the factor, for each axis."""
        given = entries(self.scale_factor if self.size is None else self.size, axes)
        if len(given) != axes:
            raise RequestError(
                f"{type(self).__name__}: an entry for each of {axes} axes",
                shown(given),
                "Write one number.",
            )
        return tuple(self._row(axis, entry) for axis, entry in enumerate(given))

    def _row(self, axis: int, entry: Any) -> Row:
        area = "_area" if self.mode == "area" else ""
        resized, values = OPERATORS[f"resize{area}"], self.values(axis)
        if self.size is not None:
            return Row(resized, values)
        if isinstance(entry, Unknown):
            factor: Iterable[int | Term] = map(variable, SCALE)
        elif (exact := dyadic(float(entry))) is not None:
            factor = exact.as_integer_ratio()
        else:
            return scaled(resized, values, axis, float(entry))
        return Row(OPERATORS[f"upsample{area}"], values | dict(zip(SCALE, factor, strict=True)))

    def unknowns(self) -> dict[str, Unknown]:
        """Return the parameters that are to be found: of a factor, what it is over what."""
        if not isinstance(self.scale_factor, Unknown):
            return super().unknowns()
        below = Unknown((1,)) if self.scale_factor.choices is not None else Unknown()
        return dict(zip(SCALE, (self.scale_factor, below), strict=True))


@layer
class Upsample(_Resize):
    """Interpolates to a `size`, or to `floor(scale_factor * W)`.

    A factor over a power of two (2, 0.5, 1.5) is exact, hence a law; for any other the sizes are
    torch's double products, evaluated one by one, and the answer says so.
    """

    mode: Any = Choice("nearest", *MODES)
    align_corners: Any = Switch(None)
    recompute_scale_factor: Any = Switch(None)

    def check(self) -> None:
        """Check the parameters that go together."""
        super().check()
        if self.align_corners is not None and self.mode in ("nearest", "nearest-exact", "area"):
            raise RequestError(
                f"Upsample: no align_corners in mode {self.mode}",
                f"align_corners={self.align_corners}",
                "Drop it.",
                about="align_corners=",
            )
        if self.recompute_scale_factor and self.size is not None:
            raise RequestError(
                "Upsample: recompute_scale_factor only with scale_factor",
                "a size",
                "Drop it.",
                about="recompute_scale_factor=",
            )

    @property
    def input_axes(self) -> int | None:
        """How many axes the mode works on, where it is particular."""
        supported = MODES[self.mode]
        return supported[0] if len(supported) == 1 else super().input_axes


@layer
class UpsamplingNearest2d(_Resize):
    """`Upsample` with mode `nearest`."""


@layer
class UpsamplingBilinear2d(_Resize):
    """`Upsample` with mode `bilinear` and aligned corners."""

    axes: ClassVar[int | None] = 2
    mode: Any = by_name(Choice("bilinear", says="as torch prints it"))


@layer
class PixelShuffle(Layer):
    """Moves channels into space: each axis grows by `upscale_factor`, its square divides `C`."""

    source: ClassVar[str] = "torch/nn/modules/pixelshuffle.py"
    axes: ClassVar[int | None] = 2
    law: ClassVar[str] = "pixel_shuffle"
    upscale_factor: Any = Number()


@layer
class PixelUnshuffle(Layer):
    """Moves space into channels: each axis shrinks by `downscale_factor`, which divides it."""

    source: ClassVar[str] = "torch/nn/modules/pixelshuffle.py"
    axes: ClassVar[int | None] = 2
    law: ClassVar[str] = "pixel_unshuffle"
    downscale_factor: Any = Number()


@layer
class ChannelShuffle(Layer):
    """Reorders channels; `groups` divides them."""

    source: ClassVar[str] = "torch/nn/modules/channelshuffle.py"
    law: ClassVar[str] = "channel_shuffle"
    groups: Any = Number()
