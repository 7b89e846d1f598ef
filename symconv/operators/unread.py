"""Which cells of the input no output cell reads, as a statement about `W` and the output size `O`.

Windows leave cells unread beyond the last one, between taps that are further apart than a stride
makes up for, and where a padding crops. What is said here follows from where a tap lies
(`operators.windows`). Far from the borders all cells of one remainder are alike, so that it is
enough to look at a stride and a window's extent of cells on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symconv.operators.borders import REPEATED
from symconv.operators.letters import O, W
from symconv.operators.operator import Operator
from symconv.operators.reading import SPREAD, Blocks, Cells, Everything, Halves
from symconv.operators.windows import Scattered, Windows, d, o
from symconv.terms import Term, both, constant, either, substitute, variables

MOST_TAPS = 4096
"""How many taps of border cells are written out for one layer."""

Evaluate = Callable[[Term, Mapping[str, int]], int]
"""What a term comes to, for what its letters stand for."""


def every_cell_read(
    operator: Operator, numbers: Mapping[Term, int], evaluate: Evaluate
) -> Term | None:
    """State that no cell of an axis is left unread.

    Args:
        operator: the operator.
        numbers: what its letters stand for.
        evaluate: evaluates terms.

    Returns:
        A statement about `W` and `O`, for sizes from 1 on; nothing where no law says what is read:
        of what is interpolated or random, of windows over copied borders, of reflected and wrapped
        ones that are cropped, of too many taps, and of windows that depend on the size.
    """
    if operator.reads == SPREAD:
        return O >= 1
    reads, border = operator.reads.where(numbers), operator.border
    if isinstance(reads, Windows):
        if not {*variables(reads.place, reads.taps, reads.after)} <= {*variables(o, d)}:
            return None
        if isinstance(reads, Scattered):
            return _painted(reads, evaluate)
        return _seen(reads, evaluate) if border is None else None
    if isinstance(reads, Cells):
        if min(evaluate(reads.before, {}), evaluate(reads.after, {})) >= 0:
            return both()
        if border == REPEATED:  # output cell o reads cell min(max(o - lo, 0), W - 1)
            return (W <= 1) & (O >= 1)
        return either() if border is None else None
    return both() if isinstance(reads, (Blocks, Halves, Everything)) else None


def _numbers(windows: Windows, evaluate: Evaluate) -> tuple[int, ...]:
    terms = (windows.taps, windows.step, windows.before, windows.after)
    return tuple(evaluate(term, {}) for term in terms)


def _seen(windows: Windows, evaluate: Evaluate) -> Term | None:
    """State that windows miss no cell."""
    taps, step, before, after = _numbers(windows, evaluate)
    if before < 0:
        return either()  # the first cell is cropped
    extent = evaluate(windows.extent, {})
    if extent == taps and step <= taps:  # no gaps: only what lies beyond the last window
        return windows.reached >= W
    left = max(0, extent - 1 - before) + step  # a stride of cells that every window may reach
    right = max(0, extent - 2 + step - after)
    if taps * (left + right) > MOST_TAPS:
        return None
    first = [evaluate(windows.place, _at(0, tap)) for tap in range(taps)]
    return both(
        *((W <= x) | _reached(x, first, step) for x in range(left)),
        *(
            (W <= y) | either(*(_starts(W - (1 + y + place), step) for place in first))
            for y in range(right)
        ),
    )


def _at(window: int, tap: int) -> dict[str, int]:
    return dict(zip(variables(o, d), (window, tap), strict=True))


def _reached(cell: int, first: list[int], step: int) -> Term:
    """State that one of enough windows has a tap at a cell, by where those of the first one lie."""
    starts = [cell - place for place in first if cell >= place and (cell - place) % step == 0]
    return O > min(starts) // step if starts else either()


def _starts(start: Term, step: int) -> Term:
    """State that a window starts so many cells after the first one."""
    return (start % step).eq(0) & (start >= 0) & (start <= (O - 1) * step)


def _painted(windows: Scattered, evaluate: Evaluate) -> Term | None:
    """State that each input cell paints an output cell: not all of its taps are cropped."""
    taps, step, before, after = _numbers(windows, evaluate)
    left, right = -(-before // step), -(-after // step)
    if taps * (left + right) > MOST_TAPS:
        return None

    def paints(cell: Term) -> Term:
        places = (substitute(windows.place, {o: cell, d: tap}) for tap in range(taps))
        return either(*((place >= 0) & (place < O) for place in places))

    return both(
        *((W <= x) | paints(constant(x)) for x in range(left)),
        *((W <= y) | paints(W - 1 - y) for y in range(right)),
    )
