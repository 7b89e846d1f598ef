"""Free names in formulas, and other formulas put in for them."""

from __future__ import annotations

from collections.abc import Mapping

from symconv.book.statements.structures.formula import Applied, Bound, Cases, Formula, Name


def free_in(whole: Formula) -> set[str]:
    """Return the names that stand in a formula and that it does not bind."""
    if isinstance(whole, Name):
        return {whole.name}
    if isinstance(whole, Applied):
        return set[str]().union(*map(free_in, (whole.head, *whole.arguments)))
    if isinstance(whole, Bound):
        return free_in(whole.body) - set(dict(whole.names))
    if isinstance(whole, Cases):
        parts = (free_in(value) - free_in(pattern) for pattern, value in whole.cases)
        return free_in(whole.subject).union(*parts)
    return set()


def put(whole: Formula, values: Mapping[str, Formula]) -> Formula:
    """Put formulas in for free names, and apply functions that are written out.

    Raises:
        ValueError: a name that is put in would be bound where it comes to stand.
    """
    if isinstance(whole, Name):
        return values.get(whole.name, whole)
    if isinstance(whole, Applied):
        head, *arguments = (put(part, values) for part in (whole.head, *whole.arguments))
        if isinstance(head, Bound) and head.word == "fun" and len(head.names) == len(arguments):
            own = (name for name, _ in head.names)
            return put(head.body, dict(zip(own, arguments, strict=True)))
        return head(*arguments) if arguments else Applied(head, ())
    if isinstance(whole, Bound):
        own_names = set(dict(whole.names))
        return Bound(whole.word, whole.names, _put_within(whole.body, values, own_names))
    if isinstance(whole, Cases):
        pairs = (
            (pattern, _put_within(value, values, free_in(pattern)))
            for pattern, value in whole.cases
        )
        return Cases(put(whole.subject, values), tuple(pairs))
    return whole


def _put_within(body: Formula, values: Mapping[str, Formula], own: set[str]) -> Formula:
    """Put formulas in where some names are bound."""
    wanted = free_in(body) - own
    outer = {name: value for name, value in values.items() if name in wanted}
    if any(free_in(value) & own for value in outer.values()):
        raise ValueError(f"one of {sorted(own)} would mean two things")
    return put(body, outer)
