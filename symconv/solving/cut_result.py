"""What `solve` says of one open layer and one input, whatever the other layers tie together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from symconv.chains import Sizes, size
from symconv.layers import ENDINGS, Layer
from symconv.proving import Clock
from symconv.questions.documents import Line
from symconv.questions.goals import pair
from symconv.questions.running import Run, sampled
from symconv.solving.cut_reasons import request_says
from symconv.solving.outputs import Wanted
from symconv.solving.problem import Problem
from symconv.solving.result import LayerSolution, Row, split
from symconv.solving.single import Problems
from symconv.solving.tables import columns_by_axis
from symconv.solving.together import answered_by_axes
from symconv.solving.trying import run_of

AT_LENGTH = 10**5
"""Seconds to draw settings for: whoever does so has a limit."""
Alone = tuple[list[Problems], tuple[str, ...]]
"""What is asked of the open layer on each axis, and the letters that the axes share."""


@dataclass(frozen=True, eq=False, repr=False)
class CutSolution(LayerSolution):
    """The settings of one layer among others that tie axes together.

    Attributes:
        ahead: the layers before it.
        behind: the layers behind it.
        given: the input.
        arriving: what arrives at the open layer.
        wanted: what shall come out: on all axes, or on each.
        alone: what is asked of the open layer by itself, for each shape that would do.
    """

    ahead: tuple[Layer, ...] = ()
    behind: tuple[Layer, ...] = ()
    given: tuple[int, ...] = ()
    arriving: tuple[int, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    alone: tuple[Alone, ...] = ()

    @property
    def chain(self) -> tuple[Layer, ...]:
        """The whole chain."""
        return (*self.ahead, self.problem.layer, *self.behind)

    @property
    def says(self) -> str:
        """The goal in words."""
        return request_says(self.given, self.wanted)

    @property
    def several(self) -> bool:
        """Whether several outputs would do, so that each row says which one comes out."""
        return any(type(wish.told) is not int for wish in self.wanted)

    def output(self, row: Row) -> int | list[int]:
        """Return what comes out with a setting: a size, or one for each axis; or features."""
        passed: Sizes = size(self.layers(row), self.given)
        sizes = passed.features[-1:] if passed.features else passed.rows[-1]
        return list(sizes) if len({*sizes}) > 1 else sizes[0]  # type: ignore[arg-type,return-value]

    def named(self, row: Row) -> dict[str, Any]:
        """Return a setting by torch's names, with what comes out if that may be one of several."""
        return super().named(row) | ({"output": self.output(row)} if self.several else {})

    def layers(self, row: Row | int = 0) -> tuple[Layer, ...]:
        """Return the whole chain with the numbers of a setting, or of the one at a place."""
        row = self.settings[row] if isinstance(row, int) else row
        return (*self.ahead, self.layer(row), *self.behind)

    def plain(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Return the columns of rows that their numbers tell alone: no output among them."""
        return {} if self.several else super().plain(rows)

    def columns(self) -> dict[str, Any]:
        """Return the settings as NumPy arrays by torch's names, and what comes out."""
        if not self.several:
            return super().columns()
        return columns_by_axis([self.named(row) for row in self.settings], len(self.arriving))

    def by_axis(self, row: Row) -> Iterator[tuple[Problem, Mapping[str, int]]]:
        """Yield the problem of each axis with the setting for it: what it does to its size."""
        problems = [axis.problem for axis in self.axes] or [self.problem]
        leaving = size((self.layer(row),), self.arriving).rows[-1]
        for place, setting in enumerate(split(row)):
            goal = pair(self.arriving[place % len(self.arriving)], leaving[place % len(leaving)])
            yield replace(problems[place % len(problems)], goal=goal), setting

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Run]]:
        """Yield the settings that torch runs, as far as their layers work on sizes.

        Features follow from the sizes before them.
        """
        for row in sampled(self.settings):
            layers = tuple(takewhile(on_sizes, self.layers(row)))
            tries = [] if clock.over else [(self.given, size(layers, self.given).rows[-1])]
            yield self.named(row), run_of(layers, tries, len(self.given))

    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""
        from symconv.solving.cut_writing import lines

        return lines(self)

    def counted(self, clock: Clock) -> int | None:
        """Return how many there are, if that can be told in time: of all shapes together."""
        if self.verdict != "solved" or self.exhausted:
            return len(self.settings) if self.exhausted else None
        counts = [each.counted(clock) for each in self._each(clock)] if not self.reason else [None]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def at(self, places: Sequence[int]) -> list[Row]:
        """Return the settings at some rising places, in an order that is fixed."""
        if self.exhausted:
            return [self.settings[place] for place in places]
        rows: list[Row] = []
        clock, before, rest = Clock(AT_LENGTH), 0, list(places)
        for each in self._each(clock):
            count = each.counted(clock) or 0  # `sample` knows how many
            here = [place - before for place in rest if place < before + count]
            rows += each.at(here) if here else []
            before, rest = before + count, rest[len(here) :]
        return rows

    def _each(self, clock: Clock) -> Iterator[LayerSolution]:
        """Yield what the open layer does by itself, for each shape."""
        return (answered_by_axes(*alone, 1, None, clock) for alone in self.alone)


def on_sizes(layer: Layer) -> bool:
    """Whether a layer works on sizes, and not on features."""
    return type(layer).__name__ not in ENDINGS
