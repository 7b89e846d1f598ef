"""What an output of a chain reads, and when two branches look at the same place.

The Coq file is `ReceptiveField.v`.
"""

from __future__ import annotations

from symconv.book.statements.structures.arguing import Because, Steps
from symconv.book.statements.structures.chain_notions import (
    chain,
    dilation,
    factor,
    field,
    for_every,
    kernel,
    layer,
    margin,
    padding,
    reach,
    stride,
)
from symconv.book.statements.structures.common import o, x
from symconv.book.statements.structures.entry import Lemma, Structural
from symconv.book.statements.structures.field_notions import (
    NOTIONS,
    first_cell,
    highest,
    last_cell,
    lowest,
    one,
    other,
    reads,
    regular,
    taps,
    twice_centre,
)
from symconv.book.statements.structures.formula import (
    Formula,
    both,
    every,
    function,
    given,
    sign,
)
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.placements import spans
from symconv.book.statements.structures.regions import aligned_with, region_with

_regular = (regular(chain),)
_CHAIN = "chain : list layer; o : Z"
_REGION = every(
    _CHAIN,
    given(*_regular, spans(first_cell(chain, o), last_cell(chain, o), reads(chain, o))),
)
_FIELD = every(
    "chain : list layer; o lowest highest : Z",
    given(
        *_regular,
        spans(lowest, highest, reads(chain, o)),
        (highest - lowest + 1).eq(field(chain)),
    ),
)
_CENTRE = every(
    _CHAIN,
    twice_centre(chain, o).eq(2 * o * factor(chain) - 2 * margin(chain) + field(chain) - 1),
)
_same = for_every(function("l", (2 * padding(layer)).eq(reach(layer) - 1)), chain)
_SAME_CENTRE = every(_CHAIN, given(_same, twice_centre(chain, o).eq(2 * o * factor(chain))))
_equal_centres = twice_centre(one, o).eq(twice_centre(other, o))


def _shift(branch: Formula) -> Formula:
    return field(branch) - 2 * margin(branch)


_ALIGNED = every(
    "one other : list layer",
    every("o : Z", given(o >= 0, _equal_centres)).iff(
        both(factor(one).eq(factor(other)), _shift(one).eq(_shift(other)))
    ),
)
_JOINED = every(
    "one other : list layer; o : Z",
    given(
        regular(one),
        regular(other),
        _equal_centres,
        field(other) <= field(one),
        spans(
            first_cell(one, o),
            last_cell(one, o),
            function("x", sign("\\/", reads(one, o, x), reads(other, o, x))),
        ),
    ),
)
_because, _aligning = Steps(NOTIONS, _regular), Steps(NOTIONS)
_first_of_layer = -padding(layer) + o * stride(layer)

