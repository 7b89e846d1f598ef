"""Scattered windows: transposed convolution, unpooling and fold.

* `conv_transpose`: `(W - 1)*S + E - 2P + A`, the extent that the taps are scattered over, cropped.
* `max_unpool`: the same with `D = 1` and `A = 0`.
* `fold`: puts windows back; its output size is given, and the number of windows must match it.

References: Dumoulin & Visin (2016), relationships 8 to 14; torch 2.13, `nn/modules/conv.py`,
`ATen/native/ConvUtils.h`, `nn/modules/pooling.py`, `nn/modules/fold.py`.
"""

from dataclasses import replace

from symconv.operators.letters import A, C, D, F, O, P, S, W, extent
from symconv.operators.operator import Operator
from symconv.operators.reading import Indexed, Joined, Scattered
from symconv.operators.scaling import SCATTERED
from symconv.operators.window import (
    WINDOWS,
    grouped,
    numbered,
    on_axis,
    out_channels,
    positive,
    unfold,
)
from symconv.terms import sizes, substitute

O1, O2, W1, W2 = sizes("O1 O2 W1 W2")

_cropped = (W - 1) * S + extent - 2 * P

conv_transpose = Operator(
    name="conv_transpose",
    says="Scatters the kernel over the output, one stride a cell, and crops the borders.",
    size=_cropped + A,
    requires=positive
    | {
        "padding is not negative": P >= 0,
        "output padding is not negative": A >= 0,
        "output padding is less than the stride or the dilation": (A < S) | (A < D),
        "the input has a cell": W >= 1,
        "cropping leaves the output a cell": _cropped + A >= 1,
    }
    | grouped,
    channels=out_channels,
    reads=Scattered(taps=F, step=S, spacing=D, before=P, after=P, weighted=True, added=A),
    scaling=SCATTERED,
    family="Transposed convolutions",
    source="Dumoulin & Visin 2016, relationship 14; ATen/native/Convolution.cpp",
)

conv_transpose_sized = replace(
    conv_transpose,
    name="conv_transpose_sized",
    reads=conv_transpose.reads.where({A: O - _cropped}),
    scaling=None,
    says="A transposed convolution that is asked for an output size.",
    size=O,
    requires=conv_transpose.without(
        "the stride advances",
        "output padding is not negative",
        "output padding is less than the stride or the dilation",
        "cropping leaves the output a cell",
    )
    | {
        "the output has a cell": O >= 1,
        "the output size is at least that of output padding 0": O >= _cropped,
        "the output size is less than a stride above that of output padding 0": O < _cropped + S,
    },
    source="torch/nn/modules/conv.py, _ConvTransposeNd._output_padding",
)

_unpooled = (W - 1) * S + F - 2 * P

max_unpool = Operator(
    name="max_unpool",
    says="Puts each maximum back where its index says.",
    size=_unpooled,
    requires={
        "the input has a cell": W >= 1,
        "cropping leaves the output a size": _unpooled >= 0,
    },
    reads=Indexed(windows=Scattered(taps=F, step=S, before=P, after=P)),
    family="Unpooling",
    source="torch/nn/modules/pooling.py and nn/functional.py, _unpool_output_size",
)
max_unpool_sized = replace(
    max_unpool,
    name="max_unpool_sized",
    says="An unpooling that is asked for an output size.",
    size=O,
    requires={
        "the input has a cell": W >= 1,
        "the output size is not negative": O >= 0,
        "the output size is less than a stride above the default one": O < _unpooled + S,
        "the output size is more than a stride below the default one": O > _unpooled - S,
    },
)
_advancing = {"the stride advances": S >= 1}
max_unpool3d = replace(
    max_unpool, name="max_unpool3d", requires=_advancing | dict(max_unpool.requires)
)

_TURNED = {W1: O1, W2: O2}

fold = Operator(
    name="fold",
    says="Adds windows up where they came from; the output size is given.",
    size=O,
    requires={
        sentence.replace("input", "output"): substitute(term, _TURNED)
        for sentence, term in unfold.requires.items()
    }
    | {
        "there is one input cell for each window of the output": substitute(
            unfold.size, _TURNED
        ).eq(W),
        "the kernel's taps divide the channels": (C % (on_axis(F, 1) * on_axis(F, 2))).eq(0),
    },
    channels=C // (on_axis(F, 1) * on_axis(F, 2)),
    reads=Joined(windows=WINDOWS.where(numbered(1)).painted),
    family="Unfold and fold",
    source="torch/nn/modules/fold.py, Fold; ATen/native/im2col_shape_check.h",
)
