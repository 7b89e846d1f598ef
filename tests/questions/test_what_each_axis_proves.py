"""Settings that need a proof of their own have one also where axes differ, in cuts and in advice."""

import pytest

from symconv import size, solve
from symconv.proving.clock import TIME_UP, Clock
from symconv.questions.conflicts import Conflict
from symconv.solving import cut
from symconv.solving.result import LayerSolution

GOAL = "W//9 + 1"


def does(layers, far=80):
    """Whether layers turn every size that they take into W//9 + 1."""
    passed = (size(layers, given) for given in range(1, far))
    return all(
        one.refused or {*one.rows[-1]} == {entering // 9 + 1}
        for entering, one in enumerate(passed, 1)
    )


@pytest.mark.parametrize("kernel", ["?", "(?, ?)", "(1..20, ?)"])
def test_every_setting_does_it_to_every_size(kernel):
    """Of axes that differ, settings were listed that do it to the instances only."""
    layers = f"Conv2d(kernel_size={kernel}, stride=9, padding=?) -> ReLU()"
    answer = solve(layers, output=GOAL, limit=8)
    assert len(answer) == 8
    assert all(does(answer.layers(row)) for row in answer)


def test_every_way_out_does_it_to_every_size():
    layers = "Conv1d(kernel_size=?, stride=9, padding=9) -> ReLU()"
    answer = solve(layers, output=GOAL, where="kernel_size <= 8")
    assert answer.conflict.relaxations
    for way in answer.conflict.relaxations:
        example = {"stride": 9, "padding": 9} | way.example
        written = ", ".join(f"{name}={value}" for name, value in example.items())
        assert does(f"Conv1d({written})")


FLAT = "Conv2d(1, 3, kernel_size=?, padding=?, stride=?) -> Flatten()"


@pytest.mark.parametrize("limit", [1, 2, 5, 9])
def test_a_list_before_a_cut_that_its_limit_ends_is_not_whole(limit):
    answer = solve(FLAT, input=8, output=48, limit=limit)
    assert (len(answer), answer.exhausted, answer.count) == (limit, False, None)


CASES = {
    ("solved", "unknown"): ("solved", False),
    ("unknown", "infeasible"): ("unknown", False),
    ("infeasible", "infeasible"): ("infeasible", True),
}


@pytest.mark.parametrize(("words", "expected"), CASES.items(), ids=str)
def test_what_is_not_known_of_one_shape_is_not_known_of_all(words, expected, monkeypatch):
    """Out of 3x4 cells come 12 features, as of 4x3 and others; of each shape something is known."""
    real = cut.answered_by_axes

    def alone(axes, *more):
        answer = real(axes, *more)
        made = tuple(problem.goal.gives(problem.goal.least_input) for problem, *_ in axes)
        word = words[0] if made == (3, 4) else words[1]
        if word == "solved":
            return answer
        why = TIME_UP if word == "unknown" else ""
        conflict = Conflict() if word == "infeasible" else None
        return LayerSolution(word, problems=answer.problems, why=why, conflict=conflict)

    monkeypatch.setattr(cut, "answered_by_axes", alone)
    monkeypatch.setattr(cut, "_empty", lambda axes, clock: False)
    answer = solve("Conv2d(1, 1, kernel_size=1..9) -> Flatten()", input=(8, 9), output=12,
                   limit=None)  # fmt: skip
    assert (answer.verdict, answer.exhausted) == expected
    assert (answer.reason == TIME_UP) == ("unknown" in words)


def test_a_part_of_the_settings_is_not_counted_as_all():
    layers = "Conv2d(kernel_size=(1..30, 1..30), stride=1..30, padding=0..30, dilation=1..30)"
    whole = solve(layers, input=20, output=5, limit=1, timeout=300)
    over = Clock(60)
    over.stop(TIME_UP)
    assert whole.counted(over) is None
    few = "Conv2d(kernel_size=(1..4, 2..4), padding=0..2)"
    counted = solve(few, input=6, output=5, limit=1).counted(Clock(300))
    assert counted == len(solve(few, input=6, output=5, limit=None)) > 1
