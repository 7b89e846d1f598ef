"""Conditions as people give them: texts, SymPy relations, terms; what is assumed of symbols."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from symconv.errors import RequestError
from symconv.operators.applied import Applied
from symconv.terms import TRUTH, Term, conjuncts


def typed(*given: Any) -> Iterator[Term]:
    """Return the conditions that were given as texts, whole and each part of a hypothesis."""
    for part in given:
        many = part.values() if isinstance(part, Mapping) else part
        for text in many if isinstance(many, Collection) and not isinstance(many, str) else [many]:
            if isinstance(text, str):
                whole = statement(text, "given")
                yield from (whole, *conjuncts(whole))


def called(*given: Any) -> Iterator[Applied]:
    """Return the laws that texts call by their names."""
    from symconv.reading.constraints import read_with_laws

    for text in given:
        for part in _several_of(text):
            if isinstance(part, str):
                yield from read_with_laws(part)[1]


def assumed(*given: Any) -> dict[str, Term]:
    """Return what SymPy's symbols are declared to be: SymPy takes it for granted, Z3 is told.

    Raises:
        RequestError: a symbol is no integer, or two symbols have one name.
    """
    parts = [part for each in given for part in _several_of(each)]
    if not any(getattr(part, "free_symbols", ()) for part in parts):
        return {}
    from symconv.meanings.assumptions import assumptions

    return {
        f"the symbol {name} is declared so" + (f" ({place})" if place else ""): term
        for name, told in assumptions(parts).items()
        for place, term in enumerate(told)
    }


def _several_of(given: Any) -> Collection[Any]:
    """Return conditions one by one."""
    several = isinstance(given, list | tuple | set | frozenset)
    parts = given.values() if isinstance(given, Mapping) else given if several else (given,)
    return [_relation(part) for part in parts]


def _relation(given: Any) -> Any:
    """Return what a rule of `forall` states; anything else as it is."""
    return given._sympy_() if hasattr(given, "_sympy_") else given


def hypotheses(given: Any) -> dict[str, Term]:
    """Return hypotheses by their sentences; those without one are counted."""
    if isinstance(given, Mapping):
        return {
            str(sentence): statement(condition, "given") for sentence, condition in given.items()
        }
    parts = [statement(condition, "given") for condition in _several_of(given)]
    conditions = [condition for part in parts for condition in conjuncts(part)]
    return {f"hypothesis {count}": condition for count, condition in enumerate(conditions, 1)}


def statement(given: Any, place: str) -> Term:
    """Return a condition that was given as a text, as a SymPy relation or as a term."""
    given = _relation(given)
    if isinstance(given, str):
        from symconv.reading.constraints import constraint

        return constraint(given)
    if type(given).__module__.startswith("sympy."):
        from symconv.meanings.symbols import term_of

        given = term_of(given)
    if isinstance(given, Term) and given.sort == TRUTH:
        return given
    raise RequestError(
        f"`{place}` as a condition",
        repr(given)[:200],
        'Write a text such as "(W - 1)*S + 1 >= W", or a term that is a comparison.',
    )
