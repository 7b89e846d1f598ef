"""Sets of sizes against Python's own sets, over windows that say everything about them."""

import json
from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from set_recipes import (
    HUGE,
    OPERATIONS,
    SETTLED,
    TAIL,
    WINDOW,
    Recipe,
    above,
    below,
    count,
    endless,
    inverted,
    members,
    period,
    recipes,
    repeats_from,
)
from symconv.meanings.periodic import EXACT
from symconv.periodic import EVERYTHING, NOTHING, SizeSet
from symconv.periodic.columns import MOST_RESIDUES
from symconv.periodic.saying import MOST_SAID
from symconv.terms import constant

sizes = st.sampled_from(WINDOW)


def same(recipe: Recipe) -> bool:
    return {size for size in WINDOW if size in recipe.sizes} == members(recipe)


@given(recipes())
def test_what_belongs_to_a_set(recipe):
    assert same(recipe)
    assert same(inverted(recipe))
    for stranger in (0, -1, "1", 1.0, True, None):
        assert stranger not in recipe.sizes


@pytest.mark.parametrize("word", OPERATIONS)
@settings(max_examples=60)
@given(recipes(), recipes())
def test_sets_are_joined_and_cut_as_python_s_are(word, a, b):
    assert same(OPERATIONS[word](a, b))


@given(recipes(), recipes())
def test_sets_are_equal_and_inside_each_other_as_python_s_are(a, b):
    x, y = members(a), members(b)
    assert (a.sizes == b.sizes) is (x == y)
    assert (a.sizes <= b.sizes) is (x <= y)
    both = a.sizes & b.sizes
    assert both <= a.sizes
    assert (a.sizes <= both) is (x <= y)
    assert a.sizes != "a set"


@given(recipes(), recipes())
def test_equal_sets_have_one_hash_and_one_form(a, b):
    x, y = a.sizes, b.sizes
    ways = {
        "or": (x | y, ~(~x & ~y), y | x),
        "xor": (x ^ y, (x - y) | (y - x), (x | y) - (x & y)),
        "minus": (x - y, x & ~y, x ^ (x & y)),
        "twice not": (x, ~~x, x | NOTHING, x & EVERYTHING),
    }
    for alike in ways.values():
        assert all(one == alike[0] for one in alike)
        assert len({hash(one) for one in alike}) == 1
        assert len(set(alike)) == 1
        forms = [one.to_dict() for one in alike]
        if forms[0]["also"] is not None:  # stretches that are too long to list are as they come
            assert all(form == forms[0] for form in forms)
            assert len({repr(one) for one in alike}) == 1 or len(forms[0]["also"]) > MOST_SAID
        assert {form["also"] is None for form in forms} in ({True}, {False})


def test_a_set_that_speaks_of_zero_equals_one_that_does_not():
    every, none = (EXACT.evaluate(constant(0) <= end, {}) for end in (1, -1))
    for a, b in ((every, EVERYTHING), (none, NOTHING)):
        assert a == b
        assert hash(a) == hash(b)
    assert EVERYTHING != NOTHING


# Members in their order.


@given(recipes(), sizes)
def test_the_next_member_above_and_below(recipe, size):
    assert recipe.sizes.next_above(size) == above(recipe, size)
    assert recipe.sizes.next_below(size) == below(recipe, size)
    assert recipe.sizes.least == above(recipe, 0)
    assert recipe.sizes.next_below(1) is None


@given(recipes())
def test_members_come_in_their_order(recipe):
    size = 0
    for member in islice(recipe.sizes, 25):
        assert member == above(recipe, size)
        size = member
    if len([*islice(recipe.sizes, 26)]) <= 25:
        assert above(recipe, size) is None
    assert recipe.sizes.empty is (above(recipe, 0) is None)
    assert bool(recipe.sizes) is not recipe.sizes.empty


@given(recipes())
def test_runs_are_the_members_as_intervals_that_do_not_touch(recipe):
    missing, size = inverted(recipe), 0
    for low, high in islice(recipe.sizes.runs(), 25):
        assert low == above(recipe, size)
        after = above(missing, low)
        assert high == (None if after is None else after - 1)
        size = high
    runs = [*islice(recipe.sizes.runs(), 26)]
    assert [run for run in runs[:-1] if run[1] is None] == []
    if len(runs) <= 25 and size is not None:
        assert above(recipe, size) is None


