"""The Coq files read back: what Coq was asked is what is stated.

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
from pathlib import Path

import pytest

import symconv.book.coq.reading_back as reader
from random_statements import random_theorem
from symconv.book.coq import exporting, stating
from symconv.book.coq.exporting import chapter_file, lemma, texts
from symconv.book.coq.reading_back import ReadingError, definitions_in, differences, statements_in
from symconv.book.statements.calls import laws
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.statement import Theorem, terms_of
from symconv.meanings import gallina
from symconv.terms import WORDS, parts, variable

STATED = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
WRITES = {"symconv.meanings.gallina", *(f"symconv.book.coq.{n}" for n in ("stating", "scripts"))}
WRITES |= {"symconv.book.coq.exporting", "symconv.book.coq.record", "symconv.book.statements.calls"}


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
    assert len(STATED) >= 105


def test_every_law_is_read_back_as_it_was_written():
    read = definitions_in(texts()["Laws.v"])
    assert set(read) == {law.name for law in laws()}
    for law in laws():
        assert tuple(map(variable, read[law.name].letters)) == law.letters
        assert read[law.name].term == law.term


def test_gallina_has_every_word():
    assert set(gallina.GALLINA) == set(WORDS) - {"variable"}


def test_the_reader_imports_nothing_of_the_exporter():
    tree = ast.parse(Path(reader.__file__).read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not modules & WRITES
    code = "import sys, symconv.book.coq.reading_back; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert loaded.returncode == 0
    assert not set(loaded.stdout.split()) & WRITES


def test_random_statements_are_read_back_as_they_were_written():
    laws, rng = definitions_in(stating.definitions()), random.Random(11)
    kinds, nodes = Counter(), 0
    for _ in range(1200):
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
