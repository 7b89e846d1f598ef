"""`solve` for every size that the layers before take: right settings, and the set is named."""

import json
import random
from itertools import product, takewhile
from typing import Any

import pytest

import symconv
from symconv import solve
from symconv.cli import main
from symconv.errors import RequestError
from symconv.periodic import SizeSet

FAR = 120

PEOPLE = [
    ("Conv2d(kernel_size=3) -> ConvTranspose2d(kernel_size=?)", {"same": True}, [3], "sizes from 3"),
    ("Conv1d(kernel_size=5, dilation=2) -> ConvTranspose1d(kernel_size=?)", {"same": True}, [9],
     "sizes from 9"),
    ("Conv1d(kernel_size=3) -> ConvTranspose1d(kernel_size=?, stride=?)", {"up": 2}, [6],
     "sizes from 3"),
    ("Conv1d(kernel_size=3) -> ConvTranspose1d(kernel_size=?)", {"output": "W + 1"}, [4],
     "sizes from 3"),
    ("PixelUnshuffle(2) -> ConvTranspose2d(kernel_size=?, stride=2)", {"same": True}, [2],
     "even sizes"),
    ("PixelUnshuffle(2) -> ConvTranspose2d(kernel_size=?, stride=6)", {"up": 3}, [6],
     "even sizes"),
    ("ZeroPad1d(-3) -> ConvTranspose1d(kernel_size=?)", {"same": True}, [7], "sizes from 7"),
    ("Conv1d(kernel_size=?, padding=3, padding_mode=reflect)", {"same": True}, [7],
     "sizes from 4"),
    ("Conv2d(kernel_size=?, padding=3, padding_mode=circular)", {"same": True}, [7],
     "sizes from 3"),
]  # fmt: skip


@pytest.mark.parametrize("way", PEOPLE, ids=str)
def test_every_size_means_every_size_that_the_layers_before_take(way):
    text, goal, kernels, says = way
    found = solve(text, **goal)
    assert found.verdict == "solved"
    assert [one["F"] for one in found.settings] == kernels
    assert repr(found).splitlines()[0].endswith(f" for {says}")
    form = found.to_dict()["taken"]
    assert SizeSet.of(**form) == found.problem.goal.taken
    layers = found.layers(found.settings[0])
    for size in range(1, FAR):
        answer = symconv.size(layers, size)
        assert (answer.refused is None) == (size in found.problem.goal.taken)
        if answer.refused is None:
            assert answer.output == found.problem.goal.gives(size)


def test_what_a_padding_refuses_is_not_asked_for_where_sizes_are_divided():
    found = solve("Conv1d(kernel_size=?, stride=?, padding=3, padding_mode=circular)", down=2)
    assert [one["F"] for one in found.settings] == [7, 8]
    assert found.says == "every multiple of 2, divided by it, for even sizes, from 4"


REFUSING = [
    ("Conv1d(kernel_size=7, padding=?, padding_mode=reflect)", {"same": True}),
    ("Conv1d(kernel_size=1..9, padding=?, dilation=1..2, padding_mode=reflect)", {"same": True}),
    ("Conv1d(kernel_size=1..9, padding=?, padding_mode=circular)", {"same": True}),
    ("Conv1d(kernel_size=?, stride=?, padding=1..4, padding_mode=circular)", {"down": 2}),
    (
        "Conv1d(kernel_size=1..9, stride=1..3, padding=0..4, padding_mode=reflect)",
        {"output": "W//2"},
    ),
    ("Conv1d(kernel_size=1..5, padding=same, padding_mode=reflect)", {"same": True}),
    ("AvgPool3d(kernel_size=1..8, stride=1..3, padding=?)", {"down": 2}),
]
"""Layers that refuse small sizes, how many of them depends on what is to be found."""


@pytest.mark.parametrize(("text", "goal"), REFUSING, ids=str)
def test_a_setting_that_refuses_small_sizes_does_it_to_all_that_it_takes(text, goal):
    found = solve(text, **goal, limit=None, timeout=60)
    asked, right = found.problem.layer, {}
    every = [*takewhile(lambda n: n < FAR, found.problem.goal.sizes)]
    for numbers in _settings(asked):
        try:
            layer = asked.changed(**numbers)
            answers = {n: symconv.size(layer, n) for n in every}
        except RequestError:
            continue
        taken = [n for n, answer in answers.items() if answer.refused is None]
        meets = all(answers[n].output == found.problem.goal.gives(n) for n in taken)
        if meets and taken and taken[-1] >= FAR - 2:
            right[tuple(numbers.items())] = taken
    listed = {_key(row, asked) for row in found.to_dict()["solutions"]}
    assert listed == {*right}
    some = solve(text, **goal, limit=20, timeout=60).to_dict()
    for row, note in zip(some["solutions"], some["notes"], strict=True):
        sizes = right[_key(row, asked)]
        assert ("takes" in note) == (sizes != every)
        assert note.get("takes", "").removeprefix("even ").removeprefix("sizes").strip(", ") in (
            "",
            f"from {sizes[0]}",
        )
        assert sizes == [n for n in every if n >= sizes[0]]


