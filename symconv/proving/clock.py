"""The time that a search has, and Ctrl-C between two of its pieces of work."""

from __future__ import annotations

import time
from typing import Any

from symconv.errors import RequestError, UndecidedError, shown
from symconv.proving.interrupt import stop_if_noted
from symconv.proving.verdict import Verdict
from symconv.terms import Term


def check_seconds(given: Any) -> None:
    """Refuse a time limit that is no number of seconds."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 10**6:
        raise RequestError(
            "a time limit as a number of seconds, below a million",
            shown(given),
            "Write for instance 10.",
        )


class Clock:
    """A time limit; whoever works asks it now and then."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds, self.deadline = seconds, time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(0.0, self.deadline - time.monotonic())

    def check(self) -> None:
        """Return while there is time.

        Raises:
            UndecidedError: there is none left.
            KeyboardInterrupt: Ctrl-C was noted.
        """
        stop_if_noted()
        if time.monotonic() > self.deadline:
            raise UndecidedError(
                f"an answer within {self.seconds:g} seconds",
                "a search that goes on",
                "Narrow the ranges, or allow more seconds.",
            )

    def decide(self, claim: Term, *given: Term) -> Verdict:
        """Decide whether the hypotheses imply the claim, within the time that is left."""
        from symconv.proving.z3prover import prove

        return prove(claim, given, seconds=self.left)