STATEMENTS = (
    Structural(
        name="receptive_field",
        chapter="composition",
        says="On a line without ends, away from the border, output o of a chain reads from "
        "-P0 + o S0 to -P0 + o S0 + r0 - 1: both ends, and nothing outside.",
        zh="在没有尽头的一行上，一串层的第 o 格输出读取从 -P0 + o S0 到 -P0 + o S0 + r0 - 1 "
        "的输入：两端都读到，此外不读。",
        argument=(
            _because(
                "layer_spans",
                every(
                    "l : layer; o : Z",
                    given(
                        kernel(layer) >= 1,
                        dilation(layer) >= 1,
                        spans(
                            _first_of_layer,
                            _first_of_layer + reach(layer) - 1,
                            taps(layer, o),
                        ),
                    ),
                ),
                "One layer: output o has its first tap at -P + oS and its last one E - 1 cells "
                "further on. The taps between may leave gaps, but none lies outside.",
                "先看一层：第 o 格输出的第一个采样点在 -P + oS，最后一个在它之后 E - 1 格。"
                "中间的采样点可能有空隙，但都不会超出这两端。",
            ),
            _because(
                "region_of_chain",
                _REGION,
                "Now go from the last layer back to the input. If the rest of the chain reads from "
                "m to m + r - 1 of what this layer puts out, the first input cell is that of the "
                "first tap of m, and the last one that of the last tap of m + r - 1. A layer "
                "spreads everything behind it by its stride and adds E - 1: that is how P0, S0 "
                "and r0 grow. Without layers, o reads itself.",
                "再从最后一层往回推（对层数归纳）。如果后面的部分读取这一层的第 m 到 m + r - 1 "
                "格输出，那么最前面的输入是 m 的第一个采样点，最后面的是 m + r - 1 的最后一个"
                "采样点。每一层把它后面的一切按步长拉开，再加上 E - 1：P0、S0 和 r0 就是这样"
                "累积的。没有层时，o 读取的就是它自己。",
            ),
            _because(
                "field_of_chain",
                _FIELD,
                "A region has only one first and one last cell, so it is r0 cells long at every "
                "output.",
                "一个范围的首尾是唯一的，所以每格输出的范围都是 r0 格。",
            ),
            _because(
                "centre_of_chain",
                _CENTRE,
                "Its middle lies halfway between the two ends; twice the middle is their sum, so "
                "that no halves are needed.",
                "中心在两端的正中间；两端之和就是中心的两倍，这样不会出现半格。",
            ),
            _because(
                "centre_of_same_chain",
                _SAME_CENTRE,
                "If each layer has 2P = E - 1, then 2P0 = r0 - 1 for the chain as well, layer by "
                "layer, and the middle of output o is the cell o S0 itself.",
                "如果每层都有 2P = E - 1，那么逐层累积下来，整串层也有 2P0 = r0 - 1，"
                "第 o 格输出的中心恰好是第 o S0 格。",
            ),
        ),
        file="ReceptiveField.v",
        formal=(
            Lemma("region_of_chain", _REGION),
            Lemma("field_of_chain", _FIELD),
            Lemma("centre_of_chain", _CENTRE),
            Lemma("centre_of_same_chain", _SAME_CENTRE),
        ),
        notions=NOTIONS,
        letters=Letters((("o", 10**6),), ("",)),
        chain_names=("chain",),
        numbers=region_with,
        uses=("chain_one_floor",),
        cites="Araujo, Norris & Sim 2019, Computing Receptive Fields of CNNs",
    ),
    Structural(
        name="alignment",
        chapter="composition",
        says="Two branches have the same centres just when their strides are equal and their "
        "r0 - 2 P0 are; then the wider one's region is the region of both.",
        zh="两个分支的中心处处相同，当且仅当总步长相等，并且 r0 - 2 P0 相等；"
        "这时较宽的那个分支的范围就是两者合起来的范围。",
        argument=(
            _aligning(
                "centre_of_chain",
                _CENTRE,
                "Twice the middle of output o is 2o S0 and what does not depend on o: "
                "r0 - 2 P0 - 1.",
                "第 o 格输出中心的两倍，等于 2o S0 加上与 o 无关的 r0 - 2 P0 - 1。",
            ),
            _aligning(
                "aligned_iff",
                _ALIGNED,
                "Two branches agree at o = 0 just when their r0 - 2 P0 do. If they agree at o = 1, "
                "too, their S0 are equal. And these two equalities make them agree at every o.",
                "两个分支在 o = 0 处一致，当且仅当 r0 - 2 P0 相等；在 o = 1 处也一致，"
                "总步长 S0 就相等。反过来，有了这两个等式，它们在每个 o 处都一致。",
            ),
            Because(
                "With the same middle, the region with fewer cells lies within the other one: "
                "both begin and end equally far from the middle.",
                "中心相同时，格数少的范围落在另一个范围里面：两者的两端离中心一样远。",
                r"-P_0 + o S_0 \le -P'_0 + o S'_0, \qquad "
                r"-P'_0 + o S'_0 + r'_0 - 1 \le -P_0 + o S_0 + r_0 - 1",
            ),
            _aligning(
                "region_of_aligned",
                _JOINED,
                "So what both branches read together has the ends of the wider one: their sum has "
                "its r0 and its P0.",
                "所以两个分支合起来读取的范围，两端就是较宽的那个的两端："
                "相加之后的 r0 和 P0 就是它的。",
            ),
        ),
        file="ReceptiveField.v",
        formal=(Lemma("aligned_iff", _ALIGNED), Lemma("region_of_aligned", _JOINED)),
        notions=NOTIONS,
        letters=Letters((), ("a", "b")),
        chain_names=("one", "other"),
        numbers=aligned_with,
        uses=("receptive_field",),
        cites="Araujo, Norris & Sim 2019, Computing Receptive Fields of CNNs",
    ),
)
