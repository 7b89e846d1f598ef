"""`mirror` in torch: every kind of layer, the code, random encoders against brute force."""

from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import symconv
from symconv import mirror
from symconv.emit.decoder_code import decoder_code
from symconv.reading.chains import chain
from symconv.witness import build

pytest.importorskip("torch")

KINDS = [
    "Conv2d(2, 4, 3, stride=2, padding=1, padding_mode='reflect', groups=2, bias=False)",
    "Conv2d(2, 4, 3, padding=2, padding_mode='circular')",
    "Conv2d(2, 4, 3, stride=3, padding=1, padding_mode='replicate', dilation=2)",
    "Conv2d(2, 4, 4, padding='same')",
    "Conv2d(2, 4, 3, padding='valid', stride=4)",
    "ConvTranspose2d(2, 4, 3, stride=2, padding=1, output_padding=1)",
    "ConvTranspose1d(kernel_size=3, stride=2, dilation=3)",
    "ConvTranspose1d(kernel_size=3, stride=2, dilation=5, padding=1, output_padding=4)",
    "MaxPool2d(3, 2, 1, ceil_mode=True)",
    "MaxPool2d(2, ceil_mode=True, return_indices=True)",
    "MaxPool1d(3, stride=4, dilation=2, padding=1, ceil_mode=True)",
    "AvgPool3d(2)",
    "AvgPool2d(3, ceil_mode=True)",
    "LPPool2d(2, 3, stride=2, ceil_mode=True)",
    "LPPool1d(inf, 3)",
    "PixelUnshuffle(2)",
    "PixelShuffle(2) -> Conv2d(kernel_size=2, stride=2)",
    "ReflectionPad2d((1, 2, 3, 0)) -> ReplicationPad2d(1) -> CircularPad2d((-1, 0, 1, 0))",
    "ConstantPad1d((2, -1), value=3.0) -> ZeroPad1d(1)",
    "Upsample(scale_factor=3)",
    "Upsample(scale_factor=(2, 1), mode='bilinear')",
    "Upsample(scale_factor=0.25) -> ReLU()",
    "Conv2d(2, 8, 3) -> InstanceNorm2d(8) -> GELU() -> Dropout2d(0.1) -> MaxPool2d(2)",
    "Conv2d(2, 8, 3) -> GroupNorm(2, 8) -> PReLU(8) -> GLU(1) -> Conv2d(4, 4, 2, stride=2)",
    "GLU(-1) -> BatchNorm1d(3)",
]
TOLD_ONLY = [
    "AdaptiveAvgPool2d((3, 5))",
    "Upsample(size=9)",
    "FractionalMaxPool2d(2, output_size=5)",
]


@cache
def torch():
    return pytest.importorskip("torch")


def made(answer):
    """Run the code of a decoder."""
    names = {}
    exec(decoder_code(answer), names)
    return names


@pytest.mark.parametrize("encoder", KINDS + TOLD_ONLY)
def test_all_sizes_come_back_from_a_decoder_that_is_told_them(encoder):
    torch()
    answer = mirror(encoder, verify=True)
    assert answer.verdict == "proved"
    assert answer.verified.failed == 0
    assert answer.verified.checked >= 3
    assert answer.verified.forward_calls >= 2 * answer.verified.checked


@pytest.mark.parametrize("encoder", KINDS)
def test_multiples_of_the_strides_come_back_from_a_decoder_without_sizes(encoder):
    torch()
    answer = mirror(encoder, for_="W % 24 == 12", verify=True)
    assert answer.verdict == "proved"
    assert not answer.told
    assert answer.verified.failed == 0
    assert answer.verified.checked == 6


