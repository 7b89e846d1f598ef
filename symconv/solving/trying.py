"""Inputs to try settings on, and what should come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from symconv.chains.channels import channels_along
from symconv.chains.through import through
from symconv.chains.unmet import unmet
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.networks.running import MOST_CELLS, cells_of, too_heavy
from symconv.proving import Clock
from symconv.questions.running import Run, Try
from symconv.reading.chains import Chain
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


def run_of(layers: Sequence[Layer], tries: Sequence[Try], axes: int) -> Run:
    """Return how torch runs layers: with one channel, or with their own where some need those.

    Args:
        layers: layers whose parameters are numbers.
        tries: inputs, with what should come out.
        axes: how many axes the input has.
    """
    plain = tuple(map(_of_one_channel, layers))
    passages = through(plain, (None,) * axes, PLAIN, 1)
    if all(broken.requirement.about_sizes for p in passages for broken in unmet(p)):
        return Run(plain, tries)
    read = Chain(tuple(layers), (), ())
    channels = channels_along(read, axes, None, assumed=True)
    light = not too_heavy(layers)
    fitting = [pair for pair in tries if light and cells_of(read, pair[0], channels) <= MOST_CELLS]
    return Run(tuple(layers), fitting, channels)


def _of_one_channel(layer: Layer) -> Layer:
    """Return a layer with one channel: sizes do not depend on channels."""
    if not hasattr(layer, "in_channels"):
        return layer
    return layer.changed(**dict.fromkeys(CHANNELS, 1))
