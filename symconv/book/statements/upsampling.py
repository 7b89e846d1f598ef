"""The statements of chapter 4, Upsampling and downsampling; what follows stands in `families`.

The conditions are those that the operators declare (`symconv.operators.scaling`).
"""

from __future__ import annotations

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.families import ARTICLE, FAMILIES, RULE
from symconv.book.statements.letters import STRIDE, A, F, P, S, W, conv, conv_transpose, extent, n
from symconv.book.statements.statement import All, Have, Iff, Theorem
from symconv.operators.scaling import divides, multiplies
from symconv.terms import both

FACTOR = {"the factor is at least 1": n >= 1}
_cut = extent - 2 * P
"""What a window takes from the size: its extent, less the padding of both sides."""
_of_multiple = n * (S + 1)

_one_cell_more = Have(
    "One more input cell is S more output cells by the law, and has to be n more; so S = n.",
    S.eq(n),
    "输入多一格，按公式输出多 S 格，按要求应多 n 格，所以 S = n。",
)
_first_window = Have(
    "n cells become 1: one window fits them, and less than a stride is left beyond it.",
    both(0 <= n - _cut, n - _cut < S),
    "n 格变成 1 格：放得下一个窗口，它之后剩下的不足一个步长。",
)
_last_window = Have(
    "n(S + 1) cells become S + 1: the last window lies S strides beyond the first, and again "
    "less than a stride is left.",
    both(S * S <= _of_multiple - _cut, _of_multiple - _cut < S * S + S),
    "n(S + 1) 格变成 S + 1 格：最后一个窗口比第一个靠后 S 个步长，它之后剩下的同样不足一个步长。",
)
_strides_agree = Have(
    "From one to the other the input grows by nS cells, and the last window moves on by S "
    "strides. Each time less than a stride is left over, so nS and S times S differ by less than "
    "S: n and S by less than 1.",
    S.eq(n),
    "从前者到后者，输入多了 nS 格，最后一个窗口前进了 S 个步长；两次剩下的都不足一个步长，"
    "所以 nS 和 S 乘 S 相差小于 S，n 和 S 相差小于 1。",
)

_divided = Have(
    "With S = n, the case of n cells says that E - 2P is above 0 and at most n.",
    divides,
    "S = n 时，n 格的情形就说明 E - 2P 大于 0 且不超过 n。",
)

