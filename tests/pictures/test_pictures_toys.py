"""Pictures of an operator that nobody has heard of: it is asked, so it is drawn."""

import itertools
import re
from dataclasses import replace

import pytest

import symconv
from drawn import shapes, words
from symconv.errors import RequestError
from symconv.operators.borders import WRAPPED
from symconv.operators.keep import keep
from symconv.operators.reading import Everything, Scattered, Segments, o
from symconv.pictures.cells import weights
from symconv.pictures.subject import subject_of
from toy_windows import (
    ToyConv1d,
    ToyConv2d,
    ToyConvTranspose1d,
    ToyConvTranspose2d,
    ToyPaint1d,
    ToyPool1d,
    toy,
    toy_transpose,
)

SETTINGS = [
    setting
    for setting in itertools.product(range(1, 5), range(1, 4), range(3), (2, 3, 4), (1, 5, 9))
    if sum(setting) % 3 == 0
]


def offsets(kernel, skip):
    """The cells of a window that are read: every skip-th one is left out."""
    return [cell for cell in range(2 * kernel) if (cell + 1) % skip][:kernel]


def drawn_at(make, setting):
    """A layer and its subject, or nothing where it takes no such size."""
    kernel, stride, padding, skip, size = setting
    layer = make(kernel_size=kernel, stride=stride, padding=padding, skip=skip)
    return None if symconv.size(layer, size).refused else subject_of(layer, size)


def test_taps_with_gaps_between_them_are_drawn_where_they_lie():
    compared = 0
    for setting in SETTINGS:
        for make in (ToyConv1d, ToyPool1d):
            subject = drawn_at(make, setting)
            if subject is None:
                continue
            kernel, stride, padding, skip, _ = setting
            (axis,) = subject.windows()
            for number, taps in enumerate(axis.windows):
                start = number * stride - padding
                assert [tap.place - start for tap in taps] == offsets(kernel, skip)
                assert [tap.number for tap in taps] == [*range(kernel)]
            compared += 1
    assert compared > 20


def test_paint_with_gaps_and_its_direct_convolution_read_the_same_through_the_same_taps():
    compared = 0
    for setting in SETTINGS:
        subject = drawn_at(ToyConvTranspose1d, setting)
        if subject is None:
            continue
        kernel, stride, padding, skip, size = setting
        (strokes,) = subject.strokes()
        assert [[tap.place for tap in taps] for taps in strokes.strokes] == [
            [cell * stride - padding + offset for offset in offsets(kernel, skip)]
            for cell in range(size)
        ]
        (windows,) = subject.stretched()
        assert len(windows.windows) == strokes.output == subject.output[0]
        assert weights([windows]) == weights([strokes])
        compared += 1
    assert compared > 20


def test_both_views_agree_where_the_two_sides_are_cropped_differently():
    cropping = replace(
        toy_transpose,
        size=toy_transpose.size + 1,
        reads=toy_transpose.reads.changed(after=toy_transpose.reads.after - 1),
    )

    class Uneven(ToyConvTranspose1d):
        operator = cropping

    subject = subject_of(Uneven(kernel_size=3, stride=2, padding=1), 4)
    assert weights(subject.stretched()) == weights(subject.strokes())
    (axis,) = subject.stretched()
    assert [cell.role for cell in axis.cells].count("pad") == 3 + 4
    said = " ".join(words(symconv.draw(subject.layer, 4, "stretched")))
    assert "3 cells of padding before it, 4 cells of padding after it" in said


@pytest.mark.parametrize("view", [None, "window", "matrix", "transposed matrix"])
def test_a_toy_convolution_has_all_views_of_a_convolution(view):
    picture = symconv.draw(ToyConv1d(kernel_size=3, skip=2), 9, view)
    assert picture.sizes == ((9,), (5,))
    assert "O = (W + 2*P - E)//S + 1 = (9 + 2*0 - 5)//1 + 1 = 5" in words(picture)
    (extent,) = [line for line in words(picture) if line.startswith("E = ")]
    assert extent.endswith("= 3 - 1 + (3 - 1)//(2 - 1) + 1 = 5")
    if view in (None, "window"):
        assert picture.views == ("window",)
        assert "Output 1 reads the places 1, 3, 5." in picture.description
        assert len(shapes(picture, "tap")) == 3 * 5 + 1 * ("tap of the kernel" in words(picture))
    else:
        assert len([one for one in words(picture) if re.fullmatch(r"w\d", one)]) == 3 * 5


