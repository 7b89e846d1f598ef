"""The end of a chain: features, which are channels times sizes, and the layers that join them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from symconv.chains.through import Crossing, Requirement, through
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.layers.ending import Flatten
from symconv.meanings.integers import PLAIN
from symconv.operators.letters import W
from symconv.operators.reading import Halves


class Joining(NamedTuple):
    """One layer of a chain's end.

    Attributes:
        broken: what it requires and does not get, if anything.
        crossing: its law, with features for channels; none of `Flatten`.
        features: those that leave it, if they are known.
    """

    broken: Requirement | None
    crossing: Crossing | None
    features: int | None


def joined(layers: Sequence[Layer], features: int | None) -> Iterator[Joining]:
    """Walk along the end of a chain, until a layer does not take the features that arrive.

    Args:
        layers: `Flatten`, and what follows.
        features: the cells of all axes that arrive times the channels, if these are known.
    """
    for layer in layers:
        if isinstance(layer, Flatten):
            yield Joining(None, None, features)
            continue
        (passage,) = through([layer], (features,), PLAIN, features)
        row = passage.axes[0].row
        values = {**passage.axes[0].values, "W_axes": 0}  # a batch of features has no axis
        crossing = Crossing(row, values, PLAIN)
        broken = next(crossing.unmet(), None)
        if broken:
            yield Joining(broken, crossing, None)
            return
        features = passage.channels_leaving if row.operator.size is W else crossing.size
        yield Joining(None, crossing, features)


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
        )
    for place, layer in enumerate(layers, number + 1):
        if isinstance(layer, Flatten) and not layer.whole:
            raise RequestError(
                "Flatten() of everything but the batch",
                f"layer {place}, {layer!r}",
                "Write Flatten().",
            )
        if not isinstance(layer, Flatten) and not _joins(layer):
            raise RequestError(
                "layers that work on features, behind Flatten",
                f"layer {place}, {layer!r}",
                "Put it before Flatten.",
            )


def _joins(layer: Layer) -> bool:
    """Whether a layer works on each feature by itself, on all of them, or on halves of them."""
    if layer.input_axes not in (None, 1):
        return False
    operator = layer.rows(1)[0].operator
    return operator.size is W or isinstance(operator.reads, Halves)


def wanted(layers: Sequence[Layer]) -> int | None:
    """Return how many features the end of a chain is made for, if it says so."""
    named = (through([one], (None,), PLAIN) for one in layers if not isinstance(one, Flatten))
    return next((passage.channels for (passage,) in named if passage.channels is not None), None)