THEOREMS = (
    Theorem(
        name="upsampling",
        says="A transposed convolution multiplies every size by n just when S = n and "
        "E + A = S + 2P.",
        zh="转置卷积把所有尺寸放大 n 倍，当且仅当 S = n 且 E + A = S + 2P。",
        claim=Iff(
            All(W, W >= 1, conv_transpose().eq(n * W), (1, 2)),
            multiplies,
            forth=(
                _one_cell_more,
                Have(
                    "A single cell becomes E + A - 2P cells by the law, and has to be n.",
                    (extent + A - 2 * P).eq(n),
                    "只有一格时，按公式变成 E + A - 2P 格，按要求应是 n 格。",
                ),
                Have(
                    "With n = S, E + A - 2P = n is E + A = S + 2P.",
                    multiplies,
                    "把 n = S 代入即得。",
                ),
            ),
            back=(
                Have(
                    "The first cell becomes E + A - 2P = S cells, and each of the others adds S.",
                    conv_transpose().eq(S * W),
                    "第一格变成 E + A - 2P = S 格，其余每一格再加 S 格。",
                ),
                Have(
                    "And S is n.",
                    conv_transpose().eq(n * W),
                    "而 S 就是 n。",
                ),
            ),
        ),
        cites=ARTICLE,
        drawn=(Drawn("ConvTranspose1d(kernel_size=4, stride=2, padding=1)", 3),),
    ),
    Theorem(
        name="upsampling_plain",
        says="Without dilation and output padding: S = n and F - S - 2P = 0, the article's rule.",
        zh="没有膨胀和输出填充时：S = n 且 F - S - 2P = 0，也就是文章里的规则。",
        claim=Iff(
            All(W, W >= 1, conv_transpose(D=1, A=0).eq(n * W), (1, 2)),
            RULE,
            forth=(
                _one_cell_more,
                Have(
                    "A single cell becomes F - 2P cells by the law, and has to be n.",
                    (F - 2 * P).eq(n),
                    "只有一格时，按公式变成 F - 2P 格，按要求应是 n 格。",
                ),
                Have(
                    "With n = S, F - 2P = n is F - S - 2P = 0.",
                    RULE,
                    "把 n = S 代入即得。",
                ),
            ),
            back=(
                Have(
                    "The first cell becomes F - 2P = S cells, and each of the others adds S.",
                    conv_transpose(D=1, A=0).eq(S * W),
                    "第一格变成 F - 2P = S 格，其余每一格再加 S 格。",
                ),
                Have(
                    "And S is n.",
                    conv_transpose(D=1, A=0).eq(n * W),
                    "而 S 就是 n。",
                ),
            ),
        ),
        uses=("upsampling",),
        cites=ARTICLE,
    ),
    Theorem(
        name="upsampling_without_floor",
        says="The article's own form: W = (nW + 2P - F)/S + 1 for all W, without the floor, just "
        "when S = n and F - S - 2P = 0.",
        zh="文章自己的写法：对所有 W 都有 W = (nW + 2P - F)/S + 1，不取整，当且仅当 S = n 且 "
        "F - S - 2P = 0。",
        # the article's equation itself, no law of ours, multiplied by S
        claim=Iff(
            All(W, W >= 1, (S * (W - 1)).eq(n * W + 2 * P - F), (1, 2)),
            RULE,
            forth=(
                Have(
                    "From W = 1 to W = 2 the left side grows by S and the right side by n.",
                    S.eq(n),
                    "从 W = 1 到 W = 2，左边增加 S，右边增加 n。",
                ),
                Have(
                    "At W = 1 the left side is 0, so the kernel covers n cells and the padding.",
                    F.eq(n + 2 * P),
                    "W = 1 时左边为 0，所以卷积核正好盖住 n 格和两边的填充。",
                ),
                Have(
                    "With n = S, F = n + 2P is F - S - 2P = 0.",
                    RULE,
                    "把 n = S 代入即得。",
                ),
            ),
            back=(
                Have(
                    "The kernel exceeds the paddings by one stride, and nW cells are W strides.",
                    (n * W + 2 * P - F).eq(S * W - S),
                    "卷积核比两边的填充多一个步长，而 nW 格就是 W 个步长。",
                ),
            ),
        ),
        cites=ARTICLE,
    ),
    Theorem(
        name="downsampling_with_floor",
        says="With the floor a convolution takes nW to W, for all W, just when S = n and E - 2P "
        "is one of 1, ..., n.",
        zh="带着向下取整，卷积对所有 W 都把 nW 变成 W，当且仅当 S = n 且 E - 2P 是 1 到 n 之一。",
        given=STRIDE | FACTOR,
        claim=Iff(
            All(W, W >= 1, conv(n * W).eq(W), (1, S + 1)),
            divides,
            forth=(_first_window, _last_window, _strides_agree, _divided),
            back=(
                Have(
                    "nW cells are W strides, and E - 2P is at least a cell and at most a stride. "
                    "So beyond the first window there are W - 1 whole strides.",
                    both((W - 1) * S <= n * W - _cut, n * W - _cut < W * S),
                    "nW 格就是 W 个步长，E - 2P 至少一格、最多一个步长；"
                    "所以第一个窗口之后有 W - 1 个完整的步长。",
                ),
                Have(
                    "With the first window these are W windows.",
                    conv(n * W).eq(W),
                    "连同第一个窗口共 W 个。",
                ),
            ),
        ),
        drawn=(Drawn("Conv1d(kernel_size=3, stride=2, padding=1)", 6),),
    ),
    Theorem(
        name="downsampling",
        says="A convolution divides every multiple of n by n just when S = n and E - 2P is "
        "one of 1, ..., n.",
        zh="卷积把 n 的每个倍数都除以 n，当且仅当 S = n 且 E - 2P 是 1 到 n 之一。",
        given=STRIDE | FACTOR,
        claim=Iff(
            All(W, both(W >= 1, (W % n).eq(0)), (n * conv()).eq(W), (n, _of_multiple)),
            divides,
            forth=(
                _first_window,
                _last_window,
                _strides_agree,
                _divided,
            ),
            back=(
                Have(
                    "n divides W, so W over n is a whole number.",
                    W.eq(n * (W // n)),
                    "n 整除 W，所以 W 除以 n 是整数。",
                ),
                Have(
                    "Since S = n, W cells are W/n strides, and E - 2P is at least a cell and at "
                    "most a stride. So beyond the first window there are W/n - 1 whole strides.",
                    both((W // n - 1) * S <= W - _cut, W - _cut < (W // n) * S),
                    "因为 S = n，W 格就是 W/n 个步长，E - 2P 至少一格、最多一个步长；"
                    "所以第一个窗口之后有 W/n - 1 个完整的步长。",
                ),
                Have(
                    "With the first window these are W/n windows, and n times as many cells are W.",
                    (n * conv()).eq(W),
                    "连同第一个窗口共 W/n 个，它的 n 倍就是 W。",
                ),
            ),
        ),
        uses=("downsampling_with_floor",),
    ),
    Theorem(
        name="duality",
        says="For an output padding below n, the layers that multiply by n are just those that "
        "divide by n, and the output padding is n - (E - 2P).",
        zh="输出填充小于 n 时，能放大 n 倍的层恰好就是能除以 n 的那些层，"
        "而输出填充等于 n - (E - 2P)。",
        given={"the output padding is less than n": both(A >= 0, A < n)},
        steps=(
            Have(
                "With S = n, the other equation of the rule that multiplies, E + A = S + 2P, says "
                "what A is.",
                multiplies.iff(S.eq(n) & A.eq(n - _cut)),
                "既然 S = n，放大 n 倍的规则里另一个等式 E + A = S + 2P 就给出了 A。",
            ),
            Have(
                "A is one of 0, ..., n - 1. So what it leaves of n is one of 1, ..., n, as the "
                "rule that divides wants E - 2P to be.",
                both(n - A >= 1, n - A <= n),
                "A 是 0 到 n - 1 之一，所以 n - A 是 1 到 n 之一，"
                "正是除以 n 的规则对 E - 2P 的要求。",
            ),
        ),
        claim=multiplies.iff(divides & A.eq(n - _cut)),
        uses=("upsampling", "downsampling_with_floor"),
    ),
    *FAMILIES,
)
