"""What is asked of a chain: layers with unknowns, what sizes should do, conditions, an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

from symconv.chains.axes import input_axes
from symconv.designing.costs import Rank
from symconv.designing.lanes import Sample
from symconv.designing.reach import ANY_FIELD, Reach
from symconv.designing.refusing import may_refuse
from symconv.errors import RequestError
from symconv.layers import Layer, Unknown
from symconv.layers.parameters import Size
from symconv.layers.values import GREATEST_PARAMETER, NOT_WRITTEN, entries
from symconv.questions.conflicts import Sentence
from symconv.questions.goals import Goal
from symconv.reading.repeats import Repeat, expanded

SAMPLES = (30, 0, 1, 2, 3, 5, 8, 13)
"""Which of the inputs that a goal speaks of are followed first; costs are those of the first."""

SMALL = (
    "chains that refuse small sizes are not listed; to see them, name the sizes that are meant, as "
    'in --for "W >= 32"'
)
LARGEST = 10**6
"""Samples give no more cells than this on an axis."""


@dataclass(frozen=True)
class Question:
    """What is asked for.

    Attributes:
        parts: the layers, with unknowns, some perhaps in an open number.
        goals: what they should do to sizes: one for all axes, or one for each.
        rank: what designs are sorted by.
        receptive_field: how many input cells an output cell should see.
        where: constraints in the letters of a layer; each holds for every layer that has all of
            its letters, one of them written or to be found.
        channels: those of the input, or of the input and after each convolution.
        unprinted: what torch does not print of the layers.
        against: inputs at which designs turned out not to meet the goal.
        alike: whether axes share their numbers also where their sizes differ.
    """

    parts: tuple[Layer | Repeat, ...]
    goals: tuple[Goal, ...]
    rank: Rank = "ordinary"
    receptive_field: Reach = ANY_FIELD
    where: tuple[Sentence, ...] = ()
    channels: int | Sequence[int] | None = None
    unprinted: tuple[str, ...] = ()
    against: tuple[Sample, ...] = ()
    alike: bool = False

    @property
    def differs(self) -> bool:
        """Whether unknowns are each axis's own, since axes' sizes differ."""
        return len(set(self.goals)) > 1 and not self.alike

    @property
    def says(self) -> str:
        """The goal in words."""
        return ", ".join(dict.fromkeys(map(str, self.goals)))

    @property
    def for_all(self) -> Goal | None:
        """The goal, where it speaks of many sizes."""
        return None if self.goals[0].kind == "pair" else self.goals[0]

    @cached_property
    def chains(self) -> list[tuple[Layer, ...]]:
        """The layers of each chain, the shortest first, each once.

        Raises:
            RequestError: there are no layers in any.
        """
        parts = self.parts
        if self.differs:
            parts = tuple(_by_axis(part, len(self.goals)) for part in parts)
        chains = sorted(filter(None, dict.fromkeys(expanded(parts))), key=len)
        if not chains:
            raise RequestError(
                "at least one layer", "none", 'Write for instance "Conv2d(kernel_size=3..5)".'
            )
        return chains

    @cached_property
    def overlapping(self) -> bool:
        """Whether two of the chains may have a design in common."""
        return any(
            _overlap(chain, other)
            for place, chain in enumerate(self.chains)
            for other in self.chains[:place]
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the answer should know about the layers."""
        layers = dict.fromkeys(layer for chain in self.chains for layer in chain)
        notes = (note for layer in layers for note in layer.notes())
        shared = ("axes share their numbers: those with their own are too many to follow",)
        goal = self.for_all
        meant = [layer for layer in layers if not (layer.settled and goal and goal.taken)]
        unnamed = goal is not None and not goal.named
        small = (SMALL,) if unnamed and any(map(may_refuse, meant)) else ()
        return tuple(
            dict.fromkeys((*self.unprinted, *notes, *(shared if self.alike else ()), *small))
        )

    @property
    def input_channels(self) -> int | None:
        """The channels of the input, where they are told."""
        if isinstance(self.channels, Sequence):
            return self.channels[0] if self.channels else None
        return self.channels

    def axes(self, layers: Sequence[Layer]) -> int:
        """Return how many axes the input has: the layers say it, or the goals.

        Raises:
            RequestError: there is another number of goals.
        """
        told, given = input_axes(layers), len(self.goals)
        if told is not None and given not in (1, told):
            raise RequestError(
                f"one size, or {told} of them, one for each axis",
                self.says,
                "Write for instance 224.",
            )
        return told or given

    def samples(self, axes: int) -> list[Sample]:
        """Return the inputs to follow, and their outputs."""
        goals = self.goals * (axes if len(self.goals) == 1 else 1)
        if self.for_all is None:
            given = tuple(goal.least_input for goal in goals)
            due = tuple(goal.gives(goal.least_input) for goal in goals)
            if max(given + due) > GREATEST_PARAMETER:
                raise RequestError(
                    f"sizes from 1 to {GREATEST_PARAMETER} for a chain",
                    self.says,
                    "Write for instance 224.",
                )
            return [Sample(given, due)]
        goal = goals[0]
        small = takewhile(lambda size: goal.gives(size) <= LARGEST, goal.sizes)
        inputs = list(islice(small, max(SAMPLES) + 1))
        if not inputs:
            raise RequestError(
                f"a goal with outputs up to {LARGEST} cells", self.says, "Ask for smaller sizes."
            )
        chosen = dict.fromkeys(inputs[min(place, len(inputs) - 1)] for place in SAMPLES)
        samples = [Sample((size,) * axes, (goal.gives(size),) * axes) for size in chosen]
        return [*samples, *self.against]


def _by_axis(part: Layer | Repeat, axes: int) -> Layer | Repeat:
    """Return a part whose unknown numbers are each axis's own, as where axes' sizes differ."""
    if isinstance(part, Repeat):
        return replace(part, layers=tuple(_each_its_own(layer, axes) for layer in part.layers))
    return _each_its_own(part, axes)


def _each_its_own(layer: Layer, axes: int) -> Layer:
    """Return a layer with a tuple of unknowns for each unknown that has a number for each axis."""
    own = {
        name: (value,) * axes
        for name, declared in layer.parameters.items()
        if isinstance(declared, Size) and isinstance(value := getattr(layer, name), Unknown)
    }
    return layer.changed(**own) if own else layer


def _overlap(chain: Sequence[Layer], other: Sequence[Layer]) -> bool:
    """Whether two chains of layers may become the same when their unknowns get numbers."""
    if len(chain) != len(other):
        return False
    return all(map(_may_be_alike, chain, other))


def _may_be_alike(layer: Layer, other: Layer) -> bool:
    """Whether two layers are of one class, and no number of one of them is none of the other."""
    if type(layer) is not type(other):
        return False
    pairs = ((getattr(layer, name), getattr(other, name)) for name in layer.parameters)
    return all(
        _meet(_choices(mine), _choices(its))
        for value, others in pairs
        for mine, its in zip(*_entries(value, others), strict=True)
    )


def _meet(choices: set[Any] | None, others: set[Any] | None) -> bool:
    """Whether two numbers of which that is known may be the same."""
    return choices is None or others is None or not choices.isdisjoint(others)


def _entries(value: Any, other: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return what two parameters are on each axis."""
    axes = max(len(each) if isinstance(each, tuple) else 1 for each in (value, other))
    return entries(value, axes), entries(other, axes)


def _choices(value: Any) -> set[Any] | None:
    """Return what a parameter may be on an axis; nothing for anything."""
    if isinstance(value, Unknown):
        return None if value.choices is None else set(value.choices)
    return None if value is NOT_WRITTEN else {value}
