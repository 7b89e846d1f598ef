"""Padding layers; a negative padding crops.

References: torch 2.13, `ATen/native/PadNd.cpp`, `ReflectionPad.cpp`, `ReplicationPadding.cpp`.
"""

from dataclasses import replace

from symconv.operators.borders import REFLECTED, REPEATED, WRAPPED
from symconv.operators.letters import W, hi, lo
from symconv.operators.operator import Operator
from symconv.operators.reading import Cells
from symconv.terms import minimum, sizes

(all_axes,) = sizes("W_output_cells")
"""The sum of the output's sizes over all axes: torch refuses an output without any cell in any."""

_padded = W + lo + hi

constant_pad = Operator(
    name="constant_pad",
    says="Adds cells of one value; crops come first.",
    size=_padded,
    requires={"cropping leaves the input a size": W + minimum(lo, 0) + minimum(hi, 0) >= 0},
    reads=Cells(before=lo, after=hi),
    family="Padding",
    source="torch ATen/native/PadNd.cpp, constant_pad_nd",
)
_has_output = {
    "the output size is not negative": _padded >= 0,
    "some axis of the output has a cell": all_axes >= 1,
}

reflection_pad = replace(
    constant_pad,
    name="reflection_pad",
    says="Adds the reflection of the input, without its border cell.",
    border=REFLECTED,
    requires=REFLECTED.requires | _has_output,
    source="torch ATen/native/ReflectionPad.cpp",
)
replication_pad = replace(
    constant_pad,
    name="replication_pad",
    says="Repeats the border cell.",
    border=REPEATED,
    requires=REPEATED.requires | _has_output,
    source="torch ATen/native/ReplicationPadding.cpp",
)

_overlaps = ((lo < 0) & (0 < W + lo) & (W + lo < hi)) | ((hi < 0) & (0 < W + hi) & (W + hi < lo))

circular_pad = replace(
    constant_pad,
    name="circular_pad",
    says="Wraps the input around.",
    border=WRAPPED,
    requires=WRAPPED.requires
    | {
        "the output size is not negative": _padded >= 0,
        "cropping the start leaves nothing to wrap": (0 <= W + lo) | (2 * (W + lo) + hi <= 0),
        "cropping the end leaves nothing to wrap": (0 <= W + hi) | (2 * W + hi <= 1),
        "wrapped cells do not overlap the cells that they copy": ~_overlaps,
    },
    source="torch ATen/native/PadNd.cpp, _pad_circular_symint",
)
