"""Convolutions and transposed convolutions, with torch's parameters in torch's order.

Source: torch/nn/modules/conv.py. Channels may be left out by name: the sizes need none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from symconv.errors import RequestError, shown
from symconv.layers.layer import (
    Layer,
    Row,
    layer,
    number_of,
    other,
    padding_of,
    sizes_of,
    sizes_or_none,
)
from symconv.operators import OPERATORS

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


@dataclass(frozen=True, repr=False)
class _Convolution(Layer):
    """What both directions share: channels, which come in pairs or not at all."""

    channels_by_place: ClassVar[bool] = True

    def check(self) -> None:
        """Check that the channels come in pairs."""
        given: dict[str, Any] = {n: getattr(self, n) for n in ("in_channels", "out_channels")}
        if list(given.values()).count(None) == 1:
            raise RequestError(
                f"{type(self).__name__}: in_channels and out_channels, or neither",
                f"in_channels={given['in_channels']}, out_channels={given['out_channels']}",
                f"Write {type(self).__name__}(in, out, kernel_size) as in torch, or "
                f"{type(self).__name__}(kernel_size=3) without channels.",
            )


@dataclass(frozen=True, repr=False)
class _Conv(_Convolution):
    in_channels: Any = number_of(None)
    out_channels: Any = number_of(None)
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(1, expands=True)
    padding: Any = padding_of(0)
    dilation: Any = sizes_of(1, expands=True)
    groups: Any = number_of(1)
    bias: Any = other(True)
    padding_mode: Any = other(
        "zeros", lambda mode: mode in PADDING_MODES, f"as one of {', '.join(PADDING_MODES)}"
    )

    def _checked(self, name: str, value: Any, metadata: Mapping[str, Any]) -> Any:
        """Take one entry for all axes only where torch does: with zeros around the input."""
        if name == "padding" and self.padding_mode != "zeros":
            metadata = dict(metadata) | {"expands": False}
        return super()._checked(name, value, metadata)

    def check(self) -> None:
        """Check channels, and a padding by name."""
        super().check()
        if isinstance(self.padding, str) and self.padding not in ("same", "valid"):
            raise RequestError(
                f"{type(self).__name__}: padding as a number, 'same' or 'valid'",
                shown(self.padding),
                "Write padding='same'.",
            )

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law of the padding and its mode, for each axis."""
        same = "_same" if self.padding == "same" else ""
        mode = "" if self.padding_mode == "zeros" else f"_{self.padding_mode}"
        if same and mode == "_replicate":
            mode = ""  # repeating a border that exists has no limit of its own
        operator = OPERATORS[f"conv{same}{mode}"]
        if not same:
            operator = operator.symmetric
        padding = {"P": 0} if self.padding == "valid" else {}
        return tuple(Row(operator, self.values(axis) | padding) for axis in range(axes))


@layer
class Conv1d(_Conv):
    """A convolution over one axis: `O = (W + 2P - E)//S + 1` with `E = D(F - 1) + 1`.

    Args:
        in_channels, out_channels: as in torch; by name they may be left out.
        kernel_size, stride, padding, dilation: in cells (taps for the kernel); an integer, a
            tuple with one for each axis, `"?"`, a range or a set of choices, or a SymPy
            expression. `padding` may be `"same"` (stride 1 only) or `"valid"`.
        groups, bias, padding_mode: as in torch.

    Raises:
        RequestError: a parameter that torch would refuse whatever the input.

    >>> Conv1d(3, 64, 7, stride=2, padding=3)
    Conv1d(3, 64, kernel_size=7, stride=2, padding=3)

    Source: torch/nn/modules/conv.py; Dumoulin & Visin 2016, relationship 15.
    """

    axes: ClassVar[int | None] = 1


@layer
class Conv2d(_Conv):
    """A convolution over two axes; each follows the law of `Conv1d`.

    >>> Conv2d(kernel_size=(3, "?"))
    Conv2d(kernel_size=(3, ?))
    """

    axes: ClassVar[int | None] = 2


@layer
class Conv3d(_Conv):
    """A convolution over three axes; each follows the law of `Conv1d`."""

    axes: ClassVar[int | None] = 3


@dataclass(frozen=True, repr=False)
class _ConvTranspose(_Convolution):
    in_channels: Any = number_of(None)
    out_channels: Any = number_of(None)
    kernel_size: Any = sizes_of()
    stride: Any = sizes_of(1, expands=True)
    padding: Any = sizes_of(0, expands=True)
    output_padding: Any = sizes_of(0, expands=True)
    groups: Any = number_of(1)
    bias: Any = other(True)
    dilation: Any = sizes_of(1, expands=True)
    padding_mode: Any = other(
        "zeros", lambda mode: mode == "zeros", "as zeros, the only one torch has"
    )
    output_size: Any = sizes_or_none(None, letter="O")

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return the law for each axis; an `output_size` takes the place of output padding."""
        sized = self.output_size is not None
        operator = OPERATORS["conv_transpose_sized" if sized else "conv_transpose"]
        return tuple(Row(operator, self.values(axis)) for axis in range(axes))


@layer
class ConvTranspose1d(_ConvTranspose):
    """A transposed convolution over one axis: `O = (W - 1)S + E - 2P + A`.

    Args:
        in_channels, out_channels, groups, bias: as in torch.
        kernel_size, stride, padding, output_padding, dilation: as in `Conv1d`; `padding` crops.
        output_size: the size to ask for, as in torch's `forward(output_size=...)`; it takes the
            place of `output_padding`.

    Raises:
        RequestError: a parameter that torch would refuse whatever the input.

    >>> ConvTranspose1d(kernel_size="?", stride=2)
    ConvTranspose1d(kernel_size=?, stride=2)

    Source: torch/nn/modules/conv.py; Dumoulin & Visin 2016, relationship 14.
    """

    axes: ClassVar[int | None] = 1


@layer
class ConvTranspose2d(_ConvTranspose):
    """A transposed convolution over two axes; each follows the law of `ConvTranspose1d`."""

    axes: ClassVar[int | None] = 2


@layer
class ConvTranspose3d(_ConvTranspose):
    """A transposed convolution over three axes; each follows the law of `ConvTranspose1d`."""

    axes: ClassVar[int | None] = 3
