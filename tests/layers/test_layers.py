"""Layers: parameters checked in three beats, values that never change, texts that read back."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from symconv.chains import size
from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer, Unknown
from symconv.layers.parameters import Number
from symconv.reading.chains import chain


def required(name):
    """The parameters that a layer cannot be without."""
    found = {one: p.usual for one, p in LAYERS[name].parameters.items() if p.required}
    if name.startswith("Upsampl"):
        return found | {"size": 2}
    return found | ({"output_size": 1} if name.startswith("Fractional") else {})


every_layer = pytest.mark.parametrize("name", LAYERS)


def assert_refused(build):
    with pytest.raises(RequestError) as caught:
        build()
    beats = (caught.value.needed, caught.value.arrived, caught.value.write)
    assert all(isinstance(beat, str) and beat.strip() for beat in beats)
    assert not any("\n" in beat for beat in beats)
    return caught.value


@every_layer
def test_every_layer_is_an_unchanging_value(name):
    one, other = LAYERS[name](**required(name)), LAYERS[name](**required(name))
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert one.settled
    assert one.unknowns() == {}
    for attribute in (*(field.name for field in fields(one)[:1]), "anything"):
        with pytest.raises(FrozenInstanceError):
            setattr(one, attribute, 1)


@every_layer
def test_every_layer_reads_back_from_its_own_text(name):
    one = LAYERS[name](**required(name))
    assert chain(repr(one)).layers == (one,)
    assert chain(f"torch.nn.{one!r}").layers == (one,)


@every_layer
def test_every_layer_has_a_row_for_each_axis_of_its_output(name):
    one = LAYERS[name](**required(name))
    axes = one.input_axes or 2
    rows = one.rows(axes)
    assert len(rows) == {"Unfold": 1, "Fold": 2}.get(name, axes)


@every_layer
def test_a_misspelt_name_is_answered_with_the_right_one(name):
    for right in (one.name for one in fields(LAYERS[name])):
        error = assert_refused(lambda wrong=f"{right}x": LAYERS[name](**{wrong: 1}))
        assert right in error.write
        assert name in error.needed


@every_layer
def test_a_missing_parameter_is_asked_for_by_name(name):
    for missing in required(name):
        given_ones = {k: v for k, v in required(name).items() if k != missing}
        error = assert_refused(lambda kept=given_ones: LAYERS[name](**kept))
        assert missing in error.needed


@every_layer
def test_too_many_and_doubled_parameters_are_refused(name):
    count = len(fields(LAYERS[name]))
    assert_refused(lambda: LAYERS[name](*[1] * (count + 1)))
    if count:
        first = fields(LAYERS[name])[0].name
        assert_refused(lambda: LAYERS[name](1, **{first: 1}))


def parameters(*kinds):
    """Each layer's parameters of these kinds."""
    return [
        (name, one)
        for name in LAYERS
        for one, declared in LAYERS[name].parameters.items()
        if isinstance(declared, kinds)
    ]


NEVER = ("foo", "", 1.5, 2.0, float("nan"), True, (), (1,) * 7, set(), range(0), b"x", {}, 1j,
         2**31, -(10**30), ("foo",), (1.5,) * 2, [[1]], object())  # fmt: skip
"""What no size parameter can be."""


@pytest.mark.parametrize(("name", "parameter"), parameters(Number))
def test_a_size_that_is_no_integer_is_refused(name, parameter):
    rest = {k: v for k, v in required(name).items() if k != parameter}
    for value in NEVER:
        if not (value == () and parameter == "stride"):
            assert_refused(lambda bad=value: LAYERS[name](**rest, **{parameter: bad}))


