"""Commuting squares: every meaning agrees with the plain integers, word by word and law by law.

The integers are the reference. A square takes a term and numbers, enters the numbers into another
meaning, folds, comes back out, and must find the integers' value, at negative and degenerate
numbers too, where the libraries' divisions differ from Python's.
"""

import ast
import itertools

import numpy as np
import pytest
import sympy
import z3
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from strategies import INT64, LAWS, NAMES, NEAR_LIMIT, SMALL, any_terms, terms, values
from symconv.meanings.arrays import ARRAYS
from symconv.meanings.integers import INTEGERS, SYNTAX, compiled
from symconv.meanings.intervals import INTERVALS
from symconv.meanings.notation import text
from symconv.meanings.smt import SMT
from symconv.meanings.symbols import SYMBOLS
from symconv.reading.constraints import constraint, formula
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


def by_array(term, numbers):
    found = interpret(term, ARRAYS, {name: np.int64(value) for name, value in numbers.items()})
    return found.item()


def by_syntax(term, numbers):
    return compiled(term)(*(numbers[name] for name in variables(term)))


def by_text(term, numbers):
    return integers((formula if term.sort == INTEGER else constraint)(text(term)), numbers)


def by_intervals(term, numbers):
    points = {name: (value, value) for name, value in numbers.items()}
    least, greatest = interpret(term, INTERVALS, points)
    assert least == greatest
    return least


def by_smt(term, numbers):
    unknowns = {name: z3.Int(name) for name in numbers}
    solver = z3.Solver()
    solver.add(*(unknowns[name] == value for name, value in numbers.items()))
    assert solver.check() == z3.sat
    found = solver.model().eval(interpret(term, SMT, unknowns), model_completion=True)
    return found.as_long() if term.sort == INTEGER else z3.is_true(found)


def by_symbols(term, numbers):
    symbols = {name: sympy.Symbol(name, integer=True) for name in numbers}
    found = interpret(term, SYMBOLS, symbols)
    found = sympy.sympify(found).subs({symbols[name]: value for name, value in numbers.items()})
    return int(found) if term.sort == INTEGER else bool(found)


def by_symbols_of_numbers(term, numbers):
    entered = {name: sympy.Integer(value) for name, value in numbers.items()}
    found = interpret(term, SYMBOLS, entered)
    return int(found) if term.sort == INTEGER else bool(found)


MEANINGS = {
    "arrays": by_array,
    "compiled": by_syntax,
    "text": by_text,
    "intervals": by_intervals,
    "smt": by_smt,
    "symbols": by_symbols,
    "symbols of numbers": by_symbols_of_numbers,
}
SLOW = {"smt": 5, "symbols": 3}
"""How many random examples the slow meanings are tried on."""

every_meaning = pytest.mark.parametrize("meaning", MEANINGS)


every_operator = pytest.mark.parametrize("name", LAWS)


def commutes(meaning, term, numbers):
    if has_value(term, numbers):
        assert MEANINGS[meaning](term, numbers) == integers(term, numbers)


@every_meaning
@pytest.mark.parametrize("word", [word for word, (takes, _) in WORDS.items() if takes])
def test_every_word_commutes_with_the_integers(word, meaning):
    takes, _ = WORDS[word]
    names = iter(NAMES)
    args, used = [], []
    for sort in takes:
        used.append(next(names))
        args.append(Term("variable", used[-1]))
        if sort != INTEGER:
            args[-1] = args[-1] <= 0
    cases = list(itertools.product(EDGES, repeat=len(takes)))
    for case in cases if len(takes) < 3 else cases[::5]:
        commutes(meaning, Term(word, *args), dict(zip(used, case, strict=True)))


@every_meaning
def test_constants_and_variables_commute_with_the_integers(meaning):
    for value in (*EDGES, LEAST, GREATEST, 2**31, -(2**31)):
        commutes(meaning, Term("constant", value), {})
        commutes(meaning, Term("variable", "W"), {"W": value})


def test_every_meaning_has_every_word():
    for table in (INTEGERS, SYNTAX, ARRAYS, INTERVALS, SMT, SYMBOLS):
        assert set(table) == set(WORDS) - {"variable"}


