"""`size`: worked examples of other people, refusals, the nearest sizes, arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from symconv.errors import RefusedSizeError, RequestError
from symconv.layers import LAYERS

GOLDEN = [
    # people's threads, and the traps of torch's rules that were found by running it
    ("Conv2d(kernel_size=3, stride=2, padding=1)", 24, 12),
    ("Conv2d(kernel_size=3, stride=2, padding=1) -> ConvTranspose2d(kernel_size=3, stride=2, padding=1)", 24, 23),
    ("ConvTranspose2d(kernel_size=3, stride=2, padding=1, output_padding=1)", 12, 24),
    ("Conv2d(kernel_size=11, stride=3) -> ConvTranspose2d(kernel_size=11, stride=3)", 250, 248),
    ("MaxPool1d(1, 2, ceil_mode=True)", 32, 16),
    ("AvgPool2d(4, 4, padding=2, ceil_mode=True)", 9, 3),
    ("AvgPool2d(3, 3, padding=1, ceil_mode=True)", 2, 1),
    ("ConvTranspose1d(kernel_size=3, stride=2, dilation=5, output_padding=4)", 4, 21),
    ("Upsample(scale_factor=2.3)", 50, 114),
    ("Upsample(scale_factor=0.7)", 90, 62),
    ("Upsample(scale_factor=0.7)", 180, 125),
    ("MaxUnpool1d(2)", 4, 8),
    ("MaxUnpool1d(2, output_size=7)", 4, 7),
    ("ConvTranspose1d(kernel_size=10, stride=5, padding=3, output_padding=1)", 7, 35),
    ("ConvTranspose1d(kernel_size=10, stride=5, padding=2)", 7, 36),
]  # fmt: skip

REFUSED = [
    ("ConvTranspose1d(kernel_size=3, stride=2, dilation=5, output_size=21)", 4),
    ("AvgPool3d(2, padding=1)", 1),
    ("FractionalMaxPool3d(2, output_size=7)", 8),
    ("Conv1d(kernel_size=1, padding=1)", 0),
    ("MaxPool1d(2, dilation=3, padding=2)", 9),
    ("ReflectionPad2d(3)", 3),
    ("PixelUnshuffle(2)", 5),
    ("Conv2d(kernel_size=4) -> Conv2d(kernel_size=4)", 6),
]


@pytest.mark.parametrize(("layers", "given", "expected"), GOLDEN)
def test_worked_examples_come_out(layers, given, expected):
    assert symconv.size(layers, given).output == expected


@pytest.mark.parametrize(("layers", "given"), REFUSED)
def test_what_torch_refuses_is_refused_with_a_sentence(layers, given):
    found = symconv.size(layers, given)
    assert found.refused
    assert found.refused.sentence
    with pytest.raises(RefusedSizeError, match="needed"):
        _ = found.output


def test_wav2vec2_has_its_closed_form():
    stack = " -> ".join(
        f"Conv1d(kernel_size={k}, stride={s})"
        for k, s in zip((10, 3, 3, 3, 3, 2, 2), (5, 2, 2, 2, 2, 2, 2), strict=True)
    )
    for length, frames in ((90799, 283), (75108, 234), (60146, 187)):
        assert symconv.size(stack, length).output == frames == (length - 80) // 320
    lengths = np.arange(400, 5000)
    assert np.array_equal(symconv.size(stack, lengths).output, (lengths - 80) // 320)


def test_json_keeps_the_contract():
    passed = symconv.size("Conv2d(3, 64, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)", 224)
    assert passed.to_dict() == {"schema": "symconv/1", "sizes": [224, 112, 56]}
    uneven = symconv.size("Conv2d(kernel_size=(3, 1))", (5, 5)).to_dict()
    assert uneven["sizes"] == [[5, 5], [3, 5]]
    refused = symconv.size("ReLU() -> PixelUnshuffle(2)", (7, 7)).to_dict()["refused"]
    assert refused["layer"] == 2
    assert refused["numbers"] == {"input": 7, "downscale_factor": 2}
    assert refused["nearest"] == {"below": 6, "above": 8}
    assert set(refused) == {"layer", "sentence", "numbers", "nearest"}


def brute_nearest(layers, size, together=True, reach=400):
    passes = lambda w: w >= 1 and not symconv.size(layers, w).refused  # noqa: E731
    below = next((w for w in range(size - 1, 0, -1) if passes(w)), None)
    above = next((w for w in range(size + 1, size + reach) if passes(w)), None)
    return {"below": below, "above": above}


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Conv2d(kernel_size=5)",
                "Conv2d(kernel_size=3, stride=2)",
                "MaxPool2d(3, 2, ceil_mode=True)",
                "PixelUnshuffle(3)",
                "PixelUnshuffle(2)",
                "ReflectionPad2d(4)",
                "ZeroPad2d((-3, -2, -3, -2))",
                "ConvTranspose2d(kernel_size=2, stride=2, padding=1)",
                "Upsample(scale_factor=0.75)",
                "Upsample(scale_factor=0.3)",
                "LayerNorm((9, 9))",
                "AvgPool2d(2)",
                "CircularPad2d(5)",
                "AdaptiveAvgPool2d(6)",
            ]
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(1, 40),
)
def test_the_nearest_sizes_are_those_that_trying_them_all_finds(layers, size):
    text = " -> ".join(layers)
    found = symconv.size(text, size)
    if not found.refused:
        return
    expected = brute_nearest(text, size)
    below, above = found.refused.nearest["below"], found.refused.nearest["above"]
    assert below == expected["below"] or not found.refused.searched
    if above is None or above < size + 400:
        assert above == expected["above"] or not found.refused.searched


def test_a_chain_that_takes_no_size_says_so():
    never = "PixelUnshuffle(2) -> PixelShuffle(2) -> ZeroPad2d((0, 1, 0, 1)) -> PixelUnshuffle(2)"
    refusal = symconv.size(never, 8).refused
    assert refusal.nearest == {"below": None, "above": None}
    assert refusal.searched
    assert str(refusal).endswith("No other size passes.")


def test_a_search_that_gives_up_says_so():
    rare = "PixelUnshuffle(337) -> Upsample(scale_factor=337) -> PixelUnshuffle(347)"
    found = symconv.size(rare, 347 * 100)
    assert found.refused.nearest == {"below": None, "above": None}
    assert not found.refused.searched
    assert found.to_dict()["refused"]["searched"] is False


def test_a_far_size_is_found_at_once():
    assert symconv.size("LayerNorm(7)", 10**12).refused.nearest == {"below": 7, "above": None}
    far = symconv.size("Conv1d(kernel_size=2147483647)", 3).refused
    assert far.nearest == {"below": None, "above": 2147483647}


@pytest.mark.parametrize(
    "layers",
    [
        "Conv2d(kernel_size=5, stride=2, padding=1) -> MaxPool2d(2, ceil_mode=True) -> PixelUnshuffle(2)",
        "ReflectionPad2d(3) -> Conv2d(kernel_size=3, dilation=2)",
        "Upsample(scale_factor=0.7) -> ConvTranspose2d(kernel_size=3, stride=2)",
        "Conv2d(3, 8, 3) -> BatchNorm2d(8) -> InstanceNorm2d(8)",
    ],
)
def test_arrays_agree_with_one_size_at_a_time(layers):
    sizes = np.arange(1, 80)
    many = symconv.size(layers, sizes)
    for place, size in enumerate(sizes):
        one = symconv.size(layers, int(size))
        assert bool(many.valid[place]) == (one.refused is None)
        if not one.refused:
            assert many.rows[-1][0][place] == one.output


def test_arrays_are_checked_as_single_sizes_are():
    mixed = "Conv2d(kernel_size=3) -> Conv1d(kernel_size=3)"
    for layers, sizes in (
        (mixed, np.arange(1, 9)),
        ("ReLU()", np.array([-5, 3])),
        ("ReLU()", np.array([2**63 + 5], np.uint64)),
        ("ReLU()", np.array([1.5])),
    ):
        with pytest.raises(RequestError):
            symconv.size(layers, sizes)
    assert not symconv.size("Conv2d(kernel_size=1)", np.array([2**31])).valid[0]
    assert symconv.size("Conv2d(kernel_size=1)", 2**31).refused
    assert "evaluated" in symconv.size("Upsample(scale_factor=0.7)", np.array([5])).notes[0]
    found = symconv.size("Conv1d(kernel_size=2)", np.array([1, 4])).to_dict()
    assert found["valid"] == [False, True]


@pytest.mark.parametrize(
    ("layers", "sizes", "axis", "nearest"),
    [
        ("PixelUnshuffle(2)", (5, 8), 1, {"below": 4, "above": 6}),
        ("PixelUnshuffle(2)", (5, 7), 1, {"below": 4, "above": 6}),
        ("PixelUnshuffle(3)", (9, 8), 2, {"below": 6, "above": 9}),
        ("Conv2d(3,8,(3,9))", (2, 4), 1, {"below": None, "above": 3}),
        ("Conv2d(3,8,3) -> LayerNorm([8,4,6])", (5, 9), 1, {"below": None, "above": 6}),
        ("Unfold(2) -> Fold((4, 5), 2)", (4, 6), 1, {"below": None, "above": None}),
    ],
)
def test_axes_that_differ_are_looked_at_one_at_a_time(layers, sizes, axis, nearest):
    found = symconv.size(layers, sizes).refused
    assert found.axis == axis
    assert found.nearest == nearest
    assert f"on axis {axis}" in str(found) or "axis" in str(found)


def test_channels_are_followed_and_their_lack_is_said():
    assert symconv.size("Conv2d(3, 8, 3) -> PixelShuffle(2)", 9).notes == ()
    assert "assuming" in symconv.size("PixelShuffle(2)", 9).notes[0]
    clash = symconv.size("Conv2d(3, 8, 3) -> Conv2d(4, 8, 3)", 30)
    assert clash.refused.numbers == {"channels": 8, "in_channels": 4}
    assert clash.refused.nearest == {"below": None, "above": None}
    assert symconv.size("PixelShuffle(2)", 9, channels=3).refused
    assert not symconv.size("PixelShuffle(2)", 9, channels=4).refused


def test_what_is_evaluated_and_no_law_is_said():
    notes = symconv.size("Upsample(scale_factor=0.7)", 90).notes
    assert "evaluated, not a law" in notes[0]
    assert symconv.size("Upsample(scale_factor=1.5)", 3).notes == ()


@pytest.mark.parametrize(
    "size", [3.0, "3", None, True, -1, 2**70, (1, 2, 3), pytest.param(10**5000, id="huge"), [], {}]
)
def test_a_size_that_is_none_is_a_wrong_request(size):
    with pytest.raises(RequestError) as caught:
        symconv.size("Conv2d(kernel_size=3)", size)
    assert caught.value.needed
    assert caught.value.arrived
    assert caught.value.write


def test_unknowns_are_refused_with_the_remedy():
    with pytest.raises(RequestError, match="symconv solve"):
        symconv.size("Conv2d(kernel_size=?)", 5)


def test_every_layer_is_listed_in_the_family_that_registers_it():
    assert {LAYERS[name].__name__ for name in LAYERS} == set(LAYERS)


def test_sizes_for_no_axis_and_arrays_of_other_shapes_are_refused():
    numpy = pytest.importorskip("numpy")
    with pytest.raises(RequestError, match="one size"):
        symconv.size("ReLU()", ())
    with pytest.raises(RequestError, match=r"one shape; got \(6,\) and \(5,\)"):
        symconv.size("Conv2d(3, 3, 3)", (numpy.arange(6), numpy.arange(5)))


@pytest.mark.parametrize(
    "layers", ["Conv2d(3, 4, 3, groups=2)", "Conv2d(1, 1, 9) -> Conv2d(1, 3, 1, groups=2)"]
)
def test_what_no_size_makes_up_for_is_told_first(layers):
    assert "the groups divide" in symconv.size(layers, 1).refused.sentence


@pytest.mark.parametrize(
    ("sizes", "below", "axis"),
    [((999_999_999_999_999_999, 1), 2**59 - 1, 1), ((1, 2**60), 2**59 - 1, 2)],
)
def test_nearest_sizes_leave_room_for_the_other_axes(
    sizes: tuple[int, int], below: int, axis: int
) -> None:
    """What a machine can address is the product of all axes, also of those that stay."""
    layer = symconv.ConvTranspose2d(1, 1, 2, stride=2)
    refused = symconv.size(layer, sizes).refused
    assert refused is not None
    assert refused.axis == axis
    assert refused.nearest == {"below": below, "above": None}
    others = [1, 1]
    others[axis - 1] = below
    assert symconv.size(layer, tuple(others)).refused is None
    others[axis - 1] = below + 1
    assert symconv.size(layer, tuple(others)).refused is not None
