"""The statements of chapter 5, Composition; those about levels stand in a file of their own."""

from __future__ import annotations

from symconv.book.statements.letters import (
    P,
    S,
    W,
    a,
    b,
    c,
    conv,
    d,
    extent,
    g,
    h,
    m,
    q,
    x,
    y,
)
from symconv.book.statements.levels import LEVELS, POSITIVE
from symconv.book.statements.statement import All, Have, Iff, Theorem
from symconv.terms import both, sizes

F2, S2, P2, D2, B = sizes("F2 S2 P2 D2 B")
STRIDES = {"both strides advance": both(S >= 1, S2 >= 1)}
_second = conv(conv(), F=F2, S=S2, P=P2, D=D2)
_extent2 = D2 * (F2 - 1) + 1
_field = extent + S * (_extent2 - 1)
_padding = P + S * P2
_nested = ((W + a) // b + c) // d
_whole = W + a + b * c
_above = c // m
_one_floor = _nested.eq(_whole // (b * d))
_fits_as_one = (_extent2 <= conv() + 2 * P2).iff(_field <= W + 2 * _padding)

THEOREMS = (
    Theorem(
        name="nested_floor",
        says="A floor inside a floor is one floor.",
        zh="向下取整里套着向下取整，等于只取整一次。",
        given=POSITIVE,
        steps=(
            Have(
                "The whole number c moves into the inner floor, where it counts b-fold.",
                _nested.eq((_whole // b) // d),
                "整数 c 可以移进里面的取整，在那里它变成 bc。",
            ),
            Have(
                "Let q be the right side of the claim: W + a + bc is at least qd times b, and less "
                "than (q + 1)d times b. Divided by b and rounded down it is at least qd, and less "
                "than (q + 1)d, since these are whole numbers.",
                both(
                    d * (_whole // (b * d)) <= _whole // b,
                    _whole // b < d * (_whole // (b * d)) + d,
                ),
                "把结论的右边记作 q：W + a + bc 至少是 b 的 qd 倍，小于 b 的 (q + 1)d 倍。"
                "除以 b 再向下取整，就至少是 qd，且小于 (q + 1)d，因为它们都是整数。",
            ),
            Have(
                "So the inner floor over d, rounded down, is q.",
                _one_floor,
                "所以里面的结果除以 d 再向下取整，就是 q。",
            ),
        ),
        claim=_one_floor,
    ),
    Theorem(
        name="conv_is_one_floor",
        says="A convolution is a floor with one constant, c = 2P - E + S.",
        zh="卷积就是一个向下取整的商，只有一个常数 c = 2P - E + S。",
        given={"the stride advances": S >= 1},
        steps=(
            Have(
                "The 1 that the law adds is S over S, so it may stand inside the floor.",
                ((W + (2 * P - extent + S)) // S - (W + 2 * P - extent) // S).eq(1),
                "公式里加的 1 就是 S 除以 S，所以可以移进取整里。",
            ),
        ),
        claim=conv().eq((W + (2 * P - extent + S)) // S),
    ),
    Theorem(
        name="two_convs_are_one",
        says="Two convolutions are one, in the words of the receptive field: extent "
        "r = E + S(E2 - 1), stride S S2, padding P + S P2, where E2 is the second extent.",
        zh="两个卷积就是一个卷积，用感受野的话说：跨度 r = E + S(E2 - 1)，步长 S S2，"
        "填充 P + S P2，其中 E2 是第二层的跨度。",
        given=STRIDES,
        steps=(
            Have(
                "Each layer is one floor: the 1 that its law adds is S over S, or S2 over S2.",
                both(
                    conv().eq((W + 2 * P - extent + S) // S),
                    _second.eq((conv() + 2 * P2 - _extent2 + S2) // S2),
                ),
                "每一层都是一个向下取整的商：公式里加的 1 就是 S 除以 S，或 S2 除以 S2。",
            ),
            Have(
                "A floor inside a floor is one floor. The strides multiply, and each cell of the "
                "second layer counts for S cells of the input.",
                _second.eq(
                    (W + 2 * P - extent + S + S * (2 * P2 - _extent2 + S2)) // (S * S2),
                ),
                "取整里套着取整，等于只取整一次：步长相乘，第二层的一格相当于输入的 S 格。",
            ),
            Have(
                "Sorted by paddings and extents, what is floored is W + 2(P + S P2) - r + S S2, "
                "with r = E + S(E2 - 1); and S S2 over S S2 is the 1 of the one law.",
                (2 * P - extent + S + S * (2 * P2 - _extent2 + S2)).eq(
                    2 * _padding - _field + S * S2
                ),
                "按填充和跨度整理，被取整的是 W + 2(P + S P2) - r + S S2，其中 r = E + S(E2 - 1)；"
                "而 S S2 除以 S S2 就是那个卷积的公式里的 1。",
            ),
        ),
        claim=_second.eq((W + 2 * _padding - _field) // (S * S2) + 1),
        uses=("nested_floor", "chain_one_floor"),
        cites="Araujo, Norris & Sim 2019, Computing Receptive Fields of CNNs",
    ),
    Theorem(
        name="two_convs_fit_iff_one_does",
        says="Where the first window fits, the second one does just when the receptive field fits.",
        zh="第一层放得下窗口时，第二层放得下窗口，当且仅当整个感受野放得下。",
        given=STRIDES | {"the first window fits": extent <= W + 2 * P},
        steps=(
            Have(
                "The second layer needs E2 - 2 P2 outputs of the first, and there are that many "
                "just when the first layer's window of that number fits.",
                (_extent2 - 2 * P2 <= conv()).iff(
                    (_extent2 - 2 * P2 - 1) * S + extent <= W + 2 * P
                ),
                "第二层需要第一层给出 E2 - 2 P2 格，而第一层有这么多格，当且仅当放得下第 E2 - 2 P2 "
                "个窗口。",
            ),
            Have(
                "Sorted by padding and extent, that window fits just when r = E + S(E2 - 1) "
                "cells fit into W + 2(P + S P2).",
                _fits_as_one,
                "按填充和跨度整理，放得下那个窗口，"
                "就是 W + 2(P + S P2) 格放得下 r = E + S(E2 - 1) 格。",
            ),
        ),
        claim=_fits_as_one,
        uses=("two_convs_are_one", "size_ge_iff_window_fits"),
    ),
    Theorem(
        name="inverse_of_floor",
        says="The inputs of an output y form one interval of B: from By - a on.",
        zh="得到输出 y 的输入是连续的 B 个数，从 By - a 开始。",
        given={"the divisor is positive": B >= 1},
        steps=(
            Have(
                "A floor is y just when what is floored lies in the block of B from By on.",
                ((W + a) // B).eq(y).iff(both(B * y <= W + a, W + a < B * y + B)),
                "取整的结果是 y，当且仅当被取整的数落在从 By 开始、长为 B 的那一段里。",
            ),
        ),
        claim=((W + a) // B).eq(y).iff((B * y - a <= W) & (W <= B * y - a + B - 1)),
    ),
    Theorem(
        name="cancelled_floor",
        says="A common factor of the slope and the divisor cancels.",
        zh="斜率和除数的公因数可以约去。",
        given={"the factor and the divisor are positive": both(g >= 1, b >= 1)},
        steps=(
            Have(
                "Divide by g first and then by b: a floor inside a floor is one floor.",
                ((g * a + c) // (g * b)).eq(((g * a + c) // g) // b),
                "先除以 g，再除以 b：取整里套着取整，等于只取整一次。",
            ),
            Have(
                "Over g, whole multiples of g leave the floor.",
                ((g * a + c) // g).eq(a + c // g),
                "除以 g 时，g 的整数倍可以移到取整外面。",
            ),
        ),
        claim=((g * a + c) // (g * b)).eq((a + c // g) // b),
        uses=("nested_floor",),
    ),
    Theorem(
        name="one_floor_of_multiple",
        says="After a multiplication by m, a stride that m divides gives one floor again.",
        zh="乘以 m 之后，只要 m 整除步长，结果又是一个向下取整的商。",
        given={
            "all are positive": both(m >= 1, b >= 1, h >= 1),
            "x is the inner floor": x.eq((W + a) // b),
        },
        steps=(
            Have(
                "m is a factor of the multiple and of the stride mh, so it cancels; of c only the "
                "whole multiples of m are left.",
                ((m * x + c) // (m * h)).eq((x + c // m) // h),
                "m 既是倍数的因数，又是步长 mh 的因数，可以约去；c 里只剩下 m 的整数倍。",
            ),
            Have(
                "And x is a floor itself: a floor inside a floor is one floor.",
                ((x + c // m) // h).eq((W + a + b * (c // m)) // (b * h)),
                "而 x 本身也是一个取整的商：取整里套着取整，等于只取整一次。",
            ),
        ),
        claim=((m * x + c) // (m * h)).eq((W + a + b * (c // m)) // (b * h)),
        uses=("cancelled_floor", "nested_floor"),
    ),
    Theorem(
        name="one_floor_iff_divides",
        says="And only then: (mx + c)/q and (x + d)/B have the same floor for all x just when "
        "q = mB and d is the floor of c/m.",
        zh="也只有这样：(mx + c)/q 和 (x + d)/B 对所有 x 向下取整都相同，当且仅当 q = mB，"
        "且 d 是 c/m 向下取整。",
        given={"all are positive": both(m >= 1, q >= 1, B >= 1)},
        claim=Iff(
            All(
                x,
                both(),
                ((m * x + c) // q).eq((x + d) // B),
                (0, q * B, -d, -_above),
            ),
            both(q.eq(m * B), d.eq(_above)),
            forth=(
                Have(
                    "From x = 0 to x = qB the left side grows by mB and the right side by q, for "
                    "whole multiples leave a floor.",
                    both(
                        ((m * (q * B) + c) // q - c // q).eq(m * B),
                        ((q * B + d) // B - d // B).eq(q),
                    ),
                    "从 x = 0 到 x = qB，左边增加 mB，右边增加 q，因为整数倍可以移到取整外面。",
                ),
                Have(
                    "The two sides are equal before and after, so they grow alike.",
                    q.eq(m * B),
                    "两边前后都相等，所以增加得一样多。",
                ),
                Have(
                    "Now m cancels on the left. At x = -d the right side is 0, and so the left "
                    "one is: d is not above the floor of c/m.",
                    both(
                        ((m * (-d) + c) // (m * B)).eq((_above - d) // B),
                        ((_above - d) // B).eq(0),
                    ),
                    "于是左边的 m 可以约去。x = -d 时右边为 0，左边也就为 0："
                    "d 不大于 c/m 向下取整。",
                ),
                Have(
                    "At x = -(c//m) the left side is 0, for what is floored is the remainder of c "
                    "by m. So the right one is: d is not below the floor of c/m.",
                    both(
                        ((m * (-_above) + c) // (m * B)).eq(0),
                        ((d - _above) // B).eq(0),
                    ),
                    "x = -(c//m) 时左边为 0，因为被取整的是 c 除以 m 的余数；右边也就为 0："
                    "d 不小于 c/m 向下取整。",
                ),
                Have(
                    "So d is neither above nor below the floor of c/m: it is that floor.",
                    both(q.eq(m * B), d.eq(_above)),
                    "d 既不大于也不小于 c/m 向下取整，所以两者相等。",
                ),
            ),
            back=(
                Have(
                    "m is a factor of the multiple and of q = mB, so it cancels; of c only the "
                    "whole multiples of m are left.",
                    ((m * x + c) // (m * B)).eq((x + _above) // B),
                    "m 既是倍数的因数，又是 q = mB 的因数，可以约去；c 里只剩下 m 的整数倍。",
                ),
                Have(
                    "And q is mB, and d is the floor of c/m.",
                    ((m * x + c) // q).eq((x + d) // B),
                    "而 q 就是 mB，d 就是 c/m 向下取整。",
                ),
            ),
        ),
        uses=("cancelled_floor", "one_floor_of_multiple", "eq_of_floor_eq"),
    ),
    *LEVELS,
)
