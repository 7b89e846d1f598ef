"""Z3 as a prover: proved, refuted with the smallest counterexample, unknown with the reason."""

import itertools
import threading
import time

import pytest

from symconv.families.search import possible
from symconv.meanings.integers import INTEGERS
from symconv.meanings.smt import context
from symconv.operators import OPERATORS
from symconv.operators.letters import A, D, F, P, S, W, extent
from symconv.proving import Clock, follows, prove, prove_by_parity, z3question
from symconv.proving.z3question import Question
from symconv.terms import both, constant, interpret, sizes, substitute, variables

x, y, z, n = sizes("x y z n")
conv, conv_transpose = OPERATORS["conv"].symmetric, OPERATORS["conv_transpose"]
fits = (n - 1) * S + extent <= W + 2 * P


def test_the_floor_is_a_count():
    assert prove((n <= conv.size).iff(fits), [S >= 1]).proved


@pytest.mark.parametrize("wrong", [conv.size - 1, conv.size + 1, (W + 2 * P - D * F) // S + 1])
def test_planted_faults_in_the_law_are_refuted(wrong):
    verdict = prove((n <= wrong).iff(fits), [S >= 1])
    assert verdict.word == "refuted"
    assert not interpret((n <= wrong).iff(fits), INTEGERS, verdict.counterexample)


def test_conv_undoes_its_transpose_only_for_small_output_padding():
    back = substitute(conv.size, {W: conv_transpose.size}).eq(W)
    sizes_of_it = [W >= 1, F >= 1, S >= 1, D >= 1, P >= 0, A >= 0]
    assert prove(back, [*sizes_of_it, A < S]).proved
    verdict = prove(back, [*sizes_of_it, (A < S) | (A < D)])
    assert verdict.smallest
    assert verdict.counterexample == {"W": 1, "S": 1, "D": 2, "F": 1, "P": 0, "A": 1}


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (x * y <= 10, [x >= 0]),
        ((x // 3) * 3 >= x, [x >= 0]),
        (x % 7 <= 3, []),
        ((x + y).eq(y), [y >= 2]),
        (x * x > 2 * x, [x >= 1]),
    ],
)
def test_counterexamples_are_the_smallest_there_are(claim, given):
    verdict = prove(claim, given)
    names = variables(claim, *given)
    size = sum(map(abs, verdict.counterexample.values()))
    for values in itertools.product(range(-size, size + 1), repeat=len(names)):
        env = dict(zip(names, values, strict=True))
        if sum(map(abs, values)) < size and all(interpret(g, INTEGERS, env) for g in given):
            assert interpret(claim, INTEGERS, env)


def test_a_division_by_zero_is_unknown_not_proved():
    verdict = prove((x // y) * y + x % y <= x, [x >= 0])
    assert verdict.word == "unknown"
    assert "divisor may be zero" in verdict.reason
    assert prove(((x // y) * y + x % y).eq(x), [~y.eq(0)]).proved
    assert prove(y.eq(0) | (x // y <= x), [x >= 0, y >= 0]).proved


def test_running_out_of_time_is_unknown():
    hard = ~(x * x * x + y * y * y + z * z * z).eq(42)
    verdict = prove(hard, [~x.eq(0)], seconds=0.5)
    assert verdict.word == "unknown"
    assert "time limit" in verdict.reason or "gave up" in verdict.reason


def test_what_follows_is_a_matter_of_work_not_of_time():
    clock = Clock(600)
    assert follows((x // y) * y <= x, [y >= 1], clock)
    assert not follows((x // y) * y < x, [y >= 1], clock)
    assert not follows((x // y).eq(x // y), [], clock)  # y may be 0
    assert not follows(x <= x + constant(10**5000), [], clock)
    question = Question(clock, z3question.SOON)
    question.add((x * x * x + y * y * y + z * z * z).eq(42))
    assert question.check() == "unknown"  # long before the 600 seconds
    assert not clock.over
    assert "Z3 gave up" in question.why_unknown
    assert not follows(x <= x, [], Clock(0))


def test_a_verdict_has_no_truth_value_of_its_own():
    with pytest.raises(TypeError, match="proved"):
        bool(prove(x <= x))


def test_parity_settles_what_a_plain_search_does_not():
    rule = (D * (F - 1) + 1).eq(2 + 2 * P)
    given = [rule, D >= 1, F >= 1, P >= 0]
    assert prove_by_parity((F % 2).eq(0) & (D % 2).eq(1), given, ("D", "F")).proved
    assert not prove_by_parity((F % 2).eq(1), given, ("D", "F")).proved
    assert not prove_by_parity(~both(), given, ("D", "F")).proved


class Stuck:
    """A solver that uses up its time and has no answer."""

    def __init__(self, solver):
        self.solver, self.seconds = solver, 0.0

    def set(self, name, value):
        self.seconds = value / 1000

    def check(self, *assumptions):
        time.sleep(self.seconds)
        return "unknown"

    def __getattr__(self, name):
        return getattr(self.solver, name)


def test_a_question_that_takes_long_is_begun_again(monkeypatch):
    plain, begun = z3question._solver, []

    def first_one_stuck(context, seed=0, statements=()):
        begun.append(seed)
        solver = plain(context, seed, statements)
        return solver if seed >= 2 else Stuck(solver)

    monkeypatch.setattr(z3question, "_solver", first_one_stuck)
    monkeypatch.setattr(z3question, "LEAST_TRY", 0.01)
    assert prove((x // y) * y <= x, [y >= 1], seconds=10).proved
    assert max(begun) >= 2
    monkeypatch.setattr(z3question, "_solver", lambda context, *_: Stuck(plain(context)))
    assert prove((x // y) * y <= x, [y >= 1], seconds=0.2).word == "unknown"


MAIN = threading.current_thread() is threading.main_thread()


@pytest.mark.skipif(not MAIN, reason="only the main thread's questions are stopped")
def test_what_z3_says_after_it_was_stopped_is_not_believed(monkeypatch):
    """It has said `sat` of what cannot be, and refused every word in that context."""
    question, before = Question(Clock(60)), context()
    question.add(W > 3)
    check = question.checked_solver.check

    def stopped(*assumptions):
        assert z3question.end_question()
        return check(*assumptions)

    monkeypatch.setattr(question.checked_solver, "check", stopped)
    assert question.check() == "unknown"
    assert context() is not before
    assert prove(W // S >= 0, [W >= 0, S >= 1]).proved


def test_what_z3_finds_is_tried_before_it_is_believed(monkeypatch):
    monkeypatch.setattr(z3question.Question, "check", lambda self: "sat")
    monkeypatch.setattr(z3question.Question, "values_are_long", lambda self, names: False)
    monkeypatch.setattr(z3question.Question, "values", lambda self, names: {"W": 3})
    assert possible(W > 2, 60)
    assert possible(W > 3, 60) is None


def test_a_question_that_was_begun_again_sees_what_is_stated_afterwards(monkeypatch):
    """The copy with another seed answers one check; the next one is asked of the question."""
    monkeypatch.setattr(z3question, "LEAST_TRY", 0.01)
    question = Question(Clock(8))
    question.add(x >= 5)
    plain = question.solver
    question.solver = question.checked_solver = Stuck(plain)
    assert question.check() == "sat"  # by a copy: the question itself is stuck
    question.solver = plain
    question.add(x <= 4)
    assert question.check() == "unsat"
