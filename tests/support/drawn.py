"""Layers to draw, and how the tests read a picture and ask torch what it shows."""

import itertools
import warnings
import xml.etree.ElementTree as ET

import pytest

import symconv
from symconv.pictures.cells import weights
from symconv.pictures.subject import subject_of

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
