"""A question to Z3: statements under search, within a time limit, in whatever thread.

How long Z3 takes for products is a matter of luck: most often milliseconds, now and then forever.
So a question that takes long is begun again with another seed (Gomes, Selman, Crato and Kautz,
Heavy-tailed phenomena in satisfiability, 2000).

What only makes an answer shorter is asked with a limit on Z3's work instead, which it counts in
units of its own: then a busy machine gives the same answer, only later.

Z3 may miss the end of its time, if that is so short that it comes before the search has begun. So a
thread of ours looks after the questions that are under way, and stops those that are late.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple
from weakref import WeakSet

import z3

from symconv.meanings.smt import SMT, context, renew
from symconv.proving.clock import Clock
from symconv.terms import Term, interpret, variables

LEAST_TRY = 0.25
"""Seconds after which a question may be begun again: a quarter of what is left, but not less."""
MOST_DIGITS = 4000
"""Python reads and writes integers of at most 4,300 digits."""
SOON = 500_000
"""What a question may cost, in Z3's units, to which there is an answer at once or none: most take
some thousands, and this is about a third of a second's work."""
LATE = 0.5
"""Seconds after its time that Z3 has to end a question by itself."""
POLL = 0.05
"""How often it is looked whether a question is late."""


class Question:
    """A set of statements under search, with the time that is left for it.

    All of it belongs to the Z3 context of the thread that asks first, whoever goes on asking.

    Args:
        clock: the time that is left.
        effort: what each check may cost, in Z3's units; then no seed is tried but the first.
    """

    def __init__(self, clock: Clock, effort: int | None = None) -> None:
        """Begin with nothing that is stated."""
        self.clock, self.effort = clock, effort
        self.context = context()
        self.solver = self.checked_solver = _solver(self.context)
        if effort:
            self.solver.set("rlimit", effort)
        self.names: dict[str, z3.ArithRef] = {}
        self.words = SMT | {"constant": partial(z3.IntVal, ctx=self.context)}

    def smt(self, term: Term) -> z3.ExprRef:
        """Return a term in Z3's words, over this question's variables."""
        for name in variables(term):
            self.smt_name(name)
        return interpret(term, self.words, self.names)

    def add(self, *terms: Term) -> None:
        """State that these hold."""
        self.solver.add(*map(self.smt, terms))

    def check(self, *assumptions: z3.BoolRef) -> str:
        """Return `sat`, `unsat` or `unknown`; never later than the deadline by much."""
        seed = 0
        while left := self.clock.left:
            again = partial(_solver, self.context, seed)
            self.checked_solver = again(self.solver.assertions()) if seed else self.solver
            tried = left if self.effort else min(left, max(LEAST_TRY, left / 4))
            self.checked_solver.set("timeout", max(1, int(tried * 1000)))
            with under_way(self.context, left):
                answer = str(self.checked_solver.check(*assumptions))
            if self.stopped:
                return "unknown"  # what Z3 says then is not to be trusted
            gave_up = self.clock.left > left - tried + 0.01
            if answer != "unknown" or gave_up:
                return answer
            seed += 1
        return "unknown"

    @property
    def stopped(self) -> bool:
        """Whether Z3 was made to give it up; then nothing more can be asked or stated here."""
        return self.context in _stopped

    def values(self, names: Iterable[str]) -> dict[str, int]:
        """Return the values that were found."""
        return {name: int(value.as_string()) for name, value in self._found(names)}

    def values_are_long(self, names: Iterable[str]) -> bool:
        """Whether one of the values has too many digits for Python to read."""
        return any(len(value.as_string()) > MOST_DIGITS for _, value in self._found(names))

    def _found(self, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
        model = self.checked_solver.model()
        return ((n, model.eval(self.smt_name(n), model_completion=True)) for n in names)

    def smt_name(self, name: str) -> z3.ArithRef:
        """Return a variable."""
        if name not in self.names:
            self.names[name] = z3.Int(name, self.context)
        return self.names[name]

    @property
    def why_unknown(self) -> str:
        """Why the last check had no answer."""
        return self.clock.over or f"Z3 gave up: {self.checked_solver.reason_unknown()}"


def _solver(within: z3.Context, seed: int = 0, statements: Iterable[z3.BoolRef] = ()) -> z3.Solver:
    solver = z3.SimpleSolver(within)
    solver.set("ctrl_c", False)  # `symconv.proving.interrupt` sees to it
    solver.set("random_seed", seed)
    solver.add(*statements)
    return solver


class UnderWay(NamedTuple):
    """A question that Z3 is at: where it was asked, and when it is late."""

    context: z3.Context
    late: float
    in_main: bool

    def stop(self) -> None:
        """Make Z3 give it up; its context may stay stopped."""
        _stopped.add(self.context)
        self.context.interrupt()


_lock, _begun = threading.Lock(), threading.Event()
_questions: list[UnderWay] = []
"""What Z3 is at in all threads; whoever looks holds the lock."""
_stopped: WeakSet[z3.Context] = WeakSet()
_watching: threading.Thread | None = None


@contextmanager
def under_way(context_asked: z3.Context, seconds: float) -> Iterator[None]:
    """Have Z3 stopped at a question if it does not end by itself after some seconds.

    A context that Z3 was stopped in may stay stopped: its questions have no answer any more, and
    the next question is asked in a new one.
    """
    global _watching
    main = threading.current_thread() is threading.main_thread()
    question = UnderWay(context_asked, time.monotonic() + seconds + LATE, main)
    with _lock:
        _questions.append(question)
        _begun.set()
        if _watching is None or not _watching.is_alive():  # it does not live on in a forked process
            _watching = threading.Thread(target=_watch, daemon=True)
            _watching.start()
    try:
        yield
    finally:
        with _lock:
            _questions.remove(question)
        if context_asked in _stopped and context() is context_asked:
            renew()


def _watch() -> None:
    """Stop questions that are late, again and again until they end."""
    while _begun.wait():
        with _lock:
            for question in _questions:
                if time.monotonic() > question.late:
                    question.stop()
            if not _questions:
                _begun.clear()
        time.sleep(POLL)


def end_question() -> bool:
    """Make Z3 give up the main thread's question, if it is at one; any thread may call this."""
    with _lock:
        ended = [question for question in _questions if question.in_main]
        for question in ended:
            question.stop()
        return bool(ended)
