"""Rules of other frameworks for the same windows: their ceil modes, and TensorFlow's `SAME`.

They serve the statements that compare them; layers are torch's. Each was compared with its
framework by running it.

References: Caffe, `pooling_layer.cpp`; CoreML MIL, `ceil_mode`; PaddlePaddle and OpenVINO's
`ceil`; torch, `ATen/native/Pool.h`; TensorFlow, `core/framework/common_shape_fns.cc`.
"""

from collections.abc import Mapping

from symconv.operators.letters import P, S, W
from symconv.operators.scaling import extent
from symconv.operators.window import ceiled, starting
from symconv.terms import Term, maximum, minimum, where

# rounded up by negation, as these frameworks' sources have it; torch adds S - 1 instead
_reaching = -((-(W + 2 * P - extent)) // S) + 1

DIALECTS: Mapping[str, Term] = {
    "pool_ceil_raw": _reaching,
    "pool_ceil_torch": ceiled,
    "pool_ceil_caffe": where(1 <= P, minimum(_reaching, starting), _reaching),
}
"""Pools in ceil mode: every window that reaches in; torch's, which starts no window beyond the
input and its left padding; Caffe's, which does so only where there is padding."""

same = -((-W) // S)
"""TensorFlow's output size for `SAME`: the input over the stride, rounded up."""

same_padding = maximum(extent - where((W % S).eq(0), S, W % S), 0)
"""TensorFlow's padding for `SAME`, both sides together; the odd cell goes to the end."""
