"""The statements of chapter 4, Upsampling and downsampling.

The conditions are those that the operators declare (`symconv.operators.scaling`).
"""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    STRIDE,
    WINDOW,
    A,
    F,
    P,
    S,
    W,
    conv,
    conv_transpose,
    extent,
    h,
    k,
    m,
    n,
    r,
    t,
)
from symconv.book.statements.statement import All, Have, Iff, Some, Theorem
from symconv.operators import OPERATORS
from symconv.operators.scaling import divides, multiplies
from symconv.terms import both, sizes, substitute

ARTICLE = "the article on convolution arithmetic, section on upsampling"
FACTOR = {"the factor is at least 1": n >= 1}
_rule = S.eq(n) & (F - S - 2 * P).eq(0)
(upscale_factor,) = sizes("upscale_factor")
_shuffled = substitute(
    OPERATORS["pixel_shuffle"].size,
    {W: conv(F=2 * h + 1, S=1, P=h, D=1), upscale_factor: r},
)

THEOREMS = (
    Theorem(
        name="upsampling",
        says="A transposed convolution multiplies every size by n just when S = n and "
        "E + A = S + 2P.",
        claim=Iff(All(W, W >= 1, conv_transpose().eq(n * W), (1, 2)), multiplies),
        cites=ARTICLE,
    ),
    Theorem(
        name="upsampling_plain",
        says="Without dilation and output padding: S = n and F - S - 2P = 0, the article's rule.",
        claim=Iff(All(W, W >= 1, conv_transpose(D=1, A=0).eq(n * W), (1, 2)), _rule),
        uses=("upsampling",),
        cites=ARTICLE,
    ),
    Theorem(
        name="upsampling_without_floor",
        says="The article's own form: W = (nW + 2P - F)/S + 1 for all W, without the floor, just "
        "when S = n and F - S - 2P = 0.",
        # the article's equation itself, no law of ours, multiplied by S
        claim=Iff(All(W, W >= 1, (S * (W - 1)).eq(n * W + 2 * P - F), (1, 2)), _rule),
        cites=ARTICLE,
    ),
    Theorem(
        name="downsampling_with_floor",
        says="With the floor a convolution takes nW to W, for all W, just when S = n and E - 2P "
        "is one of 1, ..., n.",
        given=STRIDE | FACTOR,
        claim=Iff(All(W, W >= 1, conv(n * W).eq(W), (1, S + 1)), divides),
    ),
    Theorem(
        name="downsampling",
        says="So a convolution divides every multiple of n by n just when S = n and E - 2P is "
        "one of 1, ..., n.",
        given=STRIDE | FACTOR,
        claim=Iff(
            All(W, both(W >= 1, (W % n).eq(0)), (n * conv()).eq(W), (n, n * (S + 1))),
            divides,
            forth=(
                Have("n becomes 1", conv(n).eq(1)),
                Have("n(S + 1) becomes S + 1", conv(n * (S + 1)).eq(S + 1)),
            ),
            back=(Have("W is a multiple of n", W.eq(n * (W // n))),),
        ),
        uses=("downsampling_with_floor",),
    ),
    Theorem(
        name="duality",
        says="For an output padding below n, the layers that multiply by n are just those that "
        "divide by n, and the output padding is n - (E - 2P).",
        given={"the output padding is less than n": both(A >= 0, A < n)},
        claim=multiplies.iff(divides & A.eq(n - (extent - 2 * P))),
        uses=("upsampling", "downsampling_with_floor"),
    ),
    Theorem(
        name="family_even",
        says="For n = 2k the layers are S = 2k, P = t, F = 2(k + t) with t from 0 on, no others.",
        given={"k is at least 1": k >= 1, "padding adds cells": P >= 0},
        claim=Iff(
            substitute(_rule, {n: 2 * k}),
            Some(t, both(t >= 0, S.eq(2 * k), P.eq(t), F.eq(2 * (k + t))), P),
        ),
        uses=("upsampling_plain",),
        cites=ARTICLE,
    ),
    Theorem(
        name="family_odd",
        says="For n = 2k + 1 they are S = 2k + 1, P = t, F = 2(k + t) + 1, with t from 0 on.",
        given={"k is not negative": k >= 0, "padding adds cells": P >= 0},
        claim=Iff(
            substitute(_rule, {n: 2 * k + 1}),
            Some(t, both(t >= 0, S.eq(2 * k + 1), P.eq(t), F.eq(2 * (k + t) + 1)), P),
        ),
        uses=("upsampling_plain",),
    ),
    Theorem(
        name="family_any",
        says="Both at once: S = n, P = t, F = n + 2t, with t from 0 on.",
        given={"padding adds cells": P >= 0},
        claim=Iff(_rule, Some(t, both(t >= 0, S.eq(n), P.eq(t), F.eq(n + 2 * t)), P)),
        uses=("upsampling_plain",),
    ),
    Theorem(
        name="not_family_even_from_one",
        says="«t goes from 1 to infinity»: that misses F = 2, S = 2, P = 0, the article's own "
        "first example of a doubling.",
        given={
            "k is at least 1": k >= 1,
            "padding adds cells": P >= 0,
            "the layer multiplies by 2k": substitute(_rule, {n: 2 * k}),
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
        given={"the layer multiplies by n": _rule},
        claim=(F % 2).eq(n % 2),
        uses=("upsampling_plain",),
    ),
    Theorem(
        name="uniform_kernel_of_upsampling",
        says="Where the kernel is m strides, n-fold upsampling has 2P = (m - 1)S.",
        given={"the layer multiplies by n": _rule, "the kernel is m strides": F.eq(m * S)},
        claim=(2 * P).eq((m - 1) * S),
        uses=("upsampling_plain", "uniform_overlap"),
    ),
    Theorem(
        name="odd_multiple_of_odd_stride",
        says="So an odd stride needs an odd m: a uniform overlap has m odd or S even.",
        given={
            "the layer multiplies by n": _rule,
            "the kernel is m strides": F.eq(m * S),
            "the stride is odd": S.eq(2 * k + 1),
        },
        claim=Some(h, m.eq(2 * h + 1), P - k * (m - 1)),
        uses=("uniform_kernel_of_upsampling",),
    ),
    Theorem(
        name="sub_pixel",
        says="A convolution with an odd kernel K that keeps the size, and a pixel shuffle by r, "
        "have the size of a transposed convolution with F = rK, S = r, 2P = rK - r.",
        given={"2h + 1 = K is odd": h >= 0, "the factor is at least 1": r >= 1},
        claim=_shuffled.eq(conv_transpose(F=r * (2 * h + 1), S=r, P=r * h, D=1, A=0)),
        uses=("upsampling",),
        cites="Shi et al. 2016, arXiv:1609.07009",
    ),
    Theorem(
        name="not_doubling_of_three",
        says="«kernel 3, stride 2, padding 1 doubles»: it gives 2W - 1; an output padding of 1 is "
        "missing.",
        given=CELL,
        claim=conv_transpose(F=3, S=2, P=1, D=1, A=0).eq(2 * W),
        expected="refuted",
        counterexample={"W": 1},
        uses=("upsampling",),
    ),
    Theorem(
        name="not_downsampling_of_every_size",
        says="«A convolution that divides multiples of n by n, and a layer that multiplies by n, "
        "give every size back»: only the multiples of n.",
        given=CELL | WINDOW | {"the layer divides by n": divides, "the sizes fit": W >= n},
        claim=(n * conv()).eq(W),
        expected="refuted",
        counterexample={"W": 3, "F": 1, "S": 2, "D": 1, "P": 0, "n": 2},
        uses=("downsampling",),
    ),
)
