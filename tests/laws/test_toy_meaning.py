"""A meaning joins by being put into the registry: nothing else names it."""

import pytest

from squares import (
    commutes_on_every_word,
    commutes_on_numbers,
    commutes_on_random_terms,
    commutes_on_the_laws_of,
    has_every_word,
)
from symconv.chains.through import through
from symconv.meanings import MEANINGS, Meaning
from symconv.meanings.integers import INTEGERS
from symconv.reading.chains import chain


def numeral(value):
    """Return a number as a numeral; a truth value stays."""
    return value if isinstance(value, bool) else str(value)


def number(value):
    return value if isinstance(value, bool) else int(value)


def in_numerals(word):
    return lambda *args: numeral(word(*map(number, args)))


NUMERALS = Meaning(
    "numerals",
    {word: in_numerals(function) for word, function in INTEGERS.items()},
    lambda function, size: numeral(function(number(size))),
    number,
)
"""Numbers written in decimal; truth values as Python's."""

TRUNCATING = Meaning(
    "truncating",
    {**NUMERALS.table, "floordiv": lambda a, b: numeral(int(number(a) / number(b)))},
    left=number,
)
"""A faulty one: it rounds towards zero, as C does."""


@pytest.fixture
def joined(monkeypatch):
    monkeypatch.setitem(MEANINGS, "numerals", NUMERALS)
    monkeypatch.setitem(MEANINGS, "truncating", TRUNCATING)


@pytest.mark.usefixtures("joined")
def test_a_toy_meaning_is_listed_with_the_others():
    assert {"numerals", "integers", "smt"} <= set(MEANINGS)
    assert MEANINGS["numerals"] is NUMERALS
    has_every_word(MEANINGS["numerals"])


def test_a_toy_meaning_leaves_with_its_test():
    assert "numerals" not in MEANINGS


@pytest.mark.usefixtures("joined")
def test_a_toy_meaning_joins_the_commuting_squares():
    commutes_on_every_word("numerals")
    commutes_on_numbers("numerals")
    commutes_on_random_terms("numerals")
    for operator in ("conv", "conv_transpose", "max_pool"):
        commutes_on_the_laws_of(operator, "numerals")


@pytest.mark.usefixtures("joined")
def test_the_squares_say_no_to_a_faulty_meaning():
    with pytest.raises(AssertionError, match="truncating"):
        commutes_on_every_word("truncating")
    with pytest.raises(AssertionError):
        has_every_word(Meaning("short", {}))


def test_a_chain_is_walked_in_a_toy_meaning():
    layers = chain("Conv2d(3, 8, 3, stride=2) -> MaxPool2d(2, ceil_mode=True)").layers
    sizes = [stop.leaving for stop in through(layers, ("224", "5"), NUMERALS)]
    assert sizes == [("111", "2"), ("56", "1")]
