"""Structural statements: formulas that are written, arguments that read, names that mean something."""

import re
from dataclasses import replace

import pytest

from symconv.book.coq.by_hand import unlike
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.structural import STRUCTURAL, Because, Lemma
from symconv.book.statements.structures.form import LATEX, TEXT
from symconv.book.statements.structures.formula import (
    Applied,
    Bound,
    Cases,
    Formula,
    Name,
    Number,
    both,
    bound,
    every,
    function,
    given,
    names,
    sign,
    some,
    where,
)
from symconv.book.statements.structures.notion import scope
from symconv.book.statements.structures.replacing import free_in, put
from symconv.book.statements.structures.writing import Writer

each = pytest.mark.parametrize("entry", STRUCTURAL, ids=lambda one: one.name)
F, S, W, d, f, x, y = names("F S W d f x y")


def chinese(said):
    return any("一" <= letter <= "鿿" for letter in said)


def letters(sentence):
    """The words of one letter, each with its prime: `W`, `E'`."""
    return set(re.findall(r"(?<![A-Za-z])[A-Za-z]'?(?![A-Za-z])", sentence))


def faults(entry):
    """What a reader would stumble over in a statement and its argument."""
    found = [] if chinese(entry.zh) else ["no Chinese"]
    told = [(entry.says, entry.zh), *((because.says, because.zh) for because in entry.argument)]
    found += ["other letters" for says, zh in told if not letters(zh) <= letters(says)]
    found += ["a star, which Markdown takes for itself" for says, zh in told if "*" in says + zh]
    for because in entry.argument:
        found += [] if because.says.endswith(".") and because.zh.endswith("。") else ["no sentence"]
        found += [] if chinese(because.zh) else ["no Chinese step"]
        found += [] if because.formula.strip() else ["no formula"]
        found += [] if because.formula.count("{") == because.formula.count("}") else ["braces"]
        found += ["LaTeX in a sentence"] if set("\\$") & set(because.says + because.zh) else []
    lemmas = [because.lemma for because in entry.argument if because.lemma]
    found += [] if len(lemmas) == len(set(lemmas)) else ["a step twice"]
    found += [] if len(entry.argument) >= 2 else ["no steps"]
    found += [] if entry.argument and lemmas else ["no lemma"]
    return found


@each
def test_an_argument_reads_without_stumbling(entry):
    assert faults(entry) == []


@each
def test_an_argument_arrives_at_its_statement(entry):
    """Each lemma that is the statement is a step, and a step of a lemma is that lemma's formula."""
    steps = {because.lemma: because for because in entry.argument if because.lemma}
    assert set(entry.lemmas) <= set(steps)
    for lemma, claim in zip(entry.formal, entry.claims, strict=True):
        assert steps[lemma.name].states == lemma.states
        assert steps[lemma.name].formula == claim.latex
    for because in entry.argument:
        assert bool(because.lemma) == (because.states is not None)


