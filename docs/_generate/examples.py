"""The worked examples of the operators' pages: layers and sizes, none of their answers.

Each operator has an input that it takes and, if it refuses any, one that it refuses. The first
example is the one that is worked out with its numbers. What comes out is computed and run on
torch when the page is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from _generate.running import Example

_SAME = "the odd cell of an even extent stands at the end"
_HALVES = "the border is not repeated"

EXAMPLES: Mapping[str, Sequence[Example]] = {
    "conv": (
        Example("Conv2d(3, 64, kernel_size=7, stride=2, padding=3)", 224, "ResNet's first layer"),
        Example(
            "Conv2d(1, 1, kernel_size=3, stride=2, padding=1)", (5, 6), "two sizes, one output"
        ),
        Example("Conv1d(1, 1, kernel_size=3, dilation=4)", 9, "extent 9: one window"),
        Example("Conv1d(1, 1, kernel_size=3, dilation=4)", 8, "one cell less"),
    ),
    "conv_replicate": (
        Example("Conv1d(1, 1, 3, padding=1, padding_mode='replicate')", 5, ""),
        Example(
            "Conv1d(1, 1, 3, padding=4, padding_mode='replicate')", 1, "more padding than input"
        ),
        Example(
            "Conv1d(1, 1, 3, padding=-1, padding_mode='replicate')", 8, "a negative padding crops"
        ),
        Example(
            "Conv1d(1, 1, 5, padding=-1, padding_mode='replicate')", 6, "and may crop too much"
        ),
    ),
    "conv_reflect": (
        Example("Conv2d(1, 1, 3, padding=2, padding_mode='reflect')", 3, ""),
        Example("Conv2d(1, 1, 3, padding=2, padding_mode='reflect')", 2, _HALVES),
    ),
    "conv_circular": (
        Example("Conv1d(1, 1, 3, padding=2, padding_mode='circular')", 2, "once around"),
        Example("Conv1d(1, 1, 3, padding=3, padding_mode='circular')", 2, "more than once"),
    ),
    "conv_same": (
        Example("Conv2d(1, 1, kernel_size=4, padding='same')", 7, _SAME),
        Example("Conv1d(1, 1, kernel_size=3, padding='same', dilation=8)", 2, ""),
        Example("Conv1d(1, 1, kernel_size=3, stride=2, padding='same')", 8, "whatever the input"),
    ),
    "conv_same_reflect": (
        Example("Conv1d(1, 1, 4, padding='same', padding_mode='reflect')", 5, _SAME),
        Example("Conv1d(1, 1, 5, padding='same', padding_mode='reflect')", 2, _HALVES),
    ),
    "conv_same_circular": (
        Example("Conv1d(1, 1, 5, padding='same', padding_mode='circular')", 2, "once around"),
        Example("Conv1d(1, 1, 7, padding='same', padding_mode='circular')", 2, "more than once"),
    ),
    "conv_transpose": (
        Example("ConvTranspose2d(1, 1, kernel_size=4, stride=2, padding=1)", 16, "doubles"),
        Example(
            "ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_padding=1)", 12, "doubles, too"
        ),
        Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1)", 12, "one less"),
        Example(
            "ConvTranspose1d(1, 1, 3, stride=2, dilation=5, output_padding=4)",
            4,
            "output padding above the stride, below the dilation",
        ),
        Example("ConvTranspose1d(1, 1, 3, stride=2, output_padding=2)", 4, "below neither"),
    ),
    "conv_transpose_sized": (
        Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_size=24)", 12, ""),
        Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_size=23)", 12, ""),
        Example(
            "ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_size=25)", 12, "out of reach"
        ),
    ),
    "max_pool": (
        Example("MaxPool2d(kernel_size=3, stride=2, padding=1)", 112, "ResNet's pool"),
        Example("MaxPool1d(kernel_size=3, stride=2, padding=1, ceil_mode=True)", 6, "rounded up"),
        Example(
            "MaxPool1d(kernel_size=1, stride=2, ceil_mode=True)", 32, "the last window is dropped"
        ),
        Example(
            "MaxPool1d(kernel_size=2, padding=2, dilation=3)", 9, "half of the kernel, undilated"
        ),
    ),
    "avg_pool": (
        Example("AvgPool2d(kernel_size=4, stride=4, padding=2, ceil_mode=True)", 9, ""),
        Example("AvgPool1d(kernel_size=2, padding=1)", 1, ""),
        Example("AvgPool1d(kernel_size=3)", 2, ""),
    ),
    "avg_pool3d": (
        Example("AvgPool3d(kernel_size=2, padding=1)", 2, ""),
        Example("AvgPool3d(kernel_size=2, padding=1)", 1, "one and two dimensions take this"),
    ),
    "lp_pool": (
        Example("LPPool2d(norm_type=2, kernel_size=2, ceil_mode=True)", 5, ""),
        Example("LPPool1d(norm_type=2, kernel_size=4)", 3, ""),
    ),
    "lp_pool3d": (
        Example("LPPool3d(norm_type=2, kernel_size=2, stride=1)", 3, ""),
        Example("LPPool3d(norm_type=2, kernel_size=3, stride=2, ceil_mode=True)", 2, ""),
    ),
    "adaptive_pool": (
        Example("AdaptiveAvgPool2d(output_size=7)", 10, "windows overlap"),
        Example("AdaptiveMaxPool1d(output_size=3)", 2, "more windows than cells"),
    ),
    "fractional_max_pool": (
        Example("FractionalMaxPool2d(kernel_size=2, output_size=7)", 8, ""),
        Example("FractionalMaxPool2d(kernel_size=3, output_size=7)", 8, ""),
    ),
    "fractional_max_pool3d": (
        Example("FractionalMaxPool3d(kernel_size=2, output_size=6)", 8, ""),
        Example("FractionalMaxPool3d(kernel_size=2, output_size=7)", 8, "two dimensions take this"),
    ),
    "max_unpool": (
        Example("MaxUnpool2d(kernel_size=2, stride=2)", 4, ""),
        Example("MaxUnpool1d(kernel_size=3, stride=2, padding=1)", 4, ""),
        Example("MaxUnpool1d(kernel_size=2, stride=1, padding=2)", 1, ""),
    ),
    "max_unpool3d": (
        Example("MaxUnpool3d(kernel_size=2, stride=2)", 2, ""),
        Example("MaxUnpool3d(kernel_size=2, stride=1, padding=2)", 1, ""),
    ),
    "max_unpool_sized": (
        Example("MaxUnpool1d(kernel_size=2, stride=2, output_size=7)", 3, ""),
        Example("MaxUnpool1d(kernel_size=2, stride=2, output_size=5)", 3, ""),
        Example("MaxUnpool1d(kernel_size=2, stride=2, output_size=8)", 3, "a stride above 6"),
    ),
    "unfold": (
        Example("Unfold(kernel_size=3, padding=1)", (5, 6), "as many windows as cells", 2),
        Example("Unfold(kernel_size=4)", (5, 3), "", 2),
    ),
    "fold": (
        Example("Fold(output_size=(5, 6), kernel_size=3)", 12, "3 times 4 windows", 18),
        Example("Fold(output_size=(5, 6), kernel_size=3)", 30, "", 18),
    ),
    "resize": (
        Example("Upsample(size=7)", 3, ""),
        Example("UpsamplingBilinear2d(size=(4, 9))", (8, 3), "down and up"),
        Example("Upsample(size=0)", 3, ""),
    ),
    "resize_area": (
        Example("Upsample(size=7, mode='area')", 3, ""),
        Example("Upsample(size=0, mode='area')", 3, "the other modes refuse this"),
    ),
    "upsample": (
        Example("Upsample(scale_factor=1.5)", 5, "rounded down"),
        Example("UpsamplingNearest2d(scale_factor=2)", 16, ""),
        Example("Upsample(scale_factor=0.25)", 3, ""),
    ),
    "upsample_area": (
        Example("Upsample(scale_factor=1.5, mode='area')", 5, ""),
        Example("Upsample(scale_factor=0.25, mode='area')", 3, "the other modes refuse this"),
    ),
    "pixel_shuffle": (
        Example("PixelShuffle(upscale_factor=3)", 8, "18 channels become 2", 18),
        Example("PixelShuffle(upscale_factor=2)", 8, "", 6),
    ),
    "pixel_unshuffle": (
        Example("PixelUnshuffle(downscale_factor=2)", 8, "", 3),
        Example("PixelUnshuffle(downscale_factor=2)", (8, 7), "", 3),
    ),
    "constant_pad": (
        Example("ConstantPad1d((2, -1), 0.0)", 5, ""),
        Example("ZeroPad2d((1, 0, 2, 0))", 5, "the last axis first"),
        Example("ConstantPad1d((-3, 5), 0.0)", 2, "crops come first"),
    ),
    "reflection_pad": (
        Example("ReflectionPad1d(3)", 4, ""),
        Example("ReflectionPad1d(3)", 3, _HALVES),
    ),
    "replication_pad": (
        Example("ReplicationPad1d((3, 0))", 1, ""),
        Example("ReplicationPad1d((-3, 0))", 2, ""),
    ),
    "circular_pad": (
        Example("CircularPad1d(3)", 3, ""),
        Example("CircularPad1d(4)", 3, ""),
    ),
    "keep": (Example("ReLU()", 13, ""), Example("Dropout(p=0.5)", (3, 4, 5), "")),
    "batch_norm": (
        Example("BatchNorm2d(num_features=8)", 13, "", 8),
        Example("BatchNorm2d(num_features=8)", 13, "", 4),
    ),
    "instance_norm": (
        Example("InstanceNorm2d(num_features=8)", 13, "", 8),
        Example("InstanceNorm2d(num_features=8)", 1, "one value has no spread", 8),
    ),
    "group_norm": (
        Example("GroupNorm(num_groups=4, num_channels=8)", 13, "", 8),
        Example("GroupNorm(num_groups=4, num_channels=8)", 13, "", 4),
    ),
    "group_norm_free": (
        Example(
            "GroupNorm(num_groups=4, num_channels=8, affine=False)", 13, "any multiple of 4", 12
        ),
        Example("GroupNorm(num_groups=4, num_channels=8, affine=False)", 13, "", 6),
    ),
    "layer_norm": (
        Example("LayerNorm(normalized_shape=(13, 17))", (13, 17), ""),
        Example("LayerNorm(normalized_shape=(13, 17))", (17, 13), ""),
    ),
    "layer_norm_channels": (
        Example("LayerNorm(normalized_shape=(8, 13))", 13, "", 8),
        Example("LayerNorm(normalized_shape=(8, 13))", 13, "", 4),
    ),
    "prelu": (
        Example("PReLU(num_parameters=8)", 13, "", 8),
        Example("PReLU(num_parameters=8)", 13, "", 4),
    ),
    "softmax": (
        Example("Softmax(dim=-1)", 13, ""),
        Example("Softmax(dim=3)", 13, "one axis: 0 to 2"),
    ),
    "channel_shuffle": (
        Example("ChannelShuffle(groups=4)", 13, "", 8),
        Example("ChannelShuffle(groups=4)", 13, "", 6),
    ),
    "halve": (
        Example("GLU()", 12, "the last axis, unless you say which"),
        Example("GLU()", 13, ""),
    ),
    "halve_channels": (
        Example("GLU(dim=1)", 13, "", 8),
        Example("GLU(dim=1)", 13, "", 7),
    ),
}
"""The examples of each operator."""
