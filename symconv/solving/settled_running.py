"""Inputs of a chain without unknowns run on torch: those that give what is asked, and others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from symconv.chains import size
from symconv.chains.through import through
from symconv.families import Verification, witnessed
from symconv.meanings.integers import PLAIN
from symconv.networks.running import (
    BATCH,
    MOST_CELLS,
    cells_of,
    channels_along,
    edges,
    outcome_of,
    too_heavy,
)
from symconv.periodic import NOTHING
from symconv.periodic.shapes import Shape
from symconv.solving.input_sizes import InputSizes
from symconv.witness import Witness

MOST_TRIED = 24
"""How many inputs are run."""
EDGES = 4
"""How many sizes are run of each axis of a box."""


def run(answer: InputSizes, seconds: float) -> Verification:
    """Run inputs on torch, those at the edges of the set first.

    Args:
        answer: the answer.
        seconds: how long to go on, once torch is loaded; inputs that are left are counted, and so
            are those whose tensors are too large.

    Raises:
        RequestError: torch is not installed.
    """
    read, heavy = answer.read, too_heavy(answer.layers)
    tries = list(dict.fromkeys(islice(_tries(answer), MOST_TRIED)))
    axes = answer.input_axes
    passages = through(read.layers, (None,) * axes, PLAIN)
    assumed = any(next(axis.assumed(), None) for passage in passages for axis in passage.axes)
    channels = channels_along(read, axes, None, assumed)

    def judge(witness: Witness, shape: Shape) -> str | None:
        if heavy or cells_of(read, shape, channels) > MOST_CELLS:
            return None
        outcome, expected = outcome_of(read, witness, shape, channels), size(answer.layers, shape)
        if isinstance(outcome, str):
            return "" if expected.refused else f"torch refuses: {outcome}"
        if expected.refused:
            return f"torch gives {outcome}"
        sizes = expected.features[-1:] or expected.rows[-1]
        if outcome != sizes:
            return f"torch gives {outcome}, not {sizes}"
        return "" if _right(answer, shape, outcome) else f"torch gives {outcome}"

    cases = (({"input": list(shape)}, shape) for shape in tries)
    return witnessed(cases, judge, answer.layers, seconds, BATCH)


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
        yield from ((one,) * axes for one in edges(sizes))
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
