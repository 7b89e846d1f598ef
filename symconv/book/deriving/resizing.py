"""Sizes that are asked for or multiplied: adaptive and fractional pools, interpolation."""

from __future__ import annotations

from symconv.book.deriving.asking import needed, reading_of
from symconv.book.deriving.steps import Draft, as_law
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.letters import O, W
from symconv.operators.reading import ONE, SPREAD, Random, o
from symconv.terms import sizes, substitute

j, n, c, q = sizes("j n c q")
SOME = (W >= 1, O >= 1)
FITTING = "the windows fit the input"
_segment = SPREAD.where({o: j})
STARTS, ENDS = _segment.start, _segment.end
"""The first cell of window j of an adaptive pool, from 0, and the first one after it."""


def adaptive_pool(draft: Draft, operator: Operator) -> None:
    """Derive that windows from `floor(j*W/O)` to `ceil((j + 1)*W/O)` cover the input."""
    inside = [*SOME, 0 <= j, j < O]
    draft.step(
        "windows",
        "Window j takes these cells c: from where it starts, rounded down, to where the next one "
        "starts, rounded up and left out.",
        (STARTS <= c) & (c < ENDS),
        given=inside,
        claim=(0 <= STARTS) & (STARTS < W) & (ENDS <= W),
    )
    draft.step(
        "start",
        "The first window, that of j = 0, starts at the first cell.",
        substitute(STARTS, {j: 0}).eq(0),
        given=SOME,
        claim=substitute(STARTS, {j: 0}).eq(0),
    )
    following = substitute(STARTS, {j: j + 1})
    draft.step(
        "cover",
        "The next window starts before this one ends, or just there: no cell is left out.",
        following <= ENDS,
        given=inside,
        claim=(following <= ENDS) & (STARTS <= following),
    )
    longest = -((-W) // O) + 1
    draft.step(
        "lengths",
        "Each window has a cell, and no window has more cells than this.",
        (1 <= ENDS - STARTS) & (ENDS - STARTS <= longest),
        given=inside,
    )
    draft.step(
        "even",
        "Where O divides W, W = q*O, window j takes the q cells from j*q on: the windows neither "
        "differ nor overlap, as in a pool of stride q = W/O.",
        STARTS.eq(j * q) & ENDS.eq((j + 1) * q),
        given=[*SOME, W.eq(q * O)],
        claim=STARTS.eq(j * q) & ENDS.eq((j + 1) * q) & q.eq(W // O),
    )
    last = substitute(ENDS, {j: operator.size - 1})
    draft.step(
        "size",
        "The last of O windows, that of j = O - 1, ends with the input: O windows cover it.",
        as_law(operator.size),
        equal=(operator.size, O),
        given=SOME,
        claim=last.eq(W),
    )


def resize(draft: Draft, operator: Operator) -> None:
    """Derive that stretching the input over `O` cells gives `O` cells."""
    begins = (n - 1) * W
    draft.step(
        "stretch",
        "O cells are laid over W: the n-th begins at (n - 1)W/O of the input, the first at 0.",
        begins // O,
        given=[*SOME, n >= 1, n <= O],
        claim=(0 <= begins // O) & (begins // O <= W - 1),
    )
    draft.step(
        "inside",
        "It begins inside the input just when n is at most O: there is always a cell to read.",
        begins < O * W,
        given=SOME,
        claim=(begins < O * W).iff(n <= O),
    )
    draft.step(
        "size",
        "So the size is the one that is asked for, whatever the input's.",
        as_law(operator.size),
        equal=(operator.size, O),
        given=SOME,
        claim=(n <= operator.size).iff(begins < O * W),
    )


def upsample(draft: Draft, operator: Operator) -> None:
    """Derive `O = floor(W*factor)` for a factor that is a fraction over a power of two."""
    above, each = operator.factor or (ONE, ONE)
    long = W * above
    draft.step(
        "stretch",
        "The factor is a fraction: an input cell is as many parts long as its numerator says, an "
        "output cell as its denominator. So many parts are W cells.",
        long,
        equal=(long, (W - 1) * above + above),
    )
    draft.step(
        "fits",
        "The n-th cell of the output fits when it ends inside.",
        n * each <= long,
        equal=((n - 1) * each + each, n * each),
        claim=((n - 1) * each + (each - 1) <= long - 1).iff(n * each <= long),
    )
    draft.step(
        "count",
        "As many cells as fit: the product is rounded down. torch multiplies doubles, exactly for "
        "a denominator that is a power of two.",
        as_law(operator.size),
        given=[each >= 1],
        claim=(n <= operator.size).iff(n * each <= long),
    )
    if (least := operator.requires.get("the output has a cell")) is not None:
        draft.step(
            "precondition",
            "There is an output when the first cell fits.",
            each <= long,
            given=[each >= 1],
            claim=least.iff(each <= long),
        )


def fractional_max_pool(draft: Draft, operator: Operator) -> None:
    """Derive that `O` windows at pseudo-random places end at the input's end."""
    taps = reading_of(operator, Random).taps
    room = W - taps
    draft.step(
        "room",
        f"A window of {text(taps)} cells can start at each cell from 0 to {text(room)}: this is "
        "the last one.",
        room,
        given=[taps >= 1],
        claim=(n <= room).iff(n + taps <= W),
    )
    spare = 1 if f"{FITTING} with a cell to spare" in operator.requires else 0
    fitting = needed(operator, f"{FITTING} with a cell to spare" if spare else FITTING)
    draft.step(
        "apart",
        "O - 1 steps lead from the first start to the last: each is a cell or more on average"
        + (", and torch wants more than one." if spare else "."),
        fitting,
        equal=(fitting.args[1] - fitting.args[0], room - (O - 1)),
        claim=fitting.iff(O - 1 + spare <= room),
    )
    draft.step(
        "starts",
        f"A step is ({text(room)})/(O - 1) on average: so the n-th window starts within these "
        "steps.",
        (n - 1) * room <= (O - 1) * room,
        given=[fitting, O >= 2, room >= 1],
        claim=((n - 1) * room <= (O - 1) * room).iff(n <= O),
    )
    draft.step(
        "size",
        f"The last window that is asked for starts at {text(room)} and ends with the input.",
        as_law(operator.size),
        equal=((operator.size - 1) * room, (O - 1) * room),
        given=[fitting, O >= 2, room >= 1],
        claim=(n <= operator.size).iff((n - 1) * room <= (O - 1) * room),
    )
