"""The receptive field: against real torch layers, one input cell changed at a time."""

import json
import random
from fractions import Fraction
from itertools import product

import pytest

import symconv
from symconv.chains.receptive import receptive_field
from symconv.cli import main
from symconv.errors import RequestError
from symconv.layers import LAYERS
from symconv.meanings.integers import INTEGERS
from symconv.operators.letters import D, F, P, S
from symconv.operators.windows import Scattered, o
from symconv.terms import interpret, substitute

CHAINS = 300
LENGTH = 96
"""Input cells: so many that an output cell in the middle reads nothing of a border."""


def random_layer(rng):
    kind = rng.choice(["conv", "conv", "transposed", "max", "average", "lp", "pad", "relu"])
    kernel, stride = rng.randint(1, 4), rng.randint(1, 3)
    if kind == "conv":
        return LAYERS["Conv1d"](1, 1, kernel, stride, rng.randint(0, 2), rng.randint(1, 2))
    if kind == "transposed":
        dilation = rng.randint(1, 3)
        return LAYERS["ConvTranspose1d"](
            1, 1, kernel, stride, rng.randint(0, 1), rng.randint(0, max(stride, dilation) - 1),
            dilation=dilation,
        )  # fmt: skip
    if kind == "max":
        return LAYERS["MaxPool1d"](kernel, stride, rng.randint(0, kernel // 2), rng.randint(1, 2))
    if kind == "average":
        return LAYERS["AvgPool1d"](kernel, stride, rng.randint(0, kernel // 2))
    if kind == "lp":
        return LAYERS["LPPool1d"](2, kernel, stride)
    if kind == "pad":
        return LAYERS["ConstantPad1d"]((rng.randint(-2, 3), rng.randint(-2, 3)), 0.5)
    return LAYERS["ReLU"]()


def module_of(torch, layers):
    """The layers as one torch module whose weights are all positive: no change cancels another."""
    from symconv.witness import build

    module = torch.nn.Sequential(*map(build, layers)).double()
    for weights in module.parameters():
        torch.nn.init.uniform_(weights, 0.5, 1.0)
    return module


def read_by_torch(torch, module, length):
    """For each output cell the input cells that change it."""
    with torch.no_grad():
        ones = torch.ones(1, 1, length, dtype=torch.float64)
        before = module(ones)
        poked = ones.repeat(length, 1, 1)
        poked[range(length), 0, range(length)] = 1000.0
        changed = (module(poked) - before)[:, 0].abs() > 1e-9
    return [set(column.nonzero().flatten().tolist()) for column in changed.T]


@pytest.mark.parametrize("seed", range(10))
def test_the_field_is_what_poking_torch_finds(seed):
    torch = pytest.importorskip("torch")
    rng, compared, phased = random.Random(seed), 0, 0
    while compared < CHAINS // 10:
        layers = [random_layer(rng) for _ in range(rng.randint(1, 4))]
        said = receptive_field(layers)
        (field,) = said.axes
        if field.field > LENGTH // 4 or symconv.size(layers, LENGTH).refused:
            continue
        module = module_of(torch, layers)
        read = read_by_torch(torch, module, LENGTH)
        phases = len(field.cells)
        if len(read) < 4 * phases + 12:
            continue
        compared += 1
        phased += len(set(field.cells)) > 1
        middle = len(read) // 2
        for output in range(middle - phases, middle + phases):
            cells, expected = read[output], field.cells[output % phases]
            assert (max(cells) - min(cells) + 1 if cells else 0) == expected, layers
            if cells:  # a phase later, the same cells a whole number of jumps later
                later = read[output + phases]
                shift = phases * field.jump
                assert later == {cell + shift for cell in cells}, layers
                if field.start is not None and output % phases == 0:
                    assert min(cells) == field.start + output * field.jump, layers
    assert phased


KNOWN = {
    "Conv1d(kernel_size=3)": (3, 1, 0, 1),
    "Conv1d(kernel_size=3, padding=1)": (3, 1, -1, 0),
    "Conv1d(kernel_size=3, dilation=4)": (9, 1, 0, 4),
    "2 x Conv1d(kernel_size=3)": (5, 1, 0, 2),
    "Conv1d(kernel_size=7, stride=2, padding=3) -> MaxPool1d(3, 2, 1)": (11, 4, -5, 0),
    "MaxPool1d(2) -> MaxPool1d(2)": (4, 4, 0, Fraction(3, 2)),
    "ReLU() -> BatchNorm1d(3)": (1, 1, 0, 0),
    "ZeroPad1d((2, 0)) -> Conv1d(kernel_size=3)": (3, 1, -2, -1),
    "ConvTranspose1d(kernel_size=2, stride=2)": (1, Fraction(1, 2), 0, 0),
}


@pytest.mark.parametrize("text", KNOWN)
def test_known_fields(text):
    (field,) = receptive_field(text).axes
    assert (field.field, field.jump, field.start, field.center) == KNOWN[text]


def test_a_field_that_differs_by_phase_is_told_with_all_of_them():
    (field,) = receptive_field("ConvTranspose1d(kernel_size=3, stride=2, padding=1)").axes
    assert field.cells == (1, 2)
    assert field.to_dict() == {
        "field": 2, "jump": "1/2", "start": 0, "center": 0, "fields": [1, 2],
    }  # fmt: skip


def test_a_cell_that_nothing_paints_reads_nothing():
    (field,) = receptive_field("ConvTranspose1d(kernel_size=1, stride=3)").axes
    assert field.cells == (1, 0, 0)
    (field,) = receptive_field("ConvTranspose1d(kernel_size=1, stride=2, dilation=1) -> ZeroPad1d((1, 0))").axes  # fmt: skip
    assert field.cells == (0, 1)
    assert field.start is field.center is None


@pytest.mark.parametrize(
    ("text", "named"),
    {
        "Conv2d(kernel_size=3) -> InstanceNorm2d(8)": "layer 2, InstanceNorm2d, reads everything",
        "GroupNorm(1, 4)": "layer 1, GroupNorm, reads everything",
        "LayerNorm((4, 8))": "layer 1, LayerNorm, reads everything",
        "AdaptiveAvgPool1d(1)": "layer 1, AdaptiveAvgPool1d, reads a segment",
        "Upsample(scale_factor=2, mode=linear)": "layer 1, Upsample, reads cells that depend on",
        "MaxUnpool1d(2)": "layer 1, MaxUnpool1d, reads whichever cell has its index",
        "GLU()": "layer 1, GLU, reads a cell of each half",
    }.items(),
)
def test_what_reads_more_than_windows_is_named(text, named):
    said = receptive_field(text)
    assert said.axes == ()
    assert said.field is said.jump is said.start is None
    assert said.unbounded[0].startswith(named)
    assert said.to_dict()["unbounded"] == list(said.unbounded)


def test_axes_that_differ_are_told_one_by_one():
    said = receptive_field("Conv2d(kernel_size=(3, 5), stride=(1, 2))")
    assert said.field == (3, 5)
    assert said.to_dict()["jump"] == [1, 2]
    assert repr(said).splitlines()[1] == "axis 2: field 5, jump 2, start 0, center 2"


@pytest.mark.parametrize("text", ["Conv1d(kernel_size=?)", "Unfold(3)", "Conv1d(3, 8, 3) -> Conv2d(8, 8, 3)"])  # fmt: skip
def test_other_layers_are_refused(text):
    with pytest.raises(RequestError):
        receptive_field(text)


def test_long_chains_and_large_kernels_are_followed_by_their_ends():
    (field,) = receptive_field("500 x Conv1d(kernel_size=2001)").axes
    assert field.field == 500 * 2000 + 1


def test_the_command_tells_sizes_and_field(capsys):
    text = "Conv2d(3, 64, kernel_size=7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)"
    assert main(["size", text, "224", "--receptive"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "field 11, jump 4, start -5, center 0"
    assert main(["size", text, "--receptive", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["field"], told["jump"], told["start"], told["center"]) == (11, 4, -5, 0)
    assert main(["size", text, "224", "--receptive", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sizes"] == [224, 112, 56]
    assert told["receptive"]["field"] == 11
    assert main(["size", text]) == 2


@pytest.mark.parametrize("axes", ["a", 1.5, 0, True, -1, 3])
def test_another_number_of_axes_is_refused(axes):
    with pytest.raises(RequestError, match="axes"):
        receptive_field("Conv2d(3, 8, 3)", axes=axes)
    assert receptive_field("ReLU()", axes=3).field == 1


def test_cells_that_are_too_many_to_follow_are_refused_before_they_are_made():
    huge = "ConvTranspose1d(kernel_size=2000000000, stride=3, padding=1)"
    with pytest.raises(RequestError, match="smaller kernels"):
        receptive_field(huge)
    assert receptive_field("Conv1d(kernel_size=2000000000)").field == 2 * 10**9


def test_behind_the_axes_there_is_no_field(capsys):
    chain = "Conv2d(1, 8, 3) -> Flatten() -> Linear(5408, 3)"
    assert receptive_field(chain).unbounded == ("layer 2, Flatten, joins everything",)
    assert main(["size", chain, "28", "--receptive"]) == 0
    assert "no field: layer 2, Flatten, joins everything" in capsys.readouterr().out


@pytest.mark.parametrize("reach", [500, 9999])
def test_a_field_that_no_setting_reaches_is_told_without_a_table_of_all_fields(reach):
    answer = symconv.solve(
        "3 x Conv2d(kernel_size={1, 3, 5}, stride=1..2)",
        input=20, output=4, where=f"receptive_field >= {reach}", timeout=60,
    )  # fmt: skip
    assert answer.verdict == "infeasible"
    says = f"you asked for receptive_field: an output cell sees at least {reach} input cells"
    assert says in map(str, answer.conflict.sentences)


@pytest.mark.parametrize("spacing", [1, 3])
def test_the_painter_is_the_place_turned_round(spacing):
    windows = Scattered(taps=F, step=S, spacing=spacing * D, before=P)
    back = substitute(windows.painter, {o: windows.place})
    for cell, tap, step, space, crop in product(range(4), range(3), (1, 2, 5), (1, 2), (0, 3)):
        numbers = {"o": cell, "d": tap, "S": step, "D": space, "P": crop}
        assert interpret(back, INTEGERS, numbers) == step * cell
