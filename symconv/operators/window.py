"""Windows over a padded input: convolution, pooling and unfold.

* `conv`: `(W + lo + hi - E)//S + 1`, the number of windows that fit; `E` is a window's extent.
* pools: the same, and torch's own ceil mode.
* `unfold`: the windows of two axes, in one row.

References: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016),
relationships 6, 7 and 15; torch 2.13, `ATen/native/Pool.h` and `nn/modules/{conv,pooling,fold}.py`.
"""

from collections.abc import Mapping
from dataclasses import replace

from symconv.operators.borders import REFLECTED, REPEATED, WRAPPED
from symconv.operators.letters import C, D, F, P, S, W, extent, hi, lo
from symconv.operators.operator import Operator
from symconv.operators.reading import Joined, Windows
from symconv.operators.scaling import WINDOWED, Keeps, Shrinks
from symconv.terms import Term, minimum, sizes, substitute, variable, where

groups, in_channels, out_channels, ceil_mode = sizes("groups in_channels out_channels ceil_mode")

positive = {
    "the kernel has a tap": F >= 1,
    "the stride advances": S >= 1,
    "the dilation spaces the taps": D >= 1,
}
padded = {"padding adds cells": minimum(lo, hi) >= 0}
cell = {"the input has a cell": W >= 1}
FITS = "one window fits the padded input"
FIRST_WINDOW = "the first window fits, or in ceil mode hangs over by less than a stride"
fits = {FITS: extent <= W + (lo + hi)}
grouped = {
    "there are groups": groups >= 1,
    "there are output channels": out_channels >= 1,
    "the groups divide the input channels": (in_channels % groups).eq(0),
    "the groups divide the output channels": (out_channels % groups).eq(0),
    "the input has the layer's input channels": C.eq(in_channels),
}

conv = Operator(
    name="conv",
    says="Counts the windows that fit the padded input.",
    size=(W + (lo + hi) - extent) // S + 1,
    requires=positive | padded | cell | fits | grouped,
    channels=out_channels,
    reads=Windows(taps=F, step=S, spacing=D, before=lo, after=hi, weighted=True),
    scaling=WINDOWED,
    family="Convolutions",
    source="Dumoulin & Visin 2016, relationship 15; torch/nn/modules/conv.py",
)

_cropping = replace(conv, requires=conv.without("padding adds cells"))
_pads_first = "torch pads first, with torch.nn.functional.pad, where a negative padding crops"

conv_replicate = replace(
    _cropping,
    name="conv_replicate",
    says="Convolution over an input padded by repeating its border.",
    border=REPEATED,
    source=f"torch/nn/modules/conv.py: {_pads_first}",
)
conv_reflect = replace(
    _cropping,
    name="conv_reflect",
    says="Convolution over an input padded by its reflection.",
    border=REFLECTED,
    requires=_cropping.without(*cell) | REFLECTED.requires,
    source=f"ATen/native/ReflectionPad.cpp; {_pads_first}",
)
conv_circular = replace(
    _cropping,
    name="conv_circular",
    says="Convolution over an input that wraps around.",
    border=WRAPPED,
    requires=_cropping.without(*cell) | WRAPPED.requires,
    source=f"ATen/native/PadNd.cpp; {_pads_first}",
)

