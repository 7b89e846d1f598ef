"""The command line: exit status, JSON and nothing else on standard output, bad input."""

import io
import json
import os
import re
import subprocess
import sys

import pytest

from interrupting import interrupted
from symconv.cli import main

UP = "ConvTranspose2d(kernel_size=?, stride=?, padding=?)"

STATUS = [
    (["size", "Conv2d(kernel_size=3)", "8"], 0),
    (["size", "Conv2d(kernel_size=3)", "8,9"], 0),
    (["size", "Conv2d(kernel_size=3)", "8x9"], 0),
    (["solve", "Conv2d(3,8,?,?,?,groups=2)", "--same"], 1),
    (["solve", "MaxPool2d(2,2,return_indices=True)", "--down", "2"], 0),
    (["size", "Conv2d(kernel_size=3)", "2"], 1),
    (["size", "PixelShuffle(2)", "4", "--channels", "3"], 1),
    (["derive", "conv"], 0),
    (["derive", "upsampling", "n=2"], 0),
    (["derive", "conv", "--latex"], 0),
    (["derive", "conv", "--markdown", "W=6"], 0),
    (["solve", UP, "--up", "2"], 0),
    (["solve", UP, "--up", "2", "--where", "kernel_size == 3"], 1),
    (["solve", "Conv2d(kernel_size=?, padding=?)", "--same", "--limit", "3"], 0),
    (["solve", "MaxPool2d(kernel_size=?)", "--down", "2", "--all"], 0),
    (["solve", UP, "--up", "2", "--emit", "torch"], 0),
    (["solve", UP, "--up", "2", "--where", " and ".join(["kernel_size < 9"] * 1500)], 0),
    (["solve", UP, "--up", "2", "--where", "kernel_size > 8", "--where", "kernel_size < 11"], 0),
    (["--version"], 0),
    (["--help"], 0),
    (["solve", "--help"], 0),
]

WRONG = [
    ["--timeout"],
    ["sizes"],
    ["size"],
    ["size", "Conv2d(kernel_size=3)", "3.5"],
    ["size", "Conv2d(kernel_size=3)", "-3"],
    ["size", "Conv2d(kernel_size=3)", "1,2,3"],
    ["size", "Conv2d(kernel_size=3)", "9" * 500],
    ["size", "Conv2d(kernel_size=3)", "9" * 5000],
    ["size", "Conv2d(kernel_size=3)", ""],
    ["size", "Conv2d(kernel_size=3)", "8", "--channels", "x"],
    ["size", "Conv2d(kernel_sise=3)", "8"],
    ["size", "Conv2(kernel_size=3)", "8"],
    ["size", "Conv2d(kernel_size=3.5)", "8"],
    ["size", "Conv2d(kernel_size=3, stride=-1)", "8"],
    ["size", "Conv2d(kernel_size=3, stride=0)", "8"],
    ["size", "Conv2d(kernel_size=0)", "8"],
    ["size", "Conv2d(kernel_size=99999999999999)", "8"],
    ["size", "Conv2d(kernel_size=" + "9" * 10_000 + ")", "8"],
    ["size", "Conv2d(kernel_size=?)", "8"],
    ["size", "Conv2d(7)", "8"],
    ["size", "Conv2d(kernel_size=3", "8"],
    ["size", "Conv2d(kernel_size=" + "(" * 5000 + "3" + ")" * 5000 + ")", "8"],
    ["size", "Conv2d(" * 2000, "8"],
    ["size", "x" * 200_000, "8"],
    ["size", "__import__('os').system('echo no')", "8"],
    ["size", "Conv2d(kernel_size=__import__('os'))", "8"],
    ["size", "Conv2d(kernel_size=3); ReLU()", "8"],
    ["size", "", "8"],
    ["size", "\x00", "8"],
    ["size", "Conv2d(kernel_size=３)", "8"],
    ["size", "Linear(3, 4)", "8"],
    ["solve", "Conv2d(?,?,?)", "--same"],
    ["solve", "Conv2d(4,8,?,?,?,groups=?)", "--same"],
    ["solve", "Conv2d(4,8,?,?,?,bias=?)", "--same"],
    ["solve", "ReLU()", "--up", "0"],
    ["solve", "Conv2d(?)", "--output", "7"],
    ["solve", "Conv2d(?)", "--input", "7", "--up", "2"],
    ["solve", "Conv2d(?)", "--input", "7,8,9", "--output", "7"],
    ["solve", "Conv2d(?)", "--input", "0", "--output", "7"],
    ["solve", "Conv2d(?)", "--output", "W//0"],
    ["solve", "Conv2d(?)", "--output", "2*X"],
    ["solve", "Conv2d(?)", "--output", "W - 3"],
    ["solve", "Conv2d(?)", "--output", "W", "--for", "W < 0"],
    ["solve", "Conv2d(?)", "--output", "W", "--for", "W"],
    ["solve", "Conv2d(?)", "--input", "7", "--output", "7", "--for", "W > 2"],
    ["solve", "Conv2d(?)", "--same", "--sort", "colour"],
    ["solve", "Conv2d(?)", "--same", "--sort", "stride"],
    ["solve", "ConvTranspose2d(?,dilation=?)", "--up", "100003", "--where", "uniform_overlap"],
    ["derive", "convolution"],
    ["derive", "conv", "Q=3"],
    ["derive", "conv", "W"],
    ["derive", "conv", "W=0"],
    ["derive", "conv", "W=1.5"],
    ["derive", "conv", "W=6", "W=7"],
    ["solve", UP],
    ["solve", UP, "--up", "2", "--down", "2"],
    ["solve", UP, "--up", "two"],
    ["solve", UP, "--up", "0"],
    ["solve", UP, "--up", "9" * 50],
    ["solve", UP, "--up", "2", "--all"],
    ["solve", UP, "--up", "2", "--where", "kernel_sise <= 8"],
    ["solve", UP, "--up", "2", "--where", "kernel_size = 8"],
    ["solve", UP, "--up", "2", "--where", "kernel_size < " + "(" * 3000],
    ["solve", UP, "--up", "2", "--where", "().__class__"],
    ["solve", UP, "--up", "2", "--emit", "keras"],
    ["solve", UP, "--up", "2", "--timeout", "soon"],
    ["solve", UP, "--up", "2", "--timeout", "nan"],
    ["solve", UP, "--up", "2", "--limit", "0"],
    ["solve", UP, "--up", "2", "--where", "kernel_size < 9 and " * 1500],
]

