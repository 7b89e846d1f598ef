"""Padding that copies cells of the input: how wide it can be."""

from __future__ import annotations

from collections.abc import Iterable

from symconv.book.deriving.asking import needed
from symconv.book.deriving.steps import Draft
from symconv.operators import Operator
from symconv.operators.borders import Border, j
from symconv.operators.letters import W
from symconv.terms import Term, maximum, substitute, variables


def copied(
    draft: Draft,
    operator: Operator,
    before: Term,
    after: Term,
    given: Iterable[Term] = (),
) -> None:
    """Say what a border copies, if there is one that does, and how wide it can be.

    Args:
        draft: the derivation.
        operator: the operator.
        before: the padding before the input; from 0 on down nothing is copied.
        after: the padding after it.
        given: what is known of their letters.
    """
    border = operator.border
    if border is None:
        return
    requirement = needed(operator, border.sentence)
    there = (0 <= border.left) & (border.left < W)
    if not limited(border):
        draft.step(
            border.name,
            f"Padding cell -j copies {border.copied}, the first one: it must be there.",
            requirement,
            given=[j >= 1, W >= 0],
            claim=there.iff(requirement),
        )
        return
    widest = before if before is after else maximum(before, after)
    outermost = substitute(there, {j: widest}).iff(requirement)
    within = requirement & (1 <= j) & (j <= widest)
    draft.step(
        border.name,
        f"Padding cell -j copies {border.copied}; the outermost one must still find a cell of the "
        "input.",
        requirement,
        given=[W >= 1, *given],
        claim=((widest <= 0) | outermost) & (~within | there),
    )


def limited(border: Border | None) -> bool:
    """Whether what is copied limits how wide a border can be."""
    return border is not None and bool({"lo", "hi"} & {*variables(border.required)})
