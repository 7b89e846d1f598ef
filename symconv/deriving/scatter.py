"""The size laws of scattered windows: transposed convolution, unpooling and fold."""

from __future__ import annotations

from symconv.deriving.joined import two_counts
from symconv.deriving.steps import Draft, as_law
from symconv.deriving.window import extent_step
from symconv.operators import OPERATORS, Operator
from symconv.operators.operator import A, D, F, O, P, S, W
from symconv.operators.scaling import extent
from symconv.terms import Term, constant, sizes, substitute

i, j = sizes("i j")


def conv_transpose(draft: Draft, operator: Operator) -> None:
    """Derive `O = (W - 1)S + E - 2P + A` from where the taps are written."""
    cropped = scattered(draft, extent, D)
    draft.step(
        "output padding",
        "Output padding adds A cells at one side: that is the size.",
        as_law(operator.size),
        equal=(cropped + A, operator.size),
        claim=(cropped + A).eq(operator.size),
    )
    conv = substitute(OPERATORS["conv"].symmetric.size, {W: operator.size})
    draft.step(
        "round trip",
        "The convolution with the same numbers goes back to W for every A below S: output padding "
        "chooses among the S sizes that it sends to W.",
        conv.eq(W),
        equal=(conv, W + A // S),
        given=[S >= 1, A >= 0, A < S],
        claim=conv.eq(W),
    )
    needed = operator.requires["cropping leaves the output a cell"]
    draft.step(
        "precondition",
        "There is an output when cropping leaves a cell; the formula alone does not say so.",
        needed,
        equal=(operator.size >= 1, needed),
        claim=(operator.size >= 1).iff(needed),
    )


def conv_transpose_sized(draft: Draft, operator: Operator) -> None:
    """Derive which output sizes can be asked for: those of an output padding below S."""
    cropped = scattered(draft, extent, D)
    padding = O - cropped
    _asked(draft, operator)
    draft.step(
        "output padding",
        "The size that is asked for decides the output padding: what is missing to it.",
        A.eq(padding),
        equal=(cropped + padding, O),
        claim=substitute(OPERATORS["conv_transpose"].size, {A: padding}).eq(O),
    )
    _askable(
        draft,
        operator,
        ("at least that of output padding 0", "less than a stride above that of output padding 0"),
        "torch takes an output padding from 0 to S - 1: the S sizes that the convolution with the "
        "same numbers sends back to W.",
        (0 <= padding) & (padding < S),
    )
    back = substitute(OPERATORS["conv"].symmetric.size, {W: O})
    draft.step(
        "round trip",
        "And these are all the sizes that it sends back to W.",
        back.eq(W),
        given=[S >= 1],
        claim=back.eq(W).iff((0 <= padding) & (padding < S)),
    )


def max_unpool(draft: Draft, operator: Operator) -> None:
    """Derive `O = (W - 1)S + F - 2P`: taps side by side, and no output padding."""
    cropped = scattered(draft, F, constant(1))
    draft.step(
        "size",
        "That is the size: the smallest that the pool without ceil mode sends back to W.",
        as_law(operator.size),
        equal=(cropped, operator.size),
        given=[S >= 1],
        claim=cropped.eq(operator.size)
        & _pool_returns(operator.size)
        & ~_pool_returns(cropped - 1),
    )


def max_unpool_sized(draft: Draft, operator: Operator) -> None:
    """Derive which output sizes can be asked for: those that a pool sends back to W."""
    cropped = scattered(draft, F, constant(1))
    _asked(draft, operator)
    hanging = _counts(O + (S - 1))
    draft.step(
        "plain",
        "The pool without ceil mode sends these S sizes back to W.",
        (cropped <= O) & (O < cropped + S),
        given=[S >= 1],
        claim=_pool_returns(O).iff((cropped <= O) & (O < cropped + S)),
    )
    draft.step(
        "ceiled",
        "In ceil mode, where less than a stride of a window may hang over, it is these.",
        (cropped - S < O) & (O <= cropped),
        given=[S >= 1],
        claim=hanging.iff((cropped - S < O) & (O <= cropped)),
    )
    _askable(
        draft,
        operator,
        ("less than a stride above the default one", "more than a stride below the default one"),
        "torch takes a size that either of them sends back.",
        _pool_returns(O) | hanging,
    )


def fold(draft: Draft, operator: Operator) -> None:
    """Derive which input folds to a size: as many windows as `Unfold` takes from that size."""
    sentence = "there is one input cell for each window of the output"
    needed = operator.requires[sentence]
    two_counts(draft, needed.args[0], "O")
    draft.step(
        "windows",
        "Each input cell is a window that is added where `Unfold` took it: one for each.",
        needed,
        equal=(needed.args[0] - W, needed.args[0] - needed.args[1]),
        given=[stride >= 1 for stride in sizes("S1 S2")],
        claim=needed.iff(W.eq(needed.args[0])),
    )
    _asked(draft, operator)


def scattered(draft: Draft, reach: Term, spacing: Term) -> Term:
    """Derive the cells that taps are written to, and what cropping leaves of them.

    Returns:
        The size before output padding.
    """
    positive = [W >= 1, F >= 1, S >= 1, D >= 1]
    tap, last = i * S + j * spacing, (W - 1) * S + (reach - 1)
    extent_step(draft, reach)
    draft.step(
        "scatter",
        "Input cell i writes tap j to this cell; the first cell that is written is 0.",
        tap,
        equal=(substitute(tap, {i: W - 1, j: F - 1}), last),
        given=[*positive, i >= 0, i < W, j >= 0, j < F],
        claim=(tap >= 0) & (tap <= last),
    )
    whole = (W - 1) * S + reach
    draft.step(
        "whole",
        "The last tap of the last cell ends what is written over: from cell 0 on, that is so much.",
        whole,
        equal=(whole, last - 0 + 1),
        claim=whole.eq(last - 0 + 1),
    )
    cropped = whole - 2 * P
    draft.step(
        "crop",
        "Padding means here what it takes away: P cells at each side, as the convolution added.",
        cropped,
        equal=(cropped, (last - P) - P + 1),
        claim=cropped.eq((last - P) - P + 1),
    )
    return cropped


def _counts(padded: Term) -> Term:
    """State that W windows of F cells, and no more, end inside so many cells and the padding."""
    return ((W - 1) * S + F <= padded + 2 * P) & (padded + 2 * P < W * S + F)


def _pool_returns(size: Term) -> Term:
    """State that the pool with the same numbers, without ceil mode, sends a size back to W."""
    pool = substitute(OPERATORS["avg_pool"].size, {sizes("ceil_mode")[0]: 0})
    return substitute(pool, {W: size}).eq(W)


def _asked(draft: Draft, operator: Operator) -> None:
    """Say that the size is asked for, since several have as many windows."""
    draft.step(
        "asked",
        "The size is the one that is asked for: several sizes have W windows.",
        as_law(operator.size),
        equal=(operator.size, O),
        claim=operator.size.eq(O),
    )


def _askable(
    draft: Draft, operator: Operator, endings: tuple[str, str], reason: str, claim: Term
) -> None:
    """Show that the two requirements on an asked size say what it can be."""
    low, high = (operator.requires[f"the output size is {ending}"] for ending in endings)
    draft.step("askable", reason, low & high, given=[S >= 1], claim=(low & high).iff(claim))
