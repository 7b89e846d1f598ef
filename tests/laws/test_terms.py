"""The language: one object a structure, strict sorts, and folds that go as deep as terms do."""

import copy
import gc
import pickle

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from strategies import NAMES, SMALL, any_terms, deep_sum, terms, values
from symconv.meanings.integers import INTEGERS, compiled
from symconv.operators import OPERATORS
from symconv.terms import (
    INTEGER,
    TRUTH,
    WORDS,
    Term,
    both,
    constant,
    defined,
    either,
    interpret,
    maximum,
    minimum,
    parts,
    sizes,
    substitute,
    variable,
    variables,
    where,
)

W, F, S = sizes("W F S")


def rebuilt(term):
    """Build a term again, from nothing but its structure."""
    args = [rebuilt(a) if isinstance(a, Term) else a for a in term.args]
    return Term(term.word, *args)


@given(any_terms())
def test_terms_of_one_structure_are_one_object(term):
    assert rebuilt(term) is term
    assert hash(rebuilt(term)) == hash(term)


@given(any_terms(depth=2), any_terms(depth=2))
def test_terms_are_equal_just_when_they_look_the_same(a, b):
    assert (a == b) == (repr(a) == repr(b)) == (a is b)


@given(any_terms(), st.sampled_from(range(2, pickle.HIGHEST_PROTOCOL + 1)))
def test_pickling_and_copying_return_the_same_object(term, protocol):
    assert pickle.loads(pickle.dumps(term, protocol)) is term
    assert copy.copy(term) is term
    assert copy.deepcopy(term) is term


def test_a_truth_value_is_no_integer_even_where_python_says_that_they_are_equal():
    assert constant(1) is not Term("constant", 2)
    for value in (True, 1.0, "1", None, 1 + 0j):
        with pytest.raises(TypeError, match=r"made of integers.*write an int"):
            constant(value)


def test_a_term_cannot_be_changed():
    with pytest.raises(AttributeError, match="immutable"):
        W.word = "constant"
    with pytest.raises(AttributeError):
        W.other = 1


@pytest.mark.parametrize(
    "ask",
    [bool, lambda t: not t, lambda t: t and W, lambda t: 1 if t else 0],
    ids=["bool", "not", "and", "if"],
)
def test_the_truth_of_a_term_is_refused_with_what_to_write(ask):
    with pytest.raises(TypeError, match=r"Write `a & b` for `a and b`.*`~a` for `not a`"):
        ask(W <= F)


def test_a_chained_comparison_is_refused_with_what_to_write():
    with pytest.raises(TypeError, match=r"\(a <= b\) & \(b <= c\)"):
        assert 1 <= W <= F


@pytest.mark.parametrize("word", [word for word, (takes, _) in WORDS.items() if takes])
def test_every_word_refuses_what_it_does_not_take_and_says_what_to_write(word):
    takes, _ = WORDS[word]
    right = [W if sort == INTEGER else W <= F for sort in takes]
    for place, sort in enumerate(takes):
        wrong = [*right[:place], W <= F if sort == INTEGER else W, *right[place + 1 :]]
        remedy = r"where\(condition, 1, 0\)" if sort == INTEGER else r"a\.eq\(b\)"
        with pytest.raises(TypeError, match=rf"`{word}` takes {sort}.*{remedy}"):
            Term(word, *wrong)
    with pytest.raises((TypeError, ValueError)):
        Term(word, *right[1:])


@pytest.mark.parametrize("name", ["", "2W", "W-1", "W F", "W\n", "é", "W(", "W.real"])
def test_a_variable_needs_a_name(name):
    with pytest.raises(TypeError, match="needs a name like"):
        variable(name)


