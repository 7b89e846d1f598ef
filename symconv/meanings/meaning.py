"""A meaning: what each word of the language does to values of one kind, and how sizes enter it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symconv.terms import Term, interpret


@dataclass(frozen=True, eq=False)
class Meaning:
    """One library's numbers and truth values.

    Attributes:
        name: what they are.
        table: what each word does to them; `"constant"` takes a Python integer.
        applied: applies a function of integers to a number, where that can be done.
        left: returns a number that stands for one integer, or a truth value, as Python's; none of
            a meaning that writes.
    """

    name: str
    table: Mapping[str, Callable[..., Any]]
    applied: Callable[[Callable[[int], int], Any], Any] | None = None
    left: Callable[[Any], int | bool] | None = None

    def evaluate(self, term: Term, values: Mapping[str, Any]) -> Any:
        """Return what a term comes to, for the numbers that its variables stand for."""
        return interpret(term, self.table, values)
