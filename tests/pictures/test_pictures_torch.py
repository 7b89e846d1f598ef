"""Pictures: which cells are read, hatched and counted is what torch does."""

import itertools
import math
from dataclasses import replace

import pytest

import symconv
from drawn import DRAWN, SETTINGS, UP, agrees, axes_of, drawn, layers_of, response, shapes, words
from symconv.errors import RequestError
from symconv.pictures.cells import Strokes, Tap, weights
from symconv.pictures.subject import subject_of


@drawn
def test_every_output_reads_the_input_cells_that_torch_reads(layer, size, view):
    pytest.importorskip("torch")
    picture = symconv.draw(layer, size, view)
    told = response(picture.layer, picture.sizes[0])
    for axes in axes_of(picture.layer, picture.sizes[0]):
        assert agrees(axes, told)


def test_what_is_read_agrees_with_torch_over_a_grid():
    pytest.importorskip("torch")
    compared = 0
    for F_, S_, P_, D_, W_ in SETTINGS[::5]:
        for make in layers_of(F_, S_, P_, D_):
            try:
                layer = make()
            except RequestError:
                continue
            if not symconv.size(layer, W_).refused:
                told = response(layer, (W_,))
                assert all(agrees(axes, told) for axes in axes_of(layer, W_)), (layer, W_)
                compared += 1
    assert compared > 150


@pytest.mark.parametrize(
    ("layer", "size"),
    [
        ("Conv1d(kernel_size=2, stride=4)", 11),
        ("Conv1d(kernel_size=3, stride=3, padding=2, dilation=2)", 11),
        ("Conv1d(kernel_size=5, stride=4, padding=2, padding_mode=reflect)", 12),
        ("Conv1d(kernel_size=3, padding=-2, padding_mode=circular)", 9),
        ("MaxPool1d(2, 3, dilation=2)", 10),
        ("AvgPool1d(3, 4)", 10),
        ("LPPool1d(2, 2, 5)", 13),
        ("ConvTranspose1d(kernel_size=2, stride=2, padding=2)", 4),
    ],
)
def test_hatched_input_cells_are_those_that_torch_never_reads(layer, size):
    pytest.importorskip("torch")
    read = symconv.draw(layer, size).layer
    told = response(read, (size,))
    unread = {cell for cell in range(size) if not told[cell].any()}
    axis = axes_of(read, size)[0][0]
    hatched = {axis.cell(place).source for place in axis.unread if axis.cell(place).role == "in"}
    assert hatched == unread
    assert unread


def test_every_unread_cell_is_hatched_in_the_picture():
    picture = symconv.draw("Conv1d(kernel_size=2, stride=4)", 11)
    (axis,) = subject_of(picture.layer, 11).windows()
    swatch = 1
    assert len(shapes(picture, "hatch", "path")) == len(axis.unread) + swatch
    assert axis.unread == {2, 3, 6, 7, 10}
    assert "never read" in words(picture)


def test_the_last_window_in_ceil_mode_hangs_over():
    picture = symconv.draw("MaxPool1d(3, 2, ceil_mode=True)", 8)
    (axis,) = subject_of(picture.layer, 8).windows()
    assert [axis.cell(tap.place).role for tap in axis.windows[-1]] == ["in", "in", "beyond"]
    assert len(shapes(picture, "hollow")) == 1
    assert "beyond the padding" in words(picture)
    floored = symconv.draw("MaxPool1d(3, 2)", 8)
    assert not shapes(floored, "hollow")
    assert not shapes(floored, "beyond")


def counts_agree(axes, layer, sizes):
    """Whether the counts are torch's transposed convolution of ones with a kernel of ones."""
    told = response(layer, sizes).sum(dim=0)
    shown = [1]
    for axis in axes:
        shown = [one * count for one in shown for count in axis.counts]
    return shown == told.tolist()


TRANSPOSED = list(dict.fromkeys(one[:2] for one in DRAWN if "Transpose" in one[0]))


@pytest.mark.parametrize(("layer", "size"), TRANSPOSED)
def test_overlap_counts_are_torchs_ones_over_ones(layer, size):
    pytest.importorskip("torch")
    subject = subject_of(layer, size)
    assert counts_agree(subject.strokes(), subject.layer, subject.sizes)


def test_planted_faults_in_paint_and_windows_are_found():
    """The checkers above can fail."""
    pytest.importorskip("torch")
    subject = subject_of(UP, 4)
    (axis,) = subject.strokes()
    shifted = tuple(
        tuple(Tap(tap.place + (number == 2), tap.number) for tap in taps)
        for number, taps in enumerate(axis.strokes)
    )
    faults = [
        replace(axis, strokes=shifted),
        replace(axis, strokes=axis.strokes[1:]),
        replace(axis, output=axis.output - 1),
        Strokes(tuple(taps[1:] for taps in axis.strokes), axis.output),
    ]
    told = response(subject.layer, subject.sizes)
    assert counts_agree([axis], subject.layer, subject.sizes)
    assert not any(counts_agree([one], subject.layer, subject.sizes) for one in faults)
    assert not any(agrees([one], told) for one in faults)
    (windows,) = subject.stretched()
    assert agrees([windows], told)
    assert not agrees([replace(windows, first=windows.first + 1)], told)
    assert not agrees([replace(windows, windows=windows.windows[::-1])], told)


def test_counts_are_written_below_the_output():
    picture = symconv.draw(UP, 4, "paint")
    (axis,) = subject_of(UP, 4).strokes()
    strip = shapes(picture, "count")
    assert [float(one.get("fill-opacity")) > 0.4 for one in strip] == [n == 2 for n in axis.counts]
    assert axis.counts == (1, 2, 1, 2, 1, 2, 1, 1)


@pytest.mark.parametrize(
    ("layer", "size"),
    list(dict.fromkeys(one[:2] for one in DRAWN if "Conv" in one[0])),
)
def test_entries_of_the_matrix_are_torchs_answers_to_unit_vectors(layer, size):
    pytest.importorskip("torch")
    subject = subject_of(layer, size)
    counts = [values["F"] for values in subject.values]
    assert math.prod(counts) <= 50  # a double holds the sum of so many powers of two
    taps = list(itertools.product(*map(range, counts)))
    value = {tap: 2.0**number for number, tap in enumerate(taps)}
    told = response(subject.layer, subject.sizes, list(value.values()))
    for axes in axes_of(subject.layer, subject.sizes):
        found = weights(axes)
        for cell, output in itertools.product(range(told.shape[0]), range(told.shape[1])):
            shown = sum(value[tap] for tap in found.get((output, cell), ()))
            assert shown == told[cell, output]
