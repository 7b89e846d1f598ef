"""Errors show the wrong piece of what was written, at the prompt and in Python."""

import json
import subprocess
import sys

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from readings import underlined
from symconv.cli import main
from symconv.errors import SymconvError
from symconv.symbols import W

DEEP = "Conv2d(3, 8, kernel_size=7) -> "
OPEN = "Conv2d(kernel_size=?)"
RESIDUAL = "ResNet(\n  (conv1): Conv2d(3, 8, kernel_size=(7, 7), stride=(2, 2))\n)"
PRINTED = "Sequential(\n  (0): Conv2d(3, 8, kernel_size=(7, 7))\n  (1): Tanhh()\n)"
BLOCKS = "Sequential(\n  (0-2): 3 x Block(\n    (0): ReLU()\n  )\n)"

CHAINS = {
    "Conv2d(3, 64, kernel_sise=7) -> ReLU()": "kernel_sise",
    "ReLU() -> Konv2d(3, 64, 3)": "Konv2d",
    "ReLU() -> nn.Konv2d(3, 64, 3)": "Konv2d",
    PRINTED: "Tanhh",
    RESIDUAL: "ResNet",
    BLOCKS: "0-2",
    DEEP * 20 + "Conv2d(3, 8, dilatation=2) -> " + DEEP * 20 + "ReLU()": "dilatation",
    "Conv2d(3, 8, kernel_size=7, kernel_size=3)": "kernel_size",
    "Conv2d(3, 8, 3, kernel_size=5)": "kernel_size",
    "Conv2d(3, 8, kernel_size=7.5)": "7.5",
    "Conv2d(3, 8, 7.5)": "7.5",
    "Conv2d(3, 8, kernel_size=(7, 7, 7))": "(7, 7, 7)",
    "Conv2d(3, 8, 3, stride=0)": "0",
    "Conv2d(3, 8, (3, 3), 0)": "0",
    "Conv2d(3, 8, 3, padding=full)": "full",
    "Conv2d(3, 8, 3, padding='full')": "'full'",
    "Conv2d(3, 8, 3, bias=maybe)": "maybe",
    "Conv2d(3, 8, 3, padding_mode='mirror')": "'mirror'",
    "MaxPool2d(2, ceil_mode=2)": "2",
    "BatchNorm2d(8, eps=-1)": "-1",
    "GLU(9**9)": "**",
    "GLU(0)": "0",
    "Upsample(None, 2, 'nearest', True)": "True",
    "Upsample(scale_factor=2, align_corners=True)": "align_corners",
    "FractionalMaxPool2d(2, output_ratio=3)": "3",
    "AdaptiveAvgPool1d(None)": "None",
    "ReLU() -> Conv2d(3, 64) -> ReLU()": "Conv2d(3, 64)",
    "ReLU() -> Conv2d(3, kernel_size=5)": "Conv2d(3, kernel_size=5)",
    "Upsample(2, 2)": "Upsample(2, 2)",
    "Conv2d(3, 8, 3, 1, 0, 1, 1, True, 'zeros', 5, 6)": "5",
    "Conv2d(3, 8, stride=2, 3)": "3",
    "Conv2d(3, 8, 3 -> ReLU()": "->",
    "Conv2d(3, 8, 3": "",
    "Conv2d(3, 8, 3  # the first": "",
    "Conv2d(3, 8, (3, 3)\nReLU()": "ReLU",
    "Conv2d 3": "3",
    "Conv2d(3, 8, 3) ReLU()": "ReLU",
    "Conv2d(3, 8, 3) -> -> -> ReLU()": "->",
    "Conv2d(3, 8, 3) => ReLU()": "=",
    "Conv2d(3, 8, 3) -> (ReLU())": "(",
    "Conv2d(3, 8, 3×3)": "×",
    "Conv2d(3, 8, kernel_size=“7”)": "“",
    "Conv2d(3, 8, 1/0)": "0",
    "Conv2d(3, 8, (kernel=3))": "(kernel=3)",
    "Conv2d(3, 8, 5..3)": "5..3",
    "Conv2d(3, 8, 1..x)": "x",
    "Conv2d(3, 8, {1, x})": "{1, x}",
    "Conv2d(3, 8, {})": "{}",
    "2000 x ReLU()": "2000",
    "2.5 x ReLU()": "2.5",
    "2..1 x ReLU()": "2..1",
    "2 X ReLU()": "X",
    "2 x 3": "",
    "2 x 2..3 x ReLU()": "2..3 x ReLU()",
    "900 x Sequential(ReLU(), ReLU())": "900 x Sequential(ReLU(), ReLU())",
    "ReLU() -> 2..3 x ReLU()": "2..3 x ReLU()",
    "ReLU() -> Conv2d(3, 8, kernel_size=?)": "?",
    "ReLU() -> Conv2d(3, 8, kernel_size=(3, ?))": "(3, ?)",
    "Conv2d(3, 8, 3) -> Conv1d(8, 8, 3)": "Conv1d(8, 8, 3)",
    "Conv2d(3, 8, 3) -> Linear(8, 8)": "Linear(8, 8)",
    "Flatten() -> Conv2d(3, 8, 3)": "Conv2d(3, 8, 3)",
}
"""Chains, and what of each is wrong."""

