"""One open layer among others that tie axes together: every shape, and answers in its terms."""

from itertools import product

import pytest

import symconv
from symconv import solve
from symconv.emit.torch_code import code_of
from symconv.errors import RequestError

K = range(1, 8)


def gives(line, given, *numbers):
    """What comes out of a chain with numbers for its places; nothing where it is refused."""
    sizes = symconv.size(line.format(*numbers), given)
    return None if sizes.refused else sizes.rows[-1] if not sizes.features else sizes.features[-1:]


CUT = [
    ("Conv2d(kernel_size=({0}, {1})) -> Unfold(1)", 6, 6),
    ("Conv2d(kernel_size=({0}, {1})) -> Unfold(1)", 6, 5),
    ("Conv2d(kernel_size=({0}, {1}), padding=(0, 1)) -> Unfold(2)", (5, 4), 8),
    ("Conv2d(kernel_size=({0}, {1})) -> Unfold(1)", 6, 37),
    ("Conv2d(kernel_size={0}, stride=(1, 2)) -> Unfold(1)", 6, 15),
    ("Conv2d(kernel_size={0}, stride=(1, 2)) -> Unfold(1)", (6, 7), 8),
    ("Conv2d(2, 2, kernel_size={0}) -> Flatten()", 6, 2 * 16),
    ("Conv2d(2, 2, kernel_size={0}) -> Flatten()", 6, 2 * 15),
    ("Conv2d(2, 2, kernel_size=({0}, {1})) -> Flatten()", 6, 2 * 15),
    ("Conv2d(kernel_size=(1, 2)) -> Conv2d(kernel_size={0}) -> Unfold(1)", (6, 7), 25),
]


@pytest.mark.parametrize(("line", "given", "output"), CUT, ids=str)
def test_the_settings_are_those_that_brute_force_finds(line, given, output):
    """Only square shapes were looked at, also where a tuple lets axes differ."""
    unknowns = 1 + max(number for number in (0, 1) if f"{{{number}}}" in line)
    right = {
        numbers
        for numbers in product(K, repeat=unknowns)
        if gives(line, given, *numbers) == (output,)
    }
    answer = solve(line.format("?", "?"), input=given, output=output, limit=None)
    kernels = [row["kernel_size"] for row in answer.to_dict()["solutions"]]
    own = [tuple(k) if isinstance(k, list) else (k,) * 2 for k in kernels]
    square = isinstance(given, int) or len({*given}) == 1
    if unknowns == 1 and not square:  # then the one unknown is a number for each axis
        assert {k for k, *others in own if others == [k]} == {k for (k,) in right}
        return
    assert {k[:unknowns] for k in own} == right
    assert answer.verdict == ("solved" if right else "infeasible")


@pytest.mark.parametrize(
    ("line", "given", "output", "said"),
    [
        ("Conv2d(kernel_size=9) -> Conv2d(kernel_size=?) -> Unfold(1)", 3, 4, "layer 1, Conv2d"),
        ("Conv2d(1, 8, 1..7) -> MaxPool2d(2) -> Flatten()", 28, 1353, "no sizes that arrive at"),
        ("Conv2d(kernel_size=?) -> Unfold(1)", 6, 5, "none of them agree on kernel_size"),
        ("Conv2d(kernel_size=?) -> Unfold(1)", (6, 7), 50, "you asked for 6x7 becomes 50"),
    ],
)
def test_what_cannot_be_is_a_conflict_about_the_whole_chain(line, given, output, said):
    answer = solve(line, input=given, output=output)
    assert answer.verdict == "infeasible"
    told = [sentence.says for sentence in answer.conflict.sentences]
    assert any(said in says for says in told)
    numbers = {f"{given}".replace("(", "").replace(")", "").replace(", ", "x"), f"{output}"}
    asked = [says for says in told if "becomes" in says]
    assert all(numbers <= {*says.split()} for says in asked)
    assert all(says in answer.markdown().replace("`", "") for says in told)


def test_the_proposition_is_about_the_whole_chain():
    answer = solve("Conv2d(kernel_size=(?, ?)) -> Unfold(1)", input=6, output=6)
    written = answer.markdown()
    assert "`Conv2d(kernel_size=(?, ?)) -> Unfold(kernel_size=1)`: 6 becomes 6." in written
    assert all(str(row["kernel_size"]) in written for row in answer.to_dict()["solutions"])


@pytest.mark.parametrize(
    ("line", "given", "output"),
    [
        ("Conv3d(kernel_size=1..5) -> ReLU()", (6, 6, 8), (4, 4, 6)),
        ("Conv3d(kernel_size=(1..5, 1..5, 1..5))", (6, 6, 8), ("3..4", 4, "5..6")),
        ("Conv3d(1, 1, kernel_size=(1..5, 1..5, 1..5)) -> Flatten()", (4, 4, 6), 36),
        ("MaxPool3d(2) | Conv3d(kernel_size=2, stride=2..3)", None, None),
    ],
)
def test_axes_of_which_two_are_alike_are_three(line, given, output):
    """What holds of each axis was said once for those that are alike: of three, two were left."""
    if given is None:
        answer = solve(line, agree=True, for_="W >= 4 and W3 >= 6", limit=None)
        layer = symconv.Conv3d(kernel_size=2, stride=2)
        assert [answer.layers(place)[0] for place in range(len(answer))] == [layer]
        return
    answer = solve(line, input=given, output=output, limit=None)
    sets = {"3..4": {3, 4}, "5..6": {5, 6}}
    kernels = {tuple(row["kernel_size"]) if isinstance(row["kernel_size"], list)
               else (row["kernel_size"],) * 3 for row in answer.to_dict()["solutions"]}  # fmt: skip
    for kernel in product(range(1, 6), repeat=3):
        made = [size - k + 1 for size, k in zip(given, kernel, strict=True)]
        if isinstance(output, int):
            right = min(made) >= 1 and made[0] * made[1] * made[2] == output
        else:
            right = all(m in sets.get(o, {o}) for m, o in zip(made, output, strict=True))
        assert (kernel in kernels) == right