def test_python_operators_build_the_words_that_they_look_like():
    assert repr((2 - W) % 3 // S) == "floordiv(mod(sub(2, W), 3), S)"
    assert repr(3 // W + 3 % W * 4) == "add(floordiv(3, W), mul(mod(3, W), 4))"
    assert (W >= F, W > F) == (F <= W, F < W)
    assert (3 >= W, 3 < W) == (W <= 3, constant(3) < W)
    assert repr(~(W < F) | W.eq(F) & (W <= F).iff(W < S)) == (
        "or(not(lt(W, F)), and(eq(W, F), iff(le(W, F), lt(W, S))))"
    )
    assert -W is 0 - W
    assert repr(minimum(W, 2, F)) == "min(min(W, 2), F)"
    assert repr(maximum(1, W)) == "max(1, W)"
    assert repr(where(W < F, 1, W)) == "if(lt(W, F), 1, W)"


def test_of_no_statements_all_hold_and_none_does():
    assert interpret(both(), INTEGERS, {}) is True
    assert interpret(either(), INTEGERS, {}) is False


@given(any_terms())
def test_parts_come_once_each_after_its_own_and_the_term_last(term):
    order = parts(term)
    assert order[-1] is term
    assert len(set(order)) == len(order)
    for place, node in enumerate(order):
        assert all(order.index(a) < place for a in node.args if isinstance(a, Term))


@given(any_terms())
def test_variables_are_the_names_in_the_term(term):
    assert set(variables(term)) == {n.args[0] for n in parts(term) if n.word == "variable"}


def test_a_missing_value_is_a_key_error():
    with pytest.raises(KeyError, match="F"):
        interpret(W + F, INTEGERS, {"W": 1})


@given(terms(), terms(depth=2), terms(depth=2), values())
def test_substituting_variables_is_interpreting_with_their_values(term, first, second, numbers):
    replaced = substitute(term, {W: first, F: second})
    try:
        inner = {
            "W": interpret(first, INTEGERS, numbers),
            "F": interpret(second, INTEGERS, numbers),
        }
        expected = interpret(term, INTEGERS, numbers | inner)
    except ZeroDivisionError:
        return
    assert interpret(replaced, INTEGERS, numbers) == expected


@given(terms(), st.data())
def test_substituting_a_whole_part_replaces_it_everywhere(term, data):
    part = data.draw(st.sampled_from([p for p in parts(term) if p.sort == INTEGER]))
    new = variable("new")
    replaced = substitute(term, {part: new})
    assert part not in parts(replaced)
    assert substitute(replaced, {new: part}) is term


def test_substitution_is_at_once_and_takes_the_largest_part():
    assert substitute(W + F, {W: F, F: W}) is F + W
    assert substitute(W + F + 1, {W + F: S, W: 5}) is S + 1
    assert substitute(W, {W: 3}) is constant(3)
    assert substitute(W + 1, {W: 3}) is constant(3) + 1


@given(any_terms(), values())
def test_a_term_is_defined_just_when_python_computes_it_without_dividing_by_zero(term, numbers):
    names = variables(term)
    try:
        compiled(term)(*(numbers[name] for name in names))
        has_value = True
    except ZeroDivisionError:
        has_value = False
    guard = defined(term)
    assert set(variables(guard)) <= set(names)
    assert compiled(guard)(*(numbers[name] for name in variables(guard))) == has_value


@given(any_terms(depth=3), values())
def test_the_strict_fold_has_a_value_only_where_python_has_the_same_one(term, numbers):
    try:
        value = interpret(term, INTEGERS, numbers)
    except ZeroDivisionError:
        assume(False)
    lazily = compiled(term)(*(numbers[name] for name in variables(term)))
    assert (lazily, type(lazily)) == (value, type(value))


@pytest.mark.parametrize("name", OPERATORS)
def test_every_law_is_defined_where_its_requirements_so_far_hold(name):
    """The requirements are checked in order; the laws after them divide by nothing that is zero."""
    operator = OPERATORS[name]
    given_names = variables(operator.size, operator.channels, *operator.requires.values())

    @settings(max_examples=40)
    @given(values(given_names, SMALL))
    def check(numbers):
        assume(numbers.get("scale_denominator") != 0)  # a power of two, by where it comes from
        for law in operator.requires.values():
            if not interpret(law, INTEGERS, numbers):
                return
        interpret(operator.size, INTEGERS, numbers)
        interpret(operator.channels, INTEGERS, numbers)

    check()


def test_terms_ten_thousand_levels_deep_do_not_overflow_the_stack():
    term = deep_sum(10_000)
    assert interpret(term, INTEGERS, {"W": 1}) == 1 + sum(level % 3 for level in range(10_000))
    assert len(parts(term)) == 10_004
    assert variables(substitute(term, {W: F})) == ("F",)
    assert defined(term) is both()
    assert len(repr(term)) > 10_000


def test_deep_terms_are_let_go_of_without_overflowing_the_stack():
    term = deep_sum(100_000) // 7
    del term
    gc.collect()
    assert W + 1 is W + 1


def test_random_terms_use_every_name_and_word():
    seen = set()

    @settings(max_examples=300, database=None)
    @given(any_terms())
    def collect(term):
        seen.update(node.word for node in parts(term))
        seen.update(variables(term))

    collect()
    assert seen >= set(WORDS) | set(NAMES)
    assert {TRUTH, INTEGER} == {gives for _, gives in WORDS.values()}
