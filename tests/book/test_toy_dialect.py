"""A dialect is one value: claims about its law are proved, refuted, shown by name and exported."""

import json
import shutil

import pytest

import symconv
from shelves import put_back
from symconv.book import wording
from symconv.book.coq import record
from symconv.book.coq.comparing import unlike
from symconv.book.coq.exporting import export, texts
from symconv.book.everything import prove_all
from symconv.book.sampling import sampled
from symconv.book.statements.calls import laws
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.letters import CELL, KERNEL, STRIDE, WINDOW, D, F, S, W, conv, extent
from symconv.book.statements.statement import Theorem
from symconv.book.torch_layers import kind_of
from symconv.cli import main
from symconv.operators import OPERATORS
from symconv.operators.dialects import DIALECTS, Dialect
from symconv.operators.letters import P
from symconv.operators.window import ceiled
from symconv.proving import Clock
from symconv.terms import constant, sizes, substitute, variable

(skip,) = sizes("skip")
DIVIDED = (W + S - 1) // S + (S - 1) // S
SKIPPED = (W + 2 * P - (skip + 1) * extent) // S + 1
TOYS = (
    Dialect("pool_divided", DIVIDED, latex=r"\operatorname{divided}"),
    Dialect("pool_skipped", SKIPPED, source="nowhere"),
    Dialect("room_skipped", (skip + 1) * extent + skip),
)
HOLDS = {
    "pool_divided": Theorem(given=STRIDE, claim=DIVIDED.eq((W + S - 1) // S)),
    "pool_skipped": Theorem(given="S >= 1 and skip == 0", claim=SKIPPED.eq(conv())),
    "room_skipped": Theorem(given=KERNEL | {"it skips": skip >= 1}, claim=TOYS[2].term > extent),
}
FAILS = {
    "pool_divided": Theorem(given=STRIDE, claim=DIVIDED.eq(W)),
    "pool_skipped": Theorem(given="S >= 1 and skip >= 0", claim=SKIPPED.eq(conv())),
    "room_skipped": Theorem(given=KERNEL, claim=TOYS[2].term > extent),
}
LETTERS = {
    "pool_divided": (W, S),
    "pool_skipped": (W, F, S, P, D, skip),
    "room_skipped": (F, D, skip),
}
FORMS = {
    "pool_divided": ("pool_divided(W)", r"\operatorname{divided}\left(W\right)"),
    "pool_skipped": ("pool_skipped(W)", r"\operatorname{pool\_skipped}\left(W\right)"),
    "room_skipped": ("room_skipped", r"\operatorname{room\_skipped}"),
}
every_toy = pytest.mark.parametrize("name", [one.name for one in TOYS])


@pytest.fixture(autouse=True)
def toys(monkeypatch):
    """Dialects with letters of their own, as one is added."""
    for one in TOYS:
        monkeypatch.setitem(DIALECTS, one.name, one)


@every_toy
def test_its_letters_are_those_of_its_law(name):
    (law,) = [one for one in laws() if one.name == name]
    assert law.letters == LETTERS[name]


@every_toy
def test_claims_about_it_are_proved_and_refuted(name):
    assert symconv.prove(HOLDS[name]).word == "proved"
    refuted = symconv.prove(FAILS[name])
    assert refuted.word == "refuted"
    assert set(refuted.counterexample) == set(FAILS[name].letters)


@every_toy
@pytest.mark.parametrize("statements", [HOLDS, FAILS], ids=["true", "false"])
def test_a_proof_shows_it_by_its_name(name, statements):
    text, latex = FORMS[name]
    proof = symconv.prove(statements[name])
    assert f"claim  {'E < ' if name == 'room_skipped' else ''}{text}" in repr(proof)
    assert latex in proof.latex()
    assert latex in proof.markdown()
    assert text in proof.to_dict()["statement"]
    json.dumps(proof.to_dict())


def test_other_arguments_are_said():
    put = {W: 2 * W, S: variable("n"), skip: W - 1}
    term = substitute(SKIPPED, put)
    assert wording.text(term) == "pool_skipped(2*W, S=n, skip=W - 1)"
    latex = r"\operatorname{pool\_skipped}_{S=n,\,\mathrm{skip}=W - 1}\left(2 W\right)"
    assert wording.latex(term) == latex
    assert wording.text(substitute(TOYS[2].term, {D: W})) == "room_skipped(D=W)"


def test_what_is_typed_is_not_put_into_other_words(capsys):
    assert main(["prove", "--claim", "(W + S - 1)//S + (S - 1)//S >= 0", "--given", "S >= 1"]) == 1
    assert "claim  (W + S - 1)//S + (S - 1)//S >= 0\n" in capsys.readouterr().out


@every_toy
def test_torch_has_no_such_layer(name):
    pytest.importorskip("torch")
    proof = symconv.prove(HOLDS[name]).verify()
    if name == "pool_skipped":
        assert proof.samples.checked == 20, "the convolution beside it is torch's"
        return
    reason = "not about layers that it runs" if name == "room_skipped" else "torch has no layer of"
    assert reason in repr(proof)
    assert proof.to_dict()["samples"]["checked"] == 0


def test_a_dialect_that_an_operator_follows_is_run_on_that_operators_layer(monkeypatch):
    pytest.importorskip("torch")
    mean = Dialect(
        "pool_mean",
        substitute(ceiled, {extent: F}),
        operator=OPERATORS["avg_pool"],
        settings={"ceil_mode": 1},
    )
    monkeypatch.setitem(DIALECTS, mean.name, mean)
    (law,) = [one for one in laws() if one.name == mean.name]
    assert kind_of(law).__name__ == "AvgPool1d"
    claim = mean.term.eq(substitute(DIALECTS["pool_ceil_torch"].term, {D: 1}))
    samples = sampled(Theorem(given=WINDOW | CELL, claim=claim), 10)
    assert (samples.checked, samples.failed, samples.lacking) == (10, 0, ())
    assert samples.layers == 20
    wrong = Dialect("pool_mean", mean.term + 1, operator=mean.operator, settings=mean.settings)
    monkeypatch.setitem(DIALECTS, mean.name, wrong)
    with pytest.raises(symconv.errors.DerivationError, match="torch's size of AvgPool1d"):
        sampled(Theorem(given=WINDOW | CELL, claim=wrong.term >= 0), 10)


@pytest.fixture
def theorem():
    """A theorem of the book about a dialect."""
    added = Theorem(
        name="divided_rounds_up",
        says="It rounds up.",
        given=STRIDE | CELL,
        claim=DIVIDED.eq((W + S - 1) // S),
    )
    with put_back():
        CHAPTERS[5].statements.append(added)
        yield added


def test_the_book_may_speak_of_it(theorem, tmp_path, capsys):
    proofs = {one.theorem.name: one for one in prove_all(clock=Clock(600))}
    assert [name for name in THEOREMS if not proofs[name].as_declared] == [theorem.name]
    assert proofs[theorem.name].as_stated
    assert main(["prove", theorem.name, "--coq", str(tmp_path)]) == 0
    assert "claim  pool_divided(W) == (W + S - 1)//S" in capsys.readouterr().out
    assert unlike(tmp_path, texts()) == {}
    definitions = (tmp_path / "Laws.v").read_text("utf-8")
    assert "Definition pool_divided (W S : Z) : Z :=" in definitions
    assert "Definition pool_skipped (W F S P D skip : Z) : Z :=" in definitions
    assert "pool_divided W S = (W + S - 1) / S" in (tmp_path / "Rounding.v").read_text("utf-8")


@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_accepts_what_the_book_says_of_it(theorem, tmp_path):
    made, wrong = record.made(tmp_path, [theorem.name])
    assert wrong == {}
    assert record.acceptance(theorem.name, made)


@pytest.mark.parametrize("name", ["", "Pool", "pool-ceil", "7up", "pool ceil", "pööl"])
def test_what_is_no_name_of_a_dialect(name):
    with pytest.raises(ValueError, match="a dialect's name is like pool_ceil"):
        Dialect(name, W)


@pytest.mark.parametrize("rule", [W, constant(3), skip], ids=str)
def test_a_rule_that_every_term_would_be_is_none(rule):
    with pytest.raises(ValueError, match="made of letters"):
        Dialect("toy", rule)


@pytest.mark.parametrize("rule", [W // S + 1, W // S, -((-W) // S), W + 1, W - W], ids=str)
def test_a_rule_that_is_found_in_other_statements_breaks_none(rule, monkeypatch, tmp_path):
    """They call it by its name, too, so Coq is to be asked again."""
    monkeypatch.setitem(DIALECTS, "toy", Dialect("toy", rule))
    proofs = prove_all(clock=Clock(600))
    assert all(one.as_stated for one in proofs if one.z3)
    assert all(one.text and one.latex() and one.markdown() for one in proofs)
    export(tmp_path)
    assert unlike(tmp_path, texts()) == {}
