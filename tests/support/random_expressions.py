"""Random expressions of one size `W`, with products, quotients, cases and logic.

None of them divides by zero, whatever integer `W` is: a divisor is a constant, or kept from zero.
"""

import operator
from collections.abc import Callable
from random import Random

from symconv.terms import Term, constant, maximum, minimum, variable, where

W = variable("W")
CONSTANTS = (0, 1, 2, 3, 4, 5, 7, -1, -2, -3, 8, 12, 16, 100, 1000)
DIVISORS = (1, 2, 3, 4, 5, 6, 7, -1, -2, -3, 12)
DIVISIONS = (operator.floordiv, operator.mod)
COMPARISONS = (operator.le, operator.lt, operator.ge, operator.gt, Term.eq)
CONNECTIVES = (operator.and_, operator.or_, Term.iff)


def expression(random: Random, depth: int) -> Term:
    """An expression of either sort, at most so deep but for what keeps its divisors from zero."""
    return (number if random.random() < 0.6 else truth)(random, depth)


def number(random: Random, depth: int) -> Term:
    """An expression that stands for an integer."""
    if depth == 0 or random.random() < 0.1:
        return W if random.random() < 0.6 else constant(random.choice(CONSTANTS))
    build, share = NUMBERS, random.random()
    kind = next(kind for kind, upto in build.items() if share < upto)
    return kind(random, depth - 1)


def _arithmetic(random: Random, depth: int) -> Term:
    word = random.choice((operator.add, operator.sub, operator.mul))
    return word(number(random, depth), number(random, depth))


def _by_a_constant(random: Random, depth: int) -> Term:
    return random.choice(DIVISIONS)(number(random, depth), random.choice(DIVISORS))


def _by_an_expression(random: Random, depth: int) -> Term:
    below = number(random, depth)
    kept_from_zero = random.choice(
        (
            maximum(below, 1),
            minimum(below, -random.randint(1, 3)),
            below * below + 1,
            where(below.eq(0), random.randint(1, 5), below),
        )
    )
    return random.choice(DIVISIONS)(number(random, depth), kept_from_zero)


def _extreme(random: Random, depth: int) -> Term:
    return random.choice((minimum, maximum))(number(random, depth), number(random, depth))


def _case(random: Random, depth: int) -> Term:
    return where(truth(random, depth), number(random, depth), number(random, depth))


NUMBERS: dict[Callable[[Random, int], Term], float] = {
    _arithmetic: 0.45,
    _by_a_constant: 0.6,
    _by_an_expression: 0.72,
    _extreme: 0.9,
    _case: 1.0,
}
"""How an integer is built, each kind with the share of those up to it."""


def truth(random: Random, depth: int) -> Term:
    """An expression that stands for a truth value."""
    below = max(depth - 1, 0)
    if depth == 0 or random.random() < 0.5:
        return random.choice(COMPARISONS)(number(random, below), number(random, below))
    if random.random() < 0.25:
        return ~truth(random, below)
    return random.choice(CONNECTIVES)(truth(random, below), truth(random, below))


def gentle(random: Random, depth: int = 3) -> Term:
    """A function without products, whose values grow by 1 in `12**2` sizes at least, or not."""
    if depth == 0:
        return random.choice((W, W, W, 2 * W, 5 - W, constant(random.randint(0, 9))))
    a, b = gentle(random, depth - 1), gentle(random, 0)
    return random.choice(
        (
            a + b,
            a - b,
            a + random.randint(-20, 20),
            minimum(a, b),
            maximum(a, random.randint(-5, 30)),
            gentle(random, 0) // random.randint(1, 12),
            a % random.choice((2, 3, 8, -5)),
            where(b <= random.randint(0, 50), a, b),
            where((a % 3).eq(0), b, a),
        )
    )


def gentle_truth(random: Random) -> Term:
    """A statement without products: a comparison, often of a remainder."""
    a, b = gentle(random), gentle(random, 1)
    if random.random() < 0.5:
        period = random.choice((2, 3, 4, 5, 6, 7, 8, 12, -3))
        a, b = a % period, constant(random.randint(0, abs(period) - 1))
    return random.choice(COMPARISONS)(a, b)