PLANTED = {
    "no Chinese": {"zh": "the same"},
    "no sentence": {"argument": 1, "says": "so W, P, E, j, S"},
    "no Chinese step": {"argument": 1, "zh": "so。"},
    "no formula": {"argument": 1, "formula": " "},
    "braces": {"argument": 1, "formula": "{x"},
    "LaTeX in a sentence": {"argument": 1, "says": r"\frac W, P, E, j, S is meant."},
    "a step twice": {"argument": 1, "lemma": "legal_iff"},
    "other letters": {"zh": "共 Q 格。"},
    "a star, which Markdown takes for itself": {
        "argument": 1,
        "says": "So x*S is meant; W, P, E, j, S.",
    },
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_in_an_argument_is_noticed(fault):
    own = THEOREMS["placements"]
    changes = dict(PLANTED[fault])
    place = changes.pop("argument", None)
    if place is not None:
        steps = [*own.argument]
        steps[place] = replace(steps[place], **changes)
        changes = {"argument": tuple(steps)}
    assert faults(replace(own, **changes)) == [fault]
    assert faults(replace(own, argument=(Because("Trust me.", "相信我。", "1 = 1"),))) == [
        "no steps",
        "no lemma",
    ]


# By whom a statement is compared.


def by_people(entries):
    """The lemmas of statements that no machine compares."""
    return {
        f"{entry.name}: {compared.lemma}"
        for entry in entries
        for compared in entry.compared
        if compared.by == "people"
    }


def test_every_lemma_is_compared_by_machine():
    assert by_people(STRUCTURAL) == set()
    own = THEOREMS["chain_inverse"]
    words = replace(own, formal=(*own.formal, Lemma("offset_of_field", "A = 2P_0 - r_0 + S_0")))
    assert by_people([own, words]) == {"chain_inverse: offset_of_field"}
    assert words.comparison[1] == "compared with Coq's lemma by people: offset_of_field"
    assert words.statement.endswith(r"\\ A = 2P_0 - r_0 + S_0 \end{gathered}")
    assert unlike(words) == {}


READ = {
    "placements": {"legal", "counts"},
    "scattered_span": {"scattered", "spans"},
    "matrix_not_inverse": {
        *("scattered", "convolved", "padded", "loop", "steps", "add_at", "sum", "total"),
    },
    "uniform_overlap": {
        *("contributions", "contributes", "inside", "hits", "tap_reaches", "uniform"),
        *("sum", "total"),
    },
    "chain_inverse": {
        *("layer", "size", "after", "strided", "factor", "offset", "offset_of", "reach"),
    },
    "same_size_decoder": {"down", "up", "keeps", "decoded", "accepts"},
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_people_must_read_is_said(name):
    """A definition that rests on others needs them to be read, too."""
    read = {name for compared in THEOREMS[name].compared for name in compared.read}
    assert read == READ[name]


@each
def test_what_people_must_read_is_shown(entry):
    """Every definition has a sign, with a line for what it means, or is written out."""
    lines = {line.text for line in entry.definitions}
    for name in {name for compared in entry.compared for name in compared.read}:
        notion = entry.known[name]
        assert bool(notion.latex) == bool(notion.text)
        meaning = Writer(TEXT, entry.known).definition(notion)
        assert meaning
        signed = notion.latex or notion.kind in ("Fixpoint", "Record")
        assert set(meaning) <= lines if signed else not set(meaning) & lines


@each
def test_no_letter_of_a_notion_is_lost_when_it_is_written(entry):
    """A letter is written in its place, or below the sign where it is anything else."""
    for notion in entry.notions:
        for template in filter(None, (notion.latex, notion.text)):
            letters = [name for name, _ in notion.letters]
            lost = [
                letter
                for letter in letters
                if not re.search(rf"{{{letter}[:}}]", template)
                and letter != notion.below
                and letter != notion.over[0]
            ]
            assert not lost or "{own}" in template, (notion.name, lost)


def test_a_statement_is_written_from_its_formula():
    levels = THEOREMS["same_size_decoder"]
    assert levels.given == "before keeps every size, behind keeps every size, n >= 1"
    assert levels.claims[0].text == "takes(W, n, L) just when W >= 1 and n**L divides W"
    assert r"\iff W \ge 1 \land n^{L} \mid W" in levels.statement
    assert THEOREMS["chain_inverse"].claims[0].text == (
        "chain(W) == y just when B(chain)*y - A(chain) <= W <= B(chain)*y - A(chain) + B(chain) - 1"
    )
    wrong = every("W : Z", given(W >= 1, W.eq(2)))
    changed = replace(levels, formal=(Lemma("unet_accepts_iff", wrong),))
    assert (changed.given, changed.statement) == ("W >= 1", "W = 2")


@each
def test_latex_and_text_of_a_statement_are_well_formed(entry):
    for latex in (entry.statement, *(line.latex for line in entry.definitions)):
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\left") == latex.count(r"\right")
        assert not re.search(r"[<>|]\d|None|Name\(", latex)
    for text in (claim.text for claim in (*entry.claims, *entry.definitions)):
        assert text.count("(") == text.count(")")
        assert "\\" not in text


# How formulas are built, put in and written.


def test_signs_build_formulas_and_nothing_is_simplified():
    assert W + 0 != W
    assert 2 * W == Applied(Name("*"), (Number(2), W))
    assert f(x)(y) == f(x, y)
    assert every("x : Z", every("y : Z", x <= y)) == every("x y : Z", x <= y)
    assert some("x : Z", every("y : Z", x <= y)).names == (("x", "Z"),)
    assert bound("fun", (("x", ""),), x) == function("x", x)
    with pytest.raises(TypeError, match="between"):
        assert 0 <= x < W


def test_what_is_bound_is_not_free_and_is_not_put_in():
    whole = every("x : Z", x <= y)
    assert free_in(whole) == {"<=", "y"}
    assert put(whole, {"x": W, "y": W}) == every("x : Z", x <= W)
    assert put(f(x), {"f": function("d", d + 1)}) == x + 1
    with pytest.raises(ValueError, match="two things"):
        put(whole, {"y": x + 1})
    cases = Cases(W, ((Name("O"), x), (sign("S", x), x + y)))
    assert free_in(cases) == {"W", "x", "+", "y"}
    assert put(cases, {"y": W}) == Cases(W, ((Name("O"), x), (sign("S", x), x + W)))


WRITTEN = [
    ((W + 1) * S, "(W + 1)*S", r"\left(W + 1\right) S"),
    (W - (S - F), "W - (S - F)", r"W - \left(S - F\right)"),
    (W * 2, "W*2", r"W \cdot 2"),
    (-(W + 1) * S, "-(W + 1)*S", r"-\left(W + 1\right) S"),
    ((W + 1) // S, "(W + 1)//S", r"\left\lfloor \frac{W + 1}{S} \right\rfloor"),
    ((W // S) ** F, "(W//S)**F", r"\left\lfloor \frac{W}{S} \right\rfloor^{F}"),
    (both(W <= S, S < F, x <= y), "W <= S < F and x <= y", r"W \le S < F \land x \le y"),
    (both(W >= S, x <= y), "W >= S and x <= y", r"W \ge S \land x \le y"),
    (both(W <= S, x <= y), "W <= S and x <= y", r"W \le S \land x \le y"),
    (given(W >= 1, x.eq(y)), "W >= 1 => x == y", r"W \ge 1 \implies x = y"),
    (
        (x.eq(y)).iff(sign("\\/", x <= y, both(y <= x, W >= 1))),
        "x == y just when x <= y or y <= x and W >= 1",
        r"x = y \iff x \le y \lor y \le x \land W \ge 1",
    ),
    (f(x + 1), "f[x + 1]", "f_{x + 1}"),
    (f(x, y), "f(x, y)", r"f\left(x, y\right)"),
    (
        some("x : Z", x.eq(y)), "there is x with x == y", r"\exists\, x:\; x = y",
    ),
    (
        where(x.ne(y), 1, 0) + 2,
        "(1 if x != y else 0) + 2",
        r"\begin{cases} 1 & \text{if } x \ne y \\ 0 & \text{otherwise} \end{cases} + 2",
    ),
    (every("x : Z", x >= y).iff(W >= 1), "(for all x: x >= y) just when W >= 1",
     r"\left(\forall\, x:\; x \ge y\right) \iff W \ge 1"),
    (Name("Z.max")(W, Name("Z.gcd")(S, F)), "max(W, gcd(S, F))",
     r"\max\left(W, \gcd\left(S, F\right)\right)"),
    (Name("conv")(W, F, 1, Name("P"), Name("D")), "conv(W, S=1)",
     r"\operatorname{conv}_{S=1}\left(W\right)"),
    (Name("extent")(1, F), "E(D=1)", "E_{D=1}"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "text", "latex"), WRITTEN, ids=[one[1] for one in WRITTEN])
def test_a_formula_has_the_brackets_that_it_needs(formula, text, latex):
    known = scope(())
    assert isinstance(formula, Formula)
    assert Writer(TEXT, known)(formula) == text
    assert Writer(LATEX, known)(formula) == latex


def test_a_function_that_is_bound_keeps_its_variable_apart():
    known = THEOREMS["matrix_transpose"].known
    total = Name("sum")(W, function("x", x * y))
    assert Writer(TEXT, known)(total) == "sum(x*y for 0 <= x < W)"
    assert Writer(LATEX, known)(total * 2) == r"\left(\sum_{0 \le x < W} x y\right) \cdot 2"
    assert Writer(TEXT, known)(Name("sum")(W, f)) == "sum(f[i] for 0 <= i < W)"
    clash = Name("sum")(W, Name("g")(Name("i")))
    assert Writer(TEXT, known)(clash) == "sum(g(i, i') for 0 <= i' < W)"
    assert isinstance(total.arguments[1], Bound)
