"""What was finished when the time ended is kept: an answer, what torch said, what was counted."""

import pytest

import symconv
from symconv import audit, mirror, solve
from symconv.errors import UndecidedError
from symconv.families import witnessed
from symconv.proving.clock import INTERRUPTED, TIME_UP, Clock, OutOfTime, kept


def late(*_args, **_options):
    raise OutOfTime(TIME_UP)


ENCODER = "Conv1d(1, 1, 3, stride=2)"
ASKED = [
    lambda: solve("Conv1d(kernel_size=1..5, padding=?)", same=True, verify=True),
    lambda: solve("2 x Conv1d(kernel_size=1..5)", input=9, output=5, verify=True),
    lambda: solve(ENCODER, output="1..4", verify=True),
    lambda: mirror(ENCODER, for_="odd(W)", verify=True),
]


@pytest.mark.parametrize("ask", ASKED, ids=["layer", "chain", "inputs", "mirror"])
def test_an_answer_stays_where_torch_is_ended(ask, monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.setattr("symconv.witness.Witness.each", late)
    answer = ask()
    assert answer.verdict in ("solved", "proved")
    assert (answer.verified.checked, answer.verified.why) == (0, TIME_UP)
    assert TIME_UP in repr(answer)
    assert answer.to_dict()["verified"]["reason"] == TIME_UP


def test_an_audit_stays_where_torch_or_z3_is_ended(monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.setattr("symconv.witness.Witness.sizes", late)
    answer = audit(ENCODER, verify=True)
    assert (answer.verdict, answer.verified.why) == ("proved", TIME_UP)
    monkeypatch.setattr("symconv.networks.auditing.by_z3", late)
    answer = audit(ENCODER, z3=True)
    assert (answer.verdict, answer.second) == ("proved", None)
    assert any(TIME_UP in note for note in answer.notes)


def test_a_mirror_that_was_not_even_read_in_time_is_unknown(monkeypatch):
    monkeypatch.setattr("symconv.mirroring.answers.chain", late)
    answer = mirror(ENCODER)
    assert (answer.verdict, answer.reason) == ("unknown", TIME_UP)
    assert repr(answer) == f"unknown: {TIME_UP}"


def test_what_is_kept_is_what_there_was():
    clock = Clock(60)
    assert kept(clock, lambda: 1, lambda one: one + 1) == (2, "")
    assert kept(clock, lambda: 1, lambda one: one + 1, late) == (2, TIME_UP)
    assert kept(clock, late, lambda one: one + 1) == (None, TIME_UP)

    def interrupted(_answer):
        clock.stop(INTERRUPTED)
        clock.check()

    assert kept(clock, lambda: 1, interrupted) == (1, INTERRUPTED)


def test_other_reasons_to_be_undecided_are_not_the_end_of_time():
    def undecided():
        raise UndecidedError("a short period", "a long one", "Ask about fewer sizes.")

    with pytest.raises(UndecidedError, match="period"):
        kept(Clock(60), undecided)


def test_cases_that_are_not_run_are_counted_and_not_made(monkeypatch):
    """Each made up to a second of work, after the time was over."""
    pytest.importorskip("torch")
    answer = solve("Conv1d(kernel_size=1..9, padding=?)", same=True)
    clock = Clock(60)
    clock.stop(TIME_UP)
    monkeypatch.setattr(type(answer), "tries", late)
    verified = answer.verify("torch", clock)
    assert (verified.checked, verified.left, verified.why) == (0, len(answer), TIME_UP)


def test_what_a_judge_says_wrongly_is_no_end_of_time():
    pytest.importorskip("torch")

    def fails(_witness, _case):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        witnessed([({}, None)], fails, [symconv.Conv1d(1, 1, 1)], Clock(60))
