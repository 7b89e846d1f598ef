"""Long formulas in a paper: broken between what belongs together, and otherwise as they were."""

import re

import pytest

import symconv
from symconv.book.breaking import WIDEST, broken
from symconv.book.deriving.drafts import DERIVATIONS
from symconv.book.everything import prove_all
from symconv.proving import Clock

ROWS = re.compile(
    r" \\\\\n& \\quad |\\(?:begin|end)\{aligned\}|^& |^\\(?:begin|end)\{gathered\}", re.MULTILINE
)


def unbroken(lines):
    """A formula as it was before it was broken."""
    return " ".join(ROWS.sub(" ", lines).split())


def displayed():
    """Every formula that stands on lines of its own in a paper."""
    papers = [proof.latex() for proof in prove_all(clock=Clock(600))]
    papers += [symconv.derive(name).latex() for name in DERIVATIONS]
    return re.findall(r"\\\[\n(.*?)\n\\\]", "".join(papers), re.DOTALL)


def test_each_line_of_every_formula_has_its_brackets():
    formulas = [formula for formula in displayed() if formula.startswith(r"\begin{aligned}")]
    assert formulas
    for formula in formulas:
        rows = formula.split(" \\\\\n")
        assert len(rows) > 1
        for row in rows:
            inside = row.replace(r"\begin{aligned}", "").replace(r"\end{aligned}", "")
            assert inside.count("{") == inside.count("}")
            assert inside.count(r"\left") == inside.count(r"\right")
            assert inside.count(r"\begin") == inside.count(r"\end")


@pytest.mark.parametrize(
    "formula",
    [
        r"\left(A \iff " + "B" * WIDEST + r"\right) \iff C = D",
        r"A \land B \implies \forall\, n:\; " + " + ".join("abcdefghijklmnopqrs" * 2) + " = 0",
        r"\begin{cases} A & \text{if } "
        + "W" * WIDEST
        + r" = 1 \\ B & \text{otherwise} \end{cases} = O",
        "W" * 2 * WIDEST,
        r"E_{D=1,\,F=n} = " + "W" * WIDEST,
    ],
)
def test_a_broken_formula_says_what_it_said(formula):
    assert unbroken(broken(formula)) == formula


def test_the_loosest_connective_is_broken_first_and_no_bracket():
    long = "W" * (WIDEST // 2 - 1)
    assert broken(rf"{long} \land {long} \iff {long}").splitlines()[1:-1] == [
        rf"& {long} \land {long} \\",
        rf"& \quad \iff {long}",
    ]
    inside = rf"\left({long} \iff {long} \iff {long}\right)"
    assert broken(inside) == inside


def test_what_is_narrow_stays_on_a_line_and_statements_below_each_other_stay_so():
    assert broken(r"A \iff B") == r"A \iff B"
    long = "W" * WIDEST
    two = broken(rf"\begin{{gathered}} {long} \iff A \\ B \end{{gathered}}")
    assert two.splitlines() == [
        r"\begin{gathered}",
        r"\begin{aligned}",
        rf"& {long} \\",
        r"& \quad \iff A",
        r"\end{aligned} \\",
        "B",
        r"\end{gathered}",
    ]
