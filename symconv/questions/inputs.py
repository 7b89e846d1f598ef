"""Which inputs a goal is about: a condition on `W` for all axes, on `W1`, `W2`, `W3` for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symconv.errors import RequestError, shown
from symconv.operators.letters import W
from symconv.reading.conditions import read
from symconv.reading.constraints import split
from symconv.reading.tokens import named_in
from symconv.terms import Term, both, substitute, variable, variables

AXES = ("W1", "W2", "W3")
"""What the input's axes are called, where a condition tells them apart."""


def by_axis(sizes: Any, axes: int | None) -> list[Term]:
    """Return the condition on inputs: one for all axes, or one for each, in `W`.

    Args:
        sizes: the condition, in `W` for all axes, in `W1`, `W2`, `W3` for one.
        axes: how many axes there are, if that is known.

    Raises:
        RequestError: a part of it speaks of two axes, or of one that there is not.

    >>> even, every = by_axis("even(W1)", 2)
    >>> even is by_axis("even(W)", 2)[0], every is both()
    (True, True)
    """
    if not isinstance(sizes, str):
        return [_condition(sizes)]
    parts = split(sizes, ("W", *AXES))
    last = max(
        (AXES.index(n) for part in parts for n in variables(part.term) if n != "W"), default=-1
    )
    if axes is not None and last >= axes:
        raise RequestError(
            f"conditions on {' and '.join(AXES[:axes])}",
            shown(sizes),
            f"The input has {axes} {'axis' if axes == 1 else 'axes'}: write W for all of them.",
            place=named_in(sizes, AXES[axes:]),
        )
    number = 1 if last < 0 else axes or last + 1
    each: list[list[Term]] = [[] for _ in range(number)]
    for says, part, place in parts:
        names = set(variables(part))
        if len(names) > 1:
            raise RequestError(
                "conditions of which each part speaks of one axis",
                shown(says),
                "Write parts such as W1 % 2 == 0 and W2 >= 8; ask about one input otherwise.",
                place=place,
            )
        for axis, terms in enumerate(each):
            own = variable(AXES[axis])
            if names <= {"W", AXES[axis]}:
                terms.append(substitute(part, {own: W}))
    return [both(*terms) for terms in each]


def of_axes(conditions: Sequence[Term]) -> Term:
    """State conditions on each axis, which are in `W`, in `W1`, `W2` and `W3`.

    >>> from symconv.meanings.notation import text
    >>> text(of_axes([W >= 3, both()]))
    'W1 >= 3'
    """
    pairs = zip(AXES, conditions, strict=False)
    each = (substitute(condition, {W: variable(name)}) for name, condition in pairs)
    return both(*(condition for condition in each if condition is not both()))


def _condition(value: Any) -> Term:
    return both() if value is None else read(value, ("W",))
