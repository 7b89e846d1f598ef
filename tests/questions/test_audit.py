"""`audit`: what can be asked, how it is answered, and what it is not certain of."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

import strangers
import symconv
from random_chains import random_chain
from symconv.cli import main
from symconv.networks.certifying import by_z3
from symconv.periodic import EVERYTHING, SizeSet
from symconv.proving import Verdict
from symconv.reading.constraints import formula
from toy_windows import ToyConv1d, ToyConv2d, registered, toy

ALIKE = "Conv2d(3, 8, 3, stride=2) -> MaxPool2d(2)"
UNEVEN = "Conv2d(3, 8, (3, 5), stride=(2, 3))"
TIED = "Conv2d(3, 8, 3) -> ReLU() -> InstanceNorm2d(8)"
FEATURES = "Conv2d(3, 8, 3) -> Flatten() -> Linear(288, 10)"
LONG = 10**5


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command; its exit status, and what it printed."""

    def ran(*arguments: str) -> tuple[int, str]:
        status = main(["audit", *arguments])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return ran


@pytest.mark.parametrize("shape", ["W", "W,W", "3,W,W", "1,3,W,W", " 1, 3 ,W,W"])
def test_one_letter_is_one_answer_where_axes_are_alike(shape: str) -> None:
    audit = symconv.audit(ALIKE, shape)
    assert [answer.name for answer in audit.axes] == ["W"]
    assert audit.valid == SizeSet.between(5, None)
    assert 5 in audit
    assert 4 not in audit


def test_each_letter_has_its_own_answer() -> None:
    audit = symconv.audit(ALIKE, "1,3,H,W")
    assert [answer.name for answer in audit.axes] == ["H", "W"]
    assert [answer.written for answer in audit.axes] == [{"H": "(H - 1)//4"}, {"W": "(W - 1)//4"}]
    assert audit.names == ("H", "W")


@pytest.mark.parametrize("shape", ["W", "H,W", "1,3,H,W"])
def test_axes_that_differ_get_a_set_each(shape: str) -> None:
    audit = symconv.audit(UNEVEN, shape)
    valid = {answer.name: answer.valid for answer in audit.axes}
    assert valid == {"H": SizeSet.between(3, None), "W": SizeSet.between(5, None)}
    assert audit.to_dict()["output"] == [{"H": "(H - 1)//2", "W": "(W - 2)//3"}]
    with pytest.raises(symconv.RequestError, match="one letter"):
        _ = audit.valid


def test_a_given_size_is_checked_and_leaves_nothing_where_it_is_refused() -> None:
    taken, refused = symconv.audit(UNEVEN, "3,H,32"), symconv.audit(UNEVEN, "3,H,4")
    assert taken.valid == SizeSet.between(3, None)
    assert refused.valid.empty
    (answer,) = refused.axes
    sets = (answer.same_size, answer.outputs, answer.every_cell_read)
    assert all(sizes is not None and sizes.empty for sizes in sets)
    assert [one.sizes for one in answer.refused] == [EVERYTHING]
    assert "one window fits" in repr(refused)


@pytest.mark.parametrize(
    ("layers", "named"),
    [
        (TIED, "layer 3, InstanceNorm2d"),
        ("ReLU() -> Unfold(3)", "layer 2, Unfold"),
        (FEATURES, "layer 3, Linear"),
    ],
)
def test_two_letters_of_axes_that_are_tied_are_unknown(run: Any, layers: str, named: str) -> None:
    audit = symconv.audit(layers, "H,W")
    assert audit.verdict == "unknown"
    assert named in audit.reason
    status, said = run(layers, "--input", "H,W", "--json")
    assert status == 3
    assert named in json.loads(said)["reason"]
    assert 8 not in audit


@pytest.mark.parametrize("layers", [TIED, "Unfold(3)", FEATURES])
def test_one_letter_of_tied_axes_is_about_square_inputs(layers: str) -> None:
    audit = symconv.audit(layers, "W")
    assert "(the input is W x W)" in repr(audit)
    assert audit.to_dict()["scope"]["assumes"][0] == "every axis is W"
    assert "the input is" not in repr(symconv.audit(layers, "3,W,8"))


