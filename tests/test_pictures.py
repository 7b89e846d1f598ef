"""Pictures: what they show is what the law says and what torch does; and how they are written."""

import itertools
import json
import math
import re
import warnings
import xml.etree.ElementTree as ET
from dataclasses import replace
from types import SimpleNamespace

import pytest

import symconv
from symconv.cli import main
from symconv.errors import RefusedSizeError, RequestError
from symconv.operators import OPERATORS
from symconv.operators.operator import A, D, F, P, S, W, hi, lo
from symconv.pictures import VIEWS, Picture
from symconv.pictures.cells import Strokes, Tap, weights
from symconv.pictures.placing import AROUND, BETWEEN
from symconv.pictures.subject import subject_of
from symconv.pictures.theme import DARK, LIGHT, RULES, style_sheet
from symconv.proving import prove
from symconv.terms import constant, substitute

SVG = "{http://www.w3.org/2000/svg}"

CONV = "Conv1d(kernel_size=3, stride=2, padding=1)"
UP = "ConvTranspose1d(kernel_size=3, stride=2, padding=1, output_padding=1)"

DRAWN = [
    (CONV, 6, None),
    (CONV, 6, "matrix"),
    (CONV, 6, "transposed matrix"),
    ("Conv1d(kernel_size=3, stride=3, padding=2, dilation=2)", 11, None),
    ("Conv1d(kernel_size=2, stride=4)", 11, None),
    ("Conv1d(kernel_size=4, padding=same)", 6, None),
    ("Conv1d(kernel_size=3, padding=valid)", 6, None),
    ("Conv1d(kernel_size=3, padding=1, padding_mode=reflect)", 5, "matrix"),
    ("Conv1d(kernel_size=5, padding=2, padding_mode=circular)", 5, None),
    ("Conv1d(kernel_size=3, padding=2, padding_mode=replicate)", 4, "matrix"),
    ("Conv1d(kernel_size=3, padding=-1, padding_mode=replicate)", 6, None),
    ("Conv1d(kernel_size=5, dilation=3, padding=4)", 56, None),
    ("Conv1d(kernel_size=1)", 64, None),
    ("Conv1d(kernel_size=32)", 64, "transposed matrix"),
    ("MaxPool1d(3, 2, ceil_mode=True)", 8, None),
    ("MaxPool1d(2, 5, padding=1, ceil_mode=True)", 9, None),
    ("AvgPool1d(3, 4)", 10, None),
    ("LPPool1d(2, 3, 2, ceil_mode=True)", 8, None),
    ("AdaptiveAvgPool1d(3)", 7, None),
    ("AdaptiveMaxPool1d(9)", 5, None),
    ("AdaptiveAvgPool1d(0)", 5, None),
    (UP, 4, None),
    (UP, 4, "stretched"),
    (UP, 4, "paint"),
    (UP, 4, "matrix"),
    (UP, 4, "transposed matrix"),
    ("ConvTranspose1d(kernel_size=2, stride=3)", 4, None),
    ("ConvTranspose1d(kernel_size=2, stride=2, padding=2)", 4, None),
    ("ConvTranspose1d(kernel_size=4, stride=2, padding=1, dilation=2)", 5, None),
    ("ConvTranspose1d(kernel_size=3, stride=3, output_size=12)", 4, None),
    ("ConvTranspose1d(kernel_size=2, stride=1, padding=3, dilation=3, output_padding=2)", 6, None),
    ("Conv2d(kernel_size=3, stride=2, padding=1)", (6, 8), None),
    ("Conv2d(kernel_size=(1, 3), stride=(3, 2), padding=(0, 2), dilation=(1, 2))", 8, None),
    ("Conv2d(kernel_size=3)", 4, "matrix"),
    ("Conv2d(kernel_size=7, stride=2, padding=3)", 18, None),
    ("Conv2d(kernel_size=1)", (1, 1), None),
    ("Conv2d(kernel_size=1)", (24, 1), None),
    ("MaxPool2d(3, 2, ceil_mode=True)", 6, None),
    ("AdaptiveAvgPool2d((2, None))", (5, 3), None),
    ("ConvTranspose2d(kernel_size=3, stride=2, padding=1, output_padding=1)", 3, None),
    ("ConvTranspose2d(kernel_size=2, stride=(3, 1))", (2, 1), "paint"),
    ("ConvTranspose2d(kernel_size=2, stride=2)", (2, 3), "matrix"),
]  # fmt: skip
NAMES = [f"{layer} at {size}: {view}" for layer, size, view in DRAWN]
drawn = pytest.mark.parametrize(("layer", "size", "view"), DRAWN, ids=NAMES)


