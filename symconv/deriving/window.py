"""The size law of a convolution, from first principles: it counts the windows that fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import sympy

from symconv.deriving.steps import Draft, as_law
from symconv.operators import OPERATORS, Operator
from symconv.operators.operator import D, F, O, P, S, W
from symconv.operators.scaling import extent
from symconv.operators.window import SAME
from symconv.terms import Term, maximum, sizes, substitute

n, j, E = sizes("n j E")
MOST_CELLS_LISTED = 10_000
COPIES = {
    "a reflected padding is smaller than the input": (
        "reflection",
        "Padding cell -j copies cell j; the outermost one must still find a cell of the input.",
        j,
    ),
    "a wrapped padding is at most the input": (
        "wrapping",
        "Padding cell -j copies cell W - j; the outermost one must still find a cell of the input.",
        W - j,
    ),
}
"""What a border that copies the input requires: the step's name, its reason, what -j copies."""


class Window(NamedTuple):
    """What a window is, for those that count windows.

    Attributes:
        reach: the cells from its first tap to its last one, both included.
        padded: the cells of the padded input.
        end: where the padding on the right begins, counted from the first padded cell.
    """

    reach: Term = extent
    padded: Term = W + 2 * P
    end: Term = W + P

    @property
    def fits(self) -> Term:
        """The n-th window ends inside the padded input."""
        return (n - 1) * S + self.reach <= self.padded


def extent_step(draft: Draft, reach: Term = extent) -> None:
    """Say how far a kernel reaches: the first step of both directions."""
    if reach is extent:
        reason = "F taps that lie D cells apart reach from tap 0 to F - 1: E cells, both included."
        last = D * (F - 1)
    else:
        reason, last = (
            "F taps side by side reach from tap 0 to F - 1: E cells, both included.",
            F - 1,
        )
    draft.step(
        "extent",
        reason,
        E.eq(reach),
        equal=(reach, last - 0 + 1),
        claim=reach.eq(last - 0 + 1),
    )


def fitting(draft: Draft, window: Window, count: Term) -> None:
    """Count the windows that fit, and find the size law in that number."""
    extent_step(draft, window.reach)
    last = (n - 1) * S + (window.reach - 1)
    draft.step(
        "placement",
        "The n-th window starts (n - 1)S cells into the padded input; its last tap lies there.",
        last,
        equal=(last - (n - 1) * S + 1, window.reach),
        claim=(last - (n - 1) * S + 1).eq(window.reach),
    )
    draft.step(
        "fits",
        "The n-th window fits when its last tap is at most the last cell of the padded input.",
        window.fits,
        equal=(
            (window.padded - 1) - last,
            window.padded - ((n - 1) * S + window.reach),
        ),
        claim=(last <= window.padded - 1).iff(window.fits),
    )
    ends = draft.symbolic((n - 1) * S + window.reach)
    found = sympy.solve(sympy.Eq(ends, draft.symbolic(window.padded)), draft.symbol("n"))[0]
    draft.step(
        "solve",
        "Solved for n, since S is positive: this many windows would fit exactly.",
        sympy.Le(draft.symbol("n"), found),
        equal=(ends.subs(draft.symbol("n"), found), window.padded),
        given=[S >= 1],
        claim=(n * S <= window.padded - window.reach + S).iff(window.fits),
    )
    draft.step(
        "count",
        "The greatest whole n is the number of windows: the floor is a count, not a rounding rule.",
        O.eq(count),
        equal=(sympy.floor(found), count),
        given=[S >= 1],
        claim=(n <= count).iff(window.fits),
    )


def conv(draft: Draft, operator: Operator) -> None:
    """Derive `O = floor((W + 2P - E)/S) + 1` by counting the windows that fit."""
    window, size = Window(), operator.size
    fitting(draft, window, size)
    needed = operator.requires["one window fits the padded input"]
    draft.step(
        "precondition",
        "There is an output when the first window fits; the formula alone does not say so.",
        needed,
        equal=(substitute(window.fits, {n: 1}), needed),
        given=[S >= 1],
        claim=(size >= 1).iff(needed),
    )
    rest = (window.padded - extent) % S
    draft.step(
        "remainder",
        "Beyond the last window the padded input has this many cells, fewer than S: never read.",
        rest,
        equal=(window.padded - ((size - 1) * S + extent), rest),
        given=[S >= 1, needed],
        claim=window.padded.eq((size - 1) * S + extent + rest) & (rest < S) & (rest >= 0),
    )
    _unread(draft)


