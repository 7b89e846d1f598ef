"""The evidence in `docs/limits.md`, run again."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")

import limits_page  # noqa: E402
from symconv.chains import size  # noqa: E402
from symconv.chains.unmet import ALLOCATES  # noqa: E402
from symconv.errors import RequestError  # noqa: E402
from symconv.layers import LAYERS  # noqa: E402
from torch_answers import quiet_torch  # noqa: E402

nn = torch.nn


def ran(module: Any, *shape: int) -> tuple[int, ...]:
    """Return the shape of torch's output."""
    with quiet_torch():
        return tuple(module.eval()(torch.zeros(shape)).shape)


def test_the_list_is_the_one_that_is_shown_here() -> None:
    said = {s for entry in limits_page.entries() if not entry.laws for s in entry.sentences}
    assert said == {
        ALLOCATES,
        "below 2**31",
        "GLU: dim as the channels' axis (1) or a spatial one",
        "scale_factor as a positive number",
        "as True or False",
        "as an integer",
        "as 1 or more",
        "as a number",
        "entry, one for each axis",
        "entries, one for each axis",
        "before and after each axis, the last first",
    }


def test_overlapping_wrapped_cells_depend_on_the_batch() -> None:
    with pytest.raises(RuntimeError):
        ran(nn.CircularPad1d((3, -2)), 1, 1, 4)
    assert ran(nn.CircularPad1d((3, -2)), 2, 2, 4) == (2, 2, 5)


def test_a_transposed_convolution_without_an_output_cell_depends_on_the_batch() -> None:
    with pytest.raises(RuntimeError):
        ran(nn.ConvTranspose1d(2, 2, 3, padding=3), 1, 2, 4)
    assert ran(nn.ConvTranspose1d(2, 2, 3, padding=3), 2, 2, 4) == (2, 2, 0)


def test_a_dilation_of_zero_depends_on_the_batch() -> None:
    with pytest.raises(RuntimeError):
        ran(nn.ConvTranspose1d(2, 2, 1, stride=2, dilation=0), 1, 2, 4)
    assert ran(nn.ConvTranspose1d(2, 2, 1, stride=2, dilation=0), 2, 2, 4) == (2, 2, 7)


def test_neither_torch_nor_symconv_addresses_too_many_cells() -> None:
    with pytest.raises(RuntimeError):
        ran(nn.ConstantPad3d(2**21 - 1, 0), 1, 1, 1, 1, 1)
    refused = size(LAYERS["ConstantPad3d"](2**21 - 1, 0), 1).refused
    assert refused
    assert refused.sentence == ALLOCATES


def test_large_parameters_overflow_in_torch_and_are_refused_here() -> None:
    assert ran(nn.Conv1d(2, 2, 1, stride=2**31), 2, 2, 5) == (2, 2, 1)
    assert ran(nn.Unfold(3, dilation=2**62), 2, 2, 5, 5) == (2, 18, 25)
    with pytest.raises(RequestError, match=r"stride below 2\*\*31"):
        LAYERS["Conv1d"](2, 2, 1, stride=2**31)
    with pytest.raises(RequestError, match=r"dilation below 2\*\*31"):
        LAYERS["Unfold"](3, dilation=2**62)
    assert size(LAYERS["Conv1d"](2, 2, 1, stride=2**31 - 1), 5).output == 1


def test_unpooling_needs_indices_inside_its_output() -> None:
    unpool, cells = nn.MaxUnpool1d(2), torch.zeros(2, 2, 3)
    assert unpool(cells, torch.full((2, 2, 3), 5)).shape == (2, 2, 6)
    with pytest.raises(RuntimeError):
        unpool(cells, torch.full((2, 2, 3), 6))
    found = size(LAYERS["MaxUnpool1d"](2), 3)
    assert found.output == 6
    assert found.notes == ("MaxUnpool1d also needs indices that lie inside its output",)


def test_other_factors_are_evaluated_and_that_is_noted() -> None:
    assert ran(nn.Upsample(scale_factor=2.3), 2, 2, 50) == (2, 2, 114)
    found = size(LAYERS["Upsample"](scale_factor=2.3), 50)
    assert found.output == 114
    assert "evaluated, not a law" in found.notes[0]
    assert size(LAYERS["Upsample"](scale_factor=1.5), 50).notes == ()


def test_the_batch_is_not_an_axis() -> None:
    assert ran(nn.GLU(dim=0), 2, 2, 5) == (1, 2, 5)
    with pytest.raises(RequestError, match="dim as the channels' axis"):
        LAYERS["GLU"](dim=0)


