"""What could not be asked can be: features, paddings, which sizes, fields, axes, modules."""

from itertools import product

import pytest

import symconv
from every_chain import expanded, listed, outputs
from symconv import size, solve
from symconv.errors import RequestError
from symconv.proving import Clock

ENDED = [
    ("Conv2d(1, 8, 3) -> MaxPool2d(2) -> Flatten() -> Linear({0}, 10)", 28, 8 * 13 * 13),
    ("Conv1d(1, 8, 3) -> Flatten() -> Linear({0}, 10)", 28, 8 * 26),
    ("Conv3d(1, 2, 3) -> Flatten() -> ReLU() -> Linear({0}, 10) -> Linear(10, 2)", 5, 2 * 27),
    ("ConvTranspose2d(3, 4, 2, 2) -> Flatten() -> Dropout() -> Linear({0}, 3)", 4, 4 * 64),
    ("Conv2d(3, 8, 3) -> AdaptiveAvgPool2d(7) -> Flatten() -> Linear({0}, 9)", 30, 8 * 49),
    ("Conv2d(4, 16, 3) -> PixelShuffle(2) -> Flatten() -> Linear({0}, 9)", 6, 4 * 64),
]


@pytest.mark.parametrize(("line", "given", "features"), ENDED, ids=str)
def test_features_are_counted_and_a_wrong_number_of_them_is_told(line, given, features):
    answer = size(line.format(features), given)
    assert answer.refused is None
    assert features in answer.features
    wrong = size(line.format(features + 1), given)
    assert f"Write in_features={features}" in repr(wrong)
    with pytest.raises(RequestError, match="Flatten"):
        symconv.derive(line.format(features))


def test_an_unknown_before_the_features_is_found():
    answer = solve("Conv2d(3, 8, ?) -> Flatten() -> Linear(5408, 10)", input=28, output=10)
    assert [one["kernel_size"] for one in answer.to_dict()["solutions"]] == [3]


PADDED = [
    ("ConstantPad1d((?, 0), 0) -> Conv1d(1, 1, 2, dilation=8)", {(8, 0)}),
    ("ConstantPad1d((0, ?), 0) -> Conv1d(1, 1, 3)", {(0, 2)}),
    ("ZeroPad1d((1, ?)) -> Conv1d(1, 1, 4)", {(1, 2)}),
    ("ZeroPad1d((0..3, 0..3)) -> Conv1d(1, 1, 4)", {(0, 3), (1, 2), (2, 1), (3, 0)}),
    ("CircularPad1d((?, 0)) -> MaxPool1d(2, 1)", {(1, 0)}),
    ("ZeroPad2d((0, ?, 0, ?)) -> Conv2d(1, 1, 4)", {(0, 3, 0, 3)}),
    ("ZeroPad2d((?, 1, ?, 0)) -> Conv2d(1, 1, (2, 4))", {(2, 1, 1, 0)}),
    ("ZeroPad3d((?, 0, ?, 1, ?, 2)) -> Conv3d(1, 1, 4)", {(3, 0, 2, 1, 1, 2)}),
    ("ZeroPad2d(?) -> Conv2d(kernel_size=3)", {(1, 1, 1, 1)}),
    ("ReflectionPad1d((?, 1)) -> Conv1d(1, 1, 2) -> ReLU()", {(0, 1)}),
]


@pytest.mark.parametrize(("line", "paddings"), PADDED, ids=str)
def test_which_padding_a_padding_layer_needs(line, paddings):
    asked = {"input": 9, "output": 9} if "Reflection" in line else {"same": True}
    answer = solve(line, **asked, limit=None)
    sides = [layers[0].padding for layers in listed(answer)]
    assert {side if isinstance(side, int) else tuple(side) for side in sides} == paddings
    for layers in listed(answer):
        assert {*outputs(layers, 9)} == {9}


CONFORMING = "2 x Conv2d(kernel_size=1..5, stride=1..2)"
FIELDS = {
    "receptive_field == 10": lambda field: field == 10,
    "receptive_field <= 10": lambda field: field <= 10,
    "receptive_field < 10": lambda field: field < 10,
    "receptive_field >= 10": lambda field: field >= 10,
    "receptive_field > 4": lambda field: field > 4,
    "4 < receptive_field <= 10": lambda field: 4 < field <= 10,
    "receptive_field >= 5 and receptive_field < 11": lambda field: 5 <= field < 11,
    "10 == receptive_field": lambda field: field == 10,
}


