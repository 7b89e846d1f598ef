"""The settings of a plan as columns of integers, found level by level.

At each level every row so far has a range of values for the next letter; the rows are repeated
for all of them at once. Work is done in blocks, so that memory stays small and time limits are
kept.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import numpy as np

from symconv.boxes.levels import Level, Plan
from symconv.boxes.ranges import SHORT, Block, congruent, holds, of_level, solved
from symconv.errors import OverflowingError
from symconv.meanings.arrays import ARRAYS
from symconv.meanings.integers import INTEGERS
from symconv.proving.clock import Clock
from symconv.terms import Term, interpret, variables

BLOCK = 2**18
"""How many rows are opened at once."""
LONGEST = 10**5
"""How many seconds a search has that nobody gave a clock."""

Columns = dict[str, Any]


def _nonzero(b: Any) -> Any:
    return np.where(np.asarray(b) == 0, 1, b)


def _met(statement: Term, block: Block) -> Any:
    """Return which rows meet a statement, in Python's integers where 64 bits could overflow."""
    values = {name: block.columns[name] for name in variables(statement)}
    try:
        mask = interpret(statement, MASKS, values)
    except OverflowingError:
        exact = {name: column.astype(object) for name, column in values.items()}
        mask = interpret(statement, EXACT, exact)
    return np.broadcast_to(mask, (block.length,)).astype(bool)


MASKS = ARRAYS | {
    "floordiv": lambda a, b: ARRAYS["floordiv"](a, _nonzero(b)),
    "mod": lambda a, b: ARRAYS["mod"](a, _nonzero(b)),
}
"""Statements asked of columns; they carry their own conditions for a division (`defined`)."""

EXACT = (
    INTEGERS
    | {
        "floordiv": lambda a, b: a // _nonzero(b),
        "mod": lambda a, b: a % _nonzero(b),
    }
    | {word: ARRAYS[word] for word in ("min", "max", "if", "and", "or", "not")}
)
"""The same on columns of Python's integers."""


def rows(plan: Plan, clock: Clock | None = None) -> Generator[Columns, None, str]:
    """Yield the settings of a plan in blocks: for each letter an array, all of one length.

    Returns:
        Why it stopped before all were seen; nothing where all were.

    >>> from symconv.boxes.plan import plan
    >>> from symconv.terms import sizes
    >>> F, P = sizes("F P")
    >>> box = (F >= 1) & (P >= 0) & (F <= 5) & F.eq(2 * P + 1)
    >>> [(block["F"].tolist(), block["P"].tolist()) for block in rows(plan(box, ("F", "P")))]
    [([1, 3, 5], [0, 1, 2])]
    """
    clock = clock or Clock(LONGEST)
    if plan.empty:
        return ""
    for block in _opened(plan.levels, plan.counted, Block({}, 1, {}), clock):
        if block.length:
            yield block.columns
    return clock.over


def count(plan: Plan, clock: Clock | None = None) -> int | None:
    """Return how many settings a plan has; those that follow from others are not opened.

    Returns:
        The number; nothing if the clock was over first.
    """
    clock = clock or Clock(LONGEST)
    if plan.empty:
        return 0
    *opened, last = plan.levels[: plan.counted]
    total = 0
    for block in _opened(tuple(opened), plan.counted, Block({}, 1, {}), clock):
        spans = of_level(last, block)
        if spans.exact and not last.filters:
            total += sum(spans.counts.tolist())
        else:
            total += sum(opened_block.length for opened_block in _level(last, block, clock))
    return None if clock.over else total


def _opened(levels: tuple[Level, ...], free: int, block: Block, clock: Clock) -> Iterator[Block]:
    """Open levels one after the other; from the level after the free ones, values just follow."""
    if not levels:
        yield block
        return
    if free <= 0:
        yield from _opened(levels[1:], 0, _followed(levels[0], block), clock)
        return
    for longer in _level(levels[0], block, clock):
        if longer.length:
            yield from _opened(levels[1:], free - 1, longer, clock)


def _followed(level: Level, block: Block) -> Block:
    """Give each row the one value that an equality says, which elimination showed to exist."""
    values = solved(dict(level.equality or ()), level.letter, block)
    return _with(block, level.letter, values, _widest(values, values))


def _widest(low: Any, high: Any) -> int:
    return max(abs(int(low.min())), abs(int(high.max()))) if len(low) else 0


def _with(block: Block, letter: str, column: Any, widest: int) -> Block:
    short = column.astype(np.int32) if widest <= SHORT and column.dtype != np.int32 else column
    return Block(block.columns | {letter: short}, len(column), block.widest | {letter: widest})


def _level(level: Level, block: Block, clock: Clock) -> Iterator[Block]:
    """Repeat each row for the values of the next letter, in blocks."""
    low, high, step, exact = spans = of_level(level, block)
    counts = spans.counts
    kept = np.flatnonzero(counts)
    if len(kept) < block.length:
        block, low, high, counts = block.some(kept), low[kept], high[kept], counts[kept]
        step = step if isinstance(step, int) else step[kept]
    if not len(kept):
        return
    widest = _widest(low, high)
    for rows_, first, last in _cuts(counts):
        if clock.over:
            return
        steps = step if isinstance(step, int) else step[rows_]
        start, number = low[rows_], counts[rows_]
        if last is not None:
            start, number = start + first * steps, np.asarray([last - first])
        yield _asked(
            level, _repeated(block.some(rows_), level.letter, start, steps, number, widest), exact
        )


def _cuts(counts: Any) -> Iterator[tuple[slice, int, int | None]]:
    """Cut rows into blocks: slices; of one long row, also from which value to which."""
    ends = np.cumsum(counts, dtype=np.float64)
    start, number = 0, len(counts)
    while start < number:
        before = ends[start - 1] if start else 0.0
        stop = int(np.searchsorted(ends, before + BLOCK, side="right"))
        if stop > start:
            yield slice(start, stop), 0, None
            start = stop
            continue
        long = int(counts[start])
        for first in range(0, long, BLOCK):
            yield slice(start, start + 1), first, min(first + BLOCK, long)
        start += 1


def _repeated(block: Block, letter: str, low: Any, step: Any, counts: Any, widest: int) -> Block:
    """Return each row once for each of its values, with a column of these."""
    if int(counts.max()) == 1:
        return _with(block, letter, low, widest)
    ends = np.cumsum(counts)
    total = int(ends[-1])
    dtype: Any = np.int32 if widest <= SHORT and total <= SHORT else np.int64
    within: Any = np.arange(total, dtype=dtype)
    if isinstance(step, int) and step == 1:
        column = np.repeat((low - (ends - counts)).astype(dtype), counts)
        column += within
    else:
        within -= np.repeat((ends - counts).astype(dtype), counts)
        column = np.repeat(low.astype(dtype), counts)
        column += within * (
            step if isinstance(step, int) else np.repeat(step, counts).astype(dtype)
        )
    columns = {name: np.repeat(each, counts) for name, each in block.columns.items()}
    return _with(Block(columns, total, block.widest), letter, column, widest)


def _asked(level: Level, block: Block, exact: bool) -> Block:
    """Keep the rows that meet what no range says."""
    tests = []
    if not exact:
        tests += [holds(clause, block) for clause in level.others]
        tests += [congruent(congruence, block) for congruence in level.congruences]
    tests += [_met(term, block) for term in level.filters]
    return block.some(np.logical_and.reduce(tests)) if tests else block
