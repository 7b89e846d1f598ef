"""Round trips of chapter 3, Duality: a transposed layer after a convolution."""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    FITS,
    STRIDE,
    WINDOW,
    A,
    P,
    S,
    W,
    conv,
    conv_transpose,
    d,
    extent,
)
from symconv.book.statements.statement import All, Have, Iff, Theorem
from symconv.terms import both, sizes

F2, P2, D2 = sizes("F2 P2 D2")
"""The transposed layer of a level may have a kernel, a padding and a dilation of its own."""

_up = conv_transpose(conv(), F=F2, P=P2, D=D2)
_offset = (D2 * (F2 - 1) + 1) + A - 2 * P2
_gap = _offset - (extent - 2 * P)
_rest = (W + 2 * P - extent) % S
_left = W + 2 * P - ((conv() - 1) * S + extent)

_LEFT_OVER = Have(
    "Behind the first window there are W + 2P - E cells, and each further window takes S of them: "
    "what the last one leaves over is the remainder.",
    _left.eq(_rest),
    "第一个窗口之后还有 W + 2P - E 格，每多一个窗口用去 S 格：最后一个窗口剩下的就是余数。",
)

ROUND_TRIPS = (
    Theorem(
        name="output_padding_of_round_trip",
        says="Where a window fits, a convolution and its transposed layer give a size back just "
        "when the output padding is the number of cells left over after the last window.",
        zh="放得下窗口时，先做卷积，再做它的转置卷积，尺寸能还原，当且仅当输出填充等于"
        "最后一个窗口之后剩下的格数。",
        given=STRIDE | FITS,
        steps=(
            _LEFT_OVER,
            Have(
                "From the first window to the last there are W + 2P cells less the remainder. The "
                "transposed layer makes as many, crops the 2P of padding, and adds A.",
                conv_transpose(conv()).eq(W - _rest + A),
                "从第一个窗口开头到最后一个窗口末尾，共 W + 2P 格减去余数。"
                "转置卷积做出同样多的格，去掉 2P 格填充，再加 A 格。",
            ),
        ),
        claim=conv_transpose(conv()).eq(W).iff(A.eq((W + 2 * P - extent) % S)),
        uses=("unread_eq_mod",),
    ),
    Theorem(
        name="not_conv_transpose_of_conv",
        says="«A transposed layer gives back the size that its convolution took»: not where the "
        "stride leaves cells over, which are in no window and do not come back.",
        zh="“转置卷积会还原卷积之前的尺寸”：有剩下的格时不行，它们不在任何窗口里，也就回不来。",
        given=WINDOW | CELL | FITS,
        claim=conv_transpose(conv(), A=0).eq(W),
        expected="refuted",
        counterexample={"F": 1, "D": 1, "S": 2, "P": 0, "W": 2},
        uses=("output_padding_of_round_trip",),
    ),
    Theorem(
        name="not_output_padding_restores",
        says="«An output padding of S - 1 gives every size back»: it adds S - 1 cells also where "
        "the convolution left fewer over.",
        zh="“输出填充取 S - 1 就能还原每个尺寸”：卷积剩下的格不到 S - 1 时，"
        "它还是加 S - 1 格，就多了。",
        given=WINDOW | CELL | FITS,
        claim=conv_transpose(conv(), A=S - 1).eq(W),
        expected="refuted",
        counterexample={"F": 1, "D": 1, "S": 2, "P": 0, "W": 1},
        uses=("output_padding_of_round_trip",),
    ),
    Theorem(
        name="no_output_padding_for_all_sizes",
        says="One output padding gives every size back only where the stride is 1, and then it is "
        "0.",
        zh="只有步长为 1 时，一个固定的输出填充才能还原每个尺寸，而且它必须是 0。",
        given=WINDOW,
        claim=Iff(
            All(
                W,
                extent <= W,
                conv_transpose(conv()).eq(W),
                (extent, extent + 1),
            ),
            both(S.eq(1), A.eq(0)),
            forth=(
                Have(
                    "Take W = E and W = E + 1: behind the first window there are 2P and 2P + 1 "
                    "cells. Both times A has to be what whole strides leave over of them.",
                    A.eq((2 * P) % S) & A.eq((2 * P + 1) % S),
                    "取 W = E 和 W = E + 1：第一个窗口之后分别还有 2P 格和 2P + 1 格。"
                    "去掉整数个步长之后剩下的格数，两次都必须等于 A。",
                ),
                Have(
                    "One cell more makes a remainder 1 larger, or 0 where it fills a stride. It "
                    "stays the same only if every cell is a whole stride.",
                    S.eq(1),
                    "多一格，余数就大 1，或者正好凑满一个步长而变成 0。"
                    "只有一格就是一个步长时，余数才会不变。",
                ),
                Have(
                    "Whole strides of one cell leave nothing over, so A is 0.",
                    both(S.eq(1), A.eq(0)),
                    "一格就是一个步长，什么都不会剩下，所以 A 等于 0。",
                ),
            ),
            back=(
                Have(
                    "With a stride of 1 the last window ends with the last cell: nothing is left "
                    "over, and nothing is to be added.",
                    ((conv() - 1) + extent).eq(W + 2 * P),
                    "步长为 1 时，最后一个窗口结束在最后一格：没有剩下的格，也就什么都不用加。",
                ),
            ),
        ),
        uses=("output_padding_of_round_trip",),
    ),
    Theorem(
        name="round_trip_of_level",
        says="Where a window fits, one level of a U-Net, a convolution and a transposed layer of "
        "the same stride, gives W back just when 0 <= d < S and W = E2 + A - 2 P2 modulo S, for "
        "the gap d = (E2 + A - 2 P2) - (E - 2P), where E2 is the transposed layer's extent.",
        zh="放得下窗口时，U-Net 的一层，即步长相同的一个卷积和一个转置卷积，能还原 W，"
        "当且仅当 0 <= d < S，"
        "且 W 与 E2 + A - 2 P2 模 S 同余，其中 d = (E2 + A - 2 P2) - (E - 2P)，"
        "E2 是转置卷积的跨度。",
        given=STRIDE | FITS | {"d is the gap": d.eq(_gap)},
        steps=(
            Have(
                "After the last window fewer than S cells are left over, or one more would fit.",
                both(0 <= _left, _left < S),
                "最后一个窗口之后剩下的不到 S 格，否则还能再放一个窗口。",
            ),
            Have(
                "The transposed layer makes as many strides as the convolution. To these it adds "
                "its own E2 + A - 2 P2 cells where the convolution had E - 2P: d cells more, and "
                "those left over are missing.",
                (_up - W).eq(d - _left),
                "转置卷积移动的次数和卷积一样多，此外加上自己的 E2 + A - 2 P2 格，"
                "而卷积那里是 E - 2P 格：多了 d 格，又少了剩下的那些格。",
            ),
        ),
        claim=Iff(
            _up.eq(W),
            both(0 <= d, d < S, ((W - _offset) % S).eq(0)),
            forth=(
                Have(
                    "So d is the number of cells left over. W - (E2 + A - 2 P2) is W + 2P - E less "
                    "d: what is behind the first window, without the cells left over, and so "
                    "whole strides.",
                    (W - _offset).eq((conv() - 1) * S),
                    "所以 d 就是剩下的格数。W - (E2 + A - 2 P2) 等于 W + 2P - E 减 d，"
                    "也就是第一个窗口之后的格除去剩下的格，所以是整数个步长。",
                ),
            ),
            back=(
                Have(
                    "W - (E2 + A - 2 P2) is whole strides. Behind the first window there are d "
                    "cells more, too few for a stride: so the convolution makes just these "
                    "strides, and leaves d cells over.",
                    ((W - _offset) // S).eq(conv() - 1),
                    "W - (E2 + A - 2 P2) 是整数个步长。第一个窗口之后比它多 d 格，不够一个步长："
                    "所以卷积移动的正是这么多次，剩下 d 格。",
                ),
                Have(
                    "The transposed layer adds d cells, as many as are missing.",
                    _up.eq(W),
                    "转置卷积多出 d 格，正好补上剩下的那些。",
                ),
            ),
        ),
        uses=("fibre_of_conv",),
    ),
)
