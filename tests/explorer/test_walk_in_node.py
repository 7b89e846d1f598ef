"""What the page's script makes of its functions: cells, fields, nearest sizes and code."""

import random
from fractions import Fraction

import torch.nn as nn

import symconv
from in_node import computed, needs_node
from symconv.explorer.forms import drawn
from symconv.explorer.layers_of_page import layers
from symconv.explorer.start import beginning
from symconv.pictures.subject import subject_of
from symconv.reading.chains import chain

pytestmark = needs_node

PAGE = layers(drawn())

DRAWN = {
    "Conv{}d(kernel_size={a}, stride={s}, padding={p}, dilation={d})": 12,
    "Conv{}d(kernel_size={a}, padding={p}, padding_mode=reflect)": 6,
    "Conv{}d(kernel_size={a}, stride={s}, padding={p}, padding_mode=replicate)": 6,
    "Conv{}d(kernel_size={a}, padding={p}, padding_mode=circular)": 6,
    "Conv{}d(kernel_size={a}, dilation={d}, padding=same)": 6,
    "MaxPool{}d({a}, stride={s}, padding={p}, dilation={d}, ceil_mode=True)": 10,
    "AvgPool{}d({a}, padding={p})": 5,
    "LPPool{}d(2, {a}, stride={s}, ceil_mode=True)": 5,
    "AdaptiveAvgPool{}d({a})": 5,
    "ConvTranspose{}d(kernel_size={a}, stride={s}, padding={p}, output_padding={o}, dilation={d})": 20,
}
"""Layers that have a picture, and how many of each are drawn at random."""


def settled(text, axes, rng):
    letters = {"a": rng.randint(1, 4), "s": rng.randint(1, 4), "p": rng.randint(0, 2)}
    return text.format(axes, d=rng.randint(1, 3), o=rng.randint(0, 2), **letters)


def random_layers(seed):
    rng = random.Random(seed)
    for text, count in DRAWN.items():
        for _ in range(count):
            axes = rng.randint(1, 2)
            yield settled(text, axes, rng), [rng.randint(1, 9) for _ in range(axes)]


def begun(text, sizes):
    """What the page has of layers and sizes."""
    start = beginning(text, tuple(sizes), "en", PAGE)
    return {"layers": start["layers"], "sizes": start["sizes"]}


def as_row(axis):
    """A row of cells as the script has it."""
    return {
        "first": axis.first,
        "cells": [
            {"role": cell.role} | ({} if cell.source is None else {"source": cell.source})
            for cell in axis.cells
        ],
        "windows": [
            [{"place": tap.place, "number": tap.number} for tap in taps] for taps in axis.windows
        ],
        "unread": sorted(axis.unread),
    }


def as_paint(axis):
    places = axis.places
    return {
        "strokes": [
            [{"place": tap.place, "number": tap.number} for tap in taps] for taps in axis.strokes
        ],
        "output": axis.output,
        "counts": list(axis.counts),
        "first": places.start,
        "stop": places.stop,
    }


def placed(subject):
    """The rows of each axis, and of a transposed layer its paint."""
    if not subject.laws[0].scatters:
        return [[as_row(row)] for row in subject.windows()]
    axes = zip(subject.stretched(), subject.strokes(), strict=True)
    return [[as_row(row), as_paint(paint)] for row, paint in axes]


CELLS = """(() => {
  const [step] = walked(each.layers, each.sizes);
  const row = (own) => ({...own, unread: [...own.unread].sort((a, b) => a - b)});
  return step.laws.map((law) => law.operator.reads.kind === "strokes"
    ? [row(stretchedOf(law)), strokesOf(law)] : [row(windowsOf(law))]);
})()"""


def test_cells_are_those_of_the_pictures():
    cases, pictured = [], []
    for text, sizes in random_layers(3):
        try:
            pictured.append(list(placed(subject_of(text, tuple(sizes)))))
        except symconv.SymconvError:  # no such layer or size, or too many cells to see
            continue
        cases.append(begun(text, sizes))
    assert {len(axis) for axes in pictured for axis in axes} == {1, 2}
    assert len(cases) > 40
    for case, cells, right in zip(cases, computed(CELLS, cases), pictured, strict=True):
        assert cells == right, case


FIELDS = """fieldsOf(walked(each.layers, each.sizes)).at(-1)"""


