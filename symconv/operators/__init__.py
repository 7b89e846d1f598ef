"""The operators: one value each, in the one list that tests, provers and documentation read.

To add an operator, write its value in the file of its family and append it here.
"""

from symconv.operators.keep import (
    batch_norm,
    channel_shuffle,
    group_norm,
    group_norm_free,
    halve,
    halve_channels,
    instance_norm,
    keep,
    layer_norm,
    layer_norm_channels,
    prelu,
    softmax,
)
from symconv.operators.operator import Operator
from symconv.operators.pads import circular_pad, constant_pad, reflection_pad, replication_pad
from symconv.operators.resize import (
    adaptive_pool,
    fractional_max_pool,
    fractional_max_pool3d,
    pixel_shuffle,
    pixel_unshuffle,
    resize,
    resize_area,
    upsample,
    upsample_area,
)
from symconv.operators.scatter import (
    conv_transpose,
    conv_transpose_sized,
    fold,
    max_unpool,
    max_unpool3d,
    max_unpool_sized,
)
from symconv.operators.window import (
    avg_pool,
    avg_pool3d,
    conv,
    conv_circular,
    conv_reflect,
    conv_replicate,
    conv_same,
    conv_same_circular,
    conv_same_reflect,
    conv_same_replicate,
    lp_pool,
    lp_pool3d,
    max_pool,
    unfold,
)

OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        conv,
        conv_replicate,
        conv_reflect,
        conv_circular,
        conv_same,
        conv_same_replicate,
        conv_same_reflect,
        conv_same_circular,
        conv_transpose,
        conv_transpose_sized,
        max_pool,
        avg_pool,
        avg_pool3d,
        lp_pool,
        lp_pool3d,
        adaptive_pool,
        fractional_max_pool,
        fractional_max_pool3d,
        max_unpool,
        max_unpool3d,
        max_unpool_sized,
        unfold,
        fold,
        resize,
        resize_area,
        upsample,
        upsample_area,
        pixel_shuffle,
        pixel_unshuffle,
        constant_pad,
        reflection_pad,
        replication_pad,
        circular_pad,
        keep,
        batch_norm,
        instance_norm,
        group_norm,
        group_norm_free,
        layer_norm,
        layer_norm_channels,
        prelu,
        softmax,
        channel_shuffle,
        halve,
        halve_channels,
    )
}
"""Every size law, by name."""

__all__ = ["OPERATORS", "Operator"]
