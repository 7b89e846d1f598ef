"""The size law of a convolution, from first principles: it counts the windows that fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from symconv.deriving.steps import Derivation, Draft
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS, Operator
from symconv.operators.operator import D, F, P, S, W
from symconv.operators.scaling import extent
from symconv.terms import sizes

(n,) = sizes("n")
MOST_CELLS_LISTED = 10_000


def extent_step(draft: Draft) -> None:
    """Say how far a kernel reaches: the first step of both directions."""
    draft.step(
        "extent",
        "F taps that lie D cells apart reach from tap 0 to tap F - 1: E cells, both included.",
        extent,
        equal=(extent, D * (F - 1) - 0 + 1),
        claim=extent.eq(D * (F - 1) - 0 + 1),
    )


def conv(numbers: Mapping[str, int], operator: Operator | None = None) -> Derivation:
    """Derive `O = floor((W + 2P - E)/S) + 1` by counting the windows that fit.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the declared law that the derivation must arrive at.
    """
    operator = operator or OPERATORS["conv"].symmetric
    draft = Draft("conv", numbers)
    steps = [S >= 1]
    first, last = (n - 1) * S, (n - 1) * S + D * (F - 1)
    extent_step(draft)
    draft.step(
        "placement",
        "The n-th window starts (n - 1)S cells into the padded input; its last tap lies E - 1 on.",
        last,
        equal=(last, first + extent - 1),
        claim=last.eq(first + extent - 1),
    )
    fits = (n - 1) * S + extent <= W + 2 * P
    draft.step(
        "fits",
        "The padded input has W + 2P cells, so the n-th window fits when its end is among them.",
        fits,
        equal=((W + 2 * P - 1) - last, (W + 2 * P) - ((n - 1) * S + extent)),
        claim=(last <= W + 2 * P - 1).iff(fits),
    )
    count = sympy.solve(
        sympy.Eq(expression((n - 1) * S + extent), expression(W + 2 * P)), symbol("n")
    )[0]
    draft.step(
        "solve",
        "Solved for n, since S is positive: this many windows would fit exactly.",
        sympy.Le(symbol("n"), count),
        equal=(expression((n - 1) * S + extent).subs(symbol("n"), count), W + 2 * P),
        given=steps,
        claim=(n * S <= W + 2 * P - extent + S).iff(fits),
    )
    draft.step(
        "count",
        "The greatest whole n is the number of windows: the floor is a count, not a rounding rule.",
        sympy.Eq(symbol("O"), expression(operator.size), evaluate=False),
        equal=(sympy.floor(count), operator.size),
        given=steps,
        claim=(n <= operator.size).iff(fits),
    )
    needed = operator.requires["one window fits the padded input"]
    draft.step(
        "precondition",
        "There is an output when the first window fits; the formula alone does not say so.",
        needed,
        equal=(expression(fits).subs(symbol("n"), 1), needed),
        given=steps,
        claim=(operator.size >= 1).iff(needed),
    )
    rest = (W + 2 * P - extent) % S
    draft.step(
        "remainder",
        "Beyond the last window the padded input has this many cells, fewer than S: never read.",
        rest,
        equal=(W + 2 * P - ((operator.size - 1) * S + extent), rest),
        given=[*steps, needed],
        claim=(W + 2 * P).eq((operator.size - 1) * S + extent + rest) & (rest < S) & (rest >= 0),
    )
    title = "How many outputs a convolution has"
    return draft.done(title, operator.size, _facts(operator, numbers))


def _facts(operator: Operator, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Say what follows for the user's numbers: the output, the remainder, the cells never read."""
    given = {symbol(letter): value for letter, value in numbers.items()}
    size = expression(operator.size).subs(given)
    if not size.is_Integer:
        return {}
    if not expression(operator.requires["one window fits the padded input"]).subs(given):
        return {"output": "none: no window fits the padded input"}
    w, f, s, p, d = (numbers[letter] for letter in "WFSPD")
    rest = (w + 2 * p - int(expression(extent).subs(given))) % s
    facts: dict[str, Any] = {"output": int(size), "remainder": rest}
    if w + 2 * p <= MOST_CELLS_LISTED and f <= MOST_CELLS_LISTED:
        read = {place * s + tap * d for place in range(int(size)) for tap in range(f)}
        unread = [cell - p for cell in range(w + 2 * p) if cell not in read]
        facts["input cells never read"] = [cell for cell in unread if 0 <= cell < w]
        facts["padding cells never read"] = len([cell for cell in unread if not 0 <= cell < w])
    return facts
