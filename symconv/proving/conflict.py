"""Why a request has no answer, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Conflict:
    """Sentences that contradict each other.

    Attributes:
        sentences: the sentences.
        minimal: whether it was shown that without any one of them the others hold together.
        relaxations: for what can be given up, the first answer that it makes possible.
    """

    sentences: tuple[str, ...] = ()
    minimal: bool = False
    relaxations: tuple[dict[str, Any], ...] = ()

    def lines(self, what: str) -> list[str]:
        """Return the conflict as text: that no setting, or no design, meets the request, and why.

        >>> Conflict(("stride is 2", "you asked for stride == 3"), True).lines("setting")[1:]
        ['  - stride is 2', '  - you asked for stride == 3']
        """
        return [
            f"no {what} meets the request; these cannot hold together:",
            *(f"  - {sentence}" for sentence in self.sentences),
            *([] if self.minimal else ["  (not shown to be minimal)"]),
            *(f"possible {relaxation['change']}" for relaxation in self.relaxations),
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the conflict as JSON has it."""
        return {
            "conflict": list(self.sentences),
            "minimal": self.minimal,
            "relaxations": list(self.relaxations),
        }
