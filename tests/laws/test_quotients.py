"""Quotients and sets in conditions: what Python's fractions make of them, or a remedy."""

from contextlib import suppress
from itertools import product

import pytest
from hypothesis import assume, given, settings

from exact_texts import conditions, wholes
from python_texts import NAMES, statements
from readings import assert_refused, by_python, by_us, computed
from strategies import values
from symconv.errors import RequestError
from symconv.meanings.notation import text
from symconv.reading.constraints import constraint, formula, split
from symconv.terms import INTEGER, TRUTH, both, sizes

W1, W3 = sizes("W1 W3")


def by_fractions(written, numbers):
    """What Python's fractions make of a condition that this test wrote."""
    return computed(written.value, numbers)


BOX = [dict(zip(NAMES, point, strict=True)) for point in product(range(-3, 4), repeat=3)]
LEAST = {"W": 1, "F": 1, "S": 1, "P": 0}
REQUESTS = [
    {name: LEAST[name] + more for name, more in zip(LEAST, point, strict=True)}
    for point in product(range(4), repeat=4)
]


def assert_means_what_fractions_say(written, known, box):
    try:
        term = constraint(written.text, known)
    except RequestError as error:
        assume("a divisor" not in error.needed)
        raise
    for numbers in box:
        assert by_us(term, numbers) == by_fractions(written, numbers), (text(term), numbers)


@settings(max_examples=150)
@given(conditions(NAMES))
def test_quotients_and_sets_mean_what_they_mean_to_fractions(written):
    """Names are any integers here, and every divisor may be zero or negative."""
    assert_means_what_fractions_say(written, None, BOX)


@settings(max_examples=150)
@given(conditions(tuple(LEAST)))
def test_quotients_of_a_request_mean_what_they_mean_to_fractions(written):
    """Names have their least values here, so that comparisons are multiplied out."""
    assert_means_what_fractions_say(written, set(LEAST), REQUESTS)


@settings(max_examples=100)
@given(wholes(NAMES, 3))
def test_formulas_may_round_quotients(written):
    try:
        term = formula(written.text)
    except RequestError as error:
        assume("a divisor" not in error.needed)
        raise
    for numbers in BOX[::5]:
        assert by_us(term, numbers) == by_fractions(written, numbers)


@settings(max_examples=100)
@given(conditions(NAMES))
def test_the_text_of_what_quotients_become_reads_back(written):
    with suppress(RequestError):
        term = constraint(written.text)
        assert constraint(text(term)) is term


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kernel_size/stride >= 2", "2*S <= F"),
        ("padding == (kernel_size - 1)/2", "2*P == F - 1"),
        ("2/3 <= W/O", "2*O <= 3*W"),
        ("W/2/3 < 5/4", "2*W < 15"),
        ("W/padding <= 3", "-(-W//P) <= 3"),
        ("W/padding == 3", "W % P == 0 and W//P == 3"),
        ("W/padding != 3", "W % P != 0 or W//P != 3"),
        ("ceil(W/2) == O", "-(-W//2) == O"),
        ("math.floor((W + 1)/2) == O", "(W + 1)//2 == O"),
        ("ceil(W/2 + 1) == 3", "-(-(W + 2)//2) == 3"),
        ("even(W/2)", "W % 4 == 0"),
        ("4/2 == stride", "2 == S"),
        ("kernel_size in {3, 5}", "F == 3 or F == 5"),
        ("kernel_size in [3, 5,]", "F == 3 or F == 5"),
        ("kernel_size not in (3, 5)", "F != 3 and F != 5"),
        ("kernel_size in 3..7", "F >= 3 and F <= 7"),
        ("kernel_size not in 3..7", "F < 3 or F > 7"),
        ("kernel_size in range(3, 8, 2)", "F >= 3 and F < 8 and (F - 3) % 2 == 0"),
        ("kernel_size in range(8, 3, -1)", "F <= 8 and F > 3"),
        ("1 < stride in {2, kernel_size}", "S > 1 and (S == 2 or S == F)"),
        ("not stride in {2, 1..3}", "not (S == 2 or S >= 1 and S <= 3)"),
        ("W/2 in 3..7", "W >= 6 and W <= 14 and W % 2 == 0"),
    ],
)
def test_quotients_and_sets_become_terms_without_them(line, expected):
    assert text(constraint(line, {"W", "O", "F", "S", "P"})) == expected


