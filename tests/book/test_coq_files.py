"""The Coq files: nothing is assumed, nothing is missing, and the record is of these very files."""

import re
from importlib.resources import files

import pytest

from symconv.book.coq import compiling, exporting
from symconv.book.coq.comparing import unlike
from symconv.book.coq.exporting import chapter_file, file_of, needed, required, texts
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import STRUCTURAL
from symconv.cli import main
from symconv.errors import RequestError, UndecidedError

BY_HAND = {
    one.name: one.read_text("utf-8") for one in (files("symconv.book.coq") / "files").iterdir()
}
COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
REFUTED = [one for one in THEOREMS.values() if isinstance(one, Theorem) and one.counterexample]


def test_a_chapter_is_nothing_but_statements_and_their_proofs():
    for chapter in CHAPTERS:
        text = COMMENT.sub(" ", chapter_file(chapter))
        proved = re.compile(r"Theorem (\w+) :.*?\nProof\.\n.*?\nQed\.\n", re.DOTALL)
        stated = [one.name for one in chapter.statements]
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
        "Laws.v", "Derivations.v", *BY_HAND, *(one.file for one in CHAPTERS)
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


# The files compared with what is stated.


CHANGED = {
    "Laws.v": [
        ("D * (F - 1) + 1", "D * F + 1", "extent: another law"),
        ("Definition extent (D F : Z)", "Definition extent (F D : Z)", "extent: letters"),
        ("Definition extent", "Definition other", "cannot be read back"),
        ("Definition conv (", "Definition other (", "other: is no law"),
        ("Open Scope Z_scope.", "Open Scope Z_scope.\nAxiom x : False.", "beside what is stated"),
        ("D * (F - 1) + 1", "D ? F", "cannot be read back"),
    ],
    "Counting.v": [
        ("(1 <= conv W F S P D <->", "(0 <= conv W F S P D <->", "size_pos_iff_fits: another claim"),
        (" 1 <= S ->", "", "size_pos_iff_fits: "),
        ("Theorem size_pos_iff_fits", "Theorem other", "size_pos_iff_fits: is missing"),
        ("Theorem size_pos_iff_fits", "Theorem other", "other: is no theorem of the chapter"),
        ("Open Scope Z_scope.", "Open Scope Z_scope.\nDefinition conv := 1.", "beside what"),
        ("Theorem size_pos_iff_fits", "Axiom size_pos_iff_fits", "beside what is stated"),
        ("Theorem size_pos_iff_fits :", "Theorem size_pos_iff_fits : 1 ? 2", "cannot be read back"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "said"), [(name, *one) for name, many in CHANGED.items() for one in many]
)
def test_a_file_that_says_something_else_is_not_like_what_is_stated(name, old, new, said, tmp_path):
    exporting.export(tmp_path)
    assert unlike(tmp_path, texts()) == {}
    text = (tmp_path / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new), "utf-8")
    found = unlike(tmp_path, texts())
    assert set(found) == {name}
    assert said in found[name]


def test_a_file_that_is_not_there_is_not_like_what_is_stated(tmp_path):
    exporting.export(tmp_path)
    (tmp_path / "Guide.v").unlink()
    assert set(unlike(tmp_path, texts())) == {"Guide.v"}
    assert unlike(tmp_path, ["Laws.v", "Counting.v"]) == {}


# The folder, and a compiler that is broken.


def test_a_makefile_of_somebody_else_is_not_overwritten(tmp_path, capsys):
    exporting.export(tmp_path)
    exporting.export(tmp_path)
    for one in tmp_path.iterdir():
        one.unlink()
    (tmp_path / "Makefile").write_bytes(b"all: \xff\n")
    with pytest.raises(RequestError, match=r"which symconv did not write\. Name another folder"):
        exporting.export(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["Makefile"]
    assert (tmp_path / "Makefile").read_bytes() == b"all: \xff\n"
    assert main(["prove", "--coq", str(tmp_path)]) == 2
    assert "did not write" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\nexit 3\n", "ends with status 3"),
        ("#!/bin/sh\necho Hello\n", "says no version"),
        ("#!/bin/sh\nexec sleep 9\n", "says no version within"),
        ("#!/nowhere/at/all\n", "does not run"),
        ("\x00", "does not run"),
    ],
)
def test_a_broken_compiler_is_told_in_three_beats(script, said, tmp_path, monkeypatch, capsys):
    coqc = tmp_path / "coqc"
    coqc.write_text(script, "utf-8")
    coqc.chmod(0o755)
    monkeypatch.setattr(compiling, "compiler", lambda: str(coqc))
    monkeypatch.setattr(compiling, "STARTING", 0.3)
    with pytest.raises(UndecidedError, match=said):
        compiling.version()
    monkeypatch.setattr("symconv.book.everything.compiler", lambda: str(coqc))
    assert main(["prove", "size_add_stride", "--fresh"]) == 3
    assert "leave --fresh out" in capsys.readouterr().err
    if said == "does not run":
        with pytest.raises(UndecidedError, match=said):
            compiling.compile_one("Laws.v", tmp_path)


def test_no_compiler_is_told_in_three_beats(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling, "compiler", lambda: None)
    with pytest.raises(UndecidedError, match=r"a machine without it\. Install Coq"):
        compiling.compile_one("Laws.v", tmp_path)
