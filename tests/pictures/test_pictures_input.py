"""Pictures: wrong requests in three beats, and the command."""

import json
import re
from types import SimpleNamespace

import pytest

import symconv
from drawn import CONV, DRAWN, UP
from symconv.cli import main
from symconv.errors import RequestError
from symconv.pictures.views import VIEWS

WRONG = [
    ("ReLU()", 6, None, "a layer of windows", "Conv1d"),
    ("Upsample(scale_factor=2)", 6, None, "a layer of windows", "ConvTranspose1d"),
    ("PixelShuffle(2)", 6, None, "a layer of windows", "ConvTranspose1d"),
    ("Unfold(2)", 6, None, "a layer of windows", "Conv1d"),
    ("Conv3d(kernel_size=3)", 6, None, "over one axis or two", "one by one"),
    ("Conv1d(kernel_size=3) -> ReLU()", 6, None, "one layer", "one by one"),
    ("Conv1d(kernel_size=?)", 6, None, "parameters are numbers", "solve"),
    ("Conv1d(kernel_size=3)", 224, None, "at most 64 cells", "Draw it at 64"),
    ("Conv1d(kernel_size=7, stride=2, padding=3)", 224, None, "at most 64", "Draw it at 58"),
    ("Conv2d(kernel_size=3)", 224, None, "at most 24 cells", "Draw it at 24"),
    ("Conv2d(kernel_size=3)", (6, 224), None, "at most 24 cells", "Draw it at 24"),
    ("Conv1d(kernel_size=3)", 2**60, None, "at most 64 cells", "Draw it at 64"),
    ("Conv1d(kernel_size=2147483647, padding=2147483647)", 9, None, "at most 64", "smaller kernel"),
    ("Conv1d(kernel_size=3, stride=1, padding=2147483647)", 9, None, "at most 64", "smaller"),
    ("MaxPool1d(1, 2147483647)", 2**31, None, "at most 64", "Draw it at 64"),
    ("AdaptiveAvgPool1d(2147483647)", 9, None, "at most 64", "smaller"),
    ("ConvTranspose1d(kernel_size=2, stride=2147483647)", 9, None, "at most 64", "Draw it at 1:"),
    ("ConvTranspose1d(kernel_size=4, stride=2)", 40, "paint", "at most 64", "Draw it at 31"),
    ("Conv2d(kernel_size=3)", 9, "matrix", "at most 64 rows and columns", "Draw it at 8"),
    (CONV, 6, "windows", "a view: window, stretched", "`window`"),
    (CONV, 6, 3, "a view: window, stretched", "Known names"),
    (CONV, 6, "paint", "a view of a convolution", "view='window'"),
    (UP, 6, "window", "a view of a transposed convolution", "view='stretched'"),
    ("MaxPool1d(2)", 6, "matrix", "a view of a pool: window", "view='window'"),
    (CONV, "6", None, "a size as an integer", "16"),
    (CONV, -1, None, "a size from 0", "16"),
    (3, 6, None, "layers as text", "Write for instance"),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "size", "view", "needed", "write"), WRONG, ids=str)
def test_what_cannot_be_drawn_is_told_in_three_beats(layer, size, view, needed, write):
    with pytest.raises(RequestError, match="needed") as error:
        symconv.draw(layer, size, view)
    assert needed in error.value.needed
    assert error.value.arrived
    assert write in error.value.write


def test_what_is_written_instead_can_be_drawn():
    for layer, size, view, *_ in WRONG:
        try:
            symconv.draw(layer, size, view)
        except RequestError as error:
            if found := re.match(r"Draw it at (\d+):", error.write):
                assert symconv.draw(layer, int(found[1]), view).svg


def test_arrays_of_sizes_are_refused():
    numpy = pytest.importorskip("numpy")
    with pytest.raises(RequestError, match="one size to draw"):
        symconv.draw(CONV, numpy.array([6, 7]))


def test_every_view_is_tested_and_says_which_layers_it_shows():
    assert {view for *_, view in DRAWN if view} | {"window"} == set(VIEWS)
    assert all(view.kinds for view in VIEWS.values())


# The command.


def test_the_command_writes_a_file(tmp_path, capsys):
    file = tmp_path / "window.svg"
    assert main(["draw", CONV, "6", "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == symconv.draw(CONV, 6).svg
    assert capsys.readouterr().out == f"{file}: Picture of {CONV}, 6 -> 3: window\n"


@pytest.mark.parametrize("options", [[], ["-o", "-"]])
def test_the_command_prints_the_picture_where_no_file_is_named(options, capsys):
    assert main(["draw", CONV, "6", *options]) == 0
    assert capsys.readouterr().out == symconv.draw(CONV, 6).svg


@pytest.mark.parametrize("size", ["6,8", "6x8", "6×8"])
def test_the_command_takes_a_size_for_each_axis_and_a_view(size, capsys):
    assert main(["draw", "Conv2d(kernel_size=3)", size]) == 0
    assert capsys.readouterr().out == symconv.draw("Conv2d(kernel_size=3)", (6, 8)).svg
    assert main(["draw", UP, "4", "--view", "transposed matrix"]) == 0
    assert capsys.readouterr().out == symconv.draw(UP, 4, "transposed matrix").svg


def test_the_command_prints_one_json_object(capsys, tmp_path):
    assert main(["draw", CONV, "6", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == symconv.draw(CONV, 6).to_dict()
    assert (out.count("\n"), err) == (1, "")
    assert main(["draw", CONV, "6", "--json", "-o", str(tmp_path / "a.svg")]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "symconv/1"
    assert (tmp_path / "a.svg").exists()


def test_a_size_that_the_layer_refuses_is_told_as_size_tells_it(capsys, tmp_path):
    command = ["Conv1d(kernel_size=5)", "3"]
    file = tmp_path / "none.svg"
    assert main(["draw", *command, "-o", str(file)]) == 1
    out, err = capsys.readouterr()
    assert main(["size", *command]) == 1
    assert err.strip() in capsys.readouterr().out
    assert "one window fits the padded input" in err
    assert out == ""
    assert not file.exists()
    assert main(["draw", *command, "--json"]) == 1
    drawn = capsys.readouterr().out
    assert main(["size", *command, "--json"]) == 1
    assert json.loads(drawn) == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "command",
    [
        ["ReLU()", "6"],
        [CONV, "6", "--view", "side"],
        [CONV, "six"],
        [CONV, "6,7"],
        [CONV],
        [CONV, "224"],
        [CONV, "6", "-o", "/no/such/folder/a.svg"],
    ],
    ids=str,
)
def test_a_wrong_request_ends_with_2(command, capsys):
    assert main(["draw", *command]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("symconv: ")


def test_a_layer_can_come_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(closed=False, read=lambda size: f"{CONV}\n"))
    assert main(["draw", "-", "6"]) == 0
    assert capsys.readouterr().out == symconv.draw(CONV, 6).svg
