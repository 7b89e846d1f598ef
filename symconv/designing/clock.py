"""The time that a search has, and Ctrl-C between two of its pieces of work."""

from __future__ import annotations

import time

from symconv.errors import UndecidedError
from symconv.proving.interrupt import stop_if_noted


class Clock:
    """A time limit; whoever works asks it now and then."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds, self.deadline = seconds, time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, a thousandth at least."""
        return max(0.001, self.deadline - time.monotonic())

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