def test_the_code_of_a_told_decoder_runs_on_every_size():
    sizes = range(8, 40)
    text = (
        "MaxPool2d(3, 2, 1, ceil_mode=True, return_indices=True) -> Conv2d(2, 4, 3, stride=3)"
        " -> AdaptiveAvgPool2d(2)"
    )
    code = made(mirror(text))
    encoder, decoder = code["Encoder"](), code["Decoder"]()
    for height in sizes:
        for width in (height, 41 - height // 2):
            x = torch().zeros(1, 2, height, width)
            assert decoder(*encoder(x)).shape == x.shape


def test_channels_that_nobody_wrote_are_an_argument_of_the_code():
    text = "Conv2d(kernel_size=3, padding=1) -> PixelUnshuffle(2) -> MaxPool2d(2)"
    decode = made(mirror(text, for_="W % 4 == 0"))["decoder"]
    assert decode(3)(torch().zeros(1, 12, 2, 3)).shape == (1, 3, 8, 12)
    named = made(mirror(text, for_="W % 4 == 0", channels=5))["decoder"]
    assert named()(torch().zeros(1, 20, 2, 3)).shape == (1, 5, 8, 12)


REACH = 400


def conv(k, s, d, p, mode):
    mode = f", padding_mode='{mode}'" if p and mode != "zeros" else ""
    return f"Conv1d(1, 1, {k}, stride={s}, dilation={d}, padding={p}{mode})"


def pool(kind, k, s, p, up):
    return f"{kind}Pool1d({k}, {s}, padding={min(p, k // 2)}, ceil_mode={up})"


small = {"k": st.integers(1, 7), "s": st.integers(1, 4), "p": st.integers(0, 3)}
modes = st.sampled_from(["zeros", "zeros", "reflect", "circular"])
layers = st.one_of(
    st.builds(conv, d=st.integers(1, 3), mode=modes, **small),
    st.builds(pool, st.sampled_from(["Max", "Avg"]), up=st.booleans(), **small),
    st.builds(lambda k, s, p: f"ConvTranspose1d(1, 1, {k}, stride={s}, padding={p})", **small),
)
encoders = st.lists(layers, min_size=1, max_size=4).map(" -> ".join)
sets = st.one_of(
    st.builds(
        lambda m, r: f"W % {m} == {r % m}",
        st.sampled_from([2, 3, 4, 6, 8, 12, 24]),
        st.integers(0, 23),
    ),
    st.builds(
        lambda low, high: f"{low} <= W <= {low + high}", st.integers(1, 30), st.integers(0, 6)
    ),
    st.builds(lambda a, b: f"W == {a} or W == {a + b}", st.integers(1, 30), st.integers(1, 30)),
)


def outputs(encoder, condition):
    """The sizes of a set up to `REACH` that an encoder takes, with what they become."""
    import numpy as np

    sizes = np.arange(1, REACH)
    answer = symconv.size(encoder, sizes)
    holds = eval(f"lambda W: {condition}")
    return {
        int(w): int(o) for w, o in zip(sizes, answer.output, strict=True) if o >= 0 and holds(w)
    }


def first_merged(became):
    seen = {}
    for size, output in became.items():
        if output in seen:
            return seen[output], size
        seen[output] = size
    return None


@settings(max_examples=40, deadline=None)
@given(encoders, sets)
def test_random_encoders_are_mirrored_or_refused_as_brute_force_says(encoder, condition):
    became = outputs(encoder, condition)
    assume(became)
    answer = mirror(encoder, for_=condition, channels=1)
    pair = first_merged(became)
    assert answer.least == (min(became),)
    if pair is None and answer.merged:
        assert answer.merged.sizes[1] >= REACH
        return
    assert (answer.merged and answer.merged.sizes) == pair
    if pair:
        assert answer.verdict == "infeasible"
        assert became[pair[0]] == became[pair[1]]
    elif answer.verdict == "infeasible":
        failing = answer.proof.counterexample["W"]
        for_the_least = mirror(encoder, input=min(became)).decoder
        back = symconv.size(for_the_least, became[failing])
        assert back.refused or back.output != failing
    else:
        assert answer.verdict == "proved"
        decode = made(answer)["decoder"]()
        for size in list(became)[:5]:
            x = torch().zeros(1, 1, size)
            assert decode(run(encoder, x)).shape == x.shape


def run(encoder, x):
    """Run an encoder in torch."""
    return torch().nn.Sequential(*map(build, chain(encoder).layers))(x)


@settings(max_examples=15, deadline=None)
@given(encoders)
def test_random_encoders_have_decoders_that_are_told_all_sizes(encoder):
    became = outputs(encoder, "True")
    assume(became)
    answer = mirror(encoder, channels=1)
    assert answer.verdict == "proved"
    names = made(answer)
    for size in list(became)[:12]:
        x = torch().zeros(1, 1, size)
        if answer.told:
            back = names["Decoder"]()(*names["Encoder"]()(x))
        else:
            back = names["decoder"]()(run(encoder, x))
        assert back.shape == x.shape
