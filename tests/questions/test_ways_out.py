"""Ways out of a conflict, told of all axes; what is a default; conflicts that come out of time."""

import ctypes
import math

import pytest

from symconv import solve
from symconv.designing import conflicts
from symconv.designing.designer import design
from symconv.operators.letters import F, S
from symconv.proving import interrupt
from symconv.proving.clock import TIME_UP, OutOfTime
from symconv.questions.conflicts import Sentence
from symconv.questions.goals import pair


@pytest.mark.parametrize(
    ("layer", "goal", "helps"),
    [
        ("Conv2d(kernel_size=?, stride=2, padding=?)", {"down": (2, 1)}, True),
        ("ConvTranspose3d(kernel_size=(3..4, 6, ?), stride=?, dilation={2, 3}, output_padding=2)",
         {"same": True}, False),
        ("Conv2d(kernel_size=5, stride=?, padding=(1, 2..3), dilation={1, 3})", {"same": True}, True),
        ("AvgPool2d(kernel_size=3..3, stride={2, 3}, padding={1, 2})",
         {"input": (9, 4), "output": (9, 6)}, False),
    ],
)  # fmt: skip
def test_a_way_out_of_a_conflict_on_one_axis_helps_all_axes(layer, goal, helps):
    answer = solve(layer, **goal)
    assert answer.verdict == "infeasible"
    assert bool(answer.conflict.relaxations) == helps
    for way in answer.conflict.relaxations:
        name = way.sentence.split(" is ")[0]
        numbers = {key: tuple(n) if isinstance(n, list) else n for key, n in way.example.items()}
        again = solve(answer.problem.layer.changed(**{**numbers, name: "?"}), **goal)
        assert way.example in again.to_dict()["solutions"]


def test_a_condition_may_be_the_way_out_of_all_axes():
    layer = "LPPool2d(norm_type=2, kernel_size=3, stride={2, 4})"
    answer = solve(layer, input=(7, 11), output=(3, 5), where="odd(stride)")
    (way,) = (way for way in answer.conflict.relaxations if "odd" in way.sentence)
    assert way.example in solve(layer, input=(7, 11), output=(3, 5)).to_dict()["solutions"]


def test_a_bound_that_is_given_up_leaves_the_overlap_uniform():
    """With 2*dilation == 6 + 2*padding, a dilation of 3 comes first, and overlaps unevenly."""
    layer = "ConvTranspose1d(kernel_size=3, stride=3, padding=?, dilation=1..1)"
    answer = solve(layer, input=10, output=34, where="uniform_overlap")
    (way,) = (way for way in answer.conflict.relaxations if "dilation" in way.sentence)
    assert (way.example["dilation"], way.example["padding"]) == (4, 1)
    assert math.gcd(3, way.example["dilation"]) == 1


def test_a_way_out_names_the_numbers_of_each_axis():
    answer = solve("Conv2d(kernel_size=?, stride=2, padding=?)", down=(2, 1))
    (way,) = answer.conflict.relaxations
    assert way.example["stride"] == [2, 1]
    assert "stride = (2, 1)" in way.change


@pytest.mark.parametrize("kernel", ["3..3", "4..5", "{2, 6}", "(1..1, 4..6)"])
def test_a_pools_stride_that_nobody_wrote_is_told_as_its_default(kernel):
    answer = solve(
        f"AvgPool2d(kernel_size={kernel}, padding=0..3)", same=True, where="padding >= 1"
    )
    strides = [one for one in answer.problem.sentences if one.says.startswith("stride")]
    assert [one.kind for one in strides if "positive" not in one.says] == ["default"]


def test_a_stride_that_was_written_stays_where_a_kernel_is_given_up():
    layers = "MaxPool2d(kernel_size=2, stride=2) -> Conv2d(kernel_size=3..5)"
    answer = solve(layers, input=9, output=3)
    (way,) = (way for way in answer.conflict.relaxations if "kernel_size is 2" in way.sentence)
    assert way.example["layers"][0] == "MaxPool2d(kernel_size=1, stride=2)"


def _late(*_args, **_options):
    raise OutOfTime(TIME_UP)


def test_work_that_does_not_ask_the_clock_ends_in_an_answer(monkeypatch):
    monkeypatch.setattr("symconv.solving.together.answered", _late)
    answer = solve("Conv1d(kernel_size=?)", same=True)
    assert (answer.verdict, answer.reason) == ("unknown", TIME_UP)


