"""Sets carried by exact functions: which sizes are sent into a set, and what a set is sent to."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from symconv.errors import UndecidedError
from symconv.periodic.comparing import at_least_zero
from symconv.periodic.division import mod
from symconv.periodic.numbers import Number, constant
from symconv.periodic.quasi import Quasi, checked_period, written_out
from symconv.periodic.sets import SizeSet
from symconv.periodic.stretches import Stretch, bits_of, ones


def among(number: Number, sizes: SizeSet) -> SizeSet:
    """Return the sizes for which a number is a member of a set.

    >>> from symconv.periodic.numbers import variable
    >>> among(variable() + constant(1), SizeSet.of(period=2))
    odd sizes
    """
    members = SizeSet([Stretch(number.first, 1, 0)])
    for start, end, stretch in sizes.spans():
        if stretch.bits:
            part = at_least_zero(number - constant(start))
            if end is not None:
                part -= at_least_zero(number - constant(end))
            if stretch.bits != ones(stretch.period):
                part &= _of_residues(number, stretch)
            members |= part
    return members


def _of_residues(number: Number, stretch: Stretch) -> SizeSet:
    """Return the sizes for which a number has the residues of a stretch."""
    rest, parts = mod(number, constant(stretch.period)), list[Stretch]()
    for (start, end), quasi in rest.spans():
        if quasi.degree and end is not None:  # over a few sizes, a remainder can be a slope
            quasi = quasi.over(start, checked_period(end - start))
        values = written_out(quasi.columns[0], quasi.period)
        bits = bits_of(bool(stretch.bits >> value & 1) for value in values)
        parts.append(Stretch(start, quasi.period, bits))
    return SizeSet(parts)


def attained(number: Number, sizes: SizeSet) -> SizeSet:
    """Return the values, from 0 on, that a number has for the sizes of a set.

    Raises:
        UndecidedError: they do not repeat, as squares.

    >>> from symconv.periodic.numbers import variable
    >>> attained(variable() * constant(3), SizeSet.of(period=2))
    multiples of 6
    """
    values = SizeSet([Stretch(0, 1, 0)])
    points, endless = set[int](), dict[tuple[int, int], int]()
    for low, step, count in _progressions(number, sizes):
        if count is None and step:
            key = step, low % step
            endless[key] = min(low, endless.get(key, low))
        elif count is None or count == 1:
            points.add(low)
        else:
            values |= _every(step, low, low + step * (count - 1))
    for (step, _), low in endless.items():
        values |= _every(step, low, None)
    return values | SizeSet.points(points, 0)


def _every(step: int, low: int, high: int | None) -> SizeSet:
    """Return every so many sizes from one to another."""
    parts = [Stretch(0, 1, 0), Stretch(low, step, 1 << low % step)]
    return SizeSet(parts if high is None else [*parts, Stretch(high + 1, 1, 0)])


def _progressions(number: Number, sizes: SizeSet) -> Iterator[tuple[int, int, int | None]]:
    """Yield what a number is on a set, from 0 on: least value, step upwards, and how many."""
    first = max(number.first, sizes.first)
    starts = {start for start, _ in number.pieces} | {one.start for one in sizes.stretches}
    edges = sorted({first, *(start for start in starts if start > first)})
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        quasi = next(quasi for begun, quasi in reversed(number.pieces) if begun <= start)
        stretch = next(one for one in reversed(sizes.stretches) if one.start <= start)
        if not stretch.bits:
            continue
        period = lcm(quasi.period, stretch.period)
        length = checked_period(period if end is None else min(period, end - start))
        bits = stretch.bits_over(start, length)
        for size in range(start, start + length):
            if bits >> (size - start) & 1:
                count = None if end is None else (end - 1 - size) // period + 1
                yield from _along(quasi, size, count, period)


def _along(
    quasi: Quasi, size: int, count: int | None, period: int
) -> Iterator[tuple[int, int, int | None]]:
    """Yield what a quasi-polynomial is at a size and at others, so many in all, a period apart."""
    slope = quasi.at(size + period) - quasi.at(size) if count != 1 else 0
    low = quasi.at(size)
    if quasi.degree > 1 and count != 1:
        if count is None:
            raise UndecidedError(
                "outputs that repeat after some sizes",
                "outputs that grow as a power of the size",
                "Ask for the output size of single inputs with `symconv size`.",
            )
        for place in range(checked_period(count)):
            yield from _along(quasi, size + place * period, 1, period)
        return
    if slope < 0:  # count from the other end: from 0 on there are finitely many
        steps = low // -slope if count is None else min(count - 1, low // -slope)
        low, slope, count = low + steps * slope, -slope, steps + 1
    if low < 0 and slope:
        skipped = -(low // slope)
        low, count = low + skipped * slope, None if count is None else count - skipped
    if low >= 0 and (count is None or count > 0):
        yield low, slope, 1 if slope == 0 else count
