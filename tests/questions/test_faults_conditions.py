"""Conditions on chains: on what is written too, each by itself, and every word that there is."""

import itertools

import pytest

from every_chain import expanded, listed, outputs
from symconv import size, solve
from symconv.cli import main
from symconv.errors import RequestError
from symconv.operators.letters import W

WINDOWS = "2 x Conv1d(kernel_size=1..5, stride=1..3, padding=0..1)"
WRITTEN = [
    ("Conv1d(kernel_size=3, stride=1) -> Conv1d(kernel_size=1..5, stride=1..2)", "even(stride)"),
    ("2 x Conv1d(kernel_size=1..5, stride=2)", "even(stride)"),
    ("Conv1d(kernel_size=3, stride=2) -> Conv1d(kernel_size=1..5, stride=1..2)", "odd(stride)"),
    ("Conv1d(kernel_size=3) -> Conv1d(kernel_size=1..5)", "kernel_size == 3"),
    ("Conv1d(kernel_size=4) -> Conv1d(kernel_size=1..5)", "kernel_size in {1, 3, 5}"),
    ("Conv1d(kernel_size=2, stride=2) -> MaxPool1d(1..3)", "kernel_size % stride == 0"),
    ("Conv1d(kernel_size=3, padding=1) -> Conv1d(kernel_size=1..5, padding=0..2)",
     "padding == (kernel_size - 1)/2"),
    (WINDOWS, "kernel_size >= 2 and stride <= 2"),
    (WINDOWS, "kernel_size != stride"),
    (WINDOWS, "not (kernel_size >= 4 or padding == 1)"),
]  # fmt: skip
MEANT = {
    "even(stride)": lambda k, s, p: s % 2 == 0,
    "odd(stride)": lambda k, s, p: s % 2 == 1,
    "kernel_size == 3": lambda k, s, p: k == 3,
    "kernel_size in {1, 3, 5}": lambda k, s, p: k in {1, 3, 5},
    "kernel_size % stride == 0": lambda k, s, p: k % s == 0,
    "padding == (kernel_size - 1)/2": lambda k, s, p: 2 * p == k - 1,
    "kernel_size >= 2 and stride <= 2": lambda k, s, p: k >= 2 and s <= 2,
    "kernel_size != stride": lambda k, s, p: k != s,
    "not (kernel_size >= 4 or padding == 1)": lambda k, s, p: not (k >= 4 or p == 1),
}


def numbers(layer):
    return layer.kernel_size, layer.stride, layer.padding


@pytest.mark.parametrize(("line", "where"), WRITTEN, ids=str)
@pytest.mark.parametrize("output", [2, 3, 5])
def test_a_condition_holds_of_what_is_written_as_of_what_is_found(line, where, output):
    every = {
        repr(chain)
        for chain in map(tuple, expanded(line))
        if outputs(chain, 13) == (output,) and all(MEANT[where](*numbers(one)) for one in chain)
    }
    answer = solve(line, input=13, output=output, where=where, limit=None)
    assert {*map(repr, listed(answer))} == every
    assert len(answer) == len(every)
    assert answer.verdict == ("solved" if every else "infeasible")


def read(layer, given):
    """Which cells of an input windows read."""
    out = size(layer, given).output
    taps = {o * layer.stride + t * layer.dilation - layer.padding
            for o, t in itertools.product(range(out), range(layer.kernel_size))}  # fmt: skip
    return taps & set(range(given))


def test_every_word_for_windows_works_in_chains():
    """Each layer by itself: no cell of what arrives is unread; outputs as resizing puts them."""
    line = "2 x Conv1d(kernel_size=1..4, stride=1..3, padding=0..1)"
    every = [c for c in map(tuple, expanded(line)) if outputs(c, 12) == (3,)]
    whole, centred = set(), set()
    for chain in every:
        given = (12, *size(chain, 12).to_dict()["sizes"][1:-1])
        seen = [read(layer, w) for layer, w in zip(chain, given, strict=True)]
        if all(len(cells) == w for cells, w in zip(seen, given, strict=True)):
            whole.add(repr(chain))
        middles = [(layer.kernel_size - 1) / 2 - layer.padding for layer in chain]
        if all(2 * m == one.stride - 1 for m, one in zip(middles, chain, strict=True)):
            centred.add(repr(chain))  # the middle of window 0 is that of the first stride of cells
    for where, wanted in {"every_cell_read": whole, "centred": centred}.items():
        answer = solve(line, input=12, output=3, where=where, limit=None)
        assert {repr(answer.layers(n)) for n in range(len(answer))} == wanted != set()


def test_uniform_overlap_works_in_chains():
    line = "5 x ConvTranspose2d(kernel_size=2..5, stride=2, padding=0..2)"
    answer = solve(line, input=4, output=128, where="uniform_overlap", limit=None)
    kernels = {layer.kernel_size for n in range(len(answer)) for layer in answer.layers(n)}
    assert kernels == {2, 4}
    every = solve(line, input=4, output=128, limit=None)
    alike = [
        repr(every.layers(n))
        for n in range(len(every))
        if all(layer.kernel_size % 2 == 0 for layer in every.layers(n))
    ]
    assert {*alike} == {repr(answer.layers(n)) for n in range(len(answer))}


CONFLICTS = [
    ("2 x Conv1d(kernel_size=1..9)", 9, 6,
     ["kernel_size >= 5", "odd(kernel_size)", "kernel_size <= 90"]),
    ("2 x Conv1d(kernel_size=1..9)", 9, 6, ["kernel_size >= 5", "kernel_size >= 4"]),
    ("2 x Conv1d(kernel_size=1..9)", 9, 6, ["odd(kernel_size)", "kernel_size <= 90"]),
    ("2 x Conv1d(kernel_size=1..5, stride=1..2)", 9, 5, ["even(stride)", "kernel_size >= 2"]),
    ("2 x MaxPool1d(1..5)", 12, 5, ["kernel_size <= 3", "kernel_size >= 2", "even(kernel_size)"]),
]  # fmt: skip


