"""The Coq files read back: what Coq was asked is what is stated. And the record of what it accepted.

The reader shares no code with the exporter, so a fault that is planted in the exporter shows.
Nothing here runs Coq; `test_coqc.py` does.
"""

import ast
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from random_statements import random_theorem

import symconv.coq.reading_back as reader
from symconv.coq import exporting, record, stating
from symconv.coq.exporting import chapter_file, digests, file_of, lemma, needed, required, texts
from symconv.coq.reading_back import ReadingError, definitions_in, differences, statements_in
from symconv.meanings import gallina
from symconv.statements.calls import LAWS
from symconv.statements.chapters import CHAPTERS, THEOREMS
from symconv.statements.statement import Theorem, terms_of
from symconv.statements.structural import STRUCTURAL
from symconv.terms import parts, variable

BY_HAND = {one.name: one.read_text("utf-8") for one in (files("symconv.coq") / "files").iterdir()}
COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
STATED = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
WRITES = {"symconv.meanings.gallina", *(f"symconv.coq.{n}" for n in ("stating", "scripts"))}
WRITES |= {"symconv.coq.exporting", "symconv.coq.record", "symconv.statements.calls"}


def book_differences():
    """What the reader objects to in the chapters as they are exported now, by theorem."""
    found = {}
    for chapter in CHAPTERS:
        stated = [one for one in chapter.theorems if isinstance(one, Theorem)]
        try:
            laws = definitions_in(stating.definitions())
            read = statements_in(chapter_file(chapter), laws)
        except (ReadingError, TypeError) as error:
            found |= {one.name: [str(error)] for one in stated}
            continue
        for one in stated:
            wrong = differences(one, read[one.name]) if one.name in read else ["it is missing"]
            if wrong:
                found[one.name] = wrong
    return found


# The reader.


def test_every_statement_of_the_book_is_read_back_as_it_was_written():
    assert book_differences() == {}
    assert len(STATED) == 99


def test_every_law_is_read_back_as_it_was_written():
    read = definitions_in(texts()["Laws.v"])
    assert set(read) == {law.name for law in LAWS}
    for law in LAWS:
        assert tuple(map(variable, read[law.name].letters)) == law.letters
        assert read[law.name].term == law.term


