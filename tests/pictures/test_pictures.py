"""Pictures: what they show is what the law says; their matrix; the public name."""

import json
import re

import pytest

import symconv
from drawn import CONV, SETTINGS, SVG, UP, layers_of, parsed, shapes, words
from symconv.errors import RefusedSizeError, RequestError
from symconv.operators import OPERATORS
from symconv.operators.letters import S, W, hi, lo
from symconv.operators.reading import d, o
from symconv.pictures.cells import weights
from symconv.pictures.picture import Picture
from symconv.pictures.subject import subject_of
from symconv.proving import prove
from symconv.terms import substitute, variable


@pytest.mark.parametrize("kernel", range(1, 5))
def test_as_many_cells_are_drawn_as_the_law_says_and_what_it_refuses_is_refused_alike(kernel):
    seen = {"drawn": 0, "refused": 0}
    for F_, S_, P_, D_, W_ in SETTINGS:
        if F_ != kernel or W_ % 2 == 0:
            continue
        for make in layers_of(F_, S_, P_, D_):
            try:
                layer = make()
            except RequestError:
                continue
            sizes = symconv.size(layer, W_)
            if sizes.refused:
                with pytest.raises(RefusedSizeError, match="needed") as refusal:
                    symconv.draw(layer, W_)
                with pytest.raises(RefusedSizeError) as same:
                    _ = sizes.output
                assert str(refusal.value) == str(same.value)
                seen["refused"] += 1
                continue
            picture = symconv.draw(layer, W_)
            views = len(picture.views)
            assert len(shapes(picture, "out")) == views * sizes.output
            assert len(shapes(picture, "in")) == views * W_
            assert picture.sizes == ((W_,), (sizes.output,))
            labels = words(picture)
            assert labels.count(f"output (O = {sizes.output})") == views
            assert sum(label.endswith(f"input (W = {W_})") for label in labels) == views
            seen["drawn"] += 1
    assert min(seen.values()) > 20


def test_grids_have_the_cells_that_the_law_says():
    picture = symconv.draw("Conv2d(kernel_size=3, stride=2, padding=1)", (6, 8))
    assert symconv.size(picture.layer, (6, 8)).output == [3, 4]
    assert len(shapes(picture, "out")) == 12
    assert len(shapes(picture, "in")) == 48
    assert "input (W = 6 × 8)" in words(picture)
    assert "output (O = 3 × 4)" in words(picture)


def test_a_stretched_input_is_as_long_as_the_windows_need():
    """The number of ordinary windows over it is the law of the transposed layer."""
    transposed = OPERATORS["conv_transpose"]
    direct = transposed.reads.direct
    over = {W: transposed.reads.stretched, lo: direct.before, hi: direct.after, S: direct.step}
    windows = substitute(OPERATORS["conv"].size, over)
    assert prove(windows.eq(transposed.size)).proved
    short = substitute(OPERATORS["conv"].size, over | {hi: direct.before})
    assert prove(short.eq(transposed.size)).word == "refuted"


def test_a_tap_over_the_stretched_input_lies_on_the_cell_that_paints_through_it():
    """Output `m` reads input `o` through a tap just where input `o` paints output `m` with it."""
    scattered = OPERATORS["conv_transpose"].reads
    m, between = variable("m"), scattered.between + 1
    last_first = substitute(scattered.direct.place, {o: m, d: scattered.taps - 1 - d})
    assert prove(scattered.place.eq(m).iff(last_first.eq(o * between))).proved


@pytest.mark.parametrize("layer", [CONV, "Conv2d(kernel_size=2)", UP])
def test_the_matrix_has_each_weight_in_its_place_and_its_transpose_is_turned(layer):
    subject = subject_of(layer, 4)
    found = weights(subject.linear())
    straight = symconv.draw(layer, 4, "matrix")
    turned = symconv.draw(layer, 4, "transposed matrix")
    assert len(shapes(straight, "tap")) == len(shapes(turned, "tap")) == len(found) + 1

    def places(picture):
        return {
            (one.get("y"), one.get("x")): "".join(one.itertext())
            for one in parsed(picture).iter(f"{SVG}text")
            if re.fullmatch(r"w\d+", "".join(one.itertext()))
        }

    named = sorted("w" + "".join(map(str, tap)) for taps in found.values() for tap in taps)
    assert sorted(places(straight).values()) == sorted(places(turned).values()) == named

    def grid(picture):
        """The weights as indices of rows and columns that are not empty."""
        found = places(picture)
        ys = sorted({float(y) for y, _ in found})
        xs = sorted({float(x) for _, x in found})
        return {(ys.index(float(y)), xs.index(float(x))): name for (y, x), name in found.items()}

    assert {(x, y): name for (y, x), name in grid(straight).items()} == grid(turned)
    rows = sorted({row for row, _ in found})
    columns = sorted({column for _, column in found})
    assert grid(straight) == {
        (rows.index(row), columns.index(column)): "w" + "".join(map(str, taps[0]))
        for (row, column), taps in found.items()
    }


def test_a_border_that_copies_the_input_adds_weights_up():
    picture = symconv.draw("Conv1d(kernel_size=3, padding=1, padding_mode=reflect)", 5, "matrix")
    assert words(picture).count("w0+w2") == 2


def test_a_picture_has_what_a_notebook_and_a_file_need(tmp_path):
    picture = symconv.draw(CONV, 6)
    assert isinstance(picture, Picture)
    assert repr(picture) == f"Picture of {CONV}, 6 -> 3: window"
    assert picture.save(tmp_path / "a.svg").read_bytes() == picture.svg.encode()
    assert picture.save(str(tmp_path / "b.svg")).exists()
    found = picture.to_dict()
    assert json.loads(json.dumps(found)) == found
    assert found["sizes"] == [6, 3]
    assert found["views"] == ["window"]
    assert found["svg"] == picture.svg
    with pytest.raises(AttributeError):
        picture.svg = ""


def test_the_usual_views_are_the_window_and_both_views_of_a_transposed_layer():
    assert symconv.draw(CONV, 6).views == ("window",)
    assert symconv.draw("MaxPool2d(2)", 6).views == ("window",)
    both = symconv.draw(UP, 4)
    assert both.views == ("stretched", "paint")
    for role in ("zero", "added", "pad", "tap", "count", "cropped", "in", "out"):
        assert shapes(both, role), role
