"""`prove` and `theorems`: exit status, JSON, texts, LaTeX, numbers."""

import json
from dataclasses import replace

import pytest

from symconv.book.asking import prove, theorems
from symconv.book.coq.digests import digest_of
from symconv.book.coq.record import Acceptance, lemmas
from symconv.book.everything import prove_all
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.letters import S, W, conv
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import STRUCTURAL
from symconv.cli import main
from symconv.errors import DerivationError
from symconv.markup import latex_words
from symconv.proving import Clock

KEYS = {"schema", "name", "statement", "verdict", "expected", "checkers", "counterexample"}
ROUND_TRIP = "((W-1)*S)//S + 1 == W"


def answer(capsys, *command):
    """The exit status, and the one JSON object on standard output."""
    status = main([*command, "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.fixture
def accepted(monkeypatch):
    """Coq has accepted everything as it stands, whatever the record says while files change."""
    closed = [name for one in THEOREMS.values() for name in lemmas(one)]
    now = {"coq": "8.16.1", "accepted": {name: digest_of(name) for name in closed}}
    monkeypatch.setattr("symconv.book.coq.record.recorded", lambda: now)


# The command line.


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["upsampling"], 0),
        (["upsampling", "W=5", "n=2", "S=2", "F=2", "P=0", "D=1", "A=0"], 0),
        (["upsampling", "--latex"], 0),
        (["W=3", "--claim", "W >= W"], 0),
        (["upsampling", "--markdown", "W=5"], 0),
        (["not_family_even_from_one"], 1),
        (["chain_one_floor"], 0),
        (["chain_one_floor", "--latex"], 0),
        (["chain_one_floor", "--markdown"], 0),
        (["--given", "W >= 1 and S >= 1", "--claim", ROUND_TRIP], 0),
        (["--claim", "2*(W//2) == W"], 1),
        (["--claim", "x // y <= x"], 3),
        (["--claim", "a*a*a + b*b*b != c*c*c", "--given", "min(a,b,c) > 0", "--timeout", "0.3"], 3),
    ],
    ids=str,
)
def test_exit_status(command, status, capsys, accepted):
    assert main(["prove", *command]) == status
    out, err = capsys.readouterr()
    assert out.strip()
    assert not err
    assert main(["prove", *command, "--json"]) == status


def test_json_of_a_theorem(capsys, accepted):
    status, found = answer(capsys, "prove", "upsampling")
    assert status == 0
    assert set(found) >= KEYS
    assert (found["schema"], found["name"]) == ("symconv/1", "upsampling")
    assert found["verdict"] == found["expected"] == "proved"
    assert found["checkers"] == {"z3": "proved", "coq": "proved"}
    assert found["counterexample"] is None
    assert found["statement"].startswith("for all W with W >= 1: conv_transpose(W) == n*W\n")


def test_json_of_a_false_theorem(capsys, accepted):
    status, found = answer(capsys, "prove", "not_family_even_from_one")
    assert status == 1
    assert found["verdict"] == found["expected"] == "refuted"
    assert found["checkers"] == {"z3": "refuted", "coq": "refuted"}
    assert found["counterexample"] == {"k": 1, "P": 0, "S": 2, "F": 2}


def test_json_of_ones_own_statement(capsys):
    status, found = answer(capsys, "prove", "--claim", "x // y <= x")
    assert status == 3
    assert (found["verdict"], found["checkers"]) == ("unknown", {"z3": "unknown", "coq": None})
    assert "a divisor may be zero" in found["reason"]
    status, found = answer(capsys, "prove", "--claim", "2*(W//2) == W", "--given", "W > 4")
    assert (status, found["counterexample"], found["name"]) == (1, {"W": 5}, "yours")


def test_all_of_the_book(capsys, accepted):
    status, found = answer(capsys, "prove", "--all", "--timeout", "60")
    assert status == 0
    assert set(found) == {"schema", "theorems"}
    assert [one["name"] for one in found["theorems"]] == list(THEOREMS)
    for one in found["theorems"]:
        assert set(one) >= KEYS
        assert one["verdict"] == one["expected"]
        own = None if one["name"] in {it.name for it in STRUCTURAL} else one["expected"]
        assert one["checkers"] == {"z3": own, "coq": one["expected"]}
    assert sum(one["verdict"] == "refuted" for one in found["theorems"]) >= 24


@pytest.mark.parametrize(
    ("word", "status"), [("proved", 1), ("unknown", 3), ("refuted", 1), (None, 0)]
)
def test_all_says_no_where_one_is_not_as_declared(word, status, capsys, monkeypatch, accepted):
    few = [prove("size_add_stride"), prove("not_kernel_fits_of_le")]
    if word == "proved":
        few[1] = prove(replace(THEOREMS["not_kernel_fits_of_le"], given=~W.eq(W)))
    elif word == "unknown":
        few[0] = prove(replace(THEOREMS["size_add_stride"], given={}))
    elif word == "refuted":
        few[0] = prove(replace(THEOREMS["size_add_stride"], claim=conv(W + S).eq(conv())))
    monkeypatch.setattr("symconv.book.everything.prove_all", lambda *_, **__: few)
    assert main(["prove", "--all"]) == status
    assert ("is declared" in capsys.readouterr().out) == (word is not None)


