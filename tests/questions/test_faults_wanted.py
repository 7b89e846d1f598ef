"""Answers are those that people want: what they build first, few reasons, families in parameters."""

import itertools
import json
from random import Random

import pytest
import sympy

from every_chain import outputs
from symconv import derive, law, mirror, receptive_field, size, solve, symbols, takes
from symconv.cli import main
from symconv.emit.torch_code import code_of
from symconv.errors import RequestError, UndecidedError
from symconv.operators.letters import S, W

READING = [
    ("Conv2d(kernel_size=?,stride=?)", 9, 1),
    ("AvgPool2d(kernel_size=?,stride=?)", 9, 1),
    ("MaxPool1d(kernel_size=?,stride=?)", 11, 1),
    ("Conv1d(kernel_size=?,stride=?)", 10, 4),
    ("Conv3d(kernel_size=?,stride=?,padding=0..1)", 8, 1),
    ("MaxPool2d(kernel_size=?)", 10, 1),
    ("LPPool1d(2, kernel_size=?,stride=?)", 6, 2),
]


@pytest.mark.parametrize(("line", "given", "wanted"), READING, ids=str)
def test_settings_that_read_every_cell_come_first(line, given, wanted):
    answer = solve(line, input=given, output=wanted, limit=3)
    first = answer.to_dict()["solutions"][0]
    kernel, stride = first["kernel_size"], first["stride"]
    reached = {place + tap for place in range(0, wanted * stride, stride) for tap in range(kernel)}
    assert {*range(given - first.get("padding", 0))} <= reached
    assert "unread" in repr(answer).splitlines()[1]


@pytest.mark.parametrize("cells", range(2, 18))
@pytest.mark.parametrize("name", ["Conv1d", "ConvTranspose2d"])
def test_a_stride_that_does_nothing_is_none(name, cells):
    """Of one window all strides are alike: then 1 is what people mean, if anything."""
    sizes = (cells, 1) if name == "Conv1d" else (1, cells)
    answer = solve(f"{name}(kernel_size=?, stride=?)", input=sizes[0], output=sizes[1], limit=1)
    first = answer.to_dict()["solutions"][0]
    assert (first["kernel_size"], first["stride"]) == (cells, 1)


def test_a_pool_whose_stride_is_its_kernel_may_be_one_window():
    first = solve(
        "Conv2d(kernel_size=3, padding=1) -> AvgPool2d(kernel_size=2..8)", input=7, output=1
    )
    assert first.layers(0)[1].kernel_size == 7


@pytest.mark.parametrize("line", ["2 x Conv2d(kernel_size=1..5, stride=1..3)"])
def test_chains_say_how_many_cells_are_unread(line):
    assert "unread" in repr(solve(line, input=9, output=1)).splitlines()[1]


STACKS = [
    ("4 x Conv1d(kernel_size=3, padding=?, dilation={1,2,4,8})", [1, 2, 4, 8]),
    ("3 x Conv1d(kernel_size=3, padding=?, dilation={1,2,4})", [1, 2, 4]),
    ("3 x Conv2d(kernel_size=5, padding=?, dilation={1,2,3})", [1, 2, 3]),
    ("3 x Conv1d(kernel_size={3, 5}, padding=0..16, dilation={1,2,4})", [1, 2, 4]),
    ("2 x Conv2d(kernel_size=3, padding=?, dilation={2,5}) -> ReLU()", [2, 5]),
    ("3 x Conv2d(kernel_size=3, padding=?)", [1, 1, 1]),
]


@pytest.mark.parametrize(("line", "dilations"), STACKS, ids=str)
def test_the_stack_that_people_build_comes_first(line, dilations):
    """Each layer keeps the size, dilations rise, and no other order is a row of its own."""
    sees = 1 + (5 - 1 if "=5" in line else 3 - 1) * sum(dilations)
    answer = solve(line, same=True, where=f"receptive_field >= {sees}", limit=6)
    first = [layer for layer in answer.layers(0) if hasattr(layer, "dilation")]
    assert [layer.dilation for layer in first] == dilations
    for layer in first:
        assert all(size(layer, given).output == given for given in (20, 31))
    rows = [tuple(sorted(map(repr, answer.layers(number)))) for number in range(len(answer))]
    assert len({*rows}) == len(rows)