def test_the_axes_of_tied_ones_are_told_by_name() -> None:
    text = repr(symconv.audit("InstanceNorm2d(3)", "3,H,8"))
    assert "output H: H" in text
    assert "output W: 8" in text
    assert "output W: W" not in text


WRONG = [
    "", ",", "12", "3,32,32", "x y", "W;H", "1,3,W,W,W,W", "H,W,D,E", "A,3,H,W", "0,W,W", "W,W,1.5",
    "é,W", "9" * 30,
]  # fmt: skip


@pytest.mark.parametrize("shape", WRONG)
def test_a_shape_that_is_none_is_a_wrong_request(run: Any, shape: str) -> None:
    with pytest.raises(symconv.RequestError) as caught:
        symconv.audit(ALIKE, shape)
    assert caught.value.needed
    assert caught.value.arrived
    assert caught.value.write
    status, said = run(ALIKE, f"--input={shape}")
    assert status == 2
    assert "needed:" in said
    assert "got:" in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"input": 3},
        {"input": None},
        {"channels": 0},
        {"input": "4,W,W", "channels": 3},
        {"timeout": 0},
        {"layers": "Conv2d(kernel_size=?)"},
        {"layers": "Linear(3, 4)"},
        {"layers": "Conv2d(3, 8, 3) -> Conv1d(8, 3, 3)"},
    ],
)
def test_other_wrong_requests(wrong: dict[str, Any]) -> None:
    with pytest.raises(symconv.RequestError):
        symconv.audit(**{"layers": ALIKE} | wrong)


KEYS = {"schema", "verdict", "scope", "valid", "same_size", "output", "blame", "outputs"}
KEYS |= {"every_cell_read"}


@pytest.mark.parametrize(
    ("layers", "status", "verdict"),
    [
        (ALIKE, 0, "proved"),
        (UNEVEN, 0, "proved"),
        (FEATURES, 0, "proved"),
        ("Conv2d(3, 8, 3) -> Conv2d(4, 8, 3)", 1, "proved"),
        ("PixelUnshuffle(2) -> PixelShuffle(2) -> ZeroPad2d((0, 1, 0, 1)) -> PixelUnshuffle(2)", 1, "proved"),
        ("MaxPool1d(100001)", 3, "unknown"),
        ("Conv1d(1, 1, 3, stride=400) -> Conv1d(1, 1, 3, stride=400)", 3, "unknown"),
        ("Upsample(scale_factor=0.7)", 3, "unknown"),
    ],
)  # fmt: skip
def test_json_and_exit_statuses(run: Any, layers: str, status: int, verdict: str) -> None:
    ended, said = run(layers, "--json")
    told = json.loads(said, parse_constant=pytest.fail)  # no NaN, no Infinity
    assert (ended, told["verdict"]) == (status, verdict)
    assert told.keys() - {"reason"} == KEYS
    assert ("reason" in told) == (verdict == "unknown")
    assert told["scope"].keys() == {"mode", "rules", "domain", "assumes"}
    for sets in (told["valid"], told["same_size"], told["outputs"], told["every_cell_read"]):
        for form in sets.values():
            assert form.keys() == {"period", "residues", "start", "also"}
    for blame in told["blame"]:
        assert blame.keys() == {"axis", "layer", "name", "sentence", "law", "sizes"}
    assert run(layers)[0] == status


def test_a_long_period_is_unknown_with_its_reason() -> None:
    reason = symconv.audit("MaxPool1d(400) -> MaxPool1d(400)").reason
    assert "a period of 160,000" in reason
    assert "at most 100,000" in reason


def test_what_is_assumed_is_said() -> None:
    audit = symconv.audit("PixelShuffle(2)")
    assert any("assuming" in one for one in audit.to_dict()["scope"]["assumes"])
    assert not symconv.audit("PixelShuffle(2)", channels=4).to_dict()["scope"]["assumes"]
    assert symconv.audit("PixelShuffle(2)", channels=3).valid.empty


@pytest.mark.parametrize("ask", ["symconv.audit(text)", "symconv.cli.main(['audit', text])"])
def test_neither_torch_nor_numpy_nor_z3_nor_sympy_is_loaded(ask: str) -> None:
    code = f"import sys, symconv, symconv.cli; text = {ALIKE!r}; {ask}; print('loaded', *sorted("
    code += "{'torch', 'numpy', 'z3', 'sympy', 'rich'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded"


