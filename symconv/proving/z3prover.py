"""Z3 as a prover: given ⇒ claim over the integers, within a time limit.

Z3 looks for values that satisfy the hypotheses and not the claim; that there are none is the
proof. SMT-LIB leaves division by zero open, so the claim is first shown to divide by nothing that
may be zero. A counterexample is checked in plain integers before it is shown.

How long Z3 takes for products is a matter of luck: most often milliseconds, now and then forever.
So a question that takes long is begun again with another seed (Gomes, Selman, Crato and Kautz,
Heavy-tailed phenomena in satisfiability, 2000).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from weakref import WeakSet

import z3

from symconv.meanings.integers import PLAIN
from symconv.meanings.smt import SMT, context, renew
from symconv.proving.clock import Clock
from symconv.proving.verdict import Verdict
from symconv.terms import Term, both, defined, interpret, parts, variables

TIME_LIMIT = 2.0
LEAST_TRY = 0.25
"""Seconds after which a question may be begun again: a quarter of what is left, but not less."""
MOST_DIGITS = 4000
"""Python reads and writes integers of at most 4,300 digits."""
TOO_LONG = f"numbers of more than {MOST_DIGITS:,} digits"
MOST_TIES = 40
"""Among counterexamples of one size, values up to this are tried in turn."""

_asking, _asked, _stopped = threading.Lock(), list[z3.Context](), WeakSet[z3.Context]()
"""What the main thread's question belongs to, while Z3 is at it, and where it was made to stop."""


