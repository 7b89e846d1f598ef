"""Bad input, and models of which sizes do not tell everything: errors in three beats, or unknown."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytest.importorskip("torch")

import bad_models as bad
import spine
import torch

from forwards import differing
from symconv import audit
from symconv.errors import RequestError

HERE = Path(__file__).parent
SHAPE = "1,1,W"


LATE = """
from torch import nn

class Late(nn.Module):
    def forward(self, x):
        from beside_late import FEWEST
        if x.shape[-1] < FEWEST:
            raise ValueError("too few")
        return x
"""
ANEW = """
from torch import nn

def ask  (text):
    if text == "0":
        raise ValueError("a multiple of 5")

class Anew(nn.Module):
    def forward(self, x):
        {told}(f"{{x.shape[-1] % 5}}")
        return x
"""


def symconv(*arguments, timeout="120"):
    command = [sys.executable, "-m", "symconv", "audit", *arguments, "--timeout", timeout]
    return subprocess.run(command, capture_output=True, text=True, cwd=HERE, check=False)


WRONG = {
    "bad_models.py:AlwaysRaises": "fails at every size",
    "bad_models.py:EndsTheProcess": "ends the process",
    "bad_models.py:Recurses": "RecursionError",
    "bad_models.py:CannotBeMade": "no weights here",
    "bad_models.py:NoModule": "NoModule",
    "bad_models.py:makes_a_number": "3 (int)",
    "bad_models.py:needs_an_argument": "one that needs width",
    "bad_models.py:a_number": "3 (int)",
    "bad_models.py:Nowhere": "Nowhere, which it has not",
    "bad_models.py": "bad_models.py, without a name",
    "bad_models.py:": "bad_models.py:, without a name",
    "bad_models.py:Re curses": "Re curses, which it has not",
    "torch.nn:Relu": "Relu, which it has not",
    "nowhere.py": "nowhere.py, which is none",
    "nowhere.py:UNet": "nowhere.py, which is none",
    "nowhere.at.all:UNet": "No module named",
}


@pytest.mark.parametrize("model", WRONG)
def test_a_wrong_model_is_told_in_three_beats(model, monkeypatch):
    monkeypatch.chdir(HERE)
    with pytest.raises(RequestError) as caught:
        audit(model, SHAPE)
    assert WRONG[model] in caught.value.arrived
    assert caught.value.needed
    assert caught.value.write


@pytest.mark.parametrize("model", ["bad_models.py:EndsTheProcess", "bad_models.py"])
def test_the_command_tells_it_as_well(model):
    run = symconv(model, "--input", SHAPE, "--json")
    assert run.returncode == 2, run.stdout + run.stderr
    assert {*json.loads(run.stdout)["error"]} == {"needed", "arrived", "write"}
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "source", ["def broken(:", "import nothing_of_this_name", "raise SystemExit(2)"]
)
def test_a_file_that_cannot_be_imported(source, tmp_path):
    (tmp_path / "broken.py").write_text(source)
    with pytest.raises(RequestError, match="which can be imported"):
        audit(f"{tmp_path}/broken.py:Net", SHAPE)


@pytest.mark.parametrize(
    "shape",
    ["W", "1,1", "1,,W", "1,1,W,%", "0,1,W", "1,1,W-1", "1,1,lambda", "99999999999,W", "", 7, None],
)
def test_a_shape_that_is_none(shape):
    with pytest.raises(RequestError, match="a model's input"):
        audit(spine.UNet, shape)


def test_channels_stand_in_the_shape():
    with pytest.raises(RequestError, match="channels in its shape"):
        audit(spine.UNet, "1,1,W,W", channels=1)


def test_two_letters_are_a_wrong_request_and_say_what_to_write():
    with pytest.raises(RequestError, match="1,1,H,H"):
        audit(spine.UNet, "1,1,H,W")
    assert symconv("spine.py:UNet", "--input", "1,1,H,W").returncode == 2


UNKNOWN = {
    "AsksForAValue": "looks at values",
    "CountsCalls": "keeps something from call to call",
    "Swallows": "looks at values",
    "SwallowsAHash": "wants a plain integer",
    "WritesItself": "writes cells that it reads elsewhere",
    "LooksForTheGreatest": "looks for a cell where there is none",
    "Inverts": "nobody has looked yet",
    "LooksUpAText": "wants a plain integer",
    "LooksUpASize": "wants a plain integer",
    "CountsInABuffer": "keeps something from call to call",
    "WideKernel": "convolves torch.float32 by torch.float64",
    "WantsIntegers": "wants a plain integer",
    "RoundsTwice": "rounded more than once",
    "Embeds": "takes cells by an index",
    "Masks": "looks at values",
    "Unpools": "looks at values",
    "Allocates": "memory",
    "AllocatesCells": "memory",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_sizes_do_not_tell_is_unknown_and_nothing_wrong_is_said(name):
    module = getattr(bad, name)
    answer = audit(module, SHAPE, timeout=300)
    assert answer.verdict == "unknown"
    assert UNKNOWN[name] in answer.reason
    assert answer.certificate is None
    if "Allocates" not in name:
        assert differing(answer, module(), range(1, 70)) == []


def test_a_size_that_a_model_made_a_mask_for_is_noticed():
    answer = audit(bad.KeepsAMask, SHAPE, timeout=300)
    assert answer.verdict == "unknown"
    assert "called again" in answer.reason


@pytest.mark.parametrize("name", ["Halves", "CountsDown"])
def test_loops_on_a_size_keep_what_was_found(name, monkeypatch):
    monkeypatch.setattr("symconv.networks.exploring.MOST_PATHS", 12)
    monkeypatch.setattr("symconv.networks.model_audit.MOST_PATHS", 12)
    module = getattr(bad, name)
    answer = audit(module, SHAPE, timeout=300)
    assert answer.verdict == "unknown"
    assert "paths" in answer.reason
    assert answer.valid
    assert answer.to_dict()["scope"]["domain"] == f"1 <= W <= {answer.open.least - 1}"
    assert differing(answer, module(), range(1, 20)) == []


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("LooksAtTheDevice", {"period": 1, "residues": [], "start": 1, "also": [*range(1, 13)]}),
        ("AsksForAnInt", {"period": 1, "residues": [], "start": 1, "also": [*range(1, 11)]}),
        ("Tells", {"period": 2, "residues": [0], "start": 2, "also": []}),
    ],
)
def test_what_a_model_sees_is_what_it_would_see(name, valid):
    answer = audit(getattr(bad, name), SHAPE, timeout=300)
    assert answer.verdict == "proved"
    assert answer.valid.to_dict() == valid


@pytest.mark.parametrize("name", ["ChecksAText", "ChangesASwitch"])
def test_what_a_model_writes_for_itself_is_followed_and_each_copy_is_fresh(name):
    answer = audit(getattr(bad, name), SHAPE, timeout=300)
    assert answer.verdict == "proved"
    assert differing(answer, getattr(bad, name)(), range(1, 60)) == []


@pytest.mark.parametrize(
    ("name", "shape"), [("ByChannels", "2,W,W,3"), ("WeightsByChannels", "1,3,W,W")]
)
def test_cells_lie_as_kernels_lay_them(name, shape):
    answer = audit(getattr(bad, name), shape, timeout=300)
    assert differing(answer, getattr(bad, name)(), range(1, 30)) == []


def test_weights_that_a_model_changes_are_not_those_that_were_given():
    module = bad.ChangesItsWeights().train()
    audit(module, SHAPE, timeout=300)
    assert module.weight.item() == 1
    assert module.training


def test_an_index_of_a_buffer_is_a_decision():
    answer = audit(bad.Picks, SHAPE, timeout=300)
    assert answer.verdict == "proved"
    assert answer.valid.to_dict() == {"period": 1, "residues": [0], "start": 8, "also": []}


@pytest.mark.parametrize("model", ["Forever", "Hoards"])
def test_time_and_memory_have_an_end(model):
    run = symconv(f"bad_models.py:{model}", "--input", SHAPE, "--json", timeout="4")
    assert run.returncode == 3, run.stdout + run.stderr
    answer = json.loads(run.stdout)
    assert answer["verdict"] == "unknown"
    assert answer["reason"].startswith(("bad_models.py:", "the time limit"))


def test_an_error_that_holds_a_size_is_told():
    run = symconv("bad_models.py:ByTable", "--input", SHAPE)
    assert run.returncode == 3, run.stderr
    assert "valid W: 3 (" in run.stdout
    assert ": KeyError: W\n" in run.stdout
    run = symconv("bad_models.py:TellsBySize", "--input", SHAPE)
    assert run.returncode == 0, run.stderr
    assert "valid W: multiples of 8 (" in run.stdout
    assert "5 more than a multiple of 8: bad_models.py:" in run.stdout
    assert ": ToldBySizeError: 5!\n" in run.stdout


def test_while_a_file_is_read_json_goes_to_standard_output(tmp_path):
    (tmp_path / "endless.py").write_text("while True: pass")
    run = symconv(f"{tmp_path / 'endless.py'}:X", "--input", SHAPE, "--json", timeout="2")
    assert run.returncode == 3
    assert json.loads(run.stdout)["verdict"] == "unknown"


def test_markdown_of_what_is_not_all_known_tells_what_is():
    written = audit(bad.LooksForTheGreatest, SHAPE).markdown()
    assert "Unknown: bad_models.py" in written
    assert "the model takes all but multiples of 4" in written
    assert "Nothing is known of multiples of 4" in written


def test_what_lies_beside_a_model_can_be_imported_late(tmp_path):
    (tmp_path / "beside_late.py").write_text("FEWEST = 3")
    (tmp_path / "late.py").write_text(LATE)
    answer = audit(f"{tmp_path / 'late.py'}:Late", "1,1,W")
    assert (answer.verdict, str(answer.valid)) == ("proved", "sizes from 3")
    assert str(tmp_path) not in sys.path


def test_a_file_that_was_written_anew_is_read_anew(tmp_path):
    file = tmp_path / "anew.py"
    for told, period in [("print", 1), ("ask", 5)]:  # the two calls stand at the same place
        file.write_text(ANEW.format(told=f"{told:5}"))
        os.utime(file, (period, period))
        answer = audit(f"{file}:Anew", "1,1,W")
        assert (answer.verdict, answer.valid.to_dict()["period"]) == ("proved", period)


def test_what_a_model_prints_does_not_mix_with_the_answer():
    run = symconv("bad_models.py:Talks", "--input", SHAPE, "--json")
    assert json.loads(run.stdout)["verdict"] == "proved"
    assert "a size:" in run.stderr


def test_another_torch_is_unknown_unless_asked_for(monkeypatch):
    monkeypatch.setattr(torch, "__version__", "2.99.0+cpu")
    answer = audit(spine.TwoStrides, "1,1,W,W")
    assert answer.verdict == "unknown"
    assert "2.99.0" in answer.reason
    assert answer.valid.empty
    assert audit(spine.TwoStrides, "1,1,W,W", any_torch=True, timeout=300).verdict == "proved"


def test_models_are_read_in_several_threads_at_once():
    answers, names = {}, ["TwoStrides", "FourChunks", "Nest", "unshuffle"]

    def ask(name):
        answers[name] = audit(getattr(spine, name), spine.NETS[name][0], timeout=300)

    threads = [threading.Thread(target=ask, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: answers[name].valid.to_dict() for name in names} == {
        name: spine.NETS[name][1] for name in names
    }


def test_the_model_that_was_given_stays_as_it_is():
    module = spine.UNet()
    before = {name: value.clone() for name, value in module.state_dict().items()}
    assert audit(module, "1,1,W,W", timeout=300).verdict == "proved"
    assert all(torch.equal(before[name], value) for name, value in module.state_dict().items())
    assert {value.device.type for value in module.state_dict().values()} == {"cpu"}


def test_the_help_warns_before_it_lists_the_arguments():
    command = [sys.executable, "-m", "symconv", "audit", "--help"]
    text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    head, listed, _ = text.partition("positional arguments:")
    assert listed
    assert "the file is run" in " ".join(head.split())
