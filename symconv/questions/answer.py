"""What every question is answered with: a verdict, rows in order, or why there are none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.proving.clock import Clock, clock_of
from symconv.questions.conflicts import Conflict
from symconv.questions.listed import Listed
from symconv.questions.running import Run
from symconv.questions.sampling import drawn
from symconv.questions.tables import Table, html

if TYPE_CHECKING:
    from symconv.families import Verification
    from symconv.witness import Witness

TIME_LIMIT = 10.0
SCHEMA = "symconv/1"
Word = Literal["solved", "infeasible", "unknown"]


@dataclass(frozen=True, eq=False, repr=False)
class Answer(ABC):
    """An answer; it is its rows, in order, with what is said of all of them.

    Attributes:
        verdict: `"solved"`, `"infeasible"` or `"unknown"`.
        settings: the rows: those that are listed.
        why: for unknown, the reason.
        conflict: for infeasible, why.
        verified: what torch said, if it was asked.
        modest: whether few enough rows are asked for to tell what there is to say of each.
        number: how many there are, if somebody counted.
    """

    verdict: Word
    settings: Listed = field(default_factory=lambda: Listed.of(()))
    why: str = ""
    conflict: Conflict | None = None
    verified: Verification | None = None

    modest: bool = True
    number: int | None = None

    noun: ClassVar[str] = "setting"
    """What a row is called."""
    left: ClassVar[tuple[str, ...]] = ()
    """Columns of text, whose entries begin at the left."""

    @abstractmethod
    def head(self) -> list[str]:
        """Return what stands before the rows, a line each."""

    @abstractmethod
    def told(self, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """Yield rows as JSON has them."""

    @abstractmethod
    def cells(self, rows: Sequence[Any]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
        """Return the names of columns, and rows as text."""

    def notes(self) -> Sequence[str]:
        """Return what the reader should know besides."""
        return ()

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
        """How many rows there are; `None` where there are infinitely many, or nobody knows."""
        return len(self.settings) if self.exhausted else self.number

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

    @abstractmethod
    def kinds(self) -> Iterable[Layer]:
        """Return the layers, as far as their classes go."""

    @abstractmethod
    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Run]]:
        """Yield what torch can run, rows from everywhere, each with what tells it from others."""

    def verify(self, by: str = "torch", timeout: Any = TIME_LIMIT) -> Verification:
        """Run rows as real layers, on several sizes each, and return what was said of them.

        Args:
            by: `"torch"`.
            timeout: seconds to go on; what is left is counted.

        Raises:
            RequestError: torch is not installed.

        >>> from symconv import solve
        >>> solve("Conv1d(kernel_size=1..5, padding=?)", same=True).verify("torch").failed
        0
        """
        from symconv.families import witnessed  # it loads SymPy, which chains do without

        if by != "torch":
            raise RequestError("a witness", shown(by), 'Write "torch", the only one there is.')
        clock = clock_of(timeout)
        with clock.running():
            return witnessed(self.runs(clock), _against, self.kinds(), clock)

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

    def lines(self, streams: bool = False) -> Iterator[str]:
        """Yield the answer as text.

        Args:
            streams: whether rows are told as they are found, and forgotten.
        """
        yield from self.head()
        table: Table | None = None
        for rows in self.settings.together() if streams else self._all():
            names, cells = self.cells(rows)
            table = table or Table(names, self.left)
            yield from table.lines(cells)
        yield from self.tail()

    def _all(self) -> Iterator[Sequence[Any]]:
        """Yield all rows at once, if there are any."""
        rows = self.settings.joined()
        if len(rows):
            yield rows

    def tail(self) -> list[str]:
        """Return what stands after the rows."""
        lines = []
        if self.settings.seen and not self.exhausted:
            why = self.reason or (f"{self.count} in all" if self.count else "the list goes on")
            lines.append(f"... and more ({why})")
        if self.verified:
            more = self.verified.checked > self.settings.seen
            beyond = f", {self.noun}s beyond this list among them" if more else ""
            lines.append(self.verified.told(beyond))
        return [*lines, *(f"note: {note}" for note in self.notes())]

    def explained(self) -> list[str]:
        """Return why there are no rows, a line each."""
        if self.conflict is not None:
            return self.conflict.lines(self.noun)
        return [f"unknown: {self.why}"] if self.verdict == "unknown" else []

    def __repr__(self) -> str:
        """Write the answer as plain text."""
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        """Show the rows as a table in a notebook."""
        names, cells = self.cells(self.settings.joined()) if self else ((), [])
        before, after = ("<br>".join(map(escape, part)) for part in (self.head(), self.tail()))
        return f"{before}{html(names, cells)}{after}"

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

    def changed(self, **changes: Any) -> Self:
        """Return the answer with something else in it."""
        return replace(self, **changes)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.to_dict() == other.to_dict() and self.head() == other.head()

    __hash__ = None  # type: ignore[assignment]


def _against(witness: Witness, run: Run) -> str | None:
    return run.against(witness)
