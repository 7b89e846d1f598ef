"""Designs in the order of their cost, one after the other, as many as are asked for.

The table of least costs is an exact forecast: the design under way whose total is least goes on
first, so every step is one of a design that will be listed. Of equal cost, the more ordinary
design comes first; of equal strangeness too, the one whose first layers are more ordinary.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from symconv.designing.network import SHORT, Network
from symconv.designing.options import Options
from symconv.designing.problem import Step
from symconv.designing.reach import Reach
from symconv.designing.tables import Landing, chosen, exact, landing, least, number, numbers, turned
from symconv.proving import Clock


class Ranked(NamedTuple):
    """A design: its cost and strangeness, the setting of each layer, and which input it is for."""

    cost: int
    strange: int
    places: tuple[int, ...]
    start: int


class Ranking:
    """The designs of one network, cheapest first."""

    def __init__(self, network: Network, steps: Sequence[Step], reach: Reach, clock: Clock) -> None:
        """Prepare what the order and the count have in common.

        Args:
            network: what leads where.
            steps: the chain's layers.
            reach: the receptive field that is asked for.
            clock: how long to go on.
        """
        self.network, self.reach, self.clock = network, reach, clock
        known: dict[Options, Landing] = {}
        for stage, step in zip(network.stages, steps, strict=True):
            if stage.options not in known:
                clock.check()  # a table of a far reach takes a while to make
                known[stage.options] = landing(stage.options, step, reach.told)
        self._numbers: list[Any] | None = None
        self.lands = [known[stage.options] for stage in network.stages]

    def count(self, clock: Clock) -> int:
        """Return how many designs there are.

        Raises:
            UndecidedError: there is no time left.
        """
        if not self.network.feasible:
            return 0
        return number(self.network, self.lands, self.reach.wanted, clock)

    def at(self, place: int, clock: Clock) -> Ranked:
        """Return the design at a place, in the order of states and settings; see `count`.

        Raises:
            UndecidedError: there is no time left.
        """
        if self._numbers is None:
            self._numbers = numbers(self.network, self.lands, clock)
        state, column, place = chosen(self._numbers[0], self.reach.wanted, place)
        places, start = [], state
        for layer, stage in enumerate(self.network.stages):
            state, column, setting, place = turned(
                stage, self.lands[layer], self._numbers[layer + 1], (state, column, place)
            )
            places.append(setting)
        return Ranked(0, 0, tuple(places), start)

    def __iter__(self) -> Iterator[Ranked]:
        """Walk the designs, as long as there was time when the tables were made."""
        return self.walked(self.clock)

    def walked(self, clock: Clock) -> Iterator[Ranked]:
        """Walk the designs.

        Raises:
            UndecidedError: there is no time left.
        """
        if not self.network.feasible:
            return
        stages = self.network.stages
        strange = [np.abs(stage.strange) for stage in stages]  # below 0 with a kernel below 0
        scale = 1 + sum(int(weights.max()) for weights in strange)
        most = scale * (1 + sum(int(stage.cost.max()) for stage in stages))
        kind = np.int32 if most < SHORT else exact(most)
        pairs = zip(stages, strange, strict=True)
        totals = [stage.cost.astype(kind) * scale + weights for stage, weights in pairs]
        ahead = least(self.network, self.lands, totals, most, clock)
        known: dict[tuple[int, int, int], list[tuple[int, int, int, int]]] = {}

        def choices(layer: int, state: int, column: int) -> list[tuple[int, int, int, int]]:
            """Return where a layer may go on, the least total first: total, setting, where."""
            key = layer, state, column
            if key not in known:
                clock.check()
                leads = stages[layer].leads[state]
                settings, columns = np.nonzero(
                    (self.lands[layer].columns == column) & (leads >= 0)[:, None]
                )
                nexts = leads[settings]
                cost = totals[layer][state, settings] + ahead[layer + 1][nexts, columns]
                order = np.argsort(cost, kind="stable")
                order = order[cost[order] < most]
                known[key] = list(
                    zip(*(a[order].tolist() for a in (cost, settings, nexts, columns)), strict=True)
                )
            return known[key]

        waiting: list[Any] = []
        turns = count()

        def wait(before: int, path: tuple[int, ...], going: Any, turn: int, start: int) -> None:
            """Queue the next choice of a design under way, by the total that it will have."""
            if turn < len(going):
                total, setting, *where = going[turn]
                entry = (before + total, (*path, setting), next(turns))
                heapq.heappush(waiting, (*entry, before, path, going, turn, start, where))

        for start in range(len(stages[0].states)):
            for field in self.reach.wanted:
                wait(0, (), choices(0, start, field), 0, start)
        while waiting:
            total, places, _, before, path, going, turn, start, where = heapq.heappop(waiting)
            wait(before, path, going, turn + 1, start)
            if len(places) == len(stages):
                clock.check()
                yield Ranked(total // scale, total % scale, places, start)
                continue
            done = total - int(ahead[len(places)][*where])
            wait(done, places, choices(len(places), *where), 0, start)
