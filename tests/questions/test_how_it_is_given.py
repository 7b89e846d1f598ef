"""A request may be given in several forms, which mean the same; what is wrong in one is told."""

import pytest
import sympy

from symconv import Conv1d, solve
from symconv.errors import RequestError
from symconv.operators.letters import F, W


def test_layers_may_come_one_by_one():
    layers = [Conv1d(kernel_size="?"), Conv1d(kernel_size=3)]
    assert solve(iter(layers), input=9, output=6) == solve(layers, input=9, output=6)
    assert [*solve(iter([Conv1d(kernel_size=3)]), output=7)] == [9]


@pytest.mark.parametrize("where", [sympy.Symbol("F") <= 8, F <= 8, "F <= 8", ["F <= 8"]], ids=repr)
def test_conditions_on_numbers_that_are_written_are_refused_in_every_form(where):
    with pytest.raises(RequestError, match="where every number is written"):
        solve(Conv1d(kernel_size=3), output=7, where=where)
    assert solve(Conv1d(kernel_size="?"), input=9, output=5, where=where).verdict == "solved"


@pytest.mark.parametrize("sizes", [F >= 3, W + 3, "F >= 3", "W + 3"], ids=repr)
def test_conditions_on_inputs_speak_of_inputs(sizes):
    with pytest.raises(RequestError):
        solve("Conv1d(kernel_size=?)", output="W - 2", for_=sizes)


def test_what_has_no_windows_is_not_sorted_by_them():
    with pytest.raises(RequestError, match=r"names to sort by; got `extent`"):
        solve("Upsample(scale_factor=1..4)", input=5, output=10, sort="extent")
    assert [*solve("Conv1d(kernel_size=1..4)", input=5, output=4, sort="extent")]


def test_any_number_of_sizes_is_counted():
    answer = solve("AdaptiveAvgPool1d(3)", output=3, for_=f"W <= {10**23}")
    assert answer.count == 10**23
