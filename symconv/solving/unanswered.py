"""`Unanswered`: the time was up before there was anything to say of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from symconv.layers import Layer
from symconv.proving.clock import Clock
from symconv.questions.answer import Trial
from symconv.questions.documents import Line
from symconv.questions.solution import Solution


@dataclass(frozen=True, eq=False, repr=False)
class Unanswered(Solution):
    """Unknown, and why; it has no rows, and nothing for torch to run."""

    def head(self) -> list[str]:
        """Return the reason, which is all that there is."""
        return self.explained()

    def told(self, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """Yield nothing: there are no rows."""
        del rows
        return iter(())

    def cells(self, rows: Sequence[Any]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
        """Return no columns: there are no rows."""
        del rows
        return (), []

    def document(self) -> Iterator[Line]:
        """Yield the reason."""
        yield Line("text", f"*Unknown*: {self.why}.")

    def kinds(self) -> tuple[Layer, ...]:
        """Return no layers: there is nothing to run."""
        return ()

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Trial]]:
        """Yield nothing: there is nothing to run."""
        del clock
        return iter(())
