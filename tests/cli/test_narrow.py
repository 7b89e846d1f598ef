"""Narrow terminals: no cell of a table is cut, and a caret stands below what it points at."""

import re

import pytest

from readings import underlined
from symconv.cli import MARGIN

terminals = pytest.importorskip("terminals", reason="there are no such terminals here")
symconv_in_terminal = terminals.symconv_in_terminal

SETTINGS = ("solve", "Conv2d(kernel_size=?, stride=?, padding=?)", "--down", "2", "--limit", "2")
CHAINS = ("solve", "1..2 x Conv1d(kernel_size={3, 5}) -> MaxPool1d(?)", "--input", "32",
          "--output", "7")  # fmt: skip
HEADS = {
    SETTINGS: "kernel_size  stride  padding  dilation  unread",
    CHAINS: "ordinary  sees   unread  sizes                layers",
}
ROWS = {
    SETTINGS: ["          3       2        1         1    none"],
    CHAINS: [
        "       3     8     none  32 -> 30 -> 28 -> 7  2 x Conv1d(kernel_size=3) -> MaxPool1d(kernel_size=4)",
        "       7     8     none  32 -> 28 -> 7        Conv1d(kernel_size=5) -> MaxPool1d(kernel_size=4)",
    ],
}
WRAPPED = """\
       3     8     none  32 -> 30 -> 28 -> 7  2 x Conv1d(kernel_size=3) ->
                                              MaxPool1d(kernel_size=4)
       7     8     none  32 -> 28 -> 7        Conv1d(kernel_size=5) ->
                                              MaxPool1d(kernel_size=4)
"""


def table(question, columns):
    """What a terminal shows of a question, without the signs that move its cursor."""
    _, shown = symconv_in_terminal(*question, columns=columns)
    return re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", shown)


@pytest.mark.parametrize("columns", [20, 40, 60, 200])
@pytest.mark.parametrize("question", [SETTINGS, CHAINS], ids=["settings", "chains"])
def test_a_table_overflows_whole_where_it_has_no_room(question, columns):
    shown = table(question, columns).splitlines()
    for line in (HEADS[question], *ROWS[question]):
        assert line in shown


def test_chains_are_wrapped_at_their_layers_where_these_have_room():
    shown = table(CHAINS, 80)
    assert f"{HEADS[CHAINS]}\n{WRAPPED}" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if line.startswith(" "))


LONG = "Conv2d(3, 8, kernel_size=7) -> " * 8 + "Konv(3) -> " + "MaxPool2d(2) -> " * 8 + "ReLU()"


@pytest.mark.parametrize("columns", [20, 24, 40, 80, 200])
@pytest.mark.parametrize("chain", [LONG, "Konv(3)", "ReLU() -> Konv(3)"])
def test_a_caret_stands_below_its_place_on_every_terminal(chain, columns):
    status, shown = symconv_in_terminal("size", chain, "8", columns=columns, NO_COLOR="1")
    assert status == 2
    lines = shown.splitlines()
    (below,) = (place for place, line in enumerate(lines) if line.strip() and not line.strip(" ^"))
    line, marks = lines[below - 1 : below + 1]
    assert line.startswith(MARGIN)
    assert max(len(line), len(marks)) <= columns
    piece = underlined(line, marks)
    assert "Konv".startswith(piece)
    assert len(piece) >= 3
