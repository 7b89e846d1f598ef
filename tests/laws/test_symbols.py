"""SymPy: terms as expressions in the symbols of the laws, and expressions as terms."""

import contextlib
import sys
import threading
import types
from concurrent.futures import ThreadPoolExecutor
from functools import reduce

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import symconv.symbols
from strategies import any_terms
from symconv.errors import RequestError
from symconv.meanings.integers import INTEGERS
from symconv.meanings.symbols import expression, symbol, term_of, tidy
from symconv.operators import OPERATORS
from symconv.symbols import A, D, F, O, P, S, W
from symconv.terms import Term, both, either, interpret, variable, variables
from symconv.vocabulary import VOCABULARY

NAMES = ("W", "F", "S", "P")
numbers_of = {
    name: st.integers(0 if name in ("P", "lo", "hi", "A") else 1, 9) for name in VOCABULARY
}
x, y = sympy.symbols("x y", integer=True)


def numbers_for(names):
    """Numbers that the symbols of the laws can stand for."""
    return st.fixed_dictionaries({name: numbers_of.get(name, st.integers(1, 9)) for name in names})


def value(term, numbers):
    return interpret(term, INTEGERS, numbers)


def by_sympy(formula, numbers):
    if isinstance(formula, bool):
        return formula
    found = formula.subs({symbol(name): number for name, number in numbers.items()})
    return bool(found) if found in (sympy.true, sympy.false) else int(found)


@pytest.mark.parametrize("name", OPERATORS)
def test_the_laws_as_expressions_keep_their_values(name):
    operator = OPERATORS[name]
    laws = [operator.size, operator.channels, *operator.requires.values()]
    formulas = [expression(law) for law in laws]

    @settings(max_examples=8)
    @given(numbers_for(variables(*laws)))
    def check(numbers):
        for law, formula in zip(laws, formulas, strict=True):
            assert by_sympy(formula, numbers) == value(law, numbers)

    check()


@pytest.mark.parametrize("name", OPERATORS)
def test_the_laws_survive_the_way_to_sympy_and_back(name):
    operator = OPERATORS[name]
    laws = [operator.size, operator.channels, *operator.requires.values()]
    formulas = [expression(law) for law in laws]
    pairs = [
        (law, term_of(formula))
        for law, formula in zip(laws, formulas, strict=True)
        if formula not in (sympy.true, sympy.false)  # what the symbols' signs say already
    ]

    @settings(max_examples=20)
    @given(numbers_for(variables(*laws)))
    def check(numbers):
        for law, back in pairs:
            assert value(back, numbers) == value(law, numbers)

    check()


@settings(max_examples=100)
@given(any_terms(depth=2, names=NAMES), numbers_for(NAMES))
def test_random_terms_survive_the_way_to_sympy_and_back(term, numbers):
    try:
        expected = value(term, numbers)
        formula = expression(term)
    except ZeroDivisionError:
        assume(False)
    assume(not isinstance(formula, bool) and formula not in (sympy.true, sympy.false))
    assume(not formula.has(sympy.zoo, sympy.nan))
    try:
        back = term_of(formula)
    except RequestError:  # SymPy moved a divisor out of its floor(...), or into a Piecewise
        assume(False)
    assert value(back, numbers) == expected


FORMULAS = [
    (x + 2 * y, "x + 2*y"),
    (x - y, "x - y"),
    (-x - y, "-x - y"),
    (x**3 * y, "x**3*y"),
    (sympy.floor((x - y) / 2) + 1, "(x - y)//2 + 1"),
    (sympy.floor(x / 2 + sympy.Rational(1, 3)), "(3*x + 2)//6"),
    (sympy.ceiling(x / 3), "-(-x//3)"),
    (sympy.ceiling(x / y - 1), "-(-(x - y)//y)"),
    (sympy.Mod(x, 3), "x % 3"),
    (sympy.Mod(x + y, 2) * 5, "(x + y) % 2 * 5"),
    (sympy.Min(x, y, 3), "min(x, y, 3)"),
    (sympy.Max(x, y), "max(x, y)"),
    (sympy.Abs(x - y), "abs(x - y)"),
    (sympy.Piecewise((x, x > y), (y, x < 0), (0, True)), "x if x > y else y if x < 0 else 0"),
    (x <= 8, "x <= 8"),
    (x > y, "x > y"),
    (sympy.Eq(x, y + 1), "x == y + 1"),
    (sympy.Ne(x, y), "x != y"),
    (sympy.Eq(sympy.Mod(x, y), 0), "x % y == 0"),
    (sympy.Eq(x / 2, y), "x == 2*y"),
    (x / 2 - sympy.Rational(1, 2) <= y / 3, "3*x - 3 <= 2*y"),
    (x - sympy.Rational(7, 2) < 0, "2*x < 7"),
    (sympy.And(x < 2, y < 2), "x < 2 and y < 2"),
    (sympy.Or(x < 2, sympy.Not(sympy.Eq(y, 2))), "x < 2 or not y == 2"),
    (sympy.Equivalent(x < 2, y < 2), "(x < 2) == (y < 2)"),
]


