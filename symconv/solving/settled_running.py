"""Inputs of a chain without unknowns run on torch: those that give what is asked, and others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any, NamedTuple

from symconv.chains import size
from symconv.chains.channels import channels_along
from symconv.chains.through import through
from symconv.meanings.integers import PLAIN
from symconv.networks.running import (
    MOST_CELLS,
    cells_of,
    edges,
    outcome_of,
    too_heavy,
)
from symconv.periodic import NOTHING
from symconv.periodic.shapes import Shape
from symconv.solving.input_sizes import InputSizes
from symconv.witness import Witness, lacking

MOST_TRIED = 24
"""How many inputs are run."""
EDGES = 4
"""How many sizes are run of each axis of a box."""


class Trial(NamedTuple):
    """An input of an answer, to be run on torch.

    Attributes:
        answer: the answer.
        shape: the input's sizes.
        channels: those that enter each layer, and those that leave the last.
        heavy: whether the layers are too large to be built.
    """

    answer: InputSizes
    shape: Shape
    channels: list[int | None]
    heavy: bool

    def against(self, witness: Witness) -> str | None:
        """Return what torch says against it: nothing (`""`) if it agrees, `None` if too large."""
        read, shape = self.answer.read, self.shape
        if self.heavy or cells_of(read, shape, self.channels) > MOST_CELLS:
            return None
        outcome = outcome_of(read, witness, shape, self.channels)
        expected = size(self.answer.layers, shape)
        if isinstance(outcome, str):
            return "" if expected.refused else f"torch refuses: {outcome}"
        if expected.refused:
            return f"torch gives {outcome}"
        sizes = expected.features[-1:] or expected.rows[-1]
        if outcome != sizes:
            return f"torch gives {outcome}, not {sizes}"
        return "" if _right(self.answer, shape, outcome) else f"torch gives {outcome}"


def runs(answer: InputSizes) -> Iterator[tuple[dict[str, Any], Trial]]:
    """Yield inputs to run on torch, those at the edges of the set first."""
    read, axes = answer.read, answer.input_axes
    heavy = not lacking(answer.layers) and too_heavy(answer.layers)
    passages = through(read.layers, (None,) * axes, PLAIN)
    assumed = any(next(axis.assumed(), None) for passage in passages for axis in passage.axes)
    channels = channels_along(read, axes, None, assumed)
    for shape in dict.fromkeys(islice(_tries(answer), MOST_TRIED)):
        yield {"input": list(shape)}, Trial(answer, shape, channels, heavy)


def _tries(answer: InputSizes) -> Iterator[Shape]:
    """Yield inputs to run: the one that was given, and those at the edges of the set."""
    axes = answer.input_axes
    if answer.given is not None:
        yield answer.given
    if answer.shapes is None:
        return
    boxes = answer.shapes.boxes
    if answer.alike or not boxes:
        sizes = answer.sizes if answer.alike else NOTHING
        yield from ((cells,) * axes for cells in edges(sizes))
        return
    for box in boxes:
        yield from product(*(islice(sizes, EDGES) for sizes in box))
    for box in boxes:
        yield from product(*(islice(edges(sizes), EDGES) for sizes in box))


def _right(answer: InputSizes, shape: Shape, outcome: Shape) -> bool:
    """Whether an input belongs to the answer just where what came out is what was asked."""
    wishes = answer.wanted * (len(outcome) if len(answer.wanted) == 1 else 1)
    places = shape if len(shape) == len(outcome) else shape[:1] * len(outcome)
    fits = all(
        cells in wish.of(entry) for wish, cells, entry in zip(wishes, outcome, places, strict=True)
    )
    if answer.shapes is None:
        return fits == (answer.verdict == "solved")
    inside = shape in answer
    return fits if inside else not fits or answer.restricted