@pytest.mark.parametrize("coq", ["accepts", "rejects", "is not there"])
def test_all_afresh(coq, capsys, monkeypatch, accepted):
    asked, few = [], {"size_add_stride": Acceptance("9.9", "Counting.v", "0")}
    found = {"accepts": few, "rejects": {}, "is not there": None}[coq]
    monkeypatch.setattr("symconv.book.everything.THEOREMS", {n: THEOREMS[n] for n in few})
    monkeypatch.setattr(
        "symconv.book.everything.fresh_acceptances", lambda *given: asked.append(given) or found
    )
    assert main(["prove", "--all", "--fresh"]) == (1 if coq == "rejects" else 0)
    out, err = capsys.readouterr()
    assert asked == [(None,)]
    assert ("Coq is not installed here" in err) == (coq == "is not there")
    assert ("Coq has not accepted it" in out) == (coq == "rejects")
    assert main(["prove", "size_add_stride", "--fresh"]) == 0
    assert ("by Coq" in capsys.readouterr().out) == (coq != "rejects")
    assert asked[1:] == [("size_add_stride",)]


def test_checkers_that_disagree_are_an_error():
    whole = THEOREMS["size_add_stride"]
    wrong = prove(replace(whole, claim=conv(W + S).eq(conv())))
    found = replace(wrong, theorem=whole, coq=Acceptance("9.9", "Counting.v", "0"))
    with pytest.raises(DerivationError, match="Z3 refuted, Coq proved"):
        _ = found.word


def test_a_statement_with_the_name_of_a_theorem_is_not_that_theorem():
    pytest.importorskip("torch")
    other = prove(Theorem(name="uniform_overlap", claim="W >= W")).verify(samples=2)
    assert other.samples.checked == 0
    assert other.coq is None


def test_another_counterexample_than_the_declared_one_is_not_as_declared():
    whole = THEOREMS["not_kernel_fits_of_le"]
    assert prove(whole).as_declared
    other = dict(whole.counterexample) | {"W": 3, "F": 3}
    assert not prove(replace(whole, counterexample=other)).as_declared


def test_theorems_are_listed_by_chapter(capsys):
    assert main(["theorems"]) == 0
    out = capsys.readouterr().out
    assert all(f"   {name}: {one.says}" in out for name, one in THEOREMS.items())
    status, found = answer(capsys, "theorems", "--chapter", "2")
    assert status == 0
    (guide,) = found["chapters"]
    assert (guide["number"], guide["name"], len(guide["theorems"])) == (
        2,
        "guide",
        len(CHAPTERS[1].theorems),
    )
    assert set(guide["theorems"][0]) == {"name", "says", "expected"}
    for one in CHAPTERS:
        assert theorems(one.name) == theorems(one.number) == theorems(f" {one.number} ")
        assert theorems(one.name.upper()) == one.theorems


def test_a_proof_is_shown_with_steps_and_checkers(accepted):
    shown = repr(prove("downsampling"))
    assert "given  the stride advances: S >= 1" in shown
    used = "used here: the left side for W = n, which meets its condition (Z3 proved): n*conv(n) == n\n"
    assert shown.index("From left to right\n" + used) < shown.index("to left")
    assert "proved, by Z3" in shown
    assert "proved, by Coq 8.16.1, Upsampling.v" in shown
    assert "just when" in shown
    assert "Coq has not accepted the file" not in repr(prove("chain_fits"))


def test_latex_and_markdown_of_every_theorem():
    for proof in prove_all(clock=Clock(600)):
        for text in (proof.latex(), proof.markdown(), proof._repr_latex_()):
            assert text.count("{") == text.count("}")
            assert "call_" not in text
        assert proof.markdown().startswith(f"## {proof.theorem.name}\n")
        title, latex = latex_words(proof.theorem.name), proof.latex()
        proposition, paragraph = rf"\begin{{proposition}}[{title}]", rf"\paragraph{{{title}.}}"
        assert latex.startswith(proposition if proof.word == "proved" else paragraph)


def test_numbers_are_put_in():
    proof = prove("size_add_stride").at(W=7, F=3, S=2, P=1, D=1)
    assert "given  the stride advances: S >= 1   [true: 2 >= 1]" in repr(proof)
    assert "with the numbers: conv(W + S) == conv(W) + 1   [true: 5 == 5]" in repr(proof)
    assert "S >= 1   [false: 0 < 1]" in repr(prove("size_add_stride").at(S=0))
    assert "nothing is claimed" in repr(prove("size_add_stride").at(S=0))
    assert "give W, P, D, F too" in repr(prove("size_add_stride").at(stride=2))
    assert "[a division by zero]" in repr(prove("size_add_stride").at(W=7, F=3, S=0, P=1, D=1))


def test_several_conditions_are_all_meant(capsys):
    several = ["--given", "x >= 7", "--given", "x >= 3"]
    assert main(["prove", "--claim", "x >= 5", *several]) == 0
    assert main(["prove", "--claim", "x >= 8", "--claim", "x == x", *several]) == 1
    capsys.readouterr()


def test_a_statement_of_ones_own_is_shown_as_it_was_written(capsys):
    status, found = answer(capsys, "prove", "--claim", "E == D*(F - 1) + 1", "--given", "F == 1")
    assert (status, found["statement"], found["given"]) == (1, "E == D*(F - 1) + 1", ["F == 1"])
    assert found["counterexample"] == {"E": 0, "D": 0, "F": 1}


def test_sympys_symbols_bring_what_they_are_declared_to_be():
    from symconv.symbols import P, S, W

    assert prove(claim=W + S >= 2).word == "proved"
    assert prove(claim=P >= 1).counterexample == {"P": 0}