@every_meaning
@every_operator
def test_every_law_commutes_with_the_integers(name, meaning):
    names = variables(*LAWS[name])

    @settings(max_examples=SLOW.get(meaning, 25))
    @given(
        values(names, SMALL)
        | values(names, st.integers(1, 5))
        | values(names, st.integers(-99, 999))
    )
    def square(numbers):
        for law in LAWS[name]:
            commutes(meaning, law, {one: numbers[one] for one in variables(law)})

    square()


@pytest.mark.parametrize("meaning", [one for one in MEANINGS if one != "symbols"])
def test_random_terms_commute_with_the_integers(meaning):
    @settings(max_examples=min(200, 10 * SLOW.get(meaning, 20)))
    @given(any_terms(), values())
    def square(term, numbers):
        commutes(meaning, term, numbers)

    square()


@settings(max_examples=60)
@given(any_terms(depth=2, names=("x", "y")), values(("x", "y")))
def test_random_terms_commute_with_the_integers_through_sympy_symbols(term, numbers):
    commutes("symbols", term, numbers)


@pytest.mark.parametrize("meaning", [m for m in MEANINGS if m not in ("arrays", "symbols")])
@settings(max_examples=25)
@given(terms(depth=2), values(numbers=INT64 | NEAR_LIMIT | st.integers(-(10**30), 10**30)))
def test_integers_have_no_limit(meaning, term, numbers):
    commutes(meaning, term, numbers)


# Intervals: whatever a term can be lies inside.


def ranges(names=NAMES):
    ends = st.tuples(SMALL, st.integers(0, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))
    return st.fixed_dictionaries(dict.fromkeys(names, ends))


def assert_contains(term, boxes, numbers):
    try:
        least, greatest = interpret(term, INTERVALS, boxes)
    except ZeroDivisionError:
        return
    assert least <= integers(term, numbers) <= greatest


@settings(max_examples=250)
@given(any_terms(), ranges(), st.data())
def test_intervals_contain_every_value(term, boxes, data):
    numbers = {name: data.draw(st.integers(*ends)) for name, ends in boxes.items()}
    assert_contains(term, boxes, numbers)


@every_operator
def test_intervals_of_laws_contain_every_value(name):
    names = variables(*LAWS[name])

    @settings(max_examples=30)
    @given(ranges(names), st.data())
    def included(boxes, data):
        numbers = {one: data.draw(st.integers(*ends)) for one, ends in boxes.items()}
        for law in LAWS[name]:
            assert_contains(law, boxes, numbers)

    included()


@given(ranges(("W", "F")), st.sampled_from(["add", "sub", "min", "max", "mul", "floordiv", "mod"]))
def test_intervals_of_one_word_are_tight_but_for_remainders(boxes, word):
    term = Term(word, Term("variable", "W"), Term("variable", "F"))
    low, high = boxes["F"]
    if word in ("floordiv", "mod"):
        assume(not low <= 0 <= high)
    cells = itertools.product(*(range(a, b + 1) for a, b in (boxes["W"], boxes["F"])))
    found = [integers(term, {"W": w, "F": f}) for w, f in cells]
    least, greatest = interpret(term, INTERVALS, boxes)
    assert least <= min(found)
    assert max(found) <= greatest
    if word != "mod":
        assert (least, greatest) == (min(found), max(found))


def test_a_divisor_that_may_be_zero_is_refused():
    for word in ("floordiv", "mod"):
        for divisor in ((0, 0), (-1, 1), (0, 5), (-5, 0)):
            with pytest.raises(ZeroDivisionError):
                INTERVALS[word]((1, 2), divisor)


# Compiled functions.


@given(any_terms(depth=3))
def test_a_compiled_function_takes_its_arguments_in_the_order_asked_for(term):
    names = tuple(reversed(variables(term)))
    function = compiled(term, names)
    assert function.__code__.co_varnames == names
    assert compiled(term, names) is function


def test_a_compiled_function_sees_no_builtins():
    function = compiled(formula("min(W, 2) + max(F, 1)"))
    assert set(function.__globals__) == {"__builtins__", "min", "max"}
    assert function.__globals__["__builtins__"] == {}
    assert isinstance(interpret(formula("W + 1"), SYNTAX, {"W": ast.Name("W")}), ast.BinOp)