def test_padding_beyond_the_extent_is_for_those_who_ask():
    answer = solve("2 x Conv1d(kernel_size=3, padding=0..9)", same=True, limit=None)
    beyond = [any(one.padding > 2 for one in answer.layers(n)) for n in range(len(answer))]
    assert not beyond[0]
    asked = solve("2 x Conv1d(kernel_size=3, padding=0..9)", same=True, where="padding != 1")
    assert asked.verdict == "solved"


BUILT = [
    ("Conv2d(kernel_size=?, stride=?, padding=?)", {"input": 224, "output": 112}),
    ("Conv1d(kernel_size=?, stride=?, padding=?)", {"input": 100, "output": 50}),
    ("Conv3d(kernel_size=?, stride=?, padding=?)", {"input": 32, "output": 16}),
    ("Conv2d(kernel_size=?, stride=?, padding=?)", {"down": 2}),
    ("Conv2d(kernel_size=?, stride=?, padding=?)", {"output": "W//2", "for_": "even(W)"}),
    ("Conv2d(kernel_size=?, stride=2, padding=?)", {"input": 56, "output": 28}),
]


@pytest.mark.parametrize(("line", "asked"), BUILT, ids=str)
def test_what_people_build_comes_before_what_nobody_builds(line, asked):
    rows = solve(line, **asked, limit=10).to_dict()["solutions"]
    numbers = [(row["kernel_size"], row["stride"], row["padding"]) for row in rows]
    assert numbers[0] == (3, 2, 1)
    assert (7, 2, 3) in numbers[:5]
    assert (1, 2, 0) not in numbers[:3]


CLOSED = [
    ("Conv1d(kernel_size=?, padding=?, dilation=?)", {"same": True}, ()),
    ("Conv1d(kernel_size=?, padding=?, padding_mode=circular)",
     {"output": "W", "for_": "W >= 1"}, ()),
    ("Conv1d(kernel_size=3, padding=?, padding_mode=circular)", {"same": True}, ()),
    ("Conv1d(kernel_size=?, padding=?)", {"same": True}, "kernel_size % 3 == 0"),
    ("Conv1d(kernel_size=?, padding=?)", {"same": True}, "padding % 3 == 1"),
    ("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", {"up": 2}, "kernel_size % 4 == 0"),
    ("Conv1d(kernel_size=?, padding=?, dilation=?)", {"same": True}, "kernel_size % 3 == 0"),
    ("Conv1d(kernel_size=?, padding=?, dilation=?)", {"same": True}, "dilation % 4 == 1"),
    ("MaxPool1d(kernel_size=?, padding=?, stride=1)", {"same": True}, "kernel_size % 5 == 2"),
    ("Conv1d(kernel_size=1, padding=?, padding_mode=circular)", {"same": True}, ()),
    ("Conv1d(kernel_size=?, padding=?)", {"same": True}, "odd(padding) and kernel_size <= 9"),
    ("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", {"up": 3},
     "kernel_size % 3 == 0 and kernel_size <= 12 and padding >= 1"),
    ("Conv1d(kernel_size=?, padding=?, dilation=?)", {"same": True},
     "dilation % 2 == 0 and dilation <= 4"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "goal", "where"), CLOSED, ids=str)
def test_families_are_closed_and_are_all_settings(line, goal, where):
    """No congruence is left, nor two bounds that are equal; the points are those of brute force."""
    from symconv.meanings.integers import PLAIN
    from symconv.terms import conjuncts, parts

    answer = solve(line, **goal, where=where, limit=1)
    members = set()
    for family in answer.families:
        assert not any(part.word == "mod" for part in parts(family.domain))
        bounds = {part.args for part in conjuncts(family.domain) if part.word == "le"}
        assert not any((b, a) in bounds for a, b in bounds)
        for point in itertools.product(range(26), repeat=len(family.parameters)):
            values = dict(zip(family.parameters, point, strict=True))
            if PLAIN.evaluate(family.domain, values):
                members.add(tuple(PLAIN.evaluate(t, values) for t in family.letters.values()))
    near = solve(line, **goal, where=[where or "padding >= 0", "kernel_size <= 12", "dilation <= 6"]
                 if "MaxPool" not in line else [where, "kernel_size <= 12"], limit=None)  # fmt: skip
    listed = {tuple(setting.values()) for setting in near}
    letters = [*answer.families[0].letters]
    place = {name: letters.index(name) for name in letters}
    few = {m for m in members if m[place["F"]] <= 12 and m[place["D"]] <= 6}
    assert {m for m in few if m[place["F"]] <= 12} == listed


