"""The end of a chain: features, which are channels times sizes, and the layers that join them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from symconv.chains.through import Crossing, Requirement, bound, requirements
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.layers.ending import Flatten
from symconv.meanings.integers import PLAIN
from symconv.meanings.meaning import Meaning
from symconv.operators.letters import C, W
from symconv.terms import variable, variables


class Joining(NamedTuple):
    """One layer of a chain's end.

    Attributes:
        crossing: its law, with features for channels; none of `Flatten`.
        features: those that leave it, if they are known.
    """

    crossing: Crossing | None
    features: Any


def joined(layers: Sequence[Layer], features: Any, meaning: Meaning) -> Iterator[Joining]:
    """Walk along the end of a chain; what its layers require is for the caller to ask.

    Args:
        layers: `Flatten`, and what follows.
        features: the cells of all axes that arrive times the channels, in the meaning's values,
            if these are known.
        meaning: what the features are.
    """
    for layer in layers:
        if isinstance(layer, Flatten):
            yield Joining(None, features)
            continue
        (row,) = layer.rows(1)
        counted = {} if features is None else {"C": features}
        axes = {"W_axes": meaning.table["constant"](0)}  # a batch of features has no axis
        values = bound(row, (features,), None, meaning, counted) | axes
        crossing = Crossing(row, values, meaning)
        law = row.operator.channels if row.operator.size is W else row.operator.size
        features = crossing.evaluate(law) if crossing.knows(variables(law)) else None
        yield Joining(crossing, features)


CELLS = variable("cells")
"""The cells of all axes together, which arrive once for each channel."""


def misfit(layers: Sequence[Layer], cells: int) -> tuple[int, Requirement, dict[str, int]] | None:
    """Return which layer no number of channels suits, what it requires, and for which numbers.

    Args:
        layers: the end of a chain, to which nobody knows how many channels arrive.
        cells: how many cells each of them has.
    """
    for place, (crossing, _) in enumerate(joined(layers, None, PLAIN)):
        operator = crossing.row.operator if crossing else None
        if crossing is None or operator is None:
            continue
        for sentence, law, _ in requirements(operator):
            named = law.args[1] if law.word == "eq" and law.args[0] is C else None
            if named is not None and crossing.knows(variables(named)):
                numbers = {str(named.args[0]): crossing.evaluate(named), "cells": cells}
                divides = Requirement(sentence, (named % CELLS).eq(0), tuple(numbers))
                return None if PLAIN.evaluate(divides.law, numbers) else (place, divides, numbers)
        if operator.channels is not C or operator.size is not W:
            return None
    return None


def check_ending(layers: Sequence[Layer], number: int) -> None:
    """Check that a chain's end is `Flatten`, and layers that work on features.

    Args:
        layers: the end.
        number: how many layers stand before it.

    Raises:
        RequestError: it begins with another layer, or one of them works on axes.
    """
    first = layers[0]
    if not isinstance(first, Flatten):
        raise RequestError(
            "Flatten() before layers that work on features",
            f"layer {number + 1}, {first!r}",
            f"Write Flatten() -> {first!r}.",
            place=first.place(),
        )
    for place, layer in enumerate(layers, number + 1):
        if isinstance(layer, Flatten) and not layer.whole:
            raise RequestError(
                "Flatten() of everything but the batch",
                f"layer {place}, {layer!r}",
                "Write Flatten().",
                place=layer.place(),
            )
        if not isinstance(layer, Flatten) and not layer.takes_features:
            raise RequestError(
                "layers that work on features, behind Flatten",
                f"layer {place}, {layer!r}",
                "Put it before Flatten.",
                place=layer.place(),
            )
