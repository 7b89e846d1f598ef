"""The statements of chapter 6, Rounding and dialects; `SAME` has a file of its own."""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.letters import (
    CELL,
    FITS,
    KERNEL,
    PADDING,
    STRIDE,
    D,
    F,
    P,
    S,
    W,
    conv,
    extent,
)
from symconv.book.statements.same_paddings import SAME_PADDINGS
from symconv.book.statements.statement import Have, Theorem
from symconv.operators.dialects import pool_ceil_caffe, pool_ceil_raw, pool_ceil_torch
from symconv.operators.window import starting
from symconv.terms import minimum, substitute, where

raw, torchs, caffes = pool_ceil_raw.term, pool_ceil_torch.term, pool_ceil_caffe.term
POOL = {"padding is at most half the kernel": P <= F // 2}
_POOLED = STRIDE | KERNEL | PADDING | POOL | CELL
_beyond = W + 2 * P - extent
"""The cells of the padded input beyond its first window."""

_smaller_count = Have(
    "torch counts the windows that hang over the end by less than a stride, or not at all, but no "
    "more than start before the right padding, (W + P - 1)//S + 1. Adding S - 1 before the floor "
    "rounds the quotient up.",
    torchs.eq(minimum(raw, starting)),
    "torch 数的是没有伸出末端、或伸出末端不足一个步长的窗口，但不超过在右侧填充之前开始的窗口数 "
    "(W + P - 1)//S + 1。先加 S - 1 再向下取整，就是向上取整。",
)

_drops_one = torchs.eq(where(W + P <= (raw - 1) * S, raw - 1, raw))
_floor_or_one_more = (conv() <= torchs) & (torchs <= conv() + 1)

THEOREMS = (
    Theorem(
        name="ceil_mode_is_minimum",
        says="torch's ceil mode is the smaller of two counts: of windows that hang over the end by "
        "less than a stride, or not at all, and of those that start before the right padding.",
        zh="torch 的 ceil mode 取两个数里较小的一个：没有伸出末端、或伸出末端不足一个步长的窗口数，"
        "和在右侧填充之前开始的窗口数。",
        given=STRIDE,
        steps=(
            Have(
                "torch adds S - 1 before it rounds down. That carries a begun stride up to a whole "
                "one and leaves whole strides alone: it rounds up.",
                ((_beyond + (S - 1)) // S).eq(-((-_beyond) // S)),
                "torch 先加 S - 1 再向下取整：不足一个的步长被补成一整个，完整的步长则不变，"
                "这就是向上取整。",
            ),
        ),
        claim=_smaller_count.claim,
        cites="ATen/native/Pool.h, pooling_output_shape_pad_lr",
    ),
    Theorem(
        name="ceil_mode_drops_one",
        says="As torch's source has it: the rounded count, less one where the last window would "
        "start in the right padding.",
        zh="按 torch 源码的写法：取向上取整的个数；如果最后一个窗口会从右侧的填充里开始，"
        "就减一个。",
        given=_POOLED,
        steps=(
            _smaller_count,
            Have(
                "Of the windows of the first count, all start before the right padding just when "
                "the last one does; it lies one stride in for each window before it.",
                (raw <= starting).iff((raw - 1) * S < W + P),
                "第一个数里的窗口都在右侧填充之前开始，当且仅当其中最后一个是这样；"
                "它前面有几个窗口，它就靠后几个步长。",
            ),
            Have(
                "The window before the last ends inside the padded input, and the kernel is longer "
                "than the padding. So it starts before the right padding, and at most one window "
                "is dropped.",
                (raw - 2) * S < W + P,
                "倒数第二个窗口在填充后的输入之内结束，而卷积核比填充长，"
                "所以它在右侧填充之前开始：最多只丢掉一个窗口。",
            ),
            Have(
                "So the smaller count is the rounded one, or one less where the last window "
                "starts too late.",
                _drops_one,
                "所以较小的那个就是向上取整的个数；最后一个窗口开始得太晚时少一个。",
            ),
        ),
        claim=_drops_one,
        uses=("ceil_mode_is_minimum",),
        cites="ATen/native/Pool.h, pooling_output_shape_pad_lr",
        drawn=(Drawn("MaxPool1d(2, stride=2, padding=1, ceil_mode=True)", 3),),
    ),
    Theorem(
        name="ceil_mode_ge_floor",
        says="Ceil mode gives the floor's count or one more.",
        zh="ceil mode 得到的个数和向下取整一样，或者多一个。",
        given=_POOLED | FITS,
        steps=(
            _smaller_count,
            Have(
                "Rounding up gives what rounding down gives, or one more where the last stride is "
                "not a whole one.",
                (conv() <= raw) & (raw <= conv() + 1),
                "向上取整的个数就是向下取整的个数；最后一个步长不完整时多一个。",
            ),
            Have(
                "No window that fits is dropped: the last one ends inside the padded input, and "
                "the kernel is longer than the padding, so it starts before the right padding.",
                (conv() - 1) * S < W + P,
                "放得下的窗口都不会被丢掉：最后一个在填充后的输入之内结束，而卷积核比填充长，"
                "所以它在右侧填充之前开始。",
            ),
            Have(
                "So neither count is below conv(W), and the first is at most one more: so is the "
                "smaller.",
                _floor_or_one_more,
                "所以两个数都不小于 conv(W)，第一个最多多一个；较小的那个也一样。",
            ),
        ),
        claim=_floor_or_one_more,
        uses=("ceil_mode_drops_one",),
    ),
    Theorem(
        name="dialects_of_ceil_mode_le",
        says="torch counts no more windows than Caffe, and Caffe no more than the plain ceiling.",
        zh="torch 数的窗口不比 Caffe 多，Caffe 数的不比单纯的向上取整多。",
        given=STRIDE,
        steps=(
            _smaller_count,
            Have(
                "Caffe counts as torch does where there is padding; where there is none, it takes "
                "the plain ceiling.",
                caffes.eq(where(P >= 1, torchs, raw)),
                "有填充时 Caffe 和 torch 数得一样；没有填充时，它就用单纯的向上取整。",
            ),
        ),
        claim=(torchs <= caffes) & (caffes <= raw),
        uses=("ceil_mode_is_minimum",),
    ),
    Theorem(
        name="not_dialects_agree_torch_raw",
        says="«Ceil mode is the formula with a ceiling»: torch drops a last window that would "
        "start beyond the input.",
        zh="“ceil mode 就是把公式换成向上取整”：最后一个窗口如果从输入之外开始，torch 会丢掉它。",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=torchs.eq(raw),
        expected="refuted",
        counterexample={"S": 2, "F": 1, "D": 1, "P": 0, "W": 2},
        uses=("ceil_mode_drops_one",),
    ),
    Theorem(
        name="not_dialects_agree_torch_caffe",
        says="«Caffe's ceil mode is torch's»: Caffe drops such a last window only where there is "
        "padding.",
        zh="“Caffe 的 ceil mode 就是 torch 的”：只有在有填充时，Caffe 才丢掉这样的最后一个窗口。",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=torchs.eq(caffes),
        expected="refuted",
        counterexample={"S": 2, "F": 1, "D": 1, "P": 0, "W": 2},
        uses=("dialects_of_ceil_mode_le",),
    ),
    Theorem(
        name="not_dialects_agree_caffe_raw",
        says="«Caffe's ceil mode is the plain ceiling»: with padding, it drops a last window that "
        "would start beyond the input.",
        zh="“Caffe 的 ceil mode 就是单纯的向上取整”：有填充时，最后一个窗口如果从输入之外开始，"
        "它会丢掉。",
        given=STRIDE | KERNEL | PADDING | POOL | CELL | FITS,
        claim=caffes.eq(raw),
        expected="refuted",
        counterexample={"S": 2, "F": 2, "D": 1, "P": 1, "W": 1},
        uses=("dialects_of_ceil_mode_le",),
    ),
    Theorem(
        name="not_guide_7_in_ceil_mode",
        says="«Relationship 7 holds for any type of pooling»: in ceil mode a last window that "
        "hangs over the end counts, too.",
        zh="“关系式 7 对任何类型的池化都成立”：在 ceil mode 下，最后一个伸出末尾的窗口也算。",
        given=STRIDE | KERNEL | CELL | {"the window fits": F <= W, "there is no dilation": D.eq(1)},
        claim=substitute(torchs, {P: 0}).eq(conv(P=0)),
        expected="refuted",
        counterexample={"S": 2, "F": 2, "D": 1, "W": 3},
        uses=("ceil_mode_ge_floor",),
        cites="Dumoulin & Visin 2016, relationship 7",
    ),
    *SAME_PADDINGS,
)