@pytest.mark.parametrize(
    ("line", "where", "says"),
    [
        ("MaxPool1d(kernel_size=?, stride=?)", "every_cell_read", "F = 2, S = 2, P = 0, D = 1"),
        ("Conv1d(kernel_size=?, stride=?, padding=?)", "every_cell_read",
         "F = k + 2t, S = 2, P = t, D = 1   (1 <= k <= 2, t >= 0, k + t >= 2;"),
        ("Conv1d(kernel_size=?, stride=?, padding=?)", "padding >= 1 and padding <= 1",
         "F = k + 2, S = 2, P = 1, D = 1   (1 <= k <= 2;"),
    ],
)  # fmt: skip
def test_bounds_that_leave_one_number_are_that_number_and_none_follows_from_others(
    line, where, says
):
    (family,) = solve(line, down=2, where=where).families
    assert repr(family).startswith(says)


def test_a_letter_that_an_equation_settles_is_a_number():
    (family,) = solve(CLOSED[2][0], same=True).families
    assert repr(family).startswith("F = 3, S = 1, P = 1, D = 1")


FIXED = [
    ("Conv2d(kernel_size=3) -> Conv2d(kernel_size=3)", 9, 6),
    ("8 x Conv2d(kernel_size=3)", 29, 6),
    ("Conv1d(kernel_size=7, stride=2, padding=3) -> MaxPool1d(3, 2, 1)", 224, 57),
    ("ConvTranspose1d(kernel_size=4, stride=2, padding=1)", 9, 20),
    ("Conv1d(kernel_size=3) -> AvgPool1d(2)", 30, 5),
    ("ZeroPad1d(2) -> Conv1d(kernel_size=3, dilation=2)", 9, 12),
]


@pytest.mark.parametrize(("line", "given", "wanted"), FIXED, ids=str)
def test_a_chain_of_numbers_says_two_numbers_and_the_nearest_way_out(line, given, wanted):
    answer = solve(line, input=given, output=wanted)
    every = [w for w in range(1, 500) if outputs(line, w) in {(wanted,), (wanted,) * 2}]
    nearest = min(every, key=lambda w: abs(w - given))
    gives = size(line, given).output
    said, _, among = repr(answer).partition(", the nearest of ")
    assert bool(among) == (len(every) > 1)
    assert said == f"{given} gives {gives}; {wanted} comes from {nearest}"


STRIDED = "Conv2d(kernel_size=3, stride=2, padding=1)"
UP = "ConvTranspose1d(kernel_size=4, stride=2, padding=1)"
WHICH = [
    (STRIDED, 28, "even(W)", lambda w, o: o == 28 and w % 2 == 0),
    (STRIDED, 28, "odd(W)", lambda w, o: o == 28 and w % 2 == 1),
    ("Conv1d(kernel_size=3, stride=2) -> MaxPool1d(2)", 7, "W % 4 == 1",
     lambda w, o: o == 7 and w % 4 == 1),
    (UP, 28, "even(W)", lambda w, o: o == 28 and w % 2 == 0),
    (UP, "W + 3", "odd(W)", lambda w, o: o == w + 3 and w % 2 == 1),
    ("MaxPool2d(3)", "W - 8", "W >= 5", lambda w, o: o == w - 8 and w >= 5),
    ("AdaptiveAvgPool1d(7)", 7, "W % 7 == 3", lambda w, o: w % 7 == 3),
]  # fmt: skip


@pytest.mark.parametrize(("line", "output", "sizes", "meant"), WHICH)
def test_of_a_chain_of_numbers_it_is_answered_which_sizes(line, output, sizes, meant):
    answer = solve(line, output=output, for_=sizes)
    come_out = {w: outputs(line, w) for w in range(1, 200)}
    every = [w for w, out in come_out.items() if out and meant(w, out[0])]
    assert [w for w in range(1, 200) if w in answer] == every
    assert bool(answer) == bool(every)


@pytest.mark.parametrize("seed", range(6))
def test_the_first_designs_are_right_whatever_comes_first(seed):
    """Order changes no answer: each listed design does it, and sees what it is said to see."""
    random = Random(f"wanted {seed}")
    line = f"{random.randint(2, 3)} x Conv1d(kernel_size=1..5, padding=0..3, dilation={{1, 2}})"
    given, wanted = random.randint(12, 20), random.randint(8, 14)
    answer = solve(line, input=given, output=wanted, limit=12)
    for number in range(len(answer)):
        assert outputs(answer.layers(number), given) == (wanted,)
        assert receptive_field(answer.layers(number)).field == answer[number].receptive_field


