"""Layers that keep a size, halve it, or add cells at its sides."""

from __future__ import annotations

from symconv.book.deriving.asking import needed, reading_of
from symconv.book.deriving.borders import copied
from symconv.book.deriving.steps import Draft, as_law
from symconv.operators import Operator
from symconv.operators.letters import C, W
from symconv.operators.reading import Cells
from symconv.terms import Term, maximum, minimum, sizes

i, o = sizes("i o")


def keep(draft: Draft, operator: Operator) -> None:
    """Derive that what works on each cell, or on numbers of all cells, keeps the size."""
    if operator.size is W:
        draft.declare(
            "cells",
            "Output cell i is computed for input cell i, so there are as many: there is nothing to "
            "derive.",
            as_law(W),
        )
        return
    draft.step(
        "cells",
        "Output cell i is computed for input cell i: there is one just where there is the other.",
        (0 <= i) & (i < W),
        claim=((0 <= i) & (i < operator.size)).iff((0 <= i) & (i < W)),
    )
    draft.law("size", "So the size stays.", operator.size, W)


def halve(draft: Draft, operator: Operator) -> None:
    """Derive that one half of an axis gates the other, so that half of it comes out."""
    even = needed(operator, "two divides the input", (W % 2).eq(0))
    draft.step(
        "halves",
        "Cell i of the first half is gated by cell i of the second: both halves are as long.",
        (i + W // 2) < W,
        given=[even],
        claim=((0 <= i) & (i < W // 2)).iff((W // 2 <= i + W // 2) & (i + W // 2 < W)),
    )
    draft.step(
        "size",
        "One of the two halves comes out, and no cell is left over.",
        as_law(operator.size),
        equal=(operator.size, W // 2),
        given=[even],
        claim=(operator.size + operator.size).eq(W),
    )


def halve_channels(draft: Draft, operator: Operator) -> None:
    """Derive that gating channels with channels halves these and keeps the sizes."""
    even = needed(operator, "two divides the channels", (C % 2).eq(0))
    draft.step(
        "halves",
        "Each channel of the first half is gated, cell by cell, by one of the second.",
        operator.channels,
        equal=(operator.channels, C // 2),
        given=[even],
        claim=(operator.channels + operator.channels).eq(C),
    )
    keep(draft, operator)


def constant_pad(draft: Draft, operator: Operator) -> None:
    """Derive `O = W + lo + hi`; a negative padding crops."""
    lo, hi = _padding(operator)
    kept = (W - 1 - maximum(-hi, 0)) - maximum(-lo, 0) + 1
    least = operator.requires.get("cropping leaves the input a size")
    draft.step(
        "crop",
        "A negative padding takes cells away, before any is added: so many of the input are left.",
        kept,
        given=() if least is not None else operator.requires.values(),
        claim=kept.eq(W + minimum(lo, 0) + minimum(hi, 0))
        & (kept >= 0 if least is None else (kept >= 0).iff(least)),
    )
    draft.step(
        "add",
        "A positive one adds cells: with both sides that is the size.",
        as_law(operator.size),
        claim=(maximum(lo, 0) + kept + maximum(hi, 0)).eq(operator.size),
    )


def _padding(operator: Operator) -> tuple[Term, Term]:
    """Return the cells that are added before the input and after it."""
    cells = reading_of(operator, Cells)
    return cells.before, cells.after


def copying_pad(draft: Draft, operator: Operator) -> None:
    """Derive `O = W + lo + hi` where the border is reflected or wraps around."""
    copied(draft, operator, *_padding(operator))
    _sides(draft, operator)


def replication_pad(draft: Draft, operator: Operator) -> None:
    """Derive `O = W + lo + hi` where the border cell is repeated."""
    lo, _ = _padding(operator)
    least = needed(operator, "the input has a cell", W >= 1)
    nearest = minimum(maximum(o - lo, 0), W - 1)
    draft.step(
        "border",
        "Output cell o copies the input cell that is nearest to o - lo, if there is any.",
        nearest,
        given=[W >= 0],
        claim=((0 <= nearest) & (nearest < W)).iff(least),
    )
    _sides(draft, operator)


def _sides(draft: Draft, operator: Operator) -> None:
    """Count the output's cells: from place -lo to place W - 1 + hi of the input."""
    lo, hi = _padding(operator)
    first, last = -lo, W - 1 + hi
    draft.step(
        "places",
        "Counted as the input's cells are, the output goes from -lo to here.",
        last,
        equal=(last - first + 1, W + lo + hi),
        claim=((0 <= o) & (o <= last - first)).iff((first <= o - lo) & (o - lo <= last)),
    )
    draft.law("size", "Both ends are included: that is the size.", operator.size, last - first + 1)
