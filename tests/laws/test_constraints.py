"""Constraints: read as Python reads them, or refused in three beats, whatever the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from python_texts import NAMES, comparisons, conditionals, integers, statements
from readings import assert_refused, by_python, by_us
from strategies import values
from symconv.errors import RequestError
from symconv.reading.chains import Chain, chain
from symconv.reading.constraints import constraint, formula
from symconv.terms import INTEGER, TRUTH, Term, maximum, minimum, sizes, where

W, F, S, P, lo = sizes("W F S P lo")


@settings(max_examples=120)
@given(integers | conditionals, values(NAMES))
def test_formulas_mean_what_they_mean_in_python(text, numbers):
    assert by_us(formula(text), numbers) == by_python(text, numbers)


@settings(max_examples=120)
@given(statements, values(NAMES))
def test_conditions_mean_what_they_mean_in_python(text, numbers):
    assert by_us(constraint(text), numbers) == by_python(text, numbers)


@settings(max_examples=50)
@given(st.tuples(comparisons, st.sampled_from(["==", "!="]), comparisons), values(NAMES))
def test_conditions_can_be_compared(parts, numbers):
    text = f"({parts[0]}) {parts[1]} ({parts[2]})"
    assert by_us(constraint(text), numbers) == by_python(text, numbers)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("kernel_size % stride == 0", (F % S).eq(0)),
        ("F%S==0 and F<=8", (F % S).eq(0) & (F <= 8)),
        ("padding != 2", ~P.eq(2)),
        ("1 <= F <= 8", (F >= 1) & (F <= 8)),
        ("padding_left == lo", lo.eq(lo)),
        ("  F\n==\t2  # all of it", F.eq(2)),
        ("not F == 2 or S > 1", ~F.eq(2) | (S > 1)),
        ("(F < 2) == (S < 2)", (F < 2).iff(S < 2)),
        ("F == 1 if W < 2 else F == 2", None),
    ],
)
def test_conditions_become_terms(text, term):
    if term is None:
        with pytest.raises(RequestError):
            constraint(text)
    else:
        assert constraint(text) is term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("5*W", 5 * W),
        ("-W", -W),
        ("-5", Term("constant", -5)),
        ("abs(W - F)", maximum(W - F, -(W - F))),
        ("min(W, F, 2)", minimum(W, F, 2)),
        ("max(W, min(F, 2))", maximum(W, minimum(F, 2))),
        ("1 if W < F else 2", where(W < F, 1, 2)),
        ("input*stride", W * S),
        ("other_name + W", Term("variable", "other_name") + W),
    ],
)
def test_formulas_become_terms(text, term):
    assert formula(text) is term


REFUSED = {
    "empty": "",
    "blank": " \n\t ",
    "only a comment": "# W < F",
    "open bracket": "(W < F",
    "closing bracket": "W < F)",
    "wrong bracket": "(W < F]",
    "deep brackets": "(" * 10**5,
    "deep and balanced": "(" * 40_000 + "W" + ")" * 40_000 + " < 2",
    "deep minuses": "-" * 50_000 + "W < 2",
    "deep pluses": "+" * 50_000 + "W < 2",
    "deep nots": "not " * 20_000 + "W < 2",
    "deep conditionals": "1 if W < 2 else " * 5000 + "1 < 2",
    "deep calls": "abs(" * 20_000,
    "too long": "W < 2 or " * 20_000 + "W < 3",
    "float": "W < 2.5",
    "float with exponent": "W < 1e3",
    "float without digits": "W < .5",
    "one equal sign": "kernel_size = 2",
    "power": "W ** 2 == 4",
    "attribute": "W.real == 2",
    "number attribute": "(1).real == 1",
    "call": "print(1) == 1",
    "import": "__import__('os').system('true') == 0",
    "call of a call": "min(1, 2)(3) == 1",
    "subscript": "W[0] == 1",
    "lambda": "lambda: 1",
    "walrus": "(W := 3) == 3",
    "membership in nothing": "W in ()",
    "identity": "W is 2",
    "is not": "W is not F",
    "text": "'a' == 'a'",
    "true": "True",
    "compared with true": "W == True",
    "none": "W == None",
    "bitwise": "W & F == 1",
    "shift": "1 << 100000 == W",
    "unicode letters": "É == 2",
    "unicode digits": "W == ٣",
    "unicode sign": "W ≤ 2",
    "no-break space": "W\u00a0== 2",
    "lone surrogate": "W == \ud800",
    "nul byte": "W == 2\0",
    "escape": "W == 2\x1b[31m",
    "right to left": "W \u202e== 2",
    "long number": "W < " + "9" * 10**4,
    "very long number": "W < " + "9" * 10**5,
    "underscored number": "W < 1_000",
    "hexadecimal": "W < 0x10",
    "two terms": "W F",
    "no operand": "W ==",
    "no left operand": "== W",
    "comma": "W, F",
    "semicolon": "W == 1; F == 2",
    "min of one": "min(W) == 1",
    "abs of two": "abs(W, F) == 1",
    "min of none": "min() == 1",
    "min as a name": "min == 1",
    "conditional without else": "1 if W < 2",
    "reserved name": "if == 1",
    "truth and integer": "(W < F) + 1 == 2",
    "truth compared with integer": "(W < F) == 1",
    "integer and truth": "W and F",
    "not of an integer": "not W",
    "minus of a truth": "-(W < F) == 1",
    "truth as a choice": "(W < F if W < 2 else F < 3)",
    "integer as condition": "1 if W else 2",
    "just an integer": "W + 1",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_condition_is_refused_at_once_in_three_beats(text):
    assert_refused(constraint, text)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_condition_is_no_formula_either_or_it_is_an_integer(text):
    if text == REFUSED["just an integer"]:
        assert formula(text) is W + 1
    else:
        assert_refused(formula, text)


@pytest.mark.parametrize("value", [None, 1, True, b"W < 2", ["W < 2"], 1.5], ids=repr)
def test_what_is_no_text_is_refused(value):
    assert_refused(constraint, value)
    assert_refused(formula, value)


def test_a_refusal_says_what_to_write():
    assert "`==`" in assert_refused(constraint, "kernel_size = 2").write
    assert "stride*stride" in assert_refused(constraint, "stride ** 2 == 4").write
    assert (
        "kernel_size" in assert_refused(lambda t: constraint(t, known={"F"}), "kernel == 2").write
    )
    assert assert_refused(constraint, "W < ) F").place == ("W < ) F", 4, 5)


@pytest.mark.parametrize("known", [None, {"W", "F"}])
def test_a_function_that_there_is_not_is_named_with_those_that_there_are(known):
    error = assert_refused(lambda text: constraint(text, known=known), "F <= sqrt(W)")
    assert "min, max, abs, odd, even, floor, ceil" in error.needed
    assert error.arrived == "the function `sqrt`"
    assert error.place.piece == "sqrt"
    assert "+ - * / // %" in error.write
    product = assert_refused(lambda text: constraint(text, known=known), "W(F + 1) == 2")
    assert "`W*(...)`" in product.write


def test_names_can_be_limited_by_their_letters():
    assert constraint("kernel_size <= 8 and F > 1", known={"F"}) is (F <= 8) & (F > 1)
    for text in ("stride == 1", "S == 1", "f == 1"):
        assert_refused(lambda line: constraint(line, known={"F"}), text)


def test_long_flat_texts_are_read():
    assert formula(" + ".join(["W"] * 20_000)).sort == INTEGER
    assert constraint("W" + " < 2" * 20_000).sort == TRUTH
    assert formula(f"{'9' * 400} * W").sort == INTEGER


def parses_or_is_refused(text):
    for read, kinds in ((constraint, Term), (formula, Term), (chain, Chain)):
        try:
            found = read(text)
        except RequestError as error:
            assert all((error.needed, error.arrived, error.write))
        else:
            assert isinstance(found, kinds)


@settings(max_examples=300)
@given(st.text())
@example("\0")
@example("\ud800")
def test_any_text_is_read_or_refused(text):
    parses_or_is_refused(text)


FUZZ = (
    "W F kernel_size 1 2 -1 0 1.5 1e5 9999999 + - * // % / ** ( ) [ ] { } , : ; == != < <= > >= = "
    "and or not if else min max abs floor ceil range in is lambda True False inf nan same circular 'a' '?' ? .. ... "
    "-> → \n # . nn. torch. Conv1d( Conv2d( ConvTranspose2d( Upsample( ReflectionPad1d( LayerNorm( "
    "Softmax( Dropout( CELU( AdaptiveAvgPool2d( Sequential( (0): size= scale_factor= mode= stride= "
    "padding= ceil_mode= output_size="
)
PIECES = FUZZ.split(" ")
"""What fuzzed texts are made of; `test_layers.py` tries the layers' parameters."""


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=10), st.sampled_from(["", " "]))
def test_any_row_of_tokens_is_read_or_refused(pieces, blank):
    parses_or_is_refused(blank.join(pieces))
