"""The guide's relationships 8 to 11: transposed convolutions of stride 1, and the emulation.

A transposed convolution is *emulated* by a direct one, of stride 1, with a padding of F - 1 - P:
the relationships are about its size.
"""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.guide_direct import FULL, GUIDE, ODD, TAP, there
from symconv.book.statements.letters import (
    CELL,
    PADDING,
    A,
    F,
    P,
    S,
    W,
    conv,
    conv_transpose,
    extent,
    k,
)
from symconv.book.statements.statement import Have, Theorem
from symconv.terms import Term, TermLike

PADDED = PADDING | {"the padding is at most F - 1": P <= F - 1}


def stretched(size: TermLike = W) -> Term:
    """Return how many cells an input has when S - 1 zeros stand between its cells."""
    return (size - 1) * S + 1


def emulation(cells: Term, padding: Term = F - 1 - P) -> Term:
    """Return the size of the direct convolution of stride 1 over so many cells."""
    return conv(cells, S=1, P=padding, D=1)


_plain = emulation(W, F - 1)
_padded = emulation(W)
_general = emulation(stretched() + A)
_dilated = conv(stretched() + A, S=1, P=extent - 1 - P)

TRANSPOSED = (
    Theorem(
        name="guide_8",
        says="The transpose of no padding and stride 1: o' = i' + (k - 1).",
        zh="没有填充、步长为 1 的卷积，其转置：o' = i' + (k - 1)。",
        given=CELL | TAP,
        steps=(
            Have(
                "The convolution itself makes every size F - 1 smaller, so its transpose has to "
                "make it F - 1 larger.",
                conv(W + (F - 1), P=0, S=1, D=1).eq(W),
                "这个卷积让尺寸减少 F - 1，所以它的转置必须让尺寸增加 F - 1。",
            ),
            Have(
                "The direct convolution that emulates it pads F - 1 cells on each side, so that "
                "its first output reads the first input and no other. The kernel takes F - 1 away.",
                _plain.eq(W + 2 * (F - 1) - (F - 1)),
                "等价的普通卷积两边各填充 F - 1 格，这样第一格输出才只读到第一格输入；"
                "卷积核又减掉 F - 1 格。",
            ),
        ),
        claim=there(_plain, W + (F - 1)),
        uses=("guide_4", "emulation_of_conv_transpose"),
        cites=GUIDE.format(8),
        drawn=(Drawn("ConvTranspose1d(kernel_size=3)", 4, "stretched"),),
    ),
    Theorem(
        name="guide_9",
        says="The transpose of padding and stride 1: o' = i' + (k - 1) - 2p.",
        zh="有填充、步长为 1 的卷积，其转置：o' = i' + (k - 1) - 2p。",
        given=CELL | TAP | PADDED,
        steps=(
            Have(
                "The kernel takes F - 1 away and the padding adds 2P, so the transpose has to add "
                "(F - 1) - 2P.",
                conv(W + (F - 1) - 2 * P, S=1, D=1).eq(W),
                "卷积核减掉 F - 1 格，填充补上 2P 格，所以转置必须增加 (F - 1) - 2P。",
            ),
            Have(
                "The outer P cells on each side were padding and are not wanted back, so the "
                "direct convolution that emulates it pads P cells fewer there, F - 1 - P.",
                _padded.eq(W + 2 * (F - 1 - P) - (F - 1)),
                "两边最外面的 P 格本来就是填充，不必还原：等价的普通卷积每边少填充 P 格，"
                "也就是 F - 1 - P 格。",
            ),
        ),
        claim=_padded.eq(W + (F - 1) - 2 * P),
        uses=("guide_8", "emulation_of_conv_transpose"),
        cites=GUIDE.format(9),
    ),
    Theorem(
        name="guide_10",
        says="The transpose of half padding: o' = i'.",
        zh="half padding 卷积的转置：o' = i'。",
        given=CELL | TAP | ODD,
        steps=(
            Have(
                "Half of an odd kernel F = 2k + 1 is k, rounded down, so the convolution that "
                "emulates the transpose pads F - 1 - P = 2k - k cells, the same k.",
                P.eq(k) & (F - 1 - P).eq(P),
                "奇数卷积核 F = 2k + 1 的一半向下取整是 k，所以等价的普通卷积填充 "
                "F - 1 - P = 2k - k 格，同样是 k。",
            ),
            Have(
                "So it has half padding, too: it is that of relationship 3, which keeps the size.",
                _padded.eq(conv(S=1, D=1)),
                "所以等价的普通卷积也是 half padding，也就是保持尺寸的关系式 3。",
            ),
        ),
        claim=_padded.eq(W),
        uses=("guide_3", "guide_9"),
        cites=GUIDE.format(10),
    ),
    Theorem(
        name="guide_11",
        says="The transpose of full padding: o' = i' - (k - 1).",
        zh="full padding 卷积的转置：o' = i' - (k - 1)。",
        given=CELL | TAP | FULL,
        steps=(
            Have(
                "With full padding, nothing is left to pad for the convolution that emulates the "
                "transpose: F - 1 - P is 0.",
                _padded.eq(conv(P=0, S=1, D=1)),
                "填充已满，等价的普通卷积就不用再填充：F - 1 - P 是 0。",
            ),
            Have(
                "A convolution without padding makes W - F moves, by relationship 1.",
                (conv(P=0, S=1, D=1) - 1).eq(W - F),
                "没有填充的卷积移动 W - F 次，这是关系式 1。",
            ),
        ),
        claim=_padded.eq(W - (F - 1)),
        uses=("guide_1", "guide_9"),
        cites=GUIDE.format(11),
    ),
)