def parsed(picture):
    return ET.fromstring(picture.svg)


def shapes(picture, role, tag="rect"):
    """The shapes of a role, by its class."""
    return [
        one
        for one in parsed(picture).iter(f"{SVG}{tag}")
        if role in one.get("class", "").replace("sc-", "").split()
    ]


def words(picture):
    return ["".join(one.itertext()) for one in parsed(picture).iter(f"{SVG}text")]


# What is shown


KERNELS = itertools.product(range(1, 5), range(1, 4), range(3), (1, 2), range(1, 8))
SETTINGS = list(KERNELS)


def layers_of(F, S, P, D):
    """One layer of each kind with these numbers; some of them torch refuses for any input."""
    yield lambda: symconv.Conv1d(kernel_size=F, stride=S, padding=P, dilation=D)
    for ceil_mode in (False, True):
        yield lambda c=ceil_mode: symconv.MaxPool1d(F, S, P, D, ceil_mode=c)
        yield lambda c=ceil_mode: symconv.AvgPool1d(F, S, P, ceil_mode=c)
    for added in range(2):
        yield lambda a=added: symconv.ConvTranspose1d(
            kernel_size=F, stride=S, padding=P, dilation=D, output_padding=a
        )


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
    over = {W: (W - 1) * (BETWEEN + 1) + 1, lo: AROUND, hi: AROUND + A, S: constant(1)}
    windows = substitute(OPERATORS["conv"].size, over)
    assert prove(windows.eq(OPERATORS["conv_transpose"].size)).proved
    short = substitute(OPERATORS["conv"].size, over | {hi: AROUND})
    assert prove(short.eq(OPERATORS["conv_transpose"].size)).word == "refuted"
    assert {D, F, P} & set(over) == set()


def response(layer, sizes, weights=None):
    """torch's output for each unit vector: which input cells take part in each output cell."""
    torch = pytest.importorskip("torch")
    from symconv.witness import build

    module = build(layer)
    for parameter in module.parameters():
        torch.nn.init.ones_(parameter)
    if getattr(module, "bias", None) is not None:
        torch.nn.init.zeros_(module.bias)
    if weights is not None:
        with torch.no_grad():
            module.weight.copy_(torch.tensor(weights).reshape(module.weight.shape))
    cells = torch.Size(sizes).numel()
    asked = getattr(layer, "output_size", None)
    call = {"output_size": [asked]} if asked and "Transpose" in type(layer).__name__ else {}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's advice on speed
        given = torch.eye(cells, dtype=torch.float64).reshape(cells, 1, *sizes)
        return module.double()(given, **call).reshape(cells, -1)


def axes_of(layer, sizes):
    """Every way in which the axes of a layer can be seen."""
    subject = subject_of(layer, sizes)
    if subject.kind == "transposed convolution":
        return [subject.stretched(), subject.strokes()]
    return [subject.windows()]


def agrees(axes, told):
    """Whether output cells read just the input cells that torch's answer to unit vectors shows."""
    pairs = {(output, cell) for cell, output in (told != 0).nonzero().tolist()}
    return set(weights(axes)) == pairs


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


# How pictures are written


