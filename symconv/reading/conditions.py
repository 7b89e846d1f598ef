"""Conditions in any form: text, terms, or SymPy relations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from symconv.errors import RequestError, nearest_name
from symconv.meanings.notation import text
from symconv.reading.constraints import constraint
from symconv.terms import TRUTH, Term, both, variable, variables
from symconv.vocabulary import torch_name


def read(
    given: Any, names: tuple[str, ...], words: Mapping[str, Term] = MappingProxyType({})
) -> Term:
    """Read a constraint: a text, a term, or a SymPy relation; every name must be known."""
    if isinstance(given, str):
        return constraint(given, names, words)
    condition = given if isinstance(given, Term) else _symbolic(given)
    if condition.sort != TRUTH:
        raise RequestError(
            "a condition", text(condition, names="torch"), "Compare it with something."
        )
    for name in variables(condition):
        if name not in names:
            written = [torch_name(letter) for letter in names]
            raise RequestError(
                "a name that this request has", f"`{name}`", nearest_name(name, written)
            )
    return condition


def _symbolic(relation: Any) -> Term:
    """Return what a SymPy relation states, and what its symbols are declared to be besides.

    Raises:
        RequestError: a symbol is no integer, or two have one name.
    """
    from symconv.meanings.assumptions import assumptions  # SymPy is loaded where somebody uses it
    from symconv.meanings.symbols import term_of

    condition = term_of(relation)
    for name, facts in assumptions([relation], letters=True).items():
        letter = variable(name)
        more = (fact for fact in facts if fact not in (letter >= 0, letter >= 1))
        condition = both(condition, *more)
    return condition
