"""Sets carried by exact functions, both ways, against going through the sizes."""

from random import Random

import pytest

from exact_squares import exact
from random_expressions import W, gentle, number
from symconv.errors import UndecidedError
from symconv.meanings.integers import compiled
from symconv.periodic import EVERYTHING, NOTHING, SizeSet
from symconv.periodic.images import among, attained
from symconv.terms import maximum, minimum, parts, where

CHUNKS, CHUNK = 4, 100
FAR = 12_000
"""Up to which size functions are gone through: those of `gentle` are beyond `LOW` from there on."""
LOW = 60
MOST_UNDECIDED = 0.1


def some_set(random):
    """A random set, which repeats, or is finite, or both in turn."""
    period = random.choice((1, 2, 3, 4, 5, 6, 8, 12, 30))
    residues = random.sample(range(period), random.randint(0, period))
    sizes = SizeSet.of(period, residues, random.randint(1, 40), random.sample(range(1, 40), 3))
    kind = random.random()
    if kind < 0.2:
        sizes &= SizeSet.between(random.randint(1, 9), random.randint(20, 300))
    return ~sizes if kind > 0.8 else sizes


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_sizes_that_a_function_sends_into_a_set(chunk):
    random, undecided = Random(f"among {chunk}"), 0
    for _ in range(CHUNK):
        term, sizes = number(random, random.randint(1, 5)), some_set(random)
        try:
            members = among(exact(term), sizes)
        except UndecidedError:
            undecided += 1
            continue
        plain = compiled(term, ("W",))
        for size in (*range(1, 300), 1000, 10**6, 10**6 + 1):
            assert (size in members) is (plain(size) in sizes), (term, sizes, size)
    assert undecided < MOST_UNDECIDED * CHUNK


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_values_that_a_function_has_on_a_set(chunk):
    random = Random(f"attained {chunk}")
    for _ in range(CHUNK // 2):
        term, sizes = gentle(random), some_set(random)
        plain, values = compiled(term, ("W",)), attained(exact(term), sizes)
        brute = {plain(size) for size in range(1, FAR) if size in sizes}
        assert {value for value in range(LOW) if value in values} == brute & {*range(LOW)}, term
        assert all(value in values for value in brute if value >= 0), term
        assert not any(value in values for value in brute if value < 0), term


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_values_that_any_function_has_on_a_finite_set(chunk):
    random, undecided = Random(f"finite {chunk}"), 0
    for _ in range(CHUNK):
        sizes = some_set(random) & SizeSet.between(1, random.randint(1, 400))
        term = number(random, random.randint(1, 5))
        try:
            values = attained(exact(term), sizes)
        except UndecidedError:
            undecided += 1
            continue
        plain = compiled(term, ("W",))
        wanted = {value for value in map(plain, sizes) if value >= 0}
        assert (len(values), {*values}) == (len(wanted), wanted), (term, sizes)
    assert undecided < MOST_UNDECIDED * CHUNK


def test_long_periods_and_many_single_values():
    for term in (7 * W % 5003 + W, W * W % 5003 + W // 3, W * W % 499 + 2 * W):
        function, plain = exact(term), compiled(term)
        for sizes in (SizeSet.between(1, 20_000), SizeSet.of(2) & SizeSet.between(1, 20_000)):
            assert {*attained(function, sizes)} == {plain(size) for size in sizes}
        brute = {plain(size) for size in range(1, 40_000)}
        values = attained(function, EVERYTHING)
        assert {value for value in range(10_000) if value in values} == brute & {*range(10_000)}
    squares = attained(exact(W * W), SizeSet.between(1, 2_000))
    assert len(squares) == 2_000


def test_what_is_attained_goes_back_to_the_sizes_that_it_came_from():
    random = Random("there and back")
    for _ in range(CHUNK):
        term, sizes = gentle(random), some_set(random)
        function = exact(term)
        back = among(function, attained(function, sizes))
        assert sizes & among(function, SizeSet.between(0, None)) <= back, (term, sizes)


def test_a_function_that_follows_the_size_for_a_while_only():
    assert [*among(exact(minimum(W, 5)), SizeSet.of(30, [3]))] == [3]
    assert [*among(exact(minimum(W, 5) - 9), SizeSet.of(3, [1], 5))] == []


def test_zero_is_attained():
    assert 0 in attained(exact(W - 1), EVERYTHING)
    assert 0 not in attained(exact(W - 1), SizeSet.between(2, None))
    assert [*attained(exact(maximum(3 - W, 0)), EVERYTHING)] == [0, 1, 2]
    assert attained(exact(W), NOTHING).empty


def test_values_that_lie_far_apart_are_named_one_by_one_or_refused():
    for step in (10**6, 10**12):
        far = exact(W * step - 1)
        assert [*attained(far, SizeSet.between(2, 4))] == [2 * step - 1, 3 * step - 1, 4 * step - 1]
        with pytest.raises(UndecidedError, match="a period of 1,000,000"):
            attained(far, EVERYTHING)
        with pytest.raises(UndecidedError, match="repeat after at most 100,000"):
            attained(far, SizeSet.between(1, 10**6))


@pytest.mark.parametrize("term", [W * W, W * (W // 2), where((W % 2).eq(0), W * W, W)])
def test_values_that_grow_as_a_power_are_refused(term):
    with pytest.raises(UndecidedError, match="grow by the same amount") as refusal:
        attained(exact(term), EVERYTHING)
    assert refusal.value.arrived
    assert refusal.value.write
    assert [*attained(exact(term), SizeSet.points([2]))] == [compiled(term)(2)]


def test_every_word_stands_in_the_gentle_functions():
    random = Random("gentle")
    words = {part.word for _ in range(CHUNK) for part in parts(gentle(random))}
    assert words >= {"add", "sub", "min", "max", "floordiv", "mod", "if", "le", "eq"}