WRONG = {
    "channels without partner": "Conv2d(3, kernel_size=3)",
    "kernel of 0": "Conv1d(kernel_size=0)",
    "stride of 0": "MaxPool2d(2, stride=0)",
    "negative dilation": "Conv1d(kernel_size=3, dilation=-1)",
    "padding by another name": "Conv1d(kernel_size=3, padding=full)",
    "padding mode": "Conv1d(kernel_size=3, padding_mode=mirror)",
    "too many entries": "Conv2d(kernel_size=(3, 3, 3))",
    "nothing adaptive": "AdaptiveAvgPool2d(None)",
    "nothing in one dimension": "AdaptiveMaxPool1d((None,))",
    "both size and ratio": "FractionalMaxPool2d(2, output_size=1, output_ratio=0.5)",
    "ratio of one": "FractionalMaxPool2d(2, output_ratio=1.0)",
    "neither size nor factor": "Upsample()",
    "both size and factor": "Upsample(2, 2.0)",
    "factor of zero": "Upsample(scale_factor=0)",
    "infinite factor": "Upsample(scale_factor=inf)",
    "not a factor": "Upsample(scale_factor=nan)",
    "mode": "Upsample(size=2, mode=cubic)",
    "corners of nearest": "Upsample(size=2, align_corners=True)",
    "size recomputed": "Upsample(size=2, recompute_scale_factor=True)",
    "norm of zero": "LPPool1d(0, 2)",
    "groups that do not divide": "ChannelShuffle(0)",
    "empty shape": "LayerNorm(())",
    "odd number of sides": "ReflectionPad2d((1, 1, 1))",
    "batch axis": "GLU(0)",
    "probability": "Dropout(1.5)",
    "slopes swapped": "RReLU(0.5, 0.1)",
    "bounds swapped": "Hardtanh(1, -1)",
    "alpha of zero": "CELU(0)",
    "negative lambda": "Softshrink(-1)",
    "approximation": "GELU(erf)",
    "window of none": "LocalResponseNorm(0)",
    "ceil mode": "MaxPool1d(2, ceil_mode=2)",
    "no kernel": "Conv1d(kernel_size=None)",
    "no kernel of a pool": "MaxPool1d(None)",
    "no stride": "Conv1d(kernel_size=3, stride=None)",
    "no folded size": "Fold(None, 2)",
    "no features": "BatchNorm1d(None)",
    "no factor": "PixelShuffle(None)",
    "lambda by name": "Softshrink(foo)",
    "slope by name": "RReLU(foo)",
    "bound by name": "Hardtanh(foo)",
    "epsilon by name": "BatchNorm1d(3, eps=foo)",
    "groups in a tuple": "Conv2d(3, 3, 3, groups=(1,))",
    "features in a tuple": "BatchNorm2d((1,))",
    "factor in a tuple": "PixelShuffle((1,))",
    "factor of none": "Upsample(scale_factor=(None, 1))",
    "far axis": f"GLU({10**30})",
    "empty size": "Upsample(size=())",
}


@pytest.mark.parametrize("what", WRONG)
def test_what_torch_would_refuse_whatever_the_input_is_refused_in_three_beats(what):
    place = assert_refused(lambda: chain(WRONG[what])).place
    assert place.text == WRONG[what]
    assert place.piece


@pytest.mark.parametrize(
    ("given_one", "expected"),
    [
        ("?", Unknown()),
        (..., Unknown()),
        (range(1, 12), Unknown(range(1, 12))),
        ({4, 1, 2}, Unknown((1, 2, 4))),
        (frozenset({3}), Unknown((3,))),
        ((3, "?"), (3, Unknown())),
        ([3, range(2)], (3, Unknown(range(2)))),
    ],
    ids=str,
)
def test_unknowns_can_be_marked_in_several_ways(given_one, expected):
    layer = LAYERS["Conv2d"](kernel_size=given_one)
    assert layer.kernel_size == expected
    assert not layer.settled
    assert set(layer.unknowns()) <= {"F", "F1", "F2"}
    assert chain(repr(layer)).layers == (layer,)


def test_tuples_of_one_entry_are_for_all_axes_but_for_a_convolutions_kernel():
    one, two = (LAYERS["Conv2d"](kernel_size=3, stride=given_one) for given_one in ((2,), (2, 2)))
    assert one == two
    assert LAYERS["Conv2d"](kernel_size=[3, 4]).kernel_size == (3, 4)
    assert_refused(lambda: LAYERS["Conv2d"](kernel_size=(3,)))


TEXTS = """
    None foo True 0 1 -1 2 1.5 nan inf 99 ? 1..3 {1,2} (1,) (1,2) (1,2,3,4) () 'same' (?,2) (None,1)
"""
texts = st.sampled_from(TEXTS.split())


@settings(max_examples=500)
@given(st.sampled_from(sorted(LAYERS)), st.lists(texts, max_size=7), st.data())
def test_any_layer_with_any_parameters_is_read_or_refused(name, values, data):
    names = [one.name for one in fields(LAYERS[name])]
    named = data.draw(st.lists(st.sampled_from(names or ["x"]), unique=True, max_size=3))
    parts = [*values, *(f"{one}={data.draw(texts)}" for one in named)]
    try:
        (layer,) = chain(f"{name}({', '.join(parts)})").layers
    except RequestError as error:
        assert all((error.needed, error.arrived, error.write))
    else:
        assert isinstance(layer, Layer)
        assert hash(layer) == hash(copy.copy(layer))
        for sizes in (5, (5, 6), (5, 6, 7)):
            try:
                assert size(layer, sizes).rows
            except RequestError as error:
                assert error.write


def test_a_stride_that_is_to_be_found_is_not_one_that_follows_the_kernel():
    for unknown in (range(2, 4), "?", ("?", "?")):
        follows = symconv.MaxPool2d(unknown)
        own = symconv.MaxPool2d(unknown, stride=unknown)
        assert follows != own
        assert follows == symconv.MaxPool2d(unknown)
        assert own == symconv.MaxPool2d(unknown, stride=unknown) == replace(own, padding=0)
        assert follows == replace(follows, padding=0)