def test_a_refusal_has_its_numbers_in_the_direction_of_its_formula():
    refused = str(size("Conv2d(kernel_size=3)", 0).refused)
    assert "input >= 1, here 0 >= 1." in refused
    assert "input + 2*padding, here 3 <= 2." in str(size("Conv2d(kernel_size=3)", 2).refused)


def test_what_is_unequal_is_written_so():
    """`!=` came back as `not …`."""
    answer = solve("Conv1d(kernel_size=3, stride=?)", input=9, output=7, where=~S.eq(1))
    assert "you asked for stride != 1" in answer.to_dict()["conflict"]
    assert mirror("Conv1d(kernel_size=3)", for_=~W.eq(4)).sizes.text == "W != 4"
    assert mirror("Conv1d(kernel_size=3)", for_=sympy.Ne(symbols.W, 4)).sizes.text == "W != 4"


CHAIN = "Conv1d(1, 1, kernel_size=1..3) -> Conv1d(1, 1, kernel_size=1..5, padding=?)"


@pytest.mark.parametrize(
    ("line", "options", "function"),
    [
        (CHAIN, {"same": True, "limit": 3}, "chains"),
        (CHAIN, {"same": True, "limit": 1}, "chain"),
        ("1..3 x Conv1d(kernel_size=1..3)", {"input": 9, "output": 5, "limit": 4}, "chains"),
        ("Conv1d(1, 1, ?, ?) -> ReLU()", {"input": 9, "output": 5, "limit": 3}, "chains"),
        ("Conv1d(1, 1, ?, ?)", {"input": 9, "output": 5, "limit": 3}, "layers"),
        ("Conv1d(1, 1, 5) -> ReLU()", {"output": 5}, "chain"),
        ("Conv1d(1, 1, 5)", {"input": 9, "output": 5}, "chain"),
    ],
    ids=str,
)
def test_code_has_all_that_is_listed(line, options, function):
    """Of chains it had the first, whatever the limit; of layers without unknowns, a traceback."""
    torch = pytest.importorskip("torch")
    answer = solve(line, **options)
    names: dict = {}
    exec(code_of(answer), names)
    takes = "channels" in names[function].__code__.co_varnames
    modules = names[function](*[(1, 1, 1, 1)] * takes)
    modules = [modules] if function == "chain" else modules
    assert len(modules) == (1 if function == "chain" else len(answer))
    for module in modules:
        gives = module(torch.zeros(2, 1, 9)).shape[2]
        assert gives == (9 if "same" in options else 5)
    if function == "chains":
        chains = [[type(layer).__name__ for layer in answer.layers(n)] for n in range(len(answer))]
        assert [[type(layer).__name__ for layer in module] for module in modules] == chains


def test_code_at_the_prompt_has_as_many_as_the_limit(capsys):
    assert main(["solve", CHAIN, "--same", "--limit", "3", "--emit", "torch", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["solutions"]) == document["code"].count("nn.Sequential(") == 3
    assert main(["solve", "Conv1d(kernel_size=3)", "--output", "7", "--emit", "torch"]) == 0
    assert "What was asked: W = 9" in capsys.readouterr().out


def test_a_mirror_takes_a_condition_or_a_size():
    with pytest.raises(RequestError, match="either input= or for_="):
        mirror("Conv1d(kernel_size=3)", for_="W >= 3", input=9)
    with pytest.raises(RequestError, match="input as a size"):
        mirror("Conv1d(kernel_size=3)", input="W >= 3")


def test_an_axis_is_counted_as_its_letter_is():
    layer = "Conv2d(kernel_size=(3, 5)) -> ReLU()"
    for axis, kernel in ((1, 3), (2, 5)):
        assert law(layer, axis) == symbols.W - kernel + 1
        assert takes(layer, axis) == (symbols.W >= kernel)
        derivation = derive(layer, axis=axis)
        assert derivation.title.endswith(f", along axis {axis}")
        assert derivation.result == symbols.W - kernel + 1
    with pytest.raises(RequestError, match=r"axis from 1 to 2; got 0.*axis=1 for the"):
        derive(layer, axis=0)


def test_a_derivation_keeps_its_time():
    with pytest.raises(UndecidedError, match=r"within 0\.01 seconds"):
        derive("300 x Conv1d(kernel_size=3, stride=2)", timeout=0.01)
    assert derive("conv", timeout=60).name == "conv"
