"""Output sizes that are a factor times the input, as torch computes them in floating point."""

from __future__ import annotations

import math
from collections.abc import Mapping

from symconv.layers.row import Measured, Row
from symconv.layers.values import dyadic
from symconv.operators import Operator
from symconv.terms import Term, variable


def scaled(operator: Operator, values: Mapping[str, int | Term], axis: int, factor: float) -> Row:
    """Return a row whose asked size `O` is a factor times the input, as torch computes it.

    A factor over a power of two is exact, hence a law; any other is torch's double product.
    """
    exact = dyadic(factor)
    if exact is not None:
        product = variable(f"W{axis + 1}") * exact.numerator // exact.denominator
        return Row(operator, dict(values) | {"O": product})
    measured = Measured(
        axis,
        lambda size: math.trunc(float(size) * factor),
        f"a factor of {factor} is no fraction over a power of two: its sizes are torch's "
        "floating-point products, evaluated, not a law",
    )
    return Row(operator, values, measured)