@pytest.mark.parametrize("where", FIELDS)
def test_fields_are_compared_as_numbers_are(where):
    def seen(chain):
        (one, two) = ((layer.kernel_size, layer.stride) for layer in chain)
        return one[0] + (two[0] - 1) * one[1]

    every = {
        repr(chain)
        for chain in map(tuple, expanded(CONFORMING))
        if outputs(chain, 32) == (8, 8) and FIELDS[where](seen(chain))
    }
    answer = solve(CONFORMING, input=32, output=8, where=where, limit=None)
    assert {repr(answer.layers(number)) for number in range(len(answer))} == every


BOUND = [
    ("2 x Conv2d(kernel_size=?, stride=?)", 32, 8, "kernel_size == stride"),
    ("2 x ConvTranspose2d(kernel_size=?, stride=?)", 4, 16, "kernel_size == 2*stride"),
    ("2 x Conv1d(kernel_size=?, stride=?)", 20, 4, "kernel_size <= 5 and stride <= 2"),
    ("2 x Conv1d(kernel_size=?, stride=?)", 20, 4, "kernel_size in {2, 4}"),
    ("2 x Conv1d(kernel_size=?)", 20, 4, "odd(kernel_size)"),
    ("2 x ConvTranspose1d(kernel_size=?, stride=?, padding=?)", 4, 16,
     "kernel_size == 2*stride and stride <= 4"),
    ("2 x MaxPool1d(kernel_size=?, stride=?)", 20, 4, "kernel_size == 2*stride"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "given", "wanted", "where"), BOUND, ids=str)
def test_unknowns_that_a_condition_bounds_need_no_ranges(line, given, wanted, where):
    every = range(1, 41)
    answer = solve(line, input=given, output=wanted, where=where, limit=None)
    assert answer.verdict == "solved"
    for number in range(len(answer)):
        assert {*outputs(answer.layers(number), given)} == {wanted}
        for layer in answer.layers(number):
            numbers = (layer.kernel_size, layer.stride)
            assert {*numbers} <= {*every}
    ranges = line.replace("kernel_size=?", "kernel_size=1..40").replace("stride=?", "stride=1..20")
    ranged = solve(ranges.replace("padding=?", "padding=0..40"), input=given, output=wanted,
                   where=where, limit=None)  # fmt: skip
    assert {*map(repr, ranged)} == {*map(repr, answer)}


@pytest.mark.xfail(strict=True, raises=RequestError, reason="bounds of two equations together")
def test_two_conditions_that_bound_unknowns_together():
    where = "kernel_size == 2*stride and 2*padding == stride"
    line = "2 x ConvTranspose2d(kernel_size=?, stride=?, padding=?)"
    assert solve(line, input=4, output=16, where=where).verdict == "solved"


FACTORS = [
    ("ConvTranspose2d(kernel_size=?, stride=?, padding=?)", "up", (2, 1)),
    ("ConvTranspose3d(kernel_size=?, stride=?, padding=?)", "up", (2, 1, 2)),
    ("Conv2d(kernel_size=?, stride=?, padding=?)", "down", (2, 1)),
    ("MaxPool2d(kernel_size=?, stride=?, padding=?)", "down", (1, 3)),
    ("Conv3d(kernel_size=?, stride=?, padding=?)", "down", (1, 2, 2)),
    ("ReLU() -> Conv2d(kernel_size=?, stride=?, padding=?)", "down", (1, 2)),
]


@pytest.mark.parametrize(("line", "way", "factors"), FACTORS, ids=str)
def test_each_axis_may_have_a_factor_of_its_own(line, way, factors):
    answer = solve(line, **{way: factors}, limit=6)
    assert len(answer) == 6
    for setting in answer:
        for shape in ([12, 18, 24], [6, 6, 30]):
            given = tuple(shape[: len(factors)])
            wanted = tuple(
                n * factor if way == "up" else n // factor
                for n, factor in zip(given, factors, strict=True)
            )
            assert outputs(answer.layers(setting), *given) == wanted