_total = D * (F - 1)
SAME = {lo: _total // 2, hi: _total - _total // 2, lo + hi: _total}
"""torch's `padding="same"`: half on each side, the odd cell at the end."""

_implied = (
    FITS,  # said of W + E - 1 >= E: the input has a cell
    "the stride advances",  # it is 1
)


def _same(base: Operator, name: str, also: Mapping[str, Term] = cell) -> Operator:
    """Return a convolution with `padding="same"`, which torch has for stride 1 only."""
    kept = {s: t for s, t in base.requires.items() if s not in _implied and s not in padded}
    own = {"padding='same' needs a stride of 1": S.eq(1)}
    requires = {s: substitute(t, SAME) for s, t in (dict(also) | kept | own).items()}
    return replace(
        base,
        name=name,
        says=base.says.rstrip(".") + ', with padding="same".',
        size=substitute(base.size, SAME),
        requires=requires,
        reads=base.reads.where(SAME),
        scaling=Keeps(stride=S),
        source="torch/nn/modules/conv.py, _ConvNd.__init__",
    )


conv_same = _same(conv, "conv_same")
conv_same_replicate = _same(conv_replicate, "conv_same_replicate")
conv_same_reflect = _same(conv_reflect, "conv_same_reflect", also={})
conv_same_circular = _same(conv_circular, "conv_same_circular")

_reaching = (W + 2 * P - extent + (S - 1)) // S + 1
starting = (W + P - 1) // S + 1
ceiled = minimum(_reaching, starting)
pooled = where(ceil_mode.eq(1), ceiled, (W + 2 * P - extent) // S + 1)
"""torch's pool size. In ceil mode, `ceiled`, it also counts windows that hang over the end by
less than a stride, unless they start in the padding on the right: torch drops such a window."""

WINDOWS = Windows(taps=F, step=S, spacing=D, before=P, after=P)
"""Windows that are padded alike on both sides."""

max_pool = Operator(
    name="max_pool",
    says="Takes the largest value of each window.",
    size=pooled,
    requires=positive
    | {
        "padding adds cells": P >= 0,
        "padding is at most half the kernel": P <= F // 2,
        **cell,
        FIRST_WINDOW: extent <= W + 2 * P + where(ceil_mode.eq(1), S - 1, 0),
    },
    reads=WINDOWS,
    scaling=WINDOWED.changed(ceiled=True),
    family="Pools",
    source="torch ATen/native/Pool.h, pooling_output_shape and pool2d_shape_check",
)

_undilated = replace(max_pool.where({extent: F}), reads=Windows(taps=F, step=S, before=P, after=P))

avg_pool = replace(
    _undilated,
    name="avg_pool",
    says="Takes the mean of each window.",
    requires=_undilated.without("the dilation spaces the taps"),
    source="torch ATen/native/AveragePool2d.cpp",
)
_unpadded_input_reaches = {"the kernel fits the unpadded input": F <= W}
avg_pool3d = replace(
    avg_pool,
    name="avg_pool3d",
    requires=avg_pool.without("the input has a cell", FIRST_WINDOW) | _unpadded_input_reaches,
    source="torch ATen/native/AveragePool3d.cpp: stricter than in one and two dimensions",
)
_unpadded = replace(
    avg_pool.where({W + 2 * P: W, W + P: W}),
    reads=Windows(taps=F, step=S),
    scaling=Shrinks(stride=S, rest=F, ceiled=True),
)

lp_pool = replace(
    _unpadded,
    name="lp_pool",
    says="Takes the p-norm of each window.",
    requires=_unpadded.without("padding adds cells", "padding is at most half the kernel"),
    source="torch/nn/functional.py, lp_pool1d and lp_pool2d",
)
lp_pool3d = replace(
    lp_pool,
    name="lp_pool3d",
    requires=lp_pool.without("the input has a cell", FIRST_WINDOW) | _unpadded_input_reaches,
    source="torch/nn/functional.py, lp_pool3d, which calls avg_pool3d",
)


def numbered(axis: int) -> dict[Term, Term]:
    """Return the letters of a numbered axis, such as `W1` and `F1`, by those of one axis."""
    return {letter: variable(f"{letter.args[0]}{axis}") for letter in (W, F, S, P, D)}


def on_axis(term: Term, axis: int) -> Term:
    """Return a law of one axis in the letters of a numbered axis."""
    return substitute(term, numbered(axis))


_windows = conv.symmetric
_axes = (1, 2)

unfold = Operator(
    name="unfold",
    says="Lays the windows of two axes out in one row.",
    size=on_axis(_windows.size, 1) * on_axis(_windows.size, 2),
    requires={
        f"{sentence} (axis {axis})": on_axis(_windows.requires[sentence], axis)
        for sentence in (*positive, *padded, *cell, *fits)
        for axis in _axes
    },
    channels=C * on_axis(F, 1) * on_axis(F, 2),
    reads=Joined(windows=WINDOWS.where(numbered(1))),
    family="Unfold and fold",
    source="torch/nn/modules/fold.py, Unfold; ATen/native/im2col_shape_check.h",
)
