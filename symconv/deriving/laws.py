"""`law`: a size law as a SymPy expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symconv.errors import RequestError, nearest_name, shown
from symconv.layers import Layer, Row
from symconv.meanings.symbols import expression
from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import W
from symconv.reading.chains import chain
from symconv.terms import Term, substitute, variable, variables


def law(of: Any, axis: int | None = None) -> Any:
    """Return a size law as a SymPy expression in the symbols of `symconv.symbols`.

    Args:
        of: the name of an operator; or a layer, as text or not, whose numbers are then put in.
        axis: for a layer whose axes differ, which axis of its output, from 0.

    Raises:
        RequestError: there is no such operator, or the layer's sizes follow no law.

    >>> law("conv_transpose")
    A + D*(F - 1) - 2*P + S*(W - 1) + 1
    >>> from symconv import Conv2d
    >>> law(Conv2d(kernel_size=3, stride=2, padding=1))
    floor(W/2 - 1/2) + 1
    """
    if isinstance(of, str) and "(" in of:
        of = chain(of).layers
        of = of[0] if len(of) == 1 else of
    if isinstance(of, Layer):
        return _of_layer(of, axis)
    if not isinstance(of, str) or of not in OPERATORS:
        raise RequestError(
            "the name of an operator, or a layer", shown(of), nearest_name(str(of), OPERATORS)
        )
    return expression(operator_of(of).size)


def operator_of(name: str) -> Operator:
    """Return an operator as people write it: windows are padded alike on both sides."""
    operator = OPERATORS[name]
    padded = {"lo", "hi"} & set(variables(operator.size))
    return operator.symmetric if padded and operator.kernel is not None else operator


def _of_layer(layer: Layer, axis: int | None) -> Any:
    def size(place: int, row: Row) -> Term:
        return substitute(row.term(row.operator.size), {variable(f"W{place + 1}"): W})

    return expression(size(*row_of(layer, axis, size)))


def row_of(layer: Layer, axis: int | None, told: Callable[[int, Row], object]) -> tuple[int, Row]:
    """Return an axis of a layer's output, from 0, and its row.

    Args:
        layer: the layer.
        axis: which axis; nothing, where all axes are alike.
        told: what is then alike, of an axis and its row.

    Raises:
        RequestError: there is no such axis, the axes differ, or its sizes follow no law.
    """
    rows = layer.rows(layer.least_axes)
    place = 0 if axis is None else axis
    if type(place) is not int or not 0 <= place < len(rows):
        raise RequestError(f"an axis from 0 to {len(rows) - 1}", shown(axis), "Write axis=0.")
    if axis is None and any(told(*other) != told(0, rows[0]) for other in enumerate(rows)):
        raise RequestError(
            "which axis, for a layer whose axes differ", repr(layer), "Say which: axis=0."
        )
    if measured := rows[place].measured:
        raise RequestError("a layer whose sizes follow a law", repr(layer), measured.says + ".")
    return place, rows[place]
