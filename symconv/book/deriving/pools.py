"""The size law of pools: the windows that fit, and torch's ceil mode."""

from __future__ import annotations

from symconv.book.deriving.asking import kernel_of, needed, ranges_of
from symconv.book.deriving.steps import Draft, as_law
from symconv.book.deriving.window import fits, fitting, n
from symconv.meanings.integers import settled
from symconv.operators import Operator
from symconv.operators.letters import W
from symconv.operators.reading import Windows
from symconv.operators.window import FIRST_WINDOW, ceil_mode
from symconv.terms import Term, minimum, sizes, substitute, variables, where

O_floor, O_ceil = sizes("O_floor O_ceil")
PADDED = "padding is at most half the kernel"


def pool(draft: Draft, operator: Operator) -> None:
    """Count the windows that fit, then those of ceil mode, and put both into the law."""
    window = kernel_of(operator)
    step, reach = window.step, window.extent
    plain, ceiled = (settled(substitute(operator.size, {ceil_mode: mode})) for mode in (0, 1))
    fitting(draft, operator, plain, O_floor)
    hangs = (n - 1) * step + reach <= window.padded + (step - 1)
    begins = (n - 1) * step < window.end
    draft.step(
        "overhang",
        "In ceil mode a window counts also when its last tap lies beyond the end by less than a "
        "stride: when the window before it ends with a cell still after it.",
        hangs,
        claim=hangs.iff((n - 2) * step + reach < window.padded),
    )
    reaching = (window.padded - reach + (step - 1)) // step + 1
    draft.step(
        "reaching",
        "So many windows do that: a stride less one, added before the floor, rounds the quotient "
        "up, which is what -floor(-x) does.",
        reaching,
        given=[step >= 1],
        claim=(n <= reaching).iff(hangs) & reaching.eq(-((reach - window.padded) // step) + 1),
    )
    draft.step(
        "no window of padding",
        "A window that starts after the last cell of the input would see none of them: torch "
        "drops it.",
        begins,
        given=[step >= 1],
        claim=(n <= (window.end - 1) // step + 1).iff(begins),
    )
    _one_is_dropped(draft, operator, window, reaching, ceiled)
    draft.step(
        "count",
        "Both conditions hold up to the smaller count: that is the size in ceil mode.",
        O_ceil.eq(ceiled),
        given=[step >= 1],
        claim=(n <= ceiled).iff(hangs & begins),
    )
    draft.step(
        "law",
        "In one formula: ceil mode is either on, 1, or off, 0.",
        as_law(operator.size),
        given=[step >= 1, ceil_mode.eq(0) | ceil_mode.eq(1)],
        claim=(n <= operator.size).iff(
            (ceil_mode.eq(0) & fits(window)) | (ceil_mode.eq(1) & hangs & begins)
        ),
    )
    _precondition(draft, operator, window, plain, ceiled)


def _one_is_dropped(
    draft: Draft, operator: Operator, window: Windows, reaching: Term, ceiled: Term
) -> None:
    """Show that torch, which drops one window at the most, drops all that start there."""
    given = [law for sentence, law in operator.requires.items() if sentence == PADDED]
    given += ranges_of(operator, window.extent, window.step)
    dropped = where((reaching - 1) * window.step >= window.end, reaching - 1, reaching)
    draft.step(
        "one is dropped",
        "The window before any of these ends inside the padded input, so it starts at least E "
        "cells before its end; and the padding on the right, at most half the kernel, is no wider "
        "than E. So only the last window can start after the input, and torch looks at that one "
        "alone.",
        dropped,
        given=[*given, W >= 1, window.before >= 0],
        claim=dropped.eq(minimum(reaching, (window.end - 1) // window.step + 1))
        & dropped.eq(ceiled),
    )


def _precondition(
    draft: Draft, operator: Operator, window: Windows, plain: Term, ceiled: Term
) -> None:
    """Say when there is an output."""
    given = [window.step >= 1, window.taps >= 1, W >= 1, window.before >= 0]
    if (requirement := operator.requires.get(FIRST_WINDOW)) is not None:
        reason = "There is an output just when the first window counts: it starts in the input."
        claim = (operator.size >= 1).iff(requirement)
    else:
        requirement = needed(operator, "the kernel fits the unpadded input")
        reason = "torch asks for more here: then a window counts whether in ceil mode or not."
        claim = ~requirement | ((plain >= 1) & (ceiled >= 1))
    known = [ceil_mode.eq(0) | ceil_mode.eq(1)] if "ceil_mode" in variables(claim) else []
    draft.step("precondition", reason, requirement, given=[*given, *known], claim=claim)
