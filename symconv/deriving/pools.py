"""The size law of pools: the windows that fit, and torch's ceil mode."""

from __future__ import annotations

from symconv.deriving.steps import Draft, as_law
from symconv.deriving.window import Window, fitting, n
from symconv.meanings.integers import INTEGERS
from symconv.operators import Operator
from symconv.operators.operator import F, O, P, S, W
from symconv.operators.window import ceil_mode
from symconv.terms import Term, interpret, minimum, substitute, variables, where

PADDED = "padding is at most half the kernel"
REACHES = "one window reaches into the padded input"


def max_pool(draft: Draft, operator: Operator) -> None:
    """Derive the size law of a pool with dilation: `E = D(F - 1) + 1`."""
    _pool(draft, operator, Window())


def avg_pool(draft: Draft, operator: Operator) -> None:
    """Derive the size law of a pool whose taps stand side by side."""
    _pool(draft, operator, Window(reach=F))


def lp_pool(draft: Draft, operator: Operator) -> None:
    """Derive the size law of a pool that has no padding either."""
    _pool(draft, operator, Window(reach=F, padded=W, end=W))


def _pool(draft: Draft, operator: Operator, window: Window) -> None:
    """Count the windows that fit, then those of ceil mode, and put both into the law."""
    plain, ceiled = (_in_mode(operator.size, mode) for mode in (0, 1))
    fitting(draft, window, plain)
    hangs = (n - 1) * S + window.reach <= window.padded + (S - 1)
    begins = (n - 1) * S < window.end
    draft.step(
        "overhang",
        "In ceil mode a window counts also when less than a stride of it hangs over the end: when "
        "the one before it leaves a cell unread.",
        hangs,
        claim=hangs.iff((n - 2) * S + window.reach < window.padded),
    )
    reaching = (window.padded - window.reach + (S - 1)) // S + 1
    draft.step(
        "reaching",
        "So many windows reach into the padded input: a quotient rounded up.",
        reaching,
        given=[S >= 1],
        claim=(n <= reaching).iff(hangs) & reaching.eq(-((window.reach - window.padded) // S) + 1),
    )
    draft.step(
        "no window of padding",
        "A window that starts in the padding on the right would see no cell of the input: torch "
        "drops it.",
        begins,
        given=[S >= 1],
        claim=(n <= (window.end - 1) // S + 1).iff(begins),
    )
    _one_is_dropped(draft, operator, window, reaching, ceiled)
    draft.step(
        "count",
        "Both conditions hold up to the smaller count: that is the size in ceil mode.",
        O.eq(ceiled),
        given=[S >= 1],
        claim=(n <= ceiled).iff(hangs & begins),
    )
    draft.step(
        "law",
        "In one formula: ceil mode is either on, 1, or off, 0.",
        as_law(operator.size),
        given=[S >= 1, ceil_mode.eq(0) | ceil_mode.eq(1)],
        claim=(n <= operator.size).iff(
            (ceil_mode.eq(0) & window.fits) | (ceil_mode.eq(1) & hangs & begins)
        ),
    )
    _precondition(draft, operator, plain, ceiled)


def _in_mode(law: Term, mode: int) -> Term:
    """Return what a law says with the ceil mode on, 1, or off, 0."""
    found = substitute(law, {ceil_mode: mode})
    if found.word != "if" or variables(found.args[0]):
        return found
    condition, on, off = found.args
    branch: Term = on if interpret(condition, INTEGERS, {}) else off
    return branch


def _one_is_dropped(
    draft: Draft, operator: Operator, window: Window, reaching: Term, ceiled: Term
) -> None:
    """Show that torch, which drops one window at the most, drops all that start there."""
    names = (PADDED, "the kernel has a tap", "the stride advances", "the dilation spaces the taps")
    given = [operator.requires[one] for one in names if one in operator.requires]
    dropped = where((reaching - 1) * S >= window.end, reaching - 1, reaching)
    draft.step(
        "one is dropped",
        "Of the windows that reach the input at most the last one starts there, since padding is "
        "at most half the kernel: so torch looks at that one alone.",
        dropped,
        given=[*given, W >= 1, P >= 0],
        claim=dropped.eq(minimum(reaching, (window.end - 1) // S + 1)) & dropped.eq(ceiled),
    )


def _precondition(draft: Draft, operator: Operator, plain: Term, ceiled: Term) -> None:
    """Say when there is an output."""
    given = [S >= 1, F >= 1, W >= 1, P >= 0]
    if REACHES in operator.requires:
        needed, reason = operator.requires[REACHES], "There is an output when one window counts."
        found = operator.size >= 1
        claim = found.iff(needed)
    else:
        needed = operator.requires["the kernel fits the unpadded input"]
        reason = "torch asks for more here: then a window counts whether in ceil mode or not."
        claim = ~needed | ((plain >= 1) & (ceiled >= 1))
    known = [ceil_mode.eq(0) | ceil_mode.eq(1)] if "ceil_mode" in variables(claim) else []
    draft.step("precondition", reason, needed, given=[*given, *known], claim=claim)
