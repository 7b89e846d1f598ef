"""Coq itself on statements of a user's own: it accepts what holds, and says no to all else."""

import json
import random
import re
import shutil
import subprocess
from collections import Counter

import pytest

import symconv
from random_statements import box, random_theorem, small_claim, tight_claim, with_laws
from symconv.book.coq import own as owning
from symconv.book.coq.comparing import unlike
from symconv.book.coq.compiling import OPTIONS, compile_all, compile_one
from symconv.book.coq.exporting import chapter_head, lemma, write_folder
from symconv.book.coq.naming import names_in_coq
from symconv.book.coq.own import FILE, judged, own
from symconv.book.statements.statement import All, Have, Iff, Some, Theorem
from symconv.cli import main
from symconv.proving import Verdict
from symconv.proving.clock import Clock
from symconv.terms import sizes

pytestmark = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
TAKEN = ("forall", "fun", "Z", "conv", "extent", "all", "found", "mod", "W")
PROVED = Verdict("proved", "z3")
F, P, S, W, forall, found = sizes("F P S W forall found")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files that a statement needs, compiled."""
    place = tmp_path_factory.mktemp("coq")
    files = own(Theorem(claim="W >= W"), PROVED).files
    write_folder(place, files)
    assert compile_all(place, names=files).rejected == {}
    return place


def said(folder, theorem, verdict, seconds=60.0):
    """What becomes of a statement with a verdict, which may be false."""
    written = own(theorem, verdict)
    (folder / FILE).write_text(written.text, "utf-8")
    return judged(written, folder, Clock(seconds), [FILE])


# From the claim to the answer.


def test_a_claim_of_ones_own_is_compiled_at_once(tmp_path, capsys):
    claim = ["--given", "W >= 1 and fun >= 1", "--claim", "((W - 1)*fun)//fun + 1 == W"]
    assert main(["prove", *claim, "--coq", str(tmp_path), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == f"5 files written to {tmp_path}\n"
    answer = json.loads(out)
    assert answer["checkers"] == {"z3": "proved", "coq": "proved"}
    accepted = answer["accepted"]
    assert (accepted["file"], accepted["word"]) == (FILE, "proved")
    assert re.fullmatch("[0-9a-f]{64}", accepted["digest"])
    assert "coq_says" not in answer
    assert not [*tmp_path.glob("*.vo")], "it is compiled elsewhere"
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    done = subprocess.run([make, "-j2"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "Yours.vo").exists()


def test_a_refuted_claim_is_accepted_as_false(tmp_path, capsys):
    assert main(["prove", "--claim", "conv(conv_transpose(W)) == W", "--coq", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "refuted by the smallest counterexample W = 1" in out
    assert re.search(r"\nrefuted, by Coq [\d.]+, Yours\.v: it rests on no axiom\n", out)
    assert "~ (forall W S D F P A : Z," in (tmp_path / FILE).read_text("utf-8")


def test_what_nothing_meets_is_said_to_be_so_by_coq_and_z3(tmp_path):
    proof = symconv.prove(given="S >= 1 and S <= 0", claim="W == 5").ask_coq(tmp_path)
    assert proof.vacuous
    assert proof.told[0] == "proved, by Z3, but no integers meet the hypotheses"
    assert re.fullmatch(r"proved, by Coq [\d.]+, Yours\.v: it rests on no axiom", proof.told[1])


def test_the_time_that_coq_has_is_kept(tmp_path):
    proof = symconv.prove(claim="W >= W").ask_coq(tmp_path, timeout=0.2)
    assert "has not accepted it: the time limit was reached" in proof.coq_says
    assert (proof.coq, proof.word) == (None, "proved")


OWN = {
    "for all": Theorem(
        name="keeps",
        says="Two sizes suffice.",
        given=[F >= 1, P >= 0, S >= 1],
        claim=Iff(
            All(W, W >= 1, ((W + 2 * P - F) // S + 1).eq(W), (1, 2, 3)),
            S.eq(1) & (2 * P).eq(F - 1),
        ),
    ),
    "there is": Theorem(given=forall >= 1, claim=Some(found, found > forall, forall + 1)),
    "just when there is": Theorem(
        name="fun",
        claim=Iff(
            Some(found, (2 * found).eq(forall), forall // 2),
            (forall % 2).eq(0),
            forth=(Have("it is twice that", (2 * found).eq(forall)),),
        ),
    ),
    "in steps": Theorem(
        given="W >= 1",
        steps=(Have("a square", W * W >= W), Have("a cube", W * W * W >= W)),
        claim="W*W*W*W >= W",
    ),
    "no letter": Theorem(claim="2 < 3"),
    "no letter, and false": Theorem(claim="3 < 2"),
    "the name of a law": Theorem(name="conv", claim="conv(W + S) == conv(W) + 1"),
    "a large number": Theorem(given="W >= 0", claim=W + 10**399 >= 10**399),
}


def test_statements_of_every_form_are_accepted(folder):
    """All in one file, which takes a second; the first one for itself as well."""
    written = []
    for kind, theorem in OWN.items():
        proof = symconv.prove(theorem, timeout=10)
        assert proof.word == ("refuted" if "false" in kind else "proved"), kind
        written.append(own(theorem, proof.z3.verdict))
    lemmas = [lemma(each.theorem).replace("yours", f"yours_{n}") for n, each in enumerate(written)]
    (folder / "Forms.v").write_text("\n".join([chapter_head(), *lemmas]), "utf-8")
    assert compile_one("Forms.v", folder) == ""
    answer = said(folder, OWN["for all"], PROVED)
    assert (answer.says, answer.accepted.word) == ("", "proved")


# Coq says no.


def test_a_false_claim_that_is_smuggled_in_is_not_accepted(folder):
    answer = said(folder, Theorem(given="S >= 1", claim="(W//S)*S == W"), PROVED)
    assert answer.accepted is None
    assert answer.says == "Coq's tactics do not close the goal «the claim» (Yours.v, line 12)"


def test_a_counterexample_that_is_none_is_not_accepted(folder):
    wrong = Verdict("refuted", "z3", {"W": 4, "S": 2})
    answer = said(folder, Theorem(given="S >= 1", claim="(W//S)*S == W"), wrong)
    assert answer.accepted is None
    assert "what is left with the numbers of the counterexample (Yours.v, line " in answer.says


def test_the_step_that_does_not_follow_is_named(folder):
    steps = (Have("a start", W >= 0), Have("too much", W >= 2))
    answer = said(folder, Theorem(given="W >= 1", claim="W >= 1", steps=steps), PROVED)
    assert answer.says.startswith("Coq's tactics do not close the goal «too much» (Yours.v, line ")


def test_a_step_about_another_letter_is_objected_to(folder):
    steps = (Have("what is X?", sizes("X")[0].eq(sizes("X")[0])),)
    answer = said(folder, Theorem(claim="W >= W", steps=steps), PROVED)
    assert answer.accepted is None
    assert "The reference X was not found" in answer.says


def test_a_file_that_says_something_else_is_not_accepted(folder, monkeypatch):
    """It compiles, and what it proves is not what was stated."""

    def altered(name, place, seconds):
        text = (place / name).read_text("utf-8")
        assert "(2 * W <= W)" in text
        (place / name).write_text(text.replace("(2 * W <= W)", "(W <= W)"), "utf-8")
        assert compile_one(name, place, seconds) == ""
        return ""

    monkeypatch.setattr(owning, "compile_one", altered)
    answer = said(folder, Theorem(claim="W >= 2*W"), PROVED)
    assert answer.accepted is None
    assert "is not known to be what you stated: 'yours: another claim" in answer.says


def test_names_that_are_mixed_up_are_not_accepted(folder, monkeypatch):
    monkeypatch.setattr(owning, "names_in_coq", lambda names: dict.fromkeys(names, "yours"))
    answer = said(folder, Theorem(claim="W >= S"), PROVED)
    assert answer.accepted is None
    assert "names were mixed up" in answer.says


def test_what_rests_on_an_axiom_is_not_accepted(folder, monkeypatch):
    """Even if nobody had compared the file with the statement."""

    def by_axiom(name, place, seconds):
        head, _, rest = (place / name).read_text("utf-8").partition("Theorem")
        stated = rest.partition("Proof.")[0]
        assumed = f"{head}Axiom wrong : False.\nTheorem{stated}Proof. destruct wrong. Qed.\n"
        (place / name).write_text(assumed, "utf-8")
        return compile_one(name, place, seconds)

    monkeypatch.setattr(owning, "compile_one", by_axiom)
    theorem = Theorem(claim="W >= 2*W")
    assert "beside what is stated" in said(folder, theorem, PROVED).says
    monkeypatch.setattr(owning, "unlike", lambda *_: {})
    answer = said(folder, theorem, PROVED)
    assert answer.accepted is None
    assert "wrong : False" in answer.says


# Whatever Z3 decides.


def random_statements(rng, word, count):
    """Statements for which Z3 has this verdict, with the verdict."""
    while count:
        kind = rng.choice(("any", "small", "tight", "tight", "taken"))
        names = ("x", "y", "z")[: rng.randint(1, 3)]
        if kind == "any":
            drawn = random_theorem(rng)
            theorem = Theorem(given=drawn.given, claim=drawn.claim)
        elif kind == "taken":
            theorem = Theorem(claim=with_laws(rng, 3, tuple(rng.sample(TAKEN, 3))))
        else:
            claim = small_claim(rng, names) if kind == "small" else tight_claim(rng, names, 3)
            if claim is None:
                continue
            theorem = Theorem(given=box(names, 3), claim=claim)
        verdict = symconv.prove(theorem, timeout=0.4).z3.verdict
        if verdict.word == word:
            count -= 1
            yield theorem, verdict


def test_what_z3_proves_is_accepted_or_said_not_to_be(folder):
    answers = Counter()
    for theorem, verdict in random_statements(random.Random(35), "proved", 7):
        answer = said(folder, theorem, verdict, seconds=20)
        assert (answer.accepted is None) == (answer.says != "")
        assert unlike(folder, [FILE], own(theorem, verdict).book) == {}
        if answer.accepted is None:
            assert re.match("Coq's tactics do not close the goal «|Coq .* time limit", answer.says)
        answers[answer.accepted is not None] += 1
    assert answers[True] >= 3


def test_what_z3_refutes_is_accepted_as_false(folder):
    """A counterexample is computed, so there is nothing to be closed."""
    refuted = random_statements(random.Random(34), "refuted", 20)
    lemmas = [lemma(own(theorem, verdict).theorem) for theorem, verdict in refuted]
    numbered = [text.replace("yours", f"yours_{n}") for n, text in enumerate(lemmas)]
    (folder / "Refuted.v").write_text("\n".join([chapter_head(), *numbered]), "utf-8")
    assert compile_one("Refuted.v", folder) == ""


def test_no_word_of_coq_is_left_as_a_name(folder):
    """All words of its grammar, as this version has it, can be names of integers."""
    (folder / "Words.v").write_text(f"{chapter_head()}\nPrint Grammar constr.\n", "utf-8")
    command = [shutil.which("coqc"), *OPTIONS, "Words.v"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    words = {*re.findall(r'"([A-Za-z_]\w*)"', done.stdout, re.ASCII), *TAKEN, "_", "Set", "where"}
    called = names_in_coq(sorted(words))
    assert len({*called.values()}) == len(called) > 20
    goals = [f"Goal forall {new} : Z, {new} = {new}. trivial. Qed." for new in called.values()]
    (folder / "Named.v").write_text("\n".join([chapter_head(), *goals, ""]), "utf-8")
    assert compile_one("Named.v", folder) == ""
    kept = [name for name, new in called.items() if new == name]
    changed = [name for name, new in called.items() if new != name]
    print(f"kept: {kept}; changed: {changed}")
    assert {"forall", "fun", "mod", "Z"} <= {*changed}
