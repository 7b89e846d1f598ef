"""No command dies, hangs, or leaves with the wrong exit status, whatever it is asked, and when."""

import importlib
import json
import sys

import pytest

import symconv
from symconv.cli import main
from symconv.errors import UndecidedError
from symconv.proving.clock import Clock

OVER = ["--timeout", "1e-9"]
"""A clock that is over when the work begins."""
LONG = "9" * 390


def asked(capsys, *command):
    """Run a command: its exit status, its one JSON object or its text, and its messages."""
    status = main([*command])
    printed, said = capsys.readouterr()
    assert "Traceback" not in printed + said
    return status, json.loads(printed) if "--json" in command else printed, said


POOLS = [
    ("MaxPool1d(kernel_size=4..5, ceil_mode=?, padding=2..3, stride=2)", "--same"),
    ("AvgPool1d(kernel_size=4..5, ceil_mode=?, padding=2..3, stride=2)", "--same"),
    ("LPPool1d(2, kernel_size=4..5, ceil_mode=?, stride=2)", "--same"),
    ("MaxPool2d(kernel_size=(4, 5), ceil_mode=?, padding=2, stride=2)", "--same"),
    ("MaxPool3d(kernel_size=4..5, ceil_mode=?, padding=2..3, stride=2)", "--up=2"),
    ("MaxPool1d(kernel_size=4..5, ceil_mode=?, padding=2..3, stride=2) -> ReLU()", "--same"),
]


@pytest.mark.parametrize(("layer", "goal"), POOLS, ids=str)
def test_a_pool_of_either_ceil_mode_is_answered_however_little_time_there_is(layer, goal, capsys):
    """With time there is none; without, that is unknown; with little it is one or the other."""
    command = ["solve", layer, goal, "--json", "--timeout"]
    status, whole, _ = asked(capsys, *command, "600")
    assert (status, whole["verdict"], whole["exhausted"]) == (1, "infeasible", True)
    assert whole["conflict"]
    for limit in ("1e-9", "0.1"):
        status, answer, _ = asked(capsys, *command, limit)
        if limit == "0.1" and status == 1:  # then the conflict was found, with or without ways out
            assert answer["verdict"] == "infeasible"
            assert answer["conflict"]
            assert not answer["minimal"] or answer["conflict"] == whole["conflict"]
            continue
        assert (status, answer["verdict"]) == (3, "unknown")
        assert answer["reason"]
        assert (answer.get("count"), answer.get("exhausted", False)) == (None, False)


def endless(module):
    """Load a module, and go on and on."""
    importlib.import_module(module)
    while True:
        sum(range(1000))


def test_what_a_deadline_meets_while_it_is_loaded_is_loaded_whole(tmp_path, monkeypatch):
    """A module that is left half loaded stays so: SymPy had no `core` for the rest of the process."""
    parts = {
        "half_loaded/__init__.py": "from half_loaded import slow",
        "half_loaded/slow.py": "import time\nfor _ in range(8):\n    time.sleep(0.1)\nwhole = True",
    }
    (tmp_path / "half_loaded").mkdir()
    for name, code in parts.items():
        (tmp_path / name).write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UndecidedError), Clock(1e-9).running():
        endless("half_loaded")
    assert sys.modules["half_loaded"].slow.whole


def test_a_deadline_comes_even_while_the_prover_is_being_loaded(monkeypatch):
    class HalfLoaded:
        """A module of which nothing is there yet."""

    monkeypatch.setitem(sys.modules, "symconv.proving.z3question", HalfLoaded())
    with pytest.raises(UndecidedError), Clock(1e-9).running():
        endless("json")


FACTORS = ["Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d"]


@pytest.mark.parametrize("name", FACTORS)
@pytest.mark.parametrize(("size", "output"), [(9, 8), (9, 13), (7, 3), (16, 15), (9, 9)])
def test_an_unknown_scale_factor_does_it_and_which_are_searched_is_said(name, size, output):
    answer = symconv.solve(f"{name}(scale_factor=?)", input=size, output=output, limit=None)
    assert answer.settings[0:]
    for setting in answer.to_dict()["solutions"]:
        layer = getattr(symconv, name)(scale_factor=setting["scale_factor"])
        assert symconv.size(layer, size).output == output
    assert any("factors that are searched" in line for line in repr(answer).splitlines())
    assert answer.to_dict()["searched"]


