"""Layers that keep every size: activations, dropout, normalisation; and those that move channels.

References: torch 2.13, `nn/modules/{batchnorm,instancenorm,normalization,activation}.py`,
`nn/functional.py`, `ATen/native/ChanelShuffle.cpp`.
"""

from dataclasses import replace

from symconv.operators.letters import C, W
from symconv.operators.operator import Operator
from symconv.operators.reading import Everything, Exchanged, Gated, Halves
from symconv.terms import constant, sizes

num_features, num_groups, num_channels = sizes("num_features num_groups num_channels")
num_parameters, groups = sizes("num_parameters groups")
in_features, out_features = sizes("in_features out_features")
normalized_size, normalized_channels = sizes("normalized_size normalized_channels")
cells, dim, axes = sizes("W_cells dim W_axes")

keep = Operator(
    name="keep",
    says="Works on each cell by itself, so every size stays.",
    size=W,
    requires={},
    family="Layers that keep the size",
    source="torch/nn/modules/activation.py, dropout.py, linear.py (Identity)",
)
_features = {"the input has the layer's channels": C.eq(num_features)}

batch_norm = replace(
    keep,
    name="batch_norm",
    family="Norms",
    says="Normalises each channel with its running statistics.",
    requires=_features,
    source="torch ATen/native/Normalization.cpp",
)
instance_norm = replace(
    keep,
    name="instance_norm",
    reads=Everything(),
    family="Norms",
    says="Normalises each channel of each sample by its own statistics.",
    requires=_features | {"there is more or less than one cell": ~cells.eq(1)},
    source="torch/nn/functional.py, _verify_spatial_size",
)
group_norm = replace(
    keep,
    name="group_norm",
    reads=Everything(),
    family="Norms",
    says="Normalises groups of channels.",
    requires={
        "there are groups": num_groups >= 1,
        "the groups divide the layer's channels": (num_channels % num_groups).eq(0),
        "the input has the layer's channels": C.eq(num_channels),
    },
    source="torch/nn/modules/normalization.py, GroupNorm",
)
group_norm_free = replace(
    group_norm,
    name="group_norm_free",
    says="Normalises groups of channels, without a weight for each.",
    requires=group_norm.without("the input has the layer's channels")
    | {"the groups divide the input's channels": (C % num_groups).eq(0)},
)
layer_norm = replace(
    keep,
    name="layer_norm",
    reads=Everything(),
    family="Norms",
    says="Normalises over the last axes, whose sizes it fixes.",
    requires={"the input has the normalized size": W.eq(normalized_size)},
    source="torch ATen/native/layer_norm.h",
)
layer_norm_channels = replace(
    layer_norm,
    name="layer_norm_channels",
    says="Normalises over the channels and all axes, whose sizes it fixes.",
    requires=dict(layer_norm.requires)
    | {"the input has the normalized channels": C.eq(normalized_channels)},
)
prelu = replace(
    keep,
    name="prelu",
    says="Has one slope, or one for each channel.",
    requires={
        "there is a slope for all channels or for each": num_parameters.eq(1) | C.eq(num_parameters)
    },
    source="torch ATen/native/Activation.cpp, prelu",
)
softmax = replace(
    keep,
    name="softmax",
    reads=Everything(),
    says="Normalises along one axis, counted with batch and channels.",
    requires={"the axis is one of the input's": (-2 - axes <= dim) & (dim < axes + 2)},
    source="torch ATen/native/SoftMax.cpp",
)
channel_shuffle = replace(
    keep,
    name="channel_shuffle",
    reads=Exchanged(),
    says="Reorders channels.",
    requires={
        "there are groups": groups >= 1,
        "the groups divide the channels": (C % groups).eq(0),
    },
    source="torch ATen/native/ChanelShuffle.cpp",
)
halve = replace(
    keep,
    name="halve",
    reads=Halves(),
    factor=(constant(1), constant(2)),
    family="Gates",
    says="Gates one half of an axis with the other half (GLU).",
    size=W // 2,
    requires={"two divides the input": (W % 2).eq(0)},
    source="torch ATen/native/GatedLinearUnit.cpp",
)
halve_channels = replace(
    keep,
    name="halve_channels",
    reads=Gated(),
    family="Gates",
    says="Gates one half of the channels with the other half (GLU).",
    requires={"two divides the channels": (C % 2).eq(0)},
    channels=C // 2,
    source=halve.source,
)
linear = replace(
    keep,
    name="linear",
    says="Joins all features; they stand where channels do.",
    requires={"the layer is made for the features that arrive": C.eq(in_features)},
    channels=out_features,
    source="torch/nn/modules/linear.py",
)
"""No law of sizes: it ends a chain, so it is not among the operators."""