def test_an_open_fold_that_makes_axes_that_differ_is_refused_and_not_denied():
    alike = solve("Fold((4, 4), kernel_size=?) -> Conv2d(1, 1, 1)", input=9, output=4)
    assert [row["kernel_size"] for row in alike.to_dict()["solutions"]] == [2]
    with pytest.raises(RequestError, match="sizes for 1 axes"):
        solve("Fold((4, 6), kernel_size=?) -> Conv2d(1, 1, 1)", input=15, output=(4, 6))


@pytest.mark.parametrize(
    ("line", "given", "output"),
    [
        ("Fold((4, 4), kernel_size=?) -> Conv2d(1, 1, 1)", 9, 4),
        ("Conv2d(1, 4, kernel_size=?) -> PixelShuffle(2) -> Unfold(1)", 6, 16),
        ("Conv2d(3, 8, kernel_size=?) -> Flatten() -> Linear(128, 10)", 6, 10),
        ("Conv2d(kernel_size=(?, ?)) -> Unfold(1)", 6, 6),
        ("Conv2d(kernel_size=?, stride=2)", 9, "1..4"),
        ("Conv2d(4, 8, kernel_size=?, groups=4) -> GroupNorm(2, 8) -> Unfold(2)", 6, 9),
    ],
)
def test_torch_agrees_with_channels_of_each_layer(line, given, output):
    """It was run with one channel everywhere, which some layers refuse."""
    pytest.importorskip("torch")
    run = solve(line, input=given, output=output).verify("torch")
    assert (run.failed, run.left) == (0, 0) < (0, run.checked)


@pytest.mark.parametrize("output", [">= 5", "100..400"])
def test_outputs_that_are_not_looked_at_are_unknown(output):
    """The first 50 outputs had no setting, and so there was said to be none."""
    answer = solve("ConvTranspose2d(kernel_size=2, stride=2..3)", input=100, output=output, limit=1)
    assert (answer.verdict, answer.to_dict()["count"]) == ("unknown", None)
    assert "not looked at" in answer.reason


def test_two_of_three_axes_alike():
    """What two axes had in common was told once, for three axes."""
    several = solve("Conv3d(kernel_size=1..3)", input=(4, 4, 6), output="3..4", limit=None)
    kernels = [list(several.named(row)["kernel_size"]) for row in several.settings]
    right = [[a, b, 3] for a, b in product((1, 2), repeat=2)]
    assert sorted(kernels) == right
    branches = "MaxPool3d((2, 3, 2)) | Conv3d(kernel_size=?, stride=?)"
    (only,) = solve(branches, agree=True, limit=None).to_dict()["solutions"]
    assert only["kernel_size"] == only["stride"] == [2, 3, 2]
    open_ = "MaxPool3d(2) | Conv3d(kernel_size=1..3, stride=?)"
    assert solve(open_, agree=True, for_="even(W1)", limit=1).verdict == "solved"


@pytest.mark.parametrize(
    ("behind", "output"), [("", {20}), (" -> ReLU()", {20}), (" -> Conv2d(kernel_size=3)", 18)]
)
def test_fold_makes_two_axes_of_one(behind, output):
    """That more axes leave than arrive was a traceback."""
    folded = "Fold(output_size=?, kernel_size=2, stride=2)" + behind
    answer = solve(folded, input=100, output=output, limit=None)
    assert [answer.named(row)["output_size"] for row in answer.settings] == [20]
    assert str(answer)


@pytest.mark.parametrize(
    ("line", "goal"),
    [
        ("Conv2d(1, 4, kernel_size=?, padding=?) -> PixelShuffle(2)", {"up": 2}),
        ("Conv2d(4, 8, kernel_size=?, padding=?) -> GroupNorm(2, 8)", {"same": True}),
        ("PixelUnshuffle(2) -> Conv2d(4, 8, kernel_size=?, padding=?)", {"down": 2}),
        ("Conv1d(kernel_size=?, padding=?) -> GLU(1)", {"same": True}),
    ],
)
def test_torch_agrees_where_layers_around_need_channels(line, goal):
    pytest.importorskip("torch")
    run = solve(line, **goal, limit=3).verify("torch")
    assert run.failed == 0 < run.checked


@pytest.mark.parametrize(
    ("line", "given", "output"),
    [
        ("Unfold(kernel_size=2..3)", (6, 4), 15),
        ("Unfold(kernel_size=?)", 6, 16),
        ("Fold(output_size=20, kernel_size=?, stride=?)", 100, 20),
    ],
)
def test_torch_agrees_on_layers_that_tie_axes_by_themselves(line, given, output):
    """The input was run as one of other sizes: `6 gives (25,), not (15,)`."""
    pytest.importorskip("torch")
    run = solve(line, input=given, output=output, limit=2).verify("torch")
    assert run.failed == 0 < run.checked


def test_code_is_that_of_the_whole_chain():
    """Of a chain that is cut, the code was that of the open layer alone."""
    answer = solve("Conv2d(1, 1, kernel_size=(?, ?)) -> Unfold(1)", input=6, output=6, limit=1)
    code = code_of(answer)
    assert "Unfold" in code
    assert code.count("nn.Conv2d(") == 1
