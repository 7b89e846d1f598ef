"""Samples on torch: they agree, they can say no, and they count what was run."""

import random
from dataclasses import replace

import pytest

from law_mutants import BY_HAND
from symconv.book import numbers, sampling, structures, values
from symconv.book.asking import prove
from symconv.book.statements.calls import folded
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.letters import CELL, STRIDE, D, F, S, W, conv, conv_transpose
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import STRUCTURAL
from symconv.errors import DerivationError
from symconv.terms import Term


@pytest.mark.parametrize("name", THEOREMS)
def test_samples_on_torch_agree(name):
    pytest.importorskip("torch")
    theorem = THEOREMS[name]
    samples = sampling.sampled(theorem, 5)
    assert samples.failed == 0
    other = isinstance(theorem, Theorem) and not sampling.about_torch(theorem)
    if other and name not in values.VALUES | structures.SIZES:
        assert samples.checked == 0
        reason = "torch has no layer of" if samples.lacking else "not about layers that it runs"
        assert reason in str(samples)
    else:
        assert samples.checked == (1 if theorem.expected == "refuted" else 5)
        assert samples.layers >= samples.checked


def test_most_theorems_are_about_layers_that_torch_has():
    pytest.importorskip("torch")
    stated = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
    assert sum(map(sampling.about_torch, stated)) >= 65
    assert {one.name for one in STRUCTURAL} <= {*values.VALUES, *structures.SIZES}


WRONG_CLAIMS = {
    "another factor": (CELL, conv_transpose(F=2, S=2, P=0, D=1, A=0).eq(2 * W + 1)),
    "no floor": (STRIDE, (S * (conv(D=1) - 1)).eq(W - 3)),
    "a size too many": (CELL, conv(F=3, S=1, P=1, D=1).eq(W + 1)),
}


@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_samples_can_say_no(name):
    pytest.importorskip("torch")
    given, claim = WRONG_CLAIMS[name]
    samples = sampling.sampled(Theorem(given=given, claim=claim), 5)
    assert samples.checked == 5
    assert samples.failed >= 3
    proof = prove(Theorem(given=given, claim=claim)).verify(samples=5)
    assert not proof.as_declared
    assert f"of {samples.checked} samples agreed in sizes" in repr(proof)


TORCHS = ("conv", "conv_transpose", "pool_ceil_torch")
"""Laws that torch has. Where there is no output it refuses, whatever number a law gives there."""


@pytest.mark.parametrize(
    "mutant",
    [one for one in BY_HAND if one.law in TORCHS and one.fault != "conv: never negative"],
    ids=lambda one: one.fault,
)
def test_a_wrong_law_is_not_torchs(mutant, monkeypatch):
    pytest.importorskip("torch")

    def wrong(term: Term):
        short, calls = folded(term)
        return short, {
            name: replace(call, law=replace(call.law, term=mutant.term))
            if call.law.name == mutant.law
            else call
            for name, call in calls.items()
        }

    monkeypatch.setattr(sampling, "folded", wrong)
    about = {"conv": "size_add_stride", "conv_transpose": "upsampling"}
    theorem = THEOREMS[about.get(mutant.law, "ceil_mode_is_minimum")]
    with pytest.raises(DerivationError, match="torch's size of"):
        sampling.sampled(theorem, 200)


def test_no_sample_says_why():
    pytest.importorskip("torch")
    never = Theorem(given="S >= 1 and F >= 5", claim=conv().eq(0))
    skipped = sampling.sampled(never, 5)
    assert (skipped.checked, skipped.draws) == (0, numbers.DRAWS)
    assert f"of {numbers.DRAWS} draws, none met the hypotheses" in str(skipped)
    other = sampling.sampled(Theorem(claim="W >= W"), 5)
    assert (other.checked, other.draws) == (0, 0)
    assert "not about layers that it runs" in str(other)


def test_numbers_for_which_a_law_divides_by_zero_are_no_sample():
    pytest.importorskip("torch")
    samples = sampling.sampled(Theorem(claim=conv(F=1, D=1, P=0, S=S * S).eq(W)), 20)
    assert samples.draws > samples.checked == 20
    lost = Theorem(claim=conv(F=1, D=1, P=0) < W, expected="refuted")
    assert sampling.sampled(lost, 5).checked == 0


def test_draws_that_are_no_samples_do_not_count(monkeypatch):
    torch = pytest.importorskip("torch")

    def sampler(rng):
        torch.nn.functional.max_pool1d(torch.zeros(1, 1, 4), 2)
        return rng.choice([None, True])

    monkeypatch.setitem(structures.SIZES, "chain_fits", sampler)
    samples = sampling.sampled(THEOREMS["chain_fits"], 20)
    assert (samples.checked, samples.failed) == (20, 0)
    assert samples.draws == samples.layers > 25
    monkeypatch.setitem(structures.SIZES, "chain_fits", lambda rng: True)
    nothing = sampling.sampled(THEOREMS["chain_fits"], 20)
    assert (nothing.checked, nothing.layers, nothing.draws) == (0, 0, sampling.REDRAWS)


@pytest.mark.parametrize("name", ["alignment", "same_size_decoder", "chain_fits"])
def test_an_equivalence_is_sampled_on_both_sides(name, monkeypatch):
    """A sampler that took one side for granted would fail in about half of the samples."""
    pytest.importorskip("torch")
    rng = random.Random(0)
    if name == "alignment":
        monkeypatch.setattr(structures, "_read", lambda chain, output: {output})
    elif name == "same_size_decoder":
        monkeypatch.setattr(structures, "_restored", lambda *_: True)
    else:
        monkeypatch.setattr(structures, "_run", lambda chain, data: data)
    agreed = sum(structures.SIZES[name](rng) for _ in range(100))
    assert 25 <= agreed <= 90


def test_wrong_structures_are_not_torchs(monkeypatch):
    pytest.importorskip("torch")
    rng, true = random.Random(0), structures.field
    monkeypatch.setattr(structures, "field", lambda chain: (true(chain)[0] + 1, *true(chain)[1:]))
    for name in ("chain_one_floor", "chain_fits", "receptive_field"):
        assert False in [structures.SIZES[name](rng) for _ in range(40)], name
    monkeypatch.setattr(values, "extent", D * F)
    assert False in [values.VALUES["matrix_of_stretched"](rng) for _ in range(40)]
