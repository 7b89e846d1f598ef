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
    "a bound of ten long factors": ["prove", "--claim", f"x < {BILLION}"],
    "powers": ["prove", *(f"--given={b} >= {a}*{a}*{a}*{a}" for a, b in zip("abcde", "bcdef", strict=True)),
               "--given=a >= 10", "--claim", "f < 0"],
    "a product of 400 factors": ["solve", "Conv1d(kernel_size=?)", "--same", "--where",
                                 f"{'*'.join(['kernel_size'] * 400)} >= 5"],
    "a long derivation": ["derive", "1000 x Conv1d(kernel_size=3, stride=2)"],
    "a derivation": ["derive", "conv"],
    "a theorem": ["prove", "upsampling"],
    "the book": ["prove", "--all"],
    "a statement": ["prove", "--claim", "x*x >= x"],
    "sizes": ["size", "Conv1d(kernel_size=3) -> MaxPool1d(2)", "7"],
    "an audit": ["audit", "9 x Conv1d(kernel_size=3, stride=2)"],
    "an audit by Z3": ["audit", "MaxPool2d(2) -> PixelUnshuffle(2)", "--input=W", "--z3"],
    "a mirror": ["mirror", "Conv1d(1, 1, 3, stride=2)"],
    "a mirror of some": ["mirror", "Conv1d(1, 1, 3, stride=2)", "--for", "odd(W)"],
    "settings": ["solve", "Conv1d(kernel_size=?, padding=?)", "--same"],
    "settings of two axes": ["solve", "Conv2d(kernel_size=?)", "--input=7,9", "--output=3,4"],
    "a conflict": ["solve", "Conv1d(kernel_size=?, stride=2)", "--same"],
    "chains": ["solve", "2..3 x Conv1d(kernel_size=1..3)", "--input=9", "--output=5"],
    "chains for all sizes": ["solve", "2 x Conv1d(kernel_size=1..3, padding=0..2)", "--same"],
    "inputs": ["solve", "9 x Conv1d(kernel_size=3, stride=2)", "--output", "7"],
    "branches": ["solve", "MaxPool1d(2) | Conv1d(kernel_size=?, stride=?)", "--agree"],
}  # fmt: skip


@pytest.mark.parametrize("limit", ["1e-9", "0.05"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_whose_time_is_over_says_what_it_has(name, limit, capsys):
    status = main([*COMMANDS[name], "--timeout", limit, "--json"])
    printed, said = capsys.readouterr()
    answer = json.loads(printed)
    assert status in (0, 1, 3)
    assert answer["schema"] == "symconv/1"
    assert said == ""


TWICE = (
    "Conv1d(kernel_size=2..4, stride=1..2) -> "
    "2 x ConvTranspose1d(kernel_size=1, stride=2, dilation=2)"
)
HUNGRY = [
    ("1000 x Conv1d(kernel_size=?, stride=?)", 100, 5),
    (TWICE, 10, 4),
    ("60 x Conv2d(kernel_size=?, stride=?, padding=0..9)", 400, 5),
    ("8 x Conv3d(kernel_size=(?, ?, ?), stride=?)", 60, 5),
    ("1..400 x MaxPool1d(1..40, stride=1..40)", 1000, 5),
    ("Conv1d(kernel_size=?, stride=?, padding=0..9999)", 10**6, 10**5),
]  # fmt: skip
MEASURED = """
import resource, sys
from symconv.cli import main
status = main(sys.argv[1:])
print(status, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units there")
@pytest.mark.parametrize(("line", "given", "wanted"), HUNGRY, ids=str)
def test_no_search_takes_more_memory_than_a_gibibyte(line, given, wanted):
    asked = ["solve", line, f"--input={given}", f"--output={wanted}", "--timeout=5"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *asked],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    status, kibibytes = map(int, done.stderr.split()[-2:])
    assert status in (0, 1, 2, 3), done.stderr
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
