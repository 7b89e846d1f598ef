"""`mirror`: planted faults are caught, unknown stays unknown, bad input is told, exit statuses."""

import json
from dataclasses import replace

import pytest

from symconv import mirror
from symconv.cli import main
from symconv.emit.decoder_code import decoder_code
from symconv.errors import RequestError
from symconv.mirroring import deciding, questions
from symconv.mirroring.channels import counts
from symconv.mirroring.request import Request
from symconv.mirroring.stated import stated
from symconv.proving import Verdict
from symconv.proving.clock import Clock
from symconv.reading.chains import chain

STEM = "Conv2d(1, 1, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)"


def asked(encoder, sizes, seconds=10.0):
    read = chain(encoder).layers
    axes = read[0].input_axes
    return Request(read, counts(read, axes, None), stated(sizes, (1,) * axes), Clock(seconds))


@pytest.mark.parametrize("fault", [{"output_padding": 0}, {"padding": 2}, {"kernel_size": 4}])
@pytest.mark.parametrize("place", [0, 1])
def test_a_planted_wrong_decoder_is_caught_by_the_proof_and_by_torch(fault, place):
    pytest.importorskip("torch")
    request = asked(STEM, "W % 4 == 0")
    answer = deciding.decide(request)
    steps = list(answer.steps)
    steps[place] = steps[place]._replace(layer=replace(steps[place].layer, **fault))
    verdict = questions.all_return(request.axes[0], request.back(tuple(steps), 0), Clock(10))
    assert verdict.word == "refuted"
    assert verdict.counterexample == {"W": 4}
    wrong = replace(answer, steps=tuple(steps)).verify(timeout=300)
    assert wrong.failed == wrong.checked == 6
    assert answer.verify(timeout=300).failed == 0


def test_a_decoder_that_is_told_too_narrow_a_range_is_caught():
    request = asked("MaxPool1d(2, ceil_mode=True)", None)
    (step,) = deciding.decide(request).steps
    assert questions.all_return(request.axes[0], request.back((step,), 0), Clock(10)).proved
    floor = step._replace(layer=replace(step.layer, kernel_size=2, padding=0))
    verdict = questions.all_return(request.axes[0], request.back((floor,), 0), Clock(10))
    assert verdict.counterexample == {"W": 1}


def test_unknown_is_never_proved(monkeypatch):
    unknown = Verdict("unknown", "z3", reason="planted")
    for name in ("is_defined", "no_member", "all_return"):
        with monkeypatch.context() as patch:
            patch.setattr(questions, name, lambda *_: unknown)
            answer = mirror(STEM, for_="W % 4 == 0")
        assert answer.verdict == "unknown"
        assert "planted" in repr(answer)
        assert not answer.steps
    with monkeypatch.context() as patch:
        patch.setattr(questions, "none_merged", lambda *_: unknown)
        answer = mirror(STEM, for_="W % 2 == 0")
    assert answer.merged is None
    assert "whether two become one is open" in answer.reason
    assert mirror(STEM, for_="W % 4 == 0", timeout=1e-9).verdict == "unknown"


def test_a_formula_too_long_to_check_is_unknown_at_once():
    answer = mirror(" -> ".join(["MaxPool1d(2, ceil_mode=True)"] * 200), for_="W % 8 == 0")
    assert answer.verdict == "unknown"
    assert "too long" in answer.reason


def test_a_formula_of_many_layers_that_comes_out_short_is_checked():
    answer = mirror(" -> ".join(["Conv1d(kernel_size=3)"] * 200), for_="W % 8 == 0")
    assert answer.verdict == "proved"


def test_a_formula_of_many_layers_is_right_on_torch():
    pytest.importorskip("torch")
    answer = mirror(" -> ".join(["Conv1d(kernel_size=3)"] * 40), for_="W % 8 == 0")
    run = answer.verify(timeout=300)
    assert run.checked
    assert not run.failed


def test_what_is_too_large_to_run_is_proved_and_left():
    pytest.importorskip("torch")
    for encoder in (
        "Conv1d(kernel_size=2147483647, padding=1073741823, stride=2)",
        "MaxPool2d(2147483647, stride=2, padding=1073741823)",
    ):
        answer = mirror(encoder, for_="W % 2 == 0", verify=True)
        assert answer.verdict == "proved"
        assert (answer.verified.checked, answer.verified.left) == (0, 6)
    far = mirror("MaxPool2d(2)", for_="W % 2 == 0 and W > 100000", verify=True)
    assert far.verified.forward_calls == 0


