"""How proofs look: text, LaTeX, Markdown and HTML say the same; only what is proved follows."""

import random
import re
from functools import cache

import pytest

import symconv
from html_reader import read
from random_statements import box, small_claim
from symconv.book.asking import theorems
from symconv.book.breaking import broken
from symconv.book.evaluating import compared, valued
from symconv.book.everything import prove_all
from symconv.book.forms import LATEX, MARKDOWN
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.statement import Theorem
from symconv.book.wording import text as text_of
from symconv.proving import Clock, Verdict
from symconv.terms import sizes
from typeset import in_html, in_latex, in_markdown

S, W, x, y = sizes("S W x y")
CUBES = "a*a*a + b*b*b != c*c*c"
KINDS = {
    "proved": {"given": "W >= 1 and S >= 1", "claim": "((W-1)*S)//S + 1 == W"},
    "refuted": {"given": "W >= 1", "claim": "2*(W//2) == W"},
    "refuted without letters": {"claim": "1 == 2"},
    "refuted equivalence": {"given": "W >= 1", "claim": "(W == 1) == (S == 1)"},
    "unknown": {"given": "min(a, b, c) > 0", "claim": CUBES, "timeout": 0.3},
    "unknown division": {"claim": "x // y <= x"},
    "vacuous": {"given": "S >= 1 and S <= 0", "claim": "W == 5"},
}
"""Statements of a user's own, by what becomes of them."""


@cache
def proof_of(kind):
    return symconv.prove(**KINDS[kind])


def of_the_book():
    return prove_all(clock=Clock(600))


def spoken(sentence):
    """A sentence without the marks that only some forms have."""
    return sentence.replace("\\", "").replace("`", "")


def forms(proof):
    """The four forms."""
    return repr(proof), proof.latex(), proof.markdown(), proof._repr_html_()


def check_all_forms_agree(proof):
    """Every hypothesis, the claim, every step with its reason and all that is told, in each."""
    text, latex, markdown, html = forms(proof)
    assert proof._repr_latex_() == latex
    rows, entries, shown = read(html)
    if isinstance(proof.theorem, Theorem):
        for term in proof.theorem.hypotheses:
            assert f"{proof.text(term)}" in text
            assert f"${proof.tex(term)}" in latex
            assert f"${proof.tex(term)}" in markdown
            assert any(rf"$\displaystyle {proof.tex(term)}" in entry for entry in entries)
    steps = rows[: len(proof.steps)]
    for count, (step, (number, formula, reason)) in enumerate(
        zip(proof.steps, steps, strict=True), 1
    ):
        formula_text = f"   {step.formula.text}\n".replace("   \n", "")
        assert f"{count}. {step.reason}\n{formula_text}   checked: {step.checked}" in text
        within = " " * len(f"{count}. ")
        displayed = f"{within}$${step.latex}$$\n\n" if step.latex else ""
        told = f"{count}. {in_markdown(step.reason)}\n\n{displayed}{within}Checked: {step.checked}."
        assert told in markdown
        displayed = f"\\[\n{broken(step.latex)}\n\\]\n" if step.latex else ""
        told = f"\\item {in_latex(step.reason)}\n{displayed}Checked: {LATEX.told(step.checked)}."
        assert told in latex
        shown_formula = rf"$\displaystyle {step.latex}$" if step.latex else ""
        assert (number, formula) == (f"{count}.", shown_formula)
        assert spoken(reason) == spoken(f"{in_html(step.reason)} Checked: {step.checked}.")
    for goal, verdict in proof.z3.goals if proof.z3 else ():
        if goal.kind == "instance":
            values = ", ".join(f"{text_of(name)} = {text_of(to)}" for name, to in goal.values)
            side = "left" if goal.way == "forth" else "right"
            case = f"the {side} side for {values}, which meets its condition (Z3 {verdict}): "
            assert f"used here: {case}{proof.text(goal.shown)}" in text
            assert f"* used here: {in_markdown(case)}${proof.tex(goal.shown)}$" in markdown
            assert f"\\item used here: {in_latex(case)}${proof.tex(goal.shown)}$" in latex
            shown_case = spoken(f"used here: {in_html(case)}")
            assert any(spoken(entry).startswith(shown_case) for entry in entries)
    for line in proof.told:
        assert line in text
        assert f"* {MARKDOWN.told(line)}\n" in markdown
        assert spoken(line) in spoken(shown)
        assert f"\\item {LATEX.told(line)}\n" in latex


