"""The statements of chapter 2, The guide.

Each is stated as there, in the letters of our laws, with the precondition that the guide leaves out
wherever it matters: a window fits. Relationships 8 to 14 are about the *emulation*: the direct
convolution of the stretched input, S - 1 zeros between its cells, with a padding of F - 1 - P.

Reference: "A guide to convolution arithmetic for deep learning", arXiv:1603.07285v2.
"""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    FITS,
    STRIDE,
    WINDOW,
    A,
    D,
    F,
    P,
    S,
    W,
    a,
    conv,
    conv_transpose,
    extent,
    k,
)
from symconv.book.statements.statement import Theorem
from symconv.operators import OPERATORS
from symconv.operators.window import ceil_mode
from symconv.terms import Term, TermLike, constant, substitute

_GUIDE = "Dumoulin & Visin 2016, relationship {}"
_TAP = {sentence: WINDOW[sentence] for sentence in ("the kernel has a tap", "padding adds cells")}
_fits = {sentence: substitute(term, {D: 1}) for sentence, term in FITS.items()}
_fits_alone = {sentence: substitute(term, {D: 1, P: 0}) for sentence, term in FITS.items()}
_odd = {"the kernel is odd": F.eq(2 * k + 1), "the padding is half of it": P.eq(F // 2)}
_full = {"the padding is full": P.eq(F - 1)}
_PADDED = {"the padding is at most F - 1": P <= F - 1}
_divides = {"the stride divides W + 2P - F": ((W + 2 * P - F) % S).eq(0)}
_divides_alone = {"the stride divides W - F": ((W - F) % S).eq(0)}


_pool = substitute(
    OPERATORS["max_pool"].size, {P: constant(0), D: constant(1), ceil_mode: constant(0)}
)


def emulated(size: TermLike = W, **letters: TermLike) -> Term:
    """Return the size of the direct convolution that emulates a transposed one.

    The input is stretched to `(W - 1)*S + 1` cells, and `A` more; the padding is `F - 1 - P`.
    """
    stretched = (W - 1) * S + 1 + A
    found = conv(stretched, S=1, P=F - 1 - P, D=1)
    replaced = {
        letter: letters[letter.args[0]] for letter in (F, S, P, A) if letter.args[0] in letters
    }
    return substitute(found, {W: size, **replaced})


def _there(size: Term, formula: Term) -> Term:
    """Our law has the guide's form, and there is an output."""
    return size.eq(formula) & (formula >= 1)


THEOREMS = (
    Theorem(
        name="guide_1",
        says="Without padding and with a stride of 1: o = (i - k) + 1.",
        given=_TAP | _fits_alone,
        claim=_there(conv(P=0, S=1, D=1), (W - F) + 1),
        cites=_GUIDE.format(1),
    ),
    Theorem(
        name="guide_2",
        says="With padding and a stride of 1: o = (i - k) + 2p + 1.",
        given=_TAP | _fits,
        claim=_there(conv(S=1, D=1), (W - F) + 2 * P + 1),
        cites=_GUIDE.format(2),
    ),
    Theorem(
        name="guide_3",
        says="Half padding keeps the size: for odd kernels, which the guide says.",
        given=CELL | _TAP | _odd,
        claim=conv(S=1, D=1).eq(W) & (W + 2 * (F // 2) - (F - 1)).eq(W),
        cites=_GUIDE.format(3),
    ),
    Theorem(
        name="guide_4",
        says="Full padding: o = i + (k - 1).",
        given=CELL | _TAP | _full,
        claim=_there(conv(S=1, D=1), W + (F - 1)),
        cites=_GUIDE.format(4),
    ),
    Theorem(
        name="guide_5",
        says="Without padding: o = floor((i - k)/s) + 1.",
        given=_TAP | STRIDE | _fits_alone,
        claim=_there(conv(P=0, D=1), (W - F) // S + 1),
        cites=_GUIDE.format(5),
    ),
    Theorem(
        name="guide_6",
        says="With padding and stride: o = floor((i + 2p - k)/s) + 1.",
        given=_TAP | STRIDE | _fits,
        claim=_there(conv(D=1), (W + 2 * P - F) // S + 1),
        uses=("size_ge_iff_window_fits",),
        cites=_GUIDE.format(6),
    ),
    Theorem(
        name="guide_6_remark",
        says="Where s divides i + 2p - k, the inputs i, ..., i + s - 1 have the same output.",
        given=STRIDE | _divides | {"at most a stride less one more": (a >= 0) & (a < S)},
        claim=conv(W + a, D=1).eq(conv(D=1)),
        uses=("size_eq_iff_same_block",),
        cites="Dumoulin & Visin 2016, section 4.5",
    ),
    Theorem(
        name="guide_7",
        says="Pooling without padding, dilation or ceil mode: o = floor((i - k)/s) + 1.",
        given=_TAP | STRIDE | _fits_alone,
        claim=_there(_pool, (W - F) // S + 1),
        uses=("guide_5",),
        cites=_GUIDE.format(7),
    ),
    Theorem(
        name="guide_8",
        says="The transpose of no padding and stride 1: o' = i' + (k - 1).",
        given=CELL | _TAP,
        claim=_there(emulated(S=1, P=0, A=0), W + (F - 1)),
        uses=("emulation_of_conv_transpose",),
        cites=_GUIDE.format(8),
    ),
    Theorem(
        name="guide_9",
        says="The transpose of padding and stride 1: o' = i' + (k - 1) - 2p.",
        given=CELL | _TAP | _PADDED,
        claim=emulated(S=1, A=0).eq(W + (F - 1) - 2 * P),
        uses=("emulation_of_conv_transpose",),
        cites=_GUIDE.format(9),
    ),
    Theorem(
        name="guide_10",
        says="The transpose of half padding: o' = i'.",
        given=CELL | _TAP | _odd,
        claim=emulated(S=1, A=0).eq(W),
        uses=("guide_9",),
        cites=_GUIDE.format(10),
    ),
    Theorem(
        name="guide_11",
        says="The transpose of full padding: o' = i' - (k - 1).",
        given=CELL | _TAP | _full,
        claim=emulated(S=1, A=0).eq(W - (F - 1)),
        uses=("guide_9",),
        cites=_GUIDE.format(11),
    ),
    Theorem(
        name="guide_12",
        says="The transpose of strides without padding: o' = s(i' - 1) + k, for any i'.",
        given=_TAP | STRIDE | CELL,
        claim=_there(emulated(P=0, A=0), S * (W - 1) + F),
        uses=("emulation_of_conv_transpose",),
        cites=_GUIDE.format(12),
    ),
    Theorem(
        name="guide_12_round_trip",
        says="It gives back every size whose rest the stride divides: the guide's precondition.",
        given=_TAP | STRIDE | _fits_alone | _divides_alone,
        claim=emulated(conv(P=0, D=1), P=0, A=0).eq(W),
        uses=("guide_12",),
        cites=_GUIDE.format(12),
    ),
    Theorem(
        name="guide_13",
        says="The transpose of strides with padding: o' = s(i' - 1) + k - 2p, for any i'.",
        given=_TAP | STRIDE | _PADDED | CELL,
        claim=emulated(A=0).eq(S * (W - 1) + F - 2 * P),
        uses=("emulation_of_conv_transpose",),
        cites=_GUIDE.format(13),
    ),
    Theorem(
        name="guide_13_round_trip",
        says="It gives back every size whose rest the stride divides: the guide's precondition.",
        given=_TAP | STRIDE | _PADDED | _fits | _divides,
        claim=emulated(conv(D=1), A=0).eq(W),
        uses=("guide_13",),
        cites=_GUIDE.format(13),
    ),
    Theorem(
        name="guide_14",
        says="The transpose in general: o' = s(i' - 1) + a + k - 2p.",
        given=_TAP | STRIDE | _PADDED | CELL,
        claim=emulated().eq(S * (W - 1) + A + F - 2 * P),
        uses=("emulation_of_conv_transpose",),
        cites=_GUIDE.format(14),
    ),
    Theorem(
        name="guide_14_round_trip",
        says="With a = (i + 2p - k) mod s the transposed layer gives every size back.",
        given=STRIDE,
        claim=emulated(conv(D=1), A=(W + 2 * P - F) % S).eq(W),
        uses=("guide_14", "unread_eq_mod"),
        cites=_GUIDE.format(14),
    ),
    Theorem(
        name="guide_15",
        says="With dilation: o = floor((i + 2p - k - (k - 1)(d - 1))/s) + 1.",
        given=WINDOW | FITS,
        claim=_there(conv(), (W + 2 * P - F - (F - 1) * (D - 1)) // S + 1),
        uses=("size_ge_iff_window_fits",),
        cites=_GUIDE.format(15),
    ),
    Theorem(
        name="emulation_of_conv_transpose",
        says="The transposed convolution is the direct one of the stretched input with a padding "
        "of F - 1 - P; below zero, that padding is a crop, which the guide does not say.",
        claim=emulated().eq(conv_transpose(D=1)),
        cites="Dumoulin & Visin 2016, section 4.6",
    ),
    Theorem(
        name="emulation_of_dilated_conv_transpose",
        says="With dilation the padding of the emulation is E - 1 - P; the guide has no such case.",
        claim=conv((W - 1) * S + 1 + A, S=1, P=extent - 1 - P).eq(conv_transpose()),
        uses=("emulation_of_conv_transpose",),
    ),
    Theorem(
        name="not_precondition_of_guide",
        says="«For any i, k, s and p» there is an output: no, where the kernel is larger than the "
        "padded input.",
        given=CELL | STRIDE | _TAP,
        claim=conv(D=1) >= 1,
        expected="refuted",
        counterexample={"W": 1, "F": 2, "S": 1, "P": 0},
        uses=("size_pos_iff_fits",),
    ),
    Theorem(
        name="not_emulation_pads",
        says="«The emulation pads its input»: no, where P is more than F - 1 it crops.",
        given=CELL | STRIDE | _TAP | {"the output has a cell": conv_transpose(D=1, A=0) >= 1},
        claim=F - 1 - P >= 0,
        expected="refuted",
        counterexample={"W": 2, "S": 2, "F": 1, "P": 1},
        uses=("emulation_of_conv_transpose",),
    ),
)
