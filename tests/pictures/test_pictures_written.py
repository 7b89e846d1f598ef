"""Pictures: how they are written, as documents, in words and colours."""

import itertools
import re
from typing import Any

import pytest

import symconv
from drawn import CONV, DRAWN, SVG, drawn, parsed, words
from symconv.layers.parameters import Parameter
from symconv.pictures.theme import DARK, LIGHT, RULES, style_sheet
from toy_windows import ToyConv1d


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
    class Labelled(ToyConv1d):
        label: Any = Parameter("")

    layer = Labelled(kernel_size=3, label="</text><script>&")
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
