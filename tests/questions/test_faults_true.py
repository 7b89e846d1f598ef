"""Nothing that an answer says is false: each is judged by trying sizes and settings one by one."""

import pytest

import symconv
from every_chain import expanded, listed, outputs
from symconv import solve
from symconv.designing.result import Designs
from symconv.errors import RequestError

BY_AXIS = [
    ("2 x Conv2d(kernel_size=1..2)", "kernel_size", (2, 3), (2, 2)),
    ("2 x MaxPool2d(1..2)", "kernel_size", (4, 2), (1, 1)),
    ("2 x Conv2d(kernel_size=2, padding=0..1)", "padding", (5, 6), (5, 4)),
    ("Conv2d(kernel_size=2) -> AvgPool2d(1..3)", "kernel_size", (7, 9), (3, 2)),
    ("2 x ConvTranspose2d(kernel_size=1..3)", "kernel_size", (3, 4), (5, 4)),
    ("ReLU() -> 2 x Conv3d(kernel_size=1..2)", "kernel_size", (3, 2, 2), (1, 2, 1)),
]


@pytest.mark.parametrize(("line", "name", "given", "wanted"), BY_AXIS, ids=str)
def test_an_unknown_of_a_chain_is_a_number_for_each_axis_where_sizes_differ(
    line, name, given, wanted
):
    answer = solve(line, input=given, output=wanted, limit=None)
    assert answer.verdict == "solved"
    designs = [answer.layers(n) for n in range(len(answer))]
    assert len({*designs}) == len(designs)
    assert all(outputs(layers, *given) == wanted for layers in designs)
    by_axis = 1
    for axis, (inside, out) in enumerate(zip(given, wanted, strict=True)):
        each = {tuple(entry(getattr(one, name, None), axis) for one in d) for d in designs}
        alone = solve(line.replace("2d", "1d").replace("3d", "1d"), input=inside, output=out)
        assert len(each) == alone.count
        by_axis *= alone.count
    assert len(designs) == by_axis


def entry(value, axis):
    return value[axis] if isinstance(value, tuple) else value


