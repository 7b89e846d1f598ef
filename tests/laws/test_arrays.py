"""Arrays: what leaves 64 bits is refused, just then, and nothing ever wraps."""

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import INT64, LAWS, NAMES, NEAR_LIMIT, SMALL, any_terms, values
from symconv.errors import OverflowingError
from symconv.meanings.arrays import ARRAYS
from symconv.meanings.integers import INTEGERS
from symconv.terms import INTEGER, Term, interpret, parts, variables

LEAST, GREATEST = -(2**63), 2**63 - 1

every_operator = pytest.mark.parametrize("name", LAWS)


def expected_of_arrays(term, columns):
    """Fold lists of plain integers, watching each node as the arrays are watched."""
    done = {}
    length = len(next(iter(columns.values())))
    for node in parts(term):
        if node.word == "variable":
            done[node] = columns[node.args[0]]
            continue
        if node.word == "constant":
            done[node] = [node.args[0]] * length
        else:
            rows = zip(*(done[a] for a in node.args), strict=True)
            done[node] = [INTEGERS[node.word](*row) for row in rows]
        if node.sort == INTEGER and not all(LEAST <= value <= GREATEST for value in done[node]):
            raise OverflowError
    return done[term]


def assert_arrays_are_exact(term, columns):
    entered = {name: np.array(column, np.int64) for name, column in columns.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            expected = expected_of_arrays(term, columns)
        except OverflowError:
            with pytest.raises(OverflowingError, match="64 bits"):
                interpret(term, ARRAYS, entered)
        except ZeroDivisionError:
            with pytest.raises(ZeroDivisionError):
                interpret(term, ARRAYS, entered)
        else:
            found = np.asarray(interpret(term, ARRAYS, entered))
            assert found.dtype in (np.int64, bool)
            assert np.broadcast_to(found, len(expected)).tolist() == expected


def column_lists(names, numbers, most=4):
    return st.integers(1, most).flatmap(
        lambda n: st.fixed_dictionaries(
            {name: st.lists(numbers, min_size=n, max_size=n) for name in names}
        )
    )


@settings(max_examples=250)
@given(any_terms(depth=3), column_lists(NAMES, SMALL | NEAR_LIMIT))
def test_arrays_refuse_just_what_overflows_and_divides_by_zero(term, columns):
    assert_arrays_are_exact(term, columns)


@pytest.mark.parametrize("word", ["add", "sub", "mul", "floordiv", "mod", "min", "max"])
def test_arrays_are_exact_at_the_ends_of_64_bits(word):
    term = Term(word, Term("variable", "W"), Term("variable", "F"))

    @settings(max_examples=200)
    @given(column_lists(("W", "F"), NEAR_LIMIT | INT64 | SMALL, most=3))
    def exact(columns):
        assert_arrays_are_exact(term, columns)

    exact()
    ends = (LEAST, LEAST + 1, -(2**31), -1, 0, 1, 2**31, 2**32, GREATEST - 1, GREATEST)
    for w, f in itertools.product(ends, ends):
        assert_arrays_are_exact(term, {"W": [w], "F": [f]})


@every_operator
def test_laws_on_arrays_are_exact_or_refused(name):
    names = variables(*LAWS[name])
    some = values(names, SMALL).map(lambda row: {one: [value] for one, value in row.items()})
    numbers = st.integers(1, 9) | NEAR_LIMIT

    @settings(max_examples=20)
    @given(some | column_lists(names, numbers))
    def exact(columns):
        for law in LAWS[name]:
            assert_arrays_are_exact(law, columns)

    exact()


def test_arrays_of_no_element_have_no_value_and_no_overflow():
    nothing = np.array([], np.int64)
    for word in ("add", "sub", "mul", "floordiv", "mod", "min", "max", "le", "eq"):
        assert ARRAYS[word](nothing, nothing).shape == (0,)


def test_a_constant_beyond_64_bits_is_refused_with_what_to_write():
    with pytest.raises(OverflowingError, match=r"plain integers") as caught:
        interpret(Term("constant", 2**63), ARRAYS, {})
    assert all((caught.value.needed, caught.value.arrived, caught.value.write))
