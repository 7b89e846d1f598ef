"""The statements of chapter 8, The article.

Each claim of the article on convolution arithmetic that is imprecise stands here as a false
statement, with its smallest counterexample; the right ones are in the chapters.
"""

from __future__ import annotations

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
from symconv.book.statements.statement import Theorem
from symconv.terms import both

_ARTICLE = "the article on convolution arithmetic, {}"

THEOREMS = (
    Theorem(
        name="article_keeps_five",
        says="5 cells, P = 1, F = 3, S = 1: 5 cells.",
        claim=conv(5, F=3, S=1, P=1, D=1).eq(5),
        cites=_ARTICLE.format("first example"),
    ),
    Theorem(
        name="article_five_to_seven",
        says="The article's transposed 5 to 7, with P = 2, F = 3, S = 1, is the emulation: a "
        "direct convolution with P' = F - 1 - P of the transposed one with P = 0.",
        claim=conv(5, F=3, S=1, P=2, D=1).eq(7) & conv_transpose(5, F=3, S=1, P=0, D=1, A=0).eq(7),
        uses=("emulation_of_conv_transpose",),
        cites=_ARTICLE.format("second example"),
    ),
    Theorem(
        name="article_keeps_256",
        says="Conv2d(1, 1, 3, padding=1, stride=1) keeps 256.",
        claim=conv(256, F=3, S=1, P=1, D=1).eq(256),
        cites=_ARTICLE.format("torch examples"),
    ),
    Theorem(
        name="article_doubles_256",
        says="ConvTranspose2d(1, 1, 2, stride=2) and ConvTranspose2d(1, 1, 4, stride=2, padding=1) "
        "both take 256 to 512.",
        claim=conv_transpose(256, F=2, S=2, P=0, D=1, A=0).eq(512)
        & conv_transpose(256, F=4, S=2, P=1, D=1, A=0).eq(512),
        uses=("upsampling",),
        cites=_ARTICLE.format("torch examples"),
    ),
    Theorem(
        name="not_floor_unneeded",
        says="«The floor is rarely needed»: wherever the stride leaves cells over.",
        given=CELL | WINDOW | FITS,
        claim=(S * (conv() - 1)).eq(W + 2 * P - extent),
        expected="refuted",
        counterexample={"W": 2, "F": 1, "D": 1, "S": 2, "P": 0},
        uses=("every_cell_read_iff_divides",),
        cites=_ARTICLE.format("size formula"),
    ),
    Theorem(
        name="not_same_formula",
        says="«A transposed convolution has the same formula»: with its own P, it has not.",
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
        says="«Half padding keeps the size», of an even kernel: one cell too many.",
        given=CELL | requirements(CONV, "F") | {"the kernel is even": (F % 2).eq(0)},
        claim=conv(P=F // 2, S=1, D=1).eq(W),
        expected="refuted",
        counterexample={"W": 1, "F": 2},
        uses=("odd_extent_of_same",),
    ),
    Theorem(
        name="not_dilated_kernel_is_product",
        says="«A dilated kernel covers D times F cells»: D(F - 1) + 1.",
        given={"kernel and dilation are legal": both(F >= 1, D >= 1)},
        claim=extent.eq(D * F),
        expected="refuted",
        counterexample={"F": 1, "D": 2},
    ),
    Theorem(
        name="not_kernel_fits_of_le",
        says="«A kernel no larger than the input fits»: not if it is dilated.",
        given=CELL | WINDOW | {"the kernel is at most the input": F <= W, "no padding": P.eq(0)},
        claim=conv() >= 1,
        expected="refuted",
        counterexample={"W": 2, "F": 2, "D": 2, "S": 1, "P": 0},
        uses=("size_pos_iff_fits",),
    ),
    Theorem(
        name="not_stride_divides_size",
        says="«A stride of S divides the size by S»: without padding it rounds up at best.",
        given=CELL | WINDOW | FITS | {"no padding": P.eq(0), "no dilation": D.eq(1)},
        claim=conv().eq(W // S),
        expected="refuted",
        counterexample={"W": 1, "F": 1, "D": 1, "S": 2, "P": 0},
        uses=("floor_for_all_sizes",),
    ),
    Theorem(
        name="not_output_size_determines_input",
        says="«Layers of the same output size had the same input»: a block of S sizes shares it.",
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
        says="«torch's output padding is less than the stride»: or less than the dilation.",
        given=requirements(CONV_TRANSPOSE, "F S P D A W"),
        claim=A < S,
        expected="refuted",
        counterexample={"F": 1, "S": 1, "D": 2, "P": 0, "A": 1, "W": 1},
        uses=("conv_of_conv_transpose",),
        cites="ATen/native/Convolution.cpp",
    ),
)
