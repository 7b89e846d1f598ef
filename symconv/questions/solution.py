"""Answers that list rows, in order, or say why there are none."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from itertools import chain
from typing import Any, ClassVar

from symconv.markup import plain_table
from symconv.proving.clock import Clock
from symconv.questions.answer import Answer
from symconv.questions.conflicts import Conflict
from symconv.questions.listed import Listed
from symconv.questions.sampling import drawn
from symconv.questions.tables import Table
from symconv.vocabulary import SCHEMA

MOST_NOTES = 1000
"""What there is to say of a row is told where no more are asked for."""


@dataclass(frozen=True, eq=False, repr=False)
class Solution(Answer):
    """Settings that meet a request; it is a sequence of them.

    Attributes:
        settings: the rows: those that are listed.
        conflict: for infeasible, why.
        modest: whether few enough rows are asked for to tell what there is to say of each.
        number: how many there are, if somebody counted.
    """

    settings: Listed = field(default_factory=lambda: Listed.of(()))
    conflict: Conflict | None = None
    modest: bool = True
    number: int | None = None

    noun: ClassVar[str] = "setting"
    """What a row is called."""
    left_aligned: ClassVar[tuple[str, ...]] = ()
    """Columns of text, whose entries begin at the left."""
    soon: ClassVar[float] = 1.0
    """How many seconds rows are counted for that nobody asked to count."""

    @abstractmethod
    def head(self) -> list[str]:
        """Return what stands before the rows, a line each."""

    @abstractmethod
    def told(self, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """Yield rows as JSON has them."""

    @abstractmethod
    def cells(self, rows: Sequence[Any]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
        """Return the names of columns, and rows as text."""

    @property
    def exhausted(self) -> bool:
        """Whether the listed rows are all that there are."""
        return self.verdict != "unknown" and self.settings.whole

    @property
    def reason(self) -> str:
        """Why it is unknown, or where the list breaks off, why."""
        return self.why or self.settings.reason

    @property
    def count(self) -> int | None:
        """How many rows there are; `None` where there are infinitely many, or nobody knows soon."""
        if self.verdict == "unknown":
            return None
        if self.verdict == "infeasible" or self.exhausted:
            return len(self.settings)
        return self.number or self._counted_soon

    @cached_property
    def _counted_soon(self) -> int | None:
        """How many rows there are, counted once and not for long."""
        return self.counted(Clock(self.soon))

    def __iter__(self) -> Iterator[Any]:
        """Go through the listed rows."""
        return iter(self.settings)

    def __len__(self) -> int:
        """Count the listed rows."""
        return len(self.settings)

    def __getitem__(self, place: Any) -> Any:
        """Return a listed row, or some of them."""
        return self.settings[place]

    def __bool__(self) -> bool:
        """Whether there is a row."""
        return self.settings.started

    def sample(self, n: int, seed: int = 0) -> list[Any]:
        """Return rows at random, evenly from all of them, each once, in their order.

        Args:
            n: how many; fewer where there are no more.
            seed: another number gives other rows.

        Raises:
            RequestError: there are infinitely many, or too many to go through in time.

        >>> from symconv import solve
        >>> solve("Conv1d(kernel_size=1..99, padding=?)", same=True).sample(2)
        [(kernel_size=49, stride=1, padding=24, dilation=1), \
(kernel_size=97, stride=1, padding=48, dilation=1)]
        """
        return drawn(self, n, seed)

    @property
    def many(self) -> bool:
        """Whether there may be too many rows to say something of each, or to keep them."""
        return not self.modest

    def lines(self) -> Iterator[str]:
        """Yield the answer as text, a line each."""
        return chain.from_iterable(self._parts(self._all()))

    def streamed(self) -> Iterator[str]:
        """Yield the answer as text, a few lines at once; rows as they are found, to forget them."""
        parts = map(list, self._parts(self.settings.together()))
        return ("\n".join(lines) for lines in parts if lines)

    def _parts(self, groups: Iterable[Sequence[Any]]) -> Iterator[Iterable[str]]:
        """Yield the lines before the rows, those of each group of rows, and those after them."""
        yield self.head()
        table: Table | None = None
        for rows in groups:
            names, cells = self.cells(rows)
            if table is None or not {*names} <= {*table.names}:
                table = Table(names, self.left_aligned)
            yield table.lines(table.filled(names, cells))
        yield self.tail()

    def _all(self) -> Iterator[Sequence[Any]]:
        """Yield all rows at once, if there are any."""
        rows = self.settings.joined()
        if len(rows):
            yield rows

    def tail(self) -> list[str]:
        """Return what stands after the rows."""
        lines = []
        if self.settings.seen and not self.exhausted:
            count = self.count
            told = [f"{count} in all"] if count else [] if self.reason else ["the list goes on"]
            lines.append(f"... and more ({', '.join([*told, *filter(None, [self.reason])])})")
        if self.verified:
            more = self.verified.checked > self.settings.seen
            beyond = f", {self.noun}s beyond this list among them" if more else ""
            lines.append(self.verified.told(beyond))
        return [*lines, *(f"note: {note}" for note in self.notes)]

    def explained(self) -> list[str]:
        """Return why there are no rows, a line each."""
        if self.conflict is not None:
            return self.conflict.lines(self.noun)
        return [f"unknown: {self.why}"] if self.verdict == "unknown" else []

    def _repr_html_(self) -> str:
        """Show the rows as a table in a notebook."""
        names, cells = self.cells(self.settings.joined()) if self else ((), [])
        before, after = ("<br>".join(map(escape, part)) for part in (self.head(), self.tail()))
        return f"{before}{plain_table(cells, names)}{after}"

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Yield what `to_dict` has, after the rows."""
        yield "exhausted", self.exhausted
        yield "count", self.count
        yield from (self.conflict or Conflict()).to_dict().items()
        yield "verified", self.verified.to_dict() if self.verified else None
        if self.reason:
            yield "reason", self.reason

    def before(self) -> Iterator[tuple[str, Any]]:
        """Yield what `to_dict` has before the rows."""
        yield "schema", SCHEMA
        yield "verdict", self.verdict

    def to_dict(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        solutions = list(self.told(self.settings.joined()))
        return dict(self.before()) | {"solutions": solutions} | dict(self.parts())

    def counted(self, clock: Clock) -> int | None:
        """Return how many rows there are, if that can be told in time."""
        del clock
        return len(self.settings) if self.exhausted else None

    def at(self, places: Sequence[int]) -> list[Any]:
        """Return the rows at some rising places of all that there are, in a fixed order."""
        return [self.settings[place] for place in places]
