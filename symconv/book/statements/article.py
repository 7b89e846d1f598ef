"""The statements of chapter 8, The article.

Each claim of the article on convolution arithmetic that is imprecise stands here as a false
statement, with its smallest counterexample; the right ones are in the chapters.
"""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.letters import (
    CELL,
    CONV,
    CONV_TRANSPOSE,
    FITS,
    WINDOW,
    A,
    D,
    F,
    P,
    S,
    W,
    conv,
    conv_transpose,
    extent,
    requirements,
    x,
)
from symconv.book.statements.statement import Have, Theorem
from symconv.terms import both, constant

_ARTICLE = "the article on convolution arithmetic, {}"
_five, _size, _two = constant(5), constant(256), constant(2)

THEOREMS = (
    Theorem(
        name="article_keeps_five",
        says="5 cells, P = 1, F = 3, S = 1: 5 cells.",
        zh="5 格，P = 1、F = 3、S = 1：得到 5 格。",
        steps=(
            Have(
                "With one cell on each side there are 7 cells. From the first three of them to the "
                "last three, the kernel makes 4 moves.",
                (conv(5, F=3, S=1, P=1, D=1) - 1).eq(_five + _two * 1 - 3),
                "两边各加一格，共 7 格。卷积核从最前面的三格移到最后面的三格，移动 4 次。",
            ),
        ),
        claim=conv(5, F=3, S=1, P=1, D=1).eq(5),
        cites=_ARTICLE.format("first example"),
    ),
    Theorem(
        name="article_five_to_seven",
        says="The article's transposed 5 to 7, with P = 2, F = 3, S = 1, is a direct convolution "
        "with P' = F - 1 - P, and the transposed one that it emulates has P = 0.",
        zh="文章里 P = 2、F = 3、S = 1、从 5 到 7 的“转置卷积”，其实是填充为 P' = F - 1 - P "
        "的普通卷积，它所等价的转置卷积 P = 0。",
        steps=(
            Have(
                "A transposed layer with P = 0 writes its three cells at 5 places, one cell apart, "
                "and crops nothing.",
                conv_transpose(5, F=3, S=1, P=0, D=1, A=0).eq((_five - 1) * 1 + 3),
                "P = 0 的转置卷积在 5 个位置上各写三格，每次错开一格，不做裁剪。",
            ),
            Have(
                "The article's 2 is the padding of the convolution that emulates this layer, "
                "F - 1 - P = 3 - 1 - 0; the kernel takes 2 cells away.",
                conv(5, F=3, S=1, P=2, D=1).eq(_five + 2 * (constant(3) - 1 - 0) - 2),
                "文章里的 2，是等价的普通卷积的填充 F - 1 - P = 3 - 1 - 0；卷积核减掉 2 格。",
            ),
        ),
        claim=conv(5, F=3, S=1, P=2, D=1).eq(7) & conv_transpose(5, F=3, S=1, P=0, D=1, A=0).eq(7),
        uses=("emulation_of_conv_transpose",),
        cites=_ARTICLE.format("second example"),
        drawn=(
            Drawn("ConvTranspose1d(kernel_size=3)", 5, "stretched"),
            Drawn("Conv1d(kernel_size=3, padding=2)", 5),
        ),
    ),
    Theorem(
        name="article_keeps_256",
        says="Conv2d(1, 1, 3, padding=1, stride=1) keeps 256.",
        zh="Conv2d(1, 1, 3, padding=1, stride=1) 保持 256 不变。",
        steps=(
            Have(
                "The padding adds one cell on each side, and the middle of a kernel of 3 cannot "
                "stand on the outermost cells: 2 more, 2 less.",
                conv(256, F=3, S=1, P=1, D=1).eq(_size + _two * 1 - 2),
                "填充在两边各加一格，而大小为 3 的卷积核，正中一格到不了最外面的两格："
                "加 2 再减 2。",
            ),
        ),
        claim=conv(256, F=3, S=1, P=1, D=1).eq(256),
        cites=_ARTICLE.format("torch examples"),
    ),
    Theorem(
        name="article_doubles_256",
        says="ConvTranspose2d(1, 1, 2, stride=2) and ConvTranspose2d(1, 1, 4, stride=2, padding=1) "
        "both take 256 to 512.",
        zh="ConvTranspose2d(1, 1, 2, stride=2) 和 ConvTranspose2d(1, 1, 4, stride=2, padding=1) "
        "都把 256 变成 512。",
        steps=(
            Have(
                "A kernel of 2 with a stride of 2 writes 256 pairs side by side.",
                conv_transpose(256, F=2, S=2, P=0, D=1, A=0).eq(_size * 2),
                "卷积核 2、步长 2，写出 256 对，一对挨着一对。",
            ),
            Have(
                "A kernel of 4 reaches two cells further, and the padding crops one at each end.",
                conv_transpose(256, F=4, S=2, P=1, D=1, A=0).eq(_size * 2 + 2 - _two * 1),
                "卷积核 4 多伸出两格，填充又在两端各裁掉一格。",
            ),
        ),
        claim=conv_transpose(256, F=2, S=2, P=0, D=1, A=0).eq(512)
        & conv_transpose(256, F=4, S=2, P=1, D=1, A=0).eq(512),
        uses=("upsampling",),
        cites=_ARTICLE.format("torch examples"),
    ),
    Theorem(
        name="not_floor_unneeded",
        says="«The floor is rarely needed»: it is needed wherever the stride leaves cells over, "
        "as it does for all but one of any S sizes in a row.",
        zh="“一般用不到向下取整”：只要有剩下的格就用得到，而相邻的 S 个尺寸里只有一个不剩。",
        given=CELL | WINDOW | FITS,
        claim=(S * (conv() - 1)).eq(W + 2 * P - extent),
        expected="refuted",
        counterexample={"W": 2, "F": 1, "D": 1, "S": 2, "P": 0},
        uses=("every_cell_read_iff_divides",),
        cites=_ARTICLE.format("size formula"),
    ),
    Theorem(
        name="not_same_formula",
        says="«A transposed convolution has the same formula»: with its own P it has not, since "
        "there the kernel adds cells and the padding crops them.",
        zh="“转置卷积用同一个公式”：代入它自己的 P 就不对，因为在它那里卷积核让尺寸变大，"
        "填充则是裁剪。",
        given=CELL
        | {"the stride is 1": S.eq(1), "no dilation": both(F >= 1, D.eq(1))}
        | {"the padding is legal": both(P >= 0, conv_transpose(A=0) >= 1)}
        | FITS,
        claim=conv_transpose(A=0).eq(conv()),
        expected="refuted",
        counterexample={"W": 2, "S": 1, "F": 2, "D": 1, "P": 0},
        uses=("emulation_of_conv_transpose",),
        cites=_ARTICLE.format("transposed convolution"),
    ),
    Theorem(
        name="not_even_kernel_same",
        says="«Half padding keeps the size», of an even kernel: it adds F cells, and the kernel "
        "takes only F - 1 away.",
        zh="“half padding 保持尺寸不变”，对偶数卷积核不成立：填充一共加 F 格，"
        "卷积核只减掉 F - 1 格。",
        given=CELL | requirements(CONV, "F") | {"the kernel is even": (F % 2).eq(0)},
        claim=conv(P=F // 2, S=1, D=1).eq(W),
        expected="refuted",
        counterexample={"W": 1, "F": 2},
        uses=("odd_extent_of_same",),
    ),
    Theorem(
        name="not_dilated_kernel_is_product",
        says="«A dilated kernel covers D times F cells»: it covers D(F - 1) + 1, since only the "
        "gaps between taps are stretched.",
        zh="“有膨胀率的卷积核占 D 乘 F 格”：应为 D(F - 1) + 1，因为拉开的只是采样点之间的间隔。",
        given={"kernel and dilation are legal": both(F >= 1, D >= 1)},
        claim=extent.eq(D * F),
        expected="refuted",
        counterexample={"F": 1, "D": 2},
    ),
    Theorem(
        name="not_kernel_fits_of_le",
        says="«A kernel no larger than the input fits»: not always if it is dilated, because then "
        "it can cover more cells than it has taps.",
        zh="“卷积核不比输入大就放得下”：有膨胀率时不一定，因为这时它占的格可以比采样点多。",
        given=CELL | WINDOW | {"the kernel is at most the input": F <= W, "no padding": P.eq(0)},
        claim=conv() >= 1,
        expected="refuted",
        counterexample={"W": 2, "F": 2, "D": 2, "S": 1, "P": 0},
        uses=("size_pos_iff_fits",),
    ),
    Theorem(
        name="not_stride_divides_size",
        says="«A stride of S divides the size by S»: the output counts windows, and the first one "
        "is there as soon as the kernel fits, even where W is less than S.",
        zh="“步长 S 就是把尺寸除以 S”：输出数的是窗口，只要放得下卷积核就有第一个窗口，"
        "哪怕 W 小于 S。",
        given=CELL | WINDOW | FITS | {"no padding": P.eq(0), "no dilation": D.eq(1)},
        claim=conv().eq(W // S),
        expected="refuted",
        counterexample={"W": 1, "F": 1, "D": 1, "S": 2, "P": 0},
        uses=("floor_for_all_sizes",),
    ),
    Theorem(
        name="not_output_size_determines_input",
        says="«Layers of the same output size had the same input»: a block of S sizes shares it, "
        "since less than a stride more makes no window.",
        zh="“输出尺寸相同，输入尺寸就相同”：一段 S 个尺寸共用一个输出，因为多出来的不到一个步长，"
        "凑不成新的窗口。",
        given=CELL
        | WINDOW
        | FITS
        | {
            "the other input fits": both(x >= 1, extent <= x + 2 * P),
            "the outputs are equal": conv().eq(conv(x)),
        },
        claim=W.eq(x),
        expected="refuted",
        counterexample={"W": 1, "x": 2, "F": 1, "D": 1, "S": 2, "P": 0},
        uses=("size_eq_iff_same_block",),
    ),
    Theorem(
        name="not_output_padding_lt_stride",
        says="«torch's output padding is less than the stride»: torch also takes one that is less "
        "than the dilation.",
        zh="“torch 的输出填充小于步长”：小于膨胀率的，torch 也接受。",
        given=requirements(CONV_TRANSPOSE, "F S P D A W"),
        claim=A < S,
        expected="refuted",
        counterexample={"F": 1, "S": 1, "D": 2, "P": 0, "A": 1, "W": 1},
        uses=("conv_of_conv_transpose",),
        cites="ATen/native/Convolution.cpp",
    ),
)
