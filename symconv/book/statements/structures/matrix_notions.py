"""The matrix of a convolution, its transpose, and layers as they run: the notions of `Matrix.v`."""

from __future__ import annotations

from symconv.book.statements.structures.common import (
    ZERO,
    D,
    F,
    P,
    S,
    W,
    d,
    m,
    n,
    o,
    to_integer,
    to_natural,
    x,
    y,
)
from symconv.book.statements.structures.formula import cases, function, names, sign, where
from symconv.book.statements.structures.notion import notion
from symconv.book.statements.structures.sums import NOTIONS as SUMS
from symconv.book.statements.structures.sums import nothing, successor, sum_

entry, times, transposed_times = names("entry times transposed_times")
padded, convolved, scattered = names("padded convolved scattered")
steps, loop, add_at, stretched, flipped = names("steps loop add_at stretched flipped")
w, v, c, step, line, cell, value = names("w v c step line cell value")
LAYER = (F, S, P, D, w)

_tap = o * S + d * D - P
"""The cell under tap d of output o."""

NOTIONS = (
    *SUMS,
    notion(
        "entry",
        "F S P D : Z; w : Z -> Z; o x : Z",
        "Z",
        sum_(F, function("d", where(sign("=?", x, _tap), w(d), 0))),
        latex=r"{{C{own}}}_{{{o},\,{x}}}",
        text="C[{o}, {x}{own}]",
    ),
    notion(
        "times",
        "F S P D : Z; w : Z -> Z; W : Z; v : Z -> Z; o : Z",
        "Z",
        sum_(W, function("x", entry(*LAYER, o, x) * v(x))),
        latex=r"\left(C{own}\, {v:atom}\right)",
        text="(C{own} {v:atom})",
        below="o",
    ),
    notion(
        "transposed_times",
        "F S P D : Z; w : Z -> Z; n : Z; y : Z -> Z; x : Z",
        "Z",
        sum_(n, function("o", entry(*LAYER, o, x) * y(o))),
        latex=r"\left({{C{own}}}^{{\mathsf{{T}}}} {y:atom}\right)",
        text="(C^T{own} {y:atom})",
        below="x",
    ),
    notion(
        "padded",
        "W : Z; v : Z -> Z; x : Z",
        "Z",
        where(sign("&&", sign("<=?", ZERO, x), sign("<?", x, W)), v(x), 0),
        latex=r"\operatorname{{padded}}{own}\left({v}\right)",
        text="padded({v}{own})",
        below="x",
    ),
    notion(
        "convolved",
        "F S P D : Z; w : Z -> Z; W : Z; v : Z -> Z; o : Z",
        "Z",
        sum_(F, function("d", w(d) * padded(W, v, _tap))),
        latex=r"\operatorname{{convolved}}{own}\left({v}\right)",
        text="convolved({v}{own})",
        below="o",
    ),
    notion(
        "steps",
        "n : nat; step : Z -> (Z -> Z) -> Z -> Z; line : Z -> Z",
        "Z -> Z",
        cases(
            n,
            (nothing, line),
            (successor(m), step(to_integer(m), steps(m, step, line))),
        ),
    ),
    notion("loop", "n : Z", "", steps(to_natural(n))),
    notion(
        "add_at",
        "cell value : Z; line : Z -> Z; x : Z",
        "Z",
        line(x) + where(sign("=?", x, cell), value, 0),
        latex=r"\operatorname{{add}}{own}\left({value}, {cell}\right)",
        text="add({value} at {cell}{own})",
        below="x",
    ),
    notion(
        "scattered",
        "F S P D : Z; w : Z -> Z; n : Z; y : Z -> Z",
        "Z -> Z",
        loop(
            n,
            function("o", loop(F, function("d", add_at(_tap, w(d) * y(o))))),
            function("_", 0),
        ),
        latex=r"\operatorname{{scattered}}{own}\left({y}\right)",
        text="scattered({y}{own})",
    ),
    notion(
        "stretched",
        "S n : Z; y : Z -> Z; c : Z",
        "Z",
        where(sign("=?", c % S, 0), padded(n, y, c // S), 0),
        latex=r"\operatorname{{stretched}}{own}\left({y}\right)",
        text="stretched({y}{own})",
        below="c",
    ),
    notion(
        "flipped",
        "F : Z; w : Z -> Z; d : Z",
        "Z",
        w(F - 1 - d),
        latex=r"\operatorname{{flipped}}{own}\left({w}\right)",
        text="flipped({w}{own})",
        below="d",
    ),
)
