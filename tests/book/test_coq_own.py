"""A statement of a user's own for Coq: written, read back, and what is said where Coq is not."""

import json
import os
import random
import select
import shutil
import signal
from dataclasses import replace

import pytest

import symconv
from random_statements import random_theorem, with_laws
from strategies import NAMES
from symconv.book.coq import own as owning
from symconv.book.coq.comparing import unlike
from symconv.book.coq.digests import digest_of
from symconv.book.coq.exporting import write_folder
from symconv.book.coq.naming import names_in_coq, names_of, renamed
from symconv.book.coq.objections import objection
from symconv.book.coq.own import FILE, NO_COQ, own
from symconv.book.coq.reading_back import definitions_in, statements_in
from symconv.book.coq.stating import definitions
from symconv.book.statements.calls import laws
from symconv.book.statements.goals import goals
from symconv.book.statements.statement import All, Have, Iff, Some, Theorem
from symconv.cli import main
from symconv.errors import RequestError, UndecidedError
from symconv.proving import Verdict
from symconv.terms import maximum, sizes

TAKEN = ("forall", "fun", "Z", "conv", "extent", "all", "found", "mod", "andb", "_", "instance_1")
PROVED = Verdict("proved", "z3")
x, y, found = sizes("x y found")


def verdict_of(theorem):
    """A verdict as the theorem declares it, whether that is so or not."""
    refuted = theorem.expected == "refuted"
    return Verdict("refuted", "z3", theorem.counterexample) if refuted else PROVED


def read(written):
    """The statements of a file, as the reader has them."""
    return statements_in(written.text, definitions_in(definitions()))


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No compiler on the path."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


# What is written is what is stated.


def test_random_statements_of_ones_own_are_read_back(tmp_path):
    rng, others = random.Random(21), 0
    write_folder(tmp_path, own(Theorem(claim="x >= x"), PROVED).files)
    for count in range(150):
        theorem = random_theorem(rng)
        if count % 2:
            names = dict(zip(NAMES, rng.sample(TAKEN, len(NAMES)), strict=True))
            theorem = renamed(theorem, names)
        written = own(theorem, verdict_of(theorem))
        (tmp_path / FILE).write_text(written.text, "utf-8")
        assert unlike(tmp_path, [FILE], written.book) == {}, written.text
        assert not written.mixed_up
        others += written.called != {name: name for name in names_of(theorem)}
    assert others > 60


def test_random_statements_about_taken_names_are_read_back():
    rng = random.Random(22)
    for _ in range(100):
        written = own(Theorem(claim=with_laws(rng, 3, TAKEN)), PROVED)
        assert [*read(written)] == ["yours"]
        assert not written.mixed_up


@pytest.mark.parametrize("name", sorted({*TAKEN, *(law.name for law in laws()), "SProp", "in"}))
def test_a_name_that_is_taken_is_another_one_in_coq(name):
    (called,) = names_in_coq([name]).values()
    assert called.startswith(f"{name}_")
    both = names_in_coq([name, f"{name}_", "W"])
    assert len({*both.values()}) == 3
    assert (both[f"{name}_"], both["W"]) == (f"{name}_", "W")


