"""Sizes that are asked for or multiplied: adaptive pooling, interpolation, shuffles.

References: torch 2.13, `ATen/native/AdaptivePooling.h`, `ATen/native/UpSample.h`,
`ATen/native/FractionalMaxPool2d.cpp` and `FractionalMaxPool3d.cpp`, `ATen/native/PixelShuffle.cpp`.
"""

from dataclasses import replace

from symconv.operators.letters import C, F, O, W
from symconv.operators.operator import Operator
from symconv.operators.reading import SPREAD, Blocks, Interpolated, Random
from symconv.operators.window import cell
from symconv.terms import sizes

upscale_factor, downscale_factor = sizes("upscale_factor downscale_factor")
scale_numerator, scale_denominator = sizes("scale_numerator scale_denominator")

adaptive_pool = Operator(
    name="adaptive_pool",
    says="Pools with as many windows as are asked for.",
    size=O,
    requires={"the output size is not negative": O >= 0} | cell,
    reads=SPREAD,
    family="Pools",
    source="torch ATen/native/AdaptivePooling.h",
)

resize = Operator(
    name="resize",
    says="Interpolates to the size that is asked for.",
    size=O,
    requires=cell | {"the output has a cell": O >= 1},
    reads=Interpolated(),
    family="Resizing and shuffles",
    source="torch ATen/native/UpSample.h, upsample_2d_common_check",
)
resize_area = replace(
    resize,
    name="resize_area",
    says="Averages areas, which is adaptive pooling.",
    reads=SPREAD,
    requires=adaptive_pool.requires,
    source="torch/nn/functional.py, interpolate with mode='area'",
)

_scaled = W * scale_numerator // scale_denominator

upsample = Operator(
    name="upsample",
    says="Interpolates to a dyadic multiple of the size, rounded down.",
    size=_scaled,
    requires={"the output has a cell": _scaled >= 1},
    reads=Interpolated(),
    factor=(scale_numerator, scale_denominator),
    family="Resizing and shuffles",
    source="torch ATen/native/UpSample.h, compute_output_size: floor of a double product, "
    "which is exact for a factor over a power of two",
)
upsample_area = replace(
    upsample,
    name="upsample_area",
    says="Averages areas, to a dyadic multiple of the size.",
    reads=SPREAD,
    requires=cell,
    source=resize_area.source,
)

fractional_max_pool = Operator(
    name="fractional_max_pool",
    says="Takes the maximum of windows that start at pseudo-random places.",
    size=O,
    requires=cell
    | {
        "the output size is not negative": O >= 0,
        "the windows fit the input": O + F - 1 <= W,
    },
    reads=Random(taps=F),
    family="Pools",
    source="torch ATen/native/FractionalMaxPool2d.cpp",
)
fractional_max_pool3d = replace(
    fractional_max_pool,
    name="fractional_max_pool3d",
    requires={
        "the kernel has a tap": F >= 1,
        "the output size is not negative": O >= 0,
        "the windows fit the input with a cell to spare": O + F - 1 < W,
    },
    source="torch ATen/native/FractionalMaxPool3d.cpp: strict, where its documentation says <=",
)

pixel_shuffle = Operator(
    name="pixel_shuffle",
    says="Moves channels into space.",
    size=W * upscale_factor,
    requires={
        "the upscale factor is positive": upscale_factor >= 1,
        "the square of the upscale factor divides the channels": (
            C % (upscale_factor * upscale_factor)
        ).eq(0),
    },
    channels=C // (upscale_factor * upscale_factor),
    reads=Blocks(side=upscale_factor, spread=True),
    undone_by="pixel_unshuffle",
    family="Resizing and shuffles",
    source="torch ATen/native/PixelShuffle.cpp; Shi et al. 2016, arXiv 1609.05158",
)
pixel_unshuffle = Operator(
    name="pixel_unshuffle",
    says="Moves space into channels.",
    size=W // downscale_factor,
    requires={
        "the downscale factor is positive": downscale_factor >= 1,
        "the downscale factor divides the input": (W % downscale_factor).eq(0),
    },
    channels=C * downscale_factor * downscale_factor,
    reads=Blocks(side=downscale_factor, spread=False),
    undone_by="pixel_shuffle",
    family="Resizing and shuffles",
    source="torch ATen/native/PixelShuffle.cpp, pixel_unshuffle",
)