def test_factors_are_positive() -> None:
    assert ran(nn.Upsample(scale_factor=(0.0,), mode="area"), 2, 2, 5) == (2, 2, 0)
    assert ran(nn.Upsample(3, 0), 2, 2, 5) == (2, 2, 3)
    with pytest.raises(RequestError, match="scale_factor as a positive number"):
        LAYERS["Upsample"](scale_factor=(0.0,), mode="area")
    with pytest.raises(RequestError, match="scale_factor as a positive number"):
        LAYERS["Upsample"](3, 0)


def refuses(name: str, needed: str, *values: Any, **named: Any) -> bool:
    """Whether symconv refuses a layer, and says what it needs."""
    with pytest.raises(RequestError) as caught:
        LAYERS[name](*values, **named)
    return needed in caught.value.needed


def test_switches_are_true_or_false() -> None:
    assert nn.Conv1d(2, 2, 3, bias="False").bias is not None
    assert ran(nn.ReLU(inplace=[1]), 2, 2, 5) == (2, 2, 5)
    assert refuses("Conv1d", "as True or False", 2, 2, 3, bias="False")
    assert refuses("ReLU", "as True or False", inplace=[1])
    assert LAYERS["Conv1d"](2, 2, 3, bias=0) == LAYERS["Conv1d"](2, 2, 3, bias=False)
    assert LAYERS["Conv1d"](2, 2, 3, bias=None).bias is None


def test_integers_are_integers() -> None:
    assert ran(nn.InstanceNorm1d("abc"), 2, 2, 5) == (2, 2, 5)
    assert ran(nn.GroupNorm(2, 0, affine=False), 2, 2, 5) == (2, 2, 5)
    assert ran(nn.PReLU(()), 2, 2, 5) == (2, 2, 5)
    assert ran(nn.Conv1d(2, 2, kernel_size=True), 2, 2, 5) == (2, 2, 5)
    with quiet_torch():
        places = torch.zeros((2, 2, 5), dtype=torch.long)
        assert nn.MaxUnpool1d(True)(torch.zeros(2, 2, 5), places).shape == (2, 2, 5)
    assert refuses("InstanceNorm1d", "as an integer", "abc")
    assert refuses("GroupNorm", "as 1 or more", 2, 0, affine=False)
    assert refuses("PReLU", "as an integer", ())
    assert refuses("Conv1d", "as an integer", 2, 2, kernel_size=True)
    assert refuses("MaxUnpool1d", "as an integer", True)


def test_numbers_are_real() -> None:
    assert ran(nn.LocalResponseNorm(1, k=1j), 2, 2, 5) == (2, 2, 5)
    assert ran(nn.LPPool1d("2", 1), 2, 2, 5) == (2, 2, 5)
    assert refuses("LocalResponseNorm", "as a number", 1, k=1j)
    assert refuses("LPPool1d", "as a number", "2", 1)


def test_a_tuple_has_an_entry_for_each_axis() -> None:
    with quiet_torch():
        places = torch.zeros((2, 2, 5), dtype=torch.long)
        unpool = nn.MaxUnpool1d(2, padding=(0, 7))
        assert unpool(torch.zeros(2, 2, 5), places).shape == (2, 2, 10)
    assert ran(nn.ZeroPad2d((1, 1)), 2, 2, 5, 5) == (2, 2, 5, 7)
    assert ran(nn.ZeroPad2d(()), 2, 2, 5, 5) == (2, 2, 5, 5)
    assert refuses("MaxUnpool1d", "entry, one for each axis", 2, padding=(0, 7))
    assert refuses("MaxUnpool2d", "entries, one for each axis", 2, padding=(0, 0, 7))
    for padding in ((1, 1), ()):
        assert refuses("ZeroPad2d", "before and after each axis, the last first", padding)


def test_torch_takes_some_empty_inputs() -> None:
    assert ran(nn.AdaptiveAvgPool2d(1), 2, 2, 0, 3) == (2, 2, 1, 1)
    assert ran(nn.Upsample(size=1, mode="area"), 2, 2, 0) == (2, 2, 1)
    assert ran(nn.PixelUnshuffle(2), 2, 2, 0, 4) == (2, 2, 0, 4)
    assert ran(nn.BatchNorm1d(5), 2, 2, 0) == (2, 2, 0)
    assert ran(nn.LocalResponseNorm(0), 2, 2, 0) == (2, 2, 0)


def test_what_is_said_beside_cuda_holds_on_the_cpu() -> None:
    assert ran(nn.ReplicationPad2d((-2, -3, 0, 0)), 2, 2, 5, 5) == (2, 2, 5, 0)
    assert size("ReplicationPad2d((-2, -3, 0, 0))", (5, 5)).rows[-1] == (5, 0)
    assert size("ConvTranspose1d(2, 2, 3, padding=3)", 4).refused
    assert refuses("Conv1d", "kernel_size >= 1", 2, 2, 0)
    assert refuses("Conv1d", "below 2**31", 2, 2, 1, stride=2**31)
