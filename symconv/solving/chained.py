"""Requests about a chain of layers, told to `symconv.designing` in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from typing import Any

from symconv.chains.axes import separable
from symconv.designing import Designs, design
from symconv.designing.running import verified
from symconv.designing.targets import ForAll, Pairs, Reach, Target
from symconv.designing.words import WORDS
from symconv.errors import RequestError
from symconv.families.family import read
from symconv.layers import Layer
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.reading.repeats import Repeat
from symconv.solving.asking import goals
from symconv.solving.goals import Goal
from symconv.solving.requests import LETTERS, wheres
from symconv.solving.surroundings import Surroundings
from symconv.terms import Term, both, conjuncts, variable, variables

SEEN = "receptive_field"
W_IS_A_SIZE = W >= 1
"""What a target says of its own accord."""


def designed(
    layers: Any,
    asked: dict[str, Any],
    where: Any,
    limit: int | None,
    sort: str | None,
    verify: bool,
    timeout: float,
) -> Designs:
    """Design a chain: the cheapest settings of all its layers that meet a request.

    Args:
        layers: the chain.
        asked: what `symconv.solving.asking.goals` takes.
        where: constraints; those on `receptive_field` are about the chain, all others are about
            each layer by itself.
        limit: how many designs to list.
        sort: `"ordinary"`, `"parameters"` or `"macs"`.
        verify: also run designs on torch.
        timeout: seconds for the search.
    """
    conditions = [read(one, (*_letters(layers), SEEN), WORDS) for one in wheres(where)]
    every = [part for one in conditions for part in conjuncts(one)]
    found = design(
        layers,
        target(tuple(goal.where(_needs(layers)) for goal in goals(**asked))),
        rank=sort or "ordinary",
        receptive_field=_seen(every),
        where=[part for part in every if SEEN not in variables(part)],
        limit=limit,
        seconds=timeout,
    )
    if verify and found.designs:
        return replace(found, verified=verified(found, timeout))
    return found


def target(wanted: tuple[Goal, ...]) -> Target:
    """Return the goals of all axes as a target of a chain."""
    if all(goal.kind == "pair" for goal in wanted):
        return Pairs(tuple((goal.least_input, goal.gives(goal.least_input)) for goal in wanted))
    if len(wanted) > 1:
        raise RequestError(
            "one formula for all axes of a chain",
            " and ".join(map(str, wanted)),
            "Ask about one axis at a time, with 1d layers.",
        )
    inputs = (part for part in conjuncts(wanted[0].inputs) if part is not W_IS_A_SIZE)
    return ForAll(wanted[0].output, both(*inputs), taken=wanted[0].taken)


def _needs(layers: Iterable[Layer | Repeat]) -> Term:
    """State what the layers that come first, and have no unknowns, require of an input size."""
    known = takewhile(lambda part: isinstance(part, Layer) and part.settled, layers)
    before = tuple(part for part in known if isinstance(part, Layer))
    axes = max((layer.least_axes for layer in before), default=1)
    return Surroundings(before).needs(axes) if separable(before, axes) else both()


def _letters(layers: Iterable[Layer | Repeat]) -> tuple[str, ...]:
    """Return the letters of all layers, the usual ones first."""
    each = [part.layers if isinstance(part, Repeat) else (part,) for part in layers]
    rows = [row for group in each for layer in group for row in layer.rows(layer.least_axes)]
    own = (letter for row in rows for letter in row.values if letter != "W")
    return tuple(dict.fromkeys((*LETTERS, "ceil_mode", *own)))


def _seen(conditions: list[Term]) -> Reach:
    """Return the receptive field that conditions ask for."""
    bounds = [_bounds(part) for part in conditions if SEEN in variables(part)]
    most = [high for _, high in bounds if high is not None]
    return Reach(max((low for low, _ in bounds), default=1), min(most, default=None))


def _bounds(condition: Term) -> tuple[int, int | None]:
    """Return between which numbers a condition asks the field to be."""
    field = variable(SEEN)
    if condition.word in ("le", "lt", "eq") and field in condition.args:
        number = condition.args[condition.args[0] is field]
        if number.word == "constant":
            bound, strict = int(number.args[0]), condition.word == "lt"
            if condition.word != "eq" and condition.args[0] is not field:
                return max(1, bound + strict), None
            if bound - strict >= 1:  # a cell sees one cell or more
                return (bound if condition.word == "eq" else 1), bound - strict
    raise RequestError(
        "a number of cells for the receptive field of the chain",
        text(condition, names="torch"),
        'Write for instance "receptive_field >= 63", joined to others by and.',
    )
