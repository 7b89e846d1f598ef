"""Layers by torch's names: frozen dataclasses that know which laws their axes follow.

A family of layers is imported when one of its layers is first asked for, so that the command line
starts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from symconv.layers.layer import Layer
from symconv.layers.registry import ENDING, REGISTERED
from symconv.layers.row import Row
from symconv.layers.values import NOT_WRITTEN, Unknown

FAMILIES = {
    "convolution": ("Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d"),
    "folding": ("Unfold Fold"),
    "keeping": (
        "Identity Sigmoid Tanh Softsign Tanhshrink LogSigmoid ReLU ReLU6 SELU SiLU Mish "
        "Hardswish Hardsigmoid Dropout Dropout2d Dropout3d AlphaDropout "
        "FeatureAlphaDropout Dropout1d Softmax2d LeakyReLU ELU CELU Softplus Hardshrink "
        "Softshrink Threshold GELU RReLU Hardtanh PReLU Softmax LogSoftmax Softmin GLU "
        "LocalResponseNorm"
    ),
    "normalizing": (
        "BatchNorm1d BatchNorm2d BatchNorm3d InstanceNorm1d InstanceNorm2d InstanceNorm3d "
        "GroupNorm LayerNorm RMSNorm"
    ),
    "padding": (
        "ConstantPad1d ConstantPad2d ConstantPad3d ZeroPad1d ZeroPad2d ZeroPad3d "
        "ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d "
        "ReplicationPad2d ReplicationPad3d CircularPad1d CircularPad2d CircularPad3d"
    ),
    "pooling": (
        "MaxPool1d MaxPool2d MaxPool3d AvgPool1d AvgPool2d AvgPool3d LPPool1d LPPool2d LPPool3d"
    ),
    "resizing_pools": (
        "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d "
        "AdaptiveMaxPool2d AdaptiveMaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d "
        "FractionalMaxPool2d FractionalMaxPool3d"
    ),
    "resizing": (
        "Upsample UpsamplingNearest2d UpsamplingBilinear2d PixelShuffle PixelUnshuffle "
        "ChannelShuffle"
    ),
}
"""The layers of each module."""


class _Layers(Mapping[str, type[Layer]]):
    """Layers by their names; a family is imported when it is needed, others join as they come."""

    def __init__(self, families: Mapping[str, str], known: Mapping[str, type[Layer]]) -> None:
        self._home = {name: family for family, names in families.items() for name in names.split()}
        self._known = known

    def __getitem__(self, name: str) -> type[Layer]:
        if name not in self._known:
            import_module(f"symconv.layers.{self._home[name]}")
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._home or name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._home, *self._known)))

    def __len__(self) -> int:
        return len({*self._home, *self._known})


LAYERS = _Layers(FAMILIES, REGISTERED)
"""Every layer that works on sizes."""

ENDINGS = _Layers({"ending": "Flatten Linear"}, ENDING)
"""The layers that end a chain, by torch's name."""

WITHOUT_SIZES = (*ENDINGS, "Unflatten", "Bilinear", "LazyLinear", "Embedding")
"""The layers of torch that work on features, not on sizes."""

__all__ = [
    "ENDINGS",
    "FAMILIES",
    "LAYERS",
    "NOT_WRITTEN",
    "WITHOUT_SIZES",
    "Layer",
    "Row",
    "Unknown",
]
