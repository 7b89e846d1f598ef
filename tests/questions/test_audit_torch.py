"""`audit` against real torch: random chains run at the edges of their sets, and planted faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

pytest.importorskip("torch")

import limits_page
import symconv
from random_chains import random_chain
from symconv.networks.result import Audit
from symconv.networks.running import edges, run
from symconv.operators import OPERATORS
from symconv.periodic import SizeSet
from symconv.proving import Clock
from torch_answers import quiet_torch

CHUNKS, EACH = 8, 25
LONG = 10**5


def verified(audit: Audit) -> tuple[int, int]:
    """Run an audit; how many sizes agreed, and how many failed."""
    with quiet_torch():
        found = run(audit, Clock(LONG))
    return found.checked - found.failed, found.failed


def excused(audit: Audit, at: Mapping[str, int], said: str) -> bool:
    """Whether torch takes a size for which a law is known to be stricter (`docs/limits.md`)."""
    ((name, size),) = at.items()
    listed = {sentence for operator in OPERATORS for sentence in limits_page.excuses(operator)}
    refused = [r for answer in audit.axes if answer.name == name for r in answer.refused]
    sentences = {one.need.requirement.sentence for one in refused if size in one.sizes}
    return said.startswith("torch gives") and bool(sentences & listed)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_torch_agrees_at_the_edges(chunk: int) -> None:
    random, counts, wrong = Random(f"torch {chunk}"), Counter[str](), []
    while counts["chains"] < EACH:
        chain = random_chain(random)
        audit = symconv.audit(chain.whole, chain.shape, timeout=LONG)
        if audit.verdict == "unknown":
            counts["unknown"] += 1
            continue
        with quiet_torch():
            found = run(audit, Clock(LONG))
        counts += Counter(chains=1, sizes=found.checked, left=found.left)
        every = [(dict(at), said) for at, said in found.failures if not excused(audit, at, said)]
        wrong += [(chain.text, chain.shape, failure) for failure in every]
    print(dict(counts))
    assert wrong[:3] == []
    assert counts["sizes"] > 3 * EACH
    assert counts["left"] < counts["sizes"] // 4


LAYERS = "Conv1d(2, 4, kernel_size=5, stride=2) -> MaxPool1d(2) -> ReLU()"
WRONG_SETS = {
    "a size less": SizeSet.between(8, None),
    "a size more": SizeSet.between(6, None),
    "nothing": SizeSet.of(also=[], residues=[]),
    "everything": SizeSet.of(),
    "odd sizes": SizeSet.of(period=2, residues=[1], start=7),
    "a hole": SizeSet.between(7, None) - SizeSet.between(20, 21),
}


@pytest.mark.parametrize("name", WRONG_SETS)
def test_a_planted_wrong_set_fails(name: str) -> None:
    audit = symconv.audit(LAYERS)
    assert audit.valid == SizeSet.between(7, None)
    agreed, failed = verified(audit)
    assert (agreed > 3, failed) == (True, 0)
    planted = replace(audit, axes=(replace(audit.axes[0], valid=WRONG_SETS[name]),))
    assert verified(planted)[1] >= 1


def test_a_planted_wrong_formula_fails() -> None:
    audit = symconv.audit(LAYERS)
    formulas = tuple(one + 1 for one in audit.axes[0].formulas)
    planted = replace(audit, axes=(replace(audit.axes[0], formulas=formulas),))
    assert verified(planted)[1] >= 1


@pytest.mark.parametrize("shape", ["1,3,H,W", "3,H,20", "W"])
@pytest.mark.parametrize(
    "layers",
    [
        "Conv2d(3, 8, (3, 5), stride=(2, 3)) -> AvgPool2d(2)",
        "Conv2d(3, 8, 3, padding=1) -> InstanceNorm2d(8)",
        "Conv2d(3, 4, 3) -> Flatten() -> Linear(1296, 10)",
    ],
)
def test_torch_agrees_on_every_shape(layers: str, shape: str) -> None:
    audit = symconv.audit(layers, shape, verify=True, timeout=60)
    tied = shape == "1,3,H,W" and ("InstanceNorm" in layers or "Linear" in layers)
    assert audit.verdict == ("unknown" if tied else "proved")
    if tied:  # neither H nor W has a set of its own
        assert audit.reason
        return
    assert audit.verified is not None
    assert audit.verified.checked > 0
    assert audit.verified.failed == 0
    assert audit.to_dict()["verified"]["failed"] == 0
    assert "torch: " in repr(audit)


def test_the_command_says_no_where_torch_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from symconv.cli import main

    assert main(["audit", LAYERS, "--verify"]) == 0
    assert "agreed, by torch" in capsys.readouterr().out
    monkeypatch.setattr("symconv.networks.running.edges", lambda _: iter([3, 9]))
    monkeypatch.setattr("symconv.networks.running._expected", lambda *_: (99,))
    assert main(["audit", LAYERS, "--verify"]) == 1
    assert "not (99,)" in capsys.readouterr().out


def test_the_edges_are_where_a_set_begins_and_ceases() -> None:
    sizes = SizeSet.between(5, 9) | SizeSet.of(period=4, residues=[2], start=30)
    tried = set(edges(sizes))
    assert {1, 4, 5, 9, 10, 29, 30, 31, 33, 34, 35} <= tried
    assert all(size >= 1 for size in tried)
