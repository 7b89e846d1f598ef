"""Chains of convolutions, and the numbers that say all of them: the notions of `Chains.v`."""

from __future__ import annotations

from symconv.book.statements.structures.common import W, conv, extent, maximum
from symconv.book.statements.structures.formula import both, cases, function, names
from symconv.book.statements.structures.formula import listed as list_of
from symconv.book.statements.structures.notion import notion, record

chain, rest, first, second, layer = names("chain rest first second l")
kernel, stride, padding, dilation = names("kernel stride padding dilation")
reach, after, size, strided, fits = names("reach after size strided fits")
offset_of, factor, offset, least, field, margin = names(
    "offset_of factor offset least field margin"
)
for_every = names("Forall")[0]
EMPTY = list_of()
_more = layer.before(rest)
TRUE = names("True")[0]

NOTIONS = (
    *record(
        "layer",
        kernel=("F_{{{l}}}", "F({l})"),
        stride=("S_{{{l}}}", "S({l})"),
        padding=("P_{{{l}}}", "P({l})"),
        dilation=("D_{{{l}}}", "D({l})"),
    ),
    notion(
        "reach",
        "l : layer",
        "Z",
        extent(dilation(layer), kernel(layer)),
        latex="E_{{{l}}}",
        text="E({l})",
    ),
    notion(
        "after",
        "l : layer; W : Z",
        "Z",
        conv(W, kernel(layer), stride(layer), padding(layer), dilation(layer)),
        latex=r"{l}\left({W}\right)",
        text="{l}({W})",
    ),
    notion(
        "size",
        "chain : list layer; W : Z",
        "Z",
        cases(chain, (EMPTY, W), (_more, size(rest, after(layer, W)))),
        latex=r"{chain:atom}\left({W}\right)",
        text="{chain:atom}({W})",
    ),
    notion(
        "strided",
        "chain : list layer",
        "Prop",
        for_every(function("l", stride(layer) >= 1), chain),
    ),
    notion(
        "fits",
        "chain : list layer; W : Z",
        "Prop",
        cases(
            chain,
            (EMPTY, TRUE),
            (_more, both(reach(layer) <= W + 2 * padding(layer), fits(rest, after(layer, W)))),
        ),
        latex=r"\text{{every window of }} {chain} \text{{ fits }} {W}",
        text="every window of {chain} fits {W}",
        level="comparison",
    ),
    notion(
        "offset_of",
        "l : layer",
        "Z",
        2 * padding(layer) - reach(layer) + stride(layer),
        latex="A_{{{l}}}",
        text="A({l})",
    ),
    notion(
        "factor",
        "chain : list layer",
        "Z",
        cases(chain, (EMPTY, 1), (_more, stride(layer) * factor(rest))),
        latex=r"B\left({chain}\right)",
        text="B({chain})",
    ),
    notion(
        "offset",
        "chain : list layer",
        "Z",
        cases(chain, (EMPTY, 0), (_more, offset_of(layer) + stride(layer) * offset(rest))),
        latex=r"A\left({chain}\right)",
        text="A({chain})",
    ),
    notion(
        "least",
        "chain : list layer",
        "Z",
        cases(
            chain,
            (EMPTY, 1),
            (_more, maximum(1, stride(layer) * least(rest) - offset_of(layer))),
        ),
        latex=r"\operatorname{{least}}\left({chain}\right)",
        text="least({chain})",
    ),
    notion(
        "field",
        "chain : list layer",
        "Z",
        cases(chain, (EMPTY, 1), (_more, reach(layer) + stride(layer) * (field(rest) - 1))),
        latex=r"r_0\left({chain}\right)",
        text="r0({chain})",
    ),
    notion(
        "margin",
        "chain : list layer",
        "Z",
        cases(chain, (EMPTY, 0), (_more, padding(layer) + stride(layer) * margin(rest))),
        latex=r"P_0\left({chain}\right)",
        text="P0({chain})",
    ),
)