def test_all_parts_of_a_statement_have_the_other_names():
    claim = Iff(
        Some(found, (2 * found).eq(sizes("all")[0]), sizes("all")[0] // 2),
        (sizes("all")[0] % 2).eq(0),
        forth=(Have("it is twice that", (2 * found).eq(sizes("all")[0])),),
    )
    theorem = Theorem(name="mod", claim=claim, given="all >= 1", steps=(Have("so", x.eq(x)),))
    text = own(theorem, PROVED).text
    assert "Theorem mod_ : forall all_ : Z," in text
    assert "((exists found_ : Z, 2 * found_ = all_) <->" in text
    assert "assert (2 * found_ = all_) by sizes." in text
    assert "exists (all_ / 2)." in text
    assert "all is all_" in text


def test_a_refuted_statement_is_written_as_one_that_does_not_hold():
    proof = symconv.prove(given="fun >= 1", claim="2*(fun//2) == fun")
    text = proof.coq_text()
    assert "Theorem yours : ~ (forall fun_ : Z,\n" in text
    assert "specialize (all (1))." in text
    assert "This does not hold: What you stated." in text


def test_what_is_said_of_a_statement_cannot_leave_its_comment():
    said = 'a "(* *) Admitted. \ud800\x00 (*'
    theorem = Theorem(claim="x >= x", says=said, steps=(Have(f"{said}\nsizes.", x.eq(x)),))
    text = own(theorem, PROVED).text
    assert text.encode("utf-8")
    assert [*statements_in(text, {})] == ["yours"]
    assert text.count("(*") == text.count("*)") == 3


# Faults that are planted.

CHANGED = [
    ("0 <= x ->", "1 <= x ->", "other hypotheses"),
    ("0 <= x ->", "", "a hypothesis is missing"),
    ("(x <= 3 * x)", "(x <= 3 * x + 1)", "another claim"),
    ("Theorem yours", "Theorem other", "yours: is missing"),
    ("Theorem yours", "Axiom yours", "beside what is stated"),
    ("Proof.", "Proof. Admitted. Theorem z : 0 = 0.\nProof.", "z: is no theorem"),
    ("\n\n(*", "\nAxiom wrong : False.\n(*", "beside what is stated"),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGED)
def test_a_changed_text_is_noticed(old, new, said, tmp_path):
    written = own(Theorem(given="x >= 0", claim="3*x >= x"), PROVED)
    assert old in written.text
    files = {**written.files, FILE: written.text.replace(old, new)}
    write_folder(tmp_path, files)
    assert said in unlike(tmp_path, [FILE], written.book)[FILE]


def test_a_changed_law_is_noticed(tmp_path):
    written = own(Theorem(given="D >= 1", claim="conv(W) >= conv(W)"), PROVED)
    files = {**written.files, "Laws.v": definitions().replace("(F - 1) + 1", "F")}
    write_folder(tmp_path, files)
    assert "another law" in unlike(tmp_path, [FILE], written.book)["Laws.v"]


def test_two_names_that_became_one_are_noticed(monkeypatch):
    theorem = Theorem(claim="x + fun >= fun + x")
    assert not own(theorem, PROVED).mixed_up
    monkeypatch.setattr(owning, "names_in_coq", lambda names: dict.fromkeys(names, "x"))
    assert own(theorem, PROVED).mixed_up


def test_a_statement_that_is_nested_too_deeply_is_said_to_be_so(tmp_path):
    deep = x
    for _ in range(2000):
        deep = deep // 2 + 1
    written = own(Theorem(claim=deep >= deep), PROVED)
    write_folder(tmp_path, written.files)
    assert "nested too deeply" in unlike(tmp_path, [FILE], written.book)[FILE]


def test_each_statement_has_its_digest():
    claims = ["x >= x", "x >= 0 + x", "y >= y", "conv(W) >= conv(W)"]
    written = [own(Theorem(claim=claim), PROVED) for claim in claims]
    written.append(own(Theorem(claim="x >= x", given="x >= 0"), PROVED))
    written.append(own(Theorem(claim="x >= x"), Verdict("refuted", "z3", {"x": 1})))
    digests = [digest_of(each.lemma, each.book) for each in written]
    assert len({*digests}) == len(digests)
    again = own(Theorem(claim="x >= x", says="In other words."), PROVED)
    assert digest_of(again.lemma, again.book) == digests[0]


# What is not written, and what is said of it.


def test_what_is_unknown_is_not_written(tmp_path, capsys):
    place = tmp_path / "coq"
    assert main(["prove", "--claim", "x // y <= x", "--coq", str(place)]) == 3
    out, err = capsys.readouterr()
    assert "nothing was written for Coq: needed a statement that is proved or refuted" in out
    assert "a divisor may be zero" in out
    assert not err
    assert not place.exists()
    proof = symconv.prove(claim="x // y <= x").ask_coq(place)
    assert (proof.coq, proof.word) == (None, "unknown")
    with pytest.raises(UndecidedError, match="one that is unknown"):
        proof.coq_text()


def test_what_is_too_long_is_not_written(tmp_path):
    """Each maximum holds the one before it twice: Z3 does not mind."""
    term = x
    for _ in range(60):
        term = maximum(term, 0 - term)
    proof = symconv.prove(symconv.Theorem(claim=term >= 0)).ask_coq(tmp_path / "coq")
    assert "at most 20,000 words; got one that has 4,611,686," in proof.coq_says
    assert (proof.coq, proof.word) == (None, "proved")
    assert not (tmp_path / "coq").exists()


def test_a_structural_statement_is_refused(tmp_path):
    proof = symconv.prove("chain_one_floor")
    for ask in (proof.coq_text, lambda: proof.ask_coq(tmp_path)):
        with pytest.raises(RequestError, match=r"by hand\. Write `symconv prove --coq FOLDER`"):
            ask()


def test_a_folder_that_cannot_be_written_is_told_in_three_beats(tmp_path, capsys):
    (tmp_path / "Makefile").write_text("all:\n", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    for place in (tmp_path, tmp_path / "file"):
        assert main(["prove", "--claim", "x >= x", "--coq", str(place)]) == 2
        assert "needed: a folder for the Coq files" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"Makefile", "file"}


# Where Coq is not.


def test_without_coq_the_folder_is_written_all_the_same(nowhere, tmp_path, capsys):
    place = tmp_path / "coq"
    given = ["--given", "W >= 1", "--claim", "2*(W//2) <= W", "--coq", str(place)]
    assert main(["prove", *given]) == 0
    out, err = capsys.readouterr()
    assert "proved, by Z3" in out
    assert NO_COQ in out
    assert "5 files written to" in err
    names = {path.name for path in place.iterdir()}
    assert names == {"Floors.v", "Splitting.v", "Prelude.v", "Laws.v", FILE, "Makefile"}
    listing = (place / "Makefile").read_text("utf-8")
    assert "all: Floors.vo Splitting.vo Prelude.vo Laws.vo Yours.vo\n" in listing
    assert main(["prove", *given, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["checkers"] == {"z3": "proved", "coq": None}
    assert (answer["accepted"], answer["coq_says"]) == (None, NO_COQ)
    assert "coq_says" not in symconv.prove(claim="W >= W").to_dict()


def test_every_form_of_a_proof_says_it(nowhere, tmp_path):
    proof = symconv.prove(claim="x >= x").ask_coq(tmp_path)
    assert NO_COQ in repr(proof)
    assert NO_COQ in proof.markdown()
    assert "Coq is not installed here" in proof._repr_html_()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "Coq was not asked: there is"),
        ("echo Hello", "which says no version"),
        ("echo version 8.0; exit 1", "ends with status 1"),
        ("[ $1 = --version ] && echo version 8.0", "Coq does not accept Floors.v: 'refused'"),
        ("echo version 8.0", "nothing said"),
    ],
)
def test_a_broken_compiler_accepts_nothing(script, said, tmp_path, monkeypatch):
    coqc = tmp_path / "coqc"
    coqc.write_text(f"#!{shutil.which('sh')}\n{script}\n", "utf-8")
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    proof = symconv.prove(claim="x >= x").ask_coq(tmp_path / "coq")
    assert said in proof.coq_says
    assert (proof.coq, proof.word) == (None, "proved")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_the_time_limit_is_kept_and_all_that_was_started_ends(tmp_path, monkeypatch):
    """The compiler is a script; what it has started holds a pipe until it ends."""
    coqc, pipe = tmp_path / "coqc", tmp_path / "pipe"
    os.mkfifo(pipe)
    waits = f"(echo held >&3; {shutil.which('sleep')} 600; exit 1) 3> {pipe}"
    answers = "[ $1 = --version ] && echo version 8.0 && exit 0"
    coqc.write_text(f"#!{shutil.which('sh')}\n{answers}\n{waits}\nexit 1\n", "utf-8")
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for seconds in (1, 4, 16, 64):  # on a busy machine it may end before the script begins
        proof = symconv.prove(claim="x >= x").ask_coq(tmp_path / "coq", timeout=seconds)
        assert proof.coq_says == "Coq 8.0 has not accepted it: the time limit was reached"
        assert proof.coq is None
        if select.select([reading], [], [], 0)[0]:
            break
    assert os.read(reading, 5) == b"held\n"
    assert select.select([reading], [], [], 60)[0], "somebody still holds the pipe"
    assert os.read(reading, 1) == b""
    os.close(reading)


