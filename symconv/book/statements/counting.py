"""The statements of chapter 1, Counting."""

from __future__ import annotations

from symconv.book.statements.letters import (
    FITS,
    STRIDE,
    WINDOW,
    P,
    S,
    W,
    c,
    conv,
    conv_transpose,
    e,
    extent,
    n,
    x,
)
from symconv.book.statements.statement import All, Have, Iff, Theorem
from symconv.terms import both, maximum

_reach = (conv() - 1) * S + extent
_far = S * (maximum(maximum(c, e), 0) + 1)
_block = S * (2 * P + extent) - 2 * P + extent
"""A size at which a new window begins to fit, large enough to be one."""

_new_window = (
    Have("there the new window fits", conv(_block).eq(2 * P + extent + 1)),
    Have("one cell before, it does not", conv(_block - 1).eq(2 * P + extent)),
)

THEOREMS = (
    Theorem(
        name="size_ge_iff_window_fits",
        says="The floor is a count: there are n outputs just when the n-th window fits.",
        given=STRIDE,
        claim=(n <= conv()).iff((n - 1) * S + extent <= W + 2 * P),
        cites="Dumoulin & Visin 2016, section 2.4",
    ),
    Theorem(
        name="size_pos_iff_fits",
        says="There is an output just when one window fits: the precondition that the guide and "
        "the article leave out.",
        given=STRIDE,
        claim=(conv() >= 1).iff(FITS["one window fits the padded input"]),
        uses=("size_ge_iff_window_fits",),
    ),
    Theorem(
        name="no_window_of_extent_gt",
        says="Where the kernel is larger than the padded input there is no window at all.",
        given=STRIDE | {"the kernel is larger than the padded input": W + 2 * P < extent},
        claim=conv() <= 0,
        uses=("size_pos_iff_fits",),
    ),
    Theorem(
        name="size_le_of_le",
        says="A larger input never has a smaller output.",
        given=STRIDE | {"one input is at most the other": W <= x},
        claim=conv() <= conv(x),
    ),
    Theorem(
        name="size_succ_le",
        says="One more input cell gives at most one more output cell.",
        given=STRIDE,
        claim=(conv() <= conv(W + 1)) & (conv(W + 1) <= conv() + 1),
        uses=("size_le_of_le",),
    ),
    Theorem(
        name="size_add_stride",
        says="A whole stride more of input is one more cell of output.",
        given=STRIDE,
        claim=conv(W + S).eq(conv() + 1),
    ),
    Theorem(
        name="size_eq_iff_same_block",
        says="Two inputs have the same output just when they lie in the same block of one stride: "
        "it begins with the least input of that output.",
        given=STRIDE,
        claim=conv(x)
        .eq(conv())
        .iff((conv_transpose(conv(), A=0) <= x) & (x < conv_transpose(conv(), A=0) + S)),
    ),
    Theorem(
        name="unread_eq_mod",
        says="After the last window there are (W + 2P - E) mod S cells that no window reads.",
        given=STRIDE,
        claim=(W + 2 * P - _reach).eq((W + 2 * P - extent) % S),
        cites="Dumoulin & Visin 2016, relationship 14: the number a",
    ),
    Theorem(
        name="every_cell_read_iff_divides",
        says="No cell is left over at the end just when the stride divides W + 2P - E: then, and "
        "only then, the formula needs no floor.",
        given=STRIDE,
        claim=_reach.eq(W + 2 * P).iff(((W + 2 * P - extent) % S).eq(0)),
        uses=("unread_eq_mod",),
    ),
    Theorem(
        name="same_for_all_sizes",
        says="A convolution keeps every size just when its stride is 1 and its paddings together "
        "are one less than its extent.",
        given=WINDOW,
        claim=Iff(All(W, W >= 1, conv().eq(W), (1, 2, 3)), S.eq(1) & (2 * P).eq(extent - 1)),
        cites="Dumoulin & Visin 2016, relationship 3",
    ),
    Theorem(
        name="odd_extent_of_same",
        says="So a padding that is the same on both sides keeps the size only of an odd extent.",
        given=both(S.eq(1), conv().eq(W)),
        claim=(extent % 2).eq(1),
        uses=("same_for_all_sizes",),
    ),
    Theorem(
        name="eq_of_floor_eq",
        says="Two floors of the same divisor that agree for all integers have the same constant.",
        given=STRIDE,
        claim=Iff(
            All(W, both(), ((W + c) // S).eq((W + e) // S), (-c, -e)),
            c.eq(e),
        ),
    ),
    Theorem(
        name="eq_of_floor_eq_of_pos",
        says="It is enough that they agree for all sizes, from 1 on.",
        given=STRIDE,
        claim=Iff(
            All(W, W >= 1, ((W + c) // S).eq((W + e) // S), (_far - c, _far - e)),
            c.eq(e),
        ),
        uses=("eq_of_floor_eq",),
    ),
    Theorem(
        name="ceil_for_all_sizes",
        says="The output is W/S rounded up, for all sizes, just when the extent is 2P + 1.",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, conv().eq(-((-W) // S)), (_block, _block - 1)),
            extent.eq(2 * P + 1),
            forth=_new_window,
        ),
    ),
    Theorem(
        name="floor_for_all_sizes",
        says="The output is W/S rounded down, for all sizes, just when the extent is S + 2P.",
        given=WINDOW,
        claim=Iff(
            All(W, W >= 1, conv().eq(W // S), (_block, _block - 1)),
            extent.eq(S + 2 * P),
            forth=_new_window,
        ),
    ),
    Theorem(
        name="halving_fits_from_stride",
        says="Such a layer is legal from W = S on.",
        given=STRIDE | {"the extent is S + 2P": extent.eq(S + 2 * P)},
        claim=(conv() >= 1).iff(S <= W),
        uses=("floor_for_all_sizes",),
    ),
)
