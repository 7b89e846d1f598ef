"""The Coq files: nothing is assumed, nothing is missing, and the record is of these very files."""

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from symconv.book import prove
from symconv.coq import exporting, record
from symconv.coq.exporting import chapter_file, digests, file_of, needed, required, texts
from symconv.statements.chapters import CHAPTERS, THEOREMS
from symconv.statements.statement import Theorem
from symconv.statements.structural import STRUCTURAL

BY_HAND = {one.name: one.read_text("utf-8") for one in (files("symconv.coq") / "files").iterdir()}
COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
REFUTED = [one for one in THEOREMS.values() if isinstance(one, Theorem) and one.counterexample]


def test_a_chapter_is_nothing_but_statements_and_their_proofs():
    for chapter in CHAPTERS:
        text = COMMENT.sub(" ", chapter_file(chapter))
        proved = re.compile(r"Theorem (\w+) :.*?\nProof\.\n.*?\nQed\.\n", re.DOTALL)
        stated = [one.name for one in chapter.theorems if isinstance(one, Theorem)]
        assert proved.findall(text) == stated
        rest = proved.sub(" ", text).split()
        assert " ".join(rest) == (
            "Require Import ZArith. From Symconv Require Import Prelude Laws. Open Scope Z_scope."
        )


@pytest.mark.parametrize("name", texts())
def test_no_file_assumes_anything(name):
    text = COMMENT.sub(" ", texts()[name])
    for word in (
        *("Admitted", "admit", "Axiom", "Axioms", "Parameter", "Parameters", "Conjecture"),
        *("Psatz", "Reals", "Lra", "Classical", "Abort", "Context", "Unset", "Notation", "Infix"),
        *("bypass_check", "type_in_type", "Instance", "Declare", "Coercion", "give_up", "Extract"),
    ):
        assert not re.search(rf"\b{word}\b", text), word
    depth = 0
    for word in re.findall(r"\b(Section|End|Variables?|Hypothes[ie]s)\b", text):
        depth += {"Section": 1, "End": -1}.get(word, 0)
        assert depth == 1 or word == "End", "only a section may suppose something"
    assert depth == 0
    for line in re.findall(r"^.*\bRequire\b.*$", text, re.MULTILINE):
        assert re.fullmatch(
            r"Require Import (ZArith|Lia|List| )+\.|Require Import Coq\.Logic\.Decidable\."
            r"|From Symconv Require Import [\w ]+\.",
            line,
        )
    ends = re.findall(r"\b(?:Qed|Defined)\.", text)
    assert len(ends) == len(re.findall(r"\bProof\.", text))


def test_files_come_after_what_they_require():
    seen = []
    for name, text in texts().items():
        assert set(required(text)) <= set(seen)
        seen.append(name)
    assert set(seen) == {
        "Laws.v", *BY_HAND, *(f"{one.name.capitalize()}.v" for one in CHAPTERS)
    }  # fmt: skip
    assert needed(["Article.v"])[-2:] == ["Laws.v", "Article.v"]
    assert needed(texts()) == list(texts())


@pytest.mark.parametrize("entry", STRUCTURAL, ids=lambda one: one.name)
def test_a_structural_statement_has_its_lemmas(entry):
    text = COMMENT.sub(" ", BY_HAND[entry.file])
    stated = re.findall(r"^(?:Theorem|Lemma|Corollary) (\w+)\b", text, re.MULTILINE)
    assert entry.lemmas
    assert set(entry.lemmas) <= set(stated)
    assert "Laws.v" in needed([entry.file]), "it is about the generated definitions"


@pytest.mark.parametrize("entry", REFUTED, ids=lambda one: one.name)
def test_a_refuted_theorem_has_its_counterexample_in_coq(entry):
    values = " ".join(rf"\({re.escape(v)}\)" for v in _values(entry))
    assert re.search(
        rf"Theorem {entry.name} : ~ \(forall {' '.join(entry.letters)} : Z,"
        rf"(?:(?!Qed).)*specialize \(all {values}\)",
        texts()[file_of(entry.name)],
        re.DOTALL,
    )


def _values(entry):
    numbers = [entry.counterexample[name] for name in entry.letters]
    return [str(one) if one >= 0 else f"({one})" for one in numbers]


# The record.


def test_the_record_is_of_the_files_as_they_are():
    """After a change of a theorem or a file: `python -m symconv.coq.record`, where Coq is."""
    found = dict(record.recorded())
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?", found.pop("coq"))
    assert found == digests()


@pytest.fixture
def recorded_now(monkeypatch):
    now = {"coq": "8.16.1"} | digests()
    monkeypatch.setattr(record, "recorded", lambda: now)


@pytest.mark.parametrize("changed", ["Guide.v", "Laws.v", "Prelude.v", "Floors.v", "Levels.v"])
def test_a_file_that_changed_is_accepted_no_longer_nor_is_what_requires_it(
    changed, monkeypatch, recorded_now
):
    assert all(record.acceptance(name) for name in THEOREMS)
    other = texts() | {changed: texts()[changed] + " "}
    monkeypatch.setattr(exporting, "texts", lambda: other)
    monkeypatch.setattr(record, "digests", exporting.digests.__wrapped__)
    lost = {name for name in THEOREMS if record.acceptance(name) is None}
    assert lost == {name for name in THEOREMS if changed in needed([file_of(name)])}
    assert len(lost) in (21, 1, len(THEOREMS))


def test_a_theorem_that_changed_is_proved_by_z3_alone(monkeypatch, recorded_now):
    name = "size_add_stride"
    assert prove(name).coq.version == "8.16.1"
    assert prove(replace(THEOREMS[name], says="Another.")).coq is None
    monkeypatch.setattr(record, "digests", lambda: dict.fromkeys(digests(), "0"))
    proof = prove(name)
    assert (proof.coq, proof.word, proof.to_dict()["checkers"]["coq"]) == (None, "proved", None)
    assert prove("chain_fits").word == "unknown"
