"""The one clock: parts end with the whole, Ctrl-C ends it, and work that does not ask is ended."""

import gc
import signal
import threading
from types import SimpleNamespace

import pytest

from symconv.errors import RequestError, UndecidedError
from symconv.proving import clock as clocks
from symconv.proving import interrupt
from symconv.proving.clock import INTERRUPTED, TIME_UP, Clock, OutOfTime, clock_of, over, paused

MAIN = threading.current_thread() is threading.main_thread()
only_in_main = pytest.mark.skipif(not MAIN, reason="signals are the main thread's")


@pytest.fixture
def now(monkeypatch):
    """A time that stands still until a test changes it."""
    time = SimpleNamespace(at=0.0)
    monkeypatch.setattr(clocks, "time", SimpleNamespace(monotonic=lambda: time.at))
    return time


@pytest.fixture
def python_listens():
    """Python hears Ctrl-C, also where it was started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def patient(monkeypatch):
    """Work that is over is not ended by force."""
    monkeypatch.setattr(interrupt, "GRACE", 10**6)


def test_a_clock_is_over_after_its_seconds(now):
    clock = Clock(5)
    now.at = 4
    assert (clock.left, clock.over) == (1, "")
    clock.check()
    now.at = 6
    assert (clock.left, clock.over) == (0, TIME_UP)
    with pytest.raises(UndecidedError, match="5 seconds"):
        clock.check()
    now.at = 0
    assert clock.over == TIME_UP


def test_a_part_ends_with_the_whole_and_not_the_other_way_round(now):
    with Clock(5).running() as whole:
        long, short = Clock(60), Clock(1)
        assert (long.left, short.left) == (5, 1)
        with short.running():
            least = Clock(60)
    now.at = 2
    assert (short.over, least.over, whole.over, long.over) == (TIME_UP, TIME_UP, "", "")
    whole.stop(INTERRUPTED)
    assert (short.over, least.over, long.over) == (TIME_UP, TIME_UP, INTERRUPTED)
    assert Clock(60).over == ""


def test_the_first_reason_stays():
    clock = Clock(600)
    clock.stop(INTERRUPTED)
    clock.stop(TIME_UP)
    assert (clock.over, clock.left) == (INTERRUPTED, 0)


def test_what_is_over_is_asked_of_the_clock_that_runs():
    assert over() == ""
    with Clock(600).running() as whole, Clock(600).running():
        assert over() == ""
        whole.stop(TIME_UP)
        assert over() == TIME_UP
    assert over() == ""


def test_paused_clocks_stand_still(now):
    with Clock(5).running() as whole, Clock(4).running() as part:
        now.at = 3
        with paused():
            now.at = 100
            assert (whole.over, part.over) == ("", "")
            with paused():
                now.at = 200
            assert (whole.over, part.over) == ("", "")
            now.at = 300
        assert (whole.left, part.left) == (2, 1)
        now.at = 301.5
        assert (whole.over, part.over) == ("", TIME_UP)


def test_each_thread_has_its_own_clocks():
    seen = []

    def work():
        seen.append((over(), Clock(600).left > 500))
        with Clock(600).running() as clock:
            part = Clock(600)
            clock.stop(TIME_UP)
            seen.append((over(), part.over))

    with Clock(600).running() as outside:
        outside.stop(INTERRUPTED)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [("", True), (TIME_UP, TIME_UP)]


@only_in_main
def test_the_first_ctrl_c_ends_the_clocks_and_the_second_is_pythons(patient, python_listens):
    before = signal.getsignal(signal.SIGINT)
    with Clock(600).running() as whole, Clock(600).running() as part:
        signal.raise_signal(signal.SIGINT)
        assert (whole.over, part.over) == (INTERRUPTED, INTERRUPTED)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@only_in_main
def test_work_that_does_not_ask_is_ended(monkeypatch):
    monkeypatch.setattr(interrupt, "GRACE", 0)

    def work():
        with Clock(600).running() as clock:
            clock.stop(TIME_UP)
            threading.Event().wait(300)
            return "it went on"

    with pytest.raises(UndecidedError, match=TIME_UP):  # who asked is told
        work()
    with Clock(60).running(), pytest.raises(OutOfTime, match=TIME_UP):  # who listens can answer
        work()


def in_its_end(wait):
    """Have an object wait in its end."""

    class Waiting:
        def __del__(self):
            wait()

    Waiting()


def in_a_collection(wait):
    """Have the garbage collector call something that waits."""

    def called(_phase, _info):
        wait()

    gc.callbacks.append(called)
    try:
        gc.collect()
    finally:
        gc.callbacks.remove(called)


@only_in_main
@pytest.mark.parametrize("clean", [in_its_end, in_a_collection])
def test_an_end_that_would_be_lost_in_a_clean_up_comes_after_it(clean, monkeypatch):
    """An exception is printed there, and forgotten; so it is not raised there."""
    woken, wake = threading.Event(), interrupt._wake
    monkeypatch.setattr(interrupt, "GRACE", 0)
    monkeypatch.setattr(interrupt, "_wake", lambda thread: (wake(thread), woken.set()))

    def work():
        with Clock(600).running() as clock:
            clock.stop(TIME_UP)
            clean(lambda: woken.wait(300))
            threading.Event().wait(300)
            return "it went on"

    with pytest.raises(UndecidedError, match=TIME_UP):
        work()


@only_in_main
def test_ctrl_c_that_nobody_answers_stays_ctrl_c(monkeypatch):
    monkeypatch.setattr(interrupt, "GRACE", 0)

    def work():
        with Clock(600).running():
            signal.raise_signal(signal.SIGINT)
            threading.Event().wait(300)

    with pytest.raises(KeyboardInterrupt, match=INTERRUPTED):
        work()


@pytest.mark.parametrize("timeout", [0, -1, True, "10", None, float("nan"), 10**6])
def test_a_time_limit_is_a_number_of_seconds(timeout):
    with pytest.raises(RequestError, match="seconds"):
        clock_of(timeout)


def test_a_clock_is_a_time_limit_as_well():
    clock = Clock(5)
    assert clock_of(clock) is clock
    assert clock_of(0.5).seconds == 0.5
