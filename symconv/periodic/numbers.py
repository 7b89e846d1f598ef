"""Exact functions of one size: a few stretches of sizes, with a quasi-polynomial in each.

Sums, products and cases of such functions are such functions; so are quotients
(`periodic.division`) and extremes, and where one is at most another is a `SizeSet`
(`periodic.comparing`). Where a stretch is shorter than its period, its sizes are gone through one
by one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from symconv.periodic.columns import entry
from symconv.periodic.quasi import Quasi, added, alike, listed, made, multiplied
from symconv.periodic.sets import FIRST, SizeSet

Piece = tuple[int, Quasi]
"""From which size on a quasi-polynomial counts, up to the next piece."""
Span = tuple[int, int | None]
"""The first size, and the one before which it ends; `None` for no end."""


@dataclass(frozen=True, eq=False)
class Number:
    """An exact function of one size.

    >>> W = variable()
    >>> (W * W + 1).at(20)
    401
    """

    pieces: tuple[Piece, ...]

    @property
    def first(self) -> int:
        """The first size for which it is defined."""
        return self.pieces[0][0]

    def at(self, size: int) -> int:
        """Return the value for one size."""
        return self.quasi_at(size).at(size)

    def quasi_at(self, size: int) -> Quasi:
        """Return the quasi-polynomial that counts for a size."""
        return next(quasi for start, quasi in reversed(self.pieces) if start <= size)

    def spans(self) -> Iterator[tuple[Span, Quasi]]:
        """Yield each piece with the sizes for which it counts."""
        ends = [*(start for start, _ in self.pieces[1:]), None]
        for (start, quasi), end in zip(self.pieces, ends, strict=True):
            yield (start, end), quasi

    def __add__(self, other: Value) -> Number:
        """Return the sum."""
        if isinstance(other, int):
            return Number(tuple((start, quasi.shifted(other)) for start, quasi in self.pieces))
        return by_pieces(lambda a, b: added(operator.add, a, b), self, other)

    __radd__ = __add__

    def __neg__(self) -> Number:
        """Return the number with the other sign."""
        return Number(tuple((start, quasi.scaled(-1)) for start, quasi in self.pieces))

    def __sub__(self, other: Value) -> Number:
        """Return the difference."""
        if isinstance(other, int):
            return self + -other
        return by_pieces(lambda a, b: added(operator.sub, a, b), self, other)

    def __rsub__(self, other: int) -> Number:
        """Return the difference from an integer."""
        return -self + other

    def __mul__(self, other: Value) -> Value:
        """Return the product."""
        if isinstance(other, int):
            if other == 0:
                return 0
            return Number(tuple((start, quasi.scaled(other)) for start, quasi in self.pieces))
        return by_pieces(multiplied, self, other)

    __rmul__ = __mul__


Value = int | Number
"""A number for each size; one that is the same for all of them is an integer."""


def variable(first: int = FIRST) -> Number:
    """Return the size itself, from a first one on."""
    return Number(((first, Quasi(1, (0, 1))),))


def function(value: Value, first: int = 0) -> Number:
    """Return an exact function, also of what is the same for all sizes."""
    return value if isinstance(value, Number) else Number(((first, Quasi(1, (value,))),))


def spans(*numbers: Number) -> Iterator[tuple[Span, tuple[Quasi, ...]]]:
    """Yield the stretches in which none of some numbers changes its piece, with their pieces."""
    if all(len(number.pieces) == 1 for number in numbers):
        first = max(number.first for number in numbers)
        yield (first, None), tuple(number.pieces[0][1] for number in numbers)
        return
    first = max(number.first for number in numbers)
    later = {start for number in numbers for start, _ in number.pieces if start > first}
    starts, places = sorted({first, *later}), [0] * len(numbers)
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        for which, number in enumerate(numbers):
            while (
                places[which] + 1 < len(number.pieces)
                and number.pieces[places[which] + 1][0] <= start
            ):
                places[which] += 1
        pairs = zip(numbers, places, strict=True)
        yield (start, end), tuple(number.pieces[place][1] for number, place in pairs)


def joined(pieces: Iterable[Piece]) -> Number:
    """Return a number of pieces, each reaching down as far as it agrees with the one before."""
    kept: list[Piece] = []
    for start, quasi in pieces:
        while kept:
            before, last = kept[-1]
            if last == quasi:
                start = before
            else:
                while start > before and last.at(start - 1) == quasi.at(start - 1):
                    start -= 1
            if start > before:
                break
            kept.pop()
        kept.append((start, quasi))
    return Number(tuple(kept))


def by_pieces(word: Callable[..., Quasi], *numbers: Number) -> Number:
    """Apply an operation on quasi-polynomials of one period, stretch by stretch."""
    return joined((span[0], word(*alike(*span, *parts))) for span, parts in spans(*numbers))


def where(condition: SizeSet, then: Value, otherwise: Value) -> Value:
    """Return the one number for the sizes of a set, and the other for all others."""
    if len(condition.stretches) == 1 and condition.stretches[0].period == 1:
        return then if condition.stretches[0].bits else otherwise
    numbers = function(then, condition.first), function(otherwise, condition.first)
    chosen = Number(
        tuple(
            (stretch.start, listed(0, [stretch.bits >> r & 1 for r in range(stretch.period)]))
            for stretch in condition.stretches
        )
    )

    def pieces() -> Iterator[Piece]:
        for (start, end), (which, a, b) in spans(chosen, *numbers):
            only = which.columns[0]
            if isinstance(only, int):
                yield start, a if only else b
                continue
            which, a, b = alike(start, end, which, a, b)
            yield start, _mixed(which, a, b)

    return joined(pieces())


def _mixed(which: Quasi, a: Quasi, b: Quasi) -> Quasi:
    """Return for each residue the polynomial of one of two quasi-polynomials of one period."""
    if isinstance(which.columns[0], int):
        return a if which.columns[0] else b
    columns = []
    for power in range(max(a.degree, b.degree) + 1):
        x, y = (quasi.columns[power] if power <= quasi.degree else 0 for quasi in (a, b))
        pairs = enumerate(which.columns[0])
        columns.append([entry(x, r) if chosen else entry(y, r) for r, chosen in pairs])
    return made(which.period, columns)
