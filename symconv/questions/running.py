"""Chains run as real torch layers: what torch says against the sizes that an answer gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any, NamedTuple

from symconv.chains import Sizes, size
from symconv.layers import LAYERS, Layer
from symconv.layers.values import entries
from symconv.witness import Witness

MOST_CELLS = 10**6
"""What has more cells than this at some place is run on one axis only, or not at all."""
MOST_RUN = 200
"""How many rows are run at most: the first ones, and others spread over the rest."""

Try = tuple[tuple[int, ...], tuple[int, ...]]
"""An input and the output that it should have, an axis each."""


def sampled(rows: Sequence[Any], most: int = MOST_RUN) -> list[Any]:
    """Return rows from everywhere in a list: half from its start, half spread over the rest.

    >>> sampled(range(100), 6)
    [0, 1, 2, 35, 67, 99]
    """
    if len(rows) <= most:
        return list(rows)
    head, rest = most // 2, most - most // 2
    last = len(rows) - 1
    spread = [head + (last - head) * (place + 1) // rest for place in range(rest)]
    return [rows[place] for place in (*range(head), *spread)]


class Run(NamedTuple):
    """Layers to run on some inputs, each with the output that it should have.

    Attributes:
        layers: a chain whose parameters are numbers.
        tries: the inputs and outputs.
        channels: those that enter each layer, where layers do not tell them.
        most: tries with more cells than this at some place are not run.
    """

    layers: tuple[Layer, ...]
    tries: Sequence[Try]
    channels: Sequence[int | None] = ()
    most: int = MOST_CELLS

    def against(self, witness: Witness) -> str | None:
        """Return what torch says against it: nothing (`""`) if it agrees, `None` if too large."""
        layers, tries = _runnable(self.layers, self.tries, self.most)
        if not tries:
            return None
        answers: list[tuple[int, ...] | str] = [given for given, _ in tries]
        for place, layer in enumerate(layers):
            answers = list(_through(witness, layer, answers, self._entering(place)))
        for (given, wanted), said in zip(tries, answers, strict=True):
            if said != wanted:
                return f"{_written(given)} gives {said}, not {wanted}{self._where(witness, given)}"
        return ""

    def _entering(self, place: int) -> int | None:
        return self.channels[place] if self.channels else None

    def _where(self, witness: Witness, given: tuple[int, ...]) -> str:
        """Name the layer of a chain where torch's sizes begin to differ from ours."""
        if len(self.layers) == 1:
            return ""
        ours = size(self.layers, given, channels=self._entering(0))
        rows = ours.rows if isinstance(ours, Sizes) else ()
        pairs = enumerate(zip(self.layers, rows, rows[1:], strict=False), 1)
        differing = (
            number
            for number, (layer, entering, leaving) in pairs
            if witness.sizes(layer, entering, self._entering(number - 1)) != leaving
        )
        number = next(differing, None)
        return "" if number is None else f" (layer {number} differs)"


def _written(sizes: tuple[int, ...]) -> Any:
    return sizes[0] if len(set(sizes)) == 1 else sizes


def _through(
    witness: Witness,
    layer: Layer,
    inputs: Sequence[tuple[int, ...] | str],
    channels: int | None,
) -> Iterator[tuple[int, ...] | str]:
    """Run a layer on what the one before it gave; what was refused stays refused."""
    taken = [given for given in inputs if not isinstance(given, str)]
    answers = iter(witness.each(layer, taken, channels))
    return (given if isinstance(given, str) else next(answers) for given in inputs)


def _runnable(
    layers: tuple[Layer, ...], tries: Sequence[Try], most: int
) -> tuple[tuple[Layer, ...], list[Try]]:
    """Return the tries that are small enough; of a layer that is alike on all axes, on one axis."""
    if len(layers) > 1:
        return layers, [pair for pair in tries if _cells(layers, pair) <= most]
    (layer,) = layers
    taps = entries(getattr(layer, "kernel_size", 1), layer.least_axes)
    fits = [pair for pair in tries if max(map(prod, (*pair, taps))) <= most]
    name = f"{type(layer).__name__[:-2]}1d"
    tuples = any(isinstance(getattr(layer, each), tuple) for each in layer.parameters)
    if fits or tuples or name not in LAYERS or layer.least_axes == 1:
        return layers, fits
    shared = LAYERS[name].parameters.keys() & layer.parameters
    given = {each: getattr(layer, each) for each in shared}
    flat = [(sizes[:1], wanted[:1]) for sizes, wanted in tries]
    fits = [pair for pair in flat if max(map(prod, (*pair, taps[:1]))) <= most]
    return (LAYERS[name](**given),), fits


def _cells(layers: tuple[Layer, ...], pair: Try) -> int:
    """Return how many cells there are at the fullest place of a chain, without channels."""
    ours = size(layers, pair[0])
    rows = ours.rows if isinstance(ours, Sizes) else ()
    return max(map(prod, (*pair, *rows)))