@drawn
def test_a_picture_is_one_well_formed_document_with_title_and_description(layer, size, view):
    picture = symconv.draw(layer, size, view)
    root = parsed(picture)
    assert root.tag == f"{SVG}svg"
    assert [one.tag for one in root][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style"]
    assert root[0].text == picture.title
    assert repr(picture.layer) in picture.title
    assert root[1].text == picture.description
    assert len(picture.description) > 20
    assert root.get("role") == "img"
    assert picture.svg == symconv.draw(layer, size, view).svg == picture._repr_svg_()


@drawn
def test_no_words_overlap_and_all_are_inside(layer, size, view):
    """Words are as wide as in a wide font; a letter below the line is narrower than counted."""
    root = parsed(symconv.draw(layer, size, view))
    _, _, width, height = map(float, root.get("viewBox").split())
    boxes = []
    for one in root.iter(f"{SVG}text"):
        said, size_ = "".join(one.itertext()), float(one.get("font-size"))
        if not said:
            continue
        long = len(said) * size_ * (0.605 if len(said) > 4 else 0.5)
        x = float(one.get("x")) - (long / 2 if one.get("text-anchor") else 0)
        y = float(one.get("y"))
        boxes.append((x, y - 0.72 * size_, x + long, y, said))
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    assert all(0 <= x1 and x2 <= width and 0 <= y1 and y2 <= height for x1, y1, x2, y2, _ in boxes)


def test_roles_have_the_same_colour_in_every_picture_and_both_themes_name_the_same():
    sheets = {next(parsed(symconv.draw(*one)).iter(f"{SVG}style")).text for one in DRAWN}
    assert sheets == {style_sheet()}
    assert set(LIGHT) == set(DARK)
    assert set(LIGHT) >= {
        colour
        for rule in RULES.values()
        for name, colour in rule.items()
        if name in ("fill", "stroke") and colour != "none"
    }


def test_many_pictures_can_stand_on_one_page():
    """No ids, and every rule is about what is inside a picture."""
    for one in DRAWN:
        assert " id=" not in symconv.draw(*one).svg
    plain = re.sub(r"@media[^{]*\{(.*?\})\}", r"\1", style_sheet())
    selectors = [one.split("{")[0] for one in plain.split("}") if one]
    assert len(selectors) > 20
    assert all(".sc-picture" in one for one in selectors)
    assert 'body[data-theme="dark"] .sc-picture' in selectors
    assert "prefers-color-scheme:dark" in style_sheet()


def contrast(one, other):
    """The ratio of two colours' luminances, as WCAG 2 defines it."""

    def luminance(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_what_is_below_them(theme):
    pairs = [("ink", "paper"), ("ink", "in"), ("ink", "out"), ("muted", "paper"), ("muted", "zero")]
    pairs += [("in-ink", "paper"), ("out-ink", "paper"), ("kernel-text", "paper")]
    for above, below in pairs:
        assert contrast(theme[above], theme[below]) >= 4.5, (above, below)
    assert contrast(theme["kernel-ink"], theme["kernel"]) >= 4
    for line in ("in-line", "out-line", "kernel", "beyond-line"):
        assert contrast(theme[line], theme["paper"]) >= 2.7, line


def test_what_a_layer_is_called_is_text_and_nothing_else():
    layer = symconv.Conv1d(kernel_size=3, bias="</text><script>&")
    picture = symconv.draw(layer, 5)
    assert "<script" not in picture.svg
    assert repr(layer) in words(picture)


def test_the_law_is_written_with_its_numbers():
    assert "O = (W + 2*P - E)//S + 1 = (6 + 2*1 - 3)//2 + 1 = 3" in words(symconv.draw(CONV, 6))
    said = words(symconv.draw("Conv2d(kernel_size=3, stride=(1, 2), dilation=(2, 1))", 8))
    assert "axis 1: E = D*(F - 1) + 1 = 2*(3 - 1) + 1 = 5" in said
    ceiled = words(symconv.draw("MaxPool1d(3, 2, ceil_mode=True)", 8))
    assert [line for line in ceiled if line.startswith("= min(") and line.endswith("= 4")]
    note = "S - 1 = 1 zero between cells, E - 1 - P = -1: 1 cell cut off at each side"
    assert note in words(symconv.draw("ConvTranspose1d(kernel_size=2, stride=2, padding=2)", 4))


# The public name


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
    (CONV, "6", None, "a size as an integer", "224"),
    (CONV, -1, None, "a size from 0", "224"),
    (3, 6, None, "layers as text", "str(module)"),
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


# The command


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
    monkeypatch.setattr("sys.stdin", SimpleNamespace(closed=False, read=lambda: f"{CONV}\n"))
    assert main(["draw", "-", "6"]) == 0
    assert capsys.readouterr().out == symconv.draw(CONV, 6).svg
