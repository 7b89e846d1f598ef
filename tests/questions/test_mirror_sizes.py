"""`mirror`: the sizes that the encoder takes, as exact sets; who proves what."""

import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from symconv import mirror
from symconv.cli import main
from symconv.mirroring import questions
from symconv.mirroring.request import Request
from symconv.mirroring.stated import stated
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.proving import Verdict, prove, prove_exactly
from symconv.proving.clock import Clock
from symconv.reading.chains import chain
from symconv.terms import both, variable

FAR = 200


def taken(encoder):
    """The sizes up to `FAR` that `symconv.size` takes."""
    output, _ = symconv.size(encoder, np.arange(1, FAR + 1), channels=256).output
    return {size for size, after in enumerate(output, 1) if after >= 0}


def named(answer):
    """The sizes up to `FAR` of the set that an answer's JSON names, read by its definition."""
    form = answer.to_dict()["taken"]
    return {
        size
        for size in range(1, FAR + 1)
        if size in form["also"]
        or (size >= form["start"] and size % form["period"] in form["residues"])
    }


small = {"k": st.integers(1, 9), "s": st.integers(1, 4), "p": st.integers(0, 4)}
windows = st.builds(
    lambda k, s, p, d, mode: (
        f"Conv2d(kernel_size={k}, stride={s}, padding={p}, dilation={d}, padding_mode='{mode}')"
    ),
    d=st.integers(1, 3),
    mode=st.sampled_from(["zeros", "reflect", "circular"]),
    **small,
)
pools = st.builds(
    lambda k, s, p, up: f"MaxPool2d({k}, {s}, {min(p, k // 2)}, ceil_mode={up})",
    up=st.booleans(),
    **small,
)
painted = st.builds(
    lambda k, s, p: f"ConvTranspose2d(kernel_size={k}, stride={s}, padding={p})", **small
)
others = st.sampled_from(
    [
        "PixelUnshuffle(2)",
        "PixelUnshuffle(3)",
        "PixelShuffle(2)",
        "ReflectionPad2d((1, 4, 1, 4))",
        "ZeroPad2d((-2, -3, -2, -3))",
        "Upsample(scale_factor=0.75)",
        "ReLU()",
    ]
)
parts = st.lists(st.one_of(windows, pools, painted, others), min_size=1, max_size=4)
encoders = parts.map(lambda layers: " -> ".join(["Conv2d(kernel_size=1)", *layers]))


@settings(max_examples=80, deadline=None)
@given(encoders)
def test_the_named_set_has_the_sizes_that_size_takes(encoder):
    answer = mirror(encoder, for_="W >= 1", channels=256)
    expected = taken(encoder)
    assert named(answer) == expected
    assert set(answer.taken) == {answer.taken[0]}
    if expected:
        assert answer.least == (min(expected),) * 2
    if answer.verdict == "proved":
        assert bool(answer.refused) == (len(expected) < FAR)


conditions = st.sampled_from(
    [
        "W % 2 == 0",
        "W % 6 == 3",
        "W >= 20",
        "W < 30",
        "W * W % 5 == 1 and W < 80",
        "W == 7 or W == 40",
    ]
)


@settings(max_examples=40, deadline=None)
@given(encoders, conditions)
def test_a_condition_is_cut_with_the_sizes_that_the_encoder_takes(encoder, condition):
    answer = mirror(encoder, for_=condition, channels=256, timeout=2)
    whole = {size for size in range(1, FAR + 1) if eval(condition, {"W": size})}
    members = whole & taken(encoder)
    assert named(answer) == taken(encoder)
    assert (
        answer.least == (min(members),) * 2
        if members
        else not answer.least or answer.least[0] > FAR
    )
    if answer.verdict == "proved" and whole - members:
        assert answer.refused.startswith(f"W = {min(whole - members)} is refused by layer ")


