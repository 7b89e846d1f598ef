"""Chains that people ask for: each comes out in the form in which they write it."""

from dataclasses import replace

import pytest

import symconv
from chains_by_hand import pairs
from symconv.designing.designer import design
from symconv.designing.searches import BY_AXIS
from symconv.questions.goals import scaling
from symconv.reading.chains import chain


def shapes(found, place=0):
    return [
        (one.kernel_size, one.stride, one.padding) for one in found.settings[place].layers
    ]  # fmt: skip


STACK = "2..6 x Conv2d(kernel_size=3..8, stride=1..4)"
SECONDS = 100
"""More than a busy machine needs."""


@pytest.mark.parametrize(
    "size",
    [
        (84, 84),
        (42, 42),
        (64, 64),
        (96, 96),
        (10, 10),
        (13, 13),
        (210, 160),
    ],
    ids=str,
)
def test_stacks_for_reinforcement_learning_are_ordinary(size):
    """RLlib's `conv_filters`: no cell unread where that can be, no stride beyond its kernel."""
    found = design(STACK, pairs(size, (1, 1)), limit=5, timeout=SECONDS)
    assert len(found.settings) == 5
    first = found.settings[0]
    for layer, before, after in zip(first.layers, first.sizes, first.sizes[1:], strict=False):
        assert layer.kernel_size >= layer.stride
        unread = [(a - layer.kernel_size) % layer.stride for a in before]
        assert unread == [0, 0] or len(set(size)) > 1
        slower = replace(layer, stride=1)
        assert layer.stride == 1 or symconv.size(slower, before).rows[-1] != after


def test_the_stack_for_atari_keeps_its_kernels_alike_on_both_axes():
    found = design(STACK, pairs((210, 160), (1, 1)), limit=3, timeout=SECONDS)
    assert found.settings[0].sizes[0] == (210, 160)
    assert found.settings[0].sizes[-1] == (1, 1)
    assert all(isinstance(one.kernel_size, int) for one in found.layers(0))


@pytest.mark.parametrize(
    ("out", "layers", "first"),
    [(32, 4, 4), (64, 5, 4), (96, 5, 6), (128, 6, 4)],
)
def test_the_generators_of_a_dcgan_come_first(out, layers, first):
    text = f"{layers} x ConvTranspose2d(kernel_size=3..6, stride=1..2, padding=0..2)"
    found = design(text, pairs((1,), (out,)), limit=5)
    assert shapes(found) == [(first, 1, 0), *[(4, 2, 1)] * (layers - 1)]


def test_the_upsampling_of_hifi_gan_is_repaired():
    text = "ConvTranspose1d(kernel_size=16, stride=8, padding=4) -> 2 x ConvTranspose1d(kernel_size=10, stride=5, padding=?, output_padding=?)"  # fmt: skip
    found = design(text, [scaling("up", 200)], limit=3)
    assert [(one.padding, one.output_padding) for one in found.layers(0)] == [
        (4, 0),
        (3, 1),
        (3, 1),
    ]
    assert all(one.proof.proved for one in found.settings)


@pytest.mark.parametrize("stride", [2, 3, 4, 5, 7, 8])
def test_the_strides_of_a_neural_codec_lose_no_sample(stride):
    text = (
        f"ConvTranspose1d(kernel_size={2 * stride}, stride={stride}, padding=?, output_padding=?)"
    )
    (layer,) = design(text, [scaling("up", stride)]).layers(0)
    assert (layer.padding, layer.output_padding) == (-(-stride // 2), stride % 2)


def test_an_image_of_46_by_62_becomes_368_by_489():
    text = "ConvTranspose2d(kernel_size=16, stride=8, padding=(0..8, 0..8), output_padding=(0..7, 0..7))"
    found = design(text, pairs((46, 62), (368, 489)), limit=1)
    assert (found.layers()[0].padding, found.layers()[0].output_padding) == ((4, 8), (0, 1))


def test_where_axes_are_too_much_to_follow_by_themselves_they_share_numbers_and_that_is_said():
    found = design(STACK, pairs((210, 160), (1, 1)), limit=3, timeout=SECONDS)
    assert (found.verdict, found.exhausted, found.count) == ("solved", False, None)
    assert "note: axes share their numbers" in repr(found).splitlines()[-1]
    every = design("2 x Conv2d(kernel_size=3..8, stride=1..4)", pairs((21, 16), (1, 1)))
    assert BY_AXIS not in every.reason
    assert all(isinstance(one.kernel_size, int) for row in found for one in row.layers)


DEEP = "6 x Conv2d(kernel_size=3..8, stride=1..4)"


def test_that_axes_that_share_numbers_have_no_design_is_no_proof_that_there_is_none():
    own = [replace(layer, kernel_size=(3, kernel), stride=1)
           for layer, kernel in zip(chain(DEEP).layers, (5, 5, 4, 4, 4, 4), strict=True)]  # fmt: skip
    assert symconv.size(own, (210, 160)).rows[-1] == (198, 140)
    none = design(DEEP, pairs((210, 160), (198, 140)))
    assert (none.verdict, none.exhausted, none.count, len(none)) == ("unknown", False, None, 0)
    assert none.conflict is None
    assert "Narrow the ranges" in none.reason


@pytest.mark.xfail(strict=True, reason="where all axes are too much, none is followed by itself")
def test_an_axis_that_refuses_by_itself_is_a_conflict_however_many_axes_there_are():
    """Six kernels of 3 take 12 cells: 11 are too few, whatever the other axis does."""
    assert design(DEEP, pairs((210, 160), (199, 159))).verdict == "infeasible"
