"""The statements of chapter 7: the rules by which a model's sizes are kept short.

`networks.recording` rewrites by them, by `cancelled_floor` of the chapter on composition, and by
the laws of rings and of order.
"""

from __future__ import annotations

from symconv.book.statements.letters import W, c, g, m, n, x, y
from symconv.book.statements.statement import Have, Theorem
from symconv.terms import both, maximum

DIVISOR = {"the divisor is positive": n >= 1}
FACTOR = {"the factor is positive": g >= 1}

_WHOLE = Have(
    "c is c//n times n and a rest below n; ny more is y times n more, and the rest is the same.",
    (n * y + c).eq(n * (y + c // n) + c % n),
    "c 里有 c//n 个整的 n 和一个小于 n 的余数；加上 ny，就多了 y 个整的 n，余数不变。",
)
_GREATEST = Have(
    "x//m is the greatest number that, times m, is at most x.",
    ((x // m) * m <= x) & (x < (x // m + 1) * m),
    "x//m 是乘以 m 之后不超过 x 的最大整数。",
)
_QUOTIENT = Have(
    "gx is exactly x times g, so dividing by g gives x more than it gives for c alone.",
    ((g * x + c) // g).eq(x + c // g),
    "gx 正好是 x 个 g，所以除以 g 的商，比单独 c 的商多 x。",
)

THEOREMS = (
    Theorem(
        name="multiples_leave_a_quotient",
        says="Multiples of the divisor leave a quotient.",
        zh="除数的倍数可以从商里提出来。",
        given=DIVISOR,
        steps=(_WHOLE,),
        claim=((n * y + c) // n).eq(y + c // n),
    ),
    Theorem(
        name="multiples_leave_no_remainder",
        says="Multiples of the divisor do not count in a remainder.",
        zh="除数的倍数不影响余数。",
        given=DIVISOR,
        steps=(_WHOLE,),
        claim=((n * y + c) % n).eq(c % n),
    ),
    Theorem(
        name="quotient_by_a_factor",
        says="A positive factor of the dividend cancels with the divisor, and nothing is left.",
        zh="被除数里的正因子和除数约掉，没有余数。",
        given=FACTOR,
        claim=((x * g) // g).eq(x) & ((x * g) % g).eq(0),
    ),
    Theorem(
        name="quotient_of_a_quotient",
        says="A quotient inside a quotient is one quotient: the divisors multiply, and what was "
        "added after the first counts m times.",
        zh="商再除一次，仍是一个商：两个除数相乘，第一次除法之后加的数要算 m 倍。",
        given={"both divisors are positive": both(m >= 1, n >= 1)},
        steps=(
            Have(
                "c more in the quotient is c times m more in the dividend.",
                (x // m + c).eq((x + c * m) // m),
                "商里多 c，就是被除数里多 c 个 m。",
            ),
            Have(
                "n whole groups of m are one whole group of mn: grouping twice is grouping once.",
                (((x + c * m) // m) // n).eq((x + c * m) // (m * n)),
                "n 个整组、每组 m 个，就是一个 mn 个的整组，所以分两次组和分一次组一样。",
            ),
        ),
        claim=((x // m + c) // n).eq((x + c * m) // (m * n)),
        uses=("nested_floor",),
    ),
    Theorem(
        name="quotient_at_least",
        says="A quotient is at least a number just when the dividend reaches its multiple.",
        zh="商不小于一个数，当且仅当被除数达到它的那么多倍。",
        given={"the divisor is positive": m >= 1},
        steps=(_GREATEST,),
        claim=(c <= x // m).iff(c * m <= x),
    ),
    Theorem(
        name="quotient_at_most",
        says="A quotient is at most a number just when the dividend is below the next multiple.",
        zh="商不大于一个数，当且仅当被除数还没到下一个倍数。",
        given={"the divisor is positive": m >= 1},
        steps=(_GREATEST,),
        claim=(x // m <= c).iff(x < (c + 1) * m),
    ),
    Theorem(
        name="common_divisor_at_least",
        says="A factor of all but the constant cancels in a comparison with 0, and the constant "
        "is divided and rounded down.",
        zh="除常数项外各项共有的因子，在与 0 比较时可以约掉，常数项除以它并向下取整。",
        given=FACTOR,
        steps=(
            _QUOTIENT,
            Have(
                "Division by a positive number, rounded down, leaves negative numbers negative, "
                "and makes no others so.",
                (g * x + c >= 0).iff((g * x + c) // g >= 0),
                "除以正数再向下取整，负数仍是负数，别的数不会变成负数。",
            ),
        ),
        claim=(g * x + c >= 0).iff(x + c // g >= 0),
    ),
    Theorem(
        name="common_divisor_equal",
        says="A factor of all but the constant cancels in an equation with 0 if it divides the "
        "constant; otherwise no number meets the equation.",
        zh="除常数项外各项共有的因子，整除常数项时可以从等于 0 的等式里约掉；不整除时等式无解。",
        given=FACTOR,
        steps=(
            _QUOTIENT,
            Have(
                "And exactly x times g do not change the remainder.",
                ((g * x + c) % g).eq(c % g),
                "正好 x 个 g，也不改变余数。",
            ),
            Have(
                "A number is 0 just when its quotient and its remainder are.",
                (g * x + c).eq(0).iff(((g * x + c) % g).eq(0) & ((g * x + c) // g).eq(0)),
                "一个数为 0，当且仅当它的商和余数都为 0。",
            ),
        ),
        claim=(g * x + c).eq(0).iff((c % g).eq(0) & (x + c // g).eq(0)),
    ),
    Theorem(
        name="positive_factor_at_most",
        says="A positive factor of both sides cancels in a comparison.",
        zh="两边共有的正因子，在比较大小时可以约掉。",
        given=FACTOR,
        claim=(g * x <= g * y).iff(x <= y),
    ),
    Theorem(
        name="positive_factor_equal",
        says="A positive factor of both sides cancels in an equation.",
        zh="两边共有的正因子，在等式里可以约掉。",
        given=FACTOR,
        claim=(g * x).eq(g * y).iff(x.eq(y)),
    ),
    Theorem(
        name="product_is_zero",
        says="A product is 0 just when one of its factors is.",
        zh="乘积为 0，当且仅当有一个因子为 0。",
        claim=(x * y).eq(0).iff(x.eq(0) | y.eq(0)),
    ),
    Theorem(
        name="greater_of_a_positive_one",
        says="The greater of a positive number and 1 is the number, and so with 0.",
        zh="正数与 1 取较大的，还是这个数；与 0 取也一样。",
        given={"the number is positive": W >= 1},
        claim=maximum(W, 1).eq(W) & maximum(W, 0).eq(W),
    ),
    Theorem(
        name="root_of_a_square",
        says="Two numbers that are not negative are equal just when their squares are.",
        zh="两个非负数相等，当且仅当它们的平方相等。",
        given={"both are not negative": both(x >= 0, y >= 0)},
        steps=(
            Have(
                "The difference of the squares is (x - y)(x + y), and a product is 0 just when one "
                "of its factors is. The sum is 0 only where both numbers are.",
                (x * x).eq(y * y).iff((x - y).eq(0) | (x + y).eq(0)),
                "平方之差是 (x - y)(x + y)，乘积为 0 当且仅当有一个因子为 0；"
                "而和为 0，只有两个数都是 0 才行。",
            ),
        ),
        claim=(x * x).eq(y * y).iff(x.eq(y)),
    ),
)
