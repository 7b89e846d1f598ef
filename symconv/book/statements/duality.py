"""The statements of chapter 3, Duality: a convolution after its transposed layer, and back."""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.duality_round_trips import ROUND_TRIPS
from symconv.book.statements.letters import (
    CONV_TRANSPOSE,
    STRIDE,
    A,
    P,
    S,
    W,
    a,
    conv,
    conv_transpose,
    extent,
    requirements,
    x,
    y,
)
from symconv.book.statements.statement import Have, Iff, Some, Theorem
from symconv.terms import both

_REST = {"the output padding is less than the stride": both(A >= 0, A < S)}
_TORCH = requirements(CONV_TRANSPOSE, "F S P D A W")

_PADDED_AGAIN = Have(
    "The transposed layer writes the kernel W times, S cells apart. With the cropped cells put "
    "back, this is room for W windows, and for A cells after the last one.",
    (conv_transpose() + 2 * P).eq((W - 1) * S + extent + A),
    "转置卷积把卷积核写 W 遍，每遍错开 S 格。把裁掉的格补回来，正好放得下 W 个窗口，"
    "后面还有 A 格。",
)

_UNDOES = conv(conv_transpose()).eq(W).iff(both(0 <= A, A < S))

THEOREMS = (
    Theorem(
        name="conv_of_conv_transpose",
        says="A convolution undoes its transposed layer's size, whatever the output padding "
        "below the stride.",
        zh="只要输出填充小于步长，卷积就能还原转置卷积之前的尺寸。",
        given=STRIDE | _REST,
        steps=(
            _PADDED_AGAIN,
            Have(
                "One window more would need S cells more, and A is less than that.",
                conv_transpose() + 2 * P < W * S + extent,
                "再多放一个窗口需要多 S 格，而 A 不到 S。",
            ),
        ),
        claim=conv(conv_transpose()).eq(W),
        cites="Dumoulin & Visin 2016, relationship 14",
    ),
    Theorem(
        name="not_conv_of_conv_transpose_large_output_padding",
        says="«A convolution undoes its transposed layer»: not where the output padding reaches "
        "the stride, since one more window fits; torch takes that where the dilation is larger.",
        zh="“卷积总能还原转置卷积”：输出填充达到步长时不行，因为又放得下一个窗口；"
        "膨胀率更大时，torch 允许这样的输出填充。",
        given=_TORCH,
        claim=conv(conv_transpose()).eq(W),
        expected="refuted",
        counterexample={"F": 1, "S": 1, "D": 2, "P": 0, "A": 1, "W": 1},
        uses=("conv_of_conv_transpose",),
    ),
    Theorem(
        name="conv_of_conv_transpose_iff",
        says="A convolution undoes its transposed layer's size for an output padding of "
        "0, ..., S - 1, and for no other.",
        zh="输出填充取 0、……、S - 1 时，卷积能还原转置卷积之前的尺寸；取别的值都不行。",
        given=STRIDE,
        steps=(
            _PADDED_AGAIN,
            Have(
                "Every S cells after the last window hold one window more; if A is negative, the "
                "last of the W windows does not fit.",
                conv(conv_transpose()).eq(W + A // S),
                "最后一个窗口之后，每 S 格又能多放一个窗口；"
                "A 是负数时，W 个窗口的最后一个就放不下。",
            ),
            Have(
                "That is W just when A/S, rounded down, is 0.",
                _UNDOES,
                "它等于 W，当且仅当 A/S 向下取整为 0。",
            ),
        ),
        claim=_UNDOES,
        uses=("conv_of_conv_transpose",),
    ),
    Theorem(
        name="fibre_of_conv",
        says="The inputs of an output y are the outputs of the transposed layer from y, one for "
        "each output padding below the stride.",
        zh="输出为 y 的那些输入尺寸，正是转置卷积从 y 得到的尺寸：每个小于步长的输出填充对应一个。",
        given=STRIDE,
        claim=Iff(
            conv(x).eq(y),
            Some(
                a,
                both(0 <= a, a < S, x.eq(conv_transpose(y, A=a))),
                (x + 2 * P - extent) % S,
            ),
            forth=(
                Have(
                    "The y windows end (y - 1)S + E cells after the start of the padded x. What "
                    "is left is the remainder of a division by S: take it for a.",
                    (x + 2 * P - ((y - 1) * S + extent)).eq((x + 2 * P - extent) % S),
                    "在填充后的 x 里，y 个窗口从头算起占 (y - 1)S + E 格。"
                    "剩下的格数是除以 S 的余数：就取它作 a。",
                ),
            ),
            back=(
                Have(
                    "With the cropped cells put back, x holds y windows and A = a more cells, "
                    "too few "
                    "for another window.",
                    ((y - 1) * S + extent <= x + 2 * P) & (x + 2 * P < y * S + extent),
                    "把裁掉的格补回来，x 放得下 y 个窗口，另外还有 A = a 格，不够再放一个。",
                ),
            ),
        ),
        uses=("conv_of_conv_transpose",),
    ),
    Theorem(
        name="unique_in_fibre",
        says="From one y, two different output paddings never give the same size.",
        zh="从同一个 y 出发，不同的输出填充得到不同的尺寸。",
        given={"the same input": conv_transpose(y, A=a).eq(conv_transpose(y, A=x))},
        steps=(
            Have(
                "Output padding is added to the size as it is, so the sizes are as far apart as "
                "the output paddings.",
                (conv_transpose(y, A=a) - conv_transpose(y, A=x)).eq(a - x),
                "输出填充原样加到尺寸上，所以两个尺寸相差多少，两个输出填充就相差多少。",
            ),
        ),
        claim=a.eq(x),
        uses=("fibre_of_conv",),
    ),
    Theorem(
        name="least_of_fibre",
        says="The transposed layer without output padding gives the least input of an output.",
        zh="没有输出填充的转置卷积，给出的是输出相同的那些输入里最小的一个。",
        given=STRIDE | {"x has the output y": conv(x).eq(y)},
        steps=(
            Have(
                "The padded x holds y windows, and one more does not fit.",
                ((y - 1) * S + extent <= x + 2 * P) & (x + 2 * P < y * S + extent),
                "填充后的 x 放得下 y 个窗口，再多一个就放不下了。",
            ),
            Have(
                "The transposed layer makes just the room of y windows, less the padding: no "
                "input with y windows can be smaller.",
                (conv_transpose(y, A=0) + 2 * P).eq((y - 1) * S + extent),
                "转置卷积给出的正好是 y 个窗口占的格数，再减去填充：有 y 个窗口的输入不可能更小。",
            ),
        ),
        claim=(conv_transpose(y, A=0) <= x) & (x < conv_transpose(y, A=0) + S),
        uses=("fibre_of_conv",),
        drawn=(
            Drawn("Conv1d(kernel_size=3, stride=2)", 7),
            Drawn("Conv1d(kernel_size=3, stride=2)", 8),
        ),
    ),
    *ROUND_TRIPS,
)
