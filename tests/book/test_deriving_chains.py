"""Chains as one floor, which inputs give an output, and how derivations are written."""

from itertools import takewhile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import symconv
from symconv.book.derived import checked
from symconv.book.deriving.chains import chain, two_windows
from symconv.book.deriving.inverses import inverse
from symconv.book.statements.chapters import THEOREMS
from symconv.chains.inputs import Inputs
from symconv.chains.inverse import inputs, pulled_back
from symconv.errors import DerivationError, RequestError, UndecidedError
from symconv.meanings import notation
from symconv.meanings.integers import INTEGERS
from symconv.meanings.normal import FLOORS, Floor
from symconv.operators import OPERATORS
from symconv.periodic import NOTHING, SizeSet
from symconv.terms import interpret, parts, variable

ENCODER = "Conv2d(3, 64, 7, stride=2, padding=3) -> ReLU() -> MaxPool2d(3, 2, 1)"
small = st.integers(1, 4)


@st.composite
def layers(draw, also=()):
    """Draw a layer: one that counts windows, or one of others."""
    kernel, stride, padding = draw(small), draw(small), draw(st.integers(0, 2))
    kinds = [
        f"Conv1d(kernel_size={kernel}, stride={stride}, padding={padding}, dilation={draw(small)})",
        f"MaxPool1d({kernel}, {stride}, {min(padding, kernel // 2)}, ceil_mode={draw(st.booleans())})",
        f"ConstantPad1d(({draw(st.integers(-2, 3))}, {padding}), 0)",
        "ReLU()",
        *(one.format(kernel, stride, padding) for one in also),
    ]
    return draw(st.sampled_from(kinds))


OTHERS = (
    "ConvTranspose1d(kernel_size={0}, stride={1}, padding={2})",
    "Upsample(scale_factor=1.5)",
    "Upsample(scale_factor=0.3)",
    "ReflectionPad1d({2})",
    "CircularPad1d({2})",
    "AdaptiveAvgPool1d({0})",
)


def output(text, size):
    """The size that comes out, or none where a layer refuses."""
    found = symconv.size(text, size)
    return None if found.refused else found.output


def at(term, size):
    return interpret(term, INTEGERS, {"W": size})


@settings(max_examples=20, deadline=None)
@given(st.lists(layers(), min_size=1, max_size=4).map(" -> ".join))
def test_a_chain_of_windows_is_one_floor(text):
    found = chain(text, {})
    formula = found.conclusion.args[1]
    assert sum(part.word == "floordiv" for part in parts(formula)) <= 1
    valid = [size for size in range(1, 40) if output(text, size) is not None]
    assert all(output(text, size) == at(formula, size) for size in valid)
    if valid:
        assert found.facts["least valid input"] == valid[0]


@settings(max_examples=20, deadline=None)
@given(st.lists(layers(also=(*OTHERS[:2], *OTHERS[3:])), min_size=2, max_size=4).map(" -> ".join))
def test_any_chain_has_a_formula(text):
    found = symconv.derive(text)
    valid = [size for size in range(1, 40) if output(text, size) is not None]
    assert all(output(text, size) == at(found.conclusion.args[1], size) for size in valid)
    if valid:
        assert found.facts["least valid input"] == valid[0]


@settings(max_examples=40, deadline=None)
@given(st.lists(layers(also=OTHERS), min_size=1, max_size=4).map(" -> ".join), st.integers(0, 12))
def test_the_inputs_are_those_that_brute_force_finds(text, wanted):
    found = inputs(text, wanted)
    assert list(takewhile(lambda size: size < 60, found)) == [
        size for size in range(1, 60) if output(text, size) == wanted
    ]
    for low, high in found.sizes.runs():
        assert output(text, low) == wanted
        assert low - 1 not in found
        if high is None or low > 10**4:
            break
        assert output(text, high) == wanted
        assert high + 1 not in found
        assert output(text, high + 1) != wanted


