"""What a stranger appends is answered, derived and undone, or refused by what is not known of it."""

import itertools
from dataclasses import replace

import pytest

import strangers
import symconv
from symconv.errors import DerivationError
from symconv.layers import Layer
from symconv.meanings.integers import compiled
from symconv.operators import OPERATORS
from symconv.operators.letters import O, W
from symconv.operators.reading import Cells
from toy_windows import registered


@pytest.fixture(autouse=True)
def appended():
    with strangers.appended():
        yield


LETTERS = ("F", "S", "P", "gap")
GOALS = {
    "up": ({"up": 2}, [(w, 2 * w) for w in range(1, 30)]),
    "down": ({"down": 2}, [(2 * w, w) for w in range(1, 30)]),
    "same": ({"same": True}, [(w, w) for w in range(1, 30)]),
    "formula": ({"output": "W//2 + 1"}, [(w, w // 2 + 1) for w in range(1, 30)]),
}


@pytest.mark.parametrize(
    ("name", "layer", "goal"),
    [
        ("gap_pool", "GapPool1d", "down"),
        ("gap_pool", "GapPool1d", "same"),
        ("gap_pool", "GapPool1d", "formula"),
        ("gap_paint", "GapPaint1d", "up"),
        ("gap_paint", "GapPaint1d", "same"),
    ],
)
def test_letters_that_no_closed_form_knows_are_solved_for(name, layer, goal):
    asked, pairs = GOALS[goal]
    given = f"{layer}(kernel_size=1..4, stride=1..3, padding=0..2, gap=0..2)"
    answer = symconv.solve(given, limit=None, **asked)
    size = compiled(OPERATORS[name].size, (*LETTERS, "W"))
    ranges = itertools.product(range(1, 5), range(1, 4), range(3), range(3))
    wanted = {one for one in ranges if all(size(*one, w) == out for w, out in pairs)}
    assert answer.exhausted
    assert {tuple(one[letter] for letter in LETTERS) for one in answer.settings} == wanted
    assert {family.complete.word for family in answer.families} == {"proved"}


def test_a_family_says_what_its_own_letter_is():
    assert "family: rate = 2   (complete: proved)" in repr(symconv.solve("Spread1d(rate=?)", up=2))


@pytest.mark.parametrize(
    ("layer", "undone", "sizes"),
    [
        ("Crop1d(crop=2)", "ZeroPad1d((2, 2))", (9,)),
        ("Crop2d(crop=(1, 2))", "ZeroPad2d((2, 2, 1, 1))", (9, 8)),
    ],
)
def test_a_crop_is_undone_by_padding_what_it_takes(layer, undone, sizes):
    mirrored = symconv.mirror(layer)
    assert (mirrored.verdict, [str(step) for step in mirrored.steps]) == ("proved", [undone])
    there = symconv.size(layer, sizes).output
    assert symconv.size(undone, there).output == symconv.size("Identity()", sizes).output


def test_a_crop_that_depends_on_the_size_is_refused():
    by_size = replace(strangers.cropped, name="by_size", size=W - 2 * (W // 4))
    by_size = replace(by_size, reads=Cells(before=-(W // 4), after=-(W // 4)), requires={})
    kind = type("Quarter1d", (Layer,), {"operator": by_size, "axes": 1})
    with (
        registered(by_size, kind),
        pytest.raises(symconv.RequestError, match="depends on the size"),
    ):
        symconv.mirror("Quarter1d()")


@pytest.mark.parametrize("operator", strangers.STRANGERS, ids=lambda operator: operator.name)
def test_its_law_is_derived_whatever_its_sentences_are(operator):
    derivation = symconv.derive(operator.name)
    assert derivation.conclusion is O.eq(operator.size)
    verdicts = [step.verdict for step in derivation.steps if step.checked != "by definition"]
    assert verdicts
    assert all(verdict.proved for verdict in verdicts)


@pytest.mark.parametrize("operator", strangers.STRANGERS, ids=lambda operator: operator.name)
def test_a_step_that_fails_says_what_it_knows(operator):
    wrong = replace(operator, name="wrong", size=operator.size + 1)
    with (
        registered(wrong),
        pytest.raises(DerivationError, match="not what this derivation derives"),
    ):
        symconv.derive("wrong")
