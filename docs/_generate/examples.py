"""The worked examples of the operators' pages: layers and sizes, none of their answers.

On an operator's page stand the examples whose layer follows its law. The first one is worked out
with its numbers. What comes out is computed and run on torch when the page is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from _generate.layers_of import followed_by
from _generate.running import Example
from symconv.operators import Operator

_SAME = "the odd cell of an even extent stands at the end"
_HALVES = "the border is not repeated"

EXAMPLES: Sequence[Example] = (
    Example("Conv2d(3, 64, kernel_size=7, stride=2, padding=3)", 224, "ResNet's first layer"),
    Example("Conv2d(1, 1, kernel_size=3, stride=2, padding=1)", (5, 6), "two sizes, one output"),
    Example("Conv1d(1, 1, kernel_size=3, dilation=4)", 9, "extent 9: one window"),
    Example("Conv1d(1, 1, kernel_size=3, dilation=4)", 8, "one cell less"),
    Example("Conv1d(1, 1, 3, padding=1, padding_mode='replicate')", 5, ""),
    Example("Conv1d(1, 1, 3, padding=4, padding_mode='replicate')", 1, "more padding than input"),
    Example("Conv1d(1, 1, 3, padding=-1, padding_mode='replicate')", 8, "a negative padding crops"),
    Example("Conv1d(1, 1, 5, padding=-1, padding_mode='replicate')", 6, "and may crop too much"),
    Example("Conv2d(1, 1, 3, padding=2, padding_mode='reflect')", 3, ""),
    Example("Conv2d(1, 1, 3, padding=2, padding_mode='reflect')", 2, _HALVES),
    Example("Conv1d(1, 1, 3, padding=2, padding_mode='circular')", 2, "once around"),
    Example("Conv1d(1, 1, 3, padding=3, padding_mode='circular')", 2, "more than once"),
    Example("Conv2d(1, 1, kernel_size=4, padding='same')", 7, _SAME),
    Example("Conv1d(1, 1, kernel_size=3, padding='same', dilation=8)", 2, ""),
    Example("Conv1d(1, 1, kernel_size=3, stride=2, padding='same')", 8, "whatever the input"),
    Example("Conv1d(1, 1, 7, padding='same', padding_mode='replicate')", 2, "more than the input"),
    Example("Conv1d(1, 1, 4, padding='same', padding_mode='replicate')", 0, "no border to repeat"),
    Example("Conv1d(1, 1, 4, padding='same', padding_mode='reflect')", 5, _SAME),
    Example("Conv1d(1, 1, 5, padding='same', padding_mode='reflect')", 2, _HALVES),
    Example("Conv1d(1, 1, 5, padding='same', padding_mode='circular')", 2, "once around"),
    Example("Conv1d(1, 1, 7, padding='same', padding_mode='circular')", 2, "more than once"),
    Example("ConvTranspose2d(1, 1, kernel_size=4, stride=2, padding=1)", 16, "doubles"),
    Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_padding=1)", 12, "doubles, too"),
    Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1)", 12, "one less"),
    Example(
        "ConvTranspose1d(1, 1, 3, stride=2, dilation=5, output_padding=4)",
        4,
        "output padding above the stride, below the dilation",
    ),
    Example("ConvTranspose1d(1, 1, 3, stride=2, output_padding=2)", 4, "below neither"),
    Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_size=24)", 12, ""),
    Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_size=23)", 12, ""),
    Example("ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_size=25)", 12, "out of reach"),
    Example("MaxPool2d(kernel_size=3, stride=2, padding=1)", 112, "ResNet's pool"),
    Example("MaxPool1d(kernel_size=3, stride=2, padding=1, ceil_mode=True)", 6, "rounded up"),
    Example("MaxPool1d(kernel_size=1, stride=2, ceil_mode=True)", 32, "the last window is dropped"),
    Example("MaxPool1d(kernel_size=2, padding=2, dilation=3)", 9, "half of the kernel, undilated"),
    Example("AvgPool2d(kernel_size=4, stride=4, padding=2, ceil_mode=True)", 9, ""),
    Example("AvgPool1d(kernel_size=2, padding=1)", 1, ""),
    Example("AvgPool1d(kernel_size=3)", 2, ""),
    Example("AvgPool3d(kernel_size=2, padding=1)", 2, ""),
    Example("AvgPool3d(kernel_size=2, padding=1)", 1, "one and two dimensions take this"),
    Example("LPPool2d(norm_type=2, kernel_size=2, ceil_mode=True)", 5, ""),
    Example("LPPool1d(norm_type=2, kernel_size=4)", 3, ""),
    Example("LPPool3d(norm_type=2, kernel_size=2, stride=1)", 3, ""),
    Example("LPPool3d(norm_type=2, kernel_size=3, stride=2, ceil_mode=True)", 2, ""),
    Example("AdaptiveAvgPool2d(output_size=7)", 10, "windows overlap"),
    Example("AdaptiveMaxPool1d(output_size=3)", 2, "more windows than cells"),
    Example("FractionalMaxPool2d(kernel_size=2, output_size=7)", 8, ""),
    Example("FractionalMaxPool2d(kernel_size=3, output_size=7)", 8, ""),
    Example("FractionalMaxPool3d(kernel_size=2, output_size=6)", 8, ""),
    Example("FractionalMaxPool3d(kernel_size=2, output_size=7)", 8, "two dimensions take this"),
    Example("MaxUnpool2d(kernel_size=2, stride=2)", 4, ""),
    Example("MaxUnpool1d(kernel_size=3, stride=2, padding=1)", 4, ""),
    Example("MaxUnpool1d(kernel_size=2, stride=1, padding=2)", 1, ""),
    Example("MaxUnpool3d(kernel_size=2, stride=2)", 2, ""),
    Example("MaxUnpool3d(kernel_size=2, stride=1, padding=2)", 1, ""),
    Example("MaxUnpool1d(kernel_size=2, stride=2, output_size=7)", 3, ""),
    Example("MaxUnpool1d(kernel_size=2, stride=2, output_size=5)", 3, ""),
    Example("MaxUnpool1d(kernel_size=2, stride=2, output_size=8)", 3, "a stride above 6"),
    Example("Unfold(kernel_size=3, padding=1)", (5, 6), "as many windows as cells", 2),
    Example("Unfold(kernel_size=4)", (5, 3), "", 2),
    Example("Fold(output_size=(5, 6), kernel_size=3)", 12, "3 times 4 windows", 18),
    Example("Fold(output_size=(5, 6), kernel_size=3)", 30, "", 18),
    Example("Upsample(size=7)", 3, ""),
    Example("UpsamplingBilinear2d(size=(4, 9))", (8, 3), "down and up"),
    Example("Upsample(size=0)", 3, ""),
    Example("Upsample(size=7, mode='area')", 3, ""),
    Example("Upsample(size=0, mode='area')", 3, "the other modes refuse this"),
    Example("Upsample(scale_factor=1.5)", 5, "rounded down"),
    Example("UpsamplingNearest2d(scale_factor=2)", 16, ""),
    Example("Upsample(scale_factor=0.25)", 3, ""),
    Example("Upsample(scale_factor=1.5, mode='area')", 5, ""),
    Example("Upsample(scale_factor=0.25, mode='area')", 3, "the other modes refuse this"),
    Example("PixelShuffle(upscale_factor=3)", 8, "18 channels become 2", 18),
    Example("PixelShuffle(upscale_factor=2)", 8, "", 6),
    Example("PixelUnshuffle(downscale_factor=2)", 8, "", 3),
    Example("PixelUnshuffle(downscale_factor=2)", (8, 7), "", 3),
    Example("ConstantPad1d((2, -1), 0.0)", 5, ""),
    Example("ZeroPad2d((1, 0, 2, 0))", 5, "the last axis first"),
    Example("ConstantPad1d((-3, 5), 0.0)", 2, "crops come first"),
    Example("ReflectionPad1d(3)", 4, ""),
    Example("ReflectionPad1d(3)", 3, _HALVES),
    Example("ReplicationPad1d((3, 0))", 1, ""),
    Example("ReplicationPad1d((-3, 0))", 2, ""),
    Example("CircularPad1d(3)", 3, ""),
    Example("CircularPad1d(4)", 3, ""),
    Example("ReLU()", 13, ""),
    Example("Dropout(p=0.5)", (3, 4, 5), ""),
    Example("BatchNorm2d(num_features=8)", 13, "", 8),
    Example("BatchNorm2d(num_features=8)", 13, "", 4),
    Example("InstanceNorm2d(num_features=8)", 13, "", 8),
    Example("InstanceNorm2d(num_features=8)", 1, "one value has no spread", 8),
    Example("GroupNorm(num_groups=4, num_channels=8)", 13, "", 8),
    Example("GroupNorm(num_groups=4, num_channels=8)", 13, "", 4),
    Example("GroupNorm(num_groups=4, num_channels=8, affine=False)", 13, "any multiple of 4", 12),
    Example("GroupNorm(num_groups=4, num_channels=8, affine=False)", 13, "", 6),
    Example("LayerNorm(normalized_shape=(13, 17))", (13, 17), ""),
    Example("LayerNorm(normalized_shape=(13, 17))", (17, 13), ""),
    Example("LayerNorm(normalized_shape=(8, 13))", 13, "", 8),
    Example("LayerNorm(normalized_shape=(8, 13))", 13, "", 4),
    Example("PReLU(num_parameters=8)", 13, "", 8),
    Example("PReLU(num_parameters=8)", 13, "", 4),
    Example("Softmax(dim=-1)", 13, ""),
    Example("Softmax(dim=3)", 13, "one axis: 0 to 2"),
    Example("ChannelShuffle(groups=4)", 13, "", 8),
    Example("ChannelShuffle(groups=4)", 13, "", 6),
    Example("GLU()", 12, "the last axis, unless you say which"),
    Example("GLU()", 13, ""),
    Example("GLU(dim=1)", 13, "", 8),
    Example("GLU(dim=1)", 13, "", 7),
)
"""All examples; one whose parameters are refused is no layer, and goes with the one above."""


def examples_of(operator: Operator) -> list[Example]:
    """Return the examples of an operator, in their order."""
    examples, follows = [], False
    for example in EXAMPLES:
        laws = followed_by(example.layer, example.size)
        follows = follows if laws is None else operator.name in laws
        examples += [example] if follows else []
    return examples
