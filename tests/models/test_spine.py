"""The spine: seventeen nets, each set against real forwards, and all of them proved."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("torch")

import spine
import torch

from forwards import axes_of, differing
from symconv import audit
from symconv.periodic import SizeSet

HERE = Path(__file__).parent
NETS = [*spine.NETS]


@cache
def audited(name):
    return audit(getattr(spine, name), spine.NETS[name][0], timeout=600)


@pytest.fixture(autouse=True)
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", NETS)
def test_the_set_is_the_one_that_the_net_takes_and_it_is_proved(name):
    _, sizes, most = spine.NETS[name]
    answer = audited(name)
    assert answer.valid.to_dict() == sizes
    assert answer.verdict == "proved"
    assert not answer.open
    assert most is None or len(answer.paths) <= most


@pytest.mark.parametrize("name", NETS)
def test_every_size_does_what_the_set_and_the_formulas_say(name):
    form, sizes = spine.NETS[name][1], {*range(1, 301)}
    starts = [form["start"], *form["also"]]
    starts += [form["start"] + form["period"] + r for r in range(min(form["period"], 40))]
    sizes |= {size + step for size in starts for step in (-1, 0, 1)} - {0}
    module = getattr(spine, name)()
    assert differing(audited(name), module, sorted(sizes)) == []


@pytest.mark.parametrize("name", NETS)
def test_paths_do_not_overlap_and_leave_nothing_out(name):
    answer, seen = audited(name), SizeSet.of(residues=[])
    for path in answer.paths:
        assert (seen & path.sizes).empty
        seen |= path.sizes
    assert seen.everything


def symconv(*arguments):
    command = [sys.executable, "-m", "symconv", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=HERE, check=False)


def test_the_command_line_answers_in_one_object():
    run = symconv("audit", "spine.py:UNet", "--input", "1,1,W,W", "--json")
    form = json.loads(run.stdout)
    assert run.returncode == 0
    assert (form["verdict"], form["paths"], form["joint"]) == ("proved", 9, None)
    assert form["valid"] == {"W": {"period": 16, "residues": [0], "start": 16, "also": []}}
    assert form["output"] == [{"H": "W", "W": "W", "shape": ["1", "2", "W", "W"]}]
    assert form["same_size"] == form["valid"]
    assert form["scope"]["domain"] == "W >= 1"
    assert form["escapes"] == []


@pytest.mark.parametrize(
    "model", ["spine.py:UNet5", "spine.py:unshuffle", "spine:FourChunks", "torch.nn:Tanh"]
)
def test_a_model_is_a_class_a_function_or_stands_in_a_package(model):
    axes = "1,1,W" if "FourChunks" in model else "1,1,W,W"
    run = symconv("audit", model, "--input", axes)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1].startswith("proved: ")


def test_a_module_and_what_makes_one_are_taken_in_python():
    answers = [audit(made, "1,1,W", timeout=600) for made in (spine.Nest, spine.Nest())]
    assert answers[0].valid == answers[1].valid == audited("Nest").valid


def test_z3_and_torch_agree():
    answer = audit(spine.TwoStrides, "1,1,W,W", z3=True, verify=True, timeout=600)
    assert answer.second.proved
    assert answer.verified.failed == 0 < answer.verified.checked


def test_axes_of_reads_what_the_table_says():
    assert axes_of("1,3,W,W") == (1, 3, "W", "W")
