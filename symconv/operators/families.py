"""Under which headings people look for operators: each says its own."""

from __future__ import annotations

from symconv.operators import OPERATORS


def families() -> dict[str, list[str]]:
    """Return the names of all operators by family, in their order.

    >>> families()["Unfold and fold"]
    ['unfold', 'fold']
    """
    names: dict[str, list[str]] = {}
    for operator in OPERATORS.values():
        names.setdefault(operator.family, []).append(operator.name)
    return names
