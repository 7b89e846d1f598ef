"""Sets carried by exact functions: which sizes are sent into a set, and what a set is sent to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from math import lcm

from symconv.errors import UndecidedError
from symconv.periodic.columns import MOST_RESIDUES, checked_period, entry, written_out
from symconv.periodic.comparing import NONE, at_least_zero
from symconv.periodic.division import mod
from symconv.periodic.numbers import Number, Value, function
from symconv.periodic.quasi import Quasi
from symconv.periodic.sets import SizeSet
from symconv.periodic.stretches import Stretch, bits_of, ones


def among(number: Value, sizes: SizeSet) -> SizeSet:
    """Return the sizes for which a number is a member of a set.

    >>> from symconv.periodic.numbers import variable
    >>> among(variable() + 1, SizeSet.of(period=2))
    odd sizes
    """
    number = function(number)
    members = SizeSet([Stretch(number.first, 1, 0)])
    for start, end, stretch in sizes.spans():
        if stretch.bits:
            part = at_least_zero(number - start)
            if end is not None:
                part -= at_least_zero(number - end)
            if stretch.bits != ones(stretch.period):
                part &= _of_residues(number, stretch)
            members |= part
    return members


def _of_residues(number: Number, stretch: Stretch) -> SizeSet:
    """Return the sizes for which a number has the residues of a stretch."""
    rest, parts = function(mod(number, stretch.period)), list[Stretch]()
    for (start, end), quasi in rest.spans():
        if quasi.degree and end is not None:  # over a few sizes, a remainder can be a slope
            quasi = quasi.over(start, checked_period(end - start))
        values = written_out(quasi.columns[0], quasi.period)
        bits = bits_of(bool(stretch.bits >> value & 1) for value in values)
        parts.append(Stretch(start, quasi.period, bits))
    return SizeSet(parts)


def attained(number: Value, sizes: SizeSet) -> SizeSet:
    """Return the values, from 0 on, that a number has for the sizes of a set.

    Raises:
        UndecidedError: they do not repeat, as squares, or the step between them is too long.

    >>> from symconv.periodic.numbers import variable
    >>> attained(variable() * 3, SizeSet.of(period=2))
    multiples of 6
    """
    finite, endless = list[tuple[int, int, int]](), dict[int, dict[int, int]]()
    for low, step, count in starmap(_from_zero, progressions(number, sizes)):
        if count is None:
            lows = endless.setdefault(checked_period(step), {})
            lows[low % step] = min(low, lows.get(low % step, low))
        elif count:
            finite.append((low, step, count))
    values, points = NONE, set[int]()
    for step, lows in endless.items():
        start = max(lows.values())  # all of them repeat from here on
        finite += ((low, step, (start - low - 1) // step + 1) for low in lows.values())
        pattern = bits_of(residue in lows for residue in range(step))
        values |= SizeSet([Stretch(0, 1, 0), Stretch(start, step, pattern)])
    for low, step, count in finite:
        if count <= max(1, step) and len(points) + count <= MOST_RESIDUES:
            points.update(low + step * place for place in range(count))
        else:
            values |= _every(max(1, step), low, count)
    return values | SizeSet.points(points, 0)


def _every(step: int, low: int, count: int) -> SizeSet:
    """Return so many sizes, a step apart."""
    pattern = Stretch(low, checked_period(step), 1 << low % step)
    return SizeSet([Stretch(0, 1, 0), pattern, Stretch(low + step * (count - 1) + 1, 1, 0)])


def _from_zero(value: int, step: int, count: int | None) -> Progression:
    """Return what of a progression is not negative, rising."""
    if step == 0:
        return value, 0, int(value >= 0)
    if step < 0:  # the same from its other end: from 0 on there are finitely many
        steps = value // -step if count is None else min(count - 1, value // -step)
        value, step, count = value + steps * step, -step, steps + 1
    skipped = max(0, -(value // step))
    return value + skipped * step, step, None if count is None else max(0, count - skipped)


Progression = tuple[int, int, int | None]
"""A first number, the step from each to the next, and how many there are; `None` for no end."""


def progressions(number: Value, sizes: SizeSet) -> Iterator[Progression]:
    """Yield what a number is for the sizes of a set, residue by residue.

    Raises:
        UndecidedError: it grows as a power of the size.
    """
    number = function(number, sizes.first)
    first = max(number.first, sizes.first)
    starts = {start for start, _ in number.pieces} | {stretch.start for stretch in sizes.stretches}
    edges = sorted({first, *(start for start in starts if start > first)})
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        quasi, stretch = number.quasi_at(start), sizes.stretch_at(start)
        if not stretch.bits:
            continue
        period = lcm(quasi.period, stretch.period)
        length = checked_period(period if end is None else min(period, end - start))
        bits = stretch.bits_over(start, length)
        for size in range(start, start + length):
            if bits >> (size - start) & 1:
                count = None if end is None else (end - 1 - size) // period + 1
                yield from _along(quasi, size, count, period)


def _along(quasi: Quasi, size: int, count: int | None, period: int) -> Iterator[Progression]:
    """Yield what a quasi-polynomial is at a size and at others, so many in all, a period apart."""
    if quasi.degree <= 1 or count == 1:
        slope = entry(quasi.columns[1], size % quasi.period) if quasi.degree == 1 else 0
        step = 0 if count == 1 else slope * (period // quasi.period)
        yield quasi.at(size), step, count if step else 1
    elif count is None:
        raise UndecidedError(
            "values that grow by the same amount after some sizes",
            "values that grow as a power of the size",
            "Ask `symconv.size` about single sizes.",
        )
    else:
        for place in range(checked_period(count)):
            yield quasi.at(size + place * period), 0, 1
