"""Conditions with quotients and sets: the settings are those that Python's fractions let pass."""

from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest

from symconv import solve

LAYER = "Conv1d(kernel_size=1..6, stride=1..3, padding=0..3)"
NAMES = ("kernel_size", "stride", "padding")

CONDITIONS = {
    "kernel_size/stride >= 3/2": lambda k, s, p: Fraction(k, s) >= Fraction(3, 2),
    "padding == (kernel_size - 1)/2": lambda k, s, p: p == Fraction(k - 1, 2),
    "padding != (kernel_size - 1)/2": lambda k, s, p: p != Fraction(k - 1, 2),
    "kernel_size/padding >= 2": lambda k, s, p: p != 0 and Fraction(k, p) >= 2,
    "not kernel_size/padding >= 2": lambda k, s, p: p != 0 and Fraction(k, p) < 2,
    "kernel_size/padding == 3": lambda k, s, p: p != 0 and Fraction(k, p) == 3,
    "kernel_size/padding != 3": lambda k, s, p: p != 0 and Fraction(k, p) != 3,
    "padding == 0 or kernel_size/padding == 3": lambda k, s, p: p == 0 or Fraction(k, p) == 3,
    "ceil(kernel_size/2) == stride": lambda k, s, p: ceil(Fraction(k, 2)) == s,
    "floor((kernel_size + 1)/stride) > 2": lambda k, s, p: floor(Fraction(k + 1, s)) > 2,
    "kernel_size in {3, 5} and stride in (1, 2)": lambda k, s, p: k in {3, 5} and s in (1, 2),
    "kernel_size not in 2..5": lambda k, s, p: k not in range(2, 6),
    "kernel_size in range(1, 7, 2)": lambda k, s, p: k in range(1, 7, 2),
    "kernel_size/2 in {1, 2, 5/2}": lambda k, s, p: Fraction(k, 2) in {1, 2, Fraction(5, 2)},
    "even(kernel_size/2)": lambda k, s, p: Fraction(k, 2) % 2 == 0,
}


@pytest.mark.parametrize("where", CONDITIONS)
def test_settings_are_those_that_fractions_let_pass(where):
    answer = solve(LAYER, input=9, output=5, where=where, limit=None)
    expected = {
        (k, s, p)
        for k, s, p in product(range(1, 7), range(1, 4), range(4))
        if k <= 9 + 2 * p and (9 + 2 * p - k) // s + 1 == 5 and CONDITIONS[where](k, s, p)
    }
    found = [tuple(setting[name] for name in NAMES) for setting in answer.to_dict()["solutions"]]
    assert len(found) == len({*found})
    assert {*found} == expected


@pytest.mark.parametrize("line", ["ceil(W/2)", "floor(W/2 + 1/2)"])
def test_a_goal_may_round(line):
    asked = solve("Conv1d(kernel_size=1..6, stride=?, padding=0..3)", output=line, limit=None)
    plain = solve(
        "Conv1d(kernel_size=1..6, stride=?, padding=0..3)", output="(W + 1)//2", limit=None
    )
    assert asked.to_dict()["solutions"] == plain.to_dict()["solutions"] != []


def test_an_unknown_factor_can_be_bounded():
    line = "Upsample(scale_factor=?)"
    asked = {"input": 3, "output": 7, "limit": None}
    every = [one["scale_factor"] for one in solve(line, **asked).to_dict()["solutions"]]
    few = solve(line, **asked, where="scale_factor < 21/8").to_dict()["solutions"]
    assert 21 / 8 in every
    assert [one["scale_factor"] for one in few] == [one for one in every if one < 21 / 8]
