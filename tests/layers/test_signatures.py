"""What Python shows of a layer: its signature as torch has it, and a page of help that is true."""

from __future__ import annotations

import doctest
import inspect
from typing import Any

import pytest

import symconv
from symconv.layers import ENDINGS, NOT_WRITTEN, Layer
from symconv.layers import LAYERS as REGISTERED

LAYERS = {**REGISTERED, **ENDINGS}
every_layer = pytest.mark.parametrize("name", LAYERS)

DROPPED = ("device", "dtype")
"""What no size depends on, and what a description of a layer has no place for."""
OWN = {
    "output_size": "torch takes it when the layer is called: transposed convolutions, unpooling",
    "mode": "torch prints it, though the name of the layer says it: UpsamplingNearest2d",
}
"""Parameters that torch's constructor does not have."""


def arguments(of: Any) -> dict[str, Any]:
    """Return names and defaults; torch's private ones, and catch-alls, are for nobody to write."""
    return {
        name: one.default
        for name, one in inspect.signature(of).parameters.items()
        if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD) and not name.startswith("_")
    }


@every_layer
def test_the_signature_is_that_of_torch(name: str) -> None:
    torch = pytest.importorskip("torch")
    theirs = {n: d for n, d in arguments(getattr(torch.nn, name)).items() if n not in DROPPED}
    ours = arguments(LAYERS[name])
    own = list(ours)[len(theirs) :]
    assert list(ours)[: len(theirs)] == list(theirs)
    assert set(own) <= OWN.keys()
    for parameter, default in theirs.items():
        left_out = default is inspect.Parameter.empty and "in_channels" in ours
        assert ours[parameter] == (NOT_WRITTEN if left_out else default), parameter


@every_layer
def test_what_torch_takes_by_name_only_is_taken_by_name_only(name: str) -> None:
    torch = pytest.importorskip("torch")
    theirs = inspect.signature(getattr(torch.nn, name)).parameters
    for parameter, one in inspect.signature(LAYERS[name]).parameters.items():
        by_name = parameter not in theirs or theirs[parameter].kind is one.KEYWORD_ONLY
        assert (one.kind is one.KEYWORD_ONLY) == by_name, parameter


@every_layer
def test_the_signature_is_what_can_be_written(name: str) -> None:
    bound = inspect.signature(LAYERS[name]).bind_partial()
    assert list(inspect.signature(LAYERS[name]).parameters) == list(LAYERS[name].parameters)
    bound.apply_defaults()
    for parameter, default in bound.arguments.items():
        assert default is NOT_WRITTEN or default == LAYERS[name].parameters[parameter].default


def test_a_convolution_shows_what_may_be_left_out() -> None:
    shown = str(inspect.signature(symconv.Conv2d))
    assert shown.startswith(
        "(in_channels=NOT_WRITTEN, out_channels=NOT_WRITTEN, kernel_size=NOT_WRITTEN, stride=1, "
    )
    assert str(inspect.signature(symconv.MaxPool1d)).startswith("(kernel_size, stride=None, ")
    assert symconv.Conv1d(NOT_WRITTEN, NOT_WRITTEN, 3) == symconv.Conv1d(kernel_size=3)


@every_layer
def test_help_has_shapes_units_errors_source_and_an_example_that_runs(name: str) -> None:
    page = inspect.getdoc(LAYERS[name])
    for part in ("Shape:\n", "\nRaises:\n", "RequestError", "\nExample:\n", "\nSource: torch/nn/"):
        assert part in page
    assert all(f"    {parameter}: " in page for parameter in LAYERS[name].parameters)
    assert "cells" in page
    assert max(map(len, page.splitlines())) <= 120
    (example,) = doctest.DocTestFinder(recurse=False).find(LAYERS[name], name, globs={})
    assert example.examples
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0


@every_layer
def test_the_source_that_help_names_is_where_torch_has_the_layer(name: str) -> None:
    torch = pytest.importorskip("torch")
    assert inspect.getsourcefile(getattr(torch.nn, name)).endswith(LAYERS[name].source)


def test_help_of_a_convolution_prints_the_law() -> None:
    page = inspect.getdoc(symconv.Conv2d)
    assert "input (N, C, H, W), output (N, out_channels, H_out, W_out)" in page
    assert "`(input + 2*padding - (dilation*(kernel_size - 1) + 1))//stride + 1`" in page
    assert "one window fits the padded input" in page
    assert "kernel_size: kernel size, in taps." in page


def test_a_class_that_is_no_layer_has_words_of_its_own() -> None:
    assert inspect.getdoc(Layer).startswith("A layer of torch")
    (kind, *_) = symconv.Conv2d.__mro__[1:]
    assert "Shape" not in inspect.getdoc(kind)