@given(recipes())
def test_members_are_counted_where_there_is_an_end(recipe):
    assert recipe.sizes.endless is endless(recipe)
    finite = recipe.sizes & SizeSet.between(1, HUGE)
    assert len(finite) == count(Recipe(finite, lambda size: size <= HUGE and recipe.has(size)))
    if recipe.sizes.endless:
        with pytest.raises(OverflowError, match="infinitely many"):
            len(recipe.sizes)
    else:
        assert len(recipe.sizes) == count(recipe)


# The canonical form.


@given(recipes())
def test_the_form_is_canonical(recipe):
    form, starts = recipe.sizes.to_dict(), repeats_from(recipe)
    assert form["period"] == period(recipe)
    wanted = {size % form["period"] for size in TAIL if recipe.has(size)}
    assert form["residues"] == sorted(wanted)
    assert form["start"] == (above(recipe, starts - 1) if wanted else 1)
    before = Recipe(recipe.sizes, lambda size: size < starts and recipe.has(size))
    if form["also"] is not None:
        assert len(form["also"]) == count(before) <= MOST_RESIDUES
        assert set(form["also"]) & {*WINDOW} == members(before)
        assert form["also"] == sorted(form["also"])
    else:
        assert count(before) > MOST_RESIDUES
        rebuilt = {
            size
            for part in form["stretches"]
            for size in WINDOW
            if part["from"] <= size
            and (part["to"] is None or size <= part["to"])
            and size % part["period"] in part["residues"]
        }
        assert rebuilt == members(before)


@given(recipes())
def test_the_form_describes_the_set(recipe):
    form = json.loads(json.dumps(recipe.sizes.to_dict()))
    assume(form["also"] is not None)
    assert SizeSet.of(**form) == recipe.sizes
    assert SizeSet.of(**form).to_dict() == form


@given(recipes(), st.integers(2, 4))
def test_the_form_is_the_same_however_the_set_is_described(recipe, times):
    form = recipe.sizes.to_dict()
    assume(form["also"] is not None)
    again = form["period"]
    residues = [one + again * turn for one in form["residues"] for turn in range(times)]
    later = above(recipe, form["start"]) if residues else None
    longer = SizeSet.of(again * times, residues, form["start"], form["also"])
    assert longer.to_dict() == form
    if later is not None:
        also = [*form["also"], form["start"]]
        assert SizeSet.of(again * times, residues, later, also).to_dict() == form


@pytest.mark.parametrize("period", [1, 3, 64, 1000, 99_991])
def test_long_finite_stretches_are_counted_and_searched(period):
    last = period * 10**15
    stretch = SizeSet.of(period, [0]) & SizeSet.between(1, last)
    assert len(stretch) == 10**15
    assert stretch.least == period
    assert stretch.next_below(2 * last) == last
    assert stretch.next_above(last - 1) == last
    assert stretch.next_above(last) is None
    assert not stretch.endless
    assert (stretch | SizeSet.of(period, [0], last)) == SizeSet.of(period, [0])


def test_the_window_sees_where_each_set_ends():
    """A reference that never disagrees would be none: sets that differ at one size are unequal."""
    for size in (1, SETTLED - 1, HUGE, HUGE + 1):
        changed = EVERYTHING - SizeSet.points([size])
        assert changed != EVERYTHING
        assert not same(Recipe(changed, lambda _: True))


@pytest.mark.parametrize("last", [2**63 - 1, 2**63, 10**140])
def test_any_number_of_members_is_counted_and_said(last):
    whole = SizeSet.between(1, last)
    assert whole.count == last
    assert whole.to_dict()["also"] is None
    assert str(last) in str(whole)
    pieces = NOTHING
    for step in range(5, 5 + 2 * MOST_SAID):
        stretch = SizeSet.between(step * last, (step + 1) * last - step)
        pieces |= stretch & SizeSet.of(period=step, residues=[1])
    assert f"{pieces.count} sizes" in str(pieces)
