"""Colour stands where somebody looks at a terminal, and nowhere else."""

import re
import subprocess
import sys
import textwrap

import pytest

from symconv.report.paint import ROLES, VERDICTS

terminals = pytest.importorskip("terminals", reason="there are no such terminals here")
symconv_in_terminal = terminals.symconv_in_terminal

PAINTED = re.compile(r"\x1b\[([\d;]+)m(.*?)\x1b\[0m")
REFUSED = ("size", "Conv2d(3, 8, 3)", "2")
COMMANDS = {
    "a wrong request": (("size", "Conv(3)", "8"), 2, {"symconv: needed:": "error", "got:": "error"}),
    "a refusal": (REFUSED, 1, {"refused": "no"}),
    "a refusal of a picture": (("draw", "Conv1d(1, 1, 3)", "2"), 1, {"refused": "no"}),
    "a theorem": (("prove", "nested_floor"), 0, {"proved": "yes"}),
    "a theorem in Chinese": (("prove", "nested_floor", "--language", "zh"), 0, {"已证明": "yes"}),
    "a false statement": (("prove", "--claim", "W >= 1"), 1, {"refuted": "no"}),
    "an audit": (("audit", "MaxPool2d(2)"), 0, {"proved": "yes", "refused": "no"}),
    "a family": (("solve", "Conv1d(kernel_size=?, padding=?)", "--same"), 0, {"proved": "yes"}),
    "no time": (("prove", "nested_floor", "--timeout", "1e-9"), 3, {"unknown": "open"}),
    "a page of help": (("size", "--help"), 0, {"usage:": "heading", "examples:": "heading"}),
    "no command": ((), 2, {"usage:": "heading", "commands:": "heading"}),
    "theorems": (("theorems", "--chapter", "1"), 0, {"size_le_of_le": "name"}),
}  # fmt: skip
"""What is asked, its exit status, and which words are painted as what."""


@pytest.mark.parametrize("name", COMMANDS)
def test_words_are_painted_in_a_terminal(name):
    command, status, roles = COMMANDS[name]
    came, shown = symconv_in_terminal(*command)
    assert came == status, shown
    painted = PAINTED.findall(shown)
    for word, role in roles.items():
        assert {codes for codes, text in painted if word in text} == {ROLES[role]}, word


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "TERM=dumb"]
)
@pytest.mark.parametrize("name", ["a wrong request", "a refusal", "a false statement", "theorems"])
def test_who_wants_no_colour_gets_none(name, environment):
    command, status, _ = COMMANDS[name]
    came, shown = symconv_in_terminal(*command, **environment)
    assert came == status
    assert not PAINTED.search(shown)


@pytest.mark.parametrize("form", ["--json", "--latex", "--markdown"])
def test_what_is_made_for_programs_and_papers_is_never_painted(form):
    came, shown = symconv_in_terminal("prove", "nested_floor", form)
    assert came == 0
    assert "\x1b" not in shown
    assert any(word in shown for word in VERDICTS)


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_painted_where_nobody_looks(name):
    command, status, _ = COMMANDS[name]
    done = subprocess.run(
        [sys.executable, "-m", "symconv", *command], capture_output=True, timeout=600
    )
    assert done.returncode == status
    assert b"\x1b" not in done.stdout + done.stderr


def test_colour_costs_no_library():
    code = (
        "import sys; from symconv.cli import main; sys.stdout.isatty = sys.stderr.isatty = "
        f"lambda: True; main({[*REFUSED]!r}); print('loaded', 'rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600)
    assert done.stdout.splitlines()[-1] == "loaded False"


@pytest.mark.parametrize("columns", [60, 100])
def test_theorems_are_wrapped_to_the_width_of_a_terminal(columns):
    _, shown = symconv_in_terminal("theorems", columns=columns, NO_COLOR="1")
    _, plain = symconv_in_terminal("theorems", "--json", NO_COLOR="1")
    assert plain.count("\n") == 1
    lines = shown.splitlines()
    assert max(map(len, lines)) < columns
    assert textwrap.indent("size_le_of_le", "   ") in lines
    after = lines[lines.index("   size_le_of_le") + 1]
    assert after.startswith("      A larger input never has a smaller output")
