"""`mirror`: people's cases, refusals with their two sizes, axes, channels and notes."""

from math import ceil

import pytest

import symconv
from symconv import mirror

UNET = "Conv2d(1, 4, 3, padding=1) -> ReLU() -> Conv2d(4, 4, 3, padding=1) -> ReLU()"


def paddings(answer):
    return [layer.output_padding for layer in answer.decoder]


# People's cases


@pytest.mark.parametrize("s", range(2, 17))
def test_a_codec_gets_the_output_padding_that_three_hand_derived_rules_disagree_on(s):
    answer = mirror(
        f"Conv1d(kernel_size={2 * s}, stride={s}, padding={ceil(s / 2)})", for_=f"W % {s} == 0"
    )
    assert answer.verdict == "proved"
    assert paddings(answer) == [s % 2]


def test_a_vocoder_of_8_5_5_gives_200_samples_a_frame():
    downs = [(10, 5), (10, 5), (16, 8)]
    text = " -> ".join(
        f"Conv1d(kernel_size={k}, stride={s}, padding={ceil((k - s) / 2)})" for k, s in downs
    )
    answer = mirror(text, for_="W % 200 == 0")
    assert answer.verdict == "proved"
    assert [(one.padding, one.output_padding) for one in answer.decoder] == [(4, 0), (3, 1), (3, 1)]
    assert symconv.size(answer.decoder, 7).output == 1400


@pytest.mark.parametrize(
    ("encoder", "size", "expected"),
    [
        ("Conv2d(kernel_size=11, stride=3)", 250, [2]),  # Lasagne
        ("Conv2d(kernel_size=16, stride=8, padding=(4, 8))", (368, 489), [(0, 1)]),  # Keras
        ("Conv2d(kernel_size=3, stride=2, padding=1)", 29, [0]),  # EfficientNet
        ("Conv2d(kernel_size=7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)", 224, [1, 1]),
        ("Conv2d(kernel_size=4, stride=2, padding=1)", 265, [1]),  # edge-connect
        ("Conv1d(kernel_size=4, stride=2, padding=1)", 129, [1]),
        ("Conv2d(1, 6, 5) -> MaxPool2d(2) -> Conv2d(6, 16, 5) -> MaxPool2d(2)", 28, [0] * 4),
    ],
)
def test_one_size_of_peoples_threads_comes_back(encoder, size, expected):
    answer = mirror(encoder, input=size)
    assert answer.verdict == "proved"
    assert paddings(answer) == expected


@pytest.mark.parametrize("levels", [3, 4])
def test_a_u_net_encoder_is_for_multiples_of_its_strides_and_no_less(levels):
    encoder = " -> ".join([UNET, *[f"MaxPool2d(2) -> {UNET.replace('(1, 4', '(4, 4')}"] * levels])
    whole, half = 2**levels, 2 ** (levels - 1)
    assert mirror(encoder, for_=f"W % {whole} == 0").verdict == "proved"
    refused = mirror(encoder, for_=f"W % {half} == 0")
    assert refused.verdict == "infeasible"
    assert refused.merged.sizes == (whole, whole + half)
    assert f"every size with W % {whole} == 0" in refused.reason
    odd = mirror(encoder, for_=f"W % {whole} == {half}")
    assert odd.least == (whole + half,) * 2
    assert f"W = {half} is refused by layer" in odd.refused


def test_the_two_smallest_sizes_are_named_with_the_layer_that_makes_them_one():
    answer = mirror("Conv1d(kernel_size=3, stride=2) -> MaxPool1d(2)", for_="W % 2 == 1")
    assert answer.merged.sizes == (5, 7)
    assert (answer.merged.layer, answer.merged.becomes) == (2, 1)
    assert "W = 5 and W = 7 both become 1 at layer 2, MaxPool1d(kernel_size=2)" in repr(answer)


def test_sizes_that_stay_apart_but_take_two_output_paddings_have_no_mirror():
    answer = mirror("MaxPool1d(4)", for_="W == 4 or W == 9")
    assert answer.verdict == "infeasible"
    assert answer.merged is None
    assert "no two of them become one" in answer.reason
    assert "made for W = 4, give W = 9 back as 8" in answer.reason
    assert repr(answer).startswith("no mirror for")


def test_what_the_encoder_refuses_of_the_set_is_named():
    answer = mirror("Conv1d(kernel_size=9, stride=4)", for_="W % 4 == 0")
    assert answer.least == (12,)
    assert answer.refused == (
        "W = 4 is refused by layer 1, Conv1d: one window fits the padded input"
    )
    nothing = mirror("Conv1d(3, 8, 3) -> Conv1d(4, 8, 3)", for_="W % 2 == 0")
    assert nothing.verdict == "infeasible"
    assert "layer 2, Conv1d: the input has the layer's input channels" in nothing.reason


def test_axes_that_differ_are_treated_one_by_one():
    answer = mirror("Conv2d(kernel_size=(3, 5), stride=(2, 3))", for_="W % 6 == 0")
    assert repr(answer.decoder[0]) == (
        "ConvTranspose2d(kernel_size=(3, 5), stride=(2, 3), output_padding=1)"
    )
    assert mirror("MaxPool2d((1, 2))", for_="W % 2 == 0").verdict == "proved"
    assert mirror("MaxPool2d((1, 2))", for_="W > 5").merged.sizes == (6, 7)
    assert paddings(mirror("MaxPool2d(2)", input=(7, 8))) == [(1, 0)]


def test_pools_before_named_channels_have_as_many():
    (first, second) = mirror("MaxPool1d(2) -> Conv1d(3, 8, 1)", for_="W % 2 == 0").decoder
    assert (first.in_channels, first.out_channels) == (8, 3)
    assert (second.in_channels, second.out_channels) == (3, 3)


def test_layers_that_keep_sizes_and_pools_are_noted():
    answer = mirror("Conv1d(1, 2, 3) -> BatchNorm1d(2) -> ReLU() -> MaxPool1d(2)", for_="W == 8")
    assert answer.notes == (
        "left out, since they keep sizes: BatchNorm1d, ReLU",
        "MaxPool1d is undone in its sizes; its values take MaxUnpool",
    )
    assert "nothing to undo" in repr(mirror("ReLU()"))


@pytest.mark.parametrize(
    "options", [{"for_": "W % 4 == 1"}, {"input": 9}, {}, {"for_": "W >= 4"}], ids=str
)
def test_every_decoder_is_written_as_a_proposition_with_its_proof(options):
    """A decoder that was proved had none: to ask whether it has a proof is no yes or no."""
    answer = mirror("Conv1d(3, 8, 3, stride=2) -> MaxPool1d(2)", **options)
    assert "**Proposition.**" in answer.markdown()
    assert ("\\end{enumerate}" in answer.latex()) == bool(answer)
    for layer in answer.decoder:
        assert f"1. `{layer!r}" in answer.markdown()
