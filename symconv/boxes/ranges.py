"""What a plan says of one letter on each row of the letters before it: from where to where.

Forms are computed in 32 bits where they surely fit, in 64 where they fit these, and in Python's
integers otherwise: no result depends on which.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

import symconv.boxes.polynomials as poly
from symconv.boxes.forms import ONE, OUTER, Clause, Congruence, Form
from symconv.boxes.levels import Bound, Level
from symconv.boxes.polynomials import Polynomial

FAR = 2**62
"""Beyond every value that a letter can have."""
SHORT, LONG = 2**31 - 1, 2**62
"""What 32 and 64 bits hold, with room for one more sum."""


class Block(NamedTuple):
    """Rows: a column for each letter so far.

    Attributes:
        columns: arrays of one length.
        length: how many rows there are; one without letters, before the first level.
        widest: for each letter a bound of its absolute values.
    """

    columns: dict[str, Any]
    length: int
    widest: dict[str, int]

    def some(self, rows: Any) -> Block:
        """Return some of the rows: a slice, places or a mask."""
        columns = {letter: column[rows] for letter, column in self.columns.items()}
        length = len(next(iter(columns.values()))) if columns else self.length
        return Block(columns, length, self.widest)


class Range(NamedTuple):
    """For each row the least and the greatest value of a letter, the step, and whether that is all.

    Where it is not all, the clauses and congruences that say more are asked of the rows.
    """

    low: Any
    high: Any
    step: Any
    exact: bool

    @property
    def counts(self) -> Any:
        """How many values each row has."""
        return np.maximum((self.high - self.low) // self.step + 1, 0)


def of_level(level: Level, block: Block) -> Range:
    """Return the range of a level's letter on each row of a block."""
    if level.letter == OUTER:
        return _outer(level)
    low: Any = np.int64(-FAR)
    high: Any = np.int64(FAR)
    for bound in level.bounds:
        if bound.side > 0:
            low = np.maximum(low, _computed(bound, block))
        else:
            high = np.minimum(high, _computed(bound, block))
    exact = not level.others
    low, high = (_plain(bound, block.length) for bound in (low, high))
    step: Any = 1
    for congruence in level.congruences:
        stepped = _stepped(congruence, level.letter, block, low, step)
        if stepped is None:
            exact = False
        else:
            low, step = _plain(stepped[0], block.length), stepped[1]
    step = step if isinstance(step, int) else np.broadcast_to(step, (block.length,))
    return Range(low, high, step, exact)


def solved(equality: Form, letter: str, block: Block) -> Any:
    """Return the one value that an equality gives a letter on each row."""
    rest = {key: coefficient for key, coefficient in equality.items() if key != letter}
    slope = _slope(equality[letter], block)
    values = -value(rest, block) // slope
    return np.broadcast_to(np.asarray(values, np.int64), (block.length,))


def _plain(bound: Any, number: int) -> Any:
    if bound.dtype == object:
        bound = np.clip(bound, -FAR, FAR)
    return np.broadcast_to(bound.astype(np.int64), (number,))


def _outer(level: Level) -> Range:
    """Return the dilations in question; each of them is asked for every clause afterwards."""
    single = [dict(clause[0]).get(ONE, poly.NOUGHT) for clause in level.clauses if len(clause) == 1]
    lows = [-(bound[0] // bound[1]) for bound in single if len(bound) == 2 and bound[1] > 0]
    roots = [root for bound in single if (root := poly.greatest_root(bound)) is not None]
    high = min(roots) - 1 if roots else FAR
    return Range(np.asarray([max([1, *lows])]), np.asarray([high]), 1, exact=False)


def _computed(bound: Bound, block: Block) -> Any:
    """Return what a clause bounds a letter by on each row."""
    nearest: Any = None
    side = bound.side
    for coefficient, rest in bound.forms:
        others = value(rest, block)
        end: Any
        if coefficient is None:
            end = np.where(others >= 0, -side * FAR, side * FAR)
        elif coefficient in ((1,), (-1,)):
            end = -others if side > 0 else others
        else:
            slope = _slope(coefficient, block)
            end = -(others // slope) if side > 0 else others // -slope
        if isinstance(end, int):
            end = np.int64(min(max(end, -FAR), FAR))
        nearest = end if nearest is None else (np.minimum if side > 0 else np.maximum)(nearest, end)
    return nearest


def _slope(coefficient: Polynomial, block: Block) -> Any:
    """Return what a polynomial in the dilation comes to on each row."""
    return value({ONE: coefficient}, block)


def value(form: Form, block: Block) -> Any:
    """Return a form's value on each row."""
    widest, size = block.widest.get(OUTER, 1), 0
    for key, coefficient in form.items():
        slope = poly.value(tuple(map(abs, coefficient)), widest)
        size += slope if key == ONE else slope * block.widest[key]
    dtype: Any = np.int32 if size <= SHORT else np.int64 if size <= LONG else object
    total: Any = 0
    for key, coefficient in form.items():
        dilation = _as(block.columns.get(OUTER), dtype) if len(coefficient) > 1 else None
        slope = poly.value(coefficient, dilation)
        if key == ONE:
            total = total + slope
        else:
            column = _as(block.columns[key], dtype)
            total = total + (column if coefficient == (1,) else slope * column)
    return total


def _as(column: Any, dtype: Any) -> Any:
    return column if column is None or column.dtype == dtype else column.astype(dtype)


def holds(clause: Clause, block: Block) -> Any:
    """Return which rows a clause holds on; all its letters are known."""
    mask = value(dict(clause[0]), block) >= 0
    for form in clause[1:]:
        mask = mask | (value(dict(form), block) >= 0)
    return np.broadcast_to(mask, (block.length,)).astype(bool)


def _modulus(congruence: Congruence, block: Block) -> Any:
    return (
        congruence.modulus
        if isinstance(congruence.modulus, int)
        else block.columns[congruence.modulus]
    )


def congruent(congruence: Congruence, block: Block) -> Any:
    """Return which rows a congruence holds on; all its letters are known."""
    mask = value(dict(congruence.form), block) % _modulus(congruence, block) == 0
    return np.broadcast_to(mask, (block.length,)).astype(bool)


def _stepped(
    congruence: Congruence, letter: str, block: Block, low: Any, step: Any
) -> tuple[Any, Any] | None:
    """Move each row's first value and widen its step so that a congruence holds on it.

    A row without such a value gets a first value beyond every bound. `None`: not done here.
    """
    form = dict(congruence.form)
    coefficient = form.pop(letter, poly.NOUGHT)
    if congruence.modulus == letter:
        return None
    modulus, rest = _modulus(congruence, block), value(form, block)
    if coefficient in ((1,), (-1,)) and isinstance(step, int) and step == 1:
        first = low + (-coefficient[0] * rest - low) % modulus
        return first, modulus
    if congruence.modulus != 2:
        return None
    slope = poly.value(coefficient, block.columns.get(OUTER)) % 2 if coefficient else 0
    here = (slope * (low % 2) + rest) % 2 == 0
    moves = (slope * (step % 2)) == 1
    first = np.where(here, low, np.where(moves, low + step, FAR))
    return first, np.where(moves, 2 * step, step)
