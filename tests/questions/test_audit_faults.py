"""Faults of `audit` that somebody found, each with the example that showed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import symconv as sc
from symconv.errors import RequestError, UndecidedError
from symconv.meanings.normal import FLOORS
from symconv.periodic import EVERYTHING, SizeSet
from symconv.periodic.images import attained
from symconv.periodic.numbers import variable
from symconv.proving.certificate import Certificate, Claim, check
from symconv.terms import constant


@pytest.mark.parametrize(
    "layers",
    [
        "Conv2d(1, 8, 3) -> MaxPool2d(2) -> Flatten() -> Linear(1151, 10)",
        "Conv3d(1, 1, 3, stride=2) -> Flatten() -> Linear(2745, 3)",
        "Conv2d(1, 6, 5) -> MaxPool2d(2) -> Conv2d(6, 16, 5) -> Flatten() -> Linear(401, 120)",
        "AvgPool2d(5, stride=1, padding=1) -> ZeroPad2d(-2) -> InstanceNorm2d(4)",
        "ConstantPad3d((1, 1, -3, 0, -2, -3), 0.0) -> InstanceNorm3d(4)",
    ],
)
def test_numbers_that_pass_each_other_without_meeting_are_certified(layers: str) -> None:
    """No size has as many features as a wrong `in_features`; that is proved as well."""
    assert sc.audit(layers).verdict == "proved"


def test_values_that_are_far_apart_make_no_long_pattern() -> None:
    """Thirty doublings have outputs a billion apart: no pattern of that length is written out."""
    with pytest.raises(UndecidedError, match="a period of 1,000,000,000,000"):
        attained(variable() * 10**12, EVERYTHING)
    audited = sc.audit([sc.Upsample(scale_factor=2), sc.Conv2d(3, 3, 3)] * 30)
    assert audited.verdict == "proved"
    assert audited.axes[0].outputs is None
    few = attained(variable() * 10**12, SizeSet.between(1, 3))
    assert few == SizeSet.points([10**12, 2 * 10**12, 3 * 10**12])


def test_each_part_of_a_long_chain_is_brought_into_its_normal_form_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the proof of a thousand layers is written in as many steps as it has parts."""
    calls = Counter[str]()

    def counted(word: str) -> Callable[..., Any]:
        plain = FLOORS[word]

        def count(*parts: Any) -> Any:
            calls[word] += 1
            return plain(*parts)

        return count

    for word in tuple(FLOORS):
        monkeypatch.setitem(FLOORS, word, counted(word))
    audited = sc.audit([sc.MaxPool1d(3, stride=1, padding=1), sc.ConvTranspose1d(3, 3, 3)] * 100)
    assert "W + 200" in audited.markdown()
    (answer,) = audited.axes
    assert 0 < calls.total() <= len(answer.course.floors)


def test_letters_of_several_signs_are_words_in_mathematics() -> None:
    """LaTeX would read `H_in` as an H with an index."""
    assert r"$\mathrm{H\_in} \ge 3$" in sc.audit("Conv1d(kernel_size=3)", "H_in").latex()


@pytest.mark.parametrize(
    ("shape", "told"),
    [("3,0,W", "no cell"), ("0,W,W", "got 0."), ("H,and", "a letter"), ("not", "a letter")],
)
def test_shapes_that_are_none(shape: str, told: str) -> None:
    """An axis of no cell is none that an answer speaks of, and a keyword is no letter."""
    with pytest.raises(RequestError, match=told):
        sc.audit("ReLU() -> Conv2d(kernel_size=1)", shape)


def test_each_axis_of_an_output_is_named_where_there_are_several() -> None:
    """One of two outputs without a name is a riddle."""
    lines = repr(sc.audit("Fold((4, 5), (2, 2)) -> Conv2d(1, 1, 2)")).splitlines()
    assert {"output H: 3", "output W: 4"} <= set(lines)
    assert "output: H - 2" in repr(sc.audit("Conv1d(kernel_size=3)", "H"))


def test_channels_that_nobody_tells_are_asked_for() -> None:
    """An unknown answer says what is missing."""
    assert "channels" in sc.audit("Flatten() -> Linear(100, 10)").reason


def test_residues_of_a_set_are_taken_modulo_its_period() -> None:
    """A residue of 5 modulo 3 is one of 2."""
    assert SizeSet.of(period=3, residues=[5, -1]) == SizeSet.of(period=3, residues=[2])


def test_a_number_is_no_statement() -> None:
    """The checker doesn't take 1 for true."""
    every = {"period": 1, "residues": [0], "start": 1, "also": []}
    assert not check(Certificate((Claim(constant(1), every),), ((1, 1),)))


@pytest.mark.parametrize(
    "layers",
    [
        "PixelShuffle(2)",
        "Fold(4, 2)",
        "Conv2d(kernel_size=3, groups=3) -> PixelShuffle(2)",
        "Conv2d(kernel_size=3, groups=2)",
    ],
)
def test_channels_that_nobody_wrote_suit_what_is_assumed(layers: str) -> None:
    """Torch isn't run on channels that the answer excludes."""
    pytest.importorskip("torch")
    verified = sc.audit(layers, verify=True).verified
    assert verified is not None
    assert verified.checked
    assert not verified.failed


@pytest.mark.parametrize(
    "layers",
    [
        "AdaptiveAvgPool1d(2147483647)",
        "Conv1d(1, 1, 2147483647)",
        "LayerNorm(2147483647)",
        "Flatten() -> Linear(1, 2) -> Linear(2, 2147483647)",
    ],
)
def test_what_takes_gigabytes_is_not_run(layers: str) -> None:
    """Neither outputs nor weights of gigabytes are made; such sizes are counted as left."""
    pytest.importorskip("torch")
    verified = sc.audit(layers, channels=1, verify=True).verified
    assert verified is not None
    assert not verified.checked
    assert not verified.failed


def test_a_gate_behind_flatten_halves_the_features_that_are_run() -> None:
    """Features are followed by laws, and not by `out_features` alone."""
    pytest.importorskip("torch")
    layers = "Conv2d(1, 1, 3) -> Flatten() -> Linear(9, 4) -> GLU() -> Linear(2, 2)"
    verified = sc.audit(layers, verify=True).verified
    assert verified is not None
    assert not verified.failed
