"""Every command has a time limit, and none takes all memory or all that it is sent."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from symconv.cli import main

ROOT = Path(__file__).parents[2]
BILLION = "*".join(["9" * 200] * 10)
COMMANDS = {
    "a derivation": (0, ["derive", "conv"]),
    "a theorem": (0, ["prove", "upsampling"]),
    "the book": (0, ["prove", "--all"]),
    "a statement": (0, ["prove", "--claim", "x*x >= x"]),
    "a false one": (1, ["prove", "--claim", "x*x > x"]),
    "an audit": (0, ["audit", "9 x Conv1d(kernel_size=3, stride=2)"]),
    "an audit by Z3": (0, ["audit", "MaxPool2d(2) -> PixelUnshuffle(2)", "--input=W", "--z3"]),
    "a mirror": (0, ["mirror", "Conv1d(1, 1, 3, stride=2)"]),
    "a mirror of some": (0, ["mirror", "Conv1d(1, 1, 3, stride=2)", "--for", "odd(W)"]),
    "settings": (0, ["solve", "Conv1d(kernel_size=?, padding=?)", "--same"]),
    "settings of two axes": (0, ["solve", "Conv2d(kernel_size=?)", "--input=7,9", "--output=3,4"]),
    "a conflict": (1, ["solve", "Conv1d(kernel_size=?, stride=2)", "--same"]),
    "chains": (0, ["solve", "2..3 x Conv1d(kernel_size=1..3)", "--input=9", "--output=5"]),
    "chains for all sizes": (
        0, ["solve", "2 x Conv1d(kernel_size=1..3, padding=0..2)", "--same"]),
    "inputs": (0, ["solve", "9 x Conv1d(kernel_size=3, stride=2)", "--output", "7"]),
    "no input": (1, ["solve", "9 x Conv1d(kernel_size=3, padding=9)", "--output", "7"]),
    "branches": (0, ["solve", "MaxPool1d(2) | Conv1d(kernel_size=?, stride=?)", "--agree"]),
}  # fmt: skip
"""What is asked, and with which status it is answered where there is time."""
LONG = {
    "a bound of ten long factors": (1, ["prove", "--claim", f"x < {BILLION}"]),
    "powers": (1, ["prove", *(f"--given={b} >= {a}*{a}*{a}*{a}" for a, b in zip("abcde", "bcdef", strict=True)),
                   "--given=a >= 10", "--claim", "f < 0"]),
    "a product of 400 factors": (
        1, ["solve", "Conv1d(kernel_size=?)", "--same", "--where",
            f"{'*'.join(['kernel_size'] * 400)} >= 5"]),
    "settings by a great power": (
        0, ["solve", "Conv1d(kernel_size=?, padding=?)", "--same", "--where",
            f"{'*'.join(['kernel_size'] * 120)} >= 5"]),
    "a long derivation": (0, ["derive", "1000 x Conv1d(kernel_size=3, stride=2)"]),
}  # fmt: skip
"""The same, which takes very long."""


def answered(capsys, command, limit):
    """Run a command with a time limit: its exit status, and its JSON."""
    status = main([*command, "--timeout", limit, "--json"])
    printed, said = capsys.readouterr()
    answer = json.loads(printed)
    assert answer["schema"] == "symconv/1"
    assert said == ""
    return status, answer


@pytest.mark.parametrize("name", COMMANDS | LONG)
def test_a_command_whose_time_is_over_says_what_it_has(name, capsys):
    status, command = (COMMANDS | LONG)[name]
    over, answer = answered(capsys, command, "1e-9")
    assert over == 3
    assert "unknown" in json.dumps(answer)
    assert answered(capsys, command, "0.05")[0] in (3, status)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_has_time_answers(name, capsys):
    status, command = COMMANDS[name]
    assert answered(capsys, command, "600")[0] == status


def test_sizes_are_told_in_no_time(capsys):
    command = ["size", "Conv1d(kernel_size=3) -> MaxPool1d(2)", "7"]
    status, answer = answered(capsys, command, "1e-9")
    assert (status, answer["sizes"]) == (0, [7, 5, 2])


TWICE = (
    "Conv1d(kernel_size=2..4, stride=1..2) -> "
    "2 x ConvTranspose1d(kernel_size=1, stride=2, dilation=2)"
)
HUNGRY = [
    ("1000 x Conv1d(kernel_size=?, stride=?)", 100, 5, 0),
    (TWICE, 10, 4, 1),
    ("60 x Conv2d(kernel_size=1..9, stride=1..11, padding=0..9)", 400, 5, 0),
    ("8 x Conv3d(kernel_size=(?, ?, ?), stride=?)", 60, 5, 0),
    ("1..99 x MaxPool1d(1..40, stride=1..40)", 1000, 5, 0),
    ("Conv1d(kernel_size=?, stride=?, padding=0..9999)", 10**6, 10**5, 0),
]  # fmt: skip
"""Layers, an input and an output, and the exit status where that is found out."""
MEASURED = """
import re, sys
from pathlib import Path
from symconv.cli import main
status = main(sys.argv[1:])
used = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(status, used.group(1), file=sys.stderr)
"""
"""Its own memory: `getrusage` counts that of the process that started it as well."""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted otherwise there")
@pytest.mark.parametrize(("line", "given", "wanted", "right"), HUNGRY, ids=str)
def test_no_search_takes_more_memory_than_a_gibibyte(line, given, wanted, right):
    asked = ["solve", line, f"--input={given}", f"--output={wanted}", "--timeout=5"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *asked],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    status, kibibytes = map(int, done.stderr.split()[-2:])
    assert status in (right, 3), done.stderr
    assert kibibytes < 2**20
    assert status != 3 or "unknown: " in done.stdout + done.stderr


class Endless(io.StringIO):
    """An input that never ends: whoever reads it all never returns."""

    def read(self, size=-1):
        """Return as much as is asked for."""
        assert size is not None
        assert 0 <= size < 10**7
        return "ReLU() -> " * (size // 10) + "?" * (size % 10)


@pytest.mark.parametrize(
    "command",
    [["size", "-", "7"], ["solve", "-", "--same"], ["audit", "-"], ["mirror", "-"],
     ["derive", "-"], ["size", "-", "7", "--receptive"], ["draw", "-", "7"]],
    ids=lambda command: " ".join(command),
)  # fmt: skip
def test_a_text_on_standard_input_is_read_up_to_a_limit(command, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", Endless())
    assert main(command) == 2
    assert "characters" in capsys.readouterr().err
