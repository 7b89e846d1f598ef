"""Ctrl-C and deadlines between two pieces of work, not in the middle of one.

Python raises `KeyboardInterrupt` wherever it happens to be, and loses it where that is inside a
library's clean-up; Z3's own handler loses it where a question has just been answered. So while a
clock runs, the first Ctrl-C only ends the clock: a thread that waits for the signal also ends the
question that Z3 is at, and whoever works sees that the clock is over and keeps what was found. Work
that has not ended a moment later, after Ctrl-C or after the deadline, is ended by `OutOfTime`.
The second Ctrl-C is Python's as ever: it raises `KeyboardInterrupt` where it is, and whoever keeps
what was found keeps it then as well.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from symconv.errors import SymconvError

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


class Ending(NamedTuple):
    """Why work is ended, and the clock that is over."""

    why: str
    clock: Clock


_last: Ending | None = None
"""For what `OutOfTime` was raised last."""


class OutOfTime(KeyboardInterrupt):
    """Work went on after its clock was over; like Ctrl-C, no `except Exception` stops it."""


def stopped(error: BaseException) -> str:
    """Return why work was stopped, if an error comes of that; nothing where it is another error.

    Python calls the handler in the middle of anything. Where that is a call of Z3, ctypes turns
    what the handler raises into an error of its own, and other code may stumble over what is half
    done: so after `OutOfTime` was raised, every error but one of ours comes of it, as long as the
    clock runs for which it was raised.
    """
    if isinstance(error, KeyboardInterrupt):
        return str(error) or INTERRUPTED
    listens = threading.current_thread() is threading.main_thread()
    if isinstance(error, SymconvError) or not listens or _last is None:
        return ""
    return _last.why if _last.clock in _clocks else ""


def ended_by(ending: Ending) -> None:
    """Note for what `OutOfTime` is raised."""
    global _last
    _last = ending


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
    before, loads = signal.getsignal(signal.SIGINT), _loads(sys._getframe())
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    pressed, waking, closed = (threading.Event() for _ in range(3))

    def hear(number: int, frame: FrameType | None) -> None:
        """End the clocks; raise where that was not enough; leave the second Ctrl-C as it was."""
        if waking.is_set():
            waking.clear()
            quiet = _cleaning(frame) or _loads(frame) > loads  # what is loaded by half stays so
            if not closed.is_set() and not quiet and (ending := _over()):
                ended_by(ending)
                raise OutOfTime(ending.why)
            return  # while something is cleaned up, an exception is lost: soon it is tried again
        if pressed.is_set() and callable(before):
            before(number, frame)
        pressed.set()
        _clocks[0].stop(INTERRUPTED)

    def watch() -> None:
        since, expected_wakes = None, 0
        while (heard := _heard(reading, POLL)) != _DONE:
            if heard == bytes([signal.SIGINT]):
                if not expected_wakes:
                    _clocks[0].stop(INTERRUPTED)
                expected_wakes = max(0, expected_wakes - 1)
            if not (ending := _over()):
                since = None
                continue
            if _end_question():
                ended_by(ending)  # Z3's next words may be an error
            since = since or time.monotonic()
            waited = time.monotonic() - since
            if waited > LONGEST and last_resort is not None:
                last_resort(ending.why)
            if waited > GRACE and not waking.is_set() and not closed.is_set():
                waking.set()
                expected_wakes += 1  # the pipe will say so
                _wake(main)
        os.close(reading)

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
        os.close(writing)


def _cleaning(frame: FrameType | None) -> bool:
    """Whether a frame is part of a clean-up, where exceptions are only printed.

    So it is in an object's end, in what weak references call, and in what the garbage collector
    calls. An object of Z3 that is made by half stumbles in its end.
    """
    called = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while frame is not None:
        code = frame.f_code
        made = code.co_name == "__init__" and frame.f_globals.get("__name__", "").startswith("z3.")
        weak = code.co_filename in _OF_WEAK_REFERENCES
        if code.co_name == "__del__" or weak or made or code in called:
            return True
        frame = frame.f_back
    return False


_OF_WEAK_REFERENCES = {
    weak.__init__.__code__.co_filename for weak in (weakref.WeakValueDictionary, weakref.WeakSet)
}


def _over() -> Ending | None:
    """Return the outermost clock that is over, if one is, and why."""
    return next((Ending(why, clock) for clock in tuple(_clocks) if (why := clock.over)), None)


def _loads(frame: FrameType | None) -> int:
    """Count the modules that are being loaded."""
    count = 0
    while frame is not None:
        count += frame.f_code.co_filename == "<frozen importlib._bootstrap>"
        frame = frame.f_back
    return count


_DONE = b"\0"


def _heard(reading: int, seconds: float) -> bytes:
    """Return the byte that a pipe says within some seconds; nothing if it says nothing.

    A pipe into which nobody can write any more says that all is done.
    """
    ready, _, _ = select.select([reading], [], [], seconds)
    return (os.read(reading, 1) or _DONE) if ready else b""


def _wake(main: threading.Thread) -> None:
    """Have Python call the handler in the main thread, whatever that waits for."""
    if hasattr(signal, "pthread_kill") and main.ident is not None:
        signal.pthread_kill(main.ident, signal.SIGINT)
    else:
        import _thread

        _thread.interrupt_main()


def _end_question() -> bool:
    """Make Z3 give up the question that the main thread is at; say whether it is at one."""
    prover = sys.modules.get("symconv.proving.z3question")
    end = getattr(prover, "end_question", None)  # it may be loading just now
    return end is not None and bool(end())
