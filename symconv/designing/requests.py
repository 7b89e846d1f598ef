"""A request for designs: a chain whose numbers are open, a target, and what is asked besides."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from symconv.chains.axes import input_axes
from symconv.designing.bounds import bounded
from symconv.designing.costs import Rank, channels_of, price
from symconv.designing.lanes import Sample, lanes
from symconv.designing.network import network
from symconv.designing.options import Options
from symconv.designing.problem import Step, settled, steps
from symconv.designing.ranking import Ranked, Ranking
from symconv.designing.targets import ANY_FIELD, Pairs, Reach, Target
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.proving.clock import Clock
from symconv.reading.repeats import Repeat, expanded
from symconv.terms import Term

SAMPLES = (30, 0, 1, 2, 3, 5, 8, 13)
"""Which of the inputs that a goal speaks of are followed first; costs are those of the first."""

LARGEST = 10**6
"""Samples give no more cells than this on an axis."""


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        parts: the layers, with unknowns, some perhaps in an open number.
        target: what they should do to sizes.
        rank: what designs are sorted by.
        receptive_field: how many input cells an output cell should see.
        where: constraints in the letters of a layer.
        channels: those of the input, or of the input and after each convolution.
        unprinted: what torch does not print of the layers.
        against: inputs at which designs turned out not to meet the target.
    """

    parts: tuple[Layer | Repeat, ...]
    target: Target
    rank: Rank = "ordinary"
    receptive_field: Reach = ANY_FIELD
    where: tuple[Term, ...] = ()
    channels: int | Sequence[int] | None = None
    unprinted: tuple[str, ...] = ()
    against: tuple[Sample, ...] = ()

    @property
    def chains(self) -> list[tuple[Layer, ...]]:
        """The layers of each chain, the shortest first.

        Raises:
            RequestError: there are no layers in any.
        """
        found = sorted(filter(None, expanded(self.parts)), key=len)
        if not found:
            raise RequestError(
                "at least one layer", "none", 'Write for instance "Conv2d(kernel_size=3..5)".'
            )
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the answer should know about the layers."""
        layers = dict.fromkeys(layer for chain in self.chains for layer in chain)
        return tuple(dict.fromkeys((*self.unprinted, *(n for one in layers for n in one.notes()))))

    @property
    def input_channels(self) -> int | None:
        """The channels of the input, where they are told."""
        if isinstance(self.channels, Sequence):
            return self.channels[0] if self.channels else None
        return self.channels

    def axes(self, layers: Sequence[Layer]) -> int:
        """Return how many axes the input has: the layers say it, or the target.

        Raises:
            RequestError: the target has another number of sizes.
        """
        told = input_axes(layers)
        given = len(self.target.pairs) if isinstance(self.target, Pairs) else 1
        if told is not None and given not in (1, told):
            raise RequestError(
                f"one size, or {told} of them, one for each axis",
                f"{self.target}",
                "Write for instance 224.",
            )
        return told or given

    def samples(self, axes: int) -> list[Sample]:
        """Return the inputs to follow, and their outputs."""
        if isinstance(self.target, Pairs):
            pairs = self.target.pairs * (axes if len(self.target.pairs) == 1 else 1)
            given, wanted = zip(*pairs, strict=True)
            return [Sample(given, wanted)]
        small = (one for one in self.target.inputs() if self.target.wanted(one) <= LARGEST)
        inputs = [*islice(small, max(SAMPLES) + 1)]
        if not inputs:
            raise RequestError(
                f"a goal with outputs up to {LARGEST} cells",
                f"{self.target}",
                "Ask for smaller sizes.",
            )
        chosen = dict.fromkeys(inputs[min(place, len(inputs) - 1)] for place in SAMPLES)
        some = [Sample((one,) * axes, (self.target.wanted(one),) * axes) for one in chosen]
        return [*some, *self.against]


class Candidate:
    """One chain of a request, with a settled number of layers: its designs, cheapest first.

    Attributes:
        steps: the layers.
        whole: whether all values that a letter can have are looked at.
    """

    def __init__(
        self,
        asked: Request,
        layers: Sequence[Layer],
        clock: Clock,
        samples: Sequence[Sample] | None = None,
        *,
        wide: bool = False,
        cap: int | None = None,
    ) -> None:
        """Follow all settings through the chain.

        Args:
            asked: the request.
            layers: the layers.
            clock: how long to go on.
            samples: the inputs to follow; by default the request's own.
            wide: whether to start from other inputs as well, as many as can be searched.
            cap: the greatest value of a letter that has no bound.
        """
        self.axes = asked.axes(layers)
        self.steps = steps(layers, self.axes, asked.where, asked.input_channels)
        self.samples = asked.samples(self.axes) if samples is None else list(samples)
        self.lanes = followed = lanes(self.steps, self.samples)
        found = bounded(self.steps, followed, wide=wide, cap=cap)
        self.whole = found.whole
        counted = channels_of(layers, asked.channels)
        prices = [
            price(asked.rank, step, one) for step, one in zip(self.steps, counted, strict=True)
        ]
        if asked.receptive_field != ANY_FIELD:
            seen_alike(self.steps)
        self.network = network(self.steps, found, followed, prices, clock)
        self.ranking = Ranking(self.network, self.steps, asked.receptive_field, clock)
        self._made: dict[tuple[Options, int], Layer] = {}

    def layers(self, ranked: Ranked) -> tuple[Layer, ...]:
        """Return the layers of a design."""
        return tuple(map(self._settled, range(len(self.steps)), ranked.places))

    def given(self, ranked: Ranked) -> tuple[int, ...]:
        """Return the input that a design is for, a size for each axis."""
        sizes = self.network.stages[0].states[ranked.start].tolist()
        return tuple(sizes[lane] for lane in self.lanes.places[0])

    def _settled(self, number: int, place: int) -> Layer:
        """Return one layer with one of its settings, which many designs share."""
        options = self.network.stages[number].options
        if (options, place) not in self._made:
            self._made[options, place] = settled(self.steps[number].layer, options.setting(place))
        return self._made[options, place]


def merged(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Ranked]]:
    """Yield the designs of several chains, the cheapest first, then the more ordinary."""

    def stream(candidate: Candidate) -> Iterator[tuple[Candidate, Ranked]]:
        return ((candidate, ranked) for ranked in candidate.ranking)

    return heapq.merge(*map(stream, candidates), key=lambda found: found[1][:2])


def seen_alike(chain: Sequence[Step]) -> None:
    """Check that a chain has one receptive field.

    Raises:
        RequestError: a layer has none, or another one on each axis.
    """
    for step in chain:
        seen = {law.seen for law in step.laws}
        if len(seen) > 1 or None in seen:
            raise RequestError(
                "windows alike on all axes, and layers that work cell by cell, to ask for a "
                "receptive field",
                f"{step}",
                "What it sees depends on the axis or on the place: ask without receptive_field.",
            )
