"""The size law of windows, from first principles: it counts those that fit.

Where the taps lie, what lies before and after the input and what the padding copies is asked of
the operator; nothing here knows which operator it is.
"""

from __future__ import annotations

import sympy

from symconv.book.deriving.asking import kernel_of, ranges_of
from symconv.book.deriving.borders import copied, limited
from symconv.book.deriving.steps import Draft, as_law
from symconv.meanings.integers import PLAIN, compiled
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.letters import O, W, hi, lo
from symconv.operators.reading import NONE, ONE, Windows, d, o
from symconv.operators.window import FITS
from symconv.proving import prove
from symconv.terms import Term, sizes, substitute, variables

n, j, E = sizes("n j E")
MOST_CELLS_LISTED = 10_000


def counted(windows: Windows) -> Term:
    """Return how many windows fit: the law of a convolution."""
    return (windows.padded - windows.extent) // windows.step + 1


def fits(windows: Windows) -> Term:
    """State that the n-th window ends inside the padded input."""
    return (n - 1) * windows.step + windows.extent <= windows.padded


def last_offset(windows: Windows) -> Term:
    """Return where the last tap lies, counted from its window's first cell."""
    return substitute(windows.offset, {d: windows.taps - 1})


def extent_step(draft: Draft, operator: Operator) -> None:
    """Say how far a kernel reaches: the first step of both directions.

    From here on the extent is shown as `E`, and a claim that has it only as a whole is proved for
    any extent.
    """
    windows = kernel_of(operator)
    taps, last, reach = text(windows.taps), last_offset(windows), windows.extent
    if not windows.even:
        draft.assumed = ranges_of(operator, reach)
        _taps_step(draft, windows)
        reason = f"From tap 0 to tap {text(windows.taps - 1)} these are E cells, both included."
    elif windows.spacing is ONE:
        reason = f"{taps} taps side by side are as many cells: E."
    else:
        spacing = text(windows.spacing)
        reason = (
            f"Between {taps} taps there are {taps} - 1 steps of {spacing} cells, so the last tap "
            "lies that many cells after the first; with the first cell itself these are E cells."
        )
    draft.step(
        "extent",
        reason,
        E.eq(reach),
        equal=(reach, last - 0 + 1),
    )
    if reach is not windows.taps:
        draft.wholes = {reach: E, last: E - 1}


def _taps_step(draft: Draft, windows: Windows) -> None:
    """Say where taps lie that are not equally far apart."""
    first = substitute(windows.offset, {d: NONE})
    draft.step(
        "taps",
        "Tap d of a window lies here, counted from its first cell: tap 0 on that cell, and each "
        "tap beyond the one before it.",
        windows.offset,
        given=[d >= 0],
        claim=first.eq(0) & (windows.offset < substitute(windows.offset, {d: d + 1})),
    )


def fitting(draft: Draft, operator: Operator, count: Term, called: Term = O) -> None:
    """Count the windows that fit, and find a number of them: the size law, if it is called `O`."""
    extent_step(draft, operator)
    windows = kernel_of(operator)
    step, reach, padded = windows.step, windows.extent, windows.padded
    last = (n - 1) * step + reach - 1
    place = substitute(windows.place, {o: n - 1, d: windows.taps - 1}) + windows.before
    draft.step(
        "placement",
        f"Count windows from 1 and cells from 0. The n-th window starts in cell "
        f"(n - 1){_factor(step)} of the padded input; its last tap lies E - 1 cells further, in "
        "this cell.",
        last,
        equal=(last - (n - 1) * step + 1, reach),
        claim=(last - (n - 1) * step + 1).eq(reach) & place.eq(last),
    )
    draft.step(
        "fits",
        "The n-th window fits just when this is at most the last cell of the padded input.",
        fits(windows),
        equal=((padded - 1) - last, padded - ((n - 1) * step + reach)),
        claim=(last <= padded - 1).iff(fits(windows)),
    )
    ends = draft.symbolic((n - 1) * step + reach)
    exact = sympy.solve(sympy.Eq(ends, draft.symbolic(padded)), draft.symbol("n"))[0]
    draft.step(
        "solve",
        f"Solved for n, since {text(step)} is positive: n is at most this quotient, whole or not.",
        sympy.Le(draft.symbol("n"), exact),
        equal=(ends.subs(draft.symbol("n"), exact), padded),
        given=[step >= 1],
        claim=(n * step <= padded - reach + step).iff(fits(windows)),
    )
    draft.step(
        "count",
        "If the n-th window fits, so do all before it: their number is the greatest whole n, the "
        f"quotient rounded down. The {text(step)} above, over {text(step)}, is the 1.",
        called.eq(count),
        equal=(sympy.floor(exact), count),
        given=[step >= 1],
        claim=(n <= count).iff(fits(windows)),
    )


