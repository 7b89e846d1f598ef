"""A scale factor written as a fraction means what torch makes of the double next to it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv as sc
from symconv import Upsample
from symconv.errors import RequestError
from symconv.layers.filling import filled, parameters
from symconv.layers.resizing import SCALE
from symconv.meanings.notation import text
from symconv.reading.chains import chain
from symconv.reading.constraints import constraint
from symconv.terms import variable
from symconv.vocabulary import parameter_name

FRACTIONS = st.tuples(st.integers(1, 300), st.integers(1, 300))


def only(line):
    (layer,) = chain(line).layers
    return layer


@settings(deadline=None)
@given(FRACTIONS)
def test_a_fraction_is_the_double_that_it_is_in_python(pair):
    above, below = pair
    layer = only(f"Upsample(scale_factor={above}/{below})")
    assert layer == Upsample(scale_factor=above / below)
    assert Upsample(scale_factor=Fraction(above, below)) == layer
    assert only(repr(layer)) == layer


@settings(max_examples=60, deadline=None)
@given(FRACTIONS, st.lists(st.integers(1, 2000), min_size=1, max_size=20))
def test_sizes_are_torchs(pair, widths):
    torch = pytest.importorskip("torch")
    above, below = pair
    theirs = torch.nn.Upsample(scale_factor=Fraction(above, below))
    for width in widths:
        ours = Upsample(scale_factor=Fraction(above, below))
        try:
            expected = [width, theirs(torch.zeros(1, 1, width)).shape[-1]]
        except RuntimeError:
            expected = [width]
        for layer in (ours, f"Upsample(scale_factor={above}/{below})"):
            answer = sc.size(layer, width).to_dict()
            assert answer["sizes"] == expected
            assert ("refused" in answer) == (len(expected) == 1)


def test_fractions_may_differ_by_axis_and_stand_wherever_a_ratio_does():
    assert only("Upsample(scale_factor=(120/88, 15/16))").scale_factor == (120 / 88, 0.9375)
    both = Upsample(scale_factor=(Fraction(120, 88), 2))
    assert both.scale_factor == (120 / 88, 2)
    assert only("FractionalMaxPool2d(2, output_ratio=15/16)").output_ratio == 15 / 16


@pytest.mark.parametrize(
    "value",
    ["1/0", "1/0.0", "-1/2", "0/3", "1/?", "1/", f"{10**350}/1", "1/2/3", "{1/2, 2}", "?/2"],
)
def test_what_is_no_factor_is_refused(value):
    with pytest.raises(RequestError) as caught:
        chain(f"Upsample(scale_factor={value})")
    assert all((caught.value.needed, caught.value.arrived, caught.value.write))


@pytest.mark.parametrize("value", [Fraction(-1, 2), Fraction(0), Fraction(10**400)])
def test_fractions_that_are_no_factors_are_refused(value):
    with pytest.raises(RequestError):
        Upsample(scale_factor=value)


def test_kernels_are_no_fractions():
    with pytest.raises(RequestError, match="kernel_size=2"):
        chain("Conv1d(kernel_size=4/2)")


def test_an_unknown_factor_is_one_name_to_people():
    assert {parameter_name(letter) for letter in SCALE} == {"scale_factor"}
    read = constraint("scale_factor <= 3/2", SCALE)
    assert text(read) == "2*scale_numerator <= 3*scale_denominator"
    assert constraint("scale_factor <= 3") is (variable("scale_factor") <= 3)
    with pytest.raises(RequestError, match="Did you mean `scale_factor`") as caught:
        constraint("scale_facto == 2", SCALE)
    assert "numerator" not in str(caught.value)


def test_an_unknown_factor_is_filled_in_from_its_parts():
    layer = only("Upsample(scale_factor=?)")
    assert filled(layer, [{SCALE[0]: 15, SCALE[1]: 16}]) == Upsample(scale_factor=0.9375)
    assert filled(layer, [{SCALE[0]: 3}]) == Upsample(scale_factor=3)
    assert parameters([{SCALE[0]: 3}, {SCALE[0]: 4}]) == {"scale_factor": [3, 4]}