def check_only_what_is_proved_follows(proof):
    """Nothing that is refuted or unknown stands in a paper as a proposition; its verdict is said."""
    latex = proof.latex()
    for name in ("proposition", "proof"):
        assert (f"\\begin{{{name}}}[" in latex) == (proof.word == "proved")
    assert all(proof.word in form or not proof.z3 for form in forms(proof))


@pytest.mark.parametrize("kind", KINDS)
def test_ones_own_statements_of_every_kind(kind):
    proof = proof_of(kind)
    assert proof.word == kind.split()[0].replace("vacuous", "proved")
    check_all_forms_agree(proof)
    check_only_what_is_proved_follows(proof)


def test_every_theorem_of_the_book():
    proofs = of_the_book()
    assert {proof.word for proof in proofs} >= {"proved", "refuted"}
    for proof in proofs:
        check_all_forms_agree(proof)
        check_only_what_is_proved_follows(proof)
        if proof.word == "refuted":
            check_the_counterexample(proof)


def facts_of(line):
    """The comparisons in brackets at the end of a line, and the verdict on the line."""
    inside = re.fullmatch(r".*   \[(.*)\]", line).group(1)
    truth, _, facts = inside.partition(": ")
    return [fact for fact in facts.split(", ") if fact], truth


def holds(fact):
    """Whether a comparison of two numbers is true, as Python has it."""
    left, sign, right = re.fullmatch(r"(-?\d+) (==|!=|<=|>=|<|>) (-?\d+)", fact).groups()
    pair = int(left), int(right)
    return {
        "==": pair[0] == pair[1],
        "!=": pair[0] != pair[1],
        "<=": pair[0] <= pair[1],
        ">=": pair[0] >= pair[1],
        "<": pair[0] < pair[1],
        ">": pair[0] > pair[1],
    }[sign]


def check_the_counterexample(proof):
    """The numbers, the hypotheses, which hold there, and the claim, which does not, in each form."""
    there = [line for line in repr(proof).splitlines() if line.startswith("there  ")]
    hypotheses, claim = (
        there[: len(proof.theorem.hypotheses)],
        there[len(proof.theorem.hypotheses) :],
    )
    for line in hypotheses:
        facts, truth = facts_of(line)
        assert truth == "true"
        assert all(map(holds, facts))
    if len(claim) == 1:
        facts, truth = facts_of(claim[0])
        assert truth == "false"
        assert facts
        assert all(map(holds, facts))
    else:
        *sides, last = claim
        assert [facts_of(side)[1] for side in sides] in (["true", "false"], ["false", "true"])
        assert last.startswith("there  one side is true and the other false")
    rows, entries, _ = read(proof._repr_html_())
    letters, numbers = rows[-2:]
    assert dict(zip(letters, map(int, numbers), strict=True)) == proof.counterexample
    assert len([entry for entry in entries if entry.startswith("there: ")]) == len(there)
    assert proof.markdown().count("* there: ") == len(there)
    assert proof.latex().count(r"\item there: ") == len(there)
    assert proof.to_dict()["counterexample"] == proof.counterexample


def test_a_refuted_claim_stands_with_its_counterexample():
    for kind in ("refuted", "refuted equivalence"):
        check_the_counterexample(proof_of(kind))
    assert "there  2*(W//2) == W   [false: 0 != 1]" in repr(proof_of("refuted"))
    assert r"\leadsto\; 0 \ne 1$: false" in proof_of("refuted").latex()
    assert "there" not in repr(proof_of("refuted without letters"))
    assert "<table>" not in proof_of("refuted without letters")._repr_html_()


def test_what_is_said_of_random_counterexamples_is_so():
    rng, checked = random.Random(11), 0
    while checked < 60:
        claim = small_claim(rng, ("x", "y"))
        proof = claim is not None and symconv.prove(given=box(("x", "y"), 3), claim=claim)
        if proof and proof.word == "refuted":
            checked += 1
            check_the_counterexample(proof)


