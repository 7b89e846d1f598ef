"""Coq itself, where it is installed: it agrees with the integers and with Z3, and says no."""

import random
import shutil
import subprocess
from dataclasses import replace

import pytest

from random_statements import random_term
from shelves import change, put_back
from strategies import NAMES
from symconv.book.asking import prove
from symconv.book.coq import compiling, exporting, record
from symconv.book.coq.compiling import assumptions, compile_all, compile_one
from symconv.book.coq.exporting import export, lemma, needed, texts
from symconv.book.coq.stating import HEAD
from symconv.book.everything import fresh_acceptances
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.checking import check
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import Lemma
from symconv.cli import main
from symconv.meanings.gallina import gallina
from symconv.meanings.integers import INTEGERS
from symconv.terms import INTEGER, TRUTH, constant, interpret, substitute, variable

coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
pytestmark = coqc
BELOW = needed(["Laws.v"])
START = HEAD.replace("Prelude", "Prelude Laws") + "\n"
FALSE = {
    "one stride too few": ("W >= 1 and S >= 1", "((W - 1)*S)//S == W"),
    "a remainder is forgotten": ("S >= 1", "(W//S)*S == W"),
    "the floor of a negative number": ("S >= 1", "(0 - W)//S == 0 - W//S"),
    "the strict form": ("x <= y", "x < y"),
    "a minimum is one of the two": ("x >= 0", "min(x, y) == x"),
    "products of differences": ("a >= b", "a*c >= b*c"),
    "a case is missing": ("x % 3 == 1 or x % 3 == 2", "x % 3 == 1"),
    "not every kernel is odd": ("F >= 1 and 2*P == F - 1 or 2*P == F", "W + 2*P - F + 1 == W"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All files written, those below the chapters compiled."""
    place = tmp_path_factory.mktemp("coq")
    export(place)
    assert compile_all(place, names=BELOW).rejected == {}
    return place


def said(folder, text, name="Tried.v"):
    """What the compiler objects to in a text."""
    (folder / name).write_text(START + text, "utf-8")
    return compile_one(name, folder)


# The meaning of the words.


def numbered(rng, sort):
    """A random term with numbers put in, and what it comes to."""
    while True:
        term = random_term(rng, sort, 4)
        numbers = {name: rng.randint(-9, 9) for name in NAMES}
        put = {variable(name): constant(value) for name, value in numbers.items()}
        try:
            return substitute(term, put), interpret(term, INTEGERS, numbers)
        except ZeroDivisionError:
            continue


def test_coq_computes_what_the_integers_do(folder):
    """The commuting square of Gallina: random numbers, divisors of either sign."""
    rng, goals = random.Random(5), []
    for _ in range(400):
        term, value = numbered(rng, INTEGER)
        goals.append(f"Goal {gallina(term)} = ({value}). vm_compute. reflexivity. Qed.")
    for _ in range(200):
        term, value = numbered(rng, TRUTH)
        claim = gallina(term) if value else f"~ ({gallina(term)})"
        goals.append(f"Goal {claim}. vm_compute. intuition discriminate. Qed.")
    assert said(folder, "\n".join(goals)) == ""


# Coq says no where Z3 does.


@pytest.mark.parametrize("name", FALSE)
def test_a_false_theorem_is_refuted_by_z3_and_rejected_by_coq(name, folder):
    given, claim = FALSE[name]
    theorem = Theorem(given=given, claim=claim)
    found = check(theorem).verdict
    assert found.word == "refuted"
    rejected = said(folder, lemma(theorem))
    assert "Error" in rejected or "accepted within" in rejected
    example = dict(found.counterexample)
    assert said(folder, lemma(replace(theorem, expected="refuted", counterexample=example))) == ""


def test_coq_rejects_a_counterexample_that_is_none(folder):
    given, claim = FALSE["a remainder is forgotten"]
    wrong = Theorem(given=given, claim=claim, expected="refuted", counterexample={"W": 4, "S": 2})
    assert "Error" in said(folder, lemma(wrong))
    outside = replace(wrong, counterexample={"W": 1, "S": -2})
    assert "Error" in said(folder, lemma(outside))


def test_coq_rejects_that_a_true_theorem_is_false(folder):
    theorem = THEOREMS["size_add_stride"]
    wrong = dict.fromkeys(theorem.letters, 1)
    assert "Error" in said(
        folder, lemma(replace(theorem, expected="refuted", counterexample=wrong))
    )


def test_coq_accepts_every_refutation_of_the_book(folder):
    stated = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
    refuted = [one for one in stated if one.expected == "refuted"]
    assert len(refuted) >= 24
    assert said(folder, "\n".join(map(lemma, refuted))) == ""


def test_coq_rejects_instances_that_do_not_suffice(folder):
    from symconv.book.statements.letters import WINDOW, P, S, W, conv, extent
    from symconv.book.statements.statement import All, Iff

    def keeps(*instances):
        right = S.eq(1) & (2 * P).eq(extent - 1)
        claim = Iff(All(W, W >= 1, conv().eq(W), instances), right)
        return lemma(Theorem(name="keeps", given=WINDOW, claim=claim))

    assert said(folder, keeps(1, 2, 3)) == ""
    assert said(folder, keeps(1, 2)) != ""


# A changed law, an axiom, a file that is not accepted.


@pytest.mark.parametrize(
    ("law", "fault"),
    [
        ("(W + 2 * P - extent D F) / S + 1.", "(W + 2 * P - extent D F) / S."),
        ("D * (F - 1) + 1", "D * F"),
    ],
)
def test_a_changed_law_is_rejected_by_coq(law, fault, tmp_path, monkeypatch):
    assert law in texts()["Laws.v"]
    other = texts() | {"Laws.v": texts()["Laws.v"].replace(law, fault)}
    for module in (exporting, record, compiling):
        monkeypatch.setattr(module, "texts", lambda: other)
    found, wrong = record.made(tmp_path, ["article_keeps_five"])
    assert set(wrong) == {"Laws.v", "Article.v"}
    assert "another law" in wrong["Laws.v"]
    assert "Error" in wrong["Article.v"]
    assert found["accepted"] == {}


def test_a_file_that_was_altered_after_it_was_written_is_rejected(tmp_path, monkeypatch):
    """It compiles, with a proof of every statement; they are not those of the book."""

    def altering(folder, *given, **known):
        text = (folder / "Article.v").read_text("utf-8")
        first, second = text.split("Theorem article_keeps_five :")
        _, _, rest = second.partition("Qed.")
        easy = f"{first}Theorem article_keeps_five : (1 <= 1).\nProof.\n  sizes.\nQed.{rest}"
        (folder / "Article.v").write_text(easy, "utf-8")
        compiled = compile_all(folder, *given, **known)
        assert compiled.rejected == {}
        return compiled

    monkeypatch.setattr(record, "compile_all", altering)
    found, wrong = record.made(tmp_path, ["article_keeps_five"])
    assert set(wrong) == {"Article.v"}
    assert "article_keeps_five: " in wrong["Article.v"]
    assert found["accepted"] == {}
    assert record.acceptance("article_keeps_five", found) is None


def test_a_lemma_that_was_invented_is_not_accepted(tmp_path):
    own = THEOREMS["chain_one_floor"]
    with put_back():
        change(own.name, formal=(*own.formal, Lemma("zz_invented", r"\top")))
        found, wrong = record.made(tmp_path, [own.name])
        assert record.acceptance(own.name, found) is None
    assert set(wrong) == {"Chains.zz_invented"}
    assert set(found["accepted"]) == {f"Chains.{one}" for one in own.lemmas}
    assert record.acceptance(own.name, found).file == "Chains.v"


def test_an_axiom_is_found_out(folder):
    text = "Axiom wrong : False.\nTheorem anything : 1 = 2.\nProof. destruct wrong. Qed.\n"
    text += "Theorem fine : 1 = 1.\nProof. reflexivity. Qed.\n"
    assert said(folder, text, "Assuming.v") == ""
    found = assumptions(folder, ["Assuming.anything", "Assuming.fine"])
    assert set(found) == {"Assuming.anything"}
    assert "wrong" in found["Assuming.anything"]
    assert set(assumptions(folder, ["Assuming.missing"])) == {"Assuming.missing"}
    assert assumptions(folder, []) == {}


def test_an_answer_of_yesterday_is_not_believed(folder):
    assert said(folder, "Theorem fine : 1 = 1.\nProof. reflexivity. Qed.\n", "Asked.v") == ""
    assert assumptions(folder, ["Asked.fine"]) == {}
    for name in ("Asked.fine", "Asked.missing"):
        (folder / f"assumed_{name}.out").write_text(compiling.CLOSED, "utf-8")
    found = assumptions(folder, ["Asked.missing"])
    assert "missing" in found["Asked.missing"]
    assert not (folder / "assumed_Asked.fine.out").exists()
    (folder / "assumed_Nowhere.x.out").write_text(compiling.CLOSED, "utf-8")
    assert set(assumptions(folder, ["Nowhere.x", "Asked.fine"])) == {"Nowhere.x"}


def test_a_theorem_of_another_file_with_the_same_name_is_not_asked(folder):
    fine = "Theorem same : 1 = 1.\nProof. reflexivity. Qed.\n"
    assert said(folder, "Axiom same : 1 = 1.\n", "First.v") == ""
    assert said(folder, fine, "Second.v") == ""
    assert set(assumptions(folder, ["First.same", "Second.same"])) == {"First.same"}


def test_a_theorem_is_compiled_afresh_with_what_it_needs(monkeypatch):
    found = fresh_acceptances(name="article_keeps_five")
    assert {name: one.file for name, one in found.items()} == {"article_keeps_five": "Article.v"}
    nothing = {"coq": "8", "accepted": {}}
    monkeypatch.setattr(
        "symconv.book.everything.made", lambda *_: (nothing, {"Article.v": "Error"})
    )
    assert fresh_acceptances(name="article_keeps_five") == {}


def test_the_folder_that_is_written_can_be_made(tmp_path, capsys):
    place = tmp_path / "some" / "where"
    assert main(["prove", "--coq", str(place)]) == 0
    assert f"{len(texts())} files written" in capsys.readouterr().err
    assert {one.name for one in place.iterdir()} == {*texts(), "Makefile"}
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    done = subprocess.run(
        [make, "-j2", "Article.vo"], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (place / "Article.vo").exists()
    assert not (place / "Counting.vo").exists()


def test_a_proof_that_takes_too_long_is_not_accepted(folder, monkeypatch):
    monkeypatch.setattr(compiling, "LONGEST", 0.01)
    assert "not accepted within" in compile_one("Article.v", folder)


def test_prove_says_what_coq_accepted_just_now(capsys, tmp_path):
    assert main(["prove", "article_keeps_256", "--fresh", "--coq", str(tmp_path)]) == 0
    assert "proved, by Coq 8" in capsys.readouterr().out
    assert {one.name for one in tmp_path.iterdir()} == {*texts(), "Makefile"}, "nothing compiled"
    assert main(["prove", "--claim", "W >= W", "--fresh"]) == 2
    assert prove("article_keeps_256").word == "proved"
