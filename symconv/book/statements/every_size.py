"""Statements of chapter 1 about laws that agree for every size: a few sizes decide each."""

from __future__ import annotations

from symconv.book.statements.letters import STRIDE, WINDOW, P, S, W, c, conv, e, extent
from symconv.book.statements.statement import All, Have, Iff, Theorem
from symconv.terms import both, maximum

_far = S * (maximum(maximum(c, e), 0) + 1)
"""A multiple of S so large that it is a size, whichever of the constants is taken from it."""
_block = S * (2 * P + extent) - 2 * P + extent
"""A size at which a new window begins to fit, large enough to be one."""
_floors_agree = ((W + c) // S).eq((W + e) // S)
_DIVISOR = {"the divisor is positive": S >= 1}

_equal = (
    Have("Each is at most the other.", c.eq(e), "两者互不大于对方，所以相等。"),
    Have("With c = e both sides are the same.", _floors_agree, "c = e 时两边完全相同。"),
)
"""How both statements about equal floors end, from left to right and from right to left."""

_new_window = (
    Have(
        "Take the size at which S(2P + E) cells lie beyond the first window: they are 2P + E "
        "strides exactly, so the last window just fits.",
        conv(_block).eq(2 * P + extent + 1),
        "取这样的尺寸：第一个窗口之后有 S(2P + E) 格，正好是 2P + E 个步长，"
        "最后一个窗口刚好放得下。",
    ),
    Have(
        "With one cell less the last window does not fit.",
        conv(_block - 1).eq(2 * P + extent),
        "少一格，最后一个窗口就放不下了。",
    ),
)

EVERY_SIZE = (
    Theorem(
        name="same_for_all_sizes",
        says="A convolution keeps every size just when its stride is 1 and its paddings together "
        "are one less than its extent.",
        zh="卷积让所有尺寸保持不变，当且仅当步长为 1，且两边的填充加起来比跨度少 1。",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, conv().eq(W), (1, 2, 3)),
            S.eq(1) & (2 * P).eq(extent - 1),
            forth=(
                Have(
                    "conv(1) is 1: one window, and less than a stride left beyond it. conv(3) is "
                    "3: three windows, so at least 2S cells beyond the first; but these are only "
                    "two more than at W = 1. So 2S is less than S + 2, and S is 1.",
                    S.eq(1),
                    "conv(1) 是 1：只有一个窗口，它之后剩下的不足一个步长。"
                    "conv(3) 是 3：有三个窗口，"
                    "第一个之后至少有 2S 格，而这只比 W = 1 时多两格。"
                    "所以 2S < S + 2，S 只能是 1。",
                ),
                Have(
                    "With stride 1 nothing is rounded: conv(1) is 1 + 2P - E + 1, and it is 1.",
                    (2 * P - extent + 2).eq(1),
                    "步长为 1 时不用取整：conv(1) 就是 1 + 2P - E + 1，而它等于 1。",
                ),
            ),
            back=(
                Have(
                    "With stride 1 nothing is rounded: the window costs E - 1 cells, and the "
                    "paddings give 2P.",
                    conv().eq(W - (extent - 1) + 2 * P),
                    "步长为 1 时不用取整：窗口让尺寸少 E - 1 格，两边的填充让它多 2P 格。",
                ),
                Have(
                    "And 2P is E - 1, so that both cancel.",
                    conv().eq(W),
                    "而 2P 等于 E - 1，两者正好抵消。",
                ),
            ),
        ),
        cites="Dumoulin & Visin 2016, relationship 3",
    ),
    Theorem(
        name="odd_extent_of_same",
        says="So a padding that is the same on both sides keeps the size only of an odd extent.",
        zh="所以两边相同的填充要保持尺寸不变，跨度必须是奇数。",
        given=both(S.eq(1), conv().eq(W)),
        steps=(
            Have(
                "With stride 1 nothing is rounded: W + 2P - E + 1 = W. So the extent is one more "
                "than two equal paddings.",
                extent.eq(2 * P + 1),
                "步长为 1 时不用取整：W + 2P - E + 1 = W，所以跨度比两份相同的填充多 1。",
            ),
        ),
        claim=(extent % 2).eq(1),
        uses=("same_for_all_sizes",),
    ),
    Theorem(
        name="eq_of_floor_eq",
        says="Two floors of the same divisor that agree for all integers have the same constant.",
        zh="两个除数相同的向下取整的商，如果对所有整数都相等，常数也就相等。",
        given=_DIVISOR,
        claim=Iff(
            All(W, both(), _floors_agree, (-c, -e)),
            c.eq(e),
            forth=(
                Have(
                    "At W = -c the left floor is 0, so the right one, of (e - c)/S, is 0 as well: "
                    "e is not below c.",
                    c <= e,
                    "W = -c 时左边为 0，所以右边，也就是 (e - c)/S 向下取整，也为 0：e 不小于 c。",
                ),
                Have(
                    "At W = -e it is the other way round: c is not below e.",
                    e <= c,
                    "W = -e 时正好反过来：c 不小于 e。",
                ),
                _equal[0],
            ),
            back=(_equal[1],),
        ),
    ),
    Theorem(
        name="eq_of_floor_eq_of_pos",
        says="It is enough that they agree for all sizes, from 1 on.",
        zh="只要它们对从 1 开始的所有尺寸都相等就够了。",
        given=_DIVISOR,
        claim=Iff(
            All(W, W >= 1, _floors_agree, (_far - c, _far - e)),
            c.eq(e),
            forth=(
                Have(
                    "Let M be S(max(c, e, 0) + 1), a multiple of S so large that M - c and M - e "
                    "are sizes. At W = M - c the left floor is exactly M/S; the right one is as "
                    "large, so e is not below c.",
                    c <= e,
                    "设 M = S(max(c, e, 0) + 1)，它是 S 的倍数，而且大到 M - c 和 M - e 都是尺寸。"
                    "W = M - c 时左边正好是 M/S，右边和它一样大，所以 e 不小于 c。",
                ),
                Have(
                    "At W = M - e it is the other way round: c is not below e.",
                    e <= c,
                    "W = M - e 时正好反过来：c 不小于 e。",
                ),
                _equal[0],
            ),
            back=(_equal[1],),
        ),
        uses=("eq_of_floor_eq",),
    ),
    Theorem(
        name="ceil_for_all_sizes",
        says="The output is W/S rounded up, for all sizes, just when the extent is 2P + 1.",
        zh="对所有尺寸，输出都是 W/S 向上取整，当且仅当跨度为 2P + 1。",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, conv().eq(-((-W) // S)), (_block, _block - 1)),
            extent.eq(2 * P + 1),
            forth=(
                *_new_window,
                Have(
                    "So W/S rounded up grows between these two sizes as well, which makes the "
                    "smaller one a multiple of S. Its quotient is 2P + E, so it is S(2P + E).",
                    (_block - 1).eq(S * (2 * P + extent)),
                    "所以 W/S 向上取整在这两个尺寸之间也变大，可见较小的那个是 S 的倍数；"
                    "它的商是 2P + E，所以它就是 S(2P + E)。",
                ),
                Have(
                    "Take S(2P + E) from both sides: E - 2P - 1 is 0.",
                    extent.eq(2 * P + 1),
                    "两边减去 S(2P + E)，得到 E - 2P - 1 等于 0。",
                ),
            ),
            back=(
                Have(
                    "E - 2P is 1, so the law rounds (W - 1)/S down and adds 1. That counts a last "
                    "stride however short it is, just as rounding W/S up does.",
                    conv().eq((W - 1) // S + 1),
                    "E - 2P 等于 1，所以公式是 (W - 1)/S 向下取整再加 1："
                    "最后一个步长不论多短都算一个，这正是 W/S 向上取整。",
                ),
            ),
        ),
    ),
    Theorem(
        name="floor_for_all_sizes",
        says="The output is W/S rounded down, for all sizes, just when the extent is S + 2P.",
        zh="对所有尺寸，输出都是 W/S 向下取整，当且仅当跨度为 S + 2P。",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, conv().eq(W // S), (_block, _block - 1)),
            extent.eq(S + 2 * P),
            forth=(
                *_new_window,
                Have(
                    "So W/S rounded down grows between these two sizes as well, which makes the "
                    "larger one a multiple of S. Its quotient is 2P + E + 1.",
                    _block.eq(S * (2 * P + extent + 1)),
                    "所以 W/S 向下取整在这两个尺寸之间也变大，可见较大的那个是 S 的倍数；"
                    "它的商是 2P + E + 1。",
                ),
                Have(
                    "Take S(2P + E) from both sides: E - 2P is S.",
                    extent.eq(S + 2 * P),
                    "两边减去 S(2P + E)，得到 E - 2P 等于 S。",
                ),
            ),
            back=(
                Have(
                    "E - 2P is a whole stride, so the law rounds (W - S)/S down and adds 1: one "
                    "stride less, and one window more.",
                    conv().eq((W - S) // S + 1),
                    "E - 2P 是一整个步长，所以公式是 (W - S)/S 向下取整再加 1：少一个步长，"
                    "又多一个窗口。",
                ),
            ),
        ),
    ),
    Theorem(
        name="halving_fits_from_stride",
        says="Such a layer is legal from W = S on.",
        zh="这样的层从 W = S 起就是合法的。",
        given=STRIDE | {"the extent is S + 2P": extent.eq(S + 2 * P)},
        steps=(
            Have(
                "With this extent the output is W/S rounded down, and that reaches 1 at W = S.",
                conv().eq(W // S),
                "跨度如此，输出就是 W/S 向下取整，到 W = S 时达到 1。",
            ),
        ),
        claim=(conv() >= 1).iff(S <= W),
        uses=("floor_for_all_sizes",),
    ),
)
