"""`law`: a size law as a SymPy expression."""

from __future__ import annotations

from typing import Any

from symconv.errors import RequestError, nearest_name, shown
from symconv.layers import Layer
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS
from symconv.terms import variables


def law(of: Any, axis: int = 0) -> Any:
    """Return a size law as a SymPy expression in the symbols of `symconv.symbols`.

    Args:
        of: the name of an operator, or a layer, whose numbers are then put in.
        axis: for a layer, which axis of its output.

    Raises:
        RequestError: there is no such operator, or the layer's sizes follow no law.

    >>> law("conv_transpose")
    A + D*(F - 1) - 2*P + S*(W - 1) + 1
    >>> from symconv import Conv2d
    >>> law(Conv2d(kernel_size=3, stride=2, padding=1))
    floor(W/2 - 1/2) + 1
    """
    if isinstance(of, Layer):
        rows = of.rows(of.least_axes)
        if not -len(rows) <= axis < len(rows):
            raise RequestError(f"an axis below {len(rows)}", shown(axis), "Write axis=0.")
        row = rows[axis]
        if row.measured:
            raise RequestError(
                "a layer whose sizes follow a law", repr(of), row.measured.says + "."
            )
        found = expression(row.term(row.operator.size))
        return found.subs(symbol(f"W{axis + 1}"), symbol("W"))
    if not isinstance(of, str) or of not in OPERATORS:
        raise RequestError(
            "the name of an operator, or a layer", shown(of), nearest_name(str(of), OPERATORS)
        )
    operator = OPERATORS[of]
    padded = {"lo", "hi"} & set(variables(operator.size))
    return expression((operator.symmetric if padded and of.startswith("conv") else operator).size)
