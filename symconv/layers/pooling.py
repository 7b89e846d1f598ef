"""Pools, with torch's parameters in torch's order."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from symconv.layers.layer import Layer
from symconv.layers.parameters import Flag, Number, Parameter, Real, Size, Switch
from symconv.layers.registry import ALIKE, in_axes
from symconv.operators import OPERATORS, Operator

CEIL_MODE = "also count a last window that only begins inside the padded input"
DIVISOR = Parameter(
    None,
    allowed=(
        lambda value: value is None or (type(value) is int and value != 0),
        "as None or an integer other than 0",
    ),
)


SOURCE = "torch/nn/modules/pooling.py"


@in_axes(ALIKE)
class _MaxPool(Layer):
    """The largest value of each window."""

    source: ClassVar[str] = SOURCE
    law: ClassVar[str] = "max_pool"
    kernel_size: Any = Size(expands=True)
    stride: Any = Size(None, expands=True, follows="kernel_size")
    padding: Any = Size(0, expands=True)
    dilation: Any = Size(1, expands=True)
    return_indices: Any = Switch(False)
    ceil_mode: Any = Flag(False, says=CEIL_MODE)


@in_axes(
    {
        1: {},
        2: {"divisor_override": DIVISOR},
        3: {"divisor_override": DIVISOR, "law": "avg_pool3d"},
    }
)
class _AvgPool(Layer):
    """The mean of each window."""

    source: ClassVar[str] = SOURCE
    law: ClassVar[str] = "avg_pool"
    unprinted: ClassVar[tuple[str, ...]] = ("ceil_mode",)
    kernel_size: Any = Size(expands=True)
    stride: Any = Size(None, expands=True, follows="kernel_size")
    padding: Any = Size(0, expands=True)
    ceil_mode: Any = Flag(False, says=CEIL_MODE)
    count_include_pad: Any = Parameter(
        True, allowed=(lambda value: type(value) is bool, "as True or False")
    )


@in_axes({1: {"kernel_size": Number()}, 2: {}, 3: {}})
class _LPPool(Layer):
    """The p-norm of each window."""

    source: ClassVar[str] = SOURCE
    norm_type: Any = Real(allowed=(lambda value: value != 0, "as a number other than 0"), usual=2.0)
    kernel_size: Any = Size()
    stride: Any = Size(None, expands=True, follows="kernel_size")
    ceil_mode: Any = Flag(False, says=CEIL_MODE)

    @property
    def operator(self) -> Operator:
        """The law of the norm: over three axes a finite one needs a kernel that fits the input."""
        strict = self.axes == 3 and abs(self.norm_type) != math.inf
        return OPERATORS["lp_pool3d" if strict else "lp_pool"]
