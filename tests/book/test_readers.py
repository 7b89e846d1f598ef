"""What readers of proofs looked at twice: letters, cases, numbers of statements for all, owners."""

import re

import pytest

import symconv
from symconv import RequestError, Theorem
from symconv.book.asking import prove
from symconv.book.everything import prove_all
from symconv.book.hypotheses import HYPOTHESES
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.goals import says_nothing
from symconv.book.statements.statement import All, Have, Iff
from symconv.cli import main
from symconv.terms import both, constant, sizes
from symconv.vocabulary import VOCABULARY

E, S, W, n = sizes("E S W n")


def test_every_hypothesis_of_the_book_is_said_in_chinese():
    book = [entry for entry in THEOREMS.values() if isinstance(entry, Theorem)]
    unnamed = re.compile(r"hypothesis \d+")
    said = {sentence for theorem in book for sentence in theorem.given}
    assert {sentence for sentence in said if not unnamed.fullmatch(sentence)} == set(HYPOTHESES)
    for theorem in book:
        page = prove(theorem.name).plain("zh")
        named = [sentence for sentence in theorem.given if sentence in HYPOTHESES]
        assert all(HYPOTHESES[sentence] in page for sentence in named)


def test_ones_own_hypothesis_stays_as_it_is_in_every_language():
    proof = symconv.prove(given={"the moon is full": W >= 1}, claim=2 * W >= W)
    for language in ("en", "zh"):
        assert "the moon is full" in proof.plain(language)


def test_every_letter_of_torch_that_a_page_shows_is_named():
    for proof in prove_all():
        told = [line for line in repr(proof).splitlines() if line.startswith("letters  ")]
        theorem = isinstance(proof.theorem, Theorem)
        for letter in proof.theorem.letters if theorem else ():
            word = VOCABULARY[letter].torch if letter in VOCABULARY else letter
            assert word == letter or f"{letter} {word}" in told[0]
    assert "P padding (p)" in repr(prove("guide_14_round_trip"))
    assert "letters  W input, O output, F kernel_size" in repr(symconv.derive("conv"))
    assert "letters" not in repr(symconv.prove(claim="S >= S"))


def test_of_a_statement_for_all_sizes_the_numbers_are_one_case():
    numbers = {"F": 3, "S": 1, "P": 1, "n": 2, "D": 1, "A": 1}
    failing = repr(prove("upsampling").at(W=1, **numbers))
    assert "with the numbers: for all W it is not so: it fails at W = 2" in failing
    outside = repr(prove("upsampling").at(W=0, **numbers))
    assert "with the numbers: for all W: this one does not meet the condition" in outside
    doubled = {"F": 4, "S": 2, "P": 1, "n": 2, "D": 1, "A": 0}
    assert "for all W" not in repr(prove("upsampling").at(W=1, **doubled)).split("numbers  ")[1]


def test_each_case_stands_above_the_steps_that_use_it_with_its_side():
    own = Iff(
        All(W, W >= 1, (S * W).eq(n * W), (1,)),
        S.eq(n),
        forth=(Have("At W = 1 it says so.", S.eq(n)),),
    )
    shown = repr(symconv.prove(claim=own))
    case = "used here: the left side for W = 1, which meets its condition (Z3 proved): S*1 == n*1"
    assert f"From left to right\n{case}\n1. At W = 1" in shown


def test_a_comparison_of_numbers_is_no_claim():
    assert says_nothing(constant(0) <= constant(0))
    assert says_nothing(both(W.eq(W), constant(3) <= 5))
    assert not says_nothing(constant(6) <= 5)
    assert not says_nothing(W >= 1)
    assert not says_nothing((constant(5) - 1) // 2 <= 3)  # it has to be worked out
    stated = [step for proof in prove_all() for step in proof.steps if step.statement is not None]
    assert all(step.formula.text for step in stated)
    for chain in ("AdaptiveAvgPool2d(7) -> Conv2d(1, 1, 3)", "ReLU() -> ReLU()"):
        derivation = symconv.derive(chain)
        for form in (repr(derivation), derivation.latex(), derivation.markdown()):
            assert "laim: \n" not in form
            assert "0 <= 0" not in form
            assert r"0 \le 0" not in form


def test_behind_a_fixed_size_a_layer_is_not_said_to_ask_for_one():
    shown = repr(symconv.derive("AdaptiveAvgPool2d(7) -> Conv2d(1, 1, 3)"))
    assert "`AdaptiveAvgPool2d(output_size=7)`: this size is asked for" in shown
    assert "kernel_size=3)`: the same size always arrives" in shown


def test_an_underscore_is_a_name_in_latex_too():
    assert r"\mathrm{\_}" in symconv.prove(claim="_ + 1 > _").latex()


def test_an_item_that_begins_with_a_bracket_keeps_its_number():
    claim = (W + S).eq(S + W)
    proof = symconv.prove(Theorem(name="own", claim=claim, steps=(Have("[a] since", W >= W),)))
    assert "\\item {}[a] since" in proof.latex()


@pytest.mark.parametrize("name", ["Prelude.v", "Yours.v", "Makefile"])
def test_a_file_that_is_not_ours_is_not_written_over(tmp_path, name, capsys):
    (tmp_path / name).write_text("my own", "utf-8")
    assert main(["prove", "--claim", "W < W + 1", "--coq", str(tmp_path)]) == 2
    assert f"{name}, which symconv did not write" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == [tmp_path / name]
    assert (tmp_path / name).read_text("utf-8") == "my own"


def test_a_comment_in_a_condition_is_not_repeated():
    layer = "Conv2d(1, 1, kernel_size=3, stride=?, padding=?)"
    answer = symconv.solve(layer, output="W//2 + 1 # half", for_="W % 8 == 0 # $\\foo$ `")
    assert str(answer.says) == "W//2 + 1 cells for W % 8 == 0"
    assert "foo" not in answer.latex()


def test_a_number_that_is_too_large_is_told_the_limit():
    with pytest.raises(RequestError, match="from 1 to 2147483647"):
        symconv.derive("conv", W=2**31)
    with pytest.raises(RequestError, match="which inputs give an output"):
        symconv.derive("conv", output=3)


def test_the_numbers_of_a_derivation_are_listed_with_those_of_torch():
    shown = repr(symconv.derive("max_pool", W=7, F=3, S=2, P=1))
    assert "D = 1" in shown.split("numbers  ")[1].split("\n")[0]
    assert "ceil_mode = 0" in shown.split("numbers  ")[1].split("\n")[0]
    assert " % S)" in repr(symconv.derive("conv", F=3, W=6))
    assert "with the numbers: true" in repr(symconv.derive("conv", F=3, W=6, S=2, P=1))


def test_a_chain_without_an_output_is_said_to_have_none():
    shown = repr(prove("chain_one_floor").at(W=2, F1=3, F2=1, P2=1))
    assert "layer 1 needs 3 cells and has 2: it has no output" in shown


@pytest.mark.parametrize(("language", "says"), [("en", "The cases above"), ("zh", "上面的情形")])
def test_cases_stand_above_the_step_that_they_force(language, says):
    every_size = All(W, W >= 1, W * S >= W, instances=(1,))
    page = prove(Theorem(claim=Iff(every_size, S >= 1))).plain(language)
    assert page.index("1*S >= 1") < page.index(says)
    without = Theorem(claim=Iff(All(W, W >= 1, S * S >= 0), S >= S))
    assert prove(without).word == "proved"
    assert says not in prove(without).plain(language)
