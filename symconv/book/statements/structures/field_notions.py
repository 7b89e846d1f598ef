"""What an output of a chain reads, and where its middle is: the notions of `ReceptiveField.v`."""

from __future__ import annotations

from dataclasses import replace

from symconv.book.statements.structures.chain_notions import (
    EMPTY,
    chain,
    dilation,
    factor,
    field,
    for_every,
    kernel,
    layer,
    margin,
    padding,
    rest,
    stride,
)
from symconv.book.statements.structures.chain_notions import NOTIONS as CHAINS
from symconv.book.statements.structures.common import d, m, o, x
from symconv.book.statements.structures.formula import between, both, cases, function, names, some
from symconv.book.statements.structures.notion import notion
from symconv.book.statements.structures.placements import COUNTS, LEGAL, SCATTERED, SPANS

regular, taps, reads = names("regular taps reads")
first_cell, last_cell, twice_centre = names("first_cell last_cell twice_centre")
one, other, lowest, highest = names("one other lowest highest")

_chains = (
    replace(each, latex=r"S_0\left({chain}\right)", text="S0({chain})")
    if each.name == factor.name
    else each
    for each in CHAINS
)
"""The factor of a chain is called B where it divides, and here S0: the stride of the whole."""
_positive = both(kernel(layer) >= 1, stride(layer) >= 1, dilation(layer) >= 1)

NOTIONS = (
    *(LEGAL, COUNTS, SPANS, SCATTERED),
    *_chains,
    notion(
        "regular",
        "chain : list layer",
        "Prop",
        for_every(function("l", _positive), chain),
    ),
    notion(
        "taps",
        "l : layer; o x : Z",
        "Prop",
        some(
            "d : Z",
            both(
                between(0, d, kernel(layer)),
                x.eq(o * stride(layer) + d * dilation(layer) - padding(layer)),
            ),
        ),
        latex=r"\text{{output }} {o} \text{{ of }} {l} \text{{ reads }} {x}",
        text="output {o} of {l} reads {x}",
        level="comparison",
    ),
    notion(
        "reads",
        "chain : list layer; o x : Z",
        "Prop",
        cases(
            chain,
            (EMPTY, x.eq(o)),
            (layer.before(rest), some("m : Z", both(reads(rest, o, m), taps(layer, m, x)))),
        ),
        latex=r"\text{{output }} {o} \text{{ of }} {chain} \text{{ reads }} {x}",
        text="output {o} of {chain} reads {x}",
        level="comparison",
    ),
    notion(
        "first_cell",
        "chain : list layer; o : Z",
        "Z",
        -margin(chain) + o * factor(chain),
    ),
    notion(
        "last_cell",
        "chain : list layer; o : Z",
        "Z",
        first_cell(chain, o) + field(chain) - 1,
    ),
    notion(
        "twice_centre",
        "chain : list layer; o : Z",
        "Z",
        first_cell(chain, o) + last_cell(chain, o),
        latex=r"2 c_{{{o}}}\left({chain}\right)",
        text="2*c({chain}, {o})",
        level="product",
    ),
)
