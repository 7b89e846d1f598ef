"""The size laws of scattered windows: transposed convolution, unpooling and fold."""

from __future__ import annotations

from symconv.book.deriving.asking import kernel_of, needed
from symconv.book.deriving.joined import two_counts
from symconv.book.deriving.shortening import shortened
from symconv.book.deriving.steps import Draft, as_law
from symconv.book.deriving.window import counted, extent_step
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.letters import A, O, W
from symconv.operators.reading import NONE, Windows, d, o
from symconv.terms import Term, sizes, substitute

i, j = sizes("i j")


def painted(draft: Draft, operator: Operator) -> None:
    """Derive `O = (W - 1)S + E - 2P + A` from where the taps are written."""
    size, added = operator.size, kernel_of(operator).added
    cropped = scattered(draft, operator)
    if added is NONE:
        draft.law("size", "That is the size.", size, cropped)
    else:
        draft.law(
            "output padding",
            f"Output padding adds {text(added)} cells at one side: that is the size.",
            size,
            cropped + added,
        )
    _round_trip(draft, operator)
    if (least := operator.requires.get("cropping leaves the output a cell")) is not None:
        draft.step(
            "precondition",
            "There is an output when cropping leaves a cell; the formula alone does not say so.",
            least,
            equal=(size >= 1, least),
            claim=(size >= 1).iff(least),
        )