CONDITIONS = {
    "kernel_sise <= 3 and odd(stride)": "kernel_sise",
    "odd(stride) and P1 >= 2": "P1",
    "kernel_size <= 3 && odd(stride)": "&&",
    "kernel_size <= 3 || odd(stride)": "||",
    "kernel_size^2 <= 3": "^",
    "kernel_size**2 <= 3": "**",
    "!odd(stride)": "!",
    "kernel_size ≤ 3": "≤",
    "kernel_size = 3": "=",
    "1 < stride < (2 == 2)": "(2 == 2)",
    "(1 < stride) < 3": "(1 < stride)",
    "1 < stride <": "",
    "(stride == 2": "",
    "stride == 2) or odd(stride)": ")",
    "kernel_size and stride == 1": "kernel_size",
    "stride == 1 and kernel_size": "kernel_size",
    "stride == 1 or kernel_size + 1 or odd(stride)": "kernel_size + 1",
    "not (not kernel_size)": "kernel_size",
    "stride": "stride",
    "odd(stride) + 1 == 2": "odd(stride)",
    "1 + odd(stride) == 2": "odd(stride)",
    "-odd(stride) == 2": "odd(stride)",
    "min(stride, odd(stride)) == 2": "odd(stride)",
    "min(stride) == 2": "min(stride)",
    "odd(stride, 2)": "odd(stride, 2)",
    "sqrt(stride) == 2": "sqrt",
    "stride / 0 == 1": "0",
    "stride / (1/padding) == 1": "(1/padding)",
    "stride < 2.5": "2.5",
    "stride in 3": "3",
    "stride in 4..2": "4..2",
    "stride in {}": "}",
    "stride in {1, odd(2)}": "odd(2)",
    "stride in range(3, 8, 0)": "range(3, 8, 0)",
    "stride in range(8, 3)": "range(8, 3)",
    "odd(stride) in {1}": "odd(stride)",
    "1 if stride else 2": "stride",
    "odd(stride) if odd(stride) else 2": "odd(stride)",
    "conv(stride, kernel=3) == 1": "kernel",
    "conv(stride, stride=0) == 1": "0",
    "conv(stride, kernel_size=3, F=2) == 1": "F",
    "conv(stride, F=2, F=3) == 1": "F",
    "conv(stride, 3) == 1": "3",
    "conv(odd(stride)) == 1": "odd(stride)",
    "max_pool(stride, ceil_mode=3) == 1": "3",
    "odd(stride) and kernel_size > 99999999999999999999": "kernel_size > 99999999999999999999",
}
"""Conditions, and what of each is wrong."""