@pytest.mark.parametrize("line", CONFLICTS, ids=str)
@pytest.mark.parametrize("joined", [True, False])
def test_conditions_are_reasons_of_their_own_and_the_reasons_are_a_conflict(line, joined):
    """Several were left out at once, and one of them came back: the rest did hold together."""
    layers, given, wanted, where = line
    asked = " and ".join(where) if joined else where
    answer = solve(layers, input=given, output=wanted, where=asked)
    assert answer.verdict == "infeasible"
    said = answer.to_dict()["conflict"]
    kept = [one for one in where if f"you asked for {one}" in said]
    assert not any(" and " in one for one in said if one.startswith("you asked"))
    assert solve(layers, input=given, output=wanted, where=kept).verdict == "infeasible"


def test_conditions_on_one_layer_that_are_joined_are_split():
    where = "kernel_size >= 5 and odd(stride) and kernel_size <= 7"
    answer = solve("Conv2d(kernel_size=?)", input=9, output=6, where=where)
    said = answer.to_dict()["conflict"]
    assert "you asked for kernel_size >= 5" in said
    assert not any("odd(stride)" in one or " and " in one for one in said)


POOLS = [
    ("MaxPool2d((2, ?))", (8, 20), (4, 5), [2, 4]),
    ("MaxPool2d((?, 2))", (8, 20), (4, 10), [2, 2]),
    ("AvgPool3d((2, ?, ?))", (8, 20, 9), (4, 5, 3), [2, 4, 3]),
    ("LPPool2d(2, (2, ?))", (8, 20), (4, 5), [2, 4]),
    ("MaxUnpool2d((2, ?))", (8, 20), (16, 60), [2, 3]),
    ("MaxPool2d((2, 2..5))", (8, 20), (4, 5), [2, 4]),
    ("MaxPool2d((2, ?)) -> ReLU()", (8, 20), (4, 5), [2, 4]),
]


@pytest.mark.parametrize(("line", "given", "wanted", "kernel"), POOLS, ids=str)
def test_the_stride_of_a_pool_follows_a_kernel_that_is_found_by_axis(line, given, wanted, kernel):
    answer = solve(line, input=given, output=wanted, limit=None)
    (setting,) = answer.to_dict()["solutions"]
    kernel = kernel if len({*kernel}) > 1 else kernel[0]
    assert (setting["kernel_size"], setting["stride"]) == (kernel, kernel)


@pytest.mark.parametrize("output", ["6", "9", "4"])
def test_an_output_of_a_settled_chain_is_told_with_what_comes_out(output, capsys):
    line = "ZeroPad2d(1) -> Conv2d(kernel_size=2)"
    status = main(["solve", line, "--input", "5", "--output", output])
    said = capsys.readouterr().out
    assert status == (0 if output == "6" else 1)
    assert said.startswith("5 gives 6")
    if status:
        assert f"{output} comes from {int(output) - 1}" in said


LACKING = [
    ("CircularPad2d(?)", {"input": 9, "output": 11}, "CircularPad2d"),
    ("MaxPool2d(1..3)", {"input": 9, "output": 4}, "MaxPool2d"),
    ("2 x MaxPool2d(1..3)", {"input": 9, "output": 2}, "MaxPool2d"),
    ("ReLU() -> Conv2d(kernel_size=1..3)", {"input": 9, "output": 7}, "ReLU"),
    ("MaxPool2d(3)", {"output": 4}, "MaxPool2d"),
]


@pytest.mark.parametrize(("line", "asked", "lacks"), LACKING, ids=str)
def test_a_class_that_torch_does_not_have_is_no_witness_for_or_against(
    line, asked, lacks, monkeypatch
):
    torch = pytest.importorskip("torch")
    monkeypatch.delattr(torch.nn, lacks)
    verified = solve(line, **asked, verify=True).verified
    assert (verified.checked, verified.failed) == (0, 0)
    assert lacks in verified.told()
    assert "agreed" not in verified.told()


DIVIDED = [
    ("Conv1d(kernel_size=?, stride=2, padding=?)", 2, "W >= 8", lambda w: w >= 8),
    ("2 x Conv1d(kernel_size=1..4, stride=1..2, padding=0..1)", 4, "odd(W) or W >= 8",
     lambda w: w % 2 or w >= 8),
]  # fmt: skip


@pytest.mark.parametrize(("line", "n", "sizes", "holds"), DIVIDED)
def test_of_sizes_that_are_divided_only_the_multiples_are_told(line, n, sizes, holds):
    """It said `W//2 cells for W >= 8`, which a setting did not do to 9."""
    answer = solve(line, down=n, for_=sizes, limit=9)
    assert f"{sizes}, multiples of {n}" in repr(answer).splitlines()[0]
    assert len(answer) == 9
    for layers in listed(answer):
        for given in (w for w in range(n, 60) if holds(w) and w % n == 0):
            assert size(layers, given).output == given // n


def test_a_condition_that_is_no_text_names_the_inputs_as_well():
    """Sizes that are named must all pass, whoever writes them down."""
    with pytest.raises(RequestError, match=r"at least one cell.*W = 1"):
        solve("Conv1d(kernel_size=?)", output="W - 3", for_=W >= 1)
    assert "for W >= 5" in repr(solve("Conv1d(kernel_size=?)", output="W - 3", for_=W >= 5))
