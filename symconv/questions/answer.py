"""What every question is answered with: a verdict, why, what torch says; one way to show it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self

from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.proving.clock import TIME_LIMIT, Clock, clock_of
from symconv.questions.documents import Line, as_latex, as_markdown

if TYPE_CHECKING:
    from symconv.families import Verification
    from symconv.witness import Witness

Word = Literal["solved", "proved", "infeasible", "unknown"]


class Trial(Protocol):
    """Something that torch can run."""

    def against(self, witness: Witness) -> str | None:
        """Return what torch says against it: nothing (`""`) if it agrees, `None` if too large."""


@dataclass(frozen=True, eq=False, repr=False)
class Answer(ABC):
    """An answer.

    Attributes:
        verdict: `"solved"` (of what is listed) or `"proved"`, `"infeasible"`, `"unknown"`.
        why: for no and unknown, the reason in a sentence, where that says it.
        verified: what torch said, if it was asked.
    """

    verdict: Word
    why: str = ""
    verified: Verification | None = None

    batch: ClassVar[int] = 1
    """How many samples torch runs at once."""

    @abstractmethod
    def lines(self) -> Iterator[str]:
        """Yield the answer as text, a line each."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Return what `--json` prints."""

    @abstractmethod
    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""

    @abstractmethod
    def kinds(self) -> Iterable[Layer]:
        """Return the layers that torch runs, as far as their classes go."""

    @abstractmethod
    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Trial]]:
        """Yield what torch can run, each with what tells it from others."""

    @property
    def reason(self) -> str:
        """Why it is no or unknown; or where a list breaks off, why."""
        return self.why

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know besides."""
        return ()

    @property
    def testable(self) -> bool:
        """Whether there is something that torch can run."""
        return bool(self)

    @property
    def many(self) -> bool:
        """Whether there may be too many rows to say something of each, or to keep them."""
        return False

    def streamed(self) -> Iterator[str]:
        """Yield the answer as text, a few lines at once; rows as they are found, to forget them."""
        yield "\n".join(self.lines())

    def __repr__(self) -> str:
        """Write the answer as plain text."""
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        """Show the answer in a notebook."""
        return "<br>".join(map(escape, self.lines()))

    def markdown(self) -> str:
        """Return the answer as a proposition with its proof: Markdown with LaTeX in it."""
        return as_markdown(self.document())

    def latex(self) -> str:
        """Return the same as LaTeX, with the environments `proposition` and `proof`."""
        return as_latex(self.document())

    def verify(self, by: str = "torch", timeout: Any = TIME_LIMIT) -> Verification:
        """Run what was found as real layers, on several sizes each.

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
            return witnessed(self.runs(clock), _against, self.kinds(), clock, self.batch)

    def on_torch(self, timeout: Any = TIME_LIMIT) -> Self:
        """Return the answer with what torch says of it, if there is something to run."""
        return self.changed(verified=self.verify("torch", timeout)) if self.testable else self

    def changed(self, **changes: Any) -> Self:
        """Return the answer with something else in it."""
        return replace(self, **changes)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.to_dict() == other.to_dict() and repr(self) == repr(other)

    __hash__ = None  # type: ignore[assignment]


def _against(witness: Witness, trial: Trial) -> str | None:
    return trial.against(witness)