SHARED = [
    ("Conv3d(kernel_size=(3, 3, 1), padding=?)", "padding=(?, ?, ?)"),
    ("Conv2d(kernel_size=(3, 1), padding=?)", "padding=(?, ?)"),
    ("Conv2d(kernel_size=?, padding=(1, 0))", "kernel_size=(?, ?)"),
    ("ReLU() -> Conv2d(kernel_size=(3, 5), padding=?)", "padding=(?, ?)"),
    ("ConvTranspose2d(kernel_size=(3, 5), padding=?)", "padding=(?, ?)"),
    ("2 x Conv2d(kernel_size=(3, 1), padding=0..1)", "padding=(0..1, 0..1)"),
    ("Conv2d(kernel_size=1..2) -> Conv2d(kernel_size=(3, 5), padding=1..2)", "padding=(1..2, 1..2)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "own"), SHARED, ids=str)
def test_where_axes_share_a_number_it_is_said_what_to_write_and_that_helps(line, own):
    answer = solve(line, same=True)
    assert answer.verdict == "infeasible"
    assert any("share" in said and own in said for said in answer.to_dict()["conflict"])
    name, value = own.split("=")
    shared = value.strip("()").split(", ")[0]
    written = line.replace(f"{name}={shared}", own)
    assert written != line
    assert solve(written, same=True).verdict == "solved"


WRITTEN = [
    ("ConvTranspose1d(kernel_size=3, stride=1, padding=?)", {"up": 2}, "stride is 1, as you wrote"),
    ("ConvTranspose1d(kernel_size=3, padding=?)", {"up": 2}, "stride is 1, torch's default"),
    ("Conv1d(3, 8, 3, 1, padding=?)", {"down": 2}, "stride is 1, as you wrote"),
    ("Conv1d(3, 8, 3, padding=?)", {"down": 2}, "stride is 1, torch's default"),
    ("MaxPool2d(3, 3, padding=?)", {"down": 2}, "stride is 3, as you wrote"),
    ("MaxPool2d(3, None, padding=?)", {"down": 2}, "a pool's default"),
    ("MaxPool2d(3, padding=?)", {"down": 2}, "a pool's default"),
    ("2 x MaxPool2d(3, None, padding=0..1)", {"down": 2}, "a pool's default"),
    ("2 x Conv1d(kernel_size=1..3, padding=0)", {"up": 2}, "padding is 0, as you wrote"),
    ("2 x Conv1d(kernel_size=1..3)", {"up": 2}, "padding is 0, torch's default"),
    ("ConvTranspose2d(kernel_size=3, stride=(1, 15), padding=?)", {"up": 2}, "1 on axis 1, as you wrote"),
    ("Conv2d(kernel_size=3, stride=(1, 2), padding=?)", {"same": True}, "2 on axis 2, as you wrote"),
    ("ConvTranspose2d(kernel_size=(4, 3), stride=2, padding=?)", {"up": 2}, "3 on axis 2, as you wrote"),
    ("ZeroPad2d((?, 1, 2, 2))", {"same": True}, "2 on axis 1, as you wrote"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "goal", "said"), WRITTEN, ids=str)
def test_what_somebody_wrote_is_told_from_a_default_and_of_which_axis(line, goal, said):
    conflict = solve(line, **goal).to_dict()["conflict"]
    assert any(said in sentence for sentence in conflict)


SEARCHED = [
    ("ConstantPad1d((?,0),0) -> Conv1d(1,1,2,dilation=8)", {"same": True}),
    ("AdaptiveAvgPool2d(1..7)", {"input": 9, "output": 5}),
    ("AdaptiveMaxPool1d(?)", {"input": 9, "output": 5}),
    ("AdaptiveAvgPool2d(1..7) -> Conv2d(kernel_size=1..3)", {"input": 9, "output": 5}),
    ("MaxUnpool2d(2, output_size=?)", {"input": 9, "output": 18}),
    ("MaxUnpool1d(2, 1..3)", {"input": 9, "output": 18}),
    ("PixelShuffle(?)", {"input": 9, "output": 18}),
    ("PixelUnshuffle(1..4)", {"input": 9, "output": 3}),
    ("Conv2d(3, 8, 1..3) -> PixelShuffle(2)", {"input": 9, "output": 14}),
    ("ReflectionPad2d((?, 1, 2, ?))", {"input": 9, "output": 13}),
    ("ReplicationPad3d((?, 1, 2, ?, ?, ?))", {"input": 9, "output": 11}),
    ("CircularPad1d(?) -> MaxPool1d(2)", {"input": 9, "output": 6}),
    ("Fold((4, 4), ?)", {"input": 9, "output": 4}),
]


@pytest.mark.parametrize(("line", "asked"), SEARCHED, ids=str)
def test_whatever_parameter_sizes_depend_on_is_found(line, asked):
    answer = solve(line, **asked)
    assert answer.verdict == "solved"
    every = listed(answer)
    inside, out = asked.get("input", 9), asked.get("output", 9)
    for layers in every if "Fold" not in line else ():
        assert set(outputs(layers, inside)) == {out}


NOT_SEARCHED = {
    "Conv2d(3, ?, 3) -> PixelShuffle(2)": "out_channels",
    "Conv2d(?, 8, 3)": "in_channels",
    "Conv2d(3, 1..8, 3) -> Conv2d(8, 8, 1..3)": "out_channels",
    "2 x Conv2d(8, 8, 1..3, groups=?)": "groups",
    "BatchNorm2d(?)": "num_features",
    "InstanceNorm1d(?) -> Conv1d(kernel_size=3)": "num_features",
    "GroupNorm(2, ?)": "num_channels",
    "GroupNorm(?, 8) -> Conv2d(8, 8, 1..3)": "num_groups",
    "ChannelShuffle(?)": "groups",
    "PReLU(?) -> 2 x Conv1d(kernel_size=1..3)": "num_parameters",
}


@pytest.mark.parametrize("line", NOT_SEARCHED)
def test_what_no_size_depends_on_cannot_be_searched_and_is_named_as_torch_names_it(line):
    with pytest.raises(RequestError, match=f"{NOT_SEARCHED[line]} cannot be searched yet"):
        solve(line, input=9, output=9)


REPEATS = [
    "0..1 x Conv1d(kernel_size=1..3) -> 1..3 x Conv1d(kernel_size=3..5)",
    "0..1 x Conv1d(kernel_size=1..3) -> 1..3 x Conv1d(kernel_size=1..3)",
    "1..2 x Conv1d(kernel_size=3) -> 1..2 x Conv1d(kernel_size=3)",
    "0..2 x MaxPool1d(1..3) -> 1..2 x MaxPool1d(2..4)",
    "0..1 x ReLU() -> 0..1 x ReLU() -> 1..2 x Conv1d(kernel_size=1..7)",
    "1..2 x Conv1d(kernel_size=1..3, padding=0..1) -> 1..2 x Conv1d(kernel_size=1..5)",
    "0..1 x Upsample(scale_factor=1..2) -> 1..2 x Upsample(scale_factor=1..3) -> Conv1d(kernel_size=1..20)",
]  # fmt: skip


@pytest.mark.parametrize("line", REPEATS)
@pytest.mark.parametrize("output", [3, 5])
def test_chains_that_repeats_say_twice_are_listed_and_counted_once(line, output):
    every = {repr(c): c for c in map(tuple, expanded(line)) if outputs(c, 9) == (output,)}
    answer = solve(line, input=9, output=output, limit=None)
    listed = [repr(answer.layers(number)) for number in range(len(answer))]
    assert len({*listed}) == len(listed)
    assert {*listed} == {*every}
    counted = solve(line, input=9, output=output, limit=1, count=True)
    assert counted.count == len(every)
    few = solve(line, input=9, output=output, limit=20)
    listed = [repr(few.layers(number)) for number in range(len(few))]
    assert len({*listed}) == len(listed)
    assert {*listed} <= {*every}


FACTORS_IN_VAIN = [
    ("1..4", 7, 29, 4.25),
    ("2..4", 7, 29, 4.25),
    ("{2, 4}", 8, 24, 3),
    ("3..3", 8, 9, 1.125),
]


@pytest.mark.parametrize(
    ("layers", "input", "output", "size"),
    [
        ("Upsample(size=?)", 9, 8, 8),
        ("Upsample(size=?)", (9, 9), (8, 4), (8, 4)),
        ("Upsample(size=(?, 4))", (9, 9), (8, 4), (8, 4)),
        ("UpsamplingBilinear2d(size=?)", 9, 5, 5),
        ("Upsample(size=3..9) -> Conv2d(kernel_size=3)", 9, 5, 7),
        ("Upsample(size=?) -> Conv2d(kernel_size=3)", (9, 7), (5, 3), (7, 5)),
    ],
)
def test_the_size_of_an_upsample_can_be_searched(layers, input, output, size):
    answer = symconv.solve(layers, input=input, output=output)
    layer, *_ = answer.layers(0 if isinstance(answer, Designs) else answer[0])
    assert layer.size == size
    assert answer.verify("torch").failed == 0


@pytest.mark.parametrize("name", ["Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d"])
@pytest.mark.parametrize(("written", "size", "output", "other"), FACTORS_IN_VAIN, ids=str)
def test_factors_are_told_as_they_were_written(name, written, size, output, other):
    """A fraction is two letters, and one sentence: it said «scale_factor is one of {1}»."""
    answer = solve(f"{name}(scale_factor={written})", input=size, output=output)
    assert answer.verdict == "infeasible"
    says = f"scale_factor is one of {written}"
    assert [one for one in answer.to_dict()["conflict"] if "scale_factor" in one] == [says]
    (way,) = answer.conflict.relaxations
    assert (way.sentence, way.example) == (says, {"scale_factor": other})
    again = solve(f"{name}(scale_factor=?)", input=size, output=output, limit=None)
    assert way.example in again.to_dict()["solutions"]


ANY_NUMBER_OF_AXES = [
    ("Upsample(scale_factor=1..4)", {"input": (7, 15), "output": (28, 60)}, 4),
    ("Upsample(scale_factor=1..4)", {"input": (7, 15), "output": (28, 45)}, (4, 3)),
    ("Upsample(scale_factor=1..4)", {"input": (7, 5, 2), "output": (14, 5, 8)}, (2, 1, 4)),
    ("Upsample(scale_factor=1..4)", {"up": (2, 1)}, (2, 1)),
    ("ReLU() -> Upsample(scale_factor=1..4)", {"input": (7, 15), "output": (28, 15)}, (4, 1)),
]


@pytest.mark.parametrize(("line", "asked", "factor"), ANY_NUMBER_OF_AXES, ids=str)
def test_a_layer_of_any_number_of_axes_has_as_many_as_are_asked_about(line, asked, factor):
    answer = solve(line, **asked, limit=None)
    (setting,) = answer
    *_, layer = answer.layers(setting)
    assert layer == symconv.Upsample(scale_factor=factor)
    if "input" in asked:
        assert symconv.size(answer.layers(setting), asked["input"]).rows[-1] == asked["output"]
    pytest.importorskip("torch")
    assert (answer.verify("torch").failed, answer.verify("torch").checked) == (0, 1)


@pytest.mark.parametrize(
    "asked",
    [{"down": (1, 1)}, {"up": (1, 1)}, {"output": "W", "for_": "W1 >= 3 and W2 >= 3"}],
    ids=str,
)
def test_a_chain_is_asked_the_same_on_each_axis_in_several_words(asked):
    line = "2 x Conv2d(kernel_size=1..3, padding=0..1)"
    once = {"output": "W", "for_": "W >= 3"} if "for_" in asked else {"same": True}
    whole, other = solve(line, **asked, limit=None), solve(line, **once, limit=None)
    assert [one.layers for one in whole] == [one.layers for one in other]
    assert whole.verdict == "solved"
    with pytest.raises(RequestError, match="one formula for all axes"):
        solve(line, down=(1, 1, 1))


FINITELY_MANY = [
    ("ConvTranspose1d(kernel_size=?, padding=1, dilation=?)", {"input": 14, "output": 24}, ()),
    ("AvgPool1d(kernel_size=?, stride=3, padding=?)", {"input": 10, "output": 3},
     "(kernel_size if kernel_size > 2 else padding)*(8//stride) < max(4, 9 + kernel_size)"),
    ("LPPool2d(2, kernel_size=6, stride=?, ceil_mode=?)", {"input": (26, 12), "output": (21, 7)}, ()),
    ("Conv1d(kernel_size=?, stride=?)", {"down": 3}, "kernel_size <= 5"),
    ("Conv1d(kernel_size=1..9, padding=?)", {"same": True}, ()),
]  # fmt: skip


@pytest.mark.parametrize(("line", "goal", "where"), FINITELY_MANY, ids=str)
def test_whatever_is_counted_is_drawn_from(line, goal, where):
    """Of settings that are all listed, none were drawn where no range bounds their numbers."""
    answer = solve(line, **goal, where=where, limit=None)
    assert answer.exhausted
    assert answer.count == len(answer) > 0
    assert sorted(map(repr, answer.sample(answer.count))) == sorted(map(repr, answer))
    (row,) = answer.sample(1, seed=5)
    assert repr(row) in {*map(repr, answer)}