def _key(row, layer):
    return tuple((name, row[name]) for name in map(layer.parameter_of, layer.unknowns()))


def _settings(layer):
    """Every way to fill in what is to be found, by small numbers."""
    names = list(map(layer.parameter_of, layer.unknowns()))
    choices = [unknown.choices or range(12) for unknown in layer.unknowns().values()]
    return (dict(zip(names, numbers, strict=True)) for numbers in product(*choices))


def test_a_proposition_claims_no_size_that_a_setting_refuses():
    one = solve("Conv1d(kernel_size=7, padding=?, padding_mode=reflect)", same=True).markdown()
    assert "cells with $W \\ge 1$ that is taken gives $W$ just for these settings" in one
    assert "padding_mode = reflect`, which takes sizes from 4" in one
    assert "none refuses 1000 cells" in one
    plain = solve("Conv1d(kernel_size=7, padding=?)", same=True).markdown()
    assert "take" not in plain


def test_an_axis_that_takes_every_size_says_so_beside_one_that_does_not():
    layer = "Conv2d(kernel_size=(?, 3), padding=(?, ?), padding_mode=reflect)"
    first, second, *_ = solve(layer, same=True).to_dict()["notes"]
    assert first["takes"] == "sizes from 2"
    assert second["takes"] == ["all that are meant", "sizes from 2"]


def test_paddings_too_large_to_be_searched_are_said():
    layer = "Conv1d(kernel_size=?, padding=?, padding_mode=reflect)"
    found = solve(layer, same=True, limit=None, timeout=60)
    assert (found.exhausted, found.endless) == (False, None)
    assert found.reason == "settings that refuse 1000 cells were not searched"
    assert found.settings[-1]["F"] == 1999
    two = solve(
        "Conv2d(kernel_size=(?, 3), padding=(?, ?), padding_mode=reflect)", same=True, limit=None
    )
    assert not two.exhausted
    far = solve("Conv1d(kernel_size=2001, padding=?, padding_mode=reflect)", same=True)
    assert (far.verdict, far.reason) == ("unknown", found.reason)


def test_the_command_names_the_set(capsys):
    asked = ["solve", "Conv2d(kernel_size=3) -> ConvTranspose2d(kernel_size=?)", "--same"]
    assert main(asked) == 0
    assert "every size stays, for sizes from 3" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["taken"] == {"period": 1, "residues": [0], "start": 3, "also": []}
    assert [one["kernel_size"] for one in answer["solutions"]] == [3]


def test_axes_that_differ_have_a_set_each():
    found = solve("Conv2d(kernel_size=(3, 5)) -> ConvTranspose2d(kernel_size=(?, ?))", same=True)
    assert found.named(found.settings[0])["kernel_size"] == [3, 5]
    answer = found.to_dict()
    assert [axis["taken"]["start"] for axis in answer["axes"]] == [3, 5]
    assert "taken" not in answer
    assert found.says == "every size stays, for sizes from 3; every size stays, for sizes from 5"


def test_nothing_is_named_where_no_layer_before_refuses_a_size():
    for text, goal in [
        ("ConvTranspose1d(kernel_size=?) -> Conv1d(kernel_size=3)", {"same": True}),
        ("Conv1d(kernel_size=3, padding=1) -> Conv1d(kernel_size=?, padding=?)", {"same": True}),
        ("Conv1d(kernel_size=?, padding=?)", {"same": True}),
        ("PixelUnshuffle(2) -> Conv2d(kernel_size=?, padding=?)", {"down": 2}),
        ("Conv1d(kernel_size=3) -> Conv1d(kernel_size=?)", {"input": 9, "output": 5}),
    ]:
        found = solve(text, **goal)
        assert found.verdict == "solved"
        assert found.problem.goal.taken is None
        assert "taken" not in found.to_dict()
        assert ", for " not in found.says


