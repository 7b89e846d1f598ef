"""Whatever an answer of `solve` says is true: requests at random, each sentence judged by trying.

`tests/support/truth*.py` draw the requests and judge the answers. Requests are small, so that each
has an answer, in time that no machine needs; what is refused is refused for a reason that is seen
in the request, or by trying. How many of each kind were drawn is printed (`pytest -s`).
"""

import random
from collections import Counter
from dataclasses import replace

import pytest

import truth
import truth_designs
from symconv import solve
from symconv.errors import RequestError
from symconv.questions import sampling
from symconv.questions.conflicts import Conflict, Relaxation
from symconv.solving.result import LayerSolution
from symconv.solving.unanswered import Unanswered
from truth_drawing import random_request
from truth_refusals import confirmed
from truth_requests import Part, Request
from truth_sentences import PATIENCE

JUDGES = {
    "LayerSolution": truth.faults,
    "CutSolution": truth.faults,
    "Designs": truth_designs.faults,
    "InputSizes": truth_designs.input_faults,
}
"""What judges answers, by what they are."""
QUICK, MANY = 100, 50
REFUSED, UNKNOWN = 0.1, 0.01
"""At most so many of the requests are refused, and of so many the answer is unknown."""


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Whoever counts or draws rows has as much time as whoever finds them."""
    monkeypatch.setattr(sampling, "SECONDS", PATIENCE)


def judged(seeds):
    """Return what is false in the answers to some requests, and how many there were of a kind."""
    drawn, false = Counter(), []
    for seed in seeds:
        request = random_request(random.Random(seed))
        try:
            answer = solve(request.text, **request.asked, timeout=PATIENCE)
        except RequestError as error:
            drawn["refused"] += 1
            if not confirmed(request, error):
                false.append(f"{request} is refused: {error}")
            continue
        drawn[f"{type(answer).__name__} {answer.verdict}"] += 1
        if isinstance(answer, Unanswered):
            false.append(f"{request} is not answered: {answer.reason}")
            continue
        faults = JUDGES[type(answer).__name__](request, answer)
        false += [f"{request}: {fault}" for fault in faults]
    return false, drawn


def told(drawn):
    """Say how many requests of each kind were drawn."""
    each = ", ".join(f"{number} {kind}" for kind, number in sorted(drawn.items()))
    return f"\n{drawn.total()} requests: {each}"


def share(drawn, word):
    """Return which part of the requests were answered by a word."""
    kinds = [kind for kind in drawn if kind.split(" ")[-1] == word]
    return sum(drawn[kind] for kind in kinds) / drawn.total()


@pytest.mark.parametrize(
    "seeds",
    [range(QUICK), pytest.param(range(QUICK, QUICK + MANY), marks=pytest.mark.exhaustive)],
    ids=str,
)
def test_what_answers_say_is_true(seeds):
    false, drawn = judged(seeds)
    print(told(drawn))
    assert not false, "\n".join(false)
    assert share(drawn, "refused") <= REFUSED
    assert share(drawn, "unknown") <= UNKNOWN
    assert min(share(drawn, "solved"), share(drawn, "infeasible")) > 0.25


KERNEL = Request(
    (Part("ConvTranspose1d", (("kernel_size", "3"), ("stride", "?"))),),
    {"up": 2},
    ("even(kernel_size)",),
)
PAIR = Request(
    (Part("Conv1d", (("kernel_size", "1..2"),)), Part("Conv1d", (("kernel_size", "2..3"),))),
    {"input": 9, "output": 3},
)
UP = Request((Part("ConvTranspose1d", (("kernel_size", "1..6"), ("stride", "2"),
                                       ("padding", "?"))),), {"up": 2})  # fmt: skip


def answered(request):
    """Return the answer to a request, in which nothing is false, and what judges it."""
    answer = solve(request.text, **request.asked)
    judge = JUDGES[type(answer).__name__]
    assert not list(judge(request, answer))
    return answer, judge


def changed(answer, **changes):
    """Return an answer with another conflict."""
    return answer.changed(conflict=replace(answer.conflict, **changes))


def test_a_sentence_that_is_dropped_is_noticed():
    answer, judge = answered(KERNEL)
    sentences = answer.conflict.sentences
    for place in range(len(sentences)):
        fewer = changed(answer, sentences=sentences[:place] + sentences[place + 1 :])
        assert list(judge(KERNEL, fewer))


def test_a_sentence_too_many_is_noticed():
    answer, judge = answered(KERNEL)
    more = {sentence.says: sentence for sentence in answer.problem.sentences}
    assert list(judge(KERNEL, changed(answer, sentences=tuple(more.values()))))


def test_a_kind_that_is_swapped_is_noticed():
    for request in (KERNEL, PAIR):
        answer, judge = answered(request)
        kinds = {sentence.kind for sentence in answer.conflict.sentences}
        assert kinds & {"written", "default"}
        for sentence in answer.conflict.sentences:
            if sentence.kind not in ("written", "default"):
                continue
            says = sentence.says.replace(", as you wrote", ", torch's default")
            says = says if says != sentence.says else says.split(", torch's")[0] + ", as you wrote"
            sentences = [one if one is not sentence else one._replace(says=says)
                         for one in answer.conflict.sentences]  # fmt: skip
            assert list(judge(request, changed(answer, sentences=tuple(sentences))))


def test_a_wrong_way_out_is_noticed():
    for request in (KERNEL, PAIR):
        answer, judge = answered(request)
        first, *others = answer.conflict.relaxations
        sentences = [str(sentence) for sentence in answer.conflict.sentences]
        other = next(says for says in reversed(sentences) if says != first.sentence)
        wrong = Relaxation(other, first.example, first.says)
        assert list(judge(request, changed(answer, relaxations=(wrong, *others))))


def test_a_wrong_row_a_missing_one_and_a_wrong_count_are_noticed():
    answer, judge = answered(UP)
    rows = list(answer.settings)
    for listed in (rows[:-1], rows[::-1], [*rows, rows[0]]):
        wrong = answer.changed(settings=type(answer.settings).of(listed))
        assert list(judge(UP, wrong))


def test_a_family_of_another_answer_is_noticed():
    answer, judge = answered(UP)
    others = solve(UP.text.replace("stride=2", "stride=4"), up=4).families
    assert answer.families
    assert list(judge(UP, answer.changed(families=others)))


def test_an_answer_that_there_is_none_is_noticed_where_there_is_one():
    answer, judge = answered(UP)
    why = Conflict(answer.problem.sentences)
    none = LayerSolution("infeasible", problems=answer.problems, conflict=why)
    assert list(judge(UP, none))