def test_the_reader_imports_nothing_of_the_exporter():
    tree = ast.parse(Path(reader.__file__).read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not modules & WRITES
    code = "import sys, symconv.coq.reading_back; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert loaded.returncode == 0
    assert not set(loaded.stdout.split()) & WRITES


def test_random_statements_are_read_back_as_they_were_written():
    laws, rng = definitions_in(stating.definitions()), random.Random(11)
    kinds, nodes = Counter(), 0
    for _ in range(1500):
        theorem = random_theorem(rng)
        (read,) = statements_in(lemma(theorem), laws).values()
        assert differences(theorem, read) == [], lemma(theorem)
        kinds[type(theorem.claim).__name__, theorem.expected] += 1
        nodes += sum(len(parts(one)) for one in (*terms_of(theorem.claim), *theorem.hypotheses))
    print(dict(kinds), nodes)
    assert len(kinds) == 5
    assert min(kinds.values()) > 100
    assert nodes > 20_000


def test_a_random_statement_is_not_taken_for_another():
    laws, rng = definitions_in(stating.definitions()), random.Random(12)
    for _ in range(300):
        one, other = random_theorem(rng), random_theorem(rng)
        (read,) = statements_in(lemma(other), laws).values()
        same = stating.statement(one) == stating.statement(other)
        assert (differences(one, read) == []) == same


@pytest.mark.parametrize(
    "text",
    ["a <= b <= c", "a +", "(a", "a )", "forall a : nat, a = a", "a = b = c", "a ?", "a := b", "",
     "Z.min a", "if a then b", "a -> ", "exists : Z,", "3 4", "a & b"],
)  # fmt: skip
def test_what_is_no_statement_is_not_read(text):
    with pytest.raises((ReadingError, TypeError)):
        statements_in(f"Theorem x : {text}.\nProof.\nQed.", {})


# Faults planted in the exporter.


def _as(monkeypatch, **changes):
    """Export each theorem as another one."""

    def other(theorem):
        known = {name: change(theorem) for name, change in changes.items()}
        return stating.statement(replace(theorem, **known))

    monkeypatch.setattr(exporting, "statement", other)


def _table(word, other):
    return lambda monkeypatch: monkeypatch.setitem(
        gallina.GALLINA, word, gallina.GALLINA.get(other, other)
    )


def _text(found, put, count=0):
    def plant(monkeypatch):
        def other(theorem):
            return re.sub(found, put, stating.statement(theorem), count=count)

        monkeypatch.setattr(exporting, "statement", other)

    return plant


def _law(found, put):
    def plant(monkeypatch):
        true = stating.definitions()
        assert found in true
        monkeypatch.setattr(stating, "definitions", lambda: true.replace(found, put))

    return plant


def _drop(last):
    def rest(theorem):
        kept = list(theorem.given.items())
        return dict(kept[:-1] if last else kept[1:])

    return lambda monkeypatch: _as(monkeypatch, given=rest)


FAULTS = {
    "<= becomes <": (_table("le", "lt"), 70),
    "< becomes <=": (_table("lt", "le"), 12),
    "+ becomes -": (_table("add", "sub"), 80),
    "// becomes %": (_table("floordiv", "mod"), 10),
    "min becomes max": (_table("min", "max"), 1),
    "and becomes or": (_table("and", "or"), 20),
    "iff becomes and": (_table("iff", "and"), 5),
    "the parts of a difference are exchanged": (
        lambda m: m.setitem(gallina.GALLINA, "sub", lambda a, b, s=gallina.GALLINA["sub"]: s(b, a)),
        40,
    ),
    "brackets are forgotten": (lambda m: m.setattr(gallina, "_fit", lambda one, _: one.text), 30),
    "the first hypothesis is dropped": (_drop(False), 70),
    "the last hypothesis is dropped": (_drop(True), 70),
    "~ is forgotten": (lambda m: _as(m, expected=lambda _: "proved"), 24),
    "~ is put before every theorem": (lambda m: _as(m, expected=lambda _: "refuted"), 75),
    "letters are exchanged": (_text(r"forall (\w+) (\w+)", r"forall \2 \1", 1), 80),
    "a letter stands for another": (_text(r"\bS\b(?!.* : Z)", "F"), 60),
    "letters are not universal": (_text("forall", "exists", 1), 80),
    "a bound name is not universal": (_text(r"\(forall", "(exists"), 10),
    "there is becomes for all": (_text(r"\(exists", "(forall"), 5),
    "an equivalence goes one way": (_text("<->", "->"), 15),
    "an implication goes both ways": (_text("->(?! )|(?<!<)->", "<->", 1), 50),
    "a number is one more": (_text(r"\b1\b", "2"), 60),
    "arguments are exchanged": (
        lambda m: m.setattr(stating, "applied", lambda n, a, b, *o: gallina.applied(n, b, a, *o)),
        70,
    ),
    "the claim is dropped": (_text(r"\n\s*\([^\n]*\)$", "\n (0 = 0)"), 20),
    "conv is another": (_law("- extent D F) / S + 1.", "- extent D F) / S."), 40),
    "extent is another": (_law("D * (F - 1) + 1", "D * F"), 60),
    "conv_transpose takes other letters": (_law("conv_transpose (W F", "conv_transpose (F W"), 20),
    "a law is missing": (_law("Definition conv (", "Definition convolution ("), 40),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_is_planted_in_the_exporter_is_reported(fault, monkeypatch):
    plant, least = FAULTS[fault]
    plant(monkeypatch)
    found = book_differences()
    print(f"{fault}: {len(found)} statements differ")
    assert len(found) >= least > 0


# The files.


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


@pytest.mark.parametrize(
    "entry", [one for one in STATED if one.expected == "refuted"], ids=lambda one: one.name
)
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
    from symconv.book import prove

    name = "size_add_stride"
    assert prove(name).coq.version == "8.16.1"
    assert prove(replace(THEOREMS[name], says="Another.")).coq is None
    monkeypatch.setattr(record, "digests", lambda: dict.fromkeys(digests(), "0"))
    proof = prove(name)
    assert (proof.coq, proof.word, proof.to_dict()["checkers"]["coq"]) == (None, "proved", None)
    assert prove("chain_fits").word == "unknown"
