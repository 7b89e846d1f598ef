"""The statements of chapter 3, Duality."""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    CONV_TRANSPOSE,
    FITS,
    STRIDE,
    WINDOW,
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
from symconv.book.statements.statement import All, Iff, Some, Theorem
from symconv.terms import both, sizes

F2, P2, D2 = sizes("F2 P2 D2")
"""The transposed layer of a level may have a kernel, a padding and a dilation of its own."""

_REST = {"the output padding is less than the stride": both(A >= 0, A < S)}
_TORCH = requirements(CONV_TRANSPOSE, "F S P D A W")
_up = conv_transpose(conv(), F=F2, P=P2, D=D2)
_offset = (D2 * (F2 - 1) + 1) + A - 2 * P2
_gap = _offset - (extent - 2 * P)

THEOREMS = (
    Theorem(
        name="conv_of_conv_transpose",
        says="A convolution undoes its transposed layer's size, whatever the output padding "
        "below the stride.",
        given=STRIDE | _REST,
        claim=conv(conv_transpose()).eq(W),
        cites="Dumoulin & Visin 2016, relationship 14",
    ),
    Theorem(
        name="not_conv_of_conv_transpose_large_output_padding",
        says="«A convolution undoes its transposed layer»: not where the output padding reaches "
        "the stride, which torch takes where the dilation is larger.",
        given=_TORCH,
        claim=conv(conv_transpose()).eq(W),
        expected="refuted",
        counterexample={"F": 1, "S": 1, "D": 2, "P": 0, "A": 1, "W": 1},
        uses=("conv_of_conv_transpose",),
    ),
    Theorem(
        name="conv_of_conv_transpose_iff",
        says="And for no other output padding: from the stride on there is one cell more.",
        given=STRIDE,
        claim=conv(conv_transpose()).eq(W).iff(both(0 <= A, A < S)),
        uses=("conv_of_conv_transpose",),
    ),
    Theorem(
        name="fibre_of_conv",
        says="The inputs of an output y are the outputs of the transposed layer from y, one for "
        "each output padding below the stride.",
        given=STRIDE,
        claim=Iff(
            conv(x).eq(y),
            Some(
                a,
                both(0 <= a, a < S, x.eq(conv_transpose(y, A=a))),
                (x + 2 * P - extent) % S,
            ),
        ),
        uses=("conv_of_conv_transpose",),
    ),
    Theorem(
        name="unique_in_fibre",
        says="Each of these inputs has one output padding only.",
        given={"the same input": conv_transpose(y, A=a).eq(conv_transpose(y, A=x))},
        claim=a.eq(x),
        uses=("fibre_of_conv",),
    ),
    Theorem(
        name="least_of_fibre",
        says="The transposed layer without output padding gives the least input of an output.",
        given=STRIDE | {"x has the output y": conv(x).eq(y)},
        claim=(conv_transpose(y, A=0) <= x) & (x < conv_transpose(y, A=0) + S),
        uses=("fibre_of_conv",),
    ),
    Theorem(
        name="output_padding_of_round_trip",
        says="A convolution and its transposed layer give a size back just when the output "
        "padding is the number of cells that the convolution left over.",
        given=STRIDE,
        claim=conv_transpose(conv()).eq(W).iff(A.eq((W + 2 * P - extent) % S)),
        uses=("unread_eq_mod",),
    ),
    Theorem(
        name="not_conv_transpose_of_conv",
        says="«A transposed layer gives back the size that its convolution took»: not where the "
        "stride leaves cells over.",
        given=WINDOW | CELL | FITS,
        claim=conv_transpose(conv(), A=0).eq(W),
        expected="refuted",
        counterexample={"F": 1, "D": 1, "S": 2, "P": 0, "W": 2},
        uses=("output_padding_of_round_trip",),
    ),
    Theorem(
        name="not_output_padding_restores",
        says="«An output padding of S - 1 gives every size back»: only those that leave S - 1 "
        "cells over.",
        given=WINDOW | CELL | FITS,
        claim=conv_transpose(conv(), A=S - 1).eq(W),
        expected="refuted",
        counterexample={"F": 1, "D": 1, "S": 2, "P": 0, "W": 1},
        uses=("output_padding_of_round_trip",),
    ),
    Theorem(
        name="no_output_padding_for_all_sizes",
        says="One output padding gives every size back only where the stride is 1, and then it is "
        "0.",
        given=WINDOW,
        claim=Iff(
            All(
                W,
                extent <= W,
                conv_transpose(conv()).eq(W),
                (extent + S * (P + 1), extent + S * (P + 1) + 1),
            ),
            both(S.eq(1), A.eq(0)),
        ),
        uses=("output_padding_of_round_trip",),
    ),
    Theorem(
        name="round_trip_of_level",
        says="One level of a U-Net, a convolution and a transposed layer of the same stride, gives "
        "W back just when 0 <= d < S and W = E' + A - 2P' modulo S, for the gap "
        "d = (E' + A - 2P') - (E - 2P).",
        given=STRIDE,
        claim=_up.eq(W).iff(both(0 <= _gap, _gap < S, ((W - _offset) % S).eq(0))),
        uses=("fibre_of_conv",),
    ),
)
