"""Inputs to try settings on, and what should come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from symconv.layers import Layer
from symconv.proving import Clock
from symconv.questions.running import Try
from symconv.solving.problem import Problem
from symconv.solving.sentences import CHANNELS
from symconv.solving.taking import taken_by

SECONDS = 1.0
"""How long it is looked which sizes a setting can be tried on."""


def tries_of(
    by_axis: Iterable[tuple[Problem, Mapping[str, int]]], axes: int, outputs: int
) -> list[Try]:
    """Return inputs to try a setting on, an axis each, and what should come out.

    Args:
        by_axis: the problem of each axis that differs, and the setting for it.
        axes: how many axes the input has.
        outputs: how many the output has.
    """
    pairs = (
        [(size, problem.goal.gives(size)) for size in tried(problem, setting)]
        for problem, setting in by_axis
    )
    tries = []
    for along in zip(*pairs, strict=False):
        given, wanted = zip(*along, strict=True)
        tries.append((given * (axes // len(given)), wanted * (outputs // len(wanted))))
    return tries


def tried(problem: Problem, setting: Mapping[str, int]) -> tuple[int, ...]:
    """Return some inputs, small ones, to try a setting on: such as the chain takes with it."""
    if problem.proved_one_by_one and not problem.goal.named:
        taken = taken_by(problem, setting, Clock(SECONDS)).sizes
        if taken is not None:
            return replace(problem.goal, taken=taken).tried()
    return problem.goal.tried()


def of_one_channel(layer: Layer) -> Layer:
    """Return a layer with one channel: sizes do not depend on channels."""
    if not hasattr(layer, "in_channels"):
        return layer
    return layer.changed(**dict.fromkeys(CHANNELS, 1))
