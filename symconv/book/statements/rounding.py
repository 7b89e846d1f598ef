"""The statements of chapter 6, Rounding and dialects."""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    FITS,
    KERNEL,
    PADDING,
    STRIDE,
    WINDOW,
    D,
    F,
    P,
    S,
    W,
    conv,
    extent,
    t,
    x,
)
from symconv.book.statements.statement import All, Have, Iff, Theorem
from symconv.operators import OPERATORS
from symconv.operators.dialects import (
    pool_ceil_caffe,
    pool_ceil_raw,
    pool_ceil_torch,
    same,
    same_padding,
)
from symconv.operators.letters import hi, lo
from symconv.operators.window import starting
from symconv.terms import both, maximum, minimum, substitute, where

raw, torchs, caffes = pool_ceil_raw.term, pool_ceil_torch.term, pool_ceil_caffe.term
POOL = {"padding is at most half the kernel": P <= F // 2}
_padded = substitute(OPERATORS["conv"].size, {lo + hi: t})
_same_here = _padded.eq(same)

_left = W % S
_rounded_up = (
    Have("quotient and remainder", W.eq(S * (W // S) + _left) & (0 <= _left) & (_left < S)),
    Have(
        "rounding up adds one where something is left", same.eq(W // S + where(_left.eq(0), 0, 1))
    ),
    Have("so in strides", (S * same).eq(W - _left + where(_left.eq(0), 0, S))),
)

THEOREMS = (
    Theorem(
        name="ceil_mode_is_minimum",
        says="torch's ceil mode is the smaller of two counts: of windows that reach into the "
        "padded input, and of those that start before its right padding.",
        given=STRIDE,
        claim=torchs.eq(minimum(raw, starting)),
        cites="ATen/native/Pool.h, pooling_output_shape_pad_lr",
    ),
    Theorem(
        name="ceil_mode_drops_one",
        says="As torch's source has it: the rounded count, less one where the last window would "
        "start in the right padding.",
        given=STRIDE | KERNEL | PADDING | POOL | CELL,
        claim=torchs.eq(where(W + P <= (raw - 1) * S, raw - 1, raw)),
        uses=("ceil_mode_is_minimum",),
        cites="ATen/native/Pool.h, pooling_output_shape_pad_lr",
    ),
    Theorem(
        name="ceil_mode_ge_floor",
        says="Ceil mode gives the floor's count or one more.",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=(conv() <= torchs) & (torchs <= conv() + 1),
        uses=("ceil_mode_drops_one",),
    ),
    Theorem(
        name="dialects_of_ceil_mode_le",
        says="torch counts no more windows than Caffe, and Caffe no more than the plain ceiling.",
        given=STRIDE,
        claim=(torchs <= caffes) & (caffes <= raw),
    ),
    Theorem(
        name="not_dialects_agree_torch_raw",
        says="«Ceil mode is the formula with a ceiling»: torch drops a window that starts beyond.",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=torchs.eq(raw),
        expected="refuted",
        counterexample={"S": 2, "F": 1, "D": 1, "P": 0, "W": 2},
        uses=("ceil_mode_drops_one",),
    ),
    Theorem(
        name="not_dialects_agree_torch_caffe",
        says="«Caffe's ceil mode is torch's»: Caffe drops that window only where there is padding.",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=torchs.eq(caffes),
        expected="refuted",
        counterexample={"S": 2, "F": 1, "D": 1, "P": 0, "W": 2},
        uses=("dialects_of_ceil_mode_le",),
    ),
    Theorem(
        name="not_dialects_agree_caffe_raw",
        says="«Caffe's ceil mode is the plain ceiling»: not with padding.",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=caffes.eq(raw),
        expected="refuted",
        counterexample={"S": 2, "F": 2, "D": 1, "P": 1, "W": 1},
        uses=("dialects_of_ceil_mode_le",),
    ),
    Theorem(
        name="not_guide_7_in_ceil_mode",
        says="«Relationship 7 holds for any type of pooling»: in ceil mode there may be one more.",
        given=STRIDE | KERNEL | CELL | {"the window fits": F <= W, "there is no dilation": D.eq(1)},
        claim=substitute(torchs, {P: 0}).eq(conv(P=0)),
        expected="refuted",
        counterexample={"S": 2, "F": 2, "D": 1, "W": 3},
        uses=("ceil_mode_ge_floor",),
        cites="Dumoulin & Visin 2016, relationship 7",
    ),
    Theorem(
        name="same_of_any_split",
        says="As for the size, any paddings of E - 1 in all round W/S up, for every W.",
        given=STRIDE | {"the paddings are E - 1 together": t.eq(extent - 1)},
        claim=_same_here,
    ),
    Theorem(
        name="same_of_tensorflow",
        says="TensorFlow's own padding, which depends on W, gives W/S rounded up.",
        given=STRIDE | KERNEL | CELL | {"TensorFlow's padding": t.eq(same_padding)},
        steps=(
            *_rounded_up,
            Have("so many strides fit", S * (same - 1) <= W + t - extent),
            Have("one more does not", W + t - extent < S * same),
        ),
        claim=_same_here,
        cites="TensorFlow, core/framework/common_shape_fns.cc",
    ),
    Theorem(
        name="same_padding_least",
        says="No smaller padding of both sides together does it.",
        given=STRIDE
        | KERNEL
        | CELL
        | {"it pads": t >= 0, "less than TensorFlow does": t < same_padding},
        steps=(
            *_rounded_up,
            Have("the last stride does not fit", W + t - extent < S * (same - 1)),
        ),
        claim=_padded < same,
        uses=("same_of_tensorflow",),
    ),
    Theorem(
        name="same_padding_of_residue",
        says="TensorFlow's padding depends only on W modulo S: a static padding exists on each "
        "residue.",
        given=STRIDE | {"the same residue": (W % S).eq(x % S)},
        claim=same_padding.eq(substitute(same_padding, {W: x})),
    ),
    Theorem(
        name="static_same_padding",
        says="One padding is TensorFlow's for all sizes only where the stride or the extent is 1.",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, same_padding.eq(t), (1, S)),
            both(S.eq(1), t.eq(extent - 1)) | both(extent.eq(1), t.eq(0)),
            forth=(
                Have("S leaves no remainder", t.eq(maximum(extent - S, 0))),
                Have("1 leaves 1, unless S is 1", S.eq(1) | t.eq(extent - 1)),
            ),
            back=(
                Have("with a stride of 1 nothing is left over", (S > 1) | (W % S).eq(0)),
                Have("what is left over is positive", (W % S >= 0) & (W % S < S)),
            ),
        ),
        uses=("same_padding_of_residue",),
    ),
    Theorem(
        name="not_half_padding_halves",
        says="«A stride of 2 with half padding halves»: an odd size is rounded up, not down.",
        given=CELL | {"half padding of an odd kernel": both(F.eq(2 * P + 1), P >= 0)},
        claim=conv(S=2, D=1).eq(W // 2),
        expected="refuted",
        counterexample={"F": 1, "P": 0, "W": 1},
        uses=("ceil_for_all_sizes",),
    ),
)