ONE_AXIS = [
    ("even(W1) and W2 % 4 == 0", lambda a, b: a % 2 == 0 and b % 4 == 0),
    ("W1 >= 4 and even(W)", lambda a, b: a >= 4 and a % 2 == 0 and b % 2 == 0),
    ("even(W2) and even(W1)", lambda a, b: a % 2 == 0 and b % 2 == 0),
    ("W1 % 6 == 0 and W2 % 2 == 0 and W2 > 7", lambda a, b: a % 6 == 0 and b % 2 == 0 and b > 7),
]


@pytest.mark.parametrize(("sizes", "meant"), ONE_AXIS)
def test_conditions_on_sizes_may_be_about_one_axis(sizes, meant):
    for line in ("Conv2d(kernel_size=3, stride=2, padding=?)", "MaxPool2d(kernel_size=?)"):
        answer = solve(line, output="W//2", for_=sizes, limit=4)
        assert answer.verdict == "solved"
        for layers in map(answer.layers, answer):
            for a in range(1, 26):
                for b in range(1, 26):
                    assert not meant(a, b) or outputs(layers, a, b) == (a // 2, b // 2)


@pytest.mark.parametrize(
    ("sizes", "members", "refused"),
    [
        ("odd(W1) and even(W2)", [(a, b) for a in (3, 5, 7) for b in (4, 6, 8)], ""),
        ("W1 == 5 and W2 % 4 == 0", [(5, 4), (5, 8)], ""),
        ("odd(W1)", [], "W2 = 3 and W2 = 4 both become 1"),
        ("W1 == 2 and odd(W2)", [], "W1 = 2 is refused by layer 1"),
    ],
)
def test_conditions_on_one_axis_for_a_mirror(sizes, members, refused):
    answer = symconv.mirror("Conv2d(3, 8, 3, stride=2)", for_=sizes)
    assert bool(answer) == (not refused)
    assert refused in answer.reason
    encoder = symconv.Conv2d(3, 8, 3, stride=2)
    for given in members:
        assert symconv.size([encoder, *answer.decoder], given).rows[-1] == given


@pytest.mark.xfail(strict=True, raises=RequestError, reason="chains have one formula for all axes")
def test_a_factor_for_each_axis_of_a_chain():
    line = "2 x Conv2d(kernel_size=1..3, stride=1..2, padding=0..1)"
    assert solve(line, down=(4, 1)).verdict == "solved"


SEVERAL = [
    ("Conv2d(kernel_size=?, stride=2)", 9, "1..4"),
    ("Conv2d(kernel_size=?, stride=2)", 9, range(1, 5)),
    ("Conv2d(kernel_size=?, stride=2)", 9, "{3, 5, 77}"),
    ("Conv2d(kernel_size=1..7, stride=1..3, padding=0..2)", 9, "O % 4 == 0 and O <= 12"),
    ("Conv1d(kernel_size=?) -> ReLU()", 9, "7..9"),
    ("MaxPool1d(2) -> ConvTranspose1d(kernel_size=1..3, stride=?)", 9, {5, 6}),
    ("Conv1d(kernel_size=?)", 9, "30..40"),
]


@pytest.mark.parametrize(("line", "given", "output"), SEVERAL, ids=str)
def test_several_outputs_of_one_layer_with_unknowns(line, given, output):
    """Each row says what comes out; together they are the answers for each output alone."""
    outputs = {"1..4": range(1, 5), "{3, 5, 77}": [3, 5, 77], "7..9": [7, 8, 9]}
    outputs |= {"O % 4 == 0 and O <= 12": [4, 8, 12], "30..40": range(30, 41)}
    each = outputs[output] if isinstance(output, str) else sorted(output)
    right = []
    for cells in each:
        alone = solve(line, input=given, output=cells, limit=None).to_dict()["solutions"]
        right += [{**row, "output": cells} for row in alone]
    answer = solve(line, input=given, output=output, limit=None)
    rows = answer.to_dict()["solutions"]
    assert sorted(map(str, rows)) == sorted(map(str, right)) or sorted(
        sorted(row.items(), key=str) for row in rows
    ) == sorted(sorted(row.items(), key=str) for row in right)
    assert answer.verdict == ("solved" if right else "infeasible")
    assert answer.count == len(right)
    first = solve(line, input=given, output=output, limit=max(1, len(each)))
    told = [row["output"] for row in first.to_dict()["solutions"]]
    assert len({*told}) == len({row["output"] for row in right})  # each of them once at first
    if right:
        assert solve(line, input=given, output=output, limit=1).counted(Clock(60)) == len(right)
        assert len(solve(line, input=given, output=output, limit=1).sample(3)) == min(3, len(right))


def test_of_outputs_without_end_the_first_ones_are_looked_at_and_that_is_said():
    answer = solve("Conv2d(kernel_size=?, stride=2)", input=9, output=">= 3")
    assert {row["output"] for row in answer.to_dict()["solutions"]} == {3, 4, 5}
    assert (answer.exhausted, "not looked at" in answer.reason) == (False, True)


@pytest.mark.parametrize(
    ("line", "given", "output", "right"),
    [
        ("Conv2d(kernel_size=3, stride=?, padding=1)", 224, "O == W//2", {112}),
        ("Conv2d(kernel_size=3, stride=?, padding=1)", (224, 100), "O == W//2", {(112, 50)}),
        ("Conv2d(kernel_size=3, stride=2..4, padding=1)", 9, "O <= W//2", {3}),
    ],
)
def test_outputs_may_depend_on_the_input(line, given, output, right):
    """`O == W//2` was said to be impossible."""
    rows = solve(line, input=given, output=output, limit=None).to_dict()["solutions"]
    told = [row["output"] for row in rows]
    assert {tuple(cells) if isinstance(cells, list) else cells for cells in told} == right


@pytest.mark.parametrize(
    "output", [(4, 3), ("4..6", 3), ("{4, 9}", 3), ("1..4", 3), ("3..4", "3..4")]
)
def test_outputs_that_differ_by_axis_let_each_axis_have_its_own_number(output):
    """More outputs gave fewer settings: one number was sought for both axes."""
    line = "Conv2d(kernel_size=1..2)"
    answer = solve(line, input=(4, 4), output=output, limit=None)
    sets = {"4..6": {4, 5, 6}, "{4, 9}": {4, 9}, "1..4": {1, 2, 3, 4}, "3..4": {3, 4}}
    first, second = (sets.get(entry, {entry}) for entry in output)
    alike = output[0] == output[1]
    right = {(a, b) for a in (1, 2) for b in (1, 2) if 5 - a in first and 5 - b in second}
    right = {pair for pair in right if not alike or pair[0] == pair[1]}
    rows = answer.to_dict()["solutions"]
    assert {pair_of(row["kernel_size"]) for row in rows} == right


def test_what_elimination_excludes_of_all_outputs_is_said_at_once():
    answer = solve("MaxPool1d(kernel_size=1..3, stride=1)", input=9, output="20..60")
    assert answer.verdict == "infeasible"
    assert "you asked for 9 becomes one of 20 to 60" in map(str, answer.conflict.sentences)
    beyond = solve("Conv1d(kernel_size=1, padding=60..70)", input=9, output=">= 1")
    assert (beyond.verdict, "not looked at" in beyond.reason) == ("unknown", True)


def test_several_outputs_on_axes_that_differ():
    answer = solve("Conv2d(kernel_size=1..8)", input=(6, 8), output="3..4", limit=None)
    for row in answer.to_dict()["solutions"]:
        layer = symconv.Conv2d(
            kernel_size=tuple(row["kernel_size"])
            if isinstance(row["kernel_size"], list)
            else row["kernel_size"]
        )
        came = symconv.size(layer, (6, 8)).rows[-1]
        assert {*came} <= {3, 4}
        assert row["output"] == (list(came) if len({*came}) > 1 else came[0])
    assert len(answer) == 4


def test_a_torch_module_may_stand_where_a_layer_does():
    torch = pytest.importorskip("torch")
    nn = torch.nn
    whole = nn.Sequential(nn.Conv2d(1, 4, 3, 2, 1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
    assert size(whole, 28).features == (4 * 7 * 7,)
    assert tuple(whole(torch.zeros(1, 1, 28, 28)).shape) == (1, 4 * 7 * 7)
    part = whole[:3]
    assert 28 in solve(part, output=7)
    assert symconv.receptive_field(part).field == 5
    assert symconv.audit(part).valid
    assert solve([nn.Conv2d(1, 4, 3), symconv.Conv2d(4, 4, "?")], input=9, output=5)
    assert symconv.mirror(nn.Conv2d(1, 4, 3, 2), for_="odd(W)")


LAID_OUT = [
    ("Unfold(1)", 2, 8),
    ("Unfold(2, stride=2)", 6, 16),
    ("Conv2d(kernel_size=3) -> Unfold(1)", 2, 8),
    ("MaxPool2d(2) -> Unfold(2)", 6, 16),
    ("Conv2d(1, 1, 3) -> Unfold(2) -> Fold((3, 4), 2)", (3, 4), 12),
    ("Unfold(3, padding=1) -> Conv1d(9, 9, kernel_size=2)", 11, 14),
]


@pytest.mark.parametrize(("line", "output", "most"), LAID_OUT, ids=str)
def test_inputs_of_layers_that_lay_axes_out_are_all_rectangles(line, output, most):
    answer = solve(line, output=output)
    wanted = output if isinstance(output, tuple) else (output,)
    shapes = {(a, b) for a in range(1, most) for b in range(1, most)}
    every = {shape for shape in shapes if outputs(line, *shape) == wanted}
    assert {shape for shape in shapes if shape in answer} == every != set()


OPEN_THERE = [
    ("Conv2d(kernel_size=?) -> Unfold(1)", {"input": (3, 4), "output": 2}),
    ("Unfold(2) -> Fold((3, 4), 2) -> Conv2d(kernel_size=?)", {"input": (3, 4), "output": (2, 3)}),
]


@pytest.mark.parametrize(("line", "asked"), OPEN_THERE, ids=str)
def test_an_unknown_before_or_after_layers_that_lay_axes_out_is_found(line, asked):
    assert solve(line, **asked).verdict == "solved"


@pytest.mark.xfail(strict=True, raises=RequestError, reason="a mirror of axes that are laid out")
@pytest.mark.parametrize("line", ["Unfold(2)", "Fold((4, 4), 2)", "Conv2d(1, 1, 3) -> Unfold(2)"])
def test_layers_that_lay_axes_out_have_a_mirror(line):
    assert symconv.mirror(line, for_="W == 9")


@pytest.mark.parametrize("output", ["1..4", ">= 1", "{7, 14}", range(1, 5), {3}], ids=str)
@pytest.mark.parametrize(
    ("line", "given"), [("2 x Conv2d(kernel_size=1..3)", 9), ("Conv2d(kernel_size=?)", None)]
)
def test_several_outputs_are_refused_with_what_to_write(line, given, output):
    with pytest.raises(RequestError, match=r"one output, or a formula in W.*output=4"):
        solve(line, input=given, output=output)


def test_several_outputs_are_not_sorted_by_something_else():
    with pytest.raises(RequestError, match="nothing to sort by"):
        solve("Conv1d(kernel_size=?)", input=9, output="1..4", sort="padding")


@pytest.mark.parametrize("line", ["Conv2d(kernel_size=?) | ", " | Conv2d(kernel_size=?)"])
def test_a_branch_of_no_layers_is_refused_with_what_to_write(line):
    with pytest.raises(RequestError, match=r"Identity\(\)"):
        solve(line, agree=True)
    whole = line.replace(" | ", " | Identity()") if line.endswith(" ") else f"Identity(){line}"
    settings = solve(whole, agree=True).to_dict()["solutions"]
    assert [setting["kernel_size"] for setting in settings] == [1]


def test_more_sizes_than_axes_are_counted():
    with pytest.raises(RequestError, match=r"2 axes.*3 sizes"):
        solve("Conv2d(kernel_size=?)", input=(7, 8, 9), output=3)


def test_branches_that_agree_for_some_sizes_say_for_which():
    line, even = "MaxPool2d(2) | Conv2d(kernel_size=3, stride=?, padding=?)", "even(W)"
    answer = solve(line, agree=True, for_=even)
    (row,) = answer.to_dict()["solutions"]
    numbers = {name: row[name] for name in ("kernel_size", "stride", "padding")}
    pool, skip = symconv.MaxPool2d(2), symconv.Conv2d(**numbers)
    for cells in range(2, 40, 2):
        assert symconv.size(skip, cells).output == symconv.size(pool, cells).output
    assert answer.says.endswith(f", for {even}")


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        ("Conv2d(3, 8, 3, stride=2, padding=1) | Conv2d(3, 8, kernel_size=1, stride=2)", ""),
        ("Conv2d(3, 8, 5) | 2 x Conv2d(8, 8, kernel_size=3)", "W >= 5"),
        ("Conv2d(1, 1, (5, 3)) | Conv2d(1, 1, (5, 3))", "W1 >= 5 and W2 >= 3"),
    ],
)
def test_what_a_branch_takes_is_told_in_short(line, condition):
    """It said `1 <= 3 and 1 <= 2 and 1 <= 1 and 0 <= 1 and W1 >= 1 and …`."""
    answer = solve(line, agree=True)
    assert (answer.verdict, answer.condition) == ("solved", condition)


@pytest.mark.parametrize("layers", ["Conv2d(kernel_size=3, stride=2)", "MaxPool1d(3, 3)"])
def test_sizes_that_are_divided_are_the_multiples_alone(layers):
    """Of 3, which is no multiple of 2, a kernel of 3 with stride 2 makes 1, which is 3//2."""
    answer = solve(layers, down=2)
    taken = [w for w in range(1, 60) if not symconv.size(layers, w).refused]
    assert not any(symconv.size(layers, w).output == w // 2 for w in taken if w % 2 == 0)
    assert str(answer).startswith("W becomes W//2 for no multiple of 2")


ON_ONE_AXIS = [
    ("even(W1)", lambda a, _: a % 2 == 0),
    ("even(W2)", lambda _, b: b % 2 == 0),
    ("W1 >= 3 and even(W1)", lambda a, _: a >= 3 and a % 2 == 0),
    ("even(W)", lambda a, b: a % 2 == 0 and b % 2 == 0),
    ("W2 % 2 == 1 and W1 >= 2", lambda a, b: b % 2 == 1 and a >= 2),
]
HALVED = "Conv2d(kernel_size=(1..3, 1..3), stride=2, padding=(0..1, 0..1))"


@pytest.mark.parametrize(("sizes", "holds"), ON_ONE_AXIS, ids=[says for says, _ in ON_ONE_AXIS])
@pytest.mark.parametrize("output", ["(W + 1)//2", "W//2"])
def test_a_condition_on_one_axis_leaves_the_others_as_they_are(sizes, holds, output):
    """`even(W1)` was a condition on all axes, and settings came out that do it on one."""
    whole = range(1, 12)
    cells = {"(W + 1)//2": lambda w: (w + 1) // 2, "W//2": lambda w: w // 2}[output]
    asked = [
        (a, b) for a, b in product(whole, whole) if holds(a, b) and min(cells(a), cells(b)) >= 1
    ]

    def does(F, P):
        layer = symconv.Conv2d(kernel_size=F, stride=2, padding=P)
        rows = (symconv.size(layer, given).rows for given in asked)
        return all(
            row[-1] == tuple(map(cells, given)) for row, given in zip(rows, asked, strict=True)
        )

    right = {
        (F, P)
        for F, P in product(product((1, 2, 3), repeat=2), product((0, 1), repeat=2))
        if does(F, P)
    }
    answer = solve(HALVED, output=output, for_=f"{sizes} and W >= 2", limit=None)
    rows = answer.to_dict()["solutions"]
    assert {tuple(map(pair_of, (row["kernel_size"], row["padding"]))) for row in rows} == right


def pair_of(value):
    return tuple(value) if isinstance(value, list) else (value, value)


@pytest.mark.parametrize(
    ("line", "sizes"), [("Conv1d(kernel_size=?)", "W2 > 3"), ("Conv2d(kernel_size=?)", "W3 > 3")]
)
def test_a_condition_on_an_axis_that_there_is_not_is_refused(line, sizes):
    with pytest.raises(RequestError, match="write W for all of them"):
        solve(line, output="W - 1", for_=sizes)
