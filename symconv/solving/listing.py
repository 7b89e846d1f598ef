"""Settings in order, stage by stage: all of a weight up to a bound, then of up to a larger one.

Each stage is a box of its own, enumerated by elimination, so that every setting has a finite place
even where there are infinitely many.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from symconv.boxes.columns import Columns, count, rows
from symconv.boxes.levels import Plan
from symconv.boxes.plan import plan
from symconv.families.search import possible
from symconv.families.setting import Setting
from symconv.meanings.integers import compiled
from symconv.proving.clock import Clock
from symconv.questions.settings import Settings
from symconv.questions.usual import without
from symconv.solving.systems import System
from symconv.terms import defined
from symconv.vocabulary import parameter_name

STAGES = (24, 96, 384, 1536, 2**14, 2**18, 2**24, 2**32)
"""The weights up to which settings are searched, one after the other."""
AT_ONCE = 2 * 10**6
"""So many settings or fewer are enumerated and sorted at once."""
BEYOND_ALL = 2**90
"""What no setting of a bounded request weighs: numbers in a request are below 2**40."""
BEYOND_SECONDS = 1.0
NOT_SEARCHED = "settings beyond all reasonable weights were not searched"
TOO_MANY = f"more than {AT_ONCE} settings weigh the same"


class Listing:
    """The settings of some systems by weight, then by their numbers.

    Args:
        systems: what is searched; no setting is in two of them.
        clock: how long to go on.
    """

    def __init__(self, systems: Sequence[System], clock: Clock) -> None:
        self.systems, self.clock = systems, clock
        self.letters = systems[0].letters
        far = sorted({letter for system in systems for letter in system.far})
        for system in systems:
            system.weigh(far)

    @property
    def open_letters(self) -> str:
        """The names of the letters that may grow without end."""
        letters = dict.fromkeys(letter for system in self.systems for letter in system.unbounded)
        return ", ".join(dict.fromkeys(map(parameter_name, letters)))

    @property
    def empty(self) -> bool:
        """Whether elimination shows that there is no setting."""
        return all(system.plan.empty for system in self.systems)

    def finite(self) -> bool | None:
        """Whether there are finitely many settings; `None` where that is not known."""
        answers = [
            not system.unbounded or self._ends(system, BEYOND_ALL) for system in self.systems
        ]
        return False if False in answers else None if None in answers else True

    def _ends(self, system: System, bound: int) -> bool | None:
        """Say whether no setting weighs more than a bound."""
        beyond = system.statement & (system.weight > bound)
        heavier = possible(defined(beyond) & beyond, min(BEYOND_SECONDS, self.clock.left))
        return None if heavier is None else not heavier

    def count(self, clock: Clock) -> int | None:
        """Return how many settings there are, or `None` if they are not counted in time."""
        if any(system.unbounded for system in self.systems):
            return None
        counts = [_counted(system, clock) for system in self.systems]
        told = [number for number in counts if number is not None]
        return sum(told) if len(told) == len(counts) else None

    def at(self, places: Sequence[int]) -> Settings:
        """Return the settings at some rising places, in the order of their numbers."""
        parts: list[Columns] = []
        seen, sought = 0, np.asarray(places)
        for columns, length, _ in self._found([system.plan for system in self.systems]):
            here = sought[(sought >= seen) & (sought < seen + length)] - seen
            parts.append({letter: column[here] for letter, column in columns.items()})
            seen += length
        return Settings.joined(self.letters, parts)

    def blocks(self, until: int = STAGES[-1], above: int = 0) -> Generator[Settings, None, str]:
        """Yield all settings up to a weight, in order, in blocks.

        Args:
            until: the weight, one of `STAGES`.
            above: another one, up to which they have been yielded before.

        Returns:
            Why it stopped before all were seen; nothing where there are no others.
        """
        if len(self.usual) and not above:
            yield self.usual
        below, ends = above, [end for end in reversed(STAGES) if above < end <= until]
        while ends:
            up_to = ends.pop()
            stage = self._sorted([system.stage(below, up_to) for system in self.systems])
            if stage is None and not self.clock.over:
                if up_to == below + 1:
                    return TOO_MANY
                ends += [up_to, (below + up_to) // 2]
                continue
            if stage is None:
                return self.clock.over
            yield without(stage, self.usual)
            if self.done(up_to):
                return ""
            below = up_to
        return self.clock.over or NOT_SEARCHED

    @cached_property
    def usual(self) -> Settings:
        """The settings that people build, which come before all others."""
        each = (system.usual.columns for system in self.systems)
        return Settings.joined(self.letters, each)

    def all_at_once(self) -> Settings | None:
        """Return all settings of a finite request, in order; nothing if there is no time."""
        settings = self._sorted([system.plan for system in self.systems])
        if settings is None:
            return None
        both = (self.usual.columns, without(settings, self.usual).columns)
        return Settings.joined(self.letters, both)

    def done(self, up_to: int) -> bool:
        """Whether no setting weighs more than a bound."""
        return all(self._finished(system, up_to) for system in self.systems)

    def ranked(self, below: int, up_to: int, most: int) -> list[tuple[int, Setting]] | None:
        """Return the settings that weigh more than one bound and up to another, with their ranks.

        Those that people build come first, whatever they weigh; the others come after them, by
        their weights.

        Returns:
            Nothing if there are more than `most`, or the clock is over.
        """
        stage = self._sorted([system.stage(below, up_to) for system in self.systems], most)
        if stage is None:
            return None
        law, first = compiled(self.systems[0].order, self.letters), len(self.usual)
        others = without(stage, self.usual)
        ranks = [(first + law(*setting.values()), setting) for setting in others]
        return ranks if below else [*enumerate(self.usual), *ranks]

    def _finished(self, system: System, up_to: int) -> bool:
        """Whether nothing weighs more than this: no plan for it, or a proof that there is none."""
        if system.plan.empty or not system.free:
            return True
        heavier = plan(system.statement & (system.weight > up_to), system.free)
        if heavier.empty:
            return True
        if not system.unbounded:
            return next(rows(heavier, self.clock), None) is None and not self.clock.over
        return self._ends(system, up_to) is True

    def _found(self, plans: Sequence[Plan]) -> Iterator[tuple[Columns, int, Any]]:
        """Yield blocks of settings as elimination finds them, how long they are, and weights."""
        for system, planned in zip(self.systems, plans, strict=True):
            blocks = rows(planned, self.clock) if system.free else _single(system)
            for block in blocks:
                length = len(next(iter(block.values()))) if block else 1
                columns, ranks = system.ranked(block, length)
                yield columns, length, ranks

    def _sorted(self, plans: Sequence[Plan], most: int = AT_ONCE) -> Settings | None:
        """Return the settings of some plans in order; nothing if there are too many, or no time."""
        parts: list[Columns] = []
        ranks: list[Any] = []
        total = 0
        for columns, length, rank in self._found(plans):
            parts.append(columns)
            ranks.append(rank)
            total += length
            if total > most:
                return None
        if self.clock.over:
            return None
        settings = Settings.joined(self.letters, parts)
        if not parts:
            return settings
        keys = [settings.columns[letter] for letter in reversed(self.letters)]
        return settings.some(np.lexsort((*keys, np.concatenate(ranks))))


def _counted(system: System, clock: Clock) -> int | None:
    if system.plan.empty:
        return 0
    return count(system.plan, clock) if system.free else len(_single(system))


def _single(system: System) -> list[Columns]:
    """Return the one setting of a system without free letters, if it meets the statement."""
    whole = defined(system.statement) & system.statement
    return [{}] if compiled(whole, ())() else []
