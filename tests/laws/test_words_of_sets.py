"""Sets of sizes in words: as people say them, and true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact_squares import exact
from random_expressions import W
from set_recipes import recipes
from symconv.periodic import EVERYTHING, NOTHING, SizeSet
from symconv.periodic.images import attained
from symconv.periodic.saying import MOST_SAID, said
from words_of_sets import SOME, VAGUE, understood

of, points, between = SizeSet.of, SizeSet.points, SizeSet.between

SAID = {
    "every size": EVERYTHING,
    "no size": NOTHING,
    "sizes from 7": between(7, None),
    "1, and sizes from 7": between(7, None) | points([1]),
    "even sizes": of(2),
    "odd sizes": of(2, [1]),
    "even sizes, from 10": of(2, [0], 9),
    "2 and 4, and even sizes, from 10": of(2, [0], 10, [2, 4]),
    "multiples of 32": of(32),
    "multiples of 32, from 64": of(32, [0], 33),
    "12 more than a multiple of 16, from 188": of(16, [12], 188),
    "12 more than a multiple of 16": of(16, [12]),
    "1 less than a multiple of 4": of(4, [3]),
    "1, and multiples of 8": of(8, also=[1]),
    "all but 1 mod 3": of(3, [0, 2]),
    "all but multiples of 5": of(5, [1, 2, 3, 4]),
    "all but 2 or 4 mod 7": of(7, [0, 1, 3, 5, 6]),
    "0 or 1 mod 4": of(4, [0, 1]),
    "1 or 2 mod 4, from 2": of(4, [1, 2], 2),
    "1, 3 or 4 mod 9, from 12": of(9, [1, 3, 4], 11),
    "0, 2, 4, 6, 8, 10, 12, 14, … mod 24 (11 remainders of 24)": of(24, range(0, 21, 2)),
    "1": points([1]),
    "13 and 14": points([13, 14]),
    "13, 15 and 17": points([13, 15, 17]),
    "1, 5 to 7 and 9": points([1, 5, 6, 7, 9]),
    "3 to 1000000000": between(3, 10**9),
    "multiples of 3 from 3 to 3000": of(3) & between(1, 3001),
    "3 or 5 mod 16 from 3 to 997": of(16, [3, 5]) & between(1, 1000),
    "12 sizes from 1 to 144": points([one * one for one in range(1, 13)]),
    "odd sizes from 1 to 99, and sizes from 200": (of(2, [1]) & between(1, 100))
    | between(200, None),
}
"""What people say, and the sets that they mean."""


@pytest.mark.parametrize("words", SAID)
def test_sets_are_said_as_people_say_them(words):
    assert said(SAID[words]) == repr(SAID[words]) == words


def test_zero_is_said_among_the_values_of_a_function():
    assert said(attained(exact(W % 3), EVERYTHING)) == "0 to 2"
    assert said(attained(exact(W % 2 * 5), EVERYTHING)) == "0 and 5"


def true(sizes, words):
    """Whether words are true of a set: all that they say, and where they do not say all, that."""
    counted, some = [*VAGUE.finditer(words)], [*SOME.finditer(words)]
    if not counted and not some:
        return understood(words) == sizes
    return all(counts(sizes, part) for part in counted) and all(names(sizes, part) for part in some)


def counts(sizes, part):
    """Whether there are as many sizes as is said, from one of them to another."""
    many, low, high = map(int, part.groups())
    inside = sizes & between(low, high)
    return (len(inside), inside.least, inside.next_below(high + 1)) == (many, low, high)


def names(sizes, part):
    """Whether there are as many remainders as is said, and those that are named among them."""
    *_, start, end = part.groups()
    period, many, again = (int(part[place]) for place in (2, 3, 4))
    low = max(int(start or 1), sizes.stretches[-1].start if end is None else 1)
    high = min(int(end or low + 2 * period), low + 2 * period)
    remainders = {size % period for size in sizes & between(low, high)}
    named = {*map(int, part[1].split(", "))}
    return period == again and len(remainders) == many > len(named) and named < remainders


@settings(max_examples=400)
@given(recipes())
def test_the_words_are_true(recipe):
    assert true(recipe.sizes, said(recipe.sizes))


@given(st.integers(2, 40), st.data())
def test_the_words_of_any_remainders_are_true(period, data):
    residues = data.draw(st.frozensets(st.integers(0, period - 1), min_size=1))
    start = data.draw(st.integers(1, 3 * period))
    sizes = of(period, residues, start)
    assert true(sizes, said(sizes))
    finite = sizes & between(1, 10 * period)
    assert true(finite, said(finite))


@given(st.frozensets(st.integers(1, 60), min_size=1, max_size=2 * MOST_SAID))
def test_the_words_of_a_few_sizes_are_true(members):
    assert true(points(members), said(points(members)))


FALSE = {
    "multiples of 8": of(8, also=[1]),
    "all but 1 mod 3": of(3, [0, 1]),
    "13 to 15": points([13, 14]),
    "sizes from 7": between(8, None),
    "12 sizes from 1 to 144": points([one * one for one in range(1, 12)]),
    "even sizes from 2 to 98": of(2) & between(1, 100),
    "0, 2, 4, 6, 8, 10, 12, 13, … mod 24 (11 remainders of 24)": of(24, range(0, 21, 2)),
    "0, 2, 4, 6, 8, 10, 12, 14, … mod 24 (10 remainders of 24)": of(24, range(0, 21, 2)),
}
"""Words that are not true of a set."""


@pytest.mark.parametrize("words", FALSE)
def test_words_that_are_not_true_are_seen(words):
    assert not true(FALSE[words], words)