def _round_trip(draft: Draft, operator: Operator) -> None:
    """Show that the same windows, read, have as many cells as were painted."""
    windows = kernel_of(operator)
    back, step, added = _read_back(windows, operator.size), windows.step, windows.added
    letter = text(step)
    reason = (
        "The convolution with the same numbers goes back to W"
        if windows.weighted
        else ("As many of these windows fit the output as the input has cells")
    )
    draft.step(
        "round trip",
        f"{reason}."
        if added is NONE
        else f"{reason} for every {text(added)} below {letter}: output padding chooses among the "
        f"{letter} sizes that the convolution sends to W.",
        back.eq(W),
        equal=(back, W if added is NONE else W + added // step),
        given=[step >= 1] if added is NONE else [step >= 1, added >= 0, added < step],
        claim=back.eq(W),
    )


def painted_as_asked(draft: Draft, operator: Operator) -> None:
    """Derive which output sizes can be asked for: those of an output padding below S."""
    windows = kernel_of(operator)
    cropped, step = scattered(draft, operator), windows.step
    padding = O - cropped
    _asked(draft, operator)
    draft.step(
        "output padding",
        "The size that is asked for decides the output padding: what is missing to it.",
        A.eq(padding),
        equal=(cropped + padding, O),
        claim=(cropped + padding).eq(O) & windows.added.eq(padding),
    )
    _askable(
        draft,
        operator,
        ("at least that of output padding 0", "less than a stride above that of output padding 0"),
        f"torch takes an output padding from 0 to {text(step)} - 1: the {text(step)} sizes that "
        "the convolution with the same numbers sends back to W.",
        (0 <= padding) & (padding < step),
    )
    back = _read_back(windows, O)
    draft.step(
        "round trip",
        "And these are all the sizes that it sends back to W.",
        back.eq(W),
        given=[step >= 1],
        claim=back.eq(W).iff((0 <= padding) & (padding < step)),
    )


def _read_back(windows: Windows, size: Term) -> Term:
    """Return how many of the windows fit a size: what the same windows, read, make of it."""
    return substitute(counted(windows), {W: size})


def unpooled(draft: Draft, operator: Operator) -> None:
    """Derive `O = (W - 1)S + F - 2P`: taps side by side, and no output padding."""
    windows = kernel_of(operator)
    cropped, step = scattered(draft, operator), windows.step
    draft.step(
        "size",
        "That is the size: the smallest that the pool without ceil mode sends back to W.",
        as_law(operator.size),
        equal=(cropped, operator.size),
        given=[step >= 1],
        claim=cropped.eq(operator.size)
        & _read_back(windows, operator.size).eq(W)
        & ~_read_back(windows, cropped - 1).eq(W),
    )


def unpooled_as_asked(draft: Draft, operator: Operator) -> None:
    """Derive which output sizes can be asked for: those that a pool sends back to W."""
    windows = kernel_of(operator)
    cropped, step = scattered(draft, operator), windows.step
    _asked(draft, operator)
    hanging = _counts(windows, O + (step - 1))
    draft.step(
        "plain",
        f"The pool without ceil mode sends these {text(step)} sizes back to W.",
        (cropped <= O) & (O < cropped + step),
        given=[step >= 1],
        claim=_read_back(windows, O).eq(W).iff((cropped <= O) & (O < cropped + step)),
    )
    draft.step(
        "ceiled",
        "In ceil mode, where less than a stride of a window may hang over, it is these.",
        (cropped - step < O) & (O <= cropped),
        given=[step >= 1],
        claim=hanging.iff((cropped - step < O) & (O <= cropped)),
    )
    _askable(
        draft,
        operator,
        ("less than a stride above the default one", "more than a stride below the default one"),
        "torch takes a size that either of them sends back.",
        _read_back(windows, O).eq(W) | hanging,
    )


def fold(draft: Draft, operator: Operator) -> None:
    """Derive which input folds to a size: as many windows as `Unfold` takes from that size."""
    sentence = "there is one input cell for each window of the output"
    matched = needed(operator, sentence)
    two_counts(draft, operator, matched.args[0], "O")
    draft.step(
        "windows",
        "Each input cell is a window that is added where `Unfold` took it: one for each.",
        matched,
        equal=(matched.args[0] - W, matched.args[0] - matched.args[1]),
        given=[stride >= 1 for stride in sizes("S1 S2")],
        claim=matched.iff(W.eq(matched.args[0])),
    )
    _asked(draft, operator)


def scattered(draft: Draft, operator: Operator) -> Term:
    """Derive the cells that taps are written to, and what cropping leaves of them.

    Returns:
        The size before output padding.
    """
    windows = kernel_of(operator)
    step, taps, reach = windows.step, windows.taps, windows.extent
    positive = [W >= 1, taps >= 1, step >= 1, windows.spacing >= 1]
    offset = j * windows.spacing if windows.even else substitute(windows.offset, {d: j})
    tap, last = i * step + offset, (W - 1) * step + (reach - 1)
    extent_step(draft, operator)
    place = substitute(windows.place, {o: i, d: j})
    draft.step(
        "scatter",
        "Input cell i writes tap j to this cell; the first cell that is written is 0.",
        tap,
        equal=(substitute(tap, {i: W - 1, j: taps - 1}), last),
        given=[*positive, i >= 0, i < W, j >= 0, j < taps],
        claim=(tap >= 0) & (tap <= last) & (tap - windows.before).eq(place),
    )
    whole = (W - 1) * step + reach
    draft.step(
        "whole",
        f"The last tap of the last input cell writes cell {text(shortened(last, draft.wholes))}; "
        f"counted from 0 these are {text(shortened(whole, draft.wholes))} cells.",
        whole,
        equal=(whole, last - 0 + 1),
    )
    if windows.padding is NONE:
        return whole
    cropped = whole - windows.padding
    first, after = windows.before, windows.after
    sides = f"{text(first)} cells at each side" if first is after else "cells at both sides"
    draft.step(
        "crop",
        f"Here padding takes cells away: {sides}, as many as the convolution adds.",
        cropped,
        equal=(cropped, (last - after) - first + 1),
    )
    return cropped


def _counts(windows: Windows, cells: Term) -> Term:
    """State that W windows, and no more, end inside so many cells and the padding."""
    room, step = cells + windows.padding, windows.step
    return ((W - 1) * step + windows.extent <= room) & (room < W * step + windows.extent)


def _asked(draft: Draft, operator: Operator) -> None:
    """Say that the size is asked for, since several have as many windows."""
    reason = "The size is the one that is asked for: several sizes have W windows."
    draft.law("asked", reason, operator.size, O)


def _askable(
    draft: Draft, operator: Operator, endings: tuple[str, str], reason: str, claim: Term
) -> None:
    """Show that the two requirements on an asked size say what it can be."""
    low, high = (needed(operator, f"the output size is {ending}") for ending in endings)
    kernel = kernel_of(operator)
    draft.step(
        "askable", reason, low & high, given=[kernel.step >= 1], claim=(low & high).iff(claim)
    )
