"""Requests about a chain of layers, told to `symconv.designing`."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from symconv.chains.axes import separable
from symconv.designing.designer import design
from symconv.designing.reach import SEEN, about_the_field, reach_of
from symconv.designing.result import Designs
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.proving import Clock
from symconv.questions.asking import goals
from symconv.questions.conditions import conditions
from symconv.questions.goals import Goal
from symconv.questions.words import PLACEHOLDERS
from symconv.reading.repeats import Parts, each_layer
from symconv.solving.problem import LETTERS
from symconv.solving.surroundings import Surroundings
from symconv.terms import Term, both


def designed(
    layers: Parts,
    goal: dict[str, Any],
    where: Any,
    limit: int | None,
    sort: str | None,
    clock: Clock,
) -> Designs:
    """Design a chain: the cheapest settings of all its layers that meet a request.

    Args:
        layers: the chain.
        goal: what `symconv.questions.asking.goals` takes.
        where: constraints; those on `receptive_field` are about the chain, all others are about
            each layer by itself.
        limit: how many designs to list.
        sort: `"ordinary"`, `"parameters"` or `"macs"`.
        clock: how long to go on.
    """
    sentences = conditions(where, (*_letters(layers), SEEN), PLACEHOLDERS)
    needs = _needs(layers)
    return design(
        layers,
        _alike([target.where(needs) for target in goals(**goal)], layers),
        rank="ordinary" if sort is None else sort,
        receptive_field=reach_of(each for each in sentences if about_the_field(each.term)),
        where=[sentence for sentence in sentences if not about_the_field(sentence.term)],
        limit=limit,
        timeout=clock,
    )


def _alike(targets: list[Goal], layers: Parts) -> list[Goal]:
    """Return pairs of sizes, or the one goal about many sizes for all axes."""
    axes = {layer.input_axes for layer in each_layer(layers)} - {None}
    if len({*targets}) == 1 and axes == {len(targets)}:
        return targets[:1]
    if len(targets) > 1 and any(goal.kind != "pair" for goal in targets):
        raise RequestError(
            "one formula for all axes of a chain",
            " and ".join(map(str, targets)),
            "Ask about one axis at a time, with 1d layers.",
        )
    return targets


def _needs(layers: Parts) -> Term:
    """State what the layers that come first, and have no unknowns, require of an input size."""
    settled = takewhile(lambda part: isinstance(part, Layer) and part.settled, layers)
    before = tuple(part for part in settled if isinstance(part, Layer))
    axes = max((layer.least_axes for layer in before), default=1)
    return Surroundings(before).needs(axes) if separable(before, axes) else both()


def _letters(layers: Parts) -> tuple[str, ...]:
    """Return the letters of all layers, the usual ones first."""
    rows = [row for layer in each_layer(layers) for row in layer.rows(layer.least_axes)]
    own = (letter for row in rows for letter in row.values if letter != "W")
    return tuple(dict.fromkeys((*LETTERS, "ceil_mode", *own)))
