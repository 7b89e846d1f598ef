"""Proofs in Chinese: everything that stands around names and formulas is Chinese, in every form."""

import re

import pytest

import symconv
from symconv.book.everything import prove_all
from symconv.book.languages import CHINESE, ENGLISH, LANGUAGES
from symconv.book.layout import page
from symconv.book.statements.chapters import THEOREMS
from symconv.cli import main
from symconv.errors import RequestError
from symconv.proving import Clock

NAMES = r"SymPy|Z3|Coq|torch|lemma|and|time"
"""Words that stay as they are."""


def english(sentence):
    """The words of a sentence that are English and no names."""
    bare = re.sub(r"`[^`]*`|\$[^$]*\$|\b[\w.]+\.v\b.*|\b\w*_\w*\b", " ", sentence)
    return [word for word in re.findall(r"[a-z]{3,}", re.sub(NAMES, " ", bare)) if word != "mod"]


def labels_of(page):
    """What a page says around its formulas, but for names, sources and a solver's reasons."""
    cases = (case for part in page.parts for case in part.cases)
    lines = (*page.given, *page.numbers, *cases, *page.there)
    yield from (line.kind for line in lines)
    yield from (line.came.truth for line in lines if line.came)
    for part in page.parts:
        yield part.heading
        yield from (step.checked for step in part.steps)
    yield page.verdict


def test_the_labels_of_every_proof_are_chinese():
    for proof in prove_all(clock=Clock(600)):
        laid_out = page(proof, CHINESE)
        for label in labels_of(laid_out):
            assert english(label) == [], (proof.theorem.name, label)
        assert laid_out.labels == CHINESE.labels


def test_the_formulas_are_the_same_in_both():
    for name in ("upsampling", "not_doubling_of_three", "chain_one_floor"):
        proof = symconv.prove(name)
        formulas = [
            [step.formula.latex for part in page(proof, language).parts for step in part.steps]
            for language in (ENGLISH, CHINESE)
        ]
        assert formulas[0] == formulas[1]
        assert page(proof, CHINESE).claim.latex == page(proof, ENGLISH).claim.latex


def test_the_words_within_statements_are_chinese_too():
    stated = [proof for proof in prove_all(clock=Clock(600)) if proof.z3]
    for laid_out in (page(proof, CHINESE) for proof in stated):
        texts = [
            laid_out.claim.text,
            *(case.formula.text for part in laid_out.parts for case in part.cases),
        ]
        texts += [step.formula.text for part in laid_out.parts for step in part.steps]
        for written in texts:
            assert not re.search(r"just when|for all|there is|\bwith\b", written), written


def test_a_phrase_that_is_missing_is_noticed():
    assert english("a sentence that nobody has put into Chinese")
    assert english(CHINESE.said("proved, by Z3")) == []


def test_the_reasons_of_what_people_cite_are_chinese():
    told = page(symconv.prove("upsampling"), CHINESE)
    reasons = [step.reason for part in told.parts for step in part.steps]
    assert reasons
    assert all(re.search(r"[\u4e00-\u9fff]", reason) for reason in reasons)


@pytest.mark.parametrize("form", [[], ["--markdown"], ["--latex"]])
def test_the_command_line(form, capsys):
    assert main(["prove", "upsampling", "--language", "zh", *form]) == 0
    assert "从左到右" in capsys.readouterr().out
    assert main(["prove", "upsampling", "--language", "xx", *form]) == 2
    assert "a language" in capsys.readouterr().err


def test_another_language_is_refused_in_three_beats():
    proof = symconv.prove(next(iter(THEOREMS)))
    with pytest.raises(RequestError, match="needed a language"):
        proof.markdown("klingon")
    assert [*LANGUAGES] == ["en", "zh"]


def test_what_numbers_make_of_a_structural_statement_is_told_in_chinese():
    proof = symconv.prove("same_size_decoder").at(n=2, L=4, W=48)
    told = proof.plain("zh")
    assert "48 出来时是 48；" in told
    assert "they agree" not in told
