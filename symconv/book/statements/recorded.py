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

THEOREMS = (
    Theorem(
        name="multiples_leave_a_quotient",
        says="Multiples of the divisor leave a quotient.",
        given=DIVISOR,
        claim=((n * y + c) // n).eq(y + c // n),
    ),
    Theorem(
        name="multiples_leave_no_remainder",
        says="Multiples of the divisor do not count in a remainder.",
        given=DIVISOR,
        claim=((n * y + c) % n).eq(c % n),
    ),
    Theorem(
        name="quotient_by_a_factor",
        says="A positive factor of the dividend cancels with the divisor, and nothing is left.",
        given=FACTOR,
        claim=((x * g) // g).eq(x) & ((x * g) % g).eq(0),
    ),
    Theorem(
        name="quotient_of_a_quotient",
        says="A quotient inside a quotient is one, and what is added between counts in its cells.",
        given={"both divisors are positive": both(m >= 1, n >= 1)},
        claim=((x // m + c) // n).eq((x + c * m) // (m * n)),
        uses=("nested_floor",),
    ),
    Theorem(
        name="quotient_at_least",
        says="A quotient is at least a number just when the dividend reaches its multiple.",
        given={"the divisor is positive": m >= 1},
        claim=(c <= x // m).iff(c * m <= x),
    ),
    Theorem(
        name="quotient_at_most",
        says="A quotient is at most a number just when the dividend is below the next multiple.",
        given={"the divisor is positive": m >= 1},
        claim=(x // m <= c).iff(x < (c + 1) * m),
    ),
    Theorem(
        name="common_divisor_at_least",
        says="What all parts of a sum have in common leaves it, and the constant is rounded down.",
        given=FACTOR,
        claim=(g * x + c >= 0).iff(x + c // g >= 0),
    ),
    Theorem(
        name="common_divisor_equal",
        says="Of an equation as well, if it divides the constant; otherwise nothing meets it.",
        given=FACTOR,
        steps=(
            Have("multiples leave the quotient", ((g * x + c) // g).eq(x + c // g)),
            Have("and the remainder", ((g * x + c) % g).eq(c % g)),
        ),
        claim=(g * x + c).eq(0).iff((c % g).eq(0) & (x + c // g).eq(0)),
    ),
    Theorem(
        name="positive_factor_at_most",
        says="A positive factor of both sides cancels in a comparison.",
        given=FACTOR,
        claim=(g * x <= g * y).iff(x <= y),
    ),
    Theorem(
        name="positive_factor_equal",
        says="A positive factor of both sides cancels in an equation.",
        given=FACTOR,
        claim=(g * x).eq(g * y).iff(x.eq(y)),
    ),
    Theorem(
        name="product_is_zero",
        says="A product is 0 just when one of its factors is.",
        claim=(x * y).eq(0).iff(x.eq(0) | y.eq(0)),
    ),
    Theorem(
        name="greater_of_a_positive_one",
        says="The greater of a positive number and 0 or 1 is the number.",
        given={"the number is positive": W >= 1},
        claim=maximum(W, 1).eq(W) & maximum(W, 0).eq(W),
    ),
    Theorem(
        name="root_of_a_square",
        says="The number that is not negative and has a number's square is unique.",
        given={"both are not negative": both(x >= 0, y >= 0)},
        claim=(x * x).eq(y * y).iff(x.eq(y)),
    ),
)
