"""Where exact functions are at most, or equal to, or among others: sets of sizes.

Everything comes down to where a number is not negative. Of one that rises with its size that is
from some size on, which bisection finds; of any other each residue has its own turns.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from itertools import pairwise

from symconv.errors import UndecidedError
from symconv.periodic.columns import checked_period, entry
from symconv.periodic.numbers import Span, Value, where
from symconv.periodic.polynomials import turns, value
from symconv.periodic.quasi import Quasi
from symconv.periodic.sets import SizeSet
from symconv.periodic.stretches import Stretch, bits_of, stretch_over

MOST_BITS, LEAST_BITS = 2_000_000, 1000
"""How long all patterns of a comparison may be together, and what a short one counts for."""

ANY = SizeSet.between(0, None)
"""Every size, 0 among them."""
NONE = ~ANY


def at_least_zero(number: Value) -> SizeSet:
    """Return the sizes for which a number is not negative.

    >>> from symconv.periodic.numbers import variable
    >>> at_least_zero(variable() * variable() - 30)
    sizes from 6
    """
    if isinstance(number, int):
        return ANY if number >= 0 else NONE
    return SizeSet(
        stretch for span, quasi in number.spans() for stretch in _not_negative(span, quasi)
    )


def _not_negative(span: Span, quasi: Quasi) -> Iterator[Stretch]:
    """Yield where a quasi-polynomial is not negative, as stretches."""
    (start, end), period = span, quasi.period
    if quasi.degree == 0:
        only = quasi.columns[0]
        values = [only] if isinstance(only, int) else only
        yield Stretch(start, len(values), bits_of(entry >= 0 for entry in values))
        return
    if _rises(quasi):
        yield from _from_a_size(span, quasi)
        return
    if _rises(opposite := quasi.scaled(-1)):  # d >= 0 just where -d - 1 is negative
        for stretch in _from_a_size(span, opposite.shifted(-1)):
            yield Stretch(stretch.start, 1, 1 - stretch.bits)
        return
    residues = range(start, start + period if end is None else min(end, start + period))
    polynomials, truths = quasi.polynomials(), [False] * period
    events = list[tuple[int, int]]()
    for size in residues:
        first, residue = divmod(size, period)
        last = None if end is None else (end - 1 - residue) // period
        polynomial = polynomials[residue]
        truths[residue] = value(polynomial, first) >= 0
        events += ((t * period + residue, residue) for t in turns(polynomial, first, last))
    yield from _sweep(start, period, bits_of(truths), sorted(events))


def _rises(quasi: Quasi) -> bool:
    """Whether a quasi-polynomial of degree 1 plainly never falls from one size to the next."""
    if quasi.degree != 1:
        return False
    constants, slope = quasi.columns
    if not isinstance(slope, int) or slope <= 0:
        return False
    if isinstance(constants, int):
        return True
    return constants[-1] <= constants[0] + slope and all(map(operator.le, constants, constants[1:]))


def _from_a_size(span: Span, quasi: Quasi) -> Iterator[Stretch]:
    """Yield where a quasi-polynomial that never falls is not negative."""
    start, end = span
    if quasi.at(start) >= 0:
        yield Stretch(start, 1, 1)
        return
    constants, slope = quasi.columns
    lowest = constants if isinstance(constants, int) else min(constants)
    periods = -lowest // entry(slope, 0) + 2
    low, high = start, max(start + 1, periods * quasi.period)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if quasi.at(middle) >= 0 else (middle, high)
    yield Stretch(start, 1, 0)
    if end is None or high < end:
        yield Stretch(high, 1, 1)


def _sweep(start: int, period: int, bits: int, events: list[tuple[int, int]]) -> Iterator[Stretch]:
    """Yield stretches between the sizes at which residues enter or leave a set.

    Where such sizes follow each other within a period, as they do where all residues cross zero,
    the sizes between are one stretch that repeats nothing.

    Args:
        start: the first size.
        period: the period.
        bits: the residues that belong to the set from there on.
        events: rising, a size and its residue, which from this size on belongs where it did not.
    """
    yield Stretch(start, period, bits)
    place = gone = 0
    patterns = MOST_BITS // max(period, LEAST_BITS)
    while place < len(events):
        low, after = events[place][0], place + 1
        while after < len(events) and events[after][0] - events[after - 1][0] <= period:
            after += 1
        if not patterns:
            raise UndecidedError(
                "a comparison whose pattern changes a few times",
                f"one of period {period:,} with {len(events):,} changes",
                "Ask for fewer layers, or for smaller strides.",
            )
        patterns -= 1
        length = events[after - 1][0] + 1 - low
        gone = checked_period(gone + length)
        truths, upcoming = 0, [*events[place:after], (low + length, 0)]
        for (size, residue), (following, _) in pairwise(upcoming):
            bits ^= 1 << residue
            between = Stretch(size, period, bits).bits_over(size, following - size)
            truths |= between << (size - low)
        yield stretch_over(low, length, truths)
        yield Stretch(low + length, period, bits)
        place = after


def least(a: Value, b: Value) -> Value:
    """Return the lesser of two numbers."""
    return where(at_least_zero(b - a), a, b)


def greatest(a: Value, b: Value) -> Value:
    """Return the greater of two numbers."""
    return where(at_least_zero(a - b), a, b)