def test_a_toy_pool_has_no_weights():
    picture = symconv.draw(ToyPool1d(kernel_size=3), 9)
    assert not [one for one in words(picture) if re.fullmatch(r"w\d", one)]
    with pytest.raises(RequestError, match="a view of a pool: window;"):
        symconv.draw(ToyPool1d(kernel_size=3), 9, "matrix")


@pytest.mark.parametrize("view", [None, "stretched", "paint", "matrix", "transposed matrix"])
def test_a_toy_transposed_convolution_has_all_views_of_one(view):
    picture = symconv.draw(ToyConvTranspose1d(kernel_size=3, stride=2, padding=1), 4, view)
    assert picture.sizes == ((4,), (9,))
    if view in (None, "stretched"):
        (note,) = [line for line in words(picture) if "zero between cells" in line]
        assert note.endswith("E - 1 - P = 3: 3 cells of padding at each side")


def test_paint_without_weights_has_no_names_on_its_taps_and_no_matrix():
    layer = ToyPaint1d(kernel_size=3, stride=2)
    picture = symconv.draw(layer, 4)
    assert picture.views == ("stretched", "paint")
    assert not [one for one in words(picture) if re.fullmatch(r"w\d", one)]
    with pytest.raises(RequestError, match="a view of a transposed convolution: stretched, paint;"):
        symconv.draw(layer, 4, "matrix")


def test_two_axes_with_gaps_of_their_own():
    layer = ToyConv2d(kernel_size=(3, 2), skip=(2, 3), padding=(1, 0))
    rows, columns = subject_of(layer, (6, 5)).windows()
    assert [tap.place for tap in rows.windows[0]] == [-1, 1, 3]
    assert [tap.place for tap in columns.windows[2]] == [2, 3]
    assert symconv.draw(layer, (6, 5)).sizes == ((6, 5), (4, 4))
    for view in ("matrix", "transposed matrix"):
        assert symconv.draw(layer, (4, 3), view).svg
    up = ToyConvTranspose2d(kernel_size=3, skip=(2, 3), stride=2)
    for view in (None, "stretched", "paint", "matrix"):
        assert symconv.draw(up, 2, view).sizes == ((2, 2), (7, 6))
    subject = subject_of(up, 2)
    assert weights(subject.stretched()) == weights(subject.strokes())


def test_a_toy_border_is_copied_as_it_says():
    class Wrapped(ToyConv1d):
        operator = replace(toy, border=WRAPPED)

    (axis,) = subject_of(Wrapped(kernel_size=3, padding=2), 5).windows()
    assert [cell.source for cell in axis.cells] == [3, 4, 0, 1, 2, 3, 4, 0, 1]


def test_segments_lie_where_they_say():
    class Halving(ToyConv1d):
        operator = replace(keep, size=keep.size // 2, reads=Segments(start=2 * o, end=2 * o + 2))

    (axis,) = subject_of(Halving(kernel_size=1), 6).windows()
    assert [[tap.place for tap in taps] for taps in axis.windows] == [[0, 1], [2, 3], [4, 5]]


def test_what_cannot_be_drawn_is_refused_by_what_it_reads():
    class Global(ToyConv1d):
        operator = replace(keep, reads=Everything())

    with pytest.raises(RequestError, match="where an output cell reads everything"):
        symconv.draw(Global(kernel_size=1), 6)

    class Both(ToyConv2d):
        def make_rows(self, axes):
            one, other = super().make_rows(axes)
            return one, other._replace(operator=toy_transpose)

    with pytest.raises(RequestError, match=f"reads {re.escape(Scattered.says)}"):
        symconv.draw(Both(kernel_size=2), 4)


def test_a_size_that_is_too_large_is_told_with_one_that_can_be_drawn():
    with pytest.raises(RequestError, match="Draw it at 64"):
        symconv.draw(ToyConv1d(kernel_size=3), 2**60)
    with pytest.raises(RequestError, match="Draw it at 30"):
        symconv.draw(ToyConvTranspose1d(kernel_size=3, stride=2), 40, "paint")