def test_why_an_unknown_claim_is_unknown_is_said_everywhere():
    for form in forms(proof_of("unknown")):
        assert "the time limit was reached" in form
    for form in forms(proof_of("unknown division")):
        assert "a divisor may be zero" in form


def test_that_nothing_is_claimed_is_said_everywhere():
    for form in forms(proof_of("vacuous")):
        assert "but no integers meet the hypotheses" in form


def test_of_an_equivalence_both_sides_come_with_their_numbers():
    proof = symconv.prove(claim="(2*W == 6) == (S == 3)").at(W=2, S=4)
    assert "with the numbers: 2*W == 6   [false: 4 != 6]" in repr(proof)
    assert "with the numbers: S == 3   [false: 4 != 3]" in repr(proof)
    for form in forms(proof):
        assert "both sides are false: the claim holds" in form
    for form in (proof.markdown(), proof.latex()):
        assert r"with the numbers: $2 W = 6 \;\leadsto\; 4 \ne 6$: false" in form
    assert "with the numbers: one side is true" in repr(proof.at(W=3, S=4))
    assert "with the numbers: one side" not in repr(proof.at(W=3))
    named = symconv.prove("upsampling").at(W=5, n=2, S=2, F=2, P=0, D=1, A=0)
    assert "[true: 10 == 10]" in repr(named)
    assert "one side" not in repr(named)
    assert "both sides" not in repr(named)  # one of them speaks of all W


def test_hypotheses_come_with_their_numbers_in_every_form():
    proof = symconv.prove("size_add_stride").at(S=0)
    for form in (proof.markdown(), proof.latex()):
        assert r"given: the stride advances: $S \ge 1 \;\leadsto\; 0 < 1$: false" in form
    for form in forms(proof):
        assert "nothing is claimed" in form
        assert "give W, P, D, F too" in form.replace("$", "").replace(r"\displaystyle ", "")


def test_what_a_condition_comes_to():
    assert str(valued((1 <= S) & (x < y), {"S": 0, "x": 1, "y": 2})) == "[false: 0 < 1, 1 < 2]"
    assert str(valued(~W.eq(3), {"W": 4})) == "[true: 4 != 3]"
    assert str(valued(x.eq(0) | (y // x).eq(1), {"x": 0, "y": 1})) == "[true: 0 == 0]"
    assert str(valued((y // x).eq(1), {"x": 0, "y": 1})) == "[a division by zero]"
    assert valued(W >= 1, {"S": 1}) is None
    assert valued(W >= 1, {}) is None
    assert "digits" in str(valued(W >= 1, {"W": 10**5000}))
    assert compared((W >= 1) & (S >= 1), {"W": 1, "S": 1}) == ""
    many = " and ".join(f"x + {n} >= x" for n in range(1500))
    assert "there" in repr(symconv.prove(claim=f"x >= 1 and {many}"))


def test_a_verdict_in_a_notebook():
    rows, _, text = read(Verdict("refuted", "z3", {"W": 1, "S": 2}, True)._repr_html_())
    assert rows == [["W", "S"], ["1", "2"]]
    assert "refuted by the smallest counterexample W = 1, S = 2, by z3" in text
    assert "time" in Verdict("unknown", "z3", reason="no time")._repr_html_()
    assert "<table>" not in Verdict("proved", "z3")._repr_html_()


def test_the_list_of_theorems_is_a_tuple_a_line_each_and_a_table():
    every = theorems()
    assert every == tuple(THEOREMS.values())
    assert repr(every).splitlines() == [f"{theorem.name}: {theorem.says}" for theorem in every]
    head, *rows = read(every._repr_html_())[0]
    assert head == ["chapter", "name", "statement", "verdict", "what it says"]
    listed = [(chapter, theorem) for chapter in CHAPTERS for theorem in chapter.theorems]
    for (chapter, theorem), row in zip(listed, rows, strict=True):
        assert row[:2] == [f"{chapter.number} {chapter.title}", theorem.name]
        assert row[2].startswith(r"$\displaystyle ")
        assert row[3] == theorem.expected
        assert spoken(row[4]) == spoken(theorem.says)
    assert len(read(theorems(2)._repr_html_())[0]) == 1 + len(theorems(2))