SOLVE = ["solve", OPEN]
COMMANDS = [
    *((["size", chain, "9"], piece) for chain, piece in CHAINS.items()),
    *(([*SOLVE, "--same", "--where", one], piece) for one, piece in CONDITIONS.items()),
    (["size", "ReLU()", "9,x"], "x"),
    (["size", "ReLU()", "9x7,a"], "a"),
    (["size", "ReLU()", "9,"], ""),
    (["size", "ReLU()", "9,,7"], ","),
    ([*SOLVE, "--up", "2,1.5"], "1.5"),
    ([*SOLVE, "--input", "2,?", "--output", "7"], "?"),
    ([*SOLVE, "--same", "--for", "odd(X)"], "X"),
    ([*SOLVE, "--same", "--for", "odd(W) and W3 > 2"], "W3"),
    ([*SOLVE, "--same", "--for", "odd(W) and W1 == W2"], "W1 == W2"),
    ([*SOLVE, "--same", "--where", "odd(F)", "--where", "odd(K)"], "K"),
    ([*SOLVE, "--same", "--sort", "stride,kernel"], "kernel"),
    ([*SOLVE, "--output", "2*X"], "X"),
    ([*SOLVE, "--output", "W//2, W/"], ""),
    ([*SOLVE, "--output", "max(W, 2), min(W, y)"], "y"),
    ([*SOLVE, "--output", "W/2"], "W/2"),
    (["solve", "ReLU()", "--output", "1..x"], "1..x"),
    (["solve", "ReLU()", "--output", "{1,  x}"], "x"),
    (["solve", "ReLU()", "--output", "> 3 and  X < 2"], "X"),
    (["solve", "ReLU()", "--output", ">= 3 and"], ""),
    (["solve", "ReLU()", "--output", "O == 3 and odd(Q)"], "Q"),
    (["solve", f"ReLU() | {OPEN} -> RELU", "--agree"], "RELU"),
    (["solve", "ReLU() | ReLU() | Tanh()", "--agree"], "Tanh()"),
    (["solve", f"{OPEN} |", "--agree"], ""),
    (["solve", f"{OPEN} -> ReLU()", "--same", "--where", "odd(F) and A > 1"], "A"),
    (["solve", "Conv2d(3, 8, 3) -> Linear(2, 2)", "--output", "4"], "Linear(2, 2)"),
    (["solve", f"{OPEN} -> Upsample(scale_factor=?)", "--same"], "?"),
    (["solve", f"{OPEN} -> Upsample(scale_factor=0.7)", "--same"], "Upsample(scale_factor=0.7)"),
    (
        ["solve", f"{OPEN} -> ReLU()", "--same", "--where", "odd(F) and receptive_field % 2 == 0"],
        "receptive_field % 2 == 0",
    ),
    (["solve", "ReLU() -> Conv2d(kernel_size=3, groups=?)", "--same"], "?"),
    (["derive", "Conv1d(kernel_sise=3)"], "kernel_sise"),
    (["derive", "conv", "W=6", "K=3"], "K"),
    (["derive", "conv", "W=6", "kernel_size=-3"], "-3"),
    (["derive", "conv", "W=6", "F=x"], "x"),
    (
        ["derive", "conv", "W=6", "input=7"],
        "input",
    ),
    (["derive", "ReLU() -> Conv1d(kernel_size=?)"], "?"),
    (["derive", "Conv2d(kernel_size=(3, 5)) -> ReLU()"], "Conv2d(kernel_size=(3, 5))"),
    (["mirror", "ReLU() -> Linear(8, 8)"], "Linear(8, 8)"),
    (["mirror", "Conv2d(kernel_size=3)", "--for", "W % 8 = 0"], "="),
    (["mirror", "Conv2d(kernel_size=3)", "--for", "even(W) and W3 > 2"], "W3"),
    (["mirror", "Conv2d(kernel_size=3)", "--input", "9,b"], "b"),
    (["mirror", "Conv2d(kernel_size=3) -> MaxUnpool2d(2)"], "MaxUnpool2d(2)"),
    (["audit", "Conv2d(kernel_size=3)", "--input", "1,3,H,W-1"], "W-1"),
    (["audit", "Conv2d(kernel_size=3)", "--input", "1,3,0,W"], "0"),
    (["audit", "Conv2d(kernel_size=3)", "--input", "1,3,if,W"], "if"),
    (["audit", "model.py:Net", "--input", "1,3,W,W!"], "W!"),
    (["audit", "model.py:Net", "--input", "1,0,W,W"], "0"),
    (["audit", "Conv2d(kernel_size=?)"], "?"),
    (["prove", "--claim", "W + 2 >= conv(W, kernel=2)"], "kernel"),
    (["prove", "--claim", "W + 2"], "W + 2"),
    (["prove", "--claim", "W >= 2", "--claim", "S >"], ""),
    (["prove", "--claim", "W >= 2", "--given", "S => 1"], "="),
    (["prove", "--claim", "W >= 2", "W=3", "X=4"], "X"),
    (["prove", "--claim", "W >= 2", "W=1.5"], "1.5"),
    (["prove", "upsampling", "Q=1"], "Q"),
    (["prove", "placements", "W=6", "F=99999"], "99999"),
    (["draw", "Conv1d(kernel_size=3) -> ReLU()", "6"], "ReLU()"),
    (["draw", "ReLU()", "6"], "ReLU()"),
    (["draw", "Conv1d(kernel_size=3)", "6,q"], "q"),
]
"""Commands, and what of their arguments is wrong; nothing, where something is missing at an end."""


@pytest.mark.parametrize(("command", "piece"), COMMANDS, ids=[" ".join(c) for c, _ in COMMANDS])
def test_a_command_underlines_what_is_wrong(command, piece, capsys):
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert not out
    needed, got, line, marks, *write = err.splitlines()
    assert needed.startswith("symconv: needed: ")
    assert got.startswith("         got:    ")
    margin = " " * 11
    assert line.startswith(margin)
    assert marks.startswith(margin)
    assert marks.strip() == "^" * max(1, len(piece))
    assert underlined(line, marks).strip() == piece
    assert "".join(write).strip()
    line = line.removeprefix(margin).strip("…")
    assert any(line in argument for argument in command)


@pytest.mark.parametrize(("command", "piece"), COMMANDS, ids=[" ".join(c) for c, _ in COMMANDS])
def test_json_tells_the_line_the_column_and_the_length(command, piece, capsys):
    assert main([*command, "--json"]) == 2
    place = json.loads(capsys.readouterr().out)["error"]["place"]
    assert set(place) == {"text", "column", "length"}
    first = place["column"] - 1
    assert place["text"][first : first + place["length"]] == piece
    assert place["length"] == len(piece)
    lines = [line for argument in command for line in argument.split("\n")]
    assert place["text"] in lines


