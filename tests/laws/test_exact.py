"""Exact functions of one size equal Python's integers, size by size: laws and random expressions."""

from functools import cache
from itertools import islice
from random import Random

import pytest

from exact_squares import AT_EACH, differences, divides_by_zero, exact, wrong_at_one_size
from operator_letters import entered, laws, letters
from random_expressions import W, expression
from symconv.errors import UndecidedError
from symconv.meanings.periodic import PERIODIC
from symconv.operators import OPERATORS
from symconv.terms import WORDS, parts, variables

CHUNK, CHUNKS = 500, 20
"""How many random expressions a test goes through, and how many tests there are."""
DRAWS = 12
"""How often the letters of an operator are drawn."""
MOST_UNDECIDED = 0.1
"""Which share of random terms may be undecided."""


def where_to_ask(random):
    """Small sizes, some up to 2,000 and up to 200,000, and far ones."""
    farther = random.sample(range(61, 2001), 25) + random.sample(range(2001, 200_001), 8)
    return (*range(1, 61), *farther, 10**6, 10**6 + 7)


# Laws.


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", OPERATORS)
def test_every_law_equals_the_integers_at_each_size(name):
    random, operator = Random(f"exact {name}"), OPERATORS[name]
    for _ in range(DRAWS):
        values = letters(random, operator)
        for says, law in laws(operator).items():
            term = entered(law, values)
            try:
                value = exact(term)
            except ZeroDivisionError:
                assert divides_by_zero(term, AT_EACH), (says, values)
                continue
            assert list(differences(term, value, AT_EACH)) == [], (says, values)


@pytest.mark.parametrize("name", OPERATORS)
def test_laws_whose_parameters_depend_on_the_size_equal_the_integers(name):
    random, operator = Random(f"exact parameters {name}"), OPERATORS[name]
    tried = undecided = 0
    for _ in range(DRAWS):
        values = letters(random, operator, share=0.3)
        for says, law in laws(operator).items():
            term, tried = entered(law, values), tried + 1
            try:
                value = exact(term)
            except UndecidedError:
                undecided += 1
                continue
            except ZeroDivisionError:
                assert divides_by_zero(term, AT_EACH), (says, values)
                continue
            assert list(differences(term, value, AT_EACH)) == [], (says, values)
    assert undecided < MOST_UNDECIDED * tried


def test_every_letter_of_every_operator_is_drawn_with_and_without_the_size():
    random = Random("letters")
    for operator in OPERATORS.values():
        drawn = [letters(random, operator, share=0.3) for _ in range(60)]
        for name in variables(*laws(operator).values()):
            kinds = {isinstance(values[name], int) for values in drawn}
            assert kinds == ({False} if name.startswith("W") else {False, True}), name


# Random expressions.


@pytest.mark.exhaustive
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_expressions_equal_the_integers(chunk):
    undecided = constant = 0
    for place in range(CHUNK):
        random = Random(f"expression {chunk * CHUNK + place}")
        term = expression(random, random.randint(1, 8))
        constant += not variables(term)
        try:
            value = exact(term)
        except UndecidedError:
            undecided += 1
            continue
        assert list(differences(term, value, where_to_ask(random))) == [], term
    assert undecided < MOST_UNDECIDED * CHUNK
    assert constant < CHUNK // 4


@cache
def shallow_expressions():
    """Some small random expressions."""
    random = Random("shallow")
    return [expression(random, random.randint(1, 4)) for _ in range(400)]


def test_every_word_stands_in_random_expressions():
    words = {part.word for term in shallow_expressions() for part in parts(term)}
    assert words == {*WORDS}


# Planted faults: the squares see a word that is wrong at a single size.


def faults_seen(table):
    """Yield the random expressions for which a table of words differs from the integers."""
    for term in shallow_expressions():
        try:
            value = exact(term, table)
        except (UndecidedError, ZeroDivisionError):
            continue
        if any(differences(term, value, range(1, 61))):
            yield term


def test_the_words_themselves_have_no_fault():
    assert list(faults_seen(PERIODIC)) == []


@pytest.mark.parametrize("word", sorted(set(WORDS) - {"variable"}))
def test_a_word_that_is_wrong_at_one_size_is_reported(word):
    assert list(islice(faults_seen(wrong_at_one_size(word)), 1))


FAULTS = {
    "floordiv": lambda a, b: PERIODIC["floordiv"](a + b - PERIODIC["constant"](1), b),
    "mod": lambda a, b: PERIODIC["mod"](a, PERIODIC["max"](b, PERIODIC["constant"](1) - b)),
    "min": PERIODIC["max"],
    "if": lambda condition, then, otherwise: PERIODIC["if"](condition, otherwise, then),
    "le": PERIODIC["lt"],
    "lt": PERIODIC["le"],
    "iff": PERIODIC["or"],
}
"""Mistakes that people make: a quotient rounded up, a remainder's sign, a border left out."""


@pytest.mark.parametrize("word", FAULTS)
def test_a_mistaken_word_is_reported(word):
    assert list(islice(faults_seen({**PERIODIC, word: FAULTS[word]}), 1))


# What cannot be said.

REFUSED = {
    "a period of 104,927": W % 317 + W % 331,
    "a period of more than 30 digits": W % 10**31,
    "one of degree 10": (W * W * W * W * W) * (W * W * W * W * W),
    "one that settles from": (W * W + 10**9) // W,
}
"""Terms that are refused, by what is said about each."""


@pytest.mark.parametrize("arrived", REFUSED)
def test_what_is_undecided_says_so_in_three_beats(arrived):
    with pytest.raises(UndecidedError) as refusal:
        exact(REFUSED[arrived])
    needed, write = refusal.value.needed, refusal.value.write
    assert refusal.value.arrived.startswith(arrived)
    assert any(digit in needed for digit in "0123456789")
    assert write.endswith(".")
    assert str(refusal.value) == f"needed {needed}; got {refusal.value.arrived}. {write}"


def test_a_period_just_short_enough_is_no_refusal():
    term = W % 313 + W % 317
    assert list(differences(term, exact(term), (*range(1, 400), 313 * 317, 10**6))) == []


def test_a_divisor_that_is_zero_for_one_size_has_no_value():
    for divisor in (W - 5, (W - 1000) * (W - 1000), W % 7, W * 0):
        for term in (W // divisor, W % divisor):
            with pytest.raises(ZeroDivisionError):
                exact(term)
    assert list(differences(W // (W + 1), exact(W // (W + 1)), range(1, 99))) == []
