"""A layer from outside: registered, it is read, asked and printed as torch's are."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import fields, replace
from typing import Any, ClassVar

import pytest

import symconv
from symconv.errors import RequestError
from symconv.layers import LAYERS, NOT_WRITTEN, Layer, Unknown
from symconv.layers.filling import filled
from symconv.layers.parameters import Real, Size
from symconv.layers.registry import layer, registered, unregister
from symconv.operators import OPERATORS, Operator
from symconv.reading.chains import chain
from symconv.terms import sizes

W, F, S, skip, W1 = sizes("W F S skip W1")
TOY = Operator(
    name="toy",
    says="Takes windows whose taps leave out every skip-th cell.",
    size=(W - F - (F - 1) // skip) // S + 1,
    requires={"it skips": skip >= 1, "a window fits": F + (F - 1) // skip <= W},
    source="this test",
)


class ToyConv1d(Layer):
    """A layer that torch does not have."""

    axes: ClassVar[int | None] = 1
    kernel_size: Any = Size()
    stride: Any = Size(None, follows="kernel_size")
    skip: Any = Size(1, says="how many cells are read before one is left out")
    slope: Any = Real(0.5)

    @property
    def operator(self) -> Operator:
        return TOY


def test_a_layer_that_is_registered_is_found_everywhere_and_then_no_more() -> None:
    before = list(LAYERS)
    with registered(ToyConv1d):
        assert "ToyConv1d" in LAYERS
        assert list(LAYERS) == [*before, "ToyConv1d"]
        assert len(LAYERS) == len(before) + 1
        assert symconv.ToyConv1d is LAYERS["ToyConv1d"] is ToyConv1d
        assert "ToyConv1d" in dir(symconv)
        (read,) = chain("ToyConv1d(kernel_size=3, skip=2)").layers
        assert read == ToyConv1d(3, skip=2)
        assert symconv.size("ReLU() -> ToyConv1d(3, 1, skip=2)", 9).output == 6
        with pytest.raises(RequestError, match="Did you mean `ToyConv1d`"):
            chain("ToyConv(3)")
    assert list(LAYERS) == before
    assert "ToyConv1d" not in LAYERS
    with pytest.raises(AttributeError):
        symconv.ToyConv1d  # noqa: B018


def test_the_decorator_registers_until_it_is_taken_back() -> None:
    assert layer(ToyConv1d) is ToyConv1d
    assert "ToyConv1d" in LAYERS
    unregister("ToyConv1d")
    assert "ToyConv1d" not in LAYERS


def test_a_layer_of_the_package_may_be_replaced_for_a_while() -> None:
    own = LAYERS["ReLU"]
    other = type(own)("ReLU", (Layer,), {"law": "keep"})
    with registered(other):
        assert LAYERS["ReLU"] is other
    assert LAYERS["ReLU"] is own


def test_a_parameter_of_its_own_goes_by_its_name_in_the_laws() -> None:
    toy = ToyConv1d("?", skip=range(1, 4))
    assert list(toy.unknowns()) == ["F", "S", "skip"]
    assert toy.unknowns()["skip"] == Unknown(range(1, 4))
    (row,) = toy.rows(1)
    assert row.operator is TOY
    assert row.values == {"W": W1, "F": F, "S": F, "skip": skip}
    assert filled(toy, [{"F": 3, "S": 3, "skip": 2}]) == ToyConv1d(3, skip=2)
    assert str(inspect.signature(ToyConv1d)) == "(kernel_size, stride=None, skip=1, slope=0.5)"
    with pytest.raises(RequestError, match="it skips"):
        ToyConv1d(3, skip=0)
    with pytest.raises(RequestError, match="slope as a number"):
        ToyConv1d(3, slope="steep")
    assert "how many cells are read before one is left out" in inspect.getdoc(ToyConv1d)


def test_a_stride_that_was_not_written_is_a_value() -> None:
    for kernel in (3, 1000, 2**20, (3, 4)):
        kind = symconv.MaxPool2d if isinstance(kernel, tuple) else symconv.MaxPool1d
        follows, same = kind(kernel), kind(kernel, stride=copy.deepcopy(kernel))
        assert follows == same
        assert repr(follows) == repr(same) == f"{kind.__name__}(kernel_size={kernel})"
        assert follows.stride == kernel
        assert follows.follows("stride") == same.follows("stride") == "kernel_size"
    unknown, own = symconv.MaxPool2d("?"), symconv.MaxPool2d("?", stride="?")
    assert unknown.stride is NOT_WRITTEN
    assert (unknown.follows("stride"), own.follows("stride")) == ("kernel_size", None)
    assert (repr(unknown), repr(own)) == (
        "MaxPool2d(kernel_size=?)",
        "MaxPool2d(kernel_size=?, stride=?)",
    )
    for one in (unknown, own, symconv.MaxPool2d((2, "?"))):
        for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one), replace(one)):
            assert again == one
            assert again.follows("stride") == one.follows("stride")
    assert replace(unknown, kernel_size=5).stride == 5
    for nothing in (None, NOT_WRITTEN, ()):
        assert symconv.AvgPool2d(2, stride=nothing) == symconv.AvgPool2d(2)
    assert symconv.Conv1d(kernel_size=3).follows("stride") is None
    assert symconv.Conv1d(kernel_size=3).follows("anything") is None


def test_not_written_is_one_value_that_prints_as_it_is_imported() -> None:
    assert repr(NOT_WRITTEN) == "NOT_WRITTEN"
    assert pickle.loads(pickle.dumps(NOT_WRITTEN)) is copy.deepcopy(NOT_WRITTEN) is NOT_WRITTEN


def test_rows_are_made_once_and_are_no_part_of_the_value() -> None:
    one, other = symconv.Conv2d(kernel_size=3), symconv.Conv2d(kernel_size=3)
    assert one.rows(2) is one.rows(2)
    assert len(symconv.ReLU().rows(3)) == 3
    assert one == other
    assert hash(one) == hash(other)
    one.rows(2)
    assert pickle.dumps(one) == pickle.dumps(other)
    assert "_rows" not in one.__getstate__()
    assert [field.name for field in fields(one)] == list(one.parameters)


def test_rows_follow_the_law_that_stands_in_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    law = OPERATORS["max_pool"]
    changed = replace(law, size=law.size + 1)
    monkeypatch.setitem(OPERATORS, "max_pool", changed)
    assert symconv.MaxPool1d(2).rows(1)[0].operator is changed
