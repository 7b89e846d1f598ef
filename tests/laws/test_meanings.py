"""Commuting squares: every meaning agrees with the plain integers, word by word and law by law.

The integers are the reference. A square takes a term and numbers, enters the numbers into another
meaning, folds, comes back out, and must find the integers' value, at negative and degenerate
numbers too, where the libraries' divisions differ from Python's.
"""

import ast
import itertools

import pytest
import sympy
import z3
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from squares import (
    commutes,
    commutes_on_every_word,
    commutes_on_numbers,
    commutes_on_random_terms,
    commutes_on_the_laws_of,
    has_every_word,
    integers,
)
from strategies import INT64, LAWS, NAMES, NEAR_LIMIT, SMALL, any_terms, terms, values
from symconv.meanings import MEANINGS
from symconv.meanings.integers import SYNTAX, compiled
from symconv.meanings.intervals import INTERVALS
from symconv.meanings.notation import text
from symconv.meanings.smt import SMT, context
from symconv.meanings.symbols import SYMBOLS
from symconv.reading.constraints import constraint, formula
from symconv.terms import INTEGER, Term, interpret, variables


def by_syntax(term, numbers):
    return compiled(term)(*(numbers[name] for name in variables(term)))


def by_text(term, numbers):
    return integers((formula if term.sort == INTEGER else constraint)(text(term)), numbers)


def by_smt(term, numbers):
    unknowns = {name: z3.Int(name, context()) for name in numbers}
    solver = z3.Solver(ctx=context())
    solver.add(*(unknowns[name] == value for name, value in numbers.items()))
    assert solver.check() == z3.sat
    value = solver.model().eval(interpret(term, SMT, unknowns), model_completion=True)
    return value.as_long() if term.sort == INTEGER else z3.is_true(value)


def by_symbols(term, numbers):
    symbols = {name: sympy.Symbol(name, integer=True) for name in numbers}
    value = sympy.sympify(interpret(term, SYMBOLS, symbols))
    value = value.subs({symbols[name]: number for name, number in numbers.items()})
    return int(value) if term.sort == INTEGER else bool(value)


OTHER_WAYS = {
    "syntax": by_syntax,
    "text": by_text,
    "unknowns of smt": by_smt,
    "unknowns of symbols": by_symbols,
}
"""Squares that enter or leave a meaning in a way of their own."""

WAYS = [*(name for name in MEANINGS if MEANINGS[name].left), *OTHER_WAYS]
SLOW = {"smt": 5, "unknowns of smt": 5, "symbols": 5, "unknowns of symbols": 3}
"""How many random examples the slow meanings are tried on."""

every_way = pytest.mark.parametrize("way", WAYS)
every_operator = pytest.mark.parametrize("name", LAWS)


@every_way
def test_every_word_commutes_with_the_integers(way):
    commutes_on_every_word(way, OTHER_WAYS.get(way))


@every_way
def test_constants_and_variables_commute_with_the_integers(way):
    commutes_on_numbers(way, OTHER_WAYS.get(way))


@pytest.mark.parametrize("name", MEANINGS)
def test_every_meaning_has_every_word(name):
    has_every_word(MEANINGS[name])


@every_way
@every_operator
def test_every_law_commutes_with_the_integers(name, way):
    commutes_on_the_laws_of(name, way, OTHER_WAYS.get(way), SLOW.get(way, 25))


@pytest.mark.parametrize("way", [way for way in WAYS if "symbols" not in way])
def test_random_terms_commute_with_the_integers(way):
    commutes_on_random_terms(way, OTHER_WAYS.get(way), min(200, 10 * SLOW.get(way, 20)))


@settings(max_examples=60)
@given(any_terms(depth=2, names=("x", "y")), values(("x", "y")))
def test_random_terms_commute_with_the_integers_through_sympy_symbols(term, numbers):
    commutes("unknowns of symbols", term, numbers, by_symbols)


@pytest.mark.parametrize("way", [w for w in WAYS if w not in ("arrays", "unknowns of symbols")])
@settings(max_examples=25)
@given(terms(depth=2), values(numbers=INT64 | NEAR_LIMIT | st.integers(-(10**30), 10**30)))
def test_integers_have_no_limit(way, term, numbers):
    commutes(way, term, numbers, OTHER_WAYS.get(way))


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