WRONG_NAMES = [f"{place}: {' '.join(command)[-40:]}" for place, command in enumerate(WRONG)]


@pytest.mark.parametrize(
    "words", [["mirror", "Conv2d(3, 8, 3, padding=1)", "--input"], ["draw", "Conv2d(1, 1, 3)"]]
)
def test_one_size_is_for_all_axes(words, capsys):
    """What is written once is the same as written for each axis."""
    shown = []
    for size in ("8", "8x8"):
        assert main([*words, size]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


@pytest.mark.parametrize(("command", "status"), STATUS, ids=str)
def test_exit_status(command, status, capsys):
    try:
        assert main(command) == status
    except SystemExit as leaving:  # --help and --version
        assert leaving.code == status
    out, err = capsys.readouterr()
    assert out
    assert "Traceback" not in err


@pytest.mark.parametrize("command", WRONG, ids=WRONG_NAMES)
def test_a_wrong_request_is_told_in_three_beats(command, capsys):
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert lines[0].startswith("symconv: needed: ")
    assert lines[1].startswith("         got:    ")
    assert len(lines) >= 3
    assert len(err) < 2000


@pytest.mark.parametrize("command", WRONG, ids=WRONG_NAMES)
def test_a_wrong_request_is_one_json_object_as_well(command, capsys):
    assert main([*command, "--json"]) == 2
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert set(error) - {"place"} == {"needed", "arrived", "write"}
    assert all(error.values())
    assert err == ""


@pytest.mark.parametrize(
    "command",
    [c for c, _ in STATUS if c[0] in ("size", "solve", "derive") and "--help" not in c],
    ids=str,
)
def test_json_is_one_object_with_a_schema_and_nothing_else(command, capsys):
    main([*command, "--json"])
    out, err = capsys.readouterr()
    assert json.loads(out)["schema"] == "symconv/1"
    assert out.count("\n") == 1
    assert err == ""


def test_solve_json_has_the_keys_others_rely_on(capsys):
    main(["solve", UP, "--up", "2", "--where", "kernel_size <= 8", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        "schema", "verdict", "families", "solutions", "exhausted", "count", "conflict",
        "minimal", "relaxations", "verified", "notes",
    }  # fmt: skip
    assert [s["kernel_size"] for s in found["solutions"]] == [4, 2, 6, 8]
    assert found["exhausted"] is True
    assert found["count"] == 4


def test_verify_is_part_of_the_answer(capsys):
    pytest.importorskip("torch")
    command = ["solve", UP, "--up", "2", "--limit", "2", "--verify", "--json"]
    assert main(command) == 0
    verified = json.loads(capsys.readouterr().out)["verified"]
    assert verified["checked"] > 2  # others than those listed are run as well
    assert verified["failed"] == 0
    assert verified["by"].startswith("torch ")


def test_layers_can_come_from_standard_input(capsys, monkeypatch):
    printed = (
        "Sequential(\n  (0): Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2))\n  (1): ReLU()\n)"
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(printed))
    assert main(["size", "-", "224"]) == 0
    assert "111  ReLU()" in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_error():
    command = f'{sys.executable} -m symconv derive conv --timeout 600 | head -c 1 > /dev/null; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.strip() == "0"


def test_no_colour_where_there_is_no_terminal():
    done = subprocess.run(
        [sys.executable, "-m", "symconv", "solve", UP, "--up", "2"], capture_output=True, check=True
    )
    assert b"\x1b" not in done.stdout


def test_a_terminal_gets_the_same_settings_as_a_table(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["solve", UP, "--up", "2", "--limit", "3"]) == 0
    out = capsys.readouterr().out
    assert "output_padding" in out
    heading = re.search(r"kernel_size +stride +padding +dilation", out)
    assert out.index("family:") < heading.start() < out.index("... and more")
    assert "\x1b" not in out


def test_a_search_can_be_interrupted():
    text = "ConvTranspose1d(kernel_size=?, stride=?, padding=?, dilation=?, output_padding=?)"
    hard = "kernel_size*dilation*padding == 997*991 and min(kernel_size, dilation, padding) > 1"
    status, out, err = interrupted("solve", text, "--up", "2", "--where", hard, "--timeout", "600")
    assert status == 130
    assert "Traceback" not in err
    assert "interrupted" in out + err


def test_an_answer_is_shown_whatever_the_terminal_can_write():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "symconv",
            "solve",
            "ConvTranspose2d(kernel_size=3, stride=?)",
            "--up",
            "2",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot hold together" in done.stdout
