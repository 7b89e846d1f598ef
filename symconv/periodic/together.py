"""Numbers of several axes: exact functions of one axis each, or those added up or multiplied.

The cells of a tensor are such a product, and so is the number of windows of two axes. Where it is
among the sizes of a set, a finite union of boxes says: what one axis has decides what the others
may have, and from some value on that repeats.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from math import isqrt, prod
from typing import Literal, NamedTuple

from symconv.errors import UndecidedError
from symconv.periodic.columns import MOST_RESIDUES, primes
from symconv.periodic.comparing import ANY, NONE, at_least_zero
from symconv.periodic.images import among
from symconv.periodic.numbers import Number, Value, variable
from symconv.periodic.saying import repeating
from symconv.periodic.sets import SizeSet
from symconv.periodic.shapes import Shapes, from_zero

MOST_DIVISIONS = 10**7
"""The divisors of products are not looked for where that takes more divisions."""
LOWEST = 2**40
"""Below minus this, functions that are added up are not followed."""


class Along(NamedTuple):
    """An exact function of the size of one axis, counted from 0."""

    axis: int
    value: Number


class Together(NamedTuple):
    """Functions of different axes, and an integer, added up or multiplied."""

    word: Literal["add", "mul"]
    parts: tuple[Along, ...]
    constant: int


Joint = int | Along | Together
"""A number for each shape."""

WORDS = {"add": operator.add, "mul": operator.mul}
_NEUTRAL = {"add": 0, "mul": 1}


def tied(numbers: Iterable[Joint]) -> UndecidedError:
    """Return the error that numbers tie axes together in a way that no union of boxes says."""
    axes = set[int]()
    for number in numbers:
        if isinstance(number, Along):
            axes.add(number.axis)
        elif isinstance(number, Together):
            axes |= {part.axis for part in number.parts}
    names = " and ".join(f"{axis + 1}" for axis in sorted(axes))
    return UndecidedError(
        "axes that do not depend on each other, or only by a product or a sum",
        f"axes {names}, which are tied together in another way",
        "Ask about one input size with `symconv.size`.",
    )


def alone(axis: int, value: Value) -> Joint:
    """Return a function of one axis as a number of several."""
    return value if isinstance(value, int) else Along(axis, value)


def joined(word: Literal["add", "mul"], *numbers: Joint) -> Joint:
    """Return the sum or the product of numbers of different axes.

    Raises:
        UndecidedError: it is neither a sum nor a product throughout.
    """
    parts, constant = dict[int, Value](), _NEUTRAL[word]
    for number in numbers:
        if isinstance(number, Together) and number.word != word:
            raise tied(numbers)
        inner = number if isinstance(number, Together) else None
        pieces = inner.parts if inner else (number,) if isinstance(number, Along) else ()
        plain = inner.constant if inner else number if isinstance(number, int) else _NEUTRAL[word]
        constant = WORDS[word](constant, plain)
        for axis, value in pieces:
            parts[axis] = WORDS[word](parts[axis], value) if axis in parts else value
    if word == "mul" and constant == 0:
        return 0
    kept = tuple(Along(axis, value) for axis, value in sorted(parts.items()))  # type: ignore[arg-type]
    return Together(word, kept, constant)


def sent_into(number: Joint, sizes: SizeSet, axes: int) -> Shapes:
    """Return the shapes, of so many axes, for which a number is a member of a set.

    Raises:
        UndecidedError: that takes too many boxes.

    >>> cells = joined("mul", Along(0, variable()), Along(1, variable()))
    >>> [*sent_into(cells, SizeSet.points([4]), 2)]
    [(1, 4), (2, 2), (4, 1)]
    """
    if isinstance(number, int):
        return Shapes.every(axes) if number in sizes else Shapes.none(axes)
    if isinstance(number, Along):
        return Shapes.along(number.axis, among(number.value, sizes), axes)
    return _coming_to(number, sizes, NONE, axes)


def lying_between(number: Together, low: int | None, high: int | None, axes: int) -> Shapes:
    """Return the shapes, of so many axes, for which a number is neither too low nor too high.

    >>> sum_ = joined("add", Along(0, variable()), Along(1, variable()), -9)
    >>> [*lying_between(sum_, None, -7, 2)]
    [(1, 1)]
    """
    from_zero_on = _from(max(low or 0, 0), high)
    below = _from(1 if high is None else max(1, -high), None if low is None else -low)
    return _coming_to(number, from_zero_on, below, axes)


def _from(low: int, high: int | None) -> SizeSet:
    return NONE if high is not None and high < low else SizeSet.between(low, high)


def _coming_to(number: Together, from_zero_on: SizeSet, below: SizeSet, axes: int) -> Shapes:
    """Return the shapes for which a number is among some from 0 on, or minus it among others."""
    places = [part.axis for part in number.parts]
    boxes = (_sums if number.word == "add" else _products)(number, from_zero_on, below)
    return Shapes(
        axes,
        (
            tuple(box[places.index(axis)] if axis in places else ANY for axis in range(axes))
            for box in boxes
        ),
    )


def _sums(number: Together, from_zero_on: SizeSet, below: SizeSet) -> Iterator[tuple[SizeSet, ...]]:
    """Yield boxes of sums: each function is raised until none of its values is negative.

    Raises:
        UndecidedError: one falls without end, and another makes up for it.
    """
    lifts = [_lift(part.value) for part in number.parts]
    if any(lift > LOWEST for lift in lifts):
        raise tied([number])
    total = variable(0) + (number.constant - sum(lifts))
    lifted = [part.value + lift for part, lift in zip(number.parts, lifts, strict=True)]
    yield from _boxes("add", lifted, among(total, from_zero_on) | among(-total, below))


def _lift(value: Number) -> int:
    """Return what is added to a function so that it is never negative, or more than the lowest."""
    sizes, lift = SizeSet.between(value.first, None), 0
    while lift <= LOWEST and not sizes <= at_least_zero(value + lift):
        lift = max(1, 2 * lift)
    return lift


def _products(
    number: Together, from_zero_on: SizeSet, below: SizeSet
) -> Iterator[tuple[SizeSet, ...]]:
    """Yield boxes of products, for each choice of which functions are not positive."""
    zero = from_zero_on & SizeSet.points([0], 0)
    for signs in product((1, -1), repeat=len(number.parts)):
        wanted = from_zero_on if prod(signs) * number.constant > 0 else below | zero
        pairs = zip(number.parts, signs, strict=True)
        signed = [part.value if sign > 0 else -part.value for part, sign in pairs]
        if all(at_least_zero(value) for value in signed):
            yield from _boxes("mul", signed, among(variable(0) * abs(number.constant), wanted))


def _boxes(
    word: Literal["add", "mul"], values: Sequence[Number], wanted: SizeSet
) -> Iterator[tuple[SizeSet, ...]]:
    """Yield boxes in which functions, one an axis, come to what is wanted, added or multiplied."""
    first, *others = values
    if not others:
        yield (among(first, wanted),)
        return
    by_rest: dict[SizeSet, SizeSet] = {}
    for entries, rest in _parted(word, wanted):
        by_rest[rest] = by_rest[rest] | entries if rest in by_rest else entries
    for rest, entries in by_rest.items():
        sizes = among(first, entries)
        if sizes and rest:
            yield from ((sizes, *box) for box in _boxes(word, others, rest))


def _parted(word: Literal["add", "mul"], wanted: SizeSet) -> Iterator[tuple[SizeSet, SizeSet]]:
    """Yield what a first number may be, from 0 on, with what the rest then has to be.

    From the least size on from which the wanted ones repeat, only the remainder of the first
    number counts. Of finitely many, a sum has terms of at most the greatest, a product divisors.
    """

    def rest(entry: int) -> SizeSet:
        return among(WORDS[word](variable(0), entry), wanted)

    period, residues, _, below = repeating(wanted)
    start = max(below, 1) if residues else below
    if residues or word == "add":
        _check(start + period)
        yield from ((SizeSet.points([entry], 0), rest(entry)) for entry in range(start))
        if residues:
            ends = ((entry, rest(entry)) for entry in range(start, start + period))
            yield from ((_every(period, entry), after) for entry, after in ends)
        return
    members = list(islice(wanted, MOST_RESIDUES + 1))
    _check(len(members))
    if sum(map(isqrt, members)) > MOST_DIVISIONS:
        raise _too_many()
    divisors = sorted({divisor for member in members for divisor in _divisors(member)})
    listed = SizeSet.points([0, *divisors], 0)
    yield from ((SizeSet.points([entry], 0), rest(entry)) for entry in [0, *divisors])
    yield ANY - listed, SizeSet.points([0] if 0 in wanted else [], 0)


def _every(period: int, start: int) -> SizeSet:
    """Return every so many-th size, from one on."""
    return from_zero(SizeSet.of(period, [start % period], start))


def _divisors(number: int) -> list[int]:
    """Return what divides a number; nothing of 0."""
    divisors = [1] if number else []
    for prime in primes(number) if number > 1 else ():
        power = 1
        while number % (power * prime) == 0:
            power *= prime
            divisors += [d * power for d in divisors if d % prime and number % (d * power) == 0]
    return divisors


def _check(entries: int) -> None:
    if entries > MOST_RESIDUES:
        raise _too_many()


def _too_many() -> UndecidedError:
    return UndecidedError(
        f"outputs of axes that are tied together among the first {MOST_RESIDUES:,} sizes",
        "greater ones, or more of them",
        "Ask for fewer and smaller outputs.",
    )
