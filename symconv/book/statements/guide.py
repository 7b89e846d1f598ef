"""The statements of chapter 2, The guide.

Each is stated as there, in the letters of our laws, with the precondition that the guide leaves out
wherever it matters: a window fits.

Reference: "A guide to convolution arithmetic for deep learning", arXiv:1603.07285v2.
"""

from __future__ import annotations

from symconv.book.statements.guide_direct import DILATED, PLAIN, TAP
from symconv.book.statements.guide_strided import STRIDED
from symconv.book.statements.guide_transposed import EMULATION, TRANSPOSED
from symconv.book.statements.letters import CELL, PADDING, STRIDE, F, P, conv, conv_transpose
from symconv.book.statements.statement import Theorem

_REFUTED = (
    Theorem(
        name="not_precondition_of_guide",
        says="«For any i, k, s and p» there is an output: no, a kernel that is larger than the "
        "padded input has no place in it.",
        zh="“对任意 i、k、s 和 p”都有输出：不对，卷积核比填充后的输入还大时，根本放不下。",
        given=CELL | STRIDE | TAP | PADDING,
        claim=conv(D=1) >= 1,
        expected="refuted",
        counterexample={"W": 1, "F": 2, "S": 1, "P": 0},
        uses=("size_pos_iff_fits",),
    ),
    Theorem(
        name="not_emulation_pads",
        says="«The emulation pads its input»: no, where P is more than F - 1 its padding "
        "F - 1 - P is negative, and crops.",
        zh="“等价的普通卷积总是在填充”：不对，P 大于 F - 1 时，它的填充 F - 1 - P 是负数，"
        "也就是裁剪。",
        given=CELL
        | STRIDE
        | TAP
        | PADDING
        | {"the output has a cell": conv_transpose(D=1, A=0) >= 1},
        claim=F - 1 - P >= 0,
        expected="refuted",
        counterexample={"W": 2, "S": 2, "F": 1, "P": 1},
        uses=("emulation_of_conv_transpose",),
    ),
)

THEOREMS = (*PLAIN, *TRANSPOSED, *STRIDED, *DILATED, *EMULATION, *_REFUTED)
