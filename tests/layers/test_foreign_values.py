"""Arrays, tensors and numbers beyond a float, as a layer's parameter: refused in three beats."""

import pytest

import symconv
from symconv.layers import LAYERS

FOREIGN = {
    "array": lambda: pytest.importorskip("numpy").array([2, 2]),
    "list of arrays": lambda: [pytest.importorskip("numpy").array([2, 2]), 2],
    "tensor": lambda: pytest.importorskip("torch").tensor([2, 2]),
    "large": lambda: 10**500,
}


@pytest.mark.parametrize("value", FOREIGN)
@pytest.mark.parametrize("name", LAYERS)
def test_a_foreign_value_is_taken_or_refused_but_breaks_nothing(name, value):
    kind = LAYERS[name]
    needed = {one: told.usual for one, told in kind.parameters.items() if told.required}
    for parameter in kind.parameters:
        try:
            kind(**needed | {parameter: FOREIGN[value]()})
        except symconv.SymconvError as refused:
            assert kind.__name__ in refused.needed
