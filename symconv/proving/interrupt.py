"""Ctrl-C and deadlines between two pieces of work, not in the middle of one.

Python raises `KeyboardInterrupt` wherever it happens to be, and loses it where that is inside a
library's clean-up; Z3's own handler loses it where a question has just been answered. So while a
clock runs, the first Ctrl-C only ends the clock: a thread that waits for the signal also ends the
question that Z3 is at, and whoever works sees that the clock is over and keeps what was found. Work
that has not ended a moment later, after Ctrl-C or after the deadline, is ended by `OutOfTime`.
The second Ctrl-C is Python's as ever.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from symconv.proving.clock import Clock

INTERRUPTED = "the search was interrupted"
"""The reason that an answer gives after Ctrl-C."""
GRACE = 0.3
"""Seconds in which work that is over should end by itself."""

LONGEST = 0.6
"""Seconds after which a process of its own ends in the middle of what no exception ends."""
POLL = 0.05
"""How often it is looked whether a clock is over."""

last_resort: Callable[[str], NoReturn] | None = None
"""What ends the process; nothing where it is somebody else's."""
_clocks: list[Clock] = []
"""The clocks that run in the main thread, the first one around all others."""


class OutOfTime(KeyboardInterrupt):
    """Work went on after its clock was over; like Ctrl-C, no `except Exception` stops it."""


@contextmanager
def listening(clock: Clock) -> Iterator[None]:
    """End clocks by Ctrl-C, and work that goes on long after them; in the main thread only."""
    main = threading.main_thread()
    if threading.current_thread() is not main:
        yield  # signals are not ours
        return
    _clocks.append(clock)
    try:
        if len(_clocks) > 1:
            yield  # the clock around this one listens already
        else:
            with _watched(main):
                yield
    finally:
        _clocks.remove(clock)


@contextmanager
def _watched(main: threading.Thread) -> Iterator[None]:
    """Have a thread wait for signals and deadlines meanwhile."""
    before = signal.getsignal(signal.SIGINT)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    pressed, late, closed = (threading.Event() for _ in range(3))

    def hear(number: int, frame: Any) -> None:
        """End the clocks; raise where that was not enough; leave the second Ctrl-C as it was."""
        if late.is_set():
            late.clear()
            if not closed.is_set() and (why := _over()):
                raise OutOfTime(why)
            return
        if pressed.is_set() and callable(before):
            before(number, frame)
        pressed.set()
        _clocks[0].stop(INTERRUPTED)

    def watch() -> None:
        since = None
        while (heard := _heard(reading, POLL)) != _DONE:
            if heard == bytes([signal.SIGINT]) and not late.is_set():
                _clocks[0].stop(INTERRUPTED)
            if not (why := _over()):
                since = None
                continue
            _end_question()
            since = since or time.monotonic()
            waited = time.monotonic() - since
            if waited > LONGEST and last_resort is not None:
                last_resort(why)
            if waited > GRACE and not late.is_set():
                late.set()
                _wake(main)

    watching = threading.Thread(target=watch, daemon=True)
    signal.signal(signal.SIGINT, hear)
    woken = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    watching.start()
    try:
        yield
    finally:
        closed.set()
        signal.set_wakeup_fd(woken)
        with suppress(BlockingIOError):
            os.write(writing, _DONE)
        watching.join(timeout=1)
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
        os.close(reading)
        os.close(writing)


def _over() -> str:
    """Return why one of the running clocks is over, if one is."""
    return next(filter(None, (clock.over for clock in tuple(_clocks))), "")


_DONE = b"\0"


def _heard(reading: int, seconds: float) -> bytes:
    """Return the byte that a pipe says within some seconds; nothing if it says nothing."""
    ready, _, _ = select.select([reading], [], [], seconds)
    return os.read(reading, 1) if ready else b""


def _wake(main: threading.Thread) -> None:
    """Have Python call the handler in the main thread, whatever that waits for."""
    if hasattr(signal, "pthread_kill") and main.ident is not None:
        signal.pthread_kill(main.ident, signal.SIGINT)
    else:
        import _thread

        _thread.interrupt_main()


def _end_question() -> None:
    """Make Z3 give up the question that the main thread is at, if Z3 was ever asked."""
    prover = sys.modules.get("symconv.proving.z3prover")
    end = getattr(prover, "end_question", None)  # a prover that is being loaded has none yet
    if end is not None:
        end()