def test_every_fraction_over_a_power_of_two_that_does_it_is_found():
    answer = symconv.solve("Upsample(scale_factor=?)", input=9, output=8, limit=None)
    every = {a / b for b in (1, 2, 4, 8, 16, 32, 64) for a in range(1, 100) if a * 9 // b == 8}
    assert {one["scale_factor"] for one in answer.to_dict()["solutions"]} == every
    assert 15 / 16 in every


CHAINS_OF_FACTORS = [
    ("Upsample(scale_factor=1..4) -> Conv2d(kernel_size=3)", 9, 16),
    ("UpsamplingNearest2d(scale_factor=1..4) -> Conv2d(kernel_size=3)", 9, 16),
    ("Conv2d(kernel_size=3) -> UpsamplingBilinear2d(scale_factor=1..4)", 9, 14),
    ("Conv2d(kernel_size=1..3) -> Upsample(scale_factor={1, 2, 3})", 9, 14),
    ("2 x Upsample(scale_factor=1..4)", 3, 24),
    ("Upsample(scale_factor=1..4) -> MaxPool1d(1..3)", 9, 6),
]


@pytest.mark.parametrize(("line", "size", "output"), CHAINS_OF_FACTORS, ids=str)
def test_scale_factors_in_chains_are_found(line, size, output):
    answer = symconv.solve(line, input=size, output=output, limit=None)
    assert answer.verdict == "solved"
    assert all(symconv.size(answer.layers(n), size).output == output for n in range(len(answer)))


@pytest.mark.parametrize("kernel", ["3", "1..3"])
def test_a_range_that_is_asked_for_is_one_that_can_be_written(kernel, capsys):
    line = f"Upsample(scale_factor=?) -> Conv2d(kernel_size={kernel})"
    status, _, said = asked(capsys, "solve", line, "--input", "9", "--output", "16")
    assert status == 2
    assert "numerator" not in said
    assert "scale_factor=1..11" in said
    written = line.replace("scale_factor=?", "scale_factor=1..11")
    assert asked(capsys, "solve", written, "--input", "9", "--output", "16")[0] == 0


UNKNOWNS = [
    "ReLU() -> Conv1d(kernel_size=?)",
    "ReLU() -> Conv1d(kernel_size=1..3)",
    "Conv1d(kernel_size=3) -> MaxPool1d(3, stride=?)",
    "Conv1d(kernel_size=3) -> Upsample(scale_factor=?)",
    "Conv1d(kernel_size=?) -> ReLU()",
    "ReLU() -> ZeroPad1d((?, 0))",
    "2..3 x Conv1d(kernel_size=3)",
    "ReLU() -> 2 x Conv1d(kernel_size={1, 3})",
]


@pytest.mark.parametrize("line", UNKNOWNS)
def test_a_chain_with_unknowns_has_no_derivation_and_is_refused(line, capsys):
    status, _, said = asked(capsys, "derive", line)
    assert status == 2
    needed, got, *place, write = said.splitlines()
    assert (needed[:17], got[:13].strip()) == ("symconv: needed: ", "got:")
    assert len(place) in (0, 2)  # the line that it is about, and what is wrong underlined
    assert write.strip()


OPEN = "Conv1d(kernel_size=?,stride=?,padding=?)"
COUNTED = [
    [OPEN, "--output", "(7)"],
    [OPEN, "--output", "7", "--for", "W >= 1"],
    [OPEN.replace("Conv1d", "Conv2d"), "--output", "(7)"],
    [OPEN, "--output", "W//2"],
    [OPEN, "--input", "99", "--output", "7"],
    ["4 x Conv1d(kernel_size=1..9)", "--input", "99", "--output", "90"],
    ["1..4 x Conv1d(kernel_size=1..9) -> 1..4 x Conv1d(kernel_size=1..9)", "--same"],
]


@pytest.mark.parametrize("request_", COUNTED, ids=str)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=str)
def test_what_is_not_counted_in_time_is_unknown_and_not_no(request_, form, capsys):
    status, answer, _ = asked(capsys, "solve", *request_, "--count", *OVER, *form)
    assert status == 3
    if form:
        assert (answer.get("count"), answer.get("exhausted", False)) == (None, False)


def product(factors):
    """A number of very many digits, as it may be written."""
    return "*".join([LONG] * factors)


GROWING = "500 x ConvTranspose1d(1, 1, kernel_size=3, stride=2147483647)"
LONG_NUMBERS = {
    "a bound": (3, ["prove", "--claim", f"x < {product(12)}"]),
    "an equality": (1, ["prove", "--claim", f"x == {product(12)}"]),
    "a hypothesis": (0, ["prove", "--given", f"x > {product(12)}", "--claim", "x > 0"]),
    "the sizes of a mirror": (2, ["mirror", "Conv1d(1, 1, 3)", "--for", f"W >= {product(12)}"]),
    "the sizes of a settled chain": (
        0, ["solve", "Conv1d(kernel_size=3)", "--output", "7", "--for", f"W < {product(12)}"]),
    "a bound of 400 factors": (
        2, ["solve", "Conv1d(kernel_size=?)", "--same", "--where", f"stride < {product(400)}"]),
    "a derivation": (3, ["derive", GROWING]),
    "an audit": (0, ["audit", GROWING]),
    "sizes": (1, ["size", GROWING, "3"]),
}  # fmt: skip
"""What is asked, and with which status it is answered where there is time."""
SLOWLY = {
    "a bound of ten factors": (1, ["prove", "--claim", f"x < {product(10)}"]),
    "a mirror": (0, ["mirror", GROWING, "--for", "W == 3"]),
}
"""The same, which takes a minute: out of time where there is little."""


@pytest.mark.parametrize("name", LONG_NUMBERS)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=str)
def test_numbers_too_long_to_be_written_are_told(name, form, capsys):
    status, command = LONG_NUMBERS[name]
    answered, printed, said = asked(capsys, *command, *form, "--timeout", "600")
    assert answered == status
    told = json.dumps(printed) if form else printed + said
    assert status != 3 or "numbers of more than 4,000 digits" in told


@pytest.mark.parametrize("name", SLOWLY)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=str)
def test_long_numbers_for_which_there_is_no_time_are_unknown(name, form, capsys):
    status, command = SLOWLY[name]
    assert asked(capsys, *command, *form, "--timeout", "1")[0] in (3, status)
    answered, printed, said = asked(capsys, *command, *form, *OVER)
    assert answered == 3
    told = json.dumps(printed) if form else printed + said
    assert "unknown" in told
    assert "the time limit was reached" in told
