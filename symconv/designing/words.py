"""Words in constraints on a chain: for each layer that has windows, a term in its letters."""

from __future__ import annotations

from symconv.errors import RequestError
from symconv.operators import Operator
from symconv.operators.windows import Windows
from symconv.terms import Term, substitute, variable, variables, where

EXTENT, UNIFORM = variable("extent"), variable("uniform_overlap")
WORDS = {"extent": EXTENT, "uniform_overlap": UNIFORM.eq(1)}
"""Each word as it stands in a constraint, until it is known which layer is meant."""
GREATEST_COMMON = 64
"""Up to this number, stride and dilation are checked for common factors."""


def in_letters(constraint: Term, operator: Operator) -> Term | None:
    """Return a constraint with a layer's own terms for the words in it; nothing without windows.

    Raises:
        RequestError: the layer's windows have no such term.
    """
    words = {EXTENT, UNIFORM} & {variable(name) for name in variables(constraint)}
    if not words:
        return constraint
    kernel = operator.kernel
    if kernel is None:
        return None
    return substitute(constraint, {word: _meant(word, kernel) for word in words})


def _meant(word: Term, kernel: Windows) -> Term:
    if word is EXTENT:
        return kernel.extent
    if not kernel.even:
        raise RequestError(
            "uniform_overlap: taps that lie equally far apart",
            "windows of another kind",
            "Look at the column `overlap` of one layer.",
        )
    return where(kernel.uniform_overlap(GREATEST_COMMON), 1, 0)
