"""Chains of convolutions of any length: one floor, what fits, and the inputs: `Chains.v`."""

from __future__ import annotations

from symconv.book.statements.structures.arguing import Steps
from symconv.book.statements.structures.chain_notions import (
    EMPTY,
    NOTIONS,
    after,
    chain,
    factor,
    field,
    first,
    fits,
    layer,
    least,
    margin,
    offset,
    offset_of,
    second,
    size,
    stride,
    strided,
)
from symconv.book.statements.structures.common import ONE, W, y
from symconv.book.statements.structures.entry import Lemma, Structural
from symconv.book.statements.structures.formula import between, both, every, given, names, some
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.walking import fits_with, floor_with, inverse_with

x, a, b, c, d = names("x a b c d")
_CHAIN = "chain : list layer"
_strided = (strided(chain),)
_starts = chain.eq(first.append(second))
_need = factor(first) - offset(first)

_FLOOR = every(
    f"{_CHAIN}; W : Z",
    given(*_strided, size(chain, W).eq((W + offset(chain)) // factor(chain))),
)
_FIELD = every(
    f"{_CHAIN}; W : Z",
    given(
        *_strided,
        size(chain, W).eq((W + 2 * margin(chain) - field(chain)) // factor(chain) + 1),
    ),
)
_FACTORS = every(
    "first second : list layer",
    factor(first.append(second)).eq(factor(first) * factor(second)),
)
_OFFSETS = every(
    "first second : list layer",
    offset(first.append(second)).eq(offset(first) + factor(first) * offset(second)),
)
_BEGINNINGS = every(
    f"{_CHAIN}; W : Z",
    given(
        *_strided,
        fits(chain, W).iff(
            every("first second : list layer", given(_starts, first.ne(EMPTY), _need <= W))
        ),
    ),
)
_LEAST = every(
    f"{_CHAIN}; W : Z",
    given(*_strided, W >= 1, fits(chain, W).iff(W >= least(chain))),
)
_GREATEST = every(
    _CHAIN,
    given(
        *_strided,
        both(
            every("first second : list layer", given(_starts, _need <= least(chain))),
            some("first second : list layer", both(_starts, _need.eq(least(chain)))),
        ),
    ),
)
_lowest = factor(chain) * y - offset(chain)
_INVERSE = every(
    f"{_CHAIN}; W y : Z",
    given(
        *_strided,
        size(chain, W).eq(y).iff(between(_lowest, W, _lowest + factor(chain) - 1, strict=False)),
    ),
)
_because = Steps(NOTIONS, _strided)
_first_floor = _because(
    "layer_is_one_floor",
    every(
        "l : layer; W : Z",
        given(stride(layer) >= 1, after(layer, W).eq((W + offset_of(layer)) // stride(layer))),
    ),
    "One layer is one floor: the 1 of the law is moved inside as a stride, so that "
    "A = 2P - E + S is added before dividing by S.",
    "一层就是一次向下取整：公式里的 1 移进分子变成一个步长，于是先加 A = 2P - E + S，再除以 S。",
)
_BIG = (10**9, 10**9)

STATEMENTS = (
    Structural(
        name="chain_one_floor",
        chapter="composition",
        says="The size of a chain of convolutions, of any length, is one floor, and in the words "
        "of the receptive field it has the law of one convolution; which windows fit is another "
        "question, chain_fits.",
        zh="任意长的一串卷积，尺寸公式合起来只需向下取整一次；用感受野的话说，就是一个卷积的尺寸公式。"
        "每一层是否放得下窗口是另一个问题，见 chain_fits。",
        argument=(
            _first_floor,
            _because(
                "floor_nest",
                every(
                    "x a b c d : Z",
                    given(
                        ONE <= b,
                        ONE <= d,
                        (((x + a) // b + c) // d).eq((x + a + b * c) // (b * d)),
                    ),
                ),
                "A floor inside a floor is one floor: what is added after the first division, "
                "times its divisor, can be added before it, and the divisors multiply. Rounding "
                "in between loses nothing, since only whole multiples count afterwards.",
                "向下取整套着向下取整，可以并成一次：除过之后再加的数，乘上除数就能提前加，"
                "两个除数相乘。中间那次取整不会损失什么，因为后面只看整倍数。",
            ),
            _because(
                "chain_is_one_floor",
                _FLOOR,
                "Now go through the chain layer by layer. If the rest of the chain is "
                "floor((W + A')/B'), then with a layer before it the chain is one floor again: "
                "B = SB', and A is the layer's own plus SA'. Step 2 applies: S is at least 1, and "
                "so is B', a product of strides. The empty chain is W itself, with A = 0 and "
                "B = 1.",
                "然后一层一层地看（对层数归纳）。如果后面的部分是 floor((W + A')/B')，"
                "前面加上一层之后仍是一次取整：B = SB'，A 等于这一层自己的再加上 SA'。"
                "这里可以用第 2 步：S >= 1，而 B' 是各步长之积，也至少是 1。"
                "没有层时就是 W 本身，A = 0，B = 1。",
            ),
            _because(
                "factor_of_append",
                _FACTORS,
                "It does not matter where the chain is cut: of two parts, one behind the other, "
                "the factors multiply.",
                "从哪里断开都一样：前后两段接起来，除数相乘。",
            ),
            _because(
                "offset_of_append",
                _OFFSETS,
                "What the second part adds is counted in cells of its own input. Each of these is "
                "B cells of the first part's input, and so it counts B times.",
                "第二段加上的数，是按它自己的输入来数的；那里的一格相当于第一段输入的 B 格，"
                "所以要乘以第一段的 B。",
            ),
            _because(
                "offset_of_field",
                every(
                    _CHAIN,
                    offset(chain).eq(2 * margin(chain) - field(chain) + factor(chain)),
                ),
                "2 P0, r0 - 1 and B - 1 follow the recursion of A: the layer's own term plus S "
                "times the rest, and 0 for the empty chain. So does 2 P0 - (r0 - 1) + (B - 1), and "
                "its term for one layer, 2P - (E - 1) + (S - 1), is that of A: the two are equal. "
                "B is the stride S0 of the chain.",
                "2 P0、r0 - 1、B - 1 的递推与 A 相同：本层的一项，加上 S 乘以后面部分的值；"
                "没有层时都是 0。所以 2 P0 - (r0 - 1) + (B - 1) 也是这样，"
                "它的单层项 2P - (E - 1) + (S - 1) 正是 A 的单层项，两者相等。"
                "B 就是整串的步长 S0。",
            ),
            _because(
                "chain_is_one_floor_of_field",
                _FIELD,
                "Put this in, and take one stride out of the floor again: the chain has the law of "
                "one convolution with extent r0, padding P0 and stride S0.",
                "代入之后，再从取整里拿出一个步长：整串层的公式就是一个跨度 r0、填充 P0、"
                "步长 S0 的卷积的公式。",
            ),
        ),
        file="Chains.v",
        formal=(
            Lemma("chain_is_one_floor", _FLOOR),
            Lemma("chain_is_one_floor_of_field", _FIELD),
            Lemma("factor_of_append", _FACTORS),
            Lemma("offset_of_append", _OFFSETS),
        ),
        notions=NOTIONS,
        letters=Letters((("W", 10**9),), ("",)),
        chain_names=("chain",),
        numbers=floor_with,
        uses=("nested_floor",),
    ),
    Structural(
        name="chain_fits",
        chapter="composition",
        says="Every window of a chain fits just when W is at least the greatest B - A of its "
        "beginnings.",
        zh="一串层的每个窗口都放得下，当且仅当 W 不小于它各个开头部分的 B - A 中最大的那个。",
        argument=(
            _first_floor,
            _because(
                "fits_iff_beginnings_fit",
                _BEGINNINGS,
                "A window of a layer fits just when the layer has an output, and so just when the "
                "beginning of the chain up to this layer comes to 1 or more. That beginning is "
                "floor((W + A)/B), which is at least 1 just when W >= B - A. Go through the chain "
                "layer by layer: every window fits just when this holds of every beginning.",
                "一层的窗口放得下，当且仅当这层有输出，也就是从开头到这一层的结果不小于 1。"
                "这一段等于 floor((W + A)/B)，不小于 1 当且仅当 W >= B - A。"
                "逐层看下去：全部放得下，当且仅当每个开头部分都满足。",
            ),
            _because(
                "fits_iff_least",
                _LEAST,
                "So there is a least size, and every size from there on fits. It is found from the "
                "end: if the rest needs m cells, this layer needs Sm - A, and never less than 1.",
                "所以有一个最小的尺寸，从它起全都放得下。可以从后往前求：如果后面需要 m 格，"
                "这一层就需要 Sm - A 格，而且不少于 1 格。",
            ),
            _because(
                "least_is_greatest",
                _GREATEST,
                "Both ways give the same number: no beginning asks for more than this least size, "
                "and one of them (the empty one counts, with 1 - 0) asks for exactly as much.",
                "两种算法得到同一个数：没有哪个开头部分要求得更多，"
                "而其中有一个要求的恰好就是它（空的开头也算，是 1 - 0）。",
            ),
        ),
        file="Chains.v",
        formal=(
            Lemma("fits_iff_beginnings_fit", _BEGINNINGS),
            Lemma("fits_iff_least", _LEAST),
            Lemma("least_is_greatest", _GREATEST),
        ),
        notions=NOTIONS,
        letters=Letters((("W", 10**9),), ("",)),
        chain_names=("chain",),
        numbers=fits_with,
        uses=("chain_one_floor",),
    ),
    Structural(
        name="chain_inverse",
        chapter="composition",
        says="The inputs of an output of a chain are one interval of B sizes.",
        zh="一串层得到同一个输出的输入，是 B 个相邻的尺寸。",
        argument=(
            _because(
                "chain_is_one_floor",
                _FLOOR,
                "The chain is one floor of (W + A)/B.",
                "整串层就是 (W + A)/B 的一次向下取整。",
            ),
            _because(
                "factor_positive",
                every(_CHAIN, given(*_strided, factor(chain) >= 1)),
                "B is the product of the strides, so it is at least 1.",
                "B 是各层步长的乘积，所以不小于 1。",
            ),
            _because(
                "inverse_of_chain",
                _INVERSE,
                "A quotient rounded down is y just when yB <= W + A < yB + B. Take A to the "
                "other side: these are B sizes in a row, from yB - A on.",
                "商向下取整等于 y，当且仅当 yB <= W + A < yB + B。把 A 移到另一边，"
                "就是从 yB - A 开始的 B 个相邻尺寸。",
            ),
        ),
        file="Chains.v",
        formal=(Lemma("inverse_of_chain", _INVERSE),),
        notions=NOTIONS,
        letters=Letters((("y", 10**6),), ("",)),
        chain_names=("chain",),
        numbers=inverse_with,
        uses=("chain_one_floor",),
    ),
)