def test_z3_agrees() -> None:
    """Of chains that have no axis to ask about, and of divisions, Z3 may say nothing."""
    random, words = Random("second opinions"), Counter[str]()
    for _ in range(40):
        chain = random_chain(random, 4)
        audit = symconv.audit(chain.whole, chain.shape, z3=True, timeout=60)
        words[audit.second.word if audit.second is not None else "not asked"] += 1
        assert audit.second is None or audit.second.word != "refuted", (chain.text, audit.second)
    assert words["proved"] >= 20, words


def test_z3_refutes_a_planted_wrong_claim(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (answer,) = symconv.audit(ALIKE).axes
    claim, *others = answer.certificate.claims
    wrong = replace(claim, sizes=dict(claim.sizes) | {"also": [3]})
    planted = replace(answer.certificate, claims=(*others, wrong))
    verdict = by_z3([planted], 10)
    assert (verdict.word, dict(verdict.counterexample)) == ("refuted", {"W": 3})
    assert by_z3([], 10).word == "unknown"
    monkeypatch.setattr("symconv.networks.auditing.by_z3", lambda *_: verdict)
    status, said = run(ALIKE, "--z3")
    assert status == 1
    assert "refuted" in said


def test_an_appended_operator_is_audited(run: Any) -> None:
    layers = "ToyConv2d(kernel_size=(4, 3), stride=2, padding=1, skip=(3, 2)) -> Conv2d(1, 1, 2)"
    with registered(toy, ToyConv1d, ToyConv2d), strangers.appended():
        _agrees(layers, 2)
        for one in ("GapPool1d(4, 3, 1, gap=2)", "GapPaint1d(4, 3, 1, gap=2)", "Gather1d(rate=3)"):
            _agrees(f"{one} -> ToyConv1d(kernel_size=2)", 1)
        assert run(layers)[0] == 0


def _agrees(layers: str, axes: int) -> None:
    audit = symconv.audit(layers, timeout=LONG)
    assert audit.verdict == "proved"
    for size in range(1, 60):
        sizes = symconv.size(layers, (size,) * axes)
        assert (size in audit) == (not sizes.refused)
        if not sizes.refused:
            laws = [text for answer in audit.axes for text in answer.written.values()]
            values = [_value(law, size) for law in laws]
            assert tuple(values * (axes // len(values))) == sizes.rows[-1]


def _value(law: str, size: int) -> int:
    from symconv.meanings.integers import PLAIN
    from symconv.terms import variables

    term = formula(law)
    return PLAIN.evaluate(term, dict.fromkeys(variables(term), size))


def test_axes_part_again_behind_an_adaptive_pool() -> None:
    head = "Conv2d(3, 64, (3, 5)) -> AdaptiveAvgPool2d((1, 1)) -> Flatten() -> Linear(64, 10)"
    audited = symconv.audit(head, "3,H,W")
    assert audited.verdict == "proved"
    assert [str(answer.valid) for answer in audited.axes] == ["sizes from 3", "sizes from 5"]
    assert [answer.written for answer in audited.axes] == [{"features": "10"}] * 2
    assert not audited.square
    for sizes in ((3, 5), (3, 4), (2, 5), (9, 40)):
        passes = symconv.size(head, sizes).refused is None
        assert passes == all(
            size in answer.valid for size, answer in zip(sizes, audited.axes, strict=True)
        )
    wrong = symconv.audit(head.replace("Linear(64", "Linear(60"), "3,H,W")
    assert wrong.verdict == "proved"
    assert all(answer.valid.empty for answer in wrong.axes)


@pytest.mark.parametrize(("word", "status"), [("proved", 0), ("unknown", 0), ("refuted", 1)])
def test_only_a_refutation_by_z3_disputes_a_proof(
    word: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion = Verdict(word, "z3", {"W": 1} if word == "refuted" else None, reason="out of time")
    monkeypatch.setattr("symconv.networks.auditing.by_z3", lambda *_: opinion)
    assert main(["audit", "Conv1d(kernel_size=3)", "--z3"]) == status