class Question:
    """A set of statements under search, with the time that is left for it.

    All of it belongs to the Z3 context of the thread that asks first, whoever goes on asking.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing that is stated."""
        self.clock = clock
        self.context = context()
        self.solver = self.answered = _solver(self.context)
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
            self.answered = again(self.solver.assertions()) if seed else self.solver
            tried = min(left, max(LEAST_TRY, left / 4))
            self.answered.set("timeout", max(1, int(tried * 1000)))
            with _under_way(self.context):
                answer = str(self.answered.check(*assumptions))
            if self.context in _stopped:
                return "unknown"  # what Z3 says then is not to be trusted
            gave_up = self.clock.left > left - tried + 0.01
            if answer != "unknown" or gave_up:
                return answer
            seed += 1
        return "unknown"

    def values(self, names: Iterable[str]) -> dict[str, int]:
        """Return the values that were found."""
        return {name: int(value.as_string()) for name, value in self._found(names)}

    def values_are_long(self, names: Iterable[str]) -> bool:
        """Whether one of the values has too many digits for Python to read."""
        return any(len(value.as_string()) > MOST_DIGITS for _, value in self._found(names))

    def _found(self, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
        model = self.answered.model()
        return ((n, model.eval(self.smt_name(n), model_completion=True)) for n in names)

    def smt_name(self, name: str) -> z3.ArithRef:
        """Return a variable."""
        if name not in self.names:
            self.names[name] = z3.Int(name, self.context)
        return self.names[name]

    @property
    def why_unknown(self) -> str:
        """Why the last check had no answer."""
        return self.clock.over or f"Z3 gave up: {self.answered.reason_unknown()}"


def _solver(within: z3.Context, seed: int = 0, statements: Iterable[z3.BoolRef] = ()) -> z3.Solver:
    solver = z3.SimpleSolver(within)
    solver.set("ctrl_c", False)  # `symconv.proving.interrupt` sees to it
    solver.set("random_seed", seed)
    solver.add(*statements)
    return solver


@contextmanager
def _under_way(asked: z3.Context) -> Iterator[None]:
    """Let `end_question` know that Z3 is at a question, if the main thread has asked it.

    A context that Z3 was stopped in may stay stopped: its questions have no answer any more, and
    the next question is asked in a new one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _asking:
        _asked.append(asked)
    try:
        yield
    finally:
        with _asking:
            _asked.clear()
        if asked in _stopped and context() is asked:
            renew()


def end_question() -> bool:
    """Make Z3 give up the main thread's question, if it is at one; any thread may call this."""
    with _asking:
        for asked in _asked:
            asked.interrupt()
            _stopped.add(asked)
        return bool(_asked)


def prove(
    claim: Term,
    given: Mapping[str, Term] | Iterable[Term] = (),
    *,
    seconds: float = TIME_LIMIT,
) -> Verdict:
    """Decide whether the hypotheses imply the claim, for all integers.

    Args:
        claim: a statement.
        given: hypotheses, perhaps under their sentences.
        seconds: the time limit; running out of it is `unknown`.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> prove((W // S) * S <= W, [S >= 1]).word
    'proved'
    >>> print(prove((W // S) * S >= W, [S >= 1]))
    refuted by the smallest counterexample W = 1, S = 2
    """
    start, clock = time.monotonic(), Clock(seconds)
    hypotheses = tuple(given.values() if isinstance(given, Mapping) else given)
    names = variables(claim, *hypotheses)
    if any(_long(part) for term in (claim, *hypotheses) for part in parts(term)):
        return Verdict("unknown", "z3", reason=TOO_LONG)
    guards = [defined(term) for term in (*hypotheses, claim)]
    nothing = both()
    if any(guard is not nothing for guard in guards):
        verdict = _search(both(*guards), hypotheses, names, clock)
        if verdict.word != "proved":
            zero = "a divisor may be zero"
            reason = zero if verdict.counterexample else clock.over or zero
            if verdict.counterexample:
                values = ", ".join(f"{n} = {v}" for n, v in verdict.counterexample.items())
                reason += f", for instance with {values}"
            return Verdict("unknown", "z3", reason=reason, seconds=time.monotonic() - start)
    verdict = _search(claim, hypotheses, names, clock)
    return Verdict(
        verdict.word,
        "z3",
        verdict.counterexample,
        verdict.smallest,
        verdict.reason,
        time.monotonic() - start,
    )


def _search(
    claim: Term, hypotheses: tuple[Term, ...], names: tuple[str, ...], clock: Clock
) -> Verdict:
    question = Question(clock)
    question.add(*hypotheses, ~claim)
    answer = question.check()
    if answer == "unsat":
        return Verdict("proved", "z3")
    if answer == "unknown":
        return Verdict("unknown", "z3", reason=question.why_unknown)
    if question.values_are_long(names):
        return Verdict("unknown", "z3", reason=TOO_LONG)
    found, smallest = _smallest(question, names)
    if not all(holds(one, found) for one in hypotheses) or holds(claim, found):
        return Verdict("unknown", "z3", reason=f"Z3's counterexample {found} is none")
    return Verdict("refuted", "z3", found, smallest)


def _long(part: Term) -> bool:
    """Whether a term is a number of too many digits."""
    return part.word == "constant" and abs(part.args[0]) >= 10**MOST_DIGITS


def holds(statement: Term, values: Mapping[str, int]) -> bool:
    """Whether a statement is defined and true: what Z3 finds is tried before it is believed."""
    try:
        return bool(PLAIN.evaluate(statement, values))
    except ZeroDivisionError:
        return False


def _total(values: Mapping[str, int]) -> int:
    return sum(map(abs, values.values()))


def _smallest(question: Question, names: tuple[str, ...]) -> tuple[dict[str, int], bool]:
    """Go down to the least sum of absolute values, then to the least value of each name in turn."""
    found = question.values(names)
    size = z3.Sum([z3.If(v >= 0, v, -v) for v in map(question.smt_name, names)])
    certain = True
    low, high = 0, _total(found)
    while low < high:
        middle = min((low + high) // 2, 2 * low + 8)
        question.solver.push()
        question.solver.add(size <= middle)
        answer = question.check()
        if answer == "sat":
            found = question.values(names)
            high = _total(found)
        else:
            low = middle + 1
            certain = certain and answer == "unsat"
        question.solver.pop()
    question.solver.add(size == high)
    for name in names:
        reach = min(abs(found[name]), MOST_TIES)
        for value in sorted(range(-reach, reach + 1), key=lambda v: (abs(v), -v)):
            if (abs(value), -value) >= (abs(found[name]), -found[name]):
                break
            question.solver.push()
            question.solver.add(question.smt_name(name) == value)
            answer = question.check()
            if answer == "sat":
                found = question.values(names)
                break
            certain = certain and answer == "unsat"
            question.solver.pop()
        question.solver.add(question.smt_name(name) == found[name])
    return found, certain
