"""Statements of chapter 4 that follow from its rules: all solutions, and what people believe."""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    WINDOW,
    F,
    P,
    S,
    W,
    conv,
    conv_transpose,
    h,
    k,
    m,
    n,
    r,
    t,
)
from symconv.book.statements.statement import Have, Iff, Some, Theorem
from symconv.operators import OPERATORS
from symconv.operators.scaling import divides
from symconv.terms import both, sizes, substitute

ARTICLE = "the article on convolution arithmetic, section on upsampling"
RULE = S.eq(n) & (F - S - 2 * P).eq(0)
"""When a plain transposed convolution multiplies every size by n."""
_MULTIPLIES = {"the layer multiplies by n": RULE}
(upscale_factor,) = sizes("upscale_factor")
_kept = conv(F=2 * h + 1, S=1, P=h, D=1)
_shuffled = substitute(OPERATORS["pixel_shuffle"].size, {W: _kept, upscale_factor: r})
_scattered = conv_transpose(F=r * (2 * h + 1), S=r, P=r * h, D=1, A=0)

FAMILIES = (
    Theorem(
        name="family_even",
        says="The layers without dilation and output padding that multiply by n = 2k are S = 2k, "
        "P = t, "
        "F = 2(k + t) with t from 0 on, no others.",
        zh="没有膨胀和输出填充、放大 n = 2k 倍的层，就是 S = 2k、P = t、F = 2(k + t)，t 从 0 开始，"
        "此外再没有别的。",
        given={"k is at least 1": k >= 1, "padding adds cells": P >= 0},
        claim=Iff(
            substitute(RULE, {n: 2 * k}),
            Some(t, both(t >= 0, S.eq(2 * k), P.eq(t), F.eq(2 * (k + t))), P),
            forth=(
                Have(
                    "F is a stride of 2k and two paddings, so it is even: half of it is k + P. "
                    "Call the padding t.",
                    F.eq(2 * (k + P)),
                    "F 等于步长 2k 加上两份填充，所以是偶数，它的一半是 k + P；把填充记作 t。",
                ),
            ),
            back=(
                Have(
                    "Without its two paddings of t, F is 2k: just a stride.",
                    (F - 2 * P).eq(2 * k),
                    "去掉两份大小为 t 的填充，F 剩下 2k，正好是一个步长。",
                ),
            ),
        ),
        uses=("upsampling_plain",),
        cites=ARTICLE,
    ),
    Theorem(
        name="family_odd",
        says="For n = 2k + 1 they are S = 2k + 1, P = t, F = 2(k + t) + 1, with t from 0 on.",
        zh="n = 2k + 1 时，就是 S = 2k + 1、P = t、F = 2(k + t) + 1，t 从 0 开始。",
        given={"k is not negative": k >= 0, "padding adds cells": P >= 0},
        claim=Iff(
            substitute(RULE, {n: 2 * k + 1}),
            Some(t, both(t >= 0, S.eq(2 * k + 1), P.eq(t), F.eq(2 * (k + t) + 1)), P),
            forth=(
                Have(
                    "F is a stride of 2k + 1 and two paddings, so it is odd: one more than twice "
                    "k + P. Call the padding t.",
                    F.eq(2 * (k + P) + 1),
                    "F 等于步长 2k + 1 加上两份填充，所以是奇数，比 k + P 的两倍多 1；"
                    "把填充记作 t。",
                ),
            ),
            back=(
                Have(
                    "Without its two paddings of t, F is 2k + 1: just a stride.",
                    (F - 2 * P).eq(2 * k + 1),
                    "去掉两份大小为 t 的填充，F 剩下 2k + 1，正好是一个步长。",
                ),
            ),
        ),
        uses=("upsampling_plain",),
    ),
    Theorem(
        name="family_any",
        says="Both at once: S = n, P = t, F = n + 2t, with t from 0 on.",
        zh="两种情况合起来：S = n、P = t、F = n + 2t，t 从 0 开始。",
        given={"padding adds cells": P >= 0},
        claim=Iff(
            RULE,
            Some(t, both(t >= 0, S.eq(n), P.eq(t), F.eq(n + 2 * t)), P),
            forth=(
                Have(
                    "F is a stride of n and two paddings, whatever the padding is: call it t.",
                    F.eq(n + 2 * P),
                    "F 等于步长 n 加上两份填充，填充可以任取，记作 t。",
                ),
            ),
            back=(
                Have(
                    "Without its two paddings of t, F is n: just a stride.",
                    (F - 2 * P).eq(n),
                    "去掉两份大小为 t 的填充，F 剩下 n，正好是一个步长。",
                ),
            ),
        ),
        uses=("upsampling_plain",),
    ),
    Theorem(
        name="not_family_even_from_one",
        says="«t goes from 1 to infinity»: that misses F = 2, S = 2, P = 0, the article's own "
        "first example of a doubling.",
        zh="“t 取 1 到无穷大”：这就漏掉了 F = 2、S = 2、P = 0，文章自己的第一个放大两倍的例子。",
        given={
            "k is at least 1": k >= 1,
            "padding adds cells": P >= 0,
            "the layer multiplies by 2k": substitute(RULE, {n: 2 * k}),
        },
        claim=P >= 1,
        expected="refuted",
        counterexample={"k": 1, "P": 0, "S": 2, "F": 2},
        uses=("family_even",),
        cites=ARTICLE,
    ),
    Theorem(
        name="parity_of_kernel_of_upsampling",
        says="Kernel and factor are odd together or even together: without dilation and output "
        "padding no kernel of 3 doubles.",
        zh="卷积核和倍数同为奇数或同为偶数：没有膨胀和输出填充时，卷积核 3 不可能放大两倍。",
        given=_MULTIPLIES,
        steps=(
            Have(
                "The kernel exceeds the factor by two equal paddings: an even number.",
                F.eq(n + 2 * P),
                "卷积核比倍数多出两份相同的填充，是个偶数。",
            ),
        ),
        claim=(F % 2).eq(n % 2),
        uses=("upsampling_plain",),
    ),
    Theorem(
        name="uniform_kernel_of_upsampling",
        says="Where the kernel is m strides, n-fold upsampling has 2P = (m - 1)S.",
        zh="卷积核是 m 个步长时，n 倍上采样有 2P = (m - 1)S。",
        given=_MULTIPLIES | {"the kernel is m strides": F.eq(m * S)},
        steps=(
            Have(
                "By the rule one of the m strides is left once the paddings are cropped.",
                (m * S - 2 * P).eq(S),
                "按规则，裁掉两边的填充之后，m 个步长只剩下一个。",
            ),
        ),
        claim=(2 * P).eq((m - 1) * S),
        uses=("upsampling_plain", "uniform_overlap"),
    ),
    Theorem(
        name="odd_multiple_of_odd_stride",
        says="So an odd stride needs an odd m: a uniform overlap has m odd or S even.",
        zh="所以步长为奇数时 m 也必须是奇数：重叠均匀时，要么 m 为奇数，要么 S 为偶数。",
        given=_MULTIPLIES
        | {"the kernel is m strides": F.eq(m * S), "the stride is odd": S.eq(2 * k + 1)},
        steps=(
            Have(
                "The two paddings together are all m strides of the kernel but one.",
                (2 * P).eq((m - 1) * S),
                "两份填充合起来，是卷积核的 m 个步长去掉一个。",
            ),
            Have(
                "Each of these m - 1 strides is 2k + 1 cells. Take 2k away from each, and m - 1 is "
                "what is left of the even number 2P: even itself.",
                (m - 1).eq(2 * (P - k * (m - 1))),
                "这 m - 1 个步长各有 2k + 1 格；各去掉 2k 格，偶数 2P 就剩下 m - 1，"
                "所以 m - 1 也是偶数。",
            ),
        ),
        claim=Some(h, m.eq(2 * h + 1), P - k * (m - 1)),
        uses=("uniform_kernel_of_upsampling",),
    ),
    Theorem(
        name="sub_pixel",
        says="A convolution with an odd kernel K that keeps the size, and a pixel shuffle by r, "
        "have the size of a transposed convolution with F = rK, S = r, 2P = rK - r.",
        zh="一个保持尺寸的卷积（卷积核 K 为奇数）加上倍数为 r 的 pixel shuffle，"
        "尺寸与 F = rK、S = r、2P = rK - r 的转置卷积相同。",
        given={"2h + 1 = K is odd": h >= 0, "the factor is at least 1": r >= 1},
        steps=(
            Have(
                "A kernel of 2h + 1 costs 2h cells, and a padding of h on both sides gives them "
                "back.",
                _kept.eq(W),
                "大小为 2h + 1 的卷积核使尺寸减少 2h 格，两边各 h 格的填充正好补回。",
            ),
            Have(
                "The pixel shuffle makes r cells of each.",
                _shuffled.eq(r * W),
                "pixel shuffle 把每一格变成 r 格。",
            ),
            Have(
                "The transposed layer crops its kernel of r(2h + 1) cells by 2rh. That leaves r, "
                "just a stride, so every size is multiplied by r.",
                _scattered.eq(r * W),
                "转置卷积把 r(2h + 1) 格的卷积核裁掉 2rh 格，剩下 r 格，正好是一个步长，"
                "所以所有尺寸都放大 r 倍。",
            ),
        ),
        claim=_shuffled.eq(_scattered),
        uses=("upsampling",),
        cites="Shi et al. 2016, arXiv:1609.07009",
    ),
    Theorem(
        name="not_doubling_of_three",
        says="«kernel 3, stride 2, padding 1 doubles»: it gives 2W - 1, as 1 from W = 1; an output "
        "padding of 1 is missing.",
        zh="“卷积核 3、步长 2、填充 1 能放大两倍”：得到的是 2W - 1，例如 W = 1 得到 1；"
        "还缺大小为 1 的输出填充。",
        given=CELL,
        claim=conv_transpose(F=3, S=2, P=1, D=1, A=0).eq(2 * W),
        expected="refuted",
        counterexample={"W": 1},
        uses=("upsampling",),
    ),
    Theorem(
        name="not_downsampling_of_every_size",
        says="«A convolution that divides multiples of n by n, and a layer that multiplies by n, "
        "give every size back»: what comes back is always a multiple of n.",
        zh="“能把 n 的倍数都除以 n 的卷积，再接一个放大 n 倍的层，就能还原所有尺寸”："
        "得到的总是 n 的倍数。",
        given=CELL | WINDOW | {"the layer divides by n": divides, "the sizes fit": W >= n},
        claim=(n * conv()).eq(W),
        expected="refuted",
        counterexample={"W": 3, "F": 1, "S": 2, "D": 1, "P": 0, "n": 2},
        uses=("downsampling",),
    ),
)
