"""Ready-made constraints and what is said of settings, against counting cells one by one."""

from collections import Counter
from itertools import product

import pytest

import symconv
import symconv.reading.chains
from symconv.errors import RequestError
from symconv.solving.traits import parameters_of, traits

TRANSPOSED = "ConvTranspose1d(kernel_size=1..7, stride=1..5, padding=0..2, dilation=1..4)"
WINDOWS = "(kernel_size=1..6, stride=1..4, padding=0..3, dilation=1..3)"


def settings(found):
    return {tuple(one.values()) for one in found.settings}


def painted(F, S, D, size):
    """How often each cell is painted by windows of a transposed convolution, before cropping."""
    times = Counter(start * S + tap * D for start, tap in product(range(size), range(F)))
    return [times[cell] for cell in range((size - 1) * S + D * (F - 1) + 1)]


def interior(F, S, D):
    """How often the cells far from both ends are painted: one period of them."""
    reach = D * (F - 1) + 1
    whole = painted(F, S, D, 2 * reach // S + 4 + S)
    return whole[reach : reach + S]


def read_cells(W, outputs, F, S, P, D):
    """Which cells of the input windows read."""
    cells = {start * S + tap * D - P for start, tap in product(range(outputs), range(F))}
    return cells & set(range(W))


GROWN = [{"input": 10, "output": cells} for cells in (21, 30, 31, 34, 41)]
"""Goals that strides of 2, 3 and 4 reach, with overlaps of all kinds."""


def test_uniform_overlap_is_where_all_cells_are_painted_equally_often():
    even, uneven = set(), set()
    for goal in GROWN:
        every = symconv.solve(TRANSPOSED, limit=None, **goal)
        wished = symconv.solve(TRANSPOSED, where="uniform_overlap", limit=None, **goal)
        alike = {one for one in settings(every) if len({*interior(one[0], one[1], one[3])}) == 1}
        assert settings(wished) == alike
        even |= alike
        uneven |= settings(every) - alike
    assert len(even) > 10
    assert len(uneven) > 10


def test_the_overlap_is_said_as_counted():
    seen = set()
    for goal in GROWN:
        every = symconv.solve(TRANSPOSED, limit=None, **goal)
        for setting in every.settings:
            times = interior(setting["kernel_size"], setting["stride"], setting["dilation"])
            kind = "uniform" if len({*times}) == 1 else "checkerboard" if min(times) else "holes"
            assert traits(every.problem, setting)["overlap"] == kind, setting
            seen.add(kind)
    assert seen == {"uniform", "checkerboard", "holes"}


@pytest.mark.parametrize("name", ["Conv1d", "MaxPool1d"])
@pytest.mark.parametrize(
    "goal", [{"input": 15, "output": 5}, {"input": 16, "output": 7}, {"down": 2}], ids=str
)
def test_every_cell_read_is_where_no_cell_is_left_out(name, goal):
    every = symconv.solve(f"{name}{WINDOWS}", limit=None, **goal)
    wished = symconv.solve(f"{name}{WINDOWS}", where="every_cell_read", limit=None, **goal)
    inputs = [goal["input"]] if "input" in goal else [2 * size for size in range(1, 12)]
    whole = set()
    for one in every.settings:
        F, S, P, D = one.values()
        outputs = [goal.get("output", size // 2) for size in inputs]
        if all(
            len(read_cells(W, cells, F, S, P, D)) == W
            for W, cells in zip(inputs, outputs, strict=True)
        ):
            whole.add((F, S, P, D))
    plain = {(F, S, P, D) for F, S, P, D in whole if D == 1 or S == 1}
    assert settings(wished) == plain  # with both, taps interleave: the wish does not count on it
    assert plain


def test_cells_that_a_padding_crops_are_not_read():
    """A window of 3 on 6 cells with a padding of -1 reads the inner four."""
    text = "Conv1d(kernel_size=3, padding=-2..3, dilation=1..3, padding_mode=replicate)"
    every = symconv.solve(text, input=6, output=2, limit=None)
    wished = symconv.solve(text, input=6, output=2, where="every_cell_read", limit=None)
    assert {one["P"] for one in every.settings} == {-1, 0, 1}
    assert settings(wished) == {one for one in settings(every) if len(read_cells(6, 2, *one)) == 6}


def test_the_cells_left_unread_are_said_as_counted_for_one_input():
    size, outputs = 23, 6
    every = symconv.solve(f"Conv1d{WINDOWS}", input=size, output=outputs, limit=None)
    said = {}
    for setting in every.settings:
        said[tuple(setting.values())] = traits(every.problem, setting)["unread"]
        met = read_cells(size, outputs, *setting.values())
        assert said[tuple(setting.values())] == size - len(met), setting
    assert len({*said.values()}) > 5


def test_the_cells_left_unread_are_said_as_counted_for_all_inputs():
    every = symconv.solve(f"Conv1d{WINDOWS}", down=3, limit=None)
    ends, gaps = set(), set()
    for setting in every.settings:
        F, S, P, D = setting.values()
        said = traits(every.problem, setting)["unread"]
        for outputs in (1, 2, 5):
            last = (outputs - 1) * S + D * (F - 1) - P
            assert said["end"] == sum(cell > last for cell in range(3 * outputs))
        met = read_cells(300, 100, F, S, P, D)
        assert said["gap"] == S - sum(cell in met for cell in range(150, 150 + S))
        ends.add(said["end"])
        gaps.add(said["gap"])
    assert min(len(ends), len(gaps)) > 1


def test_the_extent_is_that_of_the_taps():
    layer = f"Conv1d{WINDOWS}"
    every = symconv.solve(layer, input=12, output=4, limit=None)
    wished = symconv.solve(layer, input=12, output=4, where="extent % 4 == 3", limit=None)
    reach = {(F, S, P, D) for F, S, P, D in settings(every) if len(range(D * (F - 1) + 1)) % 4 == 3}
    assert settings(wished) == reach
    assert reach
    for setting in every.settings:
        assert traits(every.problem, setting)["extent"] == max(painted_cells(setting)) + 1


def painted_cells(setting):
    return [tap * setting["dilation"] for tap in range(setting["kernel_size"])]


def test_odd_and_even_are_those_of_python():
    for word, rest in (("odd", 1), ("even", 0)):
        found = symconv.solve(
            f"Conv1d{WINDOWS}",
            input=12,
            output=4,
            where=f"{word}(kernel_size - padding)",
            limit=None,
        )
        every = symconv.solve(f"Conv1d{WINDOWS}", input=12, output=4, limit=None)
        assert settings(found) == {one for one in settings(every) if (one[0] - one[2]) % 2 == rest}
        assert found.settings


@pytest.mark.parametrize(
    ("layer", "goal"),
    [
        (f"Conv1d{WINDOWS}", {"down": 2}),
        (f"Conv1d{WINDOWS}", {"same": True}),
        (TRANSPOSED, {"up": 2}),
    ],
    ids=str,
)
def test_centred_is_where_the_middles_of_windows_divide_the_input_evenly(layer, goal):
    every = symconv.solve(layer, limit=None, **goal)
    wished = symconv.solve(layer, where="centred", limit=None, **goal)
    middle = {one for one in settings(every) if centred(*one)}
    assert settings(wished) == middle
    assert 0 < len(middle)


def centred(F, S, P, D, A=0):
    """Whether the window of one cell has its middle where the cell's share of the line has it."""
    taps = [tap * D - P for tap in range(F)]
    return taps[0] + taps[-1] == S - 1 and A == 0


def test_a_wish_that_needs_a_size_or_a_range_says_so():
    for where, options in (
        ("every_cell_read", {"output": "W//2 + 1"}),
        ("uniform_overlap", {"input": 9, "output": 5}),
        ("every_cell", {"down": 2}),
    ):
        with pytest.raises(RequestError) as caught:
            symconv.solve("Conv1d(kernel_size=?, stride=?, dilation=?)", where=where, **options)
        assert caught.value.write


def test_a_wish_that_a_layer_does_not_have_is_no_name_of_it():
    with pytest.raises(RequestError, match="every_cell_read"):
        symconv.solve("ConvTranspose1d(kernel_size=?)", up=1, where="every_cell_read")


LAYERS = [
    "Conv1d(3, 8, 5)",
    "Conv2d(4, 6, (3, 5), groups=2)",
    "Conv2d(4, 6, 3, bias=False)",
    "Conv3d(2, 4, 3, groups=2, bias=False)",
    "ConvTranspose2d(6, 4, (2, 4), groups=2)",
    "ConvTranspose1d(3, 5, 4, stride=2)",
]


@pytest.mark.parametrize("text", LAYERS)
def test_parameters_are_those_of_torch(text):
    nn = pytest.importorskip("torch").nn
    real = eval(text, {name: getattr(nn, name) for name in dir(nn) if "Conv" in name})
    (layer,) = symconv.reading.chains.chain(text).layers
    assert parameters_of(layer) == sum(one.numel() for one in real.parameters())


def test_the_parameters_of_settings_are_those_of_torch():
    nn = pytest.importorskip("torch").nn
    found = symconv.solve("Conv2d(3, 4, kernel_size=?, padding=?)", same=True, limit=4).to_dict()
    assert len(found["solutions"]) == 4
    for setting, note in zip(found["solutions"], found["notes"], strict=True):
        real = nn.Conv2d(3, 4, setting["kernel_size"])
        assert note["parameters"] == sum(one.numel() for one in real.parameters())
