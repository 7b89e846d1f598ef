"""The size law of a transposed convolution: the extent that is scattered over, cropped."""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from symconv.deriving.steps import Derivation, Draft
from symconv.deriving.window import extent_step
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS, Operator
from symconv.operators.operator import A, D, F, P, S, W
from symconv.operators.scaling import extent
from symconv.terms import sizes, substitute

i, j = sizes("i j")


def conv_transpose(numbers: Mapping[str, int], operator: Operator | None = None) -> Derivation:
    """Derive `O = (W - 1)S + E - 2P + A` from where the taps are written.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the declared law that the derivation must arrive at.
    """
    operator = operator or OPERATORS["conv_transpose"]
    draft = Draft("conv_transpose", numbers)
    positive = [W >= 1, F >= 1, S >= 1, D >= 1]
    last = (W - 1) * S + D * (F - 1)
    extent_step(draft)
    draft.step(
        "scatter",
        "Input cell i writes tap j to cell iS + jD; the first cell written is 0, this is the last.",
        last,
        equal=(
            expression(i * S + j * D).subs(
                {symbol("i"): symbol("W") - 1, symbol("j"): symbol("F") - 1}
            ),
            last,
        ),
        given=[*positive, i >= 0, i < W, j >= 0, j < F],
        claim=(i * S + j * D >= 0) & (i * S + j * D <= last),
    )
    whole = (W - 1) * S + extent
    draft.step(
        "whole",
        "From cell 0 to the last one, both included, that is the whole that is written over.",
        whole,
        equal=(whole, last - 0 + 1),
        claim=whole.eq(last - 0 + 1),
    )
    cropped = whole - 2 * P
    draft.step(
        "crop",
        "Padding means here what it takes away: P cells at each side, as the convolution added.",
        cropped,
        equal=(cropped, last - 0 + 1 - P - P),
        claim=cropped.eq(last - 0 + 1 - P - P),
    )
    draft.step(
        "output padding",
        "Output padding adds A cells at one side: that is the size.",
        sympy.Eq(symbol("O"), expression(operator.size), evaluate=False),
        equal=(cropped + A, operator.size),
        claim=(cropped + A).eq(operator.size),
    )
    conv = substitute(OPERATORS["conv"].symmetric.size, {W: operator.size})
    draft.step(
        "round trip",
        "The convolution with the same numbers goes back to W for every A below S: output padding "
        "chooses among the S sizes that it sends to W.",
        sympy.Eq(symbol("W") + sympy.floor(symbol("A") / symbol("S")), symbol("W"), evaluate=False),
        equal=(conv, symbol("W") + sympy.floor(symbol("A") / symbol("S"))),
        given=[S >= 1, A >= 0, A < S],
        claim=conv.eq(W),
    )
    return draft.done("How large the output of a transposed convolution is", operator.size)
