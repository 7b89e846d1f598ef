"""The guide's relationships 12 to 14: transposed convolutions with a stride, and round trips.

The emulation runs over the *stretched* input, which has S - 1 zeros between its cells.
"""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.guide_direct import (
    DIVIDES,
    FITS_ALONE,
    FITS_PADDED,
    GUIDE,
    TAP,
    there,
)
from symconv.book.statements.guide_transposed import PADDED, emulation, stretched
from symconv.book.statements.letters import CELL, STRIDE, A, F, P, S, W, conv
from symconv.book.statements.statement import Have, Theorem

_DIVIDES_ALONE = {"the stride divides W - F": ((W - F) % S).eq(0)}
_alone = emulation(stretched(), F - 1)
_padded = emulation(stretched())
_general = emulation(stretched() + A)
_output_alone = conv(P=0, D=1)
_output = conv(D=1)
_back_alone = emulation(stretched(_output_alone), F - 1)
_back = emulation(stretched(_output))
_rest = (W + 2 * P - F) % S
_back_with_rest = emulation(stretched(_output) + _rest)

_STRETCHED = Have(
    "The stride of the convolution becomes S - 1 zeros in each of the W - 1 gaps between "
    "neighbouring cells of the input.",
    (W + (W - 1) * (S - 1)).eq(stretched()),
    "卷积的步长变成零：在输入相邻两格之间的 W - 1 个空隙里，各插入 S - 1 个零。",
)