def test_a_question_that_was_not_even_read_in_time_has_an_answer(monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.setattr("symconv.solving.solver.parts", _late)
    answer = solve("Conv1d(kernel_size=?)", same=True, verify=True, count=True)
    assert (answer.verdict, answer.reason, [*answer]) == ("unknown", TIME_UP, [])
    assert repr(answer) == f"unknown: {TIME_UP}"
    assert TIME_UP in answer.markdown()
    assert (answer.to_dict()["verdict"], answer.to_dict()["reason"]) == ("unknown", TIME_UP)
    assert answer.verify().checked == 0


def test_what_a_library_makes_of_the_end_of_time_ends_in_an_answer(monkeypatch):
    def turned(*_args, **_options):
        # the handler has raised `OutOfTime`, and ctypes met it
        interrupt.ended_by(interrupt.Ending(TIME_UP, interrupt._clocks[0]))
        raise ctypes.ArgumentError

    monkeypatch.setattr("symconv.solving.together.answered", turned)
    assert solve("Conv1d(kernel_size=?)", same=True).reason == TIME_UP


def test_other_errors_are_raised(monkeypatch):
    def fails(*_args, **_options):
        raise ctypes.ArgumentError

    monkeypatch.setattr("symconv.solving.together.answered", fails)
    with pytest.raises(ctypes.ArgumentError):
        solve("Conv1d(kernel_size=?)", same=True)


def test_a_conflict_that_is_not_explained_in_time_still_is_one(monkeypatch):
    monkeypatch.setattr("symconv.designing.conflicts._explained", _late)
    answer = solve("2 x Conv1d(kernel_size=2..3)", input=9, output=9)
    assert (answer.verdict, answer.conflict.minimal) == ("infeasible", False)
    assert "the output is 9" in answer.to_dict()["conflict"]


def test_layers_that_look_alike_inside_a_repeat_are_sentences_of_their_own():
    """Both were one sentence, and leaving it out opened the last of them only."""
    layers = "1..2 x Sequential(Conv1d(kernel_size=3), Conv1d(kernel_size=3))"
    answer = solve(layers, input=9, output=6)
    kernels = [some.says for some in answer.conflict.sentences if "kernel_size" in some.says]
    assert [says.split(", Conv1d")[0] for says in kernels] == ["part 1, layer 1", "part 1, layer 2"]
    ways = {way.sentence: way.example["layers"] for way in answer.conflict.relaxations}
    three, two = ("Conv1d(kernel_size=3)", "Conv1d(kernel_size=2)")
    assert ways[kernels[0]] == [two, three]
    assert ways[kernels[1]] == [three, two]


def _without_words(conflict):
    return [way.example for way in conflict.relaxations], len(conflict.sentences), conflict.minimal


def test_ways_out_do_not_depend_on_what_layers_are_called(monkeypatch):
    """Sentences are told apart by their places: here all layers have the same name."""
    layers = "Conv1d(kernel_size=3) -> Conv1d(kernel_size=3) -> Conv1d(kernel_size=2..3, stride=2)"
    answer = solve(layers, input=19, output=17)
    named = conflicts._layers

    def nameless(question):
        return (("a layer", *where) for _, *where in named(question))

    monkeypatch.setattr(conflicts, "_layers", nameless)
    again = solve(layers, input=19, output=17)
    says = [sentence.says for sentence in again.conflict.sentences]
    assert len(set(says)) < len(says)
    assert _without_words(again.conflict) == _without_words(answer.conflict)


@pytest.mark.parametrize("order", [1, -1])
def test_conditions_of_equal_text_are_conditions_of_their_own(order):
    """The later one took the place of the other, in the search and among the ways out."""
    conditions = [F <= 3, S <= 2][::order]
    asked = [
        [Sentence(says, term, "condition") for says, term in zip(texts, conditions, strict=True)]
        for texts in (("small", "small"), ("small", "short"))
    ]
    layers, goal = "2 x Conv1d(kernel_size=2..9, stride=1..3)", [pair(30, 2)]
    alike, apart = (design(layers, goal, where=where) for where in asked)
    assert (alike.verdict, apart.verdict) == ("infeasible", "infeasible")
    assert _without_words(alike.conflict) == _without_words(apart.conflict)


def test_a_condition_that_is_stated_twice_is_one():
    condition = [Sentence("short", F <= 2, "condition"), Sentence("short", F <= 2, "condition")]
    layers, goal = "2 x Conv1d(kernel_size=2..9)", [pair(9, 3)]
    twice, once = (design(layers, goal, where=where) for where in (condition, condition[:1]))
    assert twice.conflict == once.conflict
    assert "short" in [sentence.says for sentence in once.conflict.sentences]
