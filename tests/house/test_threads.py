"""Whatever is asked may be asked by several threads at once, and is answered as one by one."""

import os
import signal
import subprocess
import sys
import threading
import types
import warnings
from pathlib import Path

import pytest

import symconv
from symconv.meanings.smt import context
from symconv.proving import interrupt, z3question
from symconv.proving.clock import INTERRUPTED, Clock, over
from symconv.terms import sizes

ROOT = Path(__file__).parents[2]
THREADS = 8
x, y = sizes("x y")


def python(*arguments):
    """Run Python in a process of its own, which may crash; return its exit status and its words."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr


def at_once(work, threads=THREADS):
    """Start work in several threads at the same moment; return what each has made."""
    barrier, made, raised = threading.Barrier(threads), [None] * threads, []

    def start(number):
        barrier.wait()
        try:
            made[number] = work()
        except BaseException as error:
            raised.append(error)

    workers = [threading.Thread(target=start, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if raised:
        raise raised[0]
    return made


IN_TWO_ORDERS = """
import sys, threading, symconv

asked, imported = threading.Event(), threading.Event()

class Waits:
    def find_spec(self, name, path, target=None):
        if name == "symconv.book.deriving.drafts":  # the importer holds this module's lock
            imported.set()
            asked.wait(1)

sys.meta_path.insert(0, Waits())

def importing():
    import symconv.book.deriving.drafts

def asking():
    imported.wait()
    threading.Timer(0.2, asked.set).start()
    symconv.derive

threads = [threading.Thread(target=work, daemon=True) for work in (importing, asking)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(120)
print(*[thread.is_alive() for thread in threads])
"""


def test_a_module_and_a_public_name_may_be_loaded_at_once():
    assert python("-c", IN_TWO_ORDERS) == (0, "False False\n")


def asked_at_once(seed, rounds=1):
    """Ask in threads, as `python tests/support/at_once.py SEED ROUNDS` does it again."""
    status, said = python(ROOT / "tests/support/at_once.py", seed, rounds)
    again = f"python tests/support/at_once.py {seed} {rounds}"
    assert status == 0, f"{again}: exit status {status}\n{said[-6000:]}"


def test_threads_are_answered_as_one_by_one():
    asked_at_once(seed=0)


@pytest.mark.exhaustive
def test_random_requests_of_threads_are_answered_as_one_by_one():
    asked_at_once(seed=os.getpid(), rounds=3)


def test_each_thread_has_a_z3_context_of_its_own():
    contexts = at_once(context)
    assert len(set(map(id, [*contexts, context()]))) == THREADS + 1


def test_a_question_goes_on_in_another_thread():
    question = z3question.Question(Clock(60))
    question.add(x > 3)

    def go_on():
        question.add(x < 5)
        return question.check(), question.values(["x"])

    assert at_once(go_on, threads=1) == [("sat", {"x": 4})]


IN_CYCLES = """
import gc, sys, threading
from symconv.proving.clock import Clock
from symconv.proving.z3question import Question
from symconv.terms import sizes
x, y = sizes("x y")
asking = True

def ask():
    for _ in range(60):
        question = Question(Clock(60))
        question.cycle = question  # so that only garbage collection frees it
        question.add(x * x < 0 * y + 7, x > 1)
        assert question.check() == "sat"
        assert question.values(["x"]) == {"x": 2}

def collect():
    while asking:
        gc.collect()

gc.disable()
sys.setswitchinterval(1e-5)
threads = [threading.Thread(target=ask) for _ in range(8)]
collecting = threading.Thread(target=collect)
for thread in (*threads, collecting):
    thread.start()
for thread in threads:
    thread.join()
asking = False
collecting.join()
print("answered")
"""
ENDING = """
import threading
from symconv.families.search import search
from symconv.terms import sizes
(x,) = sizes("x")
for _ in range(20):
    points = []
    thread = threading.Thread(target=lambda: points.append(search(x >= 0, ("x",), x, 60)))
    thread.start()
    thread.join()
    assert next(points[0]) == {"x": 0}  # what a thread has begun goes on when it has ended
def leave():
    kept.append(search(x >= 0, ("x",), x, 60))
    next(kept[-1])
kept = []
threads = [threading.Thread(target=leave) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("answered")
"""
LEAVING = """
import threading
from symconv import prove
def go_on():
    while True:
        prove(claim="a*b*c == c*b*a")
for _ in range(3):
    threading.Thread(target=go_on, daemon=True).start()
prove(claim="x*x >= x")
print("answered")
"""


@pytest.mark.parametrize("code", [IN_CYCLES, ENDING, LEAVING], ids=["cycles", "ending", "leaving"])
def test_no_context_is_freed_too_early_or_by_two(code):
    assert python("-c", code) == (0, "answered\n")


def test_a_term_is_one_object_for_all_threads():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for number in range(200):
            made = at_once(lambda number=number: [(x * number + i) // y for i in range(20)])
            assert len({id(term) for terms in made for term in terms}) == 20
    finally:
        sys.setswitchinterval(before)


def test_ctrl_c_is_for_the_main_thread(monkeypatch):
    monkeypatch.setattr(interrupt, "GRACE", 10**6)
    with Clock(600).running() as clock:
        signal.raise_signal(signal.SIGINT)
        assert at_once(over) == [""] * THREADS
        assert over() == clock.over == INTERRUPTED


def test_only_the_main_threads_question_is_ended():
    """While a thread asks, nothing can be ended; while the main thread asks, its question can."""
    ended = []

    class Asked:
        def interrupt(self):
            ended.append(threading.current_thread().name)

    def ask():
        with z3question.under_way(Asked(), 60):
            z3question.end_question()

    at_once(ask)
    assert ended == []
    with z3question.under_way(Asked(), 60):
        at_once(z3question.end_question, threads=1)
    assert len(ended) == 1
    z3question.end_question()
    assert len(ended) == 1


def test_a_question_that_misses_its_end_is_stopped_in_any_thread(monkeypatch):
    """Z3 went on for minutes where its time was up before its search had begun."""
    monkeypatch.setattr(z3question, "LATE", 0)
    stopped = threading.Event()

    class Deaf:
        def interrupt(self):
            stopped.set()

    def ask():
        with z3question.under_way(Deaf(), 0):
            return stopped.wait(60)

    assert at_once(ask, threads=1) == [True]


def test_a_prover_that_is_being_loaded_is_at_no_question(monkeypatch):
    name = "symconv.proving.z3question"
    monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    interrupt._end_question()


def test_threads_that_run_torch_get_its_sizes():
    pytest.importorskip("torch")
    from symconv.witness import Witness, weights

    layer = symconv.Conv1d(2, 2, 2, padding="same")  # of which torch warns that it is slow
    pool = symconv.MaxUnpool1d(2)

    def run():
        witness, given = Witness(), [(size,) for size in range(1, 30)]
        return witness.each(layer, given), witness.each(pool, given), weights(layer)

    assert at_once(run) == [run()] * THREADS


def test_threads_that_run_torch_leave_no_warning_filter_behind():
    pytest.importorskip("torch")
    from symconv.witness import Witness, weights

    def run():
        for size in range(5, 25):  # each enters and leaves torch's quiet
            Witness().sizes(symconv.MaxPool1d(3), (size,))
            weights(symconv.Conv1d(kernel_size=3))

    run()  # torch filters warnings for good while it is imported
    filters = list(warnings.filters)
    at_once(run)
    assert warnings.filters == filters
