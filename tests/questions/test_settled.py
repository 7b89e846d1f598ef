"""Chains without unknowns: every answer is the set that brute force finds, size by size.

Run with `-s` for the counts.
"""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Callable
from itertools import islice, product
from random import Random
from typing import Any, NamedTuple

import pytest

pytest.importorskip("numpy")

import numpy as np

import symconv
from random_chains import RandomChain, random_chain
from symconv.chains.axes import input_axes
from symconv.cli import main
from symconv.errors import RequestError
from symconv.periodic import SizeSet
from symconv.proving.clock import TIME_UP

CHUNKS, EACH = 12, 20
WINDOW = 400
"""Up to which size every input is compared."""
FEATURES = 40
"""The same of chains that end with features, which go one at a time."""
CORNER = 9
"""Up to which size every shape of several axes is compared."""
LONG = 10**5


class Drawn(NamedTuple):
    """A question, and what it says of an input's size and the output's on each axis."""

    asked: dict[str, Any]
    holds: Callable[[int, int], bool]


def drawn(random: Random, ending: bool) -> Drawn:
    """Return a question, with what it means written down once more, as Python has it."""
    n, low = random.randint(1, 40), random.randint(0, 20)
    span, other = random.randint(0, 30), random.randint(0, 60)
    factor, step = random.randint(1, 4), random.randint(1, 9)
    questions = [
        Drawn({"output": n}, lambda w, o: o == n),
        Drawn({"output": low}, lambda w, o: o == low),
        Drawn({"output": f"{low}..{low + span}"}, lambda w, o: low <= o <= low + span),
        Drawn({"output": range(low, low + span + 1)}, lambda w, o: low <= o <= low + span),
        Drawn({"output": {n, other}}, lambda w, o: o in (n, other)),
        Drawn({"output": f">= {n}"}, lambda w, o: o >= n),
        Drawn({"output": f"O % {step} == {n % step}"}, lambda w, o: o % step == n % step),
        Drawn({"output": f"O > {low} and odd(O)"}, lambda w, o: o > low and o % 2 == 1),
        Drawn({"output": f"W//{step} + {span}"}, lambda w, o: o == w // step + span),
        Drawn({"output": f"O <= W//{step} and O != W"}, lambda w, o: o <= w // step and o != w),
    ]
    if not ending:
        questions += [
            Drawn({"same": True}, lambda w, o: o == w),
            Drawn({"up": factor}, lambda w, o: o == factor * w),
            Drawn({"down": factor}, lambda w, o: w % factor == 0 and o == w // factor),
        ]
    question = random.choice(questions)
    if random.random() < 0.3:
        options = question.asked | {"for_": f"W % {step} == {n % step} or W < {low}"}
        return Drawn(
            options, lambda w, o: question.holds(w, o) and (w % step == n % step or w < low)
        )
    return question


def outcome(chain: RandomChain, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the sizes, or the features, that come out; nothing where a layer refuses."""
    sizes = symconv.size(chain.whole, shape)
    if sizes.refused:
        return None
    return sizes.features[-1:] if chain.ending else sizes.rows[-1]


def squares(chain: RandomChain) -> dict[tuple[int, ...], tuple[int, ...] | None]:
    """Return what comes out of every input that is as large on all axes, up to a size."""
    if chain.ending:
        each = ((size,) * chain.axes for size in range(1, FEATURES))
        return {shape: outcome(chain, shape) for shape in each}
    many = symconv.size(chain.layers, (np.arange(1, WINDOW + 1),) * chain.axes)
    rows = np.stack(many.rows[-1]).T.tolist()
    return {
        (size,) * chain.axes: tuple(row) if valid else None
        for size, row, valid in zip(range(1, WINDOW + 1), rows, many.valid, strict=True)
    }


def corner(chain: RandomChain, random: Random) -> dict[Any, Any]:
    """Return the same of shapes whose axes differ."""
    if chain.axes == 1:
        return {}
    every = list(product(range(1, CORNER + 1), repeat=chain.axes))
    far = [tuple(random.choices(range(1, 60), k=chain.axes)) for _ in range(20)]
    return {shape: outcome(chain, shape) for shape in random.sample(every, 60) + far}


def expected(question: Drawn, shape: tuple[int, ...], out: tuple[int, ...] | None) -> bool:
    if out is None:
        return False
    places = shape if len(shape) == len(out) else shape * len(out)
    met = all(question.holds(w, o) for w, o in zip(places, out, strict=False))
    if len(shape) != len(out) and "for_" in question.asked:  # the condition is on every axis
        met = met and all(question.holds(w, out[0]) for w in shape)
    return met


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_inputs_are_those_that_brute_force_finds(chunk: int) -> None:
    random, counts, wrong = Random(f"settled {chunk}"), Counter[str](), list[Any]()
    while counts["asked"] < EACH:
        chain = random_chain(random, 5)
        if chain.axes != (input_axes(chain.layers) or 1):
            continue
        counts["asked"] += 1
        question = drawn(random, bool(chain.ending))
        answer = symconv.solve(chain.whole, **question.asked, timeout=LONG)
        counts[answer.verdict] += 1
        if answer.verdict == "unknown":
            assert answer.shapes is None
            assert answer.reason
            continue
        rows = squares(chain) | ({} if answer.square else corner(chain, random))
        wrong += [
            (chain.text, question.asked, shape, out, answer)
            for shape, out in rows.items()
            if (shape in answer) != expected(question, shape, out)
        ]
        assert bool(answer) == bool(answer.shapes) == (answer.verdict == "solved")
        assert pickle.loads(pickle.dumps(answer)) == answer
        assert json.dumps(answer.to_dict())
    print(dict(counts))
    assert wrong[:3] == []
    assert counts["unknown"] <= 0.2 * EACH


STEM = "Conv2d(3, 64, kernel_size=7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)"
U_NET = "3 x Conv2d(kernel_size=3, stride=2) -> 3 x ConvTranspose2d(kernel_size=3, stride=2)"
HALVES = "Conv2d(kernel_size=3, stride=2, padding=1)"

SAID = [
    (STEM, {"output": 56}, "221 <= W <= 224"),
    (STEM, {"output": (7, 9)}, "axis 1: 25 <= W <= 28; axis 2: 33 <= W <= 36"),
    ("Conv2d(kernel_size=3)", {"output": 0}, "no input size"),
    ("Conv2d(kernel_size=(3, 5))", {"output": 4}, "axis 1: W = 6; axis 2: W = 8"),
    ("Conv2d(kernel_size=3)", {"output": "1..4"}, "3 <= W <= 6"),
    ("Conv2d(kernel_size=3)", {"output": range(1, 5)}, "3 <= W <= 6"),
    ("Conv2d(kernel_size=3)", {"output": ">= 1"}, "W >= 3"),
    ("Conv2d(kernel_size=3)", {"output": "{7, 14}"}, "W = 9 or W = 16"),
    ("Conv2d(kernel_size=3)", {"output": ({7, 14}, "2..3")}, "axis 1: W = 9 or W = 16; axis 2: 4 <= W <= 5"),
    ("Conv2d(kernel_size=3, stride=2)", {"output": "O % 8 == 0"}, "1 or 2 mod 16, from 17"),
    ("PixelUnshuffle(2)", {"output": "O >= 1 and even(O)"}, "multiples of 4"),
    ("Upsample(scale_factor=0.7)", {"output": 5}, "W = 8"),
    (U_NET, {"same": True}, "W stays for 1 less than a multiple of 8, from 15"),
    ("Conv2d(kernel_size=3, padding=1)", {"same": True}, "W stays for every size that the layers take: every size"),
    ("Conv2d(kernel_size=3)", {"same": True}, "W stays for no size: W - 2 comes out of sizes from 3"),
    (HALVES, {"down": 2}, "W becomes W//2 for every multiple of 2 that the layers take: even sizes"),
    (HALVES, {"output": "W//2 + 1"}, "W becomes W//2 + 1 for odd sizes"),
    ("ConvTranspose2d(kernel_size=(2, 1), stride=(2, 1))", {"up": (2, 1)}, "axis 1: W becomes 2*W, axis 2: W stays for every size that the layers take: axis 1: W >= 1; axis 2: W >= 1"),
    ("ConvTranspose2d(kernel_size=2, stride=(2, 1))", {"up": (2, 1)}, "axis 1: W becomes 2*W, axis 2: W stays for no size: W + 1 comes out of every size on axis 2"),
    ("Conv2d(3, 64, 7, stride=2, padding=3)", {"output": 28, "for_": "even(W)"}, "W = 56"),
    ("Conv2d(3, 64, 7, stride=2, padding=3)", {"output": 28, "for_": "odd(W2)"}, "axis 1: 55 <= W <= 56; axis 2: W = 55"),
    ("Conv2d(3, 64, 7, stride=2, padding=3)", {"output": 28, "for_": "W1 == W2 + 1"}, "axis 1: W = 56; axis 2: W = 55"),
    ("Conv2d(3, 64, 7, stride=2, padding=3)", {"output": 28, "for_": "W < 9"}, "no input size: 55 would, but not with W < 9"),
    ("ZeroPad2d(1) -> Conv2d(kernel_size=2)", {"input": 5, "output": 9}, "5 gives 6; 9 comes from 8"),
    ("2 x Conv2d(kernel_size=3)", {"input": 9, "output": 6}, "9 gives 5; 6 comes from 10"),
    ("2 x Conv2d(kernel_size=3)", {"input": 9, "output": 5}, "9 gives 5"),
    (STEM, {"input": 230, "output": 56}, "230 gives 58; 56 comes from 224, the nearest of 221 <= W <= 224"),
    (HALVES, {"input": (9, 11), "output": (3, 4)}, "9x11 gives 5x6; 3x4 comes from 6x8, the nearest of axis 1: 5 <= W <= 6; axis 2: 7 <= W <= 8"),
    ("ConvTranspose1d(kernel_size=4, stride=2)", {"input": 3, "output": 9}, "3 gives 8; 9 comes from no input size"),
    ("Conv2d(kernel_size=3)", {"input": 5, "output": "1..2"}, "5 gives 3; one of 1 and 2 comes from 4, the nearest of 3 <= W <= 4"),
    ("Conv2d(kernel_size=3)", {"input": 5, "output": ">= 7"}, "5 gives 3; an output >= 7 comes from 9, the nearest of W >= 9"),
    ("Conv2d(kernel_size=3)", {"input": 5, "output": "even(O)"}, "5 gives 3; an output with even(O) comes from 6, the nearest of even sizes, from 4"),
    ("Conv2d(kernel_size=3)", {"input": (5, 6), "output": (9, "even(O)")}, "5x6 gives 3x4; 9 by an output with even(O) comes from 11x6, the nearest of axis 1: W = 11; axis 2: even sizes, from 4"),
    ("Unfold(1)", {"output": 2}, "1x2 or 2x1"),
    ("Unfold(1)", {"output": ">= 2"}, "(W1 = 1 and W2 >= 2) or (W1 >= 2 and W2 >= 1)"),
    ("Unfold(3)", {"input": 6, "output": 18}, "6 gives 16; 18 comes from 5x8, the nearest of 3x20 or 4x11 or 5x8 or 8x5 or 11x4 or 20x3"),
    ("Unfold(3)", {"output": "W*W - 4*W + 4"}, "W becomes W*W - 4*W + 4 for every size that the layers take: sizes from 3 (all axes are W)"),
    ("Fold(4, 2)", {"output": 4}, "W = 9"),
    ("AdaptiveAvgPool1d(0)", {"output": "{0, 5}"}, "W >= 1"),
    ("AdaptiveAvgPool1d(0)", {"output": range(2)}, "W >= 1"),
    ("AdaptiveAvgPool1d(0)", {"output": "<= 3"}, "W >= 1"),
    ("AdaptiveAvgPool1d(0)", {"output": ">= 1"}, "no input size: what can come out: 0"),
    ("Conv2d(1, 1, 3) -> Unfold(2) -> Fold((3, 4), 2)", {"output": (3, 4)}, "4x9 or 5x6 or 6x5 or 9x4"),
    ("Conv2d(3, 8, 3) -> Flatten()", {"output": 64}, "3x10 or 4x6 or 6x4 or 10x3"),
    ("Conv1d(3, 8, 3) -> Flatten() -> Linear(64, 10)", {"output": 10}, "W = 10"),
    ("Conv1d(3, 8, 3) -> Flatten() -> Linear(64, 10)", {"input": 9, "output": 10}, "10 comes from 10"),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "asked", "said"), SAID, ids=str)
def test_what_is_said(layers, asked, said):
    assert said in repr(symconv.solve(layers, **asked))
    assert repr(symconv.solve(layers, **asked)).endswith(said)


UNKNOWN = [
    ("Conv2d(kernel_size=3, stride=997) -> Conv2d(kernel_size=3, stride=991)", {"same": True}, "a period of 988,027"),
    ("Upsample(scale_factor=0.7)", {"same": True}, "follow a law"),
    ("Conv2d(kernel_size=3) -> Flatten()", {"output": 64}, "channels"),
    ("Conv2d(kernel_size=3) -> Flatten()", {"output": 64, "input": 9}, "channels"),
    ("Conv2d(kernel_size=3)", {"same": True, "for_": "W1 == W2"}, "axes 1 and 2"),
    ("Unfold(1)", {"output": "O % 1009 == 7"}, "more (layer 1, Unfold); needed shapes in at most 400 boxes"),
    ("Unfold(1)", {"output": 2**50 - 27}, "tied together among the first"),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "asked", "reason"), UNKNOWN, ids=str)
def test_what_cannot_be_decided_is_unknown_with_the_reason(layers, asked, reason):
    answer = symconv.solve(layers, **asked)
    assert answer.verdict == "unknown"
    assert reason in answer.reason
    assert repr(answer) == f"unknown: {answer.reason}"
    assert answer.to_dict()["reason"] == answer.reason
    assert not answer
    assert pickle.loads(pickle.dumps(answer)) == answer


def test_time_that_runs_out_is_unknown():
    answer = symconv.solve("400 x Conv2d(kernel_size=3, stride=2)", same=True, timeout=1e-9)
    assert (answer.verdict, answer.reason) == ("unknown", TIME_UP)


WRONG = [
    {},
    {"same": True, "up": 2},
    {"up": 0},
    {"up": 2.0},
    {"up": (2, 2, 2)},
    {"up": ()},
    {"same": True, "input": 5},
    {"output": 7, "input": 5, "for_": "even(W)"},
    {"output": 7, "input": 0},
    {"output": 7, "input": (5, 5, 5)},
    {"output": 7, "input": "5"},
    {"output": -1},
    {"output": 2**61},
    {"output": (7, 7, 7)},
    {"output": []},
    {"output": set()},
    {"output": {7.0}},
    {"output": "4..1"},
    {"output": "{}"},
    {"output": "{x}"},
    {"output": "O == Q"},
    {"output": "O < 0"},
    {"output": "W1"},
    {"output": "W // (W - 5)"},
    {"output": "O % 0 == 1"},
    {"output": True},
    {"output": 7.5},
    {"output": 7, "for_": "W"},
    {"output": 7, "for_": "W3 == 1"},
    {"output": 7, "for_": "8 % (W - 2) == 0"},
    {"output": 7, "for_": 5},
    {"output": 7, "where": "odd(kernel_size)"},
]


@pytest.mark.parametrize("asked", WRONG, ids=str)
def test_wrong_questions_say_what_to_write(asked):
    with pytest.raises(RequestError) as caught:
        symconv.solve("Conv2d(kernel_size=3)", **asked)
    for beat in (caught.value.needed, caught.value.arrived, caught.value.write):
        assert beat


def test_goals_about_sizes_are_refused_of_features():
    with pytest.raises(RequestError, match="Flatten"):
        symconv.solve("Conv2d(3, 8, 3) -> Flatten()", same=True)
    with pytest.raises(RequestError, match="other axes"):
        symconv.solve("Unfold(3)", input=(5, 6), output="W*W")


def test_an_answer_is_a_set():
    answer = symconv.solve(STEM, output=56)
    assert [*answer] == [221, 222, 223, 224]
    assert len(answer) == answer.count == 4
    assert (221 in answer, (221, 224) in answer, (221, 225) in answer) == (True, True, False)
    assert answer.sizes == SizeSet.between(221, 224)
    assert answer.to_dict() == {
        "schema": "symconv/1",
        "verdict": "solved",
        "output": 56,
        "inputs": {"period": 1, "residues": [], "start": 1, "also": [221, 222, 223, 224]},
    }
    apart = symconv.solve(STEM, output=(56, 60))
    assert [one.to_dict()["output"] for one in apart.axes] == [56, 60]
    assert (len(apart), next(iter(apart))) == (16, (221, 237))
    assert {*apart.to_dict()} == {"schema", "verdict", "axes"}
    joint = symconv.solve("Unfold(1)", output=2)
    assert ([*joint], joint.axes) == ([(1, 2), (2, 1)], ())
    assert len(joint.to_dict()["joint"]) == 2
    endless = symconv.solve("Unfold(1)", output=">= 2")
    assert endless.endless
    assert endless.count is None
    assert {*islice(endless, 30)} >= {(1, 2), (2, 1), (1, 3), (2, 2)}
    for question in (lambda: joint.sizes, lambda: apart.sizes):
        with pytest.raises(RequestError, match="one number"):
            question()


def test_an_answer_about_one_input():
    no = symconv.solve("Conv2d(kernel_size=3)", input=5, output=9)
    assert (bool(no), no.nearest, no.to_dict()["gives"], [*no]) == (False, 11, 3, [11])
    refused = symconv.solve("Conv2d(kernel_size=3)", input=2, output=9)
    assert repr(refused).startswith("2 is refused by layer 1, Conv2d: one window fits")
    assert repr(refused).endswith("9 comes from 11")
    assert refused.to_dict()["refused"]["layer"] == 1
    measured = "Upsample(scale_factor=0.7)"
    assert symconv.solve(measured, input=9, output=6)
    assert symconv.solve("Conv2d(kernel_size=3)", input=5, output="W - 2")


@pytest.mark.parametrize(
    ("layers", "why"),
    [
        ("AdaptiveAvgPool1d(2) -> Conv1d(kernel_size=3)", "layer 2, Conv1d: one window fits"),
        ("Conv2d(3, 8, 3) -> Conv2d(4, 8, 3)", "layer 2, Conv2d: the input has the layer's"),
    ],
)
def test_layers_that_take_no_size_are_named(layers, why):
    for asked in ({"same": True}, {"output": ">= 0"}, {"output": "W + 1"}):
        answer = symconv.solve(layers, **asked)
        assert answer.verdict == "infeasible"
        assert why in answer.reason


@pytest.mark.parametrize(("layers", "asked", "said"), SAID, ids=str)
def test_torch_agrees_at_the_edges(layers, asked, said):
    pytest.importorskip("torch")
    answer = symconv.solve(layers, **asked, verify=True)
    assert answer.verified.checked
    assert answer.verified.failures == ()
    assert said in repr(answer)
    assert answer.to_dict()["verified"]["failed"] == 0


def test_torch_finds_a_planted_wrong_set():
    pytest.importorskip("torch")
    from dataclasses import replace

    from symconv.periodic.shapes import Shapes

    answer = symconv.solve(STEM, output=56)
    for low, high in ((220, 224), (222, 224), (221, 225)):
        planted = replace(answer, shapes=Shapes(1, [(SizeSet.between(low, high),)]))
        assert planted.verify(timeout=300).failed
    assert not answer.verify(timeout=300).failed


@pytest.mark.parametrize(
    ("options", "status", "printed"),
    [
        (["--output", "1..4"], 0, "3 <= W <= 6"),
        (["--output", "{7, 14},2..3"], 0, "axis 1: W = 9 or W = 16; axis 2: 4 <= W <= 5"),
        (["--output", ">= 1"], 0, "W >= 3"),
        (["--output", "max(W - 2, 1)"], 0, "W becomes max(W - 2, 1) for every size that the"),
        (["--same"], 1, "W stays for no size: W - 2 comes out of sizes from 3"),
        (["--up", "2,1"], 1, "axis 1: W becomes 2*W, axis 2: W stays for no size"),
        (["--input", "5", "--output", "3"], 0, "5 gives 3"),
        (["--input", "5", "--output", "9"], 1, "5 gives 3; 9 comes from 11"),
        (["--output", "28", "--for", "even(W)"], 0, "W = 30"),
        (["--same", "--for", "W1 == W2"], 3, "unknown: axes 1 and 2"),
    ],
)
def test_the_command_line(options, status, printed, capsys):
    assert main(["solve", "Conv2d(kernel_size=3)", *options]) == status
    assert capsys.readouterr().out.startswith(printed)
    assert main(["solve", "Conv2d(kernel_size=3)", *options, "--json"]) == status
    verdict = {0: "solved", 1: "infeasible", 3: "unknown"}[status]
    assert json.loads(capsys.readouterr().out)["verdict"] == verdict
