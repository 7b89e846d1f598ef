"""Laws that join or exchange axes: unfold, pixel shuffles and channel shuffles.

Each counts by giving every cell a place: the places are the whole numbers below the size.
"""

from __future__ import annotations

from symconv.book.deriving.asking import kernel_of, needed, reading_of
from symconv.book.deriving.steps import Draft, as_law
from symconv.book.deriving.window import counted, fits, n
from symconv.meanings.notation import text
from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import C, W
from symconv.operators.reading import Blocks, Windows
from symconv.terms import Term, both, sizes, substitute, variable, variables

a, b, L1, L2 = sizes("a b L1 L2")
(groups,) = sizes("groups")


def unfold(draft: Draft, operator: Operator) -> None:
    """Derive that the windows of two axes in one row are the product of their counts."""
    kernel = kernel_of(operator)
    two_counts(draft, operator, operator.size, "W")
    product = _in_counts(kernel, operator.size, "W")
    draft.step(
        "size",
        "So the row is as long as the two counts multiplied.",
        as_law(operator.size),
        equal=(product, L1 * L2),
    )


def two_counts(draft: Draft, operator: Operator, law: Term, size: str) -> None:
    """Count the windows of both axes, and give each pair of them a place in one row.

    Args:
        draft: the derivation.
        operator: what has windows of two axes in one row.
        law: the number of windows that is claimed.
        size: the letter of the size that the windows lie in, `W` or `O`.
    """
    kernel = kernel_of(operator)
    for axis in (1, 2):
        count, fit = _along(kernel, axis, size)
        draft.step(
            f"windows of axis {axis}",
            f"On axis {axis} the windows that fit are counted as for a convolution.",
            sizes(f"L{axis}")[0].eq(count),
            given=[sizes(f"S{axis}")[0] >= 1],
            claim=(n <= count).iff(fit),
        )
    place = (a - 1) * L2 + (b - 1)
    draft.step(
        "row",
        "The windows stand in one row, those of one line after another: the a-th of the first "
        "axis and the b-th of the second have this place, counted from 0.",
        place,
        equal=(substitute(place, {a: L1, b: L2}) + 1, _in_counts(kernel, law, size)),
        given=[1 <= a, a <= L1, 1 <= b, b <= L2],
        claim=(0 <= place) & (place < L1 * L2) & ((place // L2 + 1).eq(a) & (place % L2 + 1).eq(b)),
    )


def _along(kernel: Windows, axis: int, size: str) -> tuple[Term, Term]:
    """Return how many windows there are along an axis, and when the n-th of them fits.

    Args:
        kernel: the windows of the first axis.
        axis: which axis, 1 or 2.
        size: the letter of the size that they lie in.
    """
    stated = counted(kernel), fits(kernel)
    letters = {*variables(*stated)} - {"W", "n"}
    renamed = {variable(name): variable(f"{name.removesuffix('1')}{axis}") for name in letters}
    count, fit = (substitute(one, renamed | {W: variable(f"{size}{axis}")}) for one in stated)
    return count, fit


def _in_counts(kernel: Windows, law: Term, size: str) -> Term:
    """Write a law in the counts of both axes, where these are what it is made of."""
    return substitute(law, {_along(kernel, 1, size)[0]: L1, _along(kernel, 2, size)[0]: L2})


def pixel_shuffle(draft: Draft, operator: Operator) -> None:
    """Derive `O = W*r`: each cell becomes a block of r by r cells, taken from r*r channels."""
    r = _side(operator)
    last = (W - 1) * r + (r - 1)
    draft.step(
        "blocks",
        "Cell a of the input becomes r cells along each axis; the b-th of them has this place.",
        a * r + b,
        equal=(substitute(a * r + b, {a: W - 1, b: r - 1}), last),
        given=[0 <= a, a < W, 0 <= b, b < r],
        claim=(0 <= a * r + b) & (a * r + b <= last) & ((a * r + b) // r).eq(a),
    )
    draft.law(
        "size",
        f"From place 0 to the last one, both included, there are {text(last + 1)} cells.",
        operator.size,
        last + 1,
    )
    alone = operator.channels is C // r
    block, over = (r, "the axis") if alone else (r * r, "both axes")
    square = "" if alone else ", here of a square input"
    after = operator.channels * operator.size * (1 if alone else operator.size)
    draft.step(
        "conserved",
        f"No value is lost{square}: as many cells, over all channels and {over}, are shuffled.",
        after.eq(C * W if alone else C * W * W),
        given=[r >= 1, (C % block).eq(0)],
    )


def pixel_unshuffle(draft: Draft, operator: Operator) -> None:
    """Derive `O = W//r`: blocks of r by r cells become one cell with r*r times the channels."""
    r = _side(operator)
    whole = needed(operator, "the downscale factor divides the input", (W % r).eq(0))
    draft.step(
        "blocks",
        "Cell a of the input lies in this block: blocks of r cells stand side by side.",
        a // r,
        given=[r >= 1, 0 <= a, a < W, whole],
        claim=(0 <= a // r) & (a // r <= W // r - 1),
    )
    draft.step(
        "size",
        "As many blocks as fit are the size, and since r divides W no cell is left over.",
        as_law(operator.size),
        given=[r >= 1, whole],
        claim=(n <= operator.size).iff(n * r <= W) & (operator.size * r).eq(W),
    )
    if not operator.undone_by:
        return
    undone = OPERATORS[operator.undone_by]
    shuffled = substitute(undone.size, {W: operator.size, _side(undone): r})
    draft.step(
        "round trip",
        "The pixel shuffle with the same factor goes back.",
        shuffled.eq(W),
        given=[r >= 1, whole],
    )


def _side(operator: Operator) -> Term:
    """Return how many cells a block has along an axis."""
    return reading_of(operator, Blocks).side


def channel_shuffle(draft: Draft, operator: Operator) -> None:
    """Derive that reordering channels keeps the sizes, and the channels, too."""
    width = C // groups
    place = b * groups + a
    given = [groups >= 1, needed(operator, "the groups divide the channels", (C % groups).eq(0))]
    inside = [0 <= a, a < groups, 0 <= b, b < width]
    draft.step(
        "places",
        "Channel b of group a goes to this place: every channel has one, and keeps its cells.",
        place,
        given=[*given, *inside],
        claim=both(0 <= place, place < C, (place % groups).eq(a), (place // groups).eq(b)),
    )
    draft.step(
        "size",
        "Its cells stay where they are, so the sizes stay.",
        as_law(operator.size),
        equal=(operator.size, W),
        claim=operator.size.eq(W) & operator.channels.eq(C),
    )
