"""The statements of chapter 5, Composition."""

from __future__ import annotations

from symconv.book.statements.letters import (
    CELL,
    P,
    S,
    W,
    a,
    b,
    c,
    conv,
    conv_transpose,
    d,
    extent,
    g,
    h,
    m,
    n,
    q,
    x,
    y,
)
from symconv.book.statements.statement import All, Have, Iff, Some, Theorem
from symconv.terms import both, sizes

F2, S2, P2, D2, B = sizes("F2 S2 P2 D2 B")
POSITIVE = {"both divisors are positive": both(b >= 1, d >= 1)}
STRIDES = {"both strides advance": both(S >= 1, S2 >= 1)}
_second = conv(conv(), F=F2, S=S2, P=P2, D=D2)
_extent2 = D2 * (F2 - 1) + 1
_field = extent + S * (_extent2 - 1)
_padding = P + S * P2

THEOREMS = (
    Theorem(
        name="nested_floor",
        says="A floor inside a floor is one floor.",
        given=POSITIVE,
        claim=(((W + a) // b + c) // d).eq((W + a + b * c) // (b * d)),
    ),
    Theorem(
        name="conv_is_one_floor",
        says="A convolution is a floor with one constant, c = 2P - E + S.",
        given={"the stride advances": S >= 1},
        claim=conv().eq((W + (2 * P - extent + S)) // S),
    ),
    Theorem(
        name="two_convs_are_one",
        says="Two convolutions are one, in the words of the receptive field: extent "
        "r = E + S(E' - 1), stride SS', padding P + SP'.",
        given=STRIDES,
        claim=_second.eq((W + 2 * _padding - _field) // (S * S2) + 1),
        uses=("nested_floor", "chain_one_floor"),
        cites="Araujo, Norris & Sim 2019, Computing Receptive Fields of CNNs",
    ),
    Theorem(
        name="two_convs_fit_iff_one_does",
        says="Where the first window fits, the second one does just when the receptive field fits.",
        given=STRIDES | {"the first window fits": extent <= W + 2 * P},
        claim=(_extent2 <= conv() + 2 * P2).iff(_field <= W + 2 * _padding),
        uses=("two_convs_are_one",),
    ),
    Theorem(
        name="inverse_of_floor",
        says="The inputs of an output y form one interval of B: from By - A on.",
        given={"the divisor is positive": B >= 1},
        claim=((W + a) // B).eq(y).iff((B * y - a <= W) & (W <= B * y - a + B - 1)),
    ),
    Theorem(
        name="cancelled_floor",
        says="A common factor of the slope and the divisor cancels.",
        given={"the factor and the divisor are positive": both(g >= 1, b >= 1)},
        claim=((g * a + c) // (g * b)).eq((a + c // g) // b),
    ),
    Theorem(
        name="one_floor_of_multiple",
        says="After a multiplication by m, a stride that m divides gives one floor again.",
        given={
            "all are positive": both(m >= 1, b >= 1, h >= 1),
            "x is the inner floor": x.eq((W + a) // b),
        },
        steps=(Have("the factor cancels", ((m * x + c) // (m * h)).eq((x + c // m) // h)),),
        claim=((m * x + c) // (m * h)).eq((W + a + b * (c // m)) // (b * h)),
        uses=("cancelled_floor", "nested_floor"),
    ),
    Theorem(
        name="one_floor_iff_divides",
        says="Only then: a multiple divided by s is one floor, slope 1 over B, just when m B is s.",
        given={"all are positive": both(m >= 1, q >= 1, B >= 1)},
        steps=(
            Have("multiples leave the floor", ((m * (q * B) + c) // q).eq(m * B + c // q)),
            Have("here as well", ((q * B + d) // B).eq(q + d // B)),
            Have("a factor cancels", ((m * (-d) + c) // (m * B)).eq((c // m - d) // B)),
            Have("less than a whole is none", ((m * (-(c // m)) + c) // (m * B)).eq(0)),
        ),
        claim=Iff(
            All(
                x,
                both(),
                ((m * x + c) // q).eq((x + d) // B),
                (0, q * B, -d, -(c // m)),
            ),
            both(q.eq(m * B), d.eq(c // m)),
            forth=(
                Have("so the slopes agree", q.eq(m * B)),
                Have("c//m is at most a block above d", ((c // m - d) // B).eq(0)),
                Have("and d is not above it", ((d - c // m) // B).eq(0)),
            ),
            back=(Have("the factor cancels", ((m * x + c) // (m * B)).eq((x + c // m) // B)),),
        ),
        uses=("cancelled_floor", "one_floor_of_multiple", "eq_of_floor_eq"),
    ),
    Theorem(
        name="level_restores_iff_divides",
        says="Pooling by n and upsampling by n give a size back just when n divides it.",
        given={"the factor is at least 1": n >= 1},
        claim=conv_transpose(conv(F=n, S=n, P=0, D=1), F=n, S=n, P=0, D=1, A=0)
        .eq(W)
        .iff((W % n).eq(0)),
        uses=("round_trip_of_level",),
    ),
    Theorem(
        name="two_levels_restore_iff_product_divides",
        says="Two such levels, by b and by d, give a size back just when bd divides it.",
        given=POSITIVE,
        claim=Iff(
            both((W % b).eq(0), ((W // b) % d).eq(0)),
            Some(q, W.eq(b * d * q), W // b // d),
            forth=(
                Have("the first level divides", W.eq(b * (W // b))),
                Have("so does the second", (W // b).eq(d * (W // b // d))),
            ),
            back=(
                Have("the first quotient", (W // b).eq(d * q)),
                Have("the second", (W // b // d).eq(q)),
            ),
        ),
        uses=("same_size_decoder",),
    ),
    Theorem(
        name="not_upsampling_after_pooling",
        says="«Pooling by 2 and upsampling by 2 give every size back»: not the odd ones.",
        given=CELL | {"it fits": W >= 2},
        claim=conv_transpose(conv(F=2, S=2, P=0, D=1), F=2, S=2, P=0, D=1, A=0).eq(W),
        expected="refuted",
        counterexample={"W": 3},
        uses=("level_restores_iff_divides",),
    ),
    Theorem(
        name="not_four_halvings_power_of_two",
        says="«A size that survives four halvings is a power of two»: a power of two above 16 is a "
        "multiple of 32, and 48 is none, but survives.",
        given={
            "four halvings leave nothing over": both(
                *(((W // step) % 2).eq(0) for step in (1, 2, 4, 8))
            ),
            "it is above 16": W > 16,
        },
        claim=(W % 32).eq(0),
        expected="refuted",
        counterexample={"W": 48},
        uses=("two_levels_restore_iff_product_divides", "same_size_decoder"),
    ),
    Theorem(
        name="not_layers_commute",
        says="«Two layers may be exchanged»: not a stride and a padding, as a rule.",
        given=CELL | {"the padding adds cells": P >= 1},
        claim=conv(conv(F=1, S=2, P=0, D=1), F=1, S=1, D=1).eq(
            conv(conv(F=1, S=1, D=1), F=1, S=2, P=0, D=1)
        ),
        expected="refuted",
        counterexample={"W": 1, "P": 1},
        uses=("two_convs_are_one",),
    ),
)
