"""Ctrl-C between two questions, not in the middle of one.

Python raises `KeyboardInterrupt` wherever it happens to be, and loses it where that is inside a
library's clean-up; Z3's own handler loses it where a question has just been answered. While a
search runs, Z3's handler is off and the first Ctrl-C is only noted: a thread that waits for the
signal ends the question that Z3 is at, the search stops before the next one and keeps what it
found. The second Ctrl-C is Python's as ever.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

INTERRUPTED = "the search was interrupted"
"""The reason that an answer gives after Ctrl-C."""

_noted = threading.Event()


@contextmanager
def between_questions(end_question: Callable[[], None]) -> Iterator[None]:
    """Note Ctrl-C instead of raising it at once; only the main thread can do so.

    Args:
        end_question: ends the question that is being asked, from another thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def note(*_: object) -> None:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
        _noted.set()

    def watch() -> None:
        while (found := os.read(reading, 1)) != b"\0":
            if found == bytes([signal.SIGINT]):
                _noted.set()
                end_question()

    watching = threading.Thread(target=watch, daemon=True)
    _noted.clear()
    signal.signal(signal.SIGINT, note)
    woken = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    watching.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
        with suppress(BlockingIOError):
            os.write(writing, b"\0")
        watching.join(timeout=1)
        os.close(reading)
        os.close(writing)
        _noted.clear()


def noted() -> bool:
    """Whether Ctrl-C was noted, which is for the main thread; it is asked once for each."""
    if threading.current_thread() is not threading.main_thread() or not _noted.is_set():
        return False
    _noted.clear()
    return True


def stop_if_noted() -> None:
    """Raise `KeyboardInterrupt` if Ctrl-C was noted."""
    if noted():
        raise KeyboardInterrupt
