"""The settings of a plan as columns of integers, found level by level.

At each level every row so far has an interval of values for the next letter, perhaps with a step;
the rows are repeated for all of them at once. Work is done in blocks, so that memory stays small
and time limits are kept.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from symconv.boxes import polynomials as poly
from symconv.boxes.forms import ONE, OUTER, Clause, Congruence
from symconv.boxes.plan import Level, Plan, direction
from symconv.meanings.arrays import ARRAYS
from symconv.terms import interpret, variables

BLOCK = 2**18
"""How many rows are opened at once."""
SMALL, LARGE = 2**31 - 1, 2**62
FAR = 2**62
"""Beyond every value that a letter can have."""

Columns = dict[str, Any]


class TimeUp(Exception):  # noqa: N818  (an answer of its own: not certain)
    """The time limit was reached before all rows were seen."""


def _nonzero(b: Any) -> Any:
    return np.where(np.asarray(b) == 0, 1, b)


MASKS = ARRAYS | {
    "floordiv": lambda a, b: ARRAYS["floordiv"](a, _nonzero(b)),
    "mod": lambda a, b: ARRAYS["mod"](a, _nonzero(b)),
}
"""Statements asked of columns; they carry their own conditions for a division (`defined`)."""


def rows(plan: Plan, deadline: float = float("inf")) -> Iterator[Columns]:
    """Yield the settings of a plan in blocks: for each letter an array, all of one length.

    Raises:
        TimeUp: the deadline (of `time.monotonic`) came first.
    """
    if not plan.empty:
        yield from _opened(plan.levels, {}, 1, deadline)


def count(plan: Plan, deadline: float = float("inf")) -> int:
    """Return how many settings a plan has; those that follow from others are not opened.

    Raises:
        TimeUp: the deadline came first.
    """
    if plan.empty:
        return 0
    *opened, last = plan.levels[: plan.counted]
    total = 0
    for block in _opened(tuple(opened), {}, 1, deadline):
        number = _length(block)
        low, high, step, exact = _range(last, block, number)
        if exact and not last.filters:
            total += sum(_counts(low, high, step).tolist())
        else:
            total += sum(_length(one) for one in _level(last, block, number, deadline))
    return total


def _length(block: Columns) -> int:
    return len(next(iter(block.values()))) if block else 1


def _opened(
    levels: tuple[Level, ...], block: Columns, number: int, deadline: float
) -> Iterator[Columns]:
    if not levels:
        yield block
        return
    for one in _level(levels[0], block, number, deadline):
        if _length(one):
            yield from _opened(levels[1:], one, _length(one), deadline)


def _level(level: Level, block: Columns, number: int, deadline: float) -> Iterator[Columns]:
    """Repeat each row for the values of the next letter, in blocks."""
    low, high, step, exact = _range(level, block, number)
    counts = _counts(low, high, step)
    kept = np.flatnonzero(counts)
    if len(kept) < number:
        block = {letter: column[kept] for letter, column in block.items()}
        low, counts = low[kept], counts[kept]
        step = step if isinstance(step, int) else step[kept]
    start = 0
    for stop, first, last in _cuts(counts):
        if time.monotonic() > deadline:
            raise TimeUp
        part = slice(start, stop)
        if first is None:
            some = {letter: column[part] for letter, column in block.items()}
            yield _asked(
                level,
                _repeated(some, level.letter, low[part], _part(step, part), counts[part]),
                exact,
            )
        else:
            some = {letter: column[part] for letter, column in block.items()}
            begin = low[part] + first * _part(step, part)
            size = np.asarray([last - first])
            yield _asked(
                level, _repeated(some, level.letter, begin, _part(step, part), size), exact
            )
        start = stop if first is None or last == int(counts[start]) else start


def _part(step: Any, part: slice) -> Any:
    return step if isinstance(step, int) else step[part]


def _cuts(counts: Any) -> Iterator[tuple[int, int | None, int]]:
    """Cut rows into blocks: where to stop, or for one long row from which value to which."""
    ends = np.cumsum(counts, dtype=np.float64)
    start, number = 0, len(counts)
    while start < number:
        before = ends[start - 1] if start else 0.0
        stop = int(np.searchsorted(ends, before + BLOCK, side="right"))
        if stop > start:
            yield stop, None, 0
            start = stop
            continue
        long = int(counts[start])
        for first in range(0, long, BLOCK):
            yield start + 1, first, min(first + BLOCK, long)
        start += 1


def _repeated(block: Columns, letter: str, low: Any, step: Any, counts: Any) -> Columns:
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    if not isinstance(step, int):
        within = np.arange(total) - np.repeat(ends - counts, counts)
        column = np.repeat(low, counts) + within * np.repeat(step, counts)
    else:
        column = np.repeat(low - (ends - counts) * step, counts)
        column += (
            np.arange(total, dtype=column.dtype) * step
            if step != 1
            else np.arange(total, dtype=column.dtype)
        )
    return {name: np.repeat(one, counts) for name, one in block.items()} | {letter: column}


def _asked(level: Level, block: Columns, exact: bool) -> Columns:
    """Keep the rows that meet what no interval says."""
    number, keep = _length(block), None
    if not exact:
        tests = [_holds(clause, block) for clause in level.clauses if not _bounding(level, clause)]
        tests += [_congruent(one, block) for one in level.congruences]
        for test in tests:
            keep = test if keep is None else keep & test
    for term in level.filters:
        values = {name: block[name] for name in variables(term)}
        test = np.broadcast_to(interpret(term, MASKS, values), (number,))
        keep = test if keep is None else keep & test
    return block if keep is None else {letter: one[keep] for letter, one in block.items()}


def _bounding(level: Level, clause: Clause) -> bool:
    return level.letter != OUTER and direction(clause, level.letter) is not None


def _range(level: Level, block: Columns, number: int) -> tuple[Any, Any, Any, bool]:
    """Return for each row the least and the greatest value, the step, and whether that is all."""
    if level.letter == OUTER:
        return _outer_range(level)
    low: Any = np.full(number, -FAR)
    high: Any = np.full(number, FAR)
    exact = True
    for clause in level.clauses:
        side = direction(clause, level.letter)
        if side is None:
            exact = False
        elif side > 0:
            low = np.maximum(low, _bound(clause, level.letter, side, block))
        else:
            high = np.minimum(high, _bound(clause, level.letter, side, block))
    low, high = _plain(low, number), _plain(high, number)
    step: Any = 1
    for one in level.congruences:
        found = _stepped(one, level.letter, block, low, step)
        if found is None:
            exact = False
        else:
            low, step = _plain(found[0], number), found[1]
    step = step if isinstance(step, int) else np.broadcast_to(step, (number,))
    return low, high, step, exact


def _plain(bound: Any, number: int) -> Any:
    clipped = np.clip(bound, -FAR, FAR)
    return np.broadcast_to(clipped.astype(np.int64), (number,))


def _outer_range(level: Level) -> tuple[Any, Any, Any, bool]:
    """Return the dilations in question; each of them is asked for every clause afterwards."""
    single = [dict(clause[0]).get(ONE, poly.NOUGHT) for clause in level.clauses if len(clause) == 1]
    lows = [-(one[0] // one[1]) for one in single if len(one) == 2 and one[1] > 0]
    roots = [root for one in single if (root := poly.greatest_root(one)) is not None]
    high = min(roots) - 1 if roots else FAR
    return np.asarray([max([1, *lows])]), np.asarray([high]), 1, False


def _counts(low: Any, high: Any, step: Any) -> Any:
    return np.maximum((high - low) // step + 1, 0)


def _bound(clause: Clause, letter: str, side: int, block: Columns) -> Any:
    """Return what a clause bounds a letter by: of several forms, the one that allows most."""
    found: Any = None
    for form in clause:
        own = dict(form)
        coefficient = own.pop(letter, None)
        rest = _value(own, block)
        if coefficient is None:
            bound = np.where(rest >= 0, -side * FAR, side * FAR)
        else:
            slope = poly.value(coefficient, block.get(OUTER))
            bound = -(rest // slope) if side > 0 else rest // -slope
        found = bound if found is None else (np.minimum if side > 0 else np.maximum)(found, bound)
    return found


def _value(form: Any, block: Columns) -> Any:
    """Return a form's value on each row, in Python's integers where 64 bits could overflow."""
    dilation = block.get(OUTER)
    widest = int(np.max(dilation)) if dilation is not None and len(dilation) else 1
    size = sum(
        sum(abs(c) * widest**i for i, c in enumerate(coefficient)) * _widest(key, block)
        for key, coefficient in form.items()
    )
    wide = size > LARGE
    total: Any = 0
    for key, coefficient in form.items():
        at = dilation.astype(object) if wide and dilation is not None else dilation
        slope = poly.value(coefficient, at)
        if key == ONE:
            total = total + slope
        else:
            total = total + slope * (block[key].astype(object) if wide else block[key])
    return total


def _widest(key: str, block: Columns) -> int:
    if key == ONE:
        return 1
    column = block[key]
    return max(abs(int(column.min())), abs(int(column.max()))) if len(column) else 0


def _holds(clause: Clause, block: Columns) -> Any:
    found = _value(dict(clause[0]), block) >= 0
    for form in clause[1:]:
        found = found | (_value(dict(form), block) >= 0)
    return np.broadcast_to(found, (_length(block),)).astype(bool)


def _modulus(one: Congruence, block: Columns) -> Any:
    return one.modulus if isinstance(one.modulus, int) else block[one.modulus]


def _congruent(one: Congruence, block: Columns) -> Any:
    found = _value(dict(one.form), block) % _modulus(one, block) == 0
    return np.broadcast_to(found, (_length(block),))


def _stepped(
    one: Congruence, letter: str, block: Columns, low: Any, step: Any
) -> tuple[Any, Any] | None:
    """Move each row's first value and widen its step so that a congruence holds on it.

    A row without such a value gets a first value beyond every bound. `None`: not done here.
    """
    form = dict(one.form)
    coefficient = form.pop(letter, poly.NOUGHT)
    if one.modulus == letter or letter == OUTER:
        return None
    modulus, rest = _modulus(one, block), _value(form, block)
    if coefficient in ((1,), (-1,)) and isinstance(step, int) and step == 1:
        first = low + (-coefficient[0] * rest - low) % modulus
        return first, modulus
    if one.modulus != 2:
        return None
    slope = poly.value(coefficient, block.get(OUTER)) % 2 if coefficient else 0
    here = (slope * (low % 2) + rest) % 2 == 0
    moves = (slope * (step % 2)) == 1
    first = np.where(here, low, np.where(moves, low + step, FAR))
    return first, np.where(moves, 2 * step, step)
