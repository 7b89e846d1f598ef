"""Statements of chapter 6 about `SAME`: which paddings give W/S rounded up."""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    KERNEL,
    STRIDE,
    WINDOW,
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
from symconv.operators.dialects import same, same_padding
from symconv.operators.letters import hi, lo
from symconv.terms import both, maximum, substitute, where

_padded = substitute(OPERATORS["conv"].size, {lo + hi: t})
_same_here = _padded.eq(same)
_last_start = S * (same - 1)
"""Where the last of W/S windows, rounded up, starts."""
_left = where((W % S).eq(0), S, W % S)
"""The cells of the input from there on."""

_rounded_up = Have(
    "W/S rounded up counts the whole strides of W, and 1 more where something is left over.",
    same.eq(W // S + where((W % S).eq(0), 0, 1)),
    "W/S 向上取整，数的是 W 里有几个完整的步长，有余数时再加 1。",
)
_last_cells = Have(
    "So the strides before the last of that many windows leave W mod S cells of W, or a whole "
    "stride where S divides W.",
    (W - _last_start).eq(_left),
    "所以这么多窗口里，最后一个之前的步长给它剩下 W mod S 格；S 整除 W 时则剩一整个步长。",
)

SAME_PADDINGS = (
    Theorem(
        name="same_of_any_split",
        says="As for the size, any paddings of E - 1 in all round W/S up, for every W.",
        zh="只看尺寸的话，两边一共填充 E - 1 格，不论怎么分，对所有 W 都得到 W/S 向上取整。",
        given=STRIDE | {"the paddings are E - 1 together": t.eq(extent - 1)},
        steps=(
            Have(
                "E less the paddings is 1, so the law rounds (W - 1)/S down and adds 1. That "
                "counts a last stride however short it is, just as rounding W/S up does.",
                _padded.eq((W - 1) // S + 1),
                "E 减去填充等于 1，所以公式是 (W - 1)/S 向下取整再加 1："
                "最后一个步长不论多短都算一个，这正是 W/S 向上取整。",
            ),
        ),
        claim=_same_here,
    ),
    Theorem(
        name="same_of_tensorflow",
        says="TensorFlow's own padding, which depends on W, gives W/S rounded up.",
        zh="TensorFlow 自己的填充取决于 W，得到的是 W/S 向上取整。",
        given=STRIDE | KERNEL | CELL | {"TensorFlow's padding": t.eq(same_padding)},
        steps=(
            _rounded_up,
            _last_cells,
            Have(
                "TensorFlow pads what the kernel needs beyond these cells, so that window fits.",
                _last_start <= W + t - extent,
                "卷积核超出这些格的部分，TensorFlow 都填上了，所以这个窗口放得下。",
            ),
            Have(
                "One more does not: where there is padding, that window ends just where the "
                "padding does; where there is none, another would start beyond the input.",
                W + t - extent < S * same,
                "再多一个就放不下了：有填充时，这个窗口正好在填充的末尾结束；没有填充时，"
                "下一个窗口会从输入之外开始。",
            ),
        ),
        claim=_same_here,
        cites="TensorFlow, core/framework/common_shape_fns.cc",
    ),
    Theorem(
        name="same_padding_least",
        says="No smaller padding of both sides together does it.",
        zh="两边加起来更小的填充都做不到。",
        given=STRIDE
        | KERNEL
        | CELL
        | {"it pads": t >= 0, "less than TensorFlow does": t < same_padding},
        steps=(
            _rounded_up,
            _last_cells,
            Have(
                "TensorFlow pads just what the kernel needs beyond these cells. With less, that "
                "window does not fit.",
                W + t - extent < _last_start,
                "TensorFlow 填的正好是卷积核超出这些格的部分；再少一点，这个窗口就放不下。",
            ),
        ),
        claim=_padded < same,
        uses=("same_of_tensorflow",),
    ),
    Theorem(
        name="same_padding_of_residue",
        says="TensorFlow's padding depends only on W modulo S: a static padding exists on each "
        "residue.",
        zh="TensorFlow 的填充只取决于 W 除以 S 的余数：余数相同的尺寸可以用同一个固定的填充。",
        given=STRIDE | {"the same residue": (W % S).eq(x % S)},
        steps=(
            Have(
                "Of W the rule asks only how many cells are left for the last window, and the "
                "remainder decides that.",
                _left.eq(substitute(_left, {W: x})),
                "这条规则只用到 W 给最后一个窗口剩下多少格，而这由余数决定。",
            ),
        ),
        claim=same_padding.eq(substitute(same_padding, {W: x})),
    ),
    Theorem(
        name="static_same_padding",
        says="One padding is TensorFlow's for all sizes only where the stride or the extent is 1.",
        zh="只有步长或跨度为 1 时，才有一个填充对所有尺寸都是 TensorFlow 的填充。",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, same_padding.eq(t), (1, S)),
            both(S.eq(1), t.eq(extent - 1)) | both(extent.eq(1), t.eq(0)),
            forth=(
                Have(
                    "At W = 1 the only window has one cell of the input, so all but one of its "
                    "cells are padding.",
                    t.eq(extent - 1),
                    "W = 1 时，唯一的窗口里只有一格输入，其余都是填充。",
                ),
                Have(
                    "At W = S it has a whole stride of the input. So E - 1 is E - S or 0: the "
                    "stride is one cell, or the extent is.",
                    t.eq(maximum(extent - S, 0)),
                    "W = S 时，它有一整个步长的输入。所以 E - 1 等于 E - S 或 0："
                    "要么步长是一格，要么跨度是一格。",
                ),
            ),
            back=(
                Have(
                    "The last window has from one cell of the input to a whole stride. So if a "
                    "stride is one cell, it lacks E - 1, and if E is 1, it lacks none.",
                    both(_left >= 1, _left <= S),
                    "最后一个窗口里的输入最少一格，最多一整个步长；所以步长为 1 时缺 E - 1 格，"
                    "E 为 1 时一格也不缺。",
                ),
            ),
        ),
        uses=("same_padding_of_residue",),
    ),
    Theorem(
        name="not_half_padding_halves",
        says="«A stride of 2 with half padding halves»: an odd size is rounded up, not down.",
        zh="“步长为 2 的 half padding 正好减半”：奇数尺寸是向上取整，不是向下。",
        given=CELL | {"half padding of an odd kernel": both(F.eq(2 * P + 1), P >= 0)},
        claim=conv(S=2, D=1).eq(W // 2),
        expected="refuted",
        counterexample={"F": 1, "P": 0, "W": 1},
        uses=("ceil_for_all_sizes",),
    ),
)