def test_after_ctrl_c_the_answer_of_z3_is_kept(tmp_path, monkeypatch):
    def pressed(*_):
        signal.raise_signal(signal.SIGINT)
        return "User interrupt."

    monkeypatch.setattr(owning, "compile_one", pressed)
    monkeypatch.setattr(owning, "compiler", lambda: "coqc")
    monkeypatch.setattr(owning, "version", lambda: "8.0")
    proof = symconv.prove(claim="x >= x").ask_coq(tmp_path)
    assert proof.told == ["proved, by Z3", proof.coq_says]
    assert proof.coq_says == "Coq 8.0 has not accepted it: the search was interrupted"


def test_a_limit_that_is_none_is_refused(tmp_path):
    with pytest.raises(RequestError, match="a time limit"):
        symconv.prove(claim="x >= x").ask_coq(tmp_path, timeout="soon")


def test_fresh_says_what_to_write_for_a_claim_of_ones_own(capsys):
    assert main(["prove", "--claim", "W >= W", "--fresh"]) == 2
    assert "Write --coq FOLDER instead" in capsys.readouterr().err


# What Coq objects to, in plain words.

STEPS = Theorem(
    claim=Iff(
        All(y, y >= 1, (y * x).eq(y), (1,)),
        x.eq(1),
        forth=(Have("assert (no) by\nsizes.", x.eq(1)),),
        back=(Have("at once", x.eq(1)),),
    ),
    steps=(Have("a start", x.eq(x)),),
)
MESSAGE = 'File "./Yours.v", line {}, characters 2-7:\nError: No applicable tactic.\n'


