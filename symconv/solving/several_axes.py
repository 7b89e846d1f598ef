"""Answers for several axes put together: the sums of weights rise, shared letters agree."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from math import prod
from typing import Any

from symconv.families import Setting, Undecided
from symconv.solving.listing import AT_ONCE, STAGES, Listing, TooMany
from symconv.solving.result import Solution
from symconv.terms import Term, both, either, variable

Combined = tuple[Setting, ...]
MOST_STATED = 20


def agreement(axes: Sequence[Solution], shared: tuple[str, ...]) -> Term:
    """State what the axes that have few settings say of the letters that all axes share."""
    found = []
    for axis in axes if shared else ():
        if axis.exhausted and len(axis.settings) <= MOST_STATED:
            keys = {tuple((letter, one[letter]) for letter in shared) for one in axis.settings}  # type: ignore[call-overload]
            each = (both(*(variable(letter).eq(v) for letter, v in key)) for key in sorted(keys))
            found.append(either(*each))
    return both(*found)


class Together:
    """Settings for several axes, one each, by the sum of their weights.

    Args:
        listings: the settings of each axis.
        shared: the letters that all axes have in common.
    """

    def __init__(self, listings: Sequence[Listing], shared: tuple[str, ...]) -> None:
        self.listings, self.shared = listings, shared

    def first(self, limit: int | None) -> tuple[list[Combined], bool]:
        """Return as many settings as are wanted, and whether these are all.

        Raises:
            Undecided: the time limit was reached first.
        """
        wanted = None if limit is None else limit + 1
        for up_to in STAGES:
            whole = all(one.done(up_to) for one in self.listings)
            try:
                ranked = list(islice(self._up_to(up_to, whole), wanted))
            except TooMany:
                raise Undecided(f"an axis has more than {AT_ONCE} settings to combine") from None
            found = [settings for _, settings in ranked]
            if limit is not None and len(found) > limit:
                return found[:limit], False
            if whole:
                return found, True
        raise Undecided("settings beyond all reasonable weights were not searched")

    def count(self, deadline: float | None = None) -> int | None:
        """Return how many there are, where each axis is by itself and has a number."""
        numbers = [one.count(deadline) for one in self.listings]
        known = [number for number in numbers if number is not None]
        return prod(known) if len(known) == len(numbers) and not self.shared else None

    def _up_to(self, up_to: int, whole: bool) -> Iterator[tuple[int, Combined]]:
        """Yield the settings whose weights add up to at most a bound, lightest first.

        Where no axis has heavier ones, they are all that there are, however much they add up to.
        """
        groups: list[dict[tuple[int, ...], list[tuple[int, Setting]]]] = []
        for one in self.listings:
            group: dict[tuple[int, ...], list[tuple[int, Setting]]] = {}
            for rank, setting in one.ranked_up_to(up_to):
                key = tuple(setting[letter] for letter in self.shared)
                group.setdefault(key, []).append((rank, setting))
            groups.append(group)
        common = set(groups[0]).intersection(*groups[1:])
        streams = [_sums([group[key] for group in groups]) for key in sorted(common)]
        merged = heapq.merge(*streams, key=_place)
        return merged if whole else takewhile(lambda one: one[0] <= up_to, merged)


def _place(one: tuple[int, Combined]) -> tuple[Any, ...]:
    rank, settings = one
    return (rank, *(tuple(setting.values()) for setting in settings))


def _sums(axes: list[list[tuple[int, Setting]]]) -> Iterator[tuple[int, Combined]]:
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