def test_layers_that_keep_sizes_do_not_lengthen_the_formula():
    keeping = "Conv1d(1, 1, 3, padding=1) -> MaxPool1d(3, 1, 1, ceil_mode=True)"
    answer = mirror(" -> ".join([*[keeping] * 100, "MaxPool1d(2)"]), for_="W % 2 == 0")
    assert answer.verdict == "proved"
    assert repr(answer).splitlines()[-2] == "2 -> 1 -> 2"


WRONG = {
    "empty": (STEM, {"for_": "W % 2 == 2"}),
    "contradictory": (STEM, {"for_": "W > 5 and W < 6"}),
    "no condition": (STEM, {"for_": "W + 1"}),
    "another name": (STEM, {"for_": "H % 8 == 0"}),
    "no text": (STEM, {"for_": ""}),
    "zero": (STEM, {"for_": "W % 0 == 0"}),
    "zero for one size": (STEM, {"for_": "8 // (W - 6) == 1"}),
    "code": (STEM, {"for_": "__import__('os')"}),
    "beyond any tensor": (STEM, {"for_": "W > 10000000000000000000000"}),
    "a huge size": (STEM, {"input": 2**61}),
    "no size": (STEM, {"input": 0}),
    "a negative size": (STEM, {"input": -4}),
    "a float": (STEM, {"input": 8.0}),
    "three axes": (STEM, {"input": (8, 8, 8)}),
    "unknowns": ("Conv2d(kernel_size=?)", {}),
    "no layer": ("", {}),
    "no axes": ("Linear(3, 4)", {}),
    "joined axes": ("Unfold(2)", {}),
    "and back": ("Unfold(2) -> Fold((4, 5), 2)", {}),
    "indices": ("MaxPool1d(2) -> MaxUnpool1d(2)", {}),
    "no law": ("Upsample(scale_factor=0.7)", {}),
    "cropping": ("Conv1d(kernel_size=3, padding=(-1,), padding_mode='reflect')", {}),
    "some channels": ("PixelShuffle(2) -> Conv2d(4, 8, 3)", {}),
    "timeout": (STEM, {"timeout": 0}),
    "channels": (STEM, {"channels": 0}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_request_has_three_beats(name):
    layers, how = WRONG[name]
    with pytest.raises(RequestError) as caught:
        mirror(layers, **how)
    assert caught.value.needed
    assert caught.value.arrived
    assert caught.value.write
    assert len(str(caught.value)) < 600


def test_an_array_is_no_set():
    import numpy as np

    with pytest.raises(RequestError, match="an array"):
        mirror(STEM, input=np.arange(3))


STATUS = [
    (["--for", "W % 4 == 0"], 0),
    (["--input", "224"], 0),
    (["--input", "224x226"], 0),
    ([], 0),
    (["--for", "W % 4 == 0", "--emit", "torch"], 0),
    (["--for", "W % 2 == 0"], 1),
    (["--for", "W % 2 == 0", "--emit", "torch"], 1),
    (["--for", "W % 2 == 2"], 2),
    (["--for", "W % 2 == 0", "--input", "4"], 2),
    (["--input", "0"], 2),
    (["--emit", "keras"], 2),
    (["--timeout", "soon"], 2),
    (["--timeout", "0.0000001"], 3),
]


@pytest.mark.parametrize(("options", "status"), STATUS, ids=str)
def test_exit_status_and_json(options, status, capsys):
    assert main(["mirror", STEM, *options]) == status
    out, err = capsys.readouterr()
    assert bool(out) == (status != 2)
    assert bool(err) == (status == 2)
    assert main(["mirror", STEM, *options, "--json"]) == status
    out, err = capsys.readouterr()
    assert json.loads(out)["schema"] == "symconv/1"
    assert err == ""


def test_json_keeps_the_contract(capsys):
    pytest.importorskip("torch")
    main(["mirror", STEM, "--for", "W % 4 == 0", "--verify", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "proved"
    assert answer["decoder"] == [
        "ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1, output_padding=1)",
        "ConvTranspose2d(1, 1, kernel_size=7, stride=2, padding=3, output_padding=1)",
    ]
    assert answer["for"] == "W % 4 == 0"
    assert answer["proof"]["verdict"] == "proved"
    assert answer["merged"] is None
    assert answer["verified"]["forward_calls"] == 24
    assert answer["output_size"] == [False, False]
    refused = mirror(STEM, for_="W % 2 == 0").to_dict()
    assert refused["verdict"] == "infeasible"
    assert refused["merged"] == [2, 4]
    assert refused["decoder"] == []


def test_a_condition_is_not_pasted_into_code():
    text = 'W % 4 == 0 # """; raise SystemExit'
    code = decoder_code(mirror(STEM, for_=text))
    assert "SystemExit" not in code
    assert '"""Give back every size with W % 4 == 0."""' in code