def test_the_goal_that_is_not_closed_is_named():
    written = own(STEPS, PROVED)
    lines = [line.partition("(*")[0] for line in written.text.splitlines()]
    proving = [n for n, line in enumerate(lines, 1) if " by sizes." in line or "pose proof" in line]
    proving += [n for n, line in enumerate(lines, 1) if line.strip() == "sizes."]
    named = []
    for line in sorted(proving):
        said = objection(MESSAGE.format(line), FILE, written.text, written.theorem)
        named.append(said.removeprefix("Coq's tactics do not close the goal "))
    says = [goal.says for goal in goals(written.theorem)]
    assert len(says) == 6
    assert named == [
        f"«{said}» (Yours.v, line {line})" for said, line in zip(says, sorted(proving), strict=True)
    ]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (MESSAGE.format(11), "Coq's tactics do not close the goal «the claim» (Yours.v, line 11)"),
        (MESSAGE.format(10), "Coq does not accept Yours.v, line 10: 'No applicable tactic.'"),
        (MESSAGE.format(7), "Coq does not accept Yours.v, line 7: 'No applicable tactic.'"),
        (MESSAGE.format(99), "Coq does not accept Yours.v, line 99: 'No applicable tactic.'"),
        (
            f"Warning: old.\n{MESSAGE.format(11).replace('No', 'Syntax error: no')}",
            "Coq does not accept Yours.v, line 11: 'Syntax error: no applicable tactic.'",
        ),
        (MESSAGE.replace("Yours", "Floors"), "Coq does not accept Floors.v: "),
        ("not accepted within 120 s", "Coq does not accept Yours.v: 'not accepted within 120 s'"),
        ("Stack overflow\n.", "Coq does not accept Yours.v: 'Stack overflow .'"),
    ],
)
def test_other_objections_are_told_as_they_are(message, said):
    written = own(Theorem(claim="2*x >= x"), PROVED)
    file = "Floors.v" if "Floors" in message else FILE
    assert objection(message, file, written.text, written.theorem).startswith(said)


def test_an_objection_to_a_refutation_is_about_the_counterexample():
    written = own(Theorem(claim="2*x >= x"), Verdict("refuted", "z3", {"x": 4}))
    line = written.text.splitlines().index("Proof.") + 3
    said = objection(MESSAGE.format(line), FILE, written.text, written.theorem)
    assert said.startswith("Coq's tactics do not close what is left with the numbers of the count")


def test_a_declared_verdict_does_not_count():
    """Coq is asked what Z3 found, whatever a statement says of itself."""
    theorem = Theorem(claim="x >= x", expected="refuted", counterexample={"x": 1})
    assert "~ (" not in own(theorem, PROVED).text
    wrong = replace(theorem, claim="2*x >= x", expected="proved", counterexample={})
    proof = symconv.prove(wrong)
    assert proof.word == "refuted"
    assert "specialize (all (-1))" not in proof.coq_text()
    assert "specialize (all ((-1)))" in proof.coq_text()