def conv_replicate(draft: Draft, operator: Operator) -> None:
    """Derive the law over a border that is repeated, which any input with a cell has."""
    needed = operator.requires["the input has a cell"]
    draft.step(
        "border",
        "Padding cell -j copies the cell that is nearest to it, the first one: it must be there.",
        needed,
        given=[j >= 1, W >= 0],
        claim=(maximum(-j, 0) <= W - 1).iff(needed),
    )
    conv(draft, operator)


def conv_copied(draft: Draft, operator: Operator) -> None:
    """Derive the law over a border that is reflected or wraps around, and how wide it can be."""
    copied(draft, operator, P)
    conv(draft, operator)


def copied(draft: Draft, operator: Operator, widest: Term, given: Iterable[Term] = ()) -> None:
    """Say how wide a border can be that copies cells of the input.

    Args:
        draft: the derivation.
        operator: the operator, which may have such a border.
        widest: the wider padding of the two sides; from 0 on down nothing is copied.
        given: what is known of its letters.
    """
    for sentence, (name, reason, source) in COPIES.items():
        if sentence in operator.requires:
            needed, there = operator.requires[sentence], (0 <= source) & (source < W)
            outermost = substitute(there, {j: widest}).iff(needed)
            draft.step(
                name,
                reason,
                needed,
                given=[W >= 1, *given],
                claim=((widest <= 0) | outermost) & (~(needed & (1 <= j) & (j <= widest)) | there),
            )


def conv_same(draft: Draft, operator: Operator) -> None:
    """Derive that `padding="same"` keeps the size, from the law with both paddings."""
    lo, hi, total = SAME
    before, after = SAME[lo], SAME[hi]
    extent_step(draft)
    draft.step(
        "total",
        "With stride 1 the windows are as many as the input cells when E - 1 cells are added.",
        total.eq(SAME[total]),
        equal=(SAME[total], extent - 1),
        given=[S.eq(1)],
        claim=OPERATORS["conv"].size.eq(W).iff(total.eq(SAME[total])),
    )
    draft.step(
        "halves",
        "Half of them stand on each side, and the odd one stands at the end.",
        hi.eq(after),
        given=[F >= 1, D >= 1],
        claim=(before + after).eq(SAME[total]) & (before <= after) & (after <= before + 1),
    )
    copied(draft, operator, after, given=[F >= 1, D >= 1])
    draft.step(
        "count",
        "These are the windows that fit, by the law of the convolution.",
        as_law(operator.size),
        given=[S >= 1],
        claim=(n <= operator.size).iff((n - 1) * S + extent <= W + before + after),
    )
    draft.step(
        "same",
        "With stride 1 that is the input's size.",
        O.eq(W),
        given=[operator.requires["padding='same' needs a stride of 1"]],
        claim=operator.size.eq(W),
    )


def _unread(draft: Draft) -> None:
    """Say for the user's numbers which cells no window reads."""
    if not set("WFSPD") <= set(draft.numbers):
        return
    w, f, s, p, d = (draft.numbers[letter] for letter in "WFSPD")
    padded, reach = w + 2 * p, int(draft.value(draft.symbolic(extent)))
    if reach > padded:
        return
    draft.facts["remainder"] = (padded - reach) % s
    if padded <= MOST_CELLS_LISTED and f <= MOST_CELLS_LISTED:
        starts = range(0, padded - reach + 1, s)
        read = {start + tap * d for start in starts for tap in range(f)}
        draft.facts["input cells never read"] = [c for c in range(w) if c + p not in read]
        padding = [*range(-p, 0), *range(w, w + p)]
        draft.facts["padding cells never read"] = len([c for c in padding if c + p not in read])
