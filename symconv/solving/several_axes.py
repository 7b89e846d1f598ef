"""Answers for several axes put together: the sums of weights rise, shared letters agree."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from math import prod
from typing import Any

from symconv.errors import RequestError
from symconv.families import Setting, Undecided
from symconv.proving import INTERRUPTED
from symconv.proving.conflict import Conflict
from symconv.proving.interrupt import stop_if_noted
from symconv.solving.listing import STAGES, Listing, TooMany
from symconv.solving.one_axis import listing, solved
from symconv.solving.requests import Request
from symconv.solving.result import Solution
from symconv.solving.sorting import sort_keys
from symconv.terms import Term, both, either, variable
from symconv.vocabulary import torch_name

Combined = tuple[Setting, ...]
MOST_STATED = 20
MOST_COMBINED = 10**5
"""Of more settings of one axis, none are combined with another's."""


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

    def first(self, limit: int | None) -> tuple[list[Combined], bool, str]:
        """Return as many settings as are wanted, whether these are all, and why it stopped."""
        found: list[Combined] = []
        try:
            for up_to in STAGES:
                whole = all(one.done(up_to) for one in self.listings)
                for number, settings in enumerate(self._up_to(up_to, whole)):
                    self._go_on(number)
                    if number == limit:
                        return found, False, ""
                    if number == len(found):  # those before it are known from the last stage
                        found.append(settings)
                if whole:
                    return found, True, ""
        except TooMany:
            return found, False, f"an axis has more than {MOST_COMBINED} settings to combine"
        except Undecided as undecided:
            return found, False, str(undecided)
        except KeyboardInterrupt:  # what was found is not lost
            return found, False, INTERRUPTED
        return found, False, "settings beyond all reasonable weights were not searched"

    def _go_on(self, number: int) -> None:
        """Stop after Ctrl-C or when the time is up; ask now and then only."""
        if number % 256 == 0:
            stop_if_noted()
            if time.monotonic() > self.listings[0].deadline:
                raise Undecided("the time limit was reached")

    def count(self, deadline: float | None = None) -> int | None:
        """Return how many there are, where each axis is by itself and has a number."""
        numbers = [one.count(deadline) for one in self.listings]
        known = [number for number in numbers if number is not None]
        return prod(known) if len(known) == len(numbers) and not self.shared else None

    def _up_to(self, up_to: int, whole: bool) -> Iterator[Combined]:
        """Yield the settings whose weights add up to at most a bound, lightest first.

        Where no axis has heavier ones, they are all that there are, however much they add up to.
        """
        groups: list[dict[tuple[int, ...], list[tuple[int, Setting]]]] = []
        for one in self.listings:
            group: dict[tuple[int, ...], list[tuple[int, Setting]]] = {}
            for number, (rank, setting) in enumerate(one.ranked_up_to(up_to, MOST_COMBINED)):
                self._go_on(number)
                key = tuple(setting[letter] for letter in self.shared)
                group.setdefault(key, []).append((rank, setting))
            groups.append(group)
        common = set(groups[0]).intersection(*groups[1:])
        streams = [_sums([group[key] for group in groups]) for key in sorted(common)]
        merged = heapq.merge(*streams, key=_place)
        some = merged if whole else takewhile(lambda one: one[0] <= up_to, merged)
        return (settings for _, settings in some)


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


def answered(
    axes: list[tuple[Request, ...]],
    shared: tuple[str, ...],
    limit: int | None,
    sort: str | None,
    deadline: float,
    counted: bool,
) -> Solution:
    """Answer the requests about one axis, or about several that differ.

    Args:
        axes: the requests about each axis.
        shared: the letters that all axes have in common.
        limit: how many settings to list; `None` for all.
        sort: what to sort by, where there is one axis.
        deadline: when to stop, of `time.monotonic`.
        counted: whether to count settings until the deadline, not only for a second.
    """
    keys = sort_keys(sort, axes[0][0].letters)
    if len(axes) == 1:
        return solved(axes[0], limit, deadline, keys, counted)
    if keys:
        raise RequestError(
            "ordinary settings first, where axes differ", f"sort={sort}", "Leave sort out."
        )
    each: tuple[Solution, ...] = ()
    for asked in axes:
        one = solved(asked, limit, deadline, (), counted)
        each = (*each, one)
        if one.verdict != "solved":
            return replace(one, axes=each, families=(), settings=())
        if one.reason == INTERRUPTED:
            return Solution(asked[0], "unknown", axes=each, reason=INTERRUPTED)
    agreed = agreement(each, shared)
    together = Together([listing(one, deadline, agreed) for one in axes], shared)
    settings, exhausted, reason = together.first(limit)
    count = len(settings) if exhausted else together.count(deadline if counted else None)
    endless = any(one.endless for one in each) if not shared else None
    if count is None and counted and not endless:
        everything, all_of_them, _ = together.first(None)
        count = len(everything) if all_of_them else None
    whole = Solution(axes[0][0], "solved", (), settings, exhausted, count, reason=reason, axes=each)
    if settings:
        return replace(whole, endless=False if count is not None else endless or None)
    if not exhausted:
        return replace(whole, verdict="unknown")
    names = ", ".join(torch_name(letter) for letter in shared)
    sentence = f"every axis has settings, but none of them agree on {names}, which they share"
    return replace(whole, verdict="infeasible", conflict=Conflict((sentence,)))