IN_PYTHON = [
    (lambda: symconv.size("ReLU() -> Conv2d(3, 8, kernel=3)", 9), "kernel"),
    (lambda: symconv.solve(OPEN, same=True, where="odd(F) and odd(K)"), "K"),
    (lambda: symconv.solve(OPEN, same=True, where=["odd(F)", "F >= 2 &&"]), "&&"),
    (lambda: symconv.solve(OPEN, output=("W//2", "X")), "X"),
    (lambda: symconv.solve(OPEN, input=9, output="W//"), ""),
    (lambda: symconv.solve(["ReLU()", "RELU()"], agree=True), "RELU"),
    (lambda: symconv.prove(given="W >= 1; S >= 1", claim="W >= 1"), ";"),
    (lambda: symconv.prove(claim=["W >= 1", "W = 2"][1]), "="),
    (lambda: symconv.Theorem(given={"a size": "W >= "}, claim="W >= 1"), ""),
    (lambda: symconv.forall(W, "conv(W) = W"), "="),
    (lambda: symconv.forall(W, "conv(W) == W # kernel\nand kernelsize == 2"), "kernelsize"),
    (lambda: symconv.family("P >= 1 and P ≤ 3"), "≤"),
    (lambda: symconv.law("ReLU() -> Conv1d(3, 8)"), "Conv1d(3, 8)"),
    (lambda: symconv.takes("Conv1d(kernel_size=3, strid=2)"), "strid"),
    (lambda: symconv.receptive_field("ReLU() -> Conv1d(kernel_size=?)"), "?"),
    (lambda: symconv.derive("ReLU() -> Konv1d(3, 8)"), "Konv1d"),
    (lambda: symconv.mirror("Conv1d(kernel_size=3)", for_="W >> 2"), ">"),
    (lambda: symconv.audit("Conv1d(kernel_size=3)", "1,3,W W"), "W W"),
    (lambda: symconv.draw("ReLU()", 3), "ReLU()"),
]


@pytest.mark.parametrize(("ask", "piece"), IN_PYTHON, ids=range(len(IN_PYTHON)))
def test_an_exception_shows_the_place_below_its_beats(ask, piece):
    with pytest.raises(SymconvError) as caught:
        ask()
    error = caught.value
    assert error.place.piece == piece
    beats, line, marks = str(error).split("\n")
    assert beats == f"needed {error.needed}; got {error.arrived}. {error.write}"
    assert underlined(line, marks).strip() == piece


@pytest.mark.parametrize(
    "ask",
    [
        lambda: symconv.Conv2d(3, 8, kernel=3),
        lambda: symconv.size([symconv.Conv2d(kernel_size="?")], 9),
        lambda: symconv.solve(OPEN),
        lambda: symconv.solve(OPEN, same=True, where=sympy.Eq(sympy.Symbol("K", integer=True), 2)),
        lambda: symconv.size("", 9),
        lambda: symconv.prove("upsamplin"),
    ],
    ids=range(6),
)
def test_what_stands_in_no_text_has_no_place(ask):
    with pytest.raises(SymconvError) as caught:
        ask()
    assert caught.value.place is None
    assert "\n" not in str(caught.value)


def test_a_layer_knows_its_place_until_it_is_changed_or_copied():
    first, second, third = symconv.size("ReLU() -> 2 x Conv1d(kernel_size=3)", 9).layers
    assert second is third
    assert first.place().piece == "ReLU()"
    assert third.place().piece == "Conv1d(kernel_size=3)"
    assert third.place("kernel_size").piece == "3"
    assert third.changed(stride=2).place() is None
    assert symconv.Conv1d(kernel_size=3).place() is None
    assert third == symconv.Conv1d(kernel_size=3)


def test_a_terminal_without_the_letters_is_shown_escapes():
    done = subprocess.run(
        [sys.executable, "-m", "symconv", "size", "卷(3) -> Conv2d(3)", "9"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONPATH": ":".join(sys.path)},
        encoding="ascii",
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[2:4] == [
        "           \\u5377(3) -> Conv2d(3)",
        "           ^^^^^^",
    ]


slips = st.tuples(st.floats(0, 1), st.integers(0, 2), st.sampled_from("()=,.?x3W&^ ≤\n"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([chain for chain in CHAINS if len(chain) < 200]), slips)
def test_a_slip_at_the_prompt_never_ends_in_a_traceback(chain, slip):
    where, left_out, instead = slip
    at = int(where * len(chain))
    text = chain[:at] + instead + chain[at + left_out :]
    assert main(["size", text, "9", "--json"]) in (0, 1, 2)