STRIDED = (
    Theorem(
        name="guide_12",
        says="The transpose of strides without padding: o' = s(i' - 1) + k, for any i'.",
        zh="有步长、没有填充的卷积，其转置：o' = s(i' - 1) + k，对任意 i' 都成立。",
        given=TAP | STRIDE | CELL,
        steps=(
            _STRETCHED,
            Have(
                "Over these cells runs the convolution of stride 1 that emulates the transpose. "
                "It pads F - 1 cells on each side and makes the size F - 1 larger, by "
                "relationship 8.",
                _alone.eq(stretched() + (F - 1)),
                "等价的普通卷积以步长 1 滑过这些格：两边各填充 F - 1 格，"
                "由关系式 8，尺寸增加 F - 1。",
            ),
        ),
        claim=there(_alone, S * (W - 1) + F),
        uses=("guide_8", "emulation_of_conv_transpose"),
        cites=GUIDE.format(12),
        drawn=(Drawn("ConvTranspose1d(kernel_size=3, stride=2)", 3, "stretched"),),
    ),
    Theorem(
        name="guide_12_round_trip",
        says="Without padding the transpose gives i back where s divides i - k: the guide's "
        "precondition.",
        zh="没有填充时，只要 s 整除 i - k，转置就还原 i：这正是 guide 的前提。",
        given=TAP | STRIDE | FITS_ALONE | _DIVIDES_ALONE,
        steps=(
            Have(
                "The stride divides the W - F cells that the kernel has to go, so the last window "
                "ends with the last cell.",
                (S * (_output_alone - 1) + F).eq(W),
                "步长整除卷积核要走的 W - F 格，所以最后一个窗口正好结束在最后一格。",
            ),
            Have(
                "By relationship 12 the transpose makes just these cells: from the start of the "
                "first window to the end of the last one.",
                _back_alone.eq(S * (_output_alone - 1) + F),
                "由关系式 12，转置卷积得到从第一个窗口开头到最后一个窗口末尾的格数。",
            ),
        ),
        claim=_back_alone.eq(W),
        uses=("guide_12",),
        cites=GUIDE.format(12),
    ),
    Theorem(
        name="guide_13",
        says="The transpose of strides with padding: o' = s(i' - 1) + k - 2p, for any i'.",
        zh="有步长和填充的卷积，其转置：o' = s(i' - 1) + k - 2p，对任意 i' 都成立。",
        given=TAP | STRIDE | PADDED | CELL,
        steps=(
            _STRETCHED,
            Have(
                "Over these cells runs the convolution of stride 1 that emulates the transpose. "
                "It pads F - 1 - P cells on each side and makes the size (F - 1) - 2P larger, by "
                "relationship 9.",
                _padded.eq(stretched() + (F - 1) - 2 * P),
                "等价的普通卷积以步长 1 滑过这些格：两边各填充 F - 1 - P 格，"
                "由关系式 9，尺寸增加 (F - 1) - 2P。",
            ),
        ),
        claim=_padded.eq(S * (W - 1) + F - 2 * P),
        uses=("guide_9", "emulation_of_conv_transpose"),
        cites=GUIDE.format(13),
    ),
    Theorem(
        name="guide_13_round_trip",
        says="With padding the transpose gives i back where s divides i + 2p - k: the guide's "
        "precondition.",
        zh="有填充时，只要 s 整除 i + 2p - k，转置就还原 i：这正是 guide 的前提。",
        given=TAP | STRIDE | PADDED | FITS_PADDED | DIVIDES,
        steps=(
            Have(
                "The stride divides the W + 2P - F cells that the kernel has to go, so the last "
                "window ends with the last cell of the padded input.",
                (S * (_output - 1) + F).eq(W + 2 * P),
                "步长整除卷积核要走的 W + 2P - F 格，"
                "所以最后一个窗口正好结束在填充后输入的最后一格。",
            ),
            Have(
                "By relationship 13 the transpose makes the cells from the first window to the "
                "last one, without the 2P that were padding.",
                _back.eq(S * (_output - 1) + F - 2 * P),
                "由关系式 13，转置卷积得到从第一个窗口开头到最后一个窗口末尾的格数，"
                "再去掉 2P 格填充。",
            ),
        ),
        claim=_back.eq(W),
        uses=("guide_13",),
        cites=GUIDE.format(13),
    ),
    Theorem(
        name="guide_14",
        says="The transpose in general: o' = s(i' - 1) + a + k - 2p.",
        zh="一般情形的转置：o' = s(i' - 1) + a + k - 2p。",
        given=TAP | STRIDE | PADDED | CELL,
        steps=(
            Have(
                "S - 1 zeros go into each of the W - 1 gaps of the input, as in relationship 13, "
                "and A zeros more to its end.",
                (W + (W - 1) * (S - 1) + A).eq(stretched() + A),
                "像关系式 13 那样，在输入的 W - 1 个空隙里各插入 S - 1 个零，末尾再加 A 个零。",
            ),
            Have(
                "Over these cells runs the convolution of stride 1 that emulates the transpose. "
                "It pads F - 1 - P cells on each side and makes the size (F - 1) - 2P larger, by "
                "relationship 9.",
                _general.eq(stretched() + A + (F - 1) - 2 * P),
                "等价的普通卷积以步长 1 滑过这些格：两边各填充 F - 1 - P 格，"
                "由关系式 9，尺寸增加 (F - 1) - 2P。",
            ),
        ),
        claim=_general.eq(S * (W - 1) + A + F - 2 * P),
        uses=("guide_9", "emulation_of_conv_transpose"),
        cites=GUIDE.format(14),
    ),
    Theorem(
        name="guide_14_round_trip",
        says="With a = (i + 2p - k) mod s the transposed layer gives every size back where a "
        "window "
        "fits.",
        zh="取 a = (i + 2p - k) mod s，只要放得下窗口，转置卷积就能还原尺寸。",
        given=STRIDE | FITS_PADDED,
        steps=(
            Have(
                "The number a = (W + 2P - F) mod S is what the floor drops: the cells of the "
                "padded input after the last window, which no window reads.",
                (W + 2 * P - (S * (_output - 1) + F)).eq(_rest),
                "a = (W + 2P - F) mod S 就是向下取整丢掉的部分：填充后的输入里，"
                "最后一个窗口之后没有被读到的格数。",
            ),
            Have(
                "The transposed layer is a direct convolution of stride 1 and padding F - 1 - P "
                "(below zero, a crop) over the stretched output and a zeros more, "
                "(conv(W, D=1) - 1)S + 1 + a cells. Adding 2(F - 1 - P) and taking away F - 1 "
                "leaves the cells from the first window to the last one and a more, less the 2P "
                "that were padding.",
                _back_with_rest.eq(S * (_output - 1) + F + _rest - 2 * P),
                "转置卷积就是一个普通卷积：步长 1，填充 F - 1 - P（小于零就是裁剪），"
                "滑过插零后的输出，末尾还有 a 个零，共 (conv(W, D=1) - 1)S + 1 + a 格。"
                "加上 2(F - 1 - P) 再减去 F - 1，得到从第一个窗口开头到最后一个窗口末尾的格数，"
                "再加 a 格，减去 2P 格填充。",
            ),
        ),
        claim=_back_with_rest.eq(W),
        uses=("guide_14", "unread_eq_mod"),
        cites=GUIDE.format(14),
        drawn=(
            Drawn("Conv1d(kernel_size=3, stride=2, padding=1)", 6),
            Drawn("ConvTranspose1d(kernel_size=3, stride=2, padding=1, output_padding=1)", 3),
        ),
    ),
)