WRITE = {
    "W/2 if W < 3 else 1 == 1": "ceil(...)",
    "max(W/2, 3) == 3": "ceil(...)",
    "round(W/2) == 3": "floor(W/2 + 1/2)",
    "int(W/2) == 3": "floor(...)",
    "W/0 == 1": "something else",
    "W/(2/3 - 2/3) == 1": "something else",
    "W/(W/F) == 1": "Multiply",
    "2.5 < W": "5/2",
    "3 in stride": "`in {3, 5}`",
    "3 in {}": "`in {3, 5}`",
    "W in 3": "`in 3..7`",
    "W in F": "`in {3, 5}`",
    "W in 7..3": "smaller number first",
    "W in range(3, 3)": "smaller number first",
    "W in range(3, 8, 0)": "range(3, 8, 2)",
    "W in range(3, 8, F)": "range(3, 8, 2)",
    "W in range(1, 2, 3, 4)": "range(3, 8, 2)",
    "W in {1, 2": "Change the text",
    "W in {1 2}": "Change the text",
    "W in {1, 2) ": "Change the text",
    "W in {W < 2}": "Change the text",
    "(W < 2) in {1}": "Change the text",
    "W in {1} == 2": "Change the text",
    "range(3) == W": "after `in`",
    "W == {3}": "`in` before a set",
    "W 3..7": "Change the text",
    "W == 3..7": "`in` before a range",
    "W is odd": "odd(",
    "W is not 3": "odd(",
    "W ** 2 == 4": "stride*stride",
    "W ^ 2 == 4": "stride*stride",
    "W == 2 && F == 3": "`and`",
    "W == 2 & F == 3": "`and`",
    "W == 2 AND F == 3": "`and`",
    "W == 2 || F == 3": "`or`",
    "W == 2 | F == 3": "`or`",
    "!(W == 2)": "`not`",
    "~(W == 2)": "`not`",
    "W = 2": "`==`",
    "W ≤ 2": "`<=`",
    "W ≠ 2": "`!=`",
    "W mod 2 == 0": "`%`",
    "W == 2; F == 3": "`and`",
    "W == 2 -> F == 3": "`not a or b`",
    "W == 2 ? F == 3 : F == 2": "`b if a else c`",
    "True": "a comparison",
    "W == None": "a comparison",
    "W[0] == 2": "`stride in [1, 2]`",
}


@pytest.mark.parametrize("line", WRITE)
def test_a_refusal_says_what_to_write_instead(line):
    assert WRITE[line] in assert_refused(constraint, line).write


@pytest.mark.parametrize("line", ["W/2", "W*120/88", "120/88", "W/2 + 1", "W/F"])
def test_a_size_that_need_not_be_whole_is_no_formula(line):
    error = assert_refused(formula, line)
    assert "W//2" in error.write
    assert "ceil(W/2)" in error.write
    assert formula(f"ceil({line})").sort == INTEGER


def test_a_name_of_another_axis_is_told_which_there_are():
    axes = ("W1", "W2", "W3")
    assert constraint("W1 % 2 == 0 and W3 == 5", axes) is (W1 % 2).eq(0) & W3.eq(5)
    assert "W1, W2, W3" in assert_refused(lambda t: constraint(t, axes), "W == 2").write
    assert "W1, W2, W3" in assert_refused(lambda t: constraint(t, axes), "input == 2").write
    assert "`W`" in assert_refused(lambda t: constraint(t, ("W",)), "W2 == 2").write
    assert "`W`" in assert_refused(lambda t: constraint(t, ("W",)), "w == 2").write
    assert "W1, W2, W3" in assert_refused(lambda t: constraint(t, axes), "H == 2").write


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("stride == 2", ["stride == 2"]),
        ("stride == 2 and odd(kernel_size)", ["stride == 2", "odd(kernel_size)"]),
        ("(stride == 2 and (W<3 and F==2))", ["stride == 2", "W<3", "F==2"]),
        ("1 <= W <= 3 and (S == 1 or S == 2)", ["1 <= W <= 3", "(S == 1 or S == 2)"]),
        ("W == 1 or W == 2 and F == 3", ["W == 1 or W == 2 and F == 3"]),
        ("not (W == 1 and F == 3) and S in (1, 2)", ["not (W == 1 and F == 3)", "S in (1, 2)"]),
        ("(W < 1) == (F < 2) and S == 1", ["(W < 1) == (F < 2)", "S == 1"]),
        ("W == 1  # first\n and F\n == 3 # last", ["W == 1", "F == 3"]),
        ("\ufeffW == 1 and F == 3", ["W == 1", "F == 3"]),
    ],
)
def test_a_condition_is_split_where_and_joins_it(line, parts):
    assert [part.says for part in split(line)] == parts
    assert all(constraint(part.says) is part.term for part in split(line))
    assert all(constraint(part.place.piece) is part.term for part in split(line))


@settings(max_examples=150)
@given(statements, values(NAMES))
def test_the_parts_of_a_condition_say_what_it_says(line, numbers):
    parts = split(line)
    assert all(constraint(part.says) is part.term for part in parts)
    assert by_us(both(*(part.term for part in parts)), numbers) == by_python(line, numbers)


def test_long_conditions_are_read_and_endless_ones_are_not():
    assert constraint("*".join(["W"] * 400) + " < 3").sort == TRUTH
    assert constraint(f"W in {{{', '.join(map(str, range(10_000)))}}}").sort == TRUTH
    assert constraint(" + ".join(["W/2"] * 10_000) + " < 3").sort == TRUTH
    assert len(split(" and ".join(["W < 3"] * 10_000))) == 10_000
    assert constraint("(" * 50 + "W/2" + ")" * 50 + " < 3").sort == TRUTH
    many = " + ".join(f"W/{one}x" for one in "abcdefghij" * 5)
    for line in (
        " + ".join(f"W/x{number}" for number in range(100)) + " < 3",
        "W" + "/x" * 100 + " < 3",
        " + ".join(f"W/{10**300 + number}" for number in range(50)) + " < 3",
        "1/(1 + " * 50 + "W" + ")" * 50 + " < 3",
        many,
    ):
        assert_refused(constraint, line)
