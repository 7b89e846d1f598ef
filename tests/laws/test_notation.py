"""Notation: text that reads back as the same term, and LaTeX that means what the term means."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latex_reader import AmbiguousError, value_of_latex
from strategies import any_terms, values
from symconv.errors import RequestError
from symconv.meanings.integers import INTEGERS
from symconv.meanings.notation import latex, text, text_of_sides
from symconv.operators import OPERATORS
from symconv.reading.constraints import constraint, formula
from symconv.terms import INTEGER, Term, constant, interpret, sizes, variable, variables, where
from symconv.vocabulary import LETTERS, STYLES, VOCABULARY, renaming

NAMES = ("W", "F", "S", "P", "lo", "hi", "A", "W1", "in_channels", "W_cells", "x")
W, F, S, P, k = sizes("W F S P k")

LAWS = {
    f"{name}: {what}": law
    for name, operator in OPERATORS.items()
    for what, law in (
        {"size": operator.size, "channels": operator.channels} | dict(operator.requires)
    ).items()
}
every_law = pytest.mark.parametrize("name", LAWS)


def read(line, sort):
    return formula(line) if sort == INTEGER else constraint(line)


def spelled(term, style):
    """How the names of a term are written in a style, by name."""
    names = {name: renaming(style).get(name, name) for name in variables(term)}
    taken = [new for old, new in names.items() if new != old]
    return {old: f"{new}'" if new == old and new in taken else new for old, new in names.items()}


@settings(max_examples=250)
@given(any_terms(names=NAMES))
def test_the_text_of_a_term_reads_back_as_the_same_term(term):
    assert read(text(term), term.sort) is term
    assert read(text(term, names="torch"), term.sort) is term


@every_law
def test_the_text_of_every_law_reads_back_as_the_same_term(name):
    law = LAWS[name]
    assert read(text(law), law.sort) is law
    assert read(text(law, names="torch"), law.sort) is law


@settings(max_examples=150)
@given(any_terms(depth=3, names=NAMES))
def test_the_text_of_a_term_has_no_brackets_that_it_does_not_need(term):
    """Taking any pair away gives another term, or no term."""
    line = text(term)
    for place in [m.start() for m in re.finditer(r"(?<![a-z])\(", line)]:
        depth, end = 0, place
        while True:
            depth += {"(": 1, ")": -1}.get(line[end], 0)
            if depth == 0:
                break
            end += 1
        without = line[:place] + line[place + 1 : end] + line[end + 1 :]
        with suppress(RequestError):
            assert read(without, term.sort) is not term or _for_people(line, place, end)


def _for_people(line, place, end):
    """Brackets that Python does not need: of a case in a case, of a sum after a sign."""
    return " if " in line[place:end] or line[:place].endswith("-")


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=100)
@given(any_terms(names=NAMES), values(NAMES))
def test_latex_means_what_the_term_means(style, term, numbers):
    try:
        expected = interpret(term, INTEGERS, numbers)
    except ZeroDivisionError:
        return
    names = {new: numbers[old] for old, new in spelled(term, style).items()}
    assert value_of_latex(latex(term, names=style), names) == expected


@every_law
def test_the_latex_of_every_law_means_what_the_law_means(name):
    law = LAWS[name]

    @settings(max_examples=5)
    @given(values(variables(law)))
    def check(numbers):
        try:
            expected = interpret(law, INTEGERS, numbers)
        except ZeroDivisionError:
            return
        for style in STYLES:
            names = {new: numbers[old] for old, new in spelled(law, style).items()}
            assert value_of_latex(latex(law, names=style), names) == expected

    check()


def test_the_reader_of_latex_refuses_what_can_be_read_in_two_ways():
    for line in (r"-a \bmod b", r"a \bmod b c", r"a \bmod b \cdot c", "a 2", "a < b < c"):
        with pytest.raises(AmbiguousError):
            value_of_latex(line, {"a": 1, "b": 2, "c": 3})
    assert value_of_latex(r"a b \bmod c", {"a": 5, "b": 2, "c": 7}) == 3


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ((W - F) // S + 1, "(W - F)//S + 1"),
        (W - (F - S), "W - (F - S)"),
        (W * (F // S), "W*(F//S)"),
        (W * F // S, "W*F//S"),
        (-W, "-W"),
        (0 - (0 - W), "-(-W)"),
        (0 - constant(-5), "0 - -5"),
        (-constant(5), "0 - 5"),
        (constant(-5) * W, "-5*W"),
        (-W * F, "-W*F"),
        (-(W * F), "-(W*F)"),
        (W <= 3, "W <= 3"),
        (W >= 3, "W >= 3"),
        (constant(2) < 3, "2 < 3"),
        (~(W < F), "not W < F"),
        (~W.eq(F), "W != F"),
        (~~W.eq(F), "not W != F"),
        (~(W % 2).eq(0) & (F < S), "W % 2 != 0 and F < S"),
        (~((W < F).iff(F < S)), "(W < F) != (F < S)"),
        (~((W < F) & W.eq(F)), "not (W < F and W == F)"),
        ((W < F) & (F < S) | W.eq(F), "W < F and F < S or W == F"),
        ((W < F).iff(F < S), "(W < F) == (F < S)"),
        (where(W < F, 1, W), "1 if W < F else W"),
        (where(W < F, 1, where(F < S, 2, 3)) + 1, "(1 if W < F else (2 if F < S else 3)) + 1"),
    ],
    ids=str,
)
def test_text_is_written_as_people_write_it(term, expected):
    assert text(term) == expected


def test_names_can_be_torchs_or_the_guides():
    law = (W + 2 * P - F) // S + 1
    assert text(law, names="torch") == "(input + 2*padding - kernel_size)//stride + 1"
    assert text(law, names="guide") == "(i + 2*p - k)//s + 1"
    assert latex(law, names="guide") == (r"\left\lfloor \frac{i + 2 p - k}{s} \right\rfloor + 1")
    assert latex(W.eq(variable("lo"))) == r"W = P_{\mathrm{lo}}"
    assert latex(~W.eq(2)) == r"W \ne 2"
    with pytest.raises(ValueError, match="letters, torch, guide"):
        text(law, names="numpy")


@pytest.mark.parametrize("style", STYLES)
def test_the_names_of_a_law_never_collide(style):
    for name, law in LAWS.items():
        assert len(set(spelled(law, style).values())) == len(variables(law)), name


def test_torchs_names_are_letters_of_one_quantity_each():
    assert len(LETTERS) == len(VOCABULARY)
    for letter, word in VOCABULARY.items():
        assert formula(word.torch) is formula(letter) is variable(letter)


@pytest.mark.parametrize("style", STYLES)
@given(st.permutations([*VOCABULARY, "i", "s", "x"]))
def test_no_two_names_of_a_formula_are_written_alike(style, names):
    total = sum((variable(name) for name in names), constant(0))
    written = text(total, names=style).split(" + ")
    assert len(set(written)) == len(names) + 1
    assert latex(F + k, names=style) != latex(F + F, names=style)


def test_a_renamed_law_has_the_same_shape():
    for law in LAWS.values():
        for style in STYLES:
            names = spelled(law, style)
            renamed = re.sub(r"[A-Za-z_]\w*", lambda m, n=names: n.get(m[0], m[0]), text(law))
            assert text(law, names=style) == renamed


@given(any_terms(depth=2))
def test_a_term_is_written_the_same_way_every_time(term):
    assert text(term) == text(Term(term.word, *term.args))


COMPARED = {
    f"{name}: {what}": law
    for name, operator in OPERATORS.items()
    for what, law in operator.requires.items()
    if law.word in ("le", "lt", "eq")
}


@pytest.mark.parametrize("name", COMPARED)
@given(st.integers(-9, 9), st.integers(-9, 9))
def test_numbers_of_a_comparison_stand_where_its_sides_do(name, left, right):
    """`input >= 1` was told with numbers as `1 <= 0`."""
    law = COMPARED[name]
    pairs = zip(law.args, (left, right), strict=True)
    sides = [side.args[0] if side.word == "constant" else number for side, number in pairs]
    comparison = text_of_sides(law, *sides)
    sign = re.compile(r" (<=|>=|<|>|==) ")
    assert sign.search(comparison)[1] == sign.search(text(law))[1]
    turned = sign.search(text(law))[1] in (">=", ">")
    assert [int(side) for side in sign.split(comparison)[::2]] == sides[:: -1 if turned else 1]
