"""Settings of several axes put together: what they add up to rises, shared letters agree."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Any

from symconv.families.setting import Setting
from symconv.proving import Clock
from symconv.questions.listed import Blocks
from symconv.solving.listing import NOT_SEARCHED, STAGES
from symconv.solving.single import Problems, listing
from symconv.solving.taking import Taken, taken_by
from symconv.terms import Term, variables

Combined = tuple[Setting, ...]
Entry = tuple[int, Combined]
Group = dict[tuple[int, ...], list[tuple[int, Setting]]]
"""Settings of one axis with their ranks, by letters in which axes agree; each list rises."""
MOST_COMBINED = 10**5
"""Of more settings of one axis, none are combined with another's."""
UNLIKE = 8
"""What it counts that axes have kernels, strides or dilations that differ; paddings often do."""
A_BLOCK = 256
"""After how many settings the clock is asked."""
TOO_MANY = f"an axis has more than {MOST_COMBINED} settings to combine"


class Together:
    """Settings for several axes, one each, by the sum of their weights and of what is unlike.

    Args:
        axes: what is asked of each axis.
        shared: the letters that all axes have in common.
        clock: how long to go on.
        agreed: what is known of the letters in common.
    """

    def __init__(
        self, axes: Sequence[Problems], shared: tuple[str, ...], clock: Clock, *agreed: Term
    ) -> None:
        self.axes, self.shared, self.clock = axes, shared, clock
        self.listings = [listing(problems, clock, *agreed) for problems in axes]
        self.groups: list[Group] = [{} for _ in axes]
        self.alike: list[Group] = [{} for _ in axes]
        self.listed = 0
        self.known: dict[tuple[int, ...], Taken] = {}
        windows = axes[0][0].order.kernel
        window = () if windows is None else variables(windows.extent, windows.step)
        self.own = tuple(letter for letter in window if letter not in shared)

    def blocks(self) -> Blocks:
        """Yield the settings in order; return why not all."""
        passed, ends = 0, [*reversed(STAGES)]
        while ends:
            bound = ends.pop()
            if not self._list(bound):
                if self.clock.over or bound == self.listed + 1:
                    return self.clock.over or TOO_MANY
                ends += [bound, (self.listed + bound) // 2]
                continue
            whole = all(axis.done(bound) for axis in self.listings)
            rows = self._rows(bound, whole)
            later = islice(rows, passed, None)  # the others are known from the stage before
            while block := list(islice(later, A_BLOCK)):
                passed += len(block)
                unknown = yield from self._suiting(block)
                if unknown or self.clock.over:
                    return unknown or self.clock.over
            if whole:
                return ""
        return NOT_SEARCHED

    def _suiting(self, rows: list[Combined]) -> Blocks:
        """Yield the rows that do what is asked; return of which that is not known."""
        if not any(problems[0].proved_one_by_one for problems in self.axes):
            yield rows
            return ""
        for row in rows:
            each = [self._taken(*entry) for entry in enumerate(row)]
            unknown = next((taken.unknown for taken in each if taken.unknown), "")
            if unknown or self.clock.over:
                return self.clock.over or f"whether {row} meets the goal is {unknown}"
            if all(taken.suits for taken in each):
                yield [row]
        return ""

    def _taken(self, axis: int, setting: Setting) -> Taken:
        """Say whether a setting does what is asked of an axis, where no rule says so."""
        problem = self.axes[axis][0]
        if not problem.proved_one_by_one:
            return Taken(suits=True)
        key = (axis, *setting.values())
        if key not in self.known:
            self.known[key] = taken_by(problem, setting, self.clock)
        return self.known[key]

    def _list(self, bound: int) -> bool:
        """List the settings of each axis up to a weight, and say whether they are few enough."""
        stages = []
        for axis, group in zip(self.listings, self.groups, strict=True):
            room = MOST_COMBINED - sum(map(len, group.values()))
            stage = axis.ranked(self.listed, bound, room)
            if stage is None:
                return False
            stages.append(stage)
        for group, alike, stage in zip(self.groups, self.alike, stages, strict=True):
            for rank, setting in stage:
                key = tuple(setting[letter] for letter in self.shared)
                group.setdefault(key, []).append((rank, setting))
                window = tuple(setting[letter] for letter in self.own)
                alike.setdefault((*key, *window), []).append((rank, setting))
        self.listed = bound
        return True

    def _rows(self, bound: int, whole: bool) -> Iterator[Combined]:
        """Return the settings that add up to at most a bound, lightest first.

        Where no axis has heavier ones, they are all that there are, however much they add up to.
        """
        streams = [*_agreeing(self.alike)]
        if self.own:
            every = heapq.merge(*_agreeing(self.groups), key=_place)
            streams.append(
                (rank + UNLIKE, row)
                for rank, row in every
                if any(axis[letter] != row[0][letter] for axis in row for letter in self.own)
            )
        merged = heapq.merge(*streams, key=_place)
        rows = merged if whole else takewhile(lambda entry: entry[0] <= bound, merged)
        return (settings for _, settings in rows)


def _agreeing(groups: Sequence[Group]) -> Iterator[Iterator[Entry]]:
    """Yield the combinations of the settings that have the same letters, for each of these."""
    for key in sorted(set(groups[0]).intersection(*groups[1:])):
        yield _sums([group[key] for group in groups])


def _place(entry: Entry) -> tuple[Any, ...]:
    rank, settings = entry
    return (rank, *(tuple(setting.values()) for setting in settings))


def _sums(axes: list[list[tuple[int, Setting]]]) -> Iterator[Entry]:
    """Yield one entry of each list, by the sum of their ranks; each list rises."""

    def at(places: tuple[int, ...]) -> tuple[tuple[Any, ...], tuple[int, ...], int, Combined]:
        entries = [axis[place] for axis, place in zip(axes, places, strict=True)]
        rank = sum(entry[0] for entry in entries)
        settings = tuple(entry[1] for entry in entries)
        return _place((rank, settings)), places, rank, settings

    waiting = [at((0,) * len(axes))]
    seen = {waiting[0][1]}
    while waiting:
        _, places, rank, settings = heapq.heappop(waiting)
        yield rank, settings
        for axis, place in enumerate(places):
            after = (*places[:axis], place + 1, *places[axis + 1 :])
            if place + 1 < len(axes[axis]) and after not in seen:
                seen.add(after)
                heapq.heappush(waiting, at(after))