def test_the_answer_names_the_set_where_it_is_not_every_size(capsys):
    encoder = "PixelUnshuffle(2) -> Conv2d(kernel_size=3)"
    answer = mirror(encoder)
    assert answer.taken == (SizeSet.of(period=2, start=6),) * 2
    assert (
        "the encoder takes even sizes, from 6; W = 1 is refused by layer 1, PixelUnshuffle: "
        "the downscale factor divides the input"
    ) in repr(answer).splitlines()
    assert main(["mirror", encoder, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["taken"] == {"period": 2, "residues": [0], "start": 6, "also": []}
    assert "the encoder takes" not in repr(mirror(encoder, for_="W % 2 == 0 and W > 5"))
    whole = mirror("MaxPool1d(3, 2, 1)")
    assert whole.to_dict()["taken"] == {"period": 1, "residues": [0], "start": 1, "also": []}
    assert "the encoder takes" not in repr(whole)


def test_axes_that_differ_have_a_set_each():
    answer = mirror("Conv2d(kernel_size=(3, 5)) -> MaxPool2d((2, 1))")
    assert answer.taken == (SizeSet.between(4, None), SizeSet.between(5, None))
    forms = [{"period": 1, "residues": [0], "start": start, "also": []} for start in (4, 5)]
    assert answer.to_dict()["taken"] == forms
    assert "the encoder takes sizes from 4 on axis 1 and sizes from 5 on axis 2; W" in repr(answer)


def test_where_none_of_the_sizes_is_taken_those_that_are_taken_are_named():
    answer = mirror("Conv2d(kernel_size=3) -> PixelUnshuffle(2)", for_="W % 2 == 1")
    assert answer.reason == (
        "the encoder takes none of them: W = 3 is refused by layer 2, PixelUnshuffle: "
        "the downscale factor divides the input; it takes even sizes, from 4"
    )
    nothing = mirror("Conv1d(3, 8, 3) -> Conv1d(4, 8, 3)", for_="W % 2 == 0")
    assert nothing.taken == (SizeSet.of(residues=[]),)
    assert "it takes" not in nothing.reason


# Who proves it

LONG = {
    "deep": (" -> ".join(["Conv1d(kernel_size=3)"] * 100), "W % 8 == 0", 208),
    "doubled": (" -> ".join(["MaxPool1d(3, 2, 1, ceil_mode=True)"] * 13), "W % 8192 == 0", 8192),
}


@pytest.mark.parametrize("name", LONG)
def test_formulas_that_are_too_long_for_z3_are_decided_by_exact_functions(name):
    encoder, sizes, least = LONG[name]
    answer = mirror(encoder, for_=sizes)
    assert answer.verdict == "proved"
    assert answer.least == (least,)
    assert answer.proof.to_dict()["by"] == "exact functions"
    assert f"returns {answer.sizes.says}" in repr(answer)
    assert "proved by exact functions" in repr(answer)
    assert symconv.size(answer.decoder, symconv.size(encoder, 3 * least).output).refused is None


def test_what_z3_proves_is_shown_as_its_proof_and_else_as_that_of_exact_functions(monkeypatch):
    encoder = "Conv1d(kernel_size=3, stride=2) -> MaxPool1d(2)"
    assert mirror(encoder, for_="W % 4 == 3").proof.by == "z3"
    unknown = Verdict("unknown", "z3", reason="planted")
    monkeypatch.setattr(questions, "prove", lambda *_, **__: unknown)
    answer = mirror(encoder, for_="W % 4 == 3")
    assert (answer.verdict, answer.proof.by) == ("proved", "exact functions")
    refuted = mirror(encoder, for_="W % 4 >= 2")
    assert (refuted.verdict, refuted.proof.by) == ("infeasible", "exact functions")
    assert "whether two become one is open" in refuted.reason


def test_where_exact_functions_have_no_answer_z3_is_asked():
    encoder = "17 x MaxPool1d(2)"
    answer = mirror(encoder, for_="W % 131072 == 0")
    assert (answer.verdict, answer.proof.by) == ("proved", "z3")
    assert answer.least == (131072,)
    assert answer.taken == (SizeSet.between(131072, None),)
    mixed = mirror("Conv1d(kernel_size=9)", for_="W % 1000 == 7 and W % 1001 == 7")
    assert (mixed.verdict, mixed.least) == ("proved", (1001007,))
    assert "W = 7 is refused by layer 1" in mixed.refused


def test_neither_answers_and_nothing_is_proved(monkeypatch):
    unknown = Verdict("unknown", "nobody", reason="planted")
    monkeypatch.setattr(questions, "prove_exactly", lambda *_: unknown)
    monkeypatch.setattr(questions, "prove", lambda *_, **__: unknown)
    for sizes in ("W % 4 == 0", None):
        assert mirror("MaxPool1d(4)", for_=sizes).verdict == "unknown"


# The prover


def statement(rng, depth=3):
    """A random statement about one size."""
    if depth and rng.random() < 0.6:
        a, b = (statement(rng, depth - 1) for _ in range(2))
        return rng.choice([a & b, a | b, ~a, a.iff(b)])
    a, b, c = (rng.randint(1, 12) for _ in range(3))
    number = rng.choice([W + a, a * W - b, (W + a) // c, (W * W - a) % c, W - W % b])
    return rng.choice([number <= a * b, number.eq(b), (number % c).eq(a % c), number < W])


@pytest.mark.parametrize("seed", range(40))
def test_exact_functions_and_z3_decide_alike(seed):
    rng = random.Random(seed)
    claim, condition = statement(rng), statement(rng)
    exact, other = prove_exactly(claim, condition), prove(claim, [W >= 1, condition], seconds=5)
    assert exact.word in ("proved", "refuted")
    if other.word != "unknown":
        assert exact.word == other.word
        assert exact.counterexample == other.counterexample


def test_exact_functions_leave_open_what_is_not_theirs():
    for claim in (
        variable("H") >= 1,
        both(W >= 1, variable("H") >= 1),
        (8 // (W - 6)).eq(1),
        (W % 99991 + W % 99989).eq(3),
    ):
        verdict = prove_exactly(claim)
        assert (verdict.word, verdict.by) == ("unknown", "exact functions")
        assert verdict.reason


def test_a_planted_wrong_decoder_is_caught_by_exact_functions_alone():
    read = chain("Conv1d(kernel_size=3, stride=2)").layers
    channels = (variable("C"), variable("C"))
    request = Request(read, channels, stated("W % 2 == 1", (1,)), Clock(10))
    wrong = chain("ConvTranspose1d(kernel_size=4, stride=2)").layers[0]
    (step,) = mirror("Conv1d(kernel_size=3, stride=2)", for_="W % 2 == 1").steps
    back = request.back((step._replace(layer=wrong),), 0)
    verdict = questions.all_return(request.axes[0], back, request.clock)
    assert (verdict.word, verdict.by) == ("refuted", "exact functions")
    assert verdict.counterexample == {"W": 3}
