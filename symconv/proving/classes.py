"""Terms as polynomials in each residue class of a stretch of sizes: what the checker works with.

The sizes of a class are `W = n + m*t` for `t` from 0 to a last one, or without end. Everything here
is plain integers, and what cannot be read from the coefficients is said to be unread: the checker
then accepts nothing. Truth has three values, as Kleene's logic has: a statement holds in a class,
or fails in it, or is unread there; and what is unread need not matter, as in `false and unread`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, repeat, zip_longest
from typing import Any

from symconv.proving.polynomials import (
    Polynomial,
    UnreadError,
    bounds,
    quotient,
    reach,
    settled,
    trimmed,
    zero,
)
from symconv.proving.truths import Truths, bits
from symconv.terms import Term

Column = int | list[int]
"""An integer for each class, or one for all of them."""
Number = list[Column]
"""The coefficients of 1, t, t*t, … in each class."""


@dataclass(frozen=True)
class Classes:
    """The residue classes of a stretch: the first size of each, and how often `m` can be added."""

    modulus: int
    firsts: Sequence[int]
    lasts: Sequence[int | None]

    @cached_property
    def every(self) -> int:
        """A bit for each class."""
        return int((1 << len(self.firsts)) - 1)

    def where(self, chosen: int) -> Classes:
        """Return some of the classes, which have a bit each."""
        places = [place for place in range(len(self.firsts)) if chosen >> place & 1]
        firsts, lasts = [self.firsts[p] for p in places], [self.lasts[p] for p in places]
        return Classes(self.modulus, firsts, lasts)

    @cached_property
    def endless(self) -> bool:
        """Whether every class goes on without end."""
        return all(last is None for last in self.lasts)

    @cached_property
    def alike(self) -> list[tuple[int | None, slice]]:
        """The classes that go equally far, which follow each other: a last one, and which."""
        runs, place = list[tuple[int | None, slice]](), 0
        for last, run in groupby(self.lasts):
            length = len(list(run))
            runs.append((last, slice(place, place + length)))
            place += length
        return runs


def classes_of(start: int, end: int | None, modulus: int) -> Classes:
    """Return the classes of the sizes from one on, and before another, if there is one."""
    firsts = range(start, start + modulus if end is None else min(end, start + modulus))
    lasts = [None if end is None else (end - 1 - first) // modulus for first in firsts]
    return Classes(modulus, firsts, lasts)


def _each(word: Callable[[int, int], int], a: Column, b: Column) -> Column:
    """Apply an operation class by class."""
    if isinstance(a, int) and isinstance(b, int):
        return word(a, b)
    return list(
        map(
            word,
            repeat(a) if isinstance(a, int) else a,
            repeat(b) if isinstance(b, int) else b,
        )
    )


def _sum(a: Number, b: Number, word: Callable[[int, int], int] = operator.add) -> Number:
    total = [_each(word, x, y) for x, y in zip_longest(a, b, fillvalue=0)]
    while len(total) > 1 and total[-1] == 0:
        total.pop()
    return total


def _difference(a: Number, b: Number) -> Number:
    return _sum(a, b, operator.sub)


def _product(a: Number, b: Number) -> Number:
    total: Number = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            total[i + j] = _each(operator.add, total[i + j], _each(operator.mul, x, y))
    return total


def _quotient(a: Number, b: Number, classes: Classes) -> Number:
    """Divide, rounded down: by an integer at once, by other numbers class by class."""
    if len(b) > 1 or not isinstance(b[0], int):
        return _from_classes(
            [
                quotient(trimmed(x), trimmed(y), last)
                for (x, last), (y, _) in zip(
                    _polynomials(a, classes), _polynomials(b, classes), strict=True
                )
            ]
        )
    if b[0] == 0:
        raise UnreadError
    for slope in a[1:]:
        if any(x % b[0] for x in ([slope] if isinstance(slope, int) else slope)):
            raise UnreadError
    return [_each(operator.floordiv, x, b[0]) for x in a]


def _from_classes(polynomials: Sequence[Polynomial]) -> Number:
    """Return the number that is a polynomial in each class."""
    return [list(column) for column in zip(*_padded(polynomials), strict=True)]


def _padded(polynomials: Sequence[Polynomial]) -> Iterator[Polynomial]:
    degree = max(map(len, polynomials))
    return (polynomial + (0,) * (degree - len(polynomial)) for polynomial in polynomials)


def _polynomials(number: Number, classes: Classes) -> Iterator[tuple[Polynomial, int | None]]:
    """Yield the polynomial of each class, and the last `t` for which it counts."""
    columns = [repeat(x) if isinstance(x, int) else x for x in number]
    for polynomial, last in zip(zip(*columns, strict=False), classes.lasts, strict=False):
        yield (polynomial[:1] if last == 0 else polynomial), last


def _at_most(a: Number, b: Number, classes: Classes) -> Truths:
    apart = _difference(b, a)
    if len(apart) <= 2 and all(isinstance(slope, int) for slope in apart[1:]):
        return _lines_at_least_zero(apart, classes)
    return _read(
        [settled(*bounds(polynomial, last)) for polynomial, last in _polynomials(apart, classes)]
    )


def _read(settled: Sequence[bool | None]) -> Truths:
    """Return truth values that were read class by class."""
    return Truths(bits(settled), bits(truth is False for truth in settled))


def _lines_at_least_zero(number: Number, classes: Classes) -> Truths:
    """Say of lines with one slope whether they are not negative."""
    constants, *slopes = number
    holds = fails = 0
    for last, run in classes.alike:
        down, up = reach(tuple(slopes), last)
        every, low = (1 << (run.stop - run.start)) - 1, run.start
        here = constants if isinstance(constants, int) else constants[run]
        reached = 0 if down is None else _at_least(here, -down, every)
        holds |= reached << low
        if down is not None and down == up:
            fails |= (reached ^ every) << low
        elif up is not None:
            fails |= (_at_least(here, -up, every) ^ every) << low
    return Truths(holds, fails)


def _at_least(column: Column, bound: int, every: int) -> int:
    """Return where a column is at least a number."""
    if isinstance(column, int):
        return every if column >= bound else 0
    if min(column) >= bound:
        return every
    return 0 if max(column) < bound else bits([x >= bound for x in column])


def _equal(a: Number, b: Number, classes: Classes) -> Truths:
    apart = _difference(a, b)
    if len(apart) == 1:
        column = apart[0]
        if isinstance(column, int):
            alike = 0 if column else classes.every
        else:
            alike = bits([not x for x in column])
        return Truths(alike, alike ^ classes.every)
    constants, slope, *higher = apart
    if classes.endless and not higher and isinstance(slope, int) and isinstance(constants, list):
        # c + s*t is never 0 where s does not divide c, or c/s > 0
        return Truths(0, bits([x % slope or x * slope > 0 for x in constants]))
    return _read([zero(polynomial, last) for polynomial, last in _polynomials(apart, classes)])


def _chosen(condition: Truths, then: Number, otherwise: Number, classes: Classes) -> Number:
    """Return one number where a statement holds and another where it does not, class by class."""
    if condition.holds | condition.fails != classes.every:
        raise UnreadError
    if not (condition.holds and condition.fails):
        return then if condition.holds else otherwise
    digits = reversed(f"{condition.holds:0{len(classes.firsts)}b}")
    choices = [digit == "1" for digit in digits]
    return [
        [
            (x if isinstance(x, int) else x[place])
            if holds
            else (y if isinstance(y, int) else y[place])
            for place, holds in enumerate(choices)
        ]
        for x, y in zip_longest(then, otherwise, fillvalue=0)
    ]


def _compared(a: Number, b: Number, classes: Classes) -> Truths:
    """Say where `a <= b` holds, and of the other classes where `b <= a` does.

    Where the two are equal at some sizes only, one of these is unread, and the other tells enough.
    """
    upward, downward = _at_most(a, b, classes), _at_most(b, a, classes)
    return Truths(upward.holds, downward.holds & ~upward.holds)


WORDS: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b, _: _sum(a, b),
    "sub": lambda a, b, _: _difference(a, b),
    "mul": lambda a, b, _: _product(a, b),
    "floordiv": _quotient,
    "mod": lambda a, b, classes: _difference(a, _product(b, _quotient(a, b, classes))),
    "min": lambda a, b, classes: _chosen(_compared(a, b, classes), a, b, classes),
    "max": lambda a, b, classes: _chosen(_compared(a, b, classes), b, a, classes),
    "if": _chosen,
    "le": _at_most,
    "lt": lambda a, b, classes: _at_most(_sum(a, [1]), b, classes),
    "eq": _equal,
    "and": lambda a, b, _: a & b,
    "or": lambda a, b, _: a | b,
    "iff": lambda a, b, _: a.iff(b),
    "not": lambda a, _: ~a,
}
"""What each word does to numbers and truth values, in all classes of a stretch."""


def evaluated(
    order: Iterable[Term],
    classes: Classes,
    tick: Callable[[], None],
    rows: dict[Term, Any] | None = None,
) -> dict[Term, Any]:
    """Return what each part comes to in every class.

    Args:
        order: the parts, each after its own parts.
        classes: the classes.
        tick: called between pieces of work.
        rows: what is known of these classes; it grows.

    Raises:
        UnreadError: a number cannot be read from polynomials.
    """
    rows = {} if rows is None else rows
    for term in order:
        if term in rows:
            continue
        tick()
        if term.word == "variable":
            single = all(last == 0 for last in classes.lasts)  # then there is no `t`
            rows[term] = [list(classes.firsts), *([] if single else [classes.modulus])]
        elif term.word == "constant":
            rows[term] = [term.args[0]]
        else:
            rows[term] = WORDS[term.word](*(rows[part] for part in term.args), classes)
    return rows
