"""What `design` says where there is no design, and how its answers look, read and run."""

import json
import re
from dataclasses import replace

import pytest

import symconv
from chains_by_hand import INSTANCES, asked, pairs
from symconv.designing import conflicts, question, variants
from symconv.designing.designer import design
from symconv.designing.ranking import Ranking
from symconv.designing.result import Designs
from symconv.emit.sequential_code import sequential_code
from symconv.errors import RequestError
from symconv.operators import OPERATORS
from symconv.operators.letters import F, S, W
from symconv.proving import Clock
from symconv.proving.clock import INTERRUPTED, TIME_UP
from symconv.questions.goals import relation, scaling
from symconv.reading.chains import chain, parts
from symconv.reading.repeats import MOST_CHAINS, Repeat, expanded, written

SAME = [scaling("up", 1)]
UP = [scaling("up", 2)]
SECONDS = 100
"""More than a busy machine needs."""

CONFLICTS = [
    ("2 x Conv1d(kernel_size=1..3)", pairs((20,), (18,)), {"receptive_field": 9}),
    ("3 x Conv2d(kernel_size=3, stride=2)", pairs((20,), (2,)), {}),
    ("ConvTranspose1d(kernel_size=3, stride=2..3)", UP, {}),
    ("1..2 x Conv1d(kernel_size=3..5, stride=2)", pairs((100,), (3,)), {}),
    ("Conv1d(kernel_size=2..6) -> MaxPool1d(2)", pairs((20,), (9,)), {"where": asked("kernel_size > 3")}),
    ("MaxPool1d(kernel_size=2..3) -> ConvTranspose1d(kernel_size=2, stride=2)", pairs((9,), (9,)), {}),
    ("Conv1d(kernel_size=3, padding=same, dilation=1..2) -> Conv1d(kernel_size=2)", pairs((9,), (9,)), {}),
    ("Conv2d(kernel_size=3..4, stride=1..2)", pairs((9, 20), (8, 8)), {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "goals", "more"), CONFLICTS, ids=str)
def test_a_conflict_is_minimal_and_each_relaxation_works(text, goals, more):
    found = design(text, goals, timeout=SECONDS, **more)
    assert found.verdict == "infeasible"
    assert found.count == 0
    assert found.conflict.sentences
    rest = variants.Variant(found.question)
    leave_out = dict(conflicts._ways(found.question))
    for sentence, left_out in leave_out.items():
        rest = rest if sentence in found.conflict.sentences else left_out(rest)
    clock = Clock(SECONDS)
    assert rest.first(clock) == (None, True)
    without = [leave_out[one](rest).first(clock)[0] for one in found.conflict.sentences]
    assert (None in without) != found.conflict.minimal
    assert found.conflict.relaxations
    for one in found.conflict.relaxations:
        layers = chain(" -> ".join(one.example["layers"])).layers
        if "sizes" in one.example:
            sizes = [tuple(row) for row in one.example["sizes"]]
            assert symconv.size(layers, sizes[0]).rows == tuple(sizes)
            if "the output" not in one.sentence and found.question.for_all is None:
                assert {*sizes[-1]} == {goal.gives(goal.least_input) for goal in goals}


def test_chains_that_refuse_small_sizes_are_told_and_listed_where_sizes_are_named():
    text = "Conv1d(kernel_size=1..3) -> ConvTranspose1d(kernel_size=?)"
    every, larger = (symconv.solve(text, output="W", for_=sizes) for sizes in (None, "W >= 32"))
    assert [len(answer) for answer in (every, larger)] == [1, 3]
    assert any("chains that refuse small sizes" in note for note in every.notes)
    assert not larger.notes
    assert not symconv.solve(
        "Conv2d(8, 8, 3, padding=1) -> 2 x Upsample(scale_factor=1..3)", up=2
    ).notes
    refusing = "2 x Conv1d(kernel_size=1..3, padding=1, padding_mode=reflect)"
    assert symconv.solve(refusing, same=True).notes
    assert len(symconv.solve(refusing, output="W", for_="W >= 2")) == 1


def test_a_conflict_about_all_sizes_does_not_rest_on_some(monkeypatch):
    """With one sample nearly everything fits; the conflict follows what refuted it as well."""
    text = "Conv1d(kernel_size=1..3, stride=2) -> ConvTranspose1d(kernel_size=2, stride=2)"
    whole = design(text, SAME, timeout=SECONDS).conflict
    monkeypatch.setattr(question, "SAMPLES", (1,))
    found = design(text, SAME, timeout=SECONDS)
    assert found.verdict == "infeasible"
    for one in (*whole.relaxations, *found.conflict.relaxations):
        layers = chain(" -> ".join(one.example["layers"])).layers
        if "every size stays" not in one.sentence:
            assert all(symconv.size(layers, w).output == w for w in range(1, 40))


def test_a_conflict_names_the_defaults_that_take_part():
    found = design("2 x Conv1d(kernel_size=1..3)", pairs((20,), (18,)), receptive_field=9)
    assert found.conflict.minimal
    sentences = [*map(str, found.conflict.sentences)]
    asked_for = "you asked for receptive_field: an output cell sees at least 9 input cells"
    assert asked_for in sentences
    assert "the input is 20" not in sentences
    default = "dilation is 1, torch's default; write dilation=? to free it"
    assert any(default in says for says in sentences)


WRITTEN = [
    ("Conv1d(kernel_size=2..6) -> MaxPool1d(2)", "kernel_size > 3",
     "layer 2, MaxPool1d: kernel_size is 2, as you wrote"),
    ("Conv1d(kernel_size=2..6) -> Conv1d(kernel_size=2..6, stride=1)", "even(stride)",
     "layer 2, Conv1d: stride is 1, as you wrote"),
    ("Conv1d(kernel_size=2..6) -> MaxPool1d(2..3)", "kernel_size > 5",
     "layer 2, MaxPool1d: kernel_size is one of 2..3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "condition", "says"), WRITTEN, ids=str)
def test_a_constraint_speaks_of_what_was_written_and_no_size_is_to_blame(text, condition, says):
    found = design(text, pairs((20,), (9,)), where=asked(condition))
    assert found.verdict == "infeasible"
    assert {*map(str, found.conflict.sentences)} == {says, f"you asked for {condition}"}
    assert found.conflict.minimal


def test_a_constraint_does_not_speak_of_defaults():
    """Where a layer has nothing else of what it speaks of, it holds for the others."""
    text = "Conv1d(kernel_size=2..6, dilation=1..2) -> MaxPool1d(2)"
    found = design(text, pairs((20,), (9,)), where=asked("dilation == 2"), limit=None)
    assert {tuple(layer.dilation for layer in one.layers) for one in found} == {(2, 1)}
    with pytest.raises(RequestError, match="constraints"):
        design("Conv1d(kernel_size=2..6)", pairs((20,), (9,)), where=asked("even(stride)"))


@pytest.mark.parametrize(
    ("text", "options", "needed"),
    [
        ("Conv1d(kernel_size=?, padding=?)", {}, "range for"),
        ("Conv1d(kernel_size=3) -> Conv1d(kernel_size=?, padding=?)", {}, "layer 2"),
        ("Conv1d(kernel_size=2..3)", {"goals": pairs((9, 9, 9), (3, 3, 3))}, "one size"),
        ("Conv1d(kernel_size=2..3)", {"rank": "beauty"}, "sort by"),
        ("Conv1d(kernel_size=2..3)", {"timeout": -1}, "time limit"),
        ("Conv1d(kernel_size=2..3)", {"timeout": float("nan")}, "time limit"),
        ("Conv1d(kernel_size=2..3)", {"limit": 0}, "limit"),
        ("Conv1d(kernel_size=2..3)", {"receptive_field": 0}, "receptive_field"),
        ("ConvTranspose1d(kernel_size=2..3)", {"receptive_field": 3}, "windows alike"),
        ("Conv1d(kernel_size=2..3)", {"where": asked("output_padding == 1")}, "constraints"),
        ("Conv1d(kernel_size=2..3, groups=?)", {}, "groups"),
        ("Conv1d(kernel_size=S)", {}, "kernel_size"),
        ("Conv2d(kernel_size=2..3) -> Unfold(2)", {}, "number of axes"),
        ("Conv1d(3, 8, kernel_size=2..3) -> Conv1d(4, 8, kernel_size=3)", {}, "channels"),
        ("2 x Conv1d(kernel_size=2..3)", {"channels": (3, 4), "rank": "macs"}, "channels"),
        ("0 x ReLU()", {}, "at least one layer"),
        ("Conv2d(kernel_size=2..3) -> ReflectionPad1d(2)", {}, "layer 2"),
        ("Conv1d(kernel_size=2..3)", {"channels": (3, -1), "rank": "macs"}, "channels"),
        ("Conv1d(kernel_size=2..3)", {"channels": "3"}, "channels"),
        ("Conv1d(kernel_size=2..3)", {"goals": [scaling("up", 10**9)]}, "outputs up to"),
    ],
    ids=str,
)
def test_wrong_requests_say_what_to_write(text, options, needed):
    goals = options.get("goals", pairs((9,), (8,)))
    with pytest.raises(RequestError) as caught:
        design(text, **options | {"goals": goals})
    assert needed in str(caught.value)
    assert caught.value.write


CHAIN = "2 x Conv1d(kernel_size=1..3)"


@pytest.mark.parametrize(
    ("size", "output"),
    [(0, 1), (1, 0), (1, 2.0), (2.0, 1), (True, 1), (9, False), (2**40, 1), (-3, 1), ((), ()), (9, ())],
)  # fmt: skip
def test_sizes_that_are_none_are_refused(size, output):
    with pytest.raises(RequestError) as caught:
        symconv.solve(CHAIN, input=size, output=output)
    assert caught.value.write


GOALS_THAT_ARE_NONE = [
    (F, W >= 1, "an output in W"),
    (W, S >= 1, "a name that this request has; got `S`"),
    (W, W < 0, "a condition that holds for some input size"),
    (W // (W - 3), W >= 1, "an output of at least one cell"),
    (W // (W - 3), W >= 3, "divides by zero"),
    ("kernel_size", "W >= 1", "a name that this request has; got `kernel_size`"),
    ("W", "stride >= 1", "a name that this request has; got `stride`"),
    ("W", "W < 0", "a condition that holds for some input size"),
    ("W//(W - 3)", "W >= 1", "an output of at least one cell"),
    ("W//(W - 3) + 9", "W >= 1", "divides by zero"),
    ("W//(W - 3)", None, "an output of at least one cell"),
    ("W - 5", "W >= 1", "an output of at least one cell"),
]


@pytest.mark.parametrize(("output", "sizes", "says"), GOALS_THAT_ARE_NONE, ids=str)
def test_goals_that_are_none_are_refused(output, sizes, says):
    with pytest.raises(RequestError) as caught:
        symconv.solve(CHAIN, output=output, for_=sizes)
    assert says in str(caught.value)
    if "Leave such sizes out" in caught.value.write:
        remedy = caught.value.write.split('"')[1]
        assert symconv.solve(CHAIN, output=output, for_=remedy).verdict == "infeasible"


TOO_LARGE = [
    ("6 x Conv2d(kernel_size=1..90, stride=1..90, padding=0..90)", pairs((1000, 777), (1, 1))),
    ("Conv1d(kernel_size=1..1000, padding=1..1000, stride=1..1000)", pairs((9,), (8,))),
]


@pytest.mark.parametrize(("text", "goals"), TOO_LARGE, ids=str)
def test_too_large_a_search_is_unknown_and_says_why(text, goals):
    found = design(text, goals, timeout=300)
    assert found.verdict == "unknown"
    assert not found.exhausted
    assert found.count is None
    assert "Narrow the ranges" in found.reason


def test_without_time_there_is_no_answer_and_it_is_said():
    clock = Clock(60)
    clock.stop(TIME_UP)
    found = design("12 x Conv1d(kernel_size=1..9)", pairs((900,), (888,)), timeout=clock)
    assert (found.verdict, found.reason, len(found)) == ("unknown", TIME_UP, 0)
    assert not found.exhausted


@pytest.mark.parametrize("reason", [TIME_UP, INTERRUPTED])
def test_what_was_found_in_time_is_kept(monkeypatch, reason):
    """The clock is over once some designs were found: these are the answer, in order."""
    text, goals = "3 x Conv1d(kernel_size=1..5)", pairs((20,), (14,))
    clock, walk = Clock(60), Ranking.__iter__

    def broken_off(self):
        for number, ranked in enumerate(walk(self)):
            if number == 5:
                self.clock.stop(reason)
            yield ranked

    whole = design(text, goals, limit=None)
    monkeypatch.setattr(Ranking, "__iter__", broken_off)
    found = design(text, goals, limit=None, timeout=clock)
    assert found.verdict == "solved"
    assert 0 < len(found) < len(whole)
    assert list(found) == list(whole)[: len(found)]
    assert (found.exhausted, found.reason) == (False, reason)
    assert re.search(rf"\.\.\. and more \((\d+ in all, )?{reason}\)", repr(found))


def test_an_interruption_keeps_what_was_found(monkeypatch):
    walk = Ranking.__iter__

    def interrupted(self):
        for number, ranked in enumerate(walk(self)):
            if number == 5:
                raise KeyboardInterrupt
            yield ranked

    monkeypatch.setattr(Ranking, "__iter__", interrupted)
    found = design("3 x Conv1d(kernel_size=1..5)", pairs((20,), (14,)), limit=None)
    assert found.verdict == "solved"
    assert len(found) > 0
    assert (found.exhausted, found.reason) == (False, INTERRUPTED)


def test_a_stride_that_the_law_allows_to_be_0_is_no_division_by_it():
    found = design("MaxUnpool1d(kernel_size=1..3, stride=0..2)", pairs((4,), (3,)), limit=None)
    assert {(one.kernel_size, one.stride) for (one,) in (d.layers for d in found.settings)} == {
        (3, 0)
    }


def test_what_torch_does_not_print_is_noted():
    printed = "AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,)) -> Conv1d(kernel_size=2..3)"
    found = design(printed, pairs((9,), (3,)))
    assert found.to_dict()["notes"] == list(found.question.notes)
    assert "note: torch does not print AvgPool1d's ceil_mode" in repr(found)


def test_a_goal_may_be_told_in_other_words():
    goal = relation(W, W >= 3, "W >= 3")
    assert str(goal) == "W cells for W >= 3"
    other = replace(goal, says="the large ones stay")
    assert str(other) == "the large ones stay"
    text = "Conv1d(kernel_size=1..3, padding=0..1)"
    listings = [repr(design(text, [told], limit=None)) for told in (goal, other)]
    assert "the large ones stay" in listings[1]
    assert listings[1] == listings[0].replace(str(goal), str(other))


def test_what_needs_more_than_its_input_is_no_sequential():
    for text in ("MaxUnpool2d(2)", "ConvTranspose1d(kernel_size=2, output_size=4)"):
        with pytest.raises(RequestError):
            sequential_code(chain(text).layers, "")


def test_the_answer_as_text_and_as_json():
    found = design("2 x Conv2d(kernel_size=2..3, stride=1..2)", pairs((9, 7), (2, 1)), limit=2)
    assert isinstance(found, Designs)
    answer = json.loads(json.dumps(found.to_dict()))
    assert list(answer) == ["schema", "verdict", "solutions", "exhausted", "count", "conflict", "minimal", "relaxations", "verified"]  # fmt: skip
    first = answer["solutions"][0]
    assert first["sizes"][0] == [9, 7]
    assert first["receptive_field"] == list(found.settings[0].receptive_field)
    assert chain(" -> ".join(first["layers"])).layers == found.layers(0)
    text = repr(found)
    assert repr(found.settings[0]) in text
    assert chain(repr(found.settings[0])).layers == found.layers(0)
    assert f"... and more ({found.count} in all)" in text
    nothing = design("Conv1d(kernel_size=2..3)", pairs((9,), (2,)))
    assert "cannot hold together" in repr(nothing)
    assert nothing.to_dict()["conflict"]


def test_repetitions_read_back_and_an_open_number_is_refused_elsewhere():
    text = "2..6 x Conv2d(kernel_size=3) -> {1, 3} x Sequential(ReLU(), MaxPool2d(kernel_size=2))"
    read, _ = parts(text)
    assert written(read) == text
    assert parts(read)[0] == read
    assert read[0] == Repeat(range(2, 7), symconv.Conv2d(kernel_size=3))
    assert [len(one) for one in expanded(read)] == [a + 2 * b for a in range(2, 7) for b in (1, 3)]
    assert chain("3 x ReLU() -> 1 x Conv2d(kernel_size=3)").layers[:3] == (symconv.ReLU(),) * 3
    with pytest.raises(RequestError, match="settled number"):
        symconv.size(text, 64)
    for wrong in ("2..3 x Sequential(1..2 x ReLU())", "2.5 x ReLU()", "9999999999 x ReLU()", "2 ReLU()", "-1 x ReLU()", "{0} x ReLU()", "2 x", "1..9 x ReLU() -> " * 3):  # fmt: skip
        with pytest.raises(RequestError):
            chain(wrong.removesuffix(" -> "))
    for wrong in (0.5, "3", range(0), None, {2000}):
        with pytest.raises(RequestError):
            Repeat(wrong, symconv.ReLU())
    with pytest.raises(RequestError):
        Repeat(2, "ReLU()")
    with pytest.raises(RequestError, match=str(MOST_CHAINS)):
        design("0..99 x ReLU() -> 1..2 x Conv1d(kernel_size=3)", pairs((9,), (7,)))


def test_torch_gives_the_sizes_of_designs():
    pytest.importorskip("torch")
    for text, size, out, _ in INSTANCES[:8]:
        found = design(text, pairs(size, out), limit=None)
        said = found.verify(timeout=300)
        assert said.failed == 0
        assert said.checked == min(len(found.settings), said.checked) > 0
        assert said.forward_calls >= said.checked * len(parts(text)[0])
        assert found.changed(verified=said).to_dict()["verified"]["by"].startswith("torch ")
    halving = design("Conv2d(kernel_size=1..5, stride=2, padding=0..2)", [scaling("down", 2)])
    said = halving.verify(timeout=300)
    assert said.failed == 0 < said.checked


def test_a_planted_wrong_law_makes_torch_disagree(monkeypatch):
    pytest.importorskip("torch")
    law = OPERATORS["conv"].symmetric
    monkeypatch.setattr(type(law), "symmetric", property(lambda self: replace(law, size=law.size + 1) if self.name == "conv" else law))  # fmt: skip
    found = design("Conv1d(kernel_size=2..3)", pairs((9,), (8,)))
    said = found.verify(timeout=300)
    assert said.failed == said.checked > 0


def test_emitted_code_runs_and_gives_the_sizes():
    torch = pytest.importorskip("torch")
    found = design("2..3 x Conv2d(kernel_size=2..4, stride=1..2) -> BatchNorm2d(7) -> MaxPool2d(2)", pairs((21, 16), (3, 2)), channels=(3, 5, 6, 7), limit=6)  # fmt: skip
    assert {len(one.layers) for one in found.settings}
    for one in found.settings:
        names: dict = {}
        exec(sequential_code(one.layers, found.question.says), names)
        convolutions = len(one.layers) - 2
        module = names["chain"]((3, *range(11, 10 + convolutions), 7)).eval()
        assert module(torch.zeros(1, 3, 21, 16)).shape == (1, 7, 3, 2)


@pytest.mark.parametrize(
    "layers",
    [
        "Upsample(size=?) -> Conv2d(kernel_size=3) -> PixelShuffle(2)",
        "Conv2d(kernel_size=1..3) -> PixelShuffle(2) -> Conv2d(kernel_size=1..3)",
        "Conv2d(8, 8, kernel_size=1..3) -> PixelShuffle(2) -> Conv2d(2, 3, kernel_size=1..3)",
        "2 x Conv2d(kernel_size=1..3) -> GroupNorm(4, 8) -> PixelShuffle(2)",
    ],
)
def test_torch_runs_chains_with_the_fewest_channels_that_they_take(layers):
    verified = symconv.solve(layers, input=7, output=10, limit=3).verify("torch")
    assert verified.checked > 0
    assert verified.failed == 0
