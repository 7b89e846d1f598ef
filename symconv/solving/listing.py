"""Settings in order, stage by stage: all of a weight up to a bound, then of up to a larger one.

Each stage is a box of its own, enumerated by elimination, so that every setting has a finite place
even where there are infinitely many.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from symconv.boxes import Columns, Plan, TimeUp, count, plan, rows
from symconv.families import Setting, Undecided
from symconv.families.search import possible
from symconv.meanings.integers import compiled
from symconv.proving.interrupt import stop_if_noted
from symconv.solving.settings import Settings
from symconv.solving.systems import System
from symconv.terms import defined
from symconv.vocabulary import torch_name

STAGES = (24, 96, 384, 1536, 2**14, 2**18, 2**24, 2**32)
"""The weights up to which settings are searched, one after the other."""
AT_ONCE = 2 * 10**6
"""So many settings or fewer are enumerated and sorted at once."""
BEYOND_ALL = 2**90
"""What no setting of a bounded request weighs: numbers in a request are below 2**40."""
BEYOND_SECONDS = 1.0
COUNTING_SECONDS = 1.0
"""How long settings are counted that nobody asked to count."""


class TooMany(Exception):  # noqa: N818  (a finding: take fewer)
    """There are too many settings to sort at once."""


class Listing:
    """The settings of some systems by weight, then by their numbers.

    Args:
        systems: what is searched; no setting is in two of them.
        deadline: when to stop, of `time.monotonic`.
    """

    def __init__(self, systems: list[System], deadline: float) -> None:
        self.systems, self.deadline = systems, deadline
        self.letters = systems[0].letters
        far = sorted({letter for one in systems for letter in one.far})
        for one in systems:
            one.weigh(far)

    @property
    def open_letters(self) -> str:
        """The names of the letters that may grow without end."""
        letters = dict.fromkeys(letter for one in self.systems for letter in one.unbounded)
        return ", ".join(torch_name(letter) for letter in letters)

    @property
    def empty(self) -> bool:
        """Whether elimination shows that there is no setting."""
        return all(one.plan.empty for one in self.systems)

    def finite(self) -> bool | None:
        """Whether there are finitely many settings; `None` where that is not known."""
        answers = [
            True if not one.unbounded else self._ends(one, BEYOND_ALL) for one in self.systems
        ]
        return False if False in answers else None if None in answers else True

    def _ends(self, one: System, bound: int) -> bool | None:
        """Say whether no setting weighs more than a bound."""
        seconds = min(BEYOND_SECONDS, self.deadline - time.monotonic())
        beyond = one.statement & (one.weight > bound)
        found = possible(defined(beyond) & beyond, max(seconds, 0.001))
        return None if found is None else not found

    def count(self, deadline: float | None = None) -> int | None:
        """Return how many settings there are, or `None` if they are not counted in time."""
        if any(one.unbounded for one in self.systems):
            return None
        soon = min(self.deadline, time.monotonic() + COUNTING_SECONDS)
        until = soon if deadline is None else deadline
        try:
            return sum(_counted(one, until) for one in self.systems)
        except TimeUp:
            return None

    def blocks(self, until: int = STAGES[-1]) -> Iterator[Columns]:
        """Yield all settings up to a weight, sorted, in blocks of columns.

        Raises:
            Undecided: the time limit was reached first.
        """
        below = 0
        ends = [end for end in reversed(STAGES) if end <= until]
        while ends:
            stop_if_noted()
            up_to = ends.pop()
            try:
                found = self._sorted(lambda one: one.stage(below, up_to))  # noqa: B023
            except TooMany:
                if up_to == below + 1:
                    raise Undecided(f"more than {AT_ONCE} settings weigh the same") from None
                ends += [up_to, (below + up_to) // 2]
                continue
            if found is not None:
                yield found
            if self.done(up_to):
                return
            below = up_to
        if until == STAGES[-1]:
            raise Undecided("settings beyond all reasonable weights were not searched")

    def done(self, up_to: int) -> bool:
        """Whether no setting weighs more than a bound."""
        return all(self._finished(one, up_to) for one in self.systems)

    def ranked_up_to(self, up_to: int, most: int) -> Iterator[tuple[int, Setting]]:
        """Yield the settings of at most a weight, each with its weight, in order.

        Raises:
            TooMany: there are more than `most`.
        """
        found = self._sorted(lambda one: one.stage(0, up_to), most)
        settings = Settings(self.letters, found) if found else Settings.none(self.letters)
        law = compiled(self.systems[0].order, self.letters)
        return ((law(*one.values()), one) for one in settings)

    def all_at_once(self) -> Columns | None:
        """Return all settings, sorted, of a finite request."""
        return self._sorted(lambda one: one.plan)

    def first(self, until: int) -> Columns | None:
        """Return settings of the least weight, and others, if there are any up to a weight."""
        return next(self.blocks(until), None)

    def _finished(self, one: System, up_to: int) -> bool:
        """Whether nothing weighs more than this: no plan for it, or a proof that there is none."""
        if one.plan.empty or not one.free:
            return True
        heavier = plan(one.statement & (one.weight > up_to), one.free)
        if heavier.empty:
            return True
        if not one.unbounded:
            try:
                return next(rows(heavier, self.deadline), None) is None
            except TimeUp:
                return False
        return self._ends(one, up_to) is True

    def _sorted(self, planned: Callable[[System], Plan], most: int = AT_ONCE) -> Columns | None:
        parts: list[Columns] = []
        ranks: list[Any] = []
        total = 0
        try:
            for one in self.systems:
                blocks = rows(planned(one), self.deadline) if one.free else _single(one)
                for block in blocks:
                    stop_if_noted()
                    length = len(next(iter(block.values()))) if block else 1
                    whole, rank = one.ranked(block, length)
                    parts.append(whole)
                    ranks.append(rank)
                    if (total := total + length) > most:
                        raise TooMany
        except TimeUp:
            raise Undecided("the time limit was reached") from None
        if not parts:
            return None
        columns = {one: np.concatenate([part[one] for part in parts]) for one in self.letters}
        keys = [columns[letter] for letter in reversed(self.letters)]
        order = np.lexsort((*keys, np.concatenate(ranks)))
        return {letter: column[order] for letter, column in columns.items()} if len(order) else None


def _counted(one: System, deadline: float) -> int:
    if one.plan.empty:
        return 0
    return count(one.plan, deadline) if one.free else len(_single(one))


def _single(one: System) -> list[Columns]:
    """Return the one setting of a system without free letters, if it meets the statement."""
    whole = defined(one.statement) & one.statement
    return [{}] if compiled(whole, ())() else []