def _factor(step: Term) -> str:
    return text(step) if step.word == "variable" else f"*({text(step)})"


def windows_that_fit(draft: Draft, operator: Operator) -> None:
    """Derive `O = floor((W + 2P - E)/S) + 1` by counting the windows that fit."""
    windows, size = kernel_of(operator), operator.size
    copied(draft, operator, windows.before, windows.after)
    fitting(draft, operator, size)
    step, reach, padded = windows.step, windows.extent, windows.padded
    first = operator.requires.get(FITS, reach <= padded)
    draft.step(
        "precondition",
        "There is an output just when the first window fits: else the formula gives 0 or less, "
        "which is no size.",
        first,
        equal=(substitute(fits(windows), {n: 1}), first),
        given=[step >= 1],
        claim=(size >= 1).iff(first),
    )
    rest = (padded - reach) % step
    draft.step(
        "remainder",
        f"Beyond the last window the padded input has this many cells, fewer than {text(step)}: "
        "never read.",
        rest,
        equal=(padded - ((size - 1) * step + reach), rest),
        given=[step >= 1, first],
        claim=padded.eq((size - 1) * step + reach + rest) & (rest < step) & (rest >= 0),
    )
    _unread(draft, windows)


def windows_that_keep(draft: Draft, operator: Operator) -> None:
    """Derive that `padding="same"` keeps the size, from the law with both paddings."""
    windows = kernel_of(operator)
    before, after, step, reach = windows.before, windows.after, windows.step, windows.extent
    total, both_sides = lo + hi, last_offset(windows)
    extent_step(draft, operator)
    ranges = ranges_of(operator, reach)
    draft.step(
        "total",
        "With stride 1 the windows are as many as the input cells when E - 1 cells are added.",
        total.eq(both_sides),
        equal=(both_sides, reach - 1),
        given=[step.eq(1)],
        claim=((W + total - reach) // step + 1).eq(W).iff(total.eq(both_sides)),
    )
    at_end = prove(before <= after, ranges).proved
    less, more, end = (before, after, "end") if at_end else (after, before, "start")
    draft.step(
        "halves",
        f"Half of them stand on each side, and the odd one stands at the {end}.",
        (hi if at_end else lo).eq(more),
        given=ranges,
        claim=(before + after).eq(both_sides) & (less <= more) & (more <= less + 1),
    )
    if limited(operator.border):
        copied(draft, operator, more, more, ranges)
    draft.step(
        "count",
        "These are the windows that fit, by the law of the convolution.",
        as_law(operator.size),
        given=[step >= 1],
        claim=(n <= operator.size).iff((n - 1) * step + reach <= W + before + after),
    )
    draft.step(
        "same",
        "With stride 1 that is the input's size.",
        O.eq(W),
        given=[operator.requires.get("padding='same' needs a stride of 1", step.eq(1))],
        claim=operator.size.eq(W),
    )


def _unread(draft: Draft, windows: Windows) -> None:
    """Say for the user's numbers which cells no window reads."""
    place, numbers = substitute(windows.place, {o: NONE}), draft.numbers
    sides = (W, windows.taps, windows.step, windows.before, windows.after)
    if not {*variables(place, *sides)} - {"d"} <= {*numbers}:
        return

    w, taps, step, before, after, padded, reach = (
        PLAIN.evaluate(term, numbers) for term in (*sides, windows.padded, windows.extent)
    )
    if reach > padded:
        return
    draft.facts["remainder"] = (padded - reach) % step
    if padded <= MOST_CELLS_LISTED and taps <= MOST_CELLS_LISTED:
        lies = compiled(place, ("d", *numbers))
        places = [lies(tap, *numbers.values()) for tap in range(taps)]
        starts = range(0, padded - reach + 1, step)
        read = {start + first for start in starts for first in places}
        draft.facts["input cells never read"] = [c for c in range(w) if c not in read]
        padding = [*range(-before, 0), *range(w, w + after)]
        draft.facts["padding cells never read"] = len([c for c in padding if c not in read])