@settings(max_examples=15, deadline=None)
@given(
    st.lists(layers(also=(*OTHERS[:2], *OTHERS[3:])), min_size=1, max_size=3).map(" -> ".join),
    st.integers(1, 9),
)
@example("Conv1d(kernel_size=1) -> ConstantPad1d((1, 0), 0)", 1)  # 0 would do between them
def test_the_derivation_of_an_inverse_proves_the_same_inputs(text, wanted):
    found = symconv.derive(text, output=wanted)
    assert found.facts["inputs"] == repr(inputs(text, wanted))
    known = inputs(text, wanted)
    assert all(at(found.conclusion, size) == (size in known) for size in range(1, 60))


def test_the_formula_of_an_encoder():
    found = symconv.derive(ENCODER, W=224)
    assert str(found.result) == "floor(W/4 + 3/4)"
    assert [step.name for step in found.steps] == [
        "layer 1", "layer 2", "merge", "layer 3", "valid",
    ]  # fmt: skip
    assert found.facts == {"output": 56, "least valid input": 1}
    assert symconv.derive("Conv1d(kernel_size=5) -> ReLU()", W=3).facts["output"].startswith("none")


def test_what_is_not_one_floor_is_said():
    found = symconv.derive(
        "Conv1d(kernel_size=3, stride=2) -> ConvTranspose1d(kernel_size=2, stride=2)"
    )
    assert str(found.result) == "2*floor(W/2 - 1/2)"
    assert "not one floor" in found.steps[1].reason
    merged = symconv.derive("ConvTranspose1d(kernel_size=4, stride=6, padding=1) -> Conv1d(kernel_size=3, stride=4)")  # fmt: skip
    assert str(merged.result) == "floor(3*W/2) - 1"
    row = symconv.derive("Conv2d(kernel_size=3, stride=2) -> Unfold(2)")
    assert [at(row.conclusion.args[1], size) for size in (5, 9)] == [1, 9]
    assert [symconv.size("Conv2d(kernel_size=3, stride=2) -> Unfold(2)", s).output for s in (5, 9)] == [1, 9]  # fmt: skip


def test_a_chain_with_gaps_has_a_least_input_and_one_without_inputs_has_none():
    gaps = symconv.derive("Conv2d(kernel_size=2) -> PixelUnshuffle(3)")
    assert gaps.facts == {"least valid input": 4}
    assert [notation.text(law) for law in gaps.hypotheses.values()] == [
        "W >= 2",
        "(W - 1) % 3 == 0",
    ]
    assert {size for size in range(1, 12) if at(gaps.steps[-1].statement, size)} == {4, 7, 10}
    none = symconv.derive("AdaptiveAvgPool1d(2) -> Conv1d(kernel_size=3)")
    assert none.facts == {"least valid input": "none"}
    assert not none.hypotheses


