"""The statements of chapter 1, Counting; those about every size stand in a file of their own."""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.every_size import EVERY_SIZE
from symconv.book.statements.letters import (
    FITS,
    STRIDE,
    P,
    S,
    W,
    conv,
    conv_transpose,
    extent,
    n,
    x,
)
from symconv.book.statements.statement import Have, Theorem
from symconv.terms import both

_beyond = W + 2 * P - extent
"""The cells of the padded input beyond its first window."""
_reach = (conv() - 1) * S + extent
"""Where the last window ends."""
_least = conv_transpose(conv(), A=0)
"""The least input that has as many outputs as W."""
_same_block = conv(x).eq(conv()).iff(both(_least <= x, x < _least + S))

THEOREMS = (
    Theorem(
        name="size_ge_iff_window_fits",
        says="The floor is a count: there are at least n outputs just when the n-th window fits.",
        zh="向下取整数的是窗口：输出至少有 n 格，当且仅当放得下第 n 个窗口。",
        given=STRIDE,
        steps=(
            Have(
                "The n-th window starts n - 1 strides in and is E cells long; so it fits just when "
                "n - 1 strides fit into the W + 2P - E cells beyond the first window.",
                ((n - 1) * S + extent <= W + 2 * P).iff((n - 1) * S <= _beyond),
                "第 n 个窗口从 n - 1 个步长之后开始，长 E 格；所以放得下它，当且仅当"
                "第一个窗口之后的 W + 2P - E 格放得下 n - 1 个步长。",
            ),
            Have(
                "Rounding (W + 2P - E)/S down leaves the number of whole strides that fit there; "
                "the law adds 1, for the first window.",
                ((n - 1) * S <= _beyond).iff(n - 1 <= _beyond // S),
                "(W + 2P - E)/S 向下取整，就是那里放得下几个完整的步长；公式再加 1，"
                "算上第一个窗口。",
            ),
        ),
        claim=(n <= conv()).iff((n - 1) * S + extent <= W + 2 * P),
        cites="Dumoulin & Visin 2016, section 2.4",
        drawn=(Drawn("Conv1d(kernel_size=3, stride=2, padding=1)", 7),),
    ),
    Theorem(
        name="size_pos_iff_fits",
        says="There is an output just when one window fits: the precondition that the guide and "
        "the article leave out.",
        zh="有输出，当且仅当放得下一个窗口：这是 guide 和文章都没有写出的前提。",
        given=STRIDE,
        steps=(
            Have(
                "The law adds 1 to a floor, so there is an output just when that floor is 0 or "
                "more.",
                (conv() >= 1).iff(_beyond // S >= 0),
                "公式是一个向下取整的商再加 1，所以有输出，当且仅当这个商不小于 0。",
            ),
            Have(
                "Rounding down turns anything negative into -1 or less, and leaves the rest at 0 "
                "or more; so only the sign of W + 2P - E counts.",
                (_beyond // S >= 0).iff(_beyond >= 0),
                "负数向下取整后不超过 -1，其余的数取整后不小于 0，所以只看 W + 2P - E 的正负。",
            ),
        ),
        claim=(conv() >= 1).iff(FITS["one window fits the padded input"]),
        uses=("size_ge_iff_window_fits",),
    ),
    Theorem(
        name="no_window_of_extent_gt",
        says="Where the kernel is larger than the padded input there is no window at all.",
        zh="卷积核的跨度大于填充之后的输入时，一个窗口都没有。",
        given=STRIDE | {"the kernel is larger than the padded input": W + 2 * P < extent},
        steps=(
            Have(
                "W + 2P - E is negative, and rounding down, not towards 0, leaves a negative "
                "number at -1 or less; the law adds only 1.",
                _beyond // S <= -1,
                "W + 2P - E 是负数，而取整是向下，不是向零，结果不超过 -1；公式只再加 1。",
            ),
        ),
        claim=conv() <= 0,
        uses=("size_pos_iff_fits",),
    ),
    Theorem(
        name="size_le_of_le",
        says="A larger input never has a smaller output.",
        zh="输入变大，输出不会变小。",
        given=STRIDE | {"one input is at most the other": W <= x},
        steps=(
            Have(
                "The last window of W ends within W + 2P cells, so it fits into x + 2P as well; "
                "and where the conv(W)-th window fits, there are at least conv(W) outputs.",
                _reach <= x + 2 * P,
                "W 的最后一个窗口在 W + 2P 格之内结束，所以 x + 2P 格也放得下它；"
                "而放得下第 conv(W) 个窗口，输出就至少有 conv(W) 格。",
            ),
        ),
        claim=conv() <= conv(x),
        uses=("size_ge_iff_window_fits",),
    ),
    Theorem(
        name="size_succ_le",
        says="One more input cell gives at most one more output cell.",
        zh="输入多一格，输出最多多一格。",
        given=STRIDE,
        steps=(
            Have(
                "A whole stride more of input is exactly one window more.",
                conv(W + S).eq(conv() + 1),
                "输入多一整个步长，正好多一个窗口。",
            ),
            Have(
                "W + 1 lies between W and W + S, and a larger input never has a smaller output.",
                (conv() <= conv(W + 1)) & (conv(W + 1) <= conv(W + S)),
                "W + 1 在 W 和 W + S 之间，而输入变大，输出不会变小。",
            ),
        ),
        claim=(conv() <= conv(W + 1)) & (conv(W + 1) <= conv() + 1),
        uses=("size_le_of_le", "size_add_stride"),
    ),
    Theorem(
        name="size_add_stride",
        says="A whole stride more of input is one more cell of output.",
        zh="输入多一整个步长，输出就多一格。",
        given=STRIDE,
        steps=(
            Have(
                "S more cells make the numerator exactly S larger, and so the quotient 1 larger; "
                "the remainder stays the same. Where no window fits, this speaks of the formula "
                "alone.",
                ((W + S + 2 * P - extent) // S - _beyond // S).eq(1),
                "多了 S 格，分子正好大 S，商就大 1，余数不变。放不下窗口时，这只是关于公式的陈述。",
            ),
        ),
        claim=conv(W + S).eq(conv() + 1),
    ),
    Theorem(
        name="size_eq_iff_same_block",
        says="Two inputs have the same output just when they lie in the same block of one stride: "
        "it begins with the least input of that output.",
        zh="两个输入的输出相同，当且仅当它们落在同一段里：每段长一个步长，从得到这个输出的最小输入开始。",
        given=STRIDE,
        steps=(
            Have(
                "x has at least as many outputs as W just when it, too, holds the last window of "
                "W. That takes (conv(W) - 1)S + E cells, of which 2P are padding.",
                (conv() <= conv(x)).iff(_least <= x),
                "x 的输出不少于 W 的输出，当且仅当它也放得下 W 的最后一个窗口；"
                "这需要 (conv(W) - 1)S + E 格，其中 2P 格是填充。",
            ),
            Have(
                "The next window ends S cells further on; so x has more outputs than W just when "
                "it has S cells more than that.",
                (conv() + 1 <= conv(x)).iff(_least + S <= x),
                "再下一个窗口要往后 S 格才结束；所以 x 的输出多于 W 的输出，当且仅当它再多 S 格。",
            ),
            Have(
                "The outputs are equal just when x has at least as many as W, and not more.",
                _same_block,
                "输出相等，就是 x 的输出不少于 W 的输出，也不多于它。",
            ),
        ),
        claim=_same_block,
        uses=("size_ge_iff_window_fits",),
        drawn=(
            Drawn("Conv1d(kernel_size=3, stride=2, padding=1)", 5),
            Drawn("Conv1d(kernel_size=3, stride=2, padding=1)", 6),
        ),
    ),
    Theorem(
        name="unread_eq_mod",
        says="Where a window fits, there are (W + 2P - E) mod S cells after the last one that no "
        "window "
        "reads.",
        zh="放得下窗口时，最后一个窗口之后还有 (W + 2P - E) mod S 格，没有窗口读到它们。",
        given=STRIDE | FITS,
        steps=(
            Have(
                "The windows after the first, conv(W) - 1 of them, advance by a stride each; "
                "together they use up all whole strides in W + 2P - E, and leave the remainder.",
                _beyond.eq((conv() - 1) * S + _beyond % S),
                "第一个窗口之后还有 conv(W) - 1 个，每个前进一个步长；它们用完了 W + 2P - E "
                "里所有完整的步长，剩下的就是余数。",
            ),
            Have(
                "Take the cells up to the end of the last window away from both sides.",
                (W + 2 * P - _reach).eq(_beyond % S),
                "两边减去到最后一个窗口末尾为止的格数，即得。",
            ),
        ),
        claim=(W + 2 * P - _reach).eq(_beyond % S),
        cites="Dumoulin & Visin 2016, relationship 14: the number a",
        drawn=(Drawn("Conv1d(kernel_size=3, stride=2)", 6),),
    ),
    Theorem(
        name="every_cell_read_iff_divides",
        says="Where a window fits, no cell is left over at the end just when the stride divides "
        "W + 2P - E: then, and only then, the formula needs no floor.",
        zh="放得下窗口时，末尾没有剩下的格，当且仅当步长整除 W + 2P - E："
        "也只有这时，公式才用不着向下取整。",
        given=STRIDE | FITS,
        steps=(
            Have(
                "The first window takes E cells, and the others use up all whole strides of the "
                "rest; so what is left over is the remainder of W + 2P - E.",
                (W + 2 * P - _reach).eq(_beyond % S),
                "第一个窗口占 E 格，其余窗口用完了剩下的所有完整步长，所以末尾剩下的是 "
                "W + 2P - E 的余数。",
            ),
        ),
        claim=_reach.eq(W + 2 * P).iff((_beyond % S).eq(0)),
        uses=("unread_eq_mod",),
    ),
    *EVERY_SIZE,
)
