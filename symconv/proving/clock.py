"""The time that work has, and Ctrl-C: one clock for reading, search, proof, explanation, printing.

Whoever starts something that may take long lets a clock run; every clock that is made meanwhile, in
that thread, is a part of it. Whoever works asks a clock now and then whether it is over, and then
returns what it has: that is an answer, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from symconv.errors import RequestError, UndecidedError, shown
from symconv.proving.interrupt import INTERRUPTED, OutOfTime, listening, stopped

TIME_UP = "the time limit was reached"
TIME_LIMIT = 10.0
"""How many seconds there are where nobody says how many."""

__all__ = [
    "INTERRUPTED",
    "TIME_LIMIT",
    "TIME_UP",
    "Clock",
    "OutOfTime",
    "clock_of",
    "kept",
    "over",
    "paused",
    "stopped",
]

Answer = TypeVar("Answer")
_running: ContextVar[Clock | None] = ContextVar("_running", default=None)


class Clock:
    """A time limit. It is over when its seconds are, when a clock around it is, or after Ctrl-C.

    Args:
        seconds: how long it goes; a clock that runs around it may end it before.

    >>> clock = Clock(60)
    >>> with clock.running():
    ...     part = Clock(100)
    >>> part.deadline == clock.deadline, part.over
    (True, '')
    >>> clock.stop(INTERRUPTED)
    >>> part.over
    'the search was interrupted'
    """

    def __init__(self, seconds: float) -> None:
        """Start."""
        self._around = _running.get()
        self._over = ""
        self._paused = False
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        if self._around is not None:
            self.deadline = min(self.deadline, self._around.deadline)

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return 0.0 if self.over else max(0.0, self.deadline - time.monotonic())

    @property
    def over(self) -> str:
        """Why there is no time left; nothing while there is."""
        if not self._over and self._around is not None:
            self._over = self._around.over
        if not self._over and not self._paused and time.monotonic() > self.deadline:
            self._over = TIME_UP
        return self._over

    def stop(self, reason: str) -> None:
        """End it, and the clocks that are parts of it."""
        self._over = self._over or reason

    def check(self) -> None:
        """Return while there is time.

        Raises:
            UndecidedError: there is none left; whoever asked the question says so in an answer.
        """
        if self.over:
            raise UndecidedError(
                f"an answer within {self.seconds:g} seconds",
                self.over,
                "Narrow the ranges, or allow more seconds.",
            )

    @contextmanager
    def running(self) -> Iterator[Clock]:
        """Let it run: clocks that are made in this thread meanwhile are parts of it.

        In the main thread Ctrl-C ends it; and where work goes on long after it is over, without
        asking, `OutOfTime` is raised there.

        Raises:
            UndecidedError: the time was up, and nobody made an answer of that.
        """
        token = _running.set(self)
        try:
            with listening(self):
                try:
                    yield self
                except BaseException as error:
                    if not (why := stopped(error)):
                        raise
                    if why == TIME_UP and self._around is None:
                        self.check()
                    raise OutOfTime(why) from error
        finally:
            _running.reset(token)


@contextmanager
def paused() -> Iterator[None]:
    """Stop the clocks that run in this thread meanwhile, as while a library is loaded."""
    clocks, clock = [], _running.get()
    while clock is not None:
        if not clock._paused:
            clocks.append(clock)
        clock = clock._around
    start = time.monotonic()
    for clock in clocks:
        clock._paused = True
    try:
        yield
    finally:
        for clock in clocks:
            clock.deadline += time.monotonic() - start
            clock._paused = False


def kept(
    clock: Clock, first: Callable[[], Answer], *more: Callable[[Any], Answer]
) -> tuple[Answer | None, str]:
    """Answer, then add to the answer; what there was when the time was up or Ctrl-C came is kept.

    Args:
        clock: how long to go on.
        first: finds an answer.
        more: add to an answer what may take long, as what torch says of it.

    Returns:
        The last answer that there was, if there was one; and why there is no more, if so.

    >>> kept(Clock(60), lambda: 6, lambda answer: answer * 7)
    (42, '')
    """
    answer: Answer | None = None
    try:
        with clock.running():
            answer = first()
            for step in more:
                answer = step(answer)
    except (UndecidedError, OutOfTime) as stop:
        if not (why := str(stop) if isinstance(stop, OutOfTime) else clock.over):
            raise
        return answer, why
    return answer, ""


def over() -> str:
    """Return why the clock that runs in this thread is over; nothing while it is not."""
    clock = _running.get()
    return "" if clock is None else clock.over


def clock_of(timeout: Any) -> Clock:
    """Return a clock for a time limit that somebody wrote, which may be a clock already.

    Raises:
        RequestError: it is no number of seconds.
    """
    if isinstance(timeout, Clock):
        return timeout
    number = isinstance(timeout, int | float) and not isinstance(timeout, bool)
    if not number or not 0 < timeout < 10**6:
        raise RequestError(
            "a time limit as a number of seconds, above 0 and below a million",
            shown(timeout),
            "Write timeout=10.",
            about="timeout",
        )
    return Clock(timeout)
