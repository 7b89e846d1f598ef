"""The guide's relationships 1 to 7 and 15: convolutions and pools, and why their sizes are so.

A window fits: this precondition, which the guide leaves out, is a hypothesis wherever it matters.
"""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.letters import (
    CELL,
    CONV,
    FITS,
    PADDING,
    STRIDE,
    WINDOW,
    D,
    F,
    P,
    S,
    W,
    a,
    conv,
    extent,
    k,
    requirements,
)
from symconv.book.statements.statement import Have, Theorem
from symconv.operators import OPERATORS
from symconv.operators.window import ceil_mode
from symconv.terms import Term, constant, substitute

GUIDE = "Dumoulin & Visin 2016, relationship {}"
TAP = requirements(CONV, "F")
FITS_ALONE = {"one window fits the input": F <= W}
FITS_PADDED = {"one window fits the padded input": F <= W + 2 * P}
ODD = {"the kernel is odd": F.eq(2 * k + 1), "the padding is half of it": P.eq(F // 2)}
FULL = {"the padding is full": P.eq(F - 1)}
DIVIDES = {"the stride divides W + 2P - F": ((W + 2 * P - F) % S).eq(0)}

_pool = substitute(
    OPERATORS["max_pool"].size, {P: constant(0), D: constant(1), ceil_mode: constant(0)}
)
_alone = conv(W + 2 * P, P=0, D=1)
"""The padded input as an input of its own."""
_dilated = F + (F - 1) * (D - 1)


def there(size: Term, formula: Term) -> Term:
    """Our law has the guide's form, and there is an output."""
    return size.eq(formula) & (formula >= 1)


_HALF = Have(
    "An odd kernel has k cells on each side of its middle cell, and F/2, rounded down, is this k.",
    P.eq(k),
    "奇数卷积核的正中一格两侧各有 k 格，而 F/2 向下取整正是 k。",
)

PLAIN = (
    Theorem(
        name="guide_1",
        says="Without padding and with a stride of 1: o = (i - k) + 1.",
        zh="没有填充，步长为 1：o = (i - k) + 1。",
        given=TAP | FITS_ALONE,
        steps=(
            Have(
                "The kernel starts at the left edge and moves one cell at a time until it meets "
                "the right edge: W - F moves. The output has a cell for the start and one for "
                "each move.",
                (conv(P=0, S=1, D=1) - 1).eq(W - F),
                "卷积核从左边缘出发，每次移动一格，直到碰到右边缘，共移动 W - F 次。"
                "出发时有一格输出，每移动一次再多一格。",
            ),
        ),
        claim=there(conv(P=0, S=1, D=1), (W - F) + 1),
        cites=GUIDE.format(1),
    ),
    Theorem(
        name="guide_2",
        says="With padding and a stride of 1: o = (i - k) + 2p + 1.",
        zh="有填充，步长为 1：o = (i - k) + 2p + 1。",
        given=TAP | PADDING | FITS_PADDED,
        steps=(
            Have(
                "The kernel treats padding like any other cells: it slides over W + 2P cells, as "
                "in relationship 1.",
                conv(S=1, D=1).eq(conv(W + 2 * P, P=0, S=1, D=1)),
                "对卷积核来说，填充和别的格没有区别：它在 W + 2P 格上滑动，回到关系式 1。",
            ),
            Have(
                "There it makes (W + 2P) - F moves; add the output of the start.",
                conv(W + 2 * P, P=0, S=1, D=1).eq((W + 2 * P) - F + 1),
                "在那里它移动 (W + 2P) - F 次，再加上出发时的那一格输出。",
            ),
        ),
        claim=there(conv(S=1, D=1), (W - F) + 2 * P + 1),
        uses=("guide_1",),
        cites=GUIDE.format(2),
    ),
    Theorem(
        name="guide_3",
        says="Half padding keeps the size: for odd kernels, which the guide says.",
        zh="half padding 保持尺寸不变：针对奇数卷积核，guide 也是这么写的。",
        given=CELL | TAP | ODD,
        steps=(
            _HALF,
            Have(
                "So both sides together add as many cells as a kernel of F = 2k + 1 takes away.",
                (2 * P).eq(F - 1),
                "于是两边一共补上的格数，正好是卷积核 F = 2k + 1 减掉的格数。",
            ),
            Have(
                "The padded input has W + F - 1 cells and holds the kernel, so relationship 2 "
                "gives the size.",
                conv(S=1, D=1).eq((W - F) + 2 * P + 1),
                "填充后的输入有 W + F - 1 格，放得下卷积核，所以可以用关系式 2。",
            ),
        ),
        claim=conv(S=1, D=1).eq(W) & (W + 2 * (F // 2) - (F - 1)).eq(W),
        uses=("guide_2",),
        cites=GUIDE.format(3),
        drawn=(Drawn("Conv1d(kernel_size=3, padding=1)", 5),),
    ),
    Theorem(
        name="guide_4",
        says="Full padding: o = i + (k - 1).",
        zh="采用 full padding：o = i + (k - 1)。",
        given=CELL | TAP | FULL,
        steps=(
            Have(
                "The kernel starts with only its last cell on the input. F - 1 moves bring its "
                "first cell to the input's first, and W - 1 more to the input's last, where the "
                "padding ends with the kernel.",
                (conv(S=1, D=1) - 1).eq((F - 1) + (W - 1)),
                "出发时，卷积核只有最后一格落在输入上。移动 F - 1 次，它的第一格来到输入的第一格；"
                "再移动 W - 1 次，来到输入的最后一格，这时卷积核的末端正好到填充的末端。",
            ),
        ),
        claim=there(conv(S=1, D=1), W + (F - 1)),
        cites=GUIDE.format(4),
        drawn=(Drawn("Conv1d(kernel_size=3, padding=2)", 5),),
    ),
    Theorem(
        name="guide_5",
        says="Without padding: o = floor((i - k)/s) + 1.",
        zh="没有填充：o = floor((i - k)/s) + 1。",
        given=TAP | STRIDE | FITS_ALONE,
        steps=(
            Have(
                "From the left edge the kernel has W - F cells to go, and each move takes S of "
                "them. If fewer than S are left, it does not move: so the floor.",
                (conv(P=0, D=1) - 1).eq((W - F) // S),
                "从左边缘出发，卷积核前面有 W - F 格，每次移动用去 S 格；"
                "剩下不足 S 格时就不再移动，所以要向下取整。",
            ),
            Have(
                "The kernel fits, so at least the first position gives an output.",
                (W - F) // S + 1 >= 1,
                "输入放得下卷积核，所以至少第一个位置给出一格输出。",
            ),
        ),
        claim=there(conv(P=0, D=1), (W - F) // S + 1),
        cites=GUIDE.format(5),
    ),
    Theorem(
        name="guide_6",
        says="With padding and stride: o = floor((i + 2p - k)/s) + 1.",
        zh="有填充和步长：o = floor((i + 2p - k)/s) + 1。",
        given=TAP | PADDING | STRIDE | FITS_PADDED,
        steps=(
            Have(
                "The kernel treats padding like any other cells: it slides over W + 2P cells, as "
                "in relationship 5.",
                conv(D=1).eq(_alone),
                "对卷积核来说，填充和别的格没有区别：它在 W + 2P 格上滑动，回到关系式 5。",
            ),
            Have(
                "There it has W + 2P - F cells to go, S with each move. With D = 1 the extent is "
                "F; "
                "this is the law itself.",
                (_alone - 1).eq((W + 2 * P - F) // S),
                "在那里它还能前进 W + 2P - F 格，每次移动用去 S 格。D = 1 时跨度就是 F；"
                "这就是公式本身。",
            ),
            Have(
                "The padded input holds the kernel, so at least the first position gives an "
                "output.",
                (W + 2 * P - F) // S + 1 >= 1,
                "填充后的输入放得下卷积核，所以至少第一个位置给出一格输出。",
            ),
        ),
        claim=there(conv(D=1), (W + 2 * P - F) // S + 1),
        uses=("guide_5", "size_ge_iff_window_fits"),
        cites=GUIDE.format(6),
        drawn=(Drawn("Conv1d(kernel_size=3, stride=2, padding=1)", 5),),
    ),
    Theorem(
        name="guide_6_remark",
        says="Where s divides i + 2p - k, the inputs i, ..., i + s - 1 have the same output.",
        zh="如果 s 整除 i + 2p - k，那么输入 i、……、i + s - 1 的输出尺寸都相同。",
        given=STRIDE | DIVIDES | {"a is at least 0 and less than a stride": (a >= 0) & (a < S)},
        steps=(
            Have(
                "The stride divides the W + 2P - F cells that the kernel has to go, so the last "
                "window ends with the last cell of the padded input.",
                (S * (conv(D=1) - 1) + F).eq(W + 2 * P),
                "步长整除卷积核要走的 W + 2P - F 格，"
                "所以最后一个窗口正好结束在填充后输入的最后一格。",
            ),
            Have(
                "One window more needs S more cells, and there are only a of them.",
                W + a + 2 * P < S * conv(D=1) + F,
                "再多一个窗口需要多 S 格，而这里只多了 a 格。",
            ),
        ),
        claim=conv(W + a, D=1).eq(conv(D=1)),
        uses=("size_eq_iff_same_block",),
        cites="Dumoulin & Visin 2016, section 4.5",
    ),
    Theorem(
        name="guide_7",
        says="Pooling without padding, dilation or ceil mode: o = floor((i - k)/s) + 1.",
        zh="没有填充、膨胀率和 ceil mode 的池化：o = floor((i - k)/s) + 1。",
        given=TAP | STRIDE | FITS_ALONE,
        steps=(
            Have(
                "A pool does something else with the cells of a window, but its windows stand "
                "where those of a convolution without padding do.",
                _pool.eq(conv(P=0, D=1)),
                "池化只是对窗口里的格做别的运算，窗口的位置和没有填充的卷积一样。",
            ),
            Have(
                "And these are counted by relationship 5: the start, and W - F cells to go, S "
                "with each move.",
                there(conv(P=0, D=1), (W - F) // S + 1),
                "窗口的个数由关系式 5 给出：出发时一个，然后前面有 W - F 格，每次移动用去 S 格。",
            ),
        ),
        claim=there(_pool, (W - F) // S + 1),
        uses=("guide_5",),
        cites=GUIDE.format(7),
    ),
)

DILATED = (
    Theorem(
        name="guide_15",
        says="With dilation: o = floor((i + 2p - k - (k - 1)(d - 1))/s) + 1.",
        zh="有膨胀率：o = floor((i + 2p - k - (k - 1)(d - 1))/s) + 1。",
        given=WINDOW | FITS,
        steps=(
            Have(
                "Dilation puts D - 1 cells into each of the F - 1 gaps between taps: so many "
                "cells more lie between the first tap and the last one.",
                extent.eq(_dilated),
                "膨胀率在采样点之间的 F - 1 个空隙里各插入 D - 1 格，"
                "从第一个采样点到最后一个采样点就多了这么多格。",
            ),
            Have(
                "To the padded input this is a kernel of E cells, and relationship 6 counts its "
                "moves.",
                (conv() - 1).eq((W + 2 * P - _dilated) // S),
                "对填充后的输入来说，这就是一个占 E 格的卷积核，移动次数由关系式 6 给出。",
            ),
            Have(
                "A window fits, so at least the first position gives an output.",
                (W + 2 * P - _dilated) // S + 1 >= 1,
                "至少放得下一个窗口，所以至少第一个位置给出一格输出。",
            ),
        ),
        claim=there(conv(), (W + 2 * P - F - (F - 1) * (D - 1)) // S + 1),
        uses=("guide_6", "size_ge_iff_window_fits"),
        cites=GUIDE.format(15),
        drawn=(Drawn("Conv1d(kernel_size=3, dilation=2)", 7),),
    ),
)
