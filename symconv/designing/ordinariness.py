"""How ordinary the settings of a layer in a chain are: what people build counts least.

A known setting counts by how often it occurs, next to the most frequent one that is possible: twice
the logarithm, so that the costs of layers can be added up. All others count more, by their weight;
so does a known one where it does not suit the sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symconv.designing.costs import A_LAYER
from symconv.designing.problem import Law, Step
from symconv.operators.known import known
from symconv.operators.ordinary import suited
from symconv.terms import Term, both

UNKNOWN = 16
"""What a setting counts, beyond its weight, that nobody is known to build."""


def ordinariness(step: Step, columns: Mapping[str, Any], weights: Any) -> tuple[Any, Any]:
    """Return what each setting of a layer counts where it suits the sizes, and elsewhere.

    Args:
        step: the layer.
        columns: for each letter the values of the settings.
        weights: how far from ordinary the settings are by their numbers alone.
    """
    laws = {tuple(map(str, law.row.values.values())): law for law in step.laws}.values()
    counts = np.min([_counts(law, columns, len(weights)) for law in laws], axis=0)
    if not counts.any():
        return weights, weights
    rarer = 2 * np.log2(counts.max() / np.maximum(counts, 1))
    others = weights + UNKNOWN
    return np.where(counts > 0, A_LAYER + np.rint(rarer).astype(np.int64), others), others


def suited_by(law: Law, grown: bool) -> Term:
    """State that a known setting of an axis is an ordinary one for what arrives and leaves, `O`.

    Args:
        law: the axis.
        grown: whether the chain should multiply sizes.
    """
    return both() if law.kernel is None else law.row.term(suited(law.kernel, grown))


def _counts(law: Law, columns: Mapping[str, Any], number: int) -> Any:
    """Return how often each setting of an axis is built."""
    table = known(law.row.operator)
    letters = [_column(law, letter, columns) for letter in table.letters]
    if not letters or any(letter is None for letter in letters):
        return np.zeros(number, np.int64)
    settings = zip(*(np.broadcast_to(letter, number).tolist() for letter in letters), strict=True)
    return np.asarray([table.counts.get(setting, 0) for setting in settings], np.int64)


def _column(law: Law, letter: str, columns: Mapping[str, Any]) -> Any:
    """Return what a letter of a law is in each setting; nothing where no setting says it."""
    value = law.row.values.get(letter)
    if isinstance(value, Term):
        return columns.get(value.args[0]) if value.word == "variable" else None
    return value
