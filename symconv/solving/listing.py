"""Settings of families, in order, each at a finite place."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import prod

from symconv.families import Family, Setting, search
from symconv.families.search import bounded, possible
from symconv.meanings.integers import INTEGERS, compiled
from symconv.operators.operator import D
from symconv.solving.order import below, weight
from symconv.solving.requests import Request
from symconv.terms import Term, interpret, substitute, variable

MOST_COUNTED = 10**6
"""How many points of the parameters are tried to count settings."""


class Listing:
    """The settings of some families by weight, then by their numbers, each once."""

    def __init__(self, asked: Request, families: tuple[Family, ...], deadline: float) -> None:
        """Prepare the order; nothing is searched before it is asked for."""
        self.families, self.deadline = families, deadline
        self.letters = asked.letters
        self.weight = weight(asked.letters, transposed=asked.operator.name == "conv_transpose")

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(0.001, self.deadline - time.monotonic())

    def finite(self) -> bool | None:
        """Whether there are finitely many settings; `None` where Z3 does not know."""
        answers = [
            True if not family.parameters else bounded(family.statement(), weight, self.left)
            for family in self.families
            for weight in (self._inside(family, self.weight),)
        ]
        return False if False in answers else None if None in answers else True

    def count(self) -> int | None:
        """Return how many settings there are, of finitely many that are not too many."""
        found: set[tuple[int, ...]] = set()
        for family in self.families:
            reaches = [self._reach(family, name) for name in family.parameters]
            box = [reach for reach in reaches if reach is not None]
            if len(box) < len(reaches) or prod(map(len, box)) > MOST_COUNTED:
                return None
            holds = compiled(family.statement(), family.parameters)
            letters = [compiled(term, family.parameters) for term in family.letters.values()]
            for point in product(*box):
                if holds(*point):
                    found.add(tuple(letter(*point) for letter in letters))
            if time.monotonic() > self.deadline:
                return None
        return len(found)

    def _reach(self, family: Family, name: str) -> range | None:
        """Return a range that the values of a parameter lie in."""
        ends = []
        for sign in (-1, 1):
            end = 1
            while beyond := possible(self._beyond(family, sign, name, end), self.left):
                end *= 2
            if beyond is None:
                return None
            ends.append(sign * end)
        return range(ends[0], ends[1] + 1)

    def _beyond(self, family: Family, sign: int, name: str, end: int) -> Term:
        return family.statement() & (sign * variable(name) > end)

    def __iter__(self) -> Iterator[Setting]:
        """Merge what the families give.

        Raises:
            Undecided: the time limit was reached first.
        """
        last = None
        for setting in heapq.merge(*map(self._stream, self.families), key=self._rank):
            if setting != last:
                yield setting
            last = setting

    def _rank(self, setting: Setting) -> tuple[int, ...]:
        return (interpret(self.weight, INTEGERS, setting), *setting.values())

    def _inside(self, family: Family, term: Term) -> Term:
        return substitute(term, {variable(letter): t for letter, t in family.letters.items()})

    def _stream(self, family: Family) -> Iterator[Setting]:
        if not family.parameters:
            return map(family.setting, family.points())
        if family.letters.get("D") is D:
            return self._by_dilation(family)
        points = search(
            family.statement(),
            family.parameters,
            self._inside(family, self.weight),
            self.left,
            order=lambda point: self._rank(family.setting(point)),
            below=tuple(self._inside(family, low) for low in below(self.letters)),
        )
        return map(family.setting, points)

    def _by_dilation(self, family: Family) -> Iterator[Setting]:
        """Search one dilation after the other: each alone is linear, which Z3 finds easy.

        A setting's weight is at least its dilation, so a dilation is opened when its turn comes.
        """
        opened: list[tuple[tuple[int, ...], int, Setting, Iterator[Setting]]] = []
        dilation, more = 0, True
        while opened or more:
            while more and (not opened or opened[0][0][0] > dilation):
                dilation += 1
                self._push(opened, dilation, self._stream(_at_dilation(family, dilation)))
                statement = family.statement() & (D > dilation)
                more = possible(statement, min(self.left, 1.0)) is not False
            if opened:
                _, number, setting, rest = heapq.heappop(opened)
                yield setting
                self._push(opened, number, rest)

    def _push(
        self,
        opened: list[tuple[tuple[int, ...], int, Setting, Iterator[Setting]]],
        number: int,
        stream: Iterator[Setting],
    ) -> None:
        setting = next(stream, None)
        if setting is not None:
            heapq.heappush(opened, (self._rank(setting), number, setting, stream))


def _at_dilation(family: Family, dilation: int) -> Family:
    put_in = {D: dilation}
    return replace(
        family,
        letters={letter: substitute(term, put_in) for letter, term in family.letters.items()},
        parameters=tuple(name for name in family.parameters if name != "D"),
        domain=substitute(family.domain, put_in),
    )