def test_receptive_fields_are_those_of_symconv():
    rng, cases, exact = random.Random(11), [], []
    while len(cases) < 150:
        axes = rng.randint(1, 2)
        texts = [settled(rng.choice(list(DRAWN)), axes, rng) for _ in range(rng.randint(1, 10))]
        texts = [text for text in texts if "Adaptive" not in text] or texts
        size = rng.choice([40, 64, 200])
        try:
            if symconv.size(" -> ".join(texts), size).refused:
                continue
            exact.append(symconv.receptive_field(" -> ".join(texts)))
        except symconv.SymconvError:
            continue
        cases.append(begun(" -> ".join(texts), [size] * axes))
    compared = 0
    for case, fields, right in zip(cases, computed(FIELDS, cases), exact, strict=True):
        if right.unbounded:
            assert all("unbounded" in axis for axis in fields), case
            continue
        if any("tooMany" in axis for axis in fields):
            continue
        compared += 1
        for axis, field in zip(fields, right.axes, strict=True):
            assert axis["field"] == field.field, case
            assert axis["fields"] == list(field.cells), case
            assert Fraction(*axis["jump"]) == field.jump, case
            assert axis["start"] == field.start, case
    assert compared > 100


def test_a_field_that_nothing_bounds_names_what_is_read():
    case = begun("Conv1d(kernel_size=3) -> AdaptiveAvgPool1d(4)", [20])
    ((axis,),) = computed(FIELDS, [case])
    assert axis["says"] == "a segment that depends on the size"


NEAREST = """(() => {
  const {refused} = walked(each.layers, each.sizes).at(-1);
  if (!refused) return null;
  const law = `${refused.need.text}, here ${refused.here}`;
  return [refused.need.says, law, nearest(each.layers, each.sizes, refused.axis)];
})()"""


def test_a_refusal_and_the_nearest_sizes_are_those_of_symconv():
    cases, refusals = [], []
    for line, sizes in [
        ("Conv1d(kernel_size=5) -> MaxPool1d(2)", [2]),
        ("Conv2d(kernel_size=3, stride=2) -> Conv2d(kernel_size=3, stride=2)", [6, 6]),
        ("PixelUnshuffle(4)", [9, 9]),
        ("PixelUnshuffle(4)", [8, 9]),
        ("Conv2d(kernel_size=3) -> PixelUnshuffle(3)", [12, 14]),
        ("ConvTranspose1d(kernel_size=3, padding=4)", [3]),
        ("ConvTranspose1d(kernel_size=3, stride=2, output_size=20)", [4]),
        ("Fold(output_size=(4, 5), kernel_size=(2, 2))", [11]),
        ("Unfold(4)", [3, 9]),
        ("MaxPool1d(3, 2, 2)", [9]),
        ("Conv1d(kernel_size=1001)", [1]),  # as far away as the page tries
        ("ConvTranspose1d(kernel_size=3, stride=2, padding=1, output_padding=2)", [4]),
    ]:
        refusal = symconv.size(line, tuple(sizes)).refused
        cases.append(begun(line, sizes))
        refusals.append([refusal.sentence, refusal.law, dict(refusal.nearest)])
    assert computed(NEAREST, cases) == refusals


def torch_layer(line):
    """A line of the page, run by torch."""
    return eval(line, {"nn": nn, "in_channels": 4, "out_channels": 4})


def test_the_torch_line_is_the_layer_again():
    cases, lines = [], []
    for text, sizes in random_layers(29):
        try:
            cases.append(begun(text, sizes))
        except symconv.SymconvError:
            continue
        lines.append(text)
    codes = computed("torchCode(each.layers, each.sizes.length)", cases)
    assert len(codes) > 50
    for text, code in zip(lines, codes, strict=True):
        read = chain(code.removeprefix("nn.").replace("in_channels, out_channels, ", ""))
        assert read.layers == chain(text).layers, code
        assert type(torch_layer(code)).__name__ == type(read.layers[0]).__name__


def test_the_torch_code_of_a_chain_and_of_what_is_told_in_the_call():
    text = "Conv2d(kernel_size=(3, 5), stride=2) -> ConvTranspose2d(kernel_size=3, output_size=9)"
    (code,) = computed("torchCode(each.layers, 2)", [begun(text, [9, 9])])
    assert code.splitlines() == [
        "nn.Sequential(",
        "    nn.Conv2d(in_channels, out_channels, kernel_size=(3, 5), stride=2),",
        "    nn.ConvTranspose2d(in_channels, out_channels, kernel_size=3),",
        ")",
        "# ConvTranspose2d: (x, output_size=[9, 9])",
    ]
