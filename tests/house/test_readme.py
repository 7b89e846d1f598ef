"""What README says in its sentences works, besides the examples that are run as they stand."""

import re
import shlex
from pathlib import Path

import pytest

import symconv
from symconv.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PROSE = re.sub(r"```.*?```", "", README, flags=re.DOTALL).splitlines()
HOLDS_FOR_SOME = ("FOLDER", "-o ")
"""What writes files."""


def spans(text):
    """Return what stands in backquotes."""
    return re.findall(r"`([^`]+)`", text)


def commands():
    """Yield each whole command that a paragraph names, with each of what it says to add.

    What stands in one clause with a command is added to that one, what stands in another to all.
    """
    for paragraph in PROSE:
        clauses = [spans(clause) for clause in paragraph.split(";")]
        whole = [[span for span in clause if whole_command(span)] for clause in clauses]
        named = [command for clause in whole for command in clause]
        for clause, own in zip(clauses, whole, strict=True):
            added = [span for span in clause if re.match(r"--|\w+=\d", span)]
            for command in own or (named if added else ()):
                yield from (f"{command} {more}" for more in ["", *added])


def whole_command(span):
    """Whether a span is a command with what it is about."""
    words = span.split()
    return words[0] == "symconv" and len(words) > 2 and not any(w in span for w in HOLDS_FOR_SOME)


def test_the_commands_are_found():
    derived = [command for command in commands() if command.startswith("symconv derive")]
    assert any("W=6" in command for command in derived)
    assert any("--output 7" in command for command in derived)
    assert sum("--latex" in command for command in derived) == 3


@pytest.mark.parametrize("command", [*dict.fromkeys(commands())])
def test_a_command_in_a_sentence_works_with_what_is_added(command, capsys):
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out.strip()


def test_every_option_in_a_sentence_is_one(capsys):
    options = {
        word for line in PROSE for span in spans(line) for word in re.findall(r"--\w+", span)
    }
    known = ""
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        known += capsys.readouterr().out
    assert {option for option in options if not re.search(rf"{option}\b", known)} == set()
    assert len(options) > 15


DRAWN = {
    span.rpartition(" -o ")[2]: span.rpartition(" -o ")[0]
    for line in PROSE
    for span in spans(line)
    if span.startswith("symconv draw ") and span.endswith(".svg") and "LAYER" not in span
}
"""The pictures of the README, each with the command that draws it."""


def test_every_picture_has_the_command_that_draws_it():
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert sorted(shown) == sorted(DRAWN)
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/pictures").iterdir()}
    assert files == set(DRAWN)


@pytest.mark.parametrize("file", DRAWN)
def test_a_picture_is_what_its_command_draws(file, tmp_path, capsys):
    again = tmp_path / "again.svg"
    assert main([*shlex.split(DRAWN[file])[1:], "-o", str(again)]) == 0
    assert capsys.readouterr().out
    assert again.read_text() == (ROOT / file).read_text()


SETTINGS = {
    "of a layer": ("Conv2d(kernel_size=?, padding=?)", {"same": True}),
    "of axes that differ": ("Conv2d(kernel_size=?)", {"input": (7, 9), "output": (3, 4)}),
    "of a layer in a chain": ("ReLU() -> Conv1d(kernel_size=1..5, padding=?)", {"same": True}),
    "of a chain": ("2 x Conv1d(kernel_size=1..3)", {"input": 9, "output": 7}),
    "of a chain for all sizes": ("2 x Conv1d(kernel_size=1..3, padding=0..1)", {"same": True}),
    "before axes are joined": ("Conv2d(kernel_size=?) -> Unfold(1)", {"input": (3, 4), "output": 2}),
    "inputs": ("Conv1d(kernel_size=3, stride=2)", {"output": 7}),
    "branches": ("MaxPool1d(2) | Conv1d(kernel_size=?, stride=?)", {"agree": True}),
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_whatever_is_found_can_be_run_on_torch(name):
    """README: your settings are run by `.verify("torch")`; a solution had none."""
    pytest.importorskip("torch")
    line, asked = SETTINGS[name]
    run = symconv.solve(line, **asked, limit=4).verify("torch")
    assert run.failed == 0 < run.checked


def test_settings_before_features_can_be_run_on_torch():
    pytest.importorskip("torch")
    line = "Conv2d(3, 8, ?) -> Flatten() -> Linear(5408, 10)"
    assert symconv.solve(line, input=28, output=10).verify("torch").checked == 1


def test_decoders_and_families_can_be_run_on_torch_too():
    pytest.importorskip("torch")
    decoder = symconv.mirror("Conv1d(1, 1, 3, stride=2)", for_="odd(W)").verify("torch")
    assert decoder.failed == 0 < decoder.checked
    from sympy import Eq

    from symconv.symbols import A, D, W

    rule = symconv.forall(W, Eq(symconv.law("conv_transpose").subs({D: 1, A: 0}), 2 * W))
    settings = symconv.family(rule).verify("torch")
    assert settings.failed == 0 < settings.checked