def test_what_no_floor_takes_in_stands_alone():
    W = variable("W")
    half, whole = Floor(1, 0, 2, W), Floor(4, 3, 1, W)
    two, minus = Floor(0, 2), Floor(0, -2)
    for number, formula in (
        (half * two, "W//2"),  # the two stays outside
        (half + half, "W//2 + W//2"),
        (half // minus, "W//2//-2"),
        (two // half, "2//(W//2)"),
        (FLOORS["min"](half, two), "min(W//2, 2)"),
        (half % two, "W//2 % 2"),
    ):
        assert notation.text(number.x) == formula
    assert (half * two).term is not half.term
    assert whole // two == Floor(2, 1, 1, W)
    assert whole // Floor(0, 6) == Floor(2, 1, 3, W)
    assert two - Floor(0, 5) == Floor(0, -3)
    assert Floor(0, 7) // two == Floor(0, 3)
    assert FLOORS["le"](half, two) is (W // 2 <= 2)


@pytest.mark.parametrize("word", ["add", "floordiv", "sub"])
def test_a_chain_computed_with_a_wrong_rule_is_no_derivation(monkeypatch, word):
    right = FLOORS[word]

    def wrong(one, other):
        value = right(one, other)
        return value._replace(b=value.b + (value.a > 0))

    monkeypatch.setitem(FLOORS, word, wrong)
    with pytest.raises(DerivationError, match="layer 1"):
        symconv.derive("Conv1d(kernel_size=3) -> Conv1d(kernel_size=3)")


@pytest.mark.parametrize("write", [two_windows, inverse])
def test_the_general_rules_fail_for_a_corrupted_law(write):
    operator = OPERATORS["conv"].symmetric
    for wrong in (operator.size + 1, operator.size - 1, 2 * operator.size):
        with pytest.raises(DerivationError, match="step `"):
            checked(write({}, operator.where({operator.size: wrong})))


def test_a_wrong_set_of_inputs_is_no_derivation(monkeypatch):
    def shifted(crossings, wanted):
        first, *rest = pulled_back(crossings, wanted)
        return [first - SizeSet.between(first.least, first.least), *rest]

    monkeypatch.setattr("symconv.book.deriving.inverses.pulled_back", shifted)
    with pytest.raises(DerivationError, match="before layer 1"):
        symconv.derive(ENCODER, output=7)


def test_the_merge_is_proved_for_all_numbers():
    found = symconv.derive("chain")
    assert found.steps[1].theorem is THEOREMS["nested_floor"]
    assert found.steps[-1].theorem is THEOREMS["two_convs_are_one"]
    assert all(step.verdict.proved for step in found.steps)
    letters = {"W": 50, "P": 3, "D": 1, "F": 7, "S": 2, "P2": 1, "D2": 2, "F2": 3, "S2": 3}
    as_one = interpret(found.conclusion.args[1], INTEGERS, letters)
    two = "Conv1d(kernel_size=7, stride=2, padding=3) -> Conv1d(kernel_size=3, stride=3, padding=1, dilation=2)"
    assert as_one == output(two, 50)
    low, high = (7 - 1) * 2 + 3 - 2, 7 * 2 + 3 - 2 - 1
    put = symconv.derive("inverse", O=7, F=3, S=2, P=1).steps
    assert [str(put[place].value) for place in (1, 2)] == [f"{low} <= W", f"W <= {high}"]
    assert repr(inputs("Conv1d(kernel_size=3, stride=2, padding=1)", 7)) == f"{low} <= W <= {high}"


def test_inputs_are_a_set_that_is_written_as_inequalities():
    found = inputs(ENCODER, 56)
    assert repr(found) == "221 <= W <= 224"
    assert list(found) == [221, 222, 223, 224]
    assert len(found) == 4
    assert 222 in found
    assert 225 not in found
    assert "222" not in found
    assert found.to_dict() == {"schema": "symconv/1", "output": 56, "inputs": found.sizes.to_dict()}
    assert found.to_dict()["inputs"]["also"] == [221, 222, 223, 224]
    assert found.intervals == ((221, 224),)
    every = inputs("AdaptiveAvgPool2d(7)", 7)
    assert repr(every) == "W >= 1"
    assert every.to_dict()["inputs"] == {"period": 1, "residues": [0], "start": 1, "also": []}
    assert repr(Inputs(1, NOTHING)) == "no input size"
    even = inputs("PixelUnshuffle(2) -> AdaptiveAvgPool2d(1)", 1)
    assert repr(even) == "even sizes"
    assert even
    for endless in (lambda: len(even), lambda: even.intervals):
        with pytest.raises(OverflowError, match="infinitely many"):
            endless()
    assert repr(inputs("GLU(dim=2) -> Conv1d(kernel_size=3, stride=2)", 1)) == "W = 6 or W = 8"


def test_the_axes_of_an_inverse():
    two = "Conv2d(kernel_size=(3, 5), stride=(1, 2))"
    with pytest.raises(RequestError, match="which axis"):
        inputs(two, 4)
    assert [repr(inputs(two, 4, axis=axis)) for axis in (1, 2)] == ["W = 6", "11 <= W <= 12"]
    assert repr(inputs("ZeroPad2d((1, 0, 0, 2)) -> ReLU()", 5, axis=1)) == "W = 3"
    facts = symconv.derive(f"{two} -> ReLU()", output=4, axis=2).facts
    assert facts == {"inputs": "11 <= W <= 12"}
    assert repr(inputs("Unfold(3)", 16)) == "W = 6"
    for wrong in (
        lambda: inputs(two, 4, axis=3),
        lambda: inputs(two, 4, axis=0),
        lambda: inputs(two, 4, axis=True),
        lambda: inputs("Conv2d(kernel_size=?)", 4),
        lambda: inputs("Conv2d(kernel_size=3) -> Conv1d(kernel_size=3)", 4),
        lambda: inputs("ReLU()", -1),
        lambda: inputs("ReLU()", 2**61),
        lambda: inputs("ReLU()", 7.0),
        lambda: symconv.derive("ReLU()", output="7"),
        lambda: symconv.derive("ReLU() -> ReLU()", output=True),
    ):
        with pytest.raises(RequestError):
            wrong()


def test_channels_decide_too():
    assert repr(inputs("Conv2d(3, 8, 3) -> Conv2d(4, 8, 3)", 5)) == "no input size"
    assert repr(inputs("PixelShuffle(2)", 8, channels=6)) == "no input size"
    assert repr(inputs("PixelShuffle(2)", 8, channels=8)) == "W = 4"
    assert repr(inputs("ConvTranspose3d(1, 1, 2, stride=2)", 2**21)) == "no input size"


def test_sets_with_gaps_of_any_size_are_exact():
    even = inputs("PixelUnshuffle(2) -> Conv2d(kernel_size=3, stride=50000)", 7)
    assert repr(even) == "even sizes from 600006 to 700004"
    assert len(even) == 50000
    assert symconv.derive("PixelUnshuffle(2) -> AdaptiveAvgPool2d(7)", output=7).facts == {
        "inputs": "even sizes"
    }


def test_sets_that_are_not_attempted_are_undecided_not_wrong():
    far = "PixelUnshuffle(337) -> Upsample(scale_factor=337) -> PixelUnshuffle(347)"
    with pytest.raises(UndecidedError, match=r"a period of 116,939"):
        inputs(f"{far} -> AdaptiveAvgPool2d(2)", 2)
    odd = "Conv2d(kernel_size=1, stride=50) -> Upsample(scale_factor=7) -> PixelUnshuffle(3)"
    with pytest.raises(RequestError, match="short formula"):
        symconv.derive(f"{odd} -> AdaptiveAvgPool2d(2)", output=2)


@pytest.mark.parametrize(
    ("text", "said", "sizes"),
    [
        ("PixelUnshuffle(2) -> ReLU()", {"W % 2 == 0"}, {2, 4, 6, 8}),
        ("GLU(dim=2) -> Conv1d(kernel_size=3)", {"W % 2 == 0", "W//2 >= 3"}, {6, 8}),
        ("PixelUnshuffle(2) -> PixelUnshuffle(2)", {"W % 2 == 0", "W//2 % 2 == 0"}, {4, 8}),
        ("ReLU() -> Conv1d(kernel_size=3)", set(), {3, 4, 5, 6, 7, 8}),
    ],
)
def test_what_no_least_size_says_is_a_hypothesis(text, said, sizes):
    derivation = symconv.derive(text)
    assert {notation.text(law) for law in derivation.hypotheses.values()} == said
    assert derivation.steps[-1].name == "valid"
    assert {size for size in range(1, 9) if at(derivation.steps[-1].statement, size)} == sizes
    assert {size for size in range(1, 9) if output(text, size) is not None} == sizes


@pytest.mark.parametrize(
    "text",
    [
        "ReLU() -> Conv1d(kernel_size=?)",
        "Conv1d(kernel_size=?) -> ReLU()",
        "ReLU() -> Conv2d(kernel_size=(?, 3))",
        "ReLU() -> MaxPool1d(2, ceil_mode=?)",
        "ReLU() -> Upsample(scale_factor=?)",
        "ReLU() -> PixelShuffle(1..3)",
    ],
)
def test_an_unknown_in_any_layer_of_a_chain_is_a_wrong_request(text):
    for more in ({}, {"W": 5}, {"output": 3}):
        with pytest.raises(RequestError, match="parameters are numbers"):
            symconv.derive(text, **more)
