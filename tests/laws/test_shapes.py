"""Sets of shapes against their members, and numbers of several axes against integers."""

from __future__ import annotations

import pickle
from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symconv.errors import UndecidedError
from symconv.meanings.integers import PLAIN
from symconv.meanings.joint import joint
from symconv.periodic import SizeSet, variable
from symconv.periodic.division import floordiv
from symconv.periodic.shapes import Shapes, from_zero
from symconv.periodic.together import Along, joined, sent_into
from symconv.terms import maximum, sizes, where

FAR = 26
"""Sets whose periods divide 6 and begin by 12 are equal where they agree up to here."""

sets = st.builds(
    lambda period, residues, start, also, zero: (
        from_zero(SizeSet.of(period, residues, start, also)) ^ SizeSet.points([0] * zero, 0)
    ),
    st.sampled_from([1, 2, 3, 6]),
    st.lists(st.integers(0, 5), max_size=3),
    st.integers(1, 12),
    st.lists(st.integers(1, 12), max_size=3),
    st.integers(0, 1),
)


def shapes(axes):
    boxes = st.lists(st.tuples(*[sets] * axes), max_size=4)
    return st.builds(lambda listing: (Shapes(axes, listing), listing), boxes)


def members(one, axes, far=FAR):
    return {shape for shape in product(range(far), repeat=axes) if shape in one}


@settings(max_examples=60, deadline=None)
@given(shapes(2), shapes(2))
def test_sets_of_shapes_are_what_their_members_say(one, other):
    (a, listing), (b, _) = one, other
    every = members(Shapes.every(2), 2)
    inside = {s for s in every for box in listing if all(map(SizeSet.__contains__, box, s))}
    assert members(a, 2) == inside
    assert members(a & b, 2) == members(a, 2) & members(b, 2)
    assert members(a | b, 2) == members(a, 2) | members(b, 2)
    assert members(~a, 2) == every - members(a, 2)
    assert (a == b) == (members(a, 2) == members(b, 2))
    assert ~~a == a
    assert hash(~~a) == hash(a)
    assert (a | b) & a == a
    assert pickle.loads(pickle.dumps(a)) == a
    for number, box in enumerate(a.boxes):
        for another in a.boxes[:number]:
            assert not Shapes(2, [box]) & Shapes(2, [another])


@settings(max_examples=30, deadline=None)
@given(shapes(3))
def test_shapes_of_three_axes(one):
    a, listing = one
    assert a == Shapes(3, reversed(listing))
    assert members(~a, 3, 8) == members(Shapes.every(3), 3, 8) - members(a, 3, 8)
    if not a.endless:
        assert len(a) == len([*a]) == len({*a})
        assert [*a] == sorted(a)


def test_members_of_an_endless_set_each_have_a_place():
    even = Shapes(2, [(SizeSet.of(2), SizeSet.between(1, 3)), (SizeSet.points([1]), SizeSet.of())])
    seen = [shape for shape, _ in zip(even, range(200), strict=False)]
    assert len({*seen}) == 200
    assert {shape for shape in members(even, 2, 9) if sum(shape) < 9} <= {*seen}
    assert even.nearest((1, 50)) == (1, 50)
    assert even.nearest((5, 9)) in {(6, 3), (1, 9)}
    assert Shapes.none(2).nearest((1, 1)) is None


numbers = st.tuples(st.integers(1, 3), st.integers(-5, 3), st.integers(1, 3))


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["add", "mul"]),
    st.lists(numbers, min_size=2, max_size=3),
    st.integers(-6, 3),
    sets,
)
def test_sums_and_products_are_sent_into_a_set(word, laws, constant, wanted):
    axes, far = len(laws), 14 if len(laws) == 2 else 8
    along = [Along(axis, floordiv(variable(0) * a + b, c)) for axis, (a, b, c) in enumerate(laws)]
    found = sent_into(joined(word, *along, constant), wanted, axes)
    for shape in product(range(far), repeat=axes):
        each = [(size * a + b) // c for size, (a, b, c) in zip(shape, laws, strict=True)]
        value = sum(each) + constant if word == "add" else prod(each) * constant
        assert (shape in found) == (value in wanted), shape


H, W = sizes("H W")

STATEMENTS = [
    H * W >= 12,
    (H * W).eq(12) & (H <= 4),
    ~(H * W).eq(1),
    H + W <= 9,
    7 < H + W + 1,
    (H % 3).eq(1).iff((W // 2).eq(2)),
    (where(H >= 4, H - 3, 1) * maximum(W, 2)).eq(6) | (W < 2),
    (H - 1) * (W // 2) * 2 <= 11,
    H + W - 9 <= 3,
    H + W - 99 <= 0,
    (H - 4) * (W - 4) <= 1,
    ((H - 4) * (W - 4)).eq(1),
    ((3 - H) * (W - 2)).eq(-4),
    (3 - H) * (W - 2) * -3 <= -7,
    (H - 5 + (W - 5)).eq(0),
    H - 9 + W >= 3,
    7 < H - 9 + W * 2,
    where(W >= 4, 1, 2).eq(2),
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=range(len(STATEMENTS)))
def test_statements_about_two_sizes_hold_for_the_shapes_that_they_should(statement):
    values = {"H": Along(0, variable()), "W": Along(1, variable())}
    found = joint(2).evaluate(statement, values)
    for h, w in product(range(1, 20), repeat=2):
        assert ((h, w) in found) == PLAIN.evaluate(statement, {"H": h, "W": w})


@pytest.mark.parametrize(
    "statement",
    [H.eq(W), H <= W, 9 - H + W <= 3, (H * W) % 2 <= 0, H * W + 1 <= 5, H * W <= H + W],
    ids=range(6),
)
def test_what_is_no_union_of_boxes_is_said(statement):
    values = {"H": Along(0, variable()), "W": Along(1, variable())}
    with pytest.raises(UndecidedError, match="axes 1 and 2"):
        joint(2).evaluate(statement, values)
