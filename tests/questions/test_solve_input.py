"""Bad input to `solve`: refused in three beats, or answered within the time limit, or interrupted."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from interrupting import interrupted
from symconv.cli import main
from symconv.errors import RequestError

UP = "ConvTranspose1d(kernel_size=?, stride=?, padding=?)"
ALL_FREE = "ConvTranspose1d(kernel_size=?, stride=?, padding=?, dilation=?, output_padding=?)"
WIDE = "Conv1d(kernel_size=1..2000000000, stride=1..2000000000, padding=0..2000000000)"
SAME = "Conv1d(kernel_size=1..5, padding=0..3)"


def command(*words):
    return [sys.executable, "-m", "symconv", "solve", *words]


def run(*words):
    """Run the command, and return how it ended: long before its test would give up."""
    done = subprocess.run(command(*words), capture_output=True, text=True, timeout=300)
    assert "Traceback" not in done.stderr
    return done


REFUSED = {
    "infinite and all": ([UP, "--up", "2", "--all"], "finitely many"),
    "infinite and sorted": ([UP, "--up", "2", "--sort", "kernel_size"], "finitely many"),
    "a range from above": (["Conv1d(kernel_size=5..3)", "--same"], "1..11"),
    "a range of floats": (["Conv1d(kernel_size=1.5..3)", "--same"], "got"),
    "an empty set": (["Conv1d(kernel_size={})", "--same"], "got"),
    "a word that is a size": ([UP, "--up", "2", "--where", "extent"], "a comparison"),
    "a size": ([UP, "--up", "2", "--where", "kernel_size - kernel_size"], "a comparison"),
    "a float": ([UP, "--up", "2", "--where", "kernel_size < 2.5"], "whole numbers"),
    "an unknown name": ([UP, "--up", "2", "--where", "kernel == 3"], "kernel_size"),
    "an unknown sort": ([UP, "--up", "2", "--sort", "kernel"], "kernel_size"),
    "no inputs": (["Conv1d(?,?,3)", "--output", "W", "--for", "W < 0"], "holds for some input"),
    "no cells": (["Conv1d(1,1,?)", "--output", "0*W"], "at least one cell"),
    "a formula by zero": (["Conv1d(1,1,?)", "--output", "W//(W - 1)"], "divides by zero"),
    "sizes by zero": (["Conv1d(1,1,?)", "--output", "W", "--for", "W % 0 == 1"], "got"),
    "no goal": ([UP], "none of them"),
    "two sizes for one axis": ([UP, "--input", "7,9", "--output", "14,18"], "axes"),
    "no time": ([UP, "--up", "2", "--timeout", "0"], "seconds"),
    "no limit": ([UP, "--up", "2", "--limit", "0"], "limit"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_request_is_refused_in_three_beats(name, capsys):
    words, told = REFUSED[name]
    assert main(["solve", *words]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.err.startswith("symconv: needed")
    assert not said.out


def found(where, layer=SAME, **goal):
    answer = symconv.solve(layer, where=where, limit=None, **(goal or {"same": True}))
    assert answer.count == len(answer.settings)
    return [(one["kernel_size"], one["padding"]) for one in answer.settings]


ALL = [(1, 0), (3, 1), (5, 2)]
CONSTRAINTS = {
    "1 < 2": ALL,
    "kernel_size == kernel_size": ALL,
    "1 > 2": [],
    "kernel_size < kernel_size": [],
    "kernel_size % padding == 0": [(3, 1)],
    "kernel_size % padding >= 0": [(3, 1), (5, 2)],
    "padding == 0 or kernel_size % padding == 0": [(1, 0), (3, 1)],
    "padding != 0 and kernel_size % padding == 0": [(3, 1)],
    "kernel_size % padding == 0 or padding == 0": [(3, 1)],
    "(kernel_size // padding if padding > 0 else 7) >= 3": [(1, 0), (3, 1)],
    "not (kernel_size % padding == 0)": [(5, 2)],
    "0*(kernel_size % padding) == 0": [(3, 1), (5, 2)],
    "kernel_size // padding == kernel_size // padding": [(3, 1), (5, 2)],
    "6 // (padding - 1) == 6": [(5, 2)],
}


@pytest.mark.parametrize("where", CONSTRAINTS)
def test_a_division_by_zero_is_met_by_no_setting_and_or_is_lazy_as_in_python(where):
    assert found(where) == CONSTRAINTS[where]


def test_what_always_fails_is_itself_the_conflict():
    for where in ("1 > 2", "kernel_size % 2 == 3"):
        answer = symconv.solve(SAME, same=True, where=where)
        assert [*map(str, answer.conflict.sentences)] == [f"you asked for {where}"]
        assert answer.conflict.minimal


def test_ranges_and_constraints_that_contradict_each_other_are_both_named():
    answer = symconv.solve("Conv1d(kernel_size=1..3)", same=True, where="kernel_size > 5")
    assert [*map(str, answer.conflict.sentences)] == [
        "kernel_size is one of 1..3",
        "you asked for kernel_size > 5",
    ]


def test_a_box_of_more_settings_than_memory_is_counted_and_its_first_are_listed():
    text = "MaxUnpool3d(kernel_size=1..2000000000, stride=1..2000000000, padding=0..2000000000)"
    for layer, goal in ((WIDE, {"input": 9, "output": 1}), (text, {"input": 1, "output": 5})):
        answer = symconv.solve(layer, limit=3, timeout=10, **goal)
        assert len(answer.settings) == 3
        assert not answer.exhausted
        assert answer.count is None or answer.count > 10**9


NASTY = [
    (ALL_FREE, ["--input", "7", "--output", "14"], "kernel_size*stride*padding == 997*991"),
    (ALL_FREE, ["--up", "2"], "kernel_size*dilation*padding == 997*991 and padding > kernel_size"),
    (
        ALL_FREE,
        ["--input", "7", "--output", "14"],
        "kernel_size*kernel_size*kernel_size + padding*padding*padding == 1000003*dilation + 33",
    ),
    (WIDE, ["--input", "2000000000", "--output", "1000", "--all"], "kernel_size % 7 == 3"),
]


@pytest.mark.parametrize(("layer", "goal", "where"), NASTY, ids=lambda one: str(one)[:40])
def test_the_time_limit_is_kept(layer, goal, where):
    done = run(layer, *goal, "--where", where, "--timeout", "2", "--json")
    told = json.loads(done.stdout)
    status = {"solved": 0, "infeasible": 1, "unknown": 3}[told["verdict"]]
    assert done.returncode == status
    assert told["reason"] or told["exhausted"] is not (told["verdict"] == "unknown")


ENDLESS = [
    [
        ALL_FREE,
        "--up",
        "2",
        "--where",
        "kernel_size*padding == 997*991 + dilation*output_padding*7 and kernel_size > 999",
    ],
    [ALL_FREE, "--input", "7", "--output", "14", "--where", NASTY[0][2]],
]


@pytest.mark.parametrize("words", ENDLESS, ids=lambda words: " ".join(words[1:])[:40])
def test_an_interruption_ends_the_search_and_what_was_found_is_printed(words):
    status, out, err = interrupted("solve", *words, "--timeout", "600", "--json")
    assert status == 130
    assert "Traceback" not in err
    said = json.loads(out)
    assert said["exhausted"] is False
    assert "interrupted" in said["reason"]


TEXT = (
    "W F kernel_size stride padding dilation extent centred uniform_overlap every_cell_read 0 1 2 "
    "-1 1.5 99999999999999999999 + - * // % / ** ( ) , == != < <= >= = and or not if else min( "
    "max( abs( odd( even( True None ? .. lambda [ ] { } : ; # \\ ' \" é ≤ \n \0"
)
PIECES = st.sampled_from(TEXT.split(" "))
JUNK = st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=20)


@settings(max_examples=150, deadline=None)
@given(JUNK, st.sampled_from(["where", "output", "for_"]))
def test_junk_is_refused_or_answered(junk, place):
    options = {"output": "W", "timeout": 1, "limit": 2} | {place: junk}
    try:
        answer = symconv.solve("Conv1d(kernel_size=1..3, padding=0..1)", **options)
    except RequestError as error:
        assert all((error.needed, error.arrived, error.write))
    else:
        told = answer.to_dict()
        assert told["verdict"] == answer.verdict
        assert (told["verdict"] == "solved") == bool(told["solutions"])
        assert (told["verdict"] == "infeasible") == bool(told["conflict"])
        assert (told["verdict"] == "unknown") == (told["verdict"] not in ("solved", "infeasible"))
        assert told["verdict"] != "unknown" or answer.reason


@settings(max_examples=60, deadline=None)
@given(JUNK, st.sampled_from(["--where", "--output", "--for", "--input", "--sort", "--limit"]))
def test_junk_on_the_command_line_ends_with_a_status(junk, option):
    goal = [] if option == "--output" else ["--output", "W"]
    words = ["solve", SAME, *goal, f"{option}={junk}", "--timeout", "1"]
    assert main(words) in (0, 1, 2, 3)
