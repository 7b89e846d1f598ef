"""Settings of families, in order, each at a finite place."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import replace

from symconv.families import Family, Setting, search
from symconv.families.search import bounded, possible
from symconv.meanings.integers import INTEGERS
from symconv.operators.operator import D
from symconv.solving.order import below, weight
from symconv.solving.request import Request
from symconv.terms import Term, interpret, substitute, variable


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

    def finite(self) -> bool:
        """Whether Z3 shows that there are finitely many settings."""
        return all(
            not family.parameters
            or bounded(family.statement(), self._inside(family, self.weight), self.left)
            for family in self.families
        )

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
            return iter([family.setting({})])
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
