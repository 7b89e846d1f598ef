"""Wherever a command runs, it says the same: streams that are closed or full, `-OO`, no home."""

import functools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UP = "ConvTranspose2d(kernel_size=?, stride=?, padding=?)"


def patiently(*arguments):
    """A command as it is asked on a busy machine: the answer comes later, and is the same."""
    return [*arguments, "--timeout", "600"]


COMMANDS = {
    "size": ["size", "Conv2d(3, 64, 7, 2, 3) -> MaxPool2d(3, 2, 1)", "224"],
    "size refused": ["size", "Conv2d(kernel_size=3)", "2", "--json"],
    "derive": patiently("derive", "conv", "--json"),
    "solve": patiently("solve", UP, "--up", "2", "--where", "kernel_size <= 8"),
    "solve: no": patiently("solve", "Conv1d(kernel_size=4, padding=?)", "--same"),
    "solve: no design": patiently(
        "solve", "2 x Conv1d(kernel_size=2..3)", "--input", "9", "--output", "9"
    ),
    "solve: no input": patiently("solve", "Conv2d(kernel_size=2)", "--input", "5", "--output", "9"),
    "solve a chain": patiently(
        "solve", "2 x Conv1d(kernel_size=2..4)", "--input", "9", "--output", "5"
    ),
    "audit": patiently("audit", "MaxPool2d(2) -> PixelUnshuffle(2)", "--input", "W", "--z3"),
    "mirror": patiently("mirror", "Conv1d(3, 8, 3, stride=2)", "--for", "W % 2 == 0", "--json"),
    "theorems": ["theorems"],
    "prove": patiently("prove", "upsampling", "--json"),
    "draw": ["draw", "Conv1d(1, 1, 3)", "4"],
    "completion": ["completion", "zsh"],
    "a candidate": ["completion", "fish", '--line=symconv size "Conv2d(ker'],
    "wrong": ["sizes"],
    "nothing": [],
    "help": ["solve", "--help"],
    "version": ["--version"],
    "a closed input": ["size", "-", "7"],
}
FEW = ("solve", "audit", "draw", "wrong", "version")
"""Commands that write in different ways."""
PLAIN = {
    **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
    "PYTHONPATH": str(ROOT),
    "PYTHONIOENCODING": "utf-8",
}
POSIX = pytest.mark.skipif(os.name != "posix", reason="the shell closes the streams")


def python(*arguments, streams="", **options):
    """Run Python, perhaps with streams as a shell writes them: status, output, errors."""
    command = [sys.executable, *arguments]
    if streams:
        command = ["sh", "-c", f'exec "$0" "$@" {streams}', *command]
    options = {"env": PLAIN, "stdin": subprocess.DEVNULL, "capture_output": True} | options
    done = subprocess.run(command, text=True, encoding="utf-8", timeout=600, **options)
    return done.returncode, untimed(done.stdout or ""), done.stderr or ""


def untimed(text):
    """A JSON text without the seconds that something took."""
    return re.sub(r'"seconds": [\d.e-]+', '"seconds": 0', text)


def in_ascii(text):
    """A text as a terminal shows it that has no other signs."""
    return text.encode("ascii", "backslashreplace").decode()


def symconv(name, **options):
    return python("-m", "symconv", *COMMANDS[name], **options)


@functools.cache
def plainly(name):
    """What a command comes to where nothing is in its way."""
    return symconv(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_about_an_answer_depends_on_where_it_is_asked(name, tmp_path):
    expected = plainly(name)
    assert "Traceback" not in expected[2]
    assert python("-OO", "-m", "symconv", *COMMANDS[name]) == expected
    environment = {
        "HOME": str(tmp_path / "none"),
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "PYTHONHASHSEED": "12345",
        "PYTHONWARNINGS": "error",
    }
    status, printed, said = symconv(name, env=PLAIN | environment, cwd=tmp_path)
    assert (status, printed, said) == (expected[0], *map(in_ascii, expected[1:]))
    assert list(tmp_path.iterdir()) == [], "something was written"


@POSIX
@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_who_has_gone_changes_nothing(name):
    status, _, said = plainly(name)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        broken = symconv(name, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert broken == (status, "", said)


@POSIX
@pytest.mark.parametrize("name", COMMANDS)
def test_closed_streams_change_no_exit_status(name):
    status, *_ = symconv(name, streams="<&-")
    assert symconv(name, streams="<&- >&- 2>&-") == (status, "", "")


@POSIX
@pytest.mark.parametrize("name", FEW)
def test_a_closed_stream_changes_nothing_of_the_other(name):
    status, printed, said = plainly(name)
    assert symconv(name, streams=">&-") == (status, "", said)
    assert symconv(name, streams="2>&-") == (status, printed, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("name", FEW)
def test_what_cannot_be_written_is_told(name):
    status, printed, said = plainly(name)
    full = symconv(name, streams="> /dev/full")
    if printed:
        assert full[0] == 2
        assert full[2].startswith("symconv: cannot write: ")
        assert len(full[2].splitlines()) == 1
    else:
        assert full == (status, "", said)
    assert symconv(name, streams="2> /dev/full") == (status, printed, "")


def test_the_help_of_layers_stands_without_docstrings():
    code = "import symconv; print(symconv.ReLU.__doc__)"
    status, said, _ = python("-OO", "-c", code)
    assert status == 0
    assert said.splitlines()[0] != object.__doc__.splitlines()[0]