EMULATION = (
    Theorem(
        name="emulation_of_conv_transpose",
        says="The transposed convolution is the direct one of the stretched input with a padding "
        "of F - 1 - P; below zero, that padding is a crop, which the guide does not say.",
        zh="转置卷积等价于对插零后的输入做普通卷积，填充为 F - 1 - P；"
        "这个填充为负时是裁剪，guide 没有提到。",
        steps=(
            Have(
                "The transposed layer writes the kernel once for each input cell, S cells after "
                "the time before. P cells are then cut off at each end, and A added.",
                conv_transpose(D=1).eq((W - 1) * S + F - 2 * P + A),
                "转置卷积为每格输入写一遍卷积核，每遍比前一遍错开 S 格；"
                "然后两端各裁掉 P 格，再加 A 格。",
            ),
            Have(
                "The direct one slides the kernel with a stride of 1 over the stretched input and "
                "A zeros more: both paddings add 2(F - 1 - P) cells, and the kernel takes F - 1.",
                _general.eq(stretched() + A + 2 * (F - 1 - P) - (F - 1)),
                "普通卷积以步长 1 滑过插零后的输入，末尾还有 A 个零："
                "两边的填充补上 2(F - 1 - P) 格，卷积核减掉 F - 1 格。",
            ),
        ),
        claim=_general.eq(conv_transpose(D=1)),
        cites="Dumoulin & Visin 2016, section 4.6",
    ),
    Theorem(
        name="emulation_of_dilated_conv_transpose",
        says="With dilation the padding of the emulation is E - 1 - P; the guide has no such case.",
        zh="有膨胀率时，等价的普通卷积的填充是 E - 1 - P；guide 没有这种情形。",
        steps=(
            Have(
                "The transposed layer writes the kernel once for each input cell, S cells after "
                "the time before, and a dilated kernel spans E cells. Again P cells are cut off "
                "at each end, and A added.",
                (conv_transpose() + 2 * P - A).eq((W - 1) * S + extent),
                "转置卷积为每格输入写一遍卷积核，每遍比前一遍错开 S 格，有膨胀率的卷积核跨 E 格；"
                "同样两端各裁掉 P 格，再加 A 格。",
            ),
            Have(
                "The direct convolution slides a window of E cells, which takes E - 1 away, and "
                "both paddings add 2(E - 1 - P).",
                _dilated.eq(stretched() + A + 2 * (extent - 1 - P) - (extent - 1)),
                "等价的普通卷积滑动一个 E 格的窗口，减掉 E - 1 格，"
                "两边的填充补上 2(E - 1 - P) 格。",
            ),
        ),
        claim=_dilated.eq(conv_transpose()),
        uses=("emulation_of_conv_transpose",),
    ),
)
