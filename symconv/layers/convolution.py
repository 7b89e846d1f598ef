"""Convolutions and transposed convolutions, with torch's parameters in torch's order.

Channels may be left out by name: the sizes need none.
"""

from __future__ import annotations

from typing import Any, ClassVar

from symconv.errors import RequestError
from symconv.layers.layer import Layer
from symconv.layers.parameters import (
    Choice,
    Number,
    Padding,
    Parameter,
    Size,
    Switch,
    asked,
    one_for_each_axis,
)
from symconv.layers.registry import ALIKE, in_axes
from symconv.operators import OPERATORS, Operator
from symconv.terms import Term

CHANNELS = "; it may be left out with its partner, by name"


class _Convolution(Layer):
    """What both directions share: channels, which come in pairs or not at all."""

    channels_by_place: ClassVar[bool] = True
    source: ClassVar[str] = "torch/nn/modules/conv.py"
    in_channels: Any = Number(left_out=True, least=1, says=f"channels of the input{CHANNELS}")
    out_channels: Any = Number(left_out=True, says=f"channels of the output{CHANNELS}")
    kernel_size: Any = Size(usual=3)

    def check(self) -> None:
        """Check that the channels come in pairs."""
        pair = (self.in_channels, self.out_channels)
        if pair.count(None) == 1:
            raise RequestError(
                f"{type(self).__name__}: in_channels and out_channels, or neither",
                f"in_channels={self.in_channels}, out_channels={self.out_channels}",
                f"Write {type(self).__name__}(in, out, kernel_size) as in torch, or "
                f"{type(self).__name__}(kernel_size=3) without channels.",
            )


@in_axes(ALIKE)
class _Conv(_Convolution):
    """A convolution: each output cell is a weighted sum of a window of the input."""

    stride: Any = Size(1, expands=True)
    padding: Any = Padding(0, expands=True, says='cells added at each side, "same" or "valid"')
    dilation: Any = Size(1, expands=True)
    groups: Any = Number(1)
    bias: Any = Switch(True)
    padding_mode: Any = Choice("zeros", "zeros", "reflect", "replicate", "circular")

    def declared(self, name: str) -> Parameter:
        """Take one entry for all axes only where torch does: with zeros around the input."""
        if name == "padding" and str(self.padding_mode) != "zeros":
            return one_for_each_axis(self.parameters[name])
        return self.parameters[name]

    @property
    def operator(self) -> Operator:
        """The law of the padding and its mode."""
        same = "_same" if self.padding == "same" else ""
        mode = "" if self.padding_mode == "zeros" else f"_{self.padding_mode}"
        operator = OPERATORS[f"conv{same}{mode}"]
        return operator if same else operator.symmetric

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return the letters, without padding where that is `"valid"`."""
        return super().values(axis) | ({"P": 0} if self.padding == "valid" else {})


@in_axes(ALIKE)
class _ConvTranspose(_Convolution):
    """A transposed convolution: each input cell is spread over a window of the output."""

    stride: Any = Size(1, expands=True)
    padding: Any = Size(0, expands=True, says="cells cropped at each side")
    output_padding: Any = Size(0, expands=True)
    groups: Any = Number(1)
    bias: Any = Switch(True)
    dilation: Any = Size(1, expands=True)
    padding_mode: Any = Choice("zeros")
    output_size: Any = asked()

    def declared(self, name: str) -> Parameter:
        """Take one entry for all axes only where torch does: without a size that is asked for."""
        if self.output_size is not None and name in ("stride", "padding", "dilation"):
            return one_for_each_axis(self.parameters[name])
        return self.parameters[name]

    @property
    def operator(self) -> Operator:
        """The law of the windows; an `output_size` takes the place of output padding."""
        sized = self.output_size is not None
        return OPERATORS["conv_transpose_sized" if sized else "conv_transpose"]
