"""Commuting squares: a meaning against the plain integers, for any meaning of the registry."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import LAWS, NAMES, SMALL, any_terms, values
from symconv.meanings import MEANINGS
from symconv.meanings.integers import INTEGERS
from symconv.terms import INTEGER, WORDS, Term, interpret, variables

EDGES = (-7, -3, -2, -1, 0, 1, 2, 3, 7)
LEAST, GREATEST = -(2**63), 2**63 - 1


def integers(term, numbers):
    """The reference; no value where a part divides by zero."""
    return interpret(term, INTEGERS, numbers)


def has_value(term, numbers):
    try:
        integers(term, numbers)
    except ZeroDivisionError:
        return False
    return True


def commutes(name, term, numbers, way=None):
    """Enter the numbers, fold, come back out: the integers' value; `way` does it in its own way."""
    if not has_value(term, numbers):
        return
    if way is None:
        meaning = MEANINGS[name]
        entered = {letter: meaning.table["constant"](value) for letter, value in numbers.items()}
        reached = meaning.left(meaning.evaluate(term, entered))
    else:
        reached = way(term, numbers)
    assert reached == integers(term, numbers), (name, term, numbers)


def commutes_on_every_word(name, way=None):
    for word, (takes, _) in WORDS.items():
        letters = NAMES[: len(takes)]
        args = [Term("variable", letter) for letter in letters]
        args = [a if sort == INTEGER else a <= 0 for a, sort in zip(args, takes, strict=True)]
        cases = list(itertools.product(EDGES, repeat=len(takes))) if takes else []
        for case in cases if len(takes) < 3 else cases[::5]:
            commutes(name, Term(word, *args), dict(zip(letters, case, strict=True)), way)


def commutes_on_numbers(name, way=None):
    for value in (*EDGES, LEAST, GREATEST, 2**31, -(2**31)):
        commutes(name, Term("constant", value), {}, way)
        commutes(name, Term("variable", "W"), {"W": value}, way)


def has_every_word(meaning):
    assert set(meaning.table) - {"variable"} == set(WORDS) - {"variable"}


def commutes_on_the_laws_of(operator, name, way=None, examples=25):
    letters = variables(*LAWS[operator])

    @settings(max_examples=examples)
    @given(
        values(letters, SMALL)
        | values(letters, st.integers(1, 5))
        | values(letters, st.integers(-99, 999))
    )
    def square(numbers):
        for law in LAWS[operator]:
            commutes(name, law, {letter: numbers[letter] for letter in variables(law)}, way)

    square()


def commutes_on_random_terms(name, way=None, examples=100):
    @settings(max_examples=examples)
    @given(any_terms(), values())
    def square(term, numbers):
        commutes(name, term, numbers, way)

    square()