@pytest.mark.parametrize(("formula", "text"), FORMULAS, ids=[text for _, text in FORMULAS])
def test_sympy_formulas_and_relations_become_terms(formula, text):
    term = term_of(formula)
    for numbers in ({"x": a, "y": b} for a in range(-7, 8) for b in (-3, -2, -1, 1, 2, 3, 7)):
        assert value(term, numbers) == eval(text, {}, numbers), numbers


def test_relations_keep_the_letters_of_the_laws():
    f, s = variable("F"), variable("S")
    assert term_of(sympy.Eq(sympy.Mod(F, S), 0)) is (f % s).eq(0)
    assert term_of(F <= 8) is (f <= 8)
    assert term_of(sympy.Eq(2 * P, F - 1)).word == "eq"


@pytest.mark.parametrize(
    "given_one",
    [True, False, F == 2],
    ids=["bool true", "bool false", "structural equality"],
)
def test_a_bare_truth_value_is_refused_with_what_to_write(given_one):
    with pytest.raises(RequestError, match=r"Eq\(a, b\)"):
        term_of(given_one)


def test_what_sympy_has_settled_is_true_or_false():
    assert term_of(W >= 1) is term_of(sympy.true) is both()
    assert term_of(sympy.Eq(W, W + 1)) is term_of(sympy.false) is either()


REFUSED = {
    "square root": sympy.sqrt(x),
    "quotient": x / y,
    "negative power": x**-2,
    "symbolic power": 2**x,
    "great power": x**101,
    "sine": sympy.sin(x),
    "float": x + 1.5,
    "half": sympy.Rational(1, 2) * x,
    "rational": sympy.Rational(1, 2),
    "infinity": sympy.oo,
    "pi": x + sympy.pi,
    "no last case": sympy.Piecewise((x, x > 0)),
    "unsigned denominator": x / y <= 2,
    "tuple": sympy.Tuple(x, y),
    "function": sympy.Function("f")(x),
    "imaginary": x + sympy.I,
    "name with a blank": sympy.Symbol("a b", integer=True),
    "name in braces": sympy.Symbol("x_{1}", integer=True) + 1,
    "set": sympy.FiniteSet(1, 2),
    "matrix": sympy.Matrix([1, 2]),
    "undefined": sympy.zoo,
    "not a formula": object(),
    "nothing": None,
    "a text, which SymPy would evaluate": "__import__('os').abort()",
    "sum of many": sympy.Sum(x, (x, 1, y)),
}


@pytest.mark.parametrize("formula", REFUSED.values(), ids=REFUSED)
def test_what_is_no_integer_formula_is_refused_in_three_beats(formula):
    with pytest.raises(RequestError) as caught:
        term_of(formula)
    assert all((caught.value.needed, caught.value.arrived, caught.value.write))


def test_a_condition_that_sympy_makes_no_term_of_is_not_made_tidy():
    product = reduce(Term.__mul__, [variable("x")] * 101)
    assert tidy(product * 2 >= 5) == (product * 2 >= 5)


def test_symbols_are_as_small_as_their_meaning_allows():
    for one in (W, O, F, S, D):
        assert (one.is_integer, one.is_positive) == (True, True)
    for one in (P, A):
        assert (one.is_integer, one.is_nonnegative, one.is_positive) == (True, True, None)
    assert symbol("in_channels").is_integer
    assert symbol("in_channels").is_nonnegative is None


def test_symbols_are_those_that_expressions_are_written_in():
    assert {*symconv.symbols.LAWS} <= {*symconv.symbols.__all__}
    for name in {*symconv.symbols.__all__} - {*symconv.symbols.LAWS}:
        assert getattr(symconv.symbols, name) is symbol(name)
        assert expression(Term("variable", name)) is symbol(name)
    assert set(symconv.symbols.__all__) >= set("WOFSPDA")


@pytest.mark.parametrize("in_turn", [True, False])
def test_what_sympy_knows_is_asked_by_one_thread_at_a_time(in_turn):
    """Two threads ask SymPy, and meet there if they can.

    Where they can, one may miss what the other has not yet inferred: `2**-1` is 2 then.
    """
    knowledge, meeting, met = sys.modules["sympy.core.assumptions"], threading.Barrier(2), []

    def is_prime(_):
        with contextlib.suppress(threading.BrokenBarrierError):
            met.append(meeting.wait(1 if in_turn else 60))

    def asking(_):
        known = {"_assumptions": knowledge.StdFactKB(), "_prop_handler": {"prime": is_prime}}
        return (knowledge._ask if in_turn else knowledge._ask.__wrapped__)(
            "prime", types.SimpleNamespace(**known)
        )

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(asking, range(2))) == [None, None]
    assert len(met) == (0 if in_turn else 2)