def test_sizes_that_somebody_named_are_all_meant():
    text = "Conv1d(kernel_size=3) -> ConvTranspose1d(kernel_size=?)"
    assert solve(text, output="W", for_="W >= 2").verdict == "infeasible"
    assert solve(text, output="W", for_="W >= 1").verdict == "infeasible"
    answer = solve(text, output="W", for_="W >= 4")
    assert [one["F"] for one in answer.settings] == [3]
    assert answer.says == "W cells for W >= 4"


def test_layers_that_take_no_size_are_told_and_not_a_size():
    text = "Conv1d(1, 2, 3) -> Conv1d(3, 1, 3) -> Conv1d(kernel_size=?, padding=?)"
    found = solve(text, same=True)
    assert found.verdict == "infeasible"
    assert [*map(str, found.conflict.sentences)] == [
        "the input has the layer's input channels (layer 2, Conv1d)",
    ]
    nothing = solve("AdaptiveAvgPool2d(3) -> PixelUnshuffle(2) -> Conv2d(kernel_size=?)", up=2)
    assert nothing.verdict == "infeasible"
    assert nothing.problem.goal.taken is None


def test_a_chain_that_is_designed_is_for_the_same_sizes():
    for text in (
        "Conv2d(kernel_size=3) -> ConvTranspose2d(kernel_size=1..5)",
        "Conv2d(kernel_size=3) -> 1..2 x ConvTranspose2d(kernel_size=2..3)",
    ):
        found = solve(text, same=True)
        assert found.verdict == "solved"
        assert found.question.says == "every size stays, for sizes from 3"
        assert found.to_dict()["taken"] == SizeSet.between(3, None).to_dict()
        assert [layer.kernel_size for layer in found.layers(0)] == [3, 3]
    unshuffled = solve(
        "PixelUnshuffle(2) -> ConvTranspose2d(kernel_size=1..5, stride=1..3)", same=True
    )
    assert [one.layers[1].stride for one in unshuffled.settings] == [2]
    assert unshuffled.question.says == "every size stays, for even sizes"
    strange = solve(
        "Conv2d(kernel_size=(3, 5)) -> Conv2d(kernel_size=1..5, padding=2..5)", same=True
    )
    assert strange.verdict == "infeasible"
    named = solve(
        "Conv2d(kernel_size=3) -> ConvTranspose2d(kernel_size=1..5)", output="W", for_="W > 5"
    )
    assert "taken" not in named.to_dict()


def random_layers(rng):
    """Settled layers, one or two."""
    kernel, step, edge = rng.randint(1, 6), rng.randint(1, 2), rng.randint(0, 1)
    layers = [
        f"Conv1d(kernel_size={kernel}, stride={step}, padding={edge})",
        f"MaxPool1d({rng.randint(1, 4)}, {rng.randint(1, 2)})",
        f"ZeroPad1d({rng.randint(-4, 3)})",
    ]
    return " -> ".join(rng.sample(layers, rng.randint(1, 2)))


def after(layers, size):
    """What layers make of a size; 0 where they refuse it."""
    answer = symconv.size(layers, size)
    return 0 if answer.refused else answer.output


OPEN = "ConvTranspose1d(kernel_size=?, stride=1..3, padding=0..2, output_padding=0..1)"


@pytest.mark.parametrize("seed", range(30))
def test_random_chains_have_the_settings_that_brute_force_finds(seed):
    """A setting counts just where it does what is asked for every size that is taken before it."""
    rng = random.Random(seed)
    before = random_layers(rng)
    goal = rng.choice([{"same": True}, {"up": 2}, {"output": "W + 2"}])
    found = solve(f"{before} -> {OPEN}", where="kernel_size <= 9", limit=None, timeout=30, **goal)
    sizes = range(1, 60)
    between = {size: after(before, size) for size in sizes if after(before, size)}
    named = found.problem.goal.taken
    assert [size for size in sizes if named is None or size in named] == [*between]
    pairs = [(w, found.problem.goal.gives(size)) for size, w in between.items()]
    expected = {
        (f, s, p, 1, a)
        for f in range(1, 10)
        for s in range(1, 4)
        for p in range(3)
        for a in range(2)
        if a < s and all((w - 1) * s - 2 * p + f + a == o for w, o in pairs)
    }
    assert {tuple(one.values()) for one in found.settings} == expected


@pytest.mark.parametrize("asked", [{"same": True}, {"input": 10, "output": 5}])
def test_sizes_in_floating_point_are_no_law_to_solve(asked: dict[str, Any]) -> None:
    """A layer whose sizes torch computes in floating point is named; it was a traceback."""
    with pytest.raises(RequestError, match=r"Upsample"):
        solve("Upsample(scale_factor=0.7) -> Conv1d(kernel_size=?)", **asked)
