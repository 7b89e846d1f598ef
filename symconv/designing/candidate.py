"""One chain of a question, with a settled number of layers: its designs, cheapest first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from symconv.designing.bounds import bounded
from symconv.designing.costs import channels_of, price
from symconv.designing.lanes import Sample, lanes
from symconv.designing.network import network
from symconv.designing.options import Options
from symconv.designing.problem import Step, settled, steps
from symconv.designing.question import Question
from symconv.designing.ranking import Ranked, Ranking
from symconv.designing.reach import ANY_FIELD
from symconv.designing.result import Design
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.meanings.integers import compiled
from symconv.operators.reading import r
from symconv.proving import Clock


class Candidate:
    """One chain of a question, with a settled number of layers.

    Attributes:
        steps: the layers.
        whole: whether all values that a letter can have are looked at.
    """

    def __init__(
        self,
        question: Question,
        layers: Sequence[Layer],
        clock: Clock,
        samples: Sequence[Sample] | None = None,
        *,
        like: Sequence[Layer] = (),
        wide: bool = False,
        cap: int | None = None,
    ) -> None:
        """Follow all settings through the chain.

        Args:
            question: what is asked.
            layers: the layers.
            clock: how long to go on.
            samples: the inputs to follow; by default the question's own.
            like: the chain as it was written, where some of its choices were taken.
            wide: whether to start from other inputs as well, as many as can be searched.
            cap: the greatest value of a letter that has no bound.
        """
        self.like = tuple(like or layers)
        self.axes, self.rank = question.axes(layers), question.rank
        self.channels = question.input_channels
        self.steps = steps(layers, self.axes, question.where, question.input_channels)
        self.samples = question.samples(self.axes) if samples is None else list(samples)
        self.lanes = followed = lanes(self.steps, self.samples)
        bounds = bounded(self.steps, followed, wide=wide, cap=cap)
        self.whole = bounds.whole
        counted = channels_of(layers, question.channels)
        prices = [
            price(question.rank, step, count)
            for step, count in zip(self.steps, counted, strict=True)
        ]
        if question.receptive_field != ANY_FIELD:
            seen_alike(self.steps)
        self.network = network(self.steps, bounds, followed, prices, clock)
        self.ranking = Ranking(self.network, self.steps, question.receptive_field, clock)
        self._made: dict[tuple[Options, int], Layer] = {}
        self._seen = _fields(self.steps, [stage.options for stage in self.network.stages])

    def layers(self, ranked: Ranked) -> tuple[Layer, ...]:
        """Return the layers of a design."""
        return tuple(map(self._settled, range(len(self.steps)), ranked.places))

    def rows(self, ranked: Ranked) -> tuple[tuple[int, ...], ...]:
        """Return the sizes of a design's input and after each layer, an axis each."""
        stages, lanes = self.network.stages, self.lanes.places[0]
        row, rows = ranked.start, []
        for stage, place in zip(stages, ranked.places, strict=True):
            rows.append(self._sizes(stage.states[row], lanes))
            row = int(stage.leads[row, place])
        return (*rows, self._sizes(self.network.last[row], lanes))

    @staticmethod
    def _sizes(state: Any, lanes: Sequence[int]) -> tuple[int, ...]:
        return tuple(int(state[lane]) for lane in lanes)

    def design(self, ranked: Ranked) -> Design:
        """Return a design with what is known of it."""
        cost = ranked.strange if self.rank == "ordinary" else ranked.cost
        layers, rows = self.layers(ranked), self.rows(ranked)
        return Design(layers, rows, cost, self.field(ranked), self.channels)

    def field(self, ranked: Ranked) -> int | None:
        """Return how many input cells an output cell of a design sees, if laws say one number."""
        if self._seen is None:
            return None
        cells = 1
        every = zip(ranked.places, self._seen, self.network.stages, strict=True)
        for place, seen, stage in reversed(list(every)):
            cells = seen(cells, *stage.options.numbers(place))
        return cells

    def _settled(self, number: int, place: int) -> Layer:
        """Return one layer with one of its settings, which many designs share."""
        options = self.network.stages[number].options
        if (options, place) not in self._made:
            self._made[options, place] = settled(self.steps[number].layer, options.setting(place))
        return self._made[options, place]


def _fields(chain: Sequence[Step], options: Sequence[Options]) -> list[Callable[..., int]] | None:
    """Return what each layer makes of a field, in its letters; nothing where that is no law."""
    laws = []
    for step, choices in zip(chain, options, strict=True):
        seen = {law.seen for law in step.laws}
        law = seen.pop()
        if seen or law is None:
            return None
        laws.append(compiled(law, (r.args[0], *choices.columns)))
    return laws


def merged(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Ranked]]:
    """Yield the designs of several chains, the cheapest first, then the more ordinary."""

    def stream(candidate: Candidate) -> Iterator[tuple[Candidate, Ranked]]:
        return ((candidate, ranked) for ranked in candidate.ranking)

    return heapq.merge(*map(stream, candidates), key=lambda design: design[1][:2])


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
                place=step.layer.place(),
            )
