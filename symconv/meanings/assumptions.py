"""What SymPy's symbols are declared to be, as conditions: SymPy takes it as known, Z3 is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sympy

from symconv.errors import RequestError
from symconv.terms import Term, variable

SAYS: Mapping[str, Callable[[Term], Term]] = {
    "positive": lambda x: x >= 1,
    "negative": lambda x: x <= -1,
    "zero": lambda x: x.eq(0),
    "nonnegative": lambda x: x >= 0,
    "nonpositive": lambda x: x <= 0,
    "nonzero": lambda x: ~x.eq(0),
    "even": lambda x: (x % 2).eq(0),
    "odd": lambda x: (x % 2).eq(1),
}
"""What an assumption says of an integer; of those that a symbol has, only the strongest is said."""

IMPLIED = {
    "nonnegative": ("positive", "zero"),
    "nonpositive": ("negative", "zero"),
    "nonzero": ("positive", "negative"),
    "even": ("zero",),
}
BEYOND = ("prime", "composite")
"""Assumptions that no condition on integers of ours says."""


def assumptions(formulas: Iterable[Any], *, letters: bool = False) -> dict[str, tuple[Term, ...]]:
    """Return what the symbols of some formulas are declared to be, by their names.

    Args:
        formulas: SymPy expressions and relations.
        letters: whether the names stand for letters, which are integers unless it is declared
            otherwise.

    Raises:
        RequestError: a symbol is no integer, two have one name, or one is declared to be more than
            a condition says, such as a prime.
    """
    symbols = {symbol for formula in formulas for symbol in getattr(formula, "free_symbols", ())}
    told: dict[str, tuple[Term, ...]] = {}
    for symbol in sorted(symbols, key=lambda each: (each.name, str(each.assumptions0))):
        if symbol.name in told:
            raise RequestError(
                "one symbol of each name",
                f"two that are called {symbol.name}",
                "Give one of them another name: symbols are equal only if their assumptions are.",
            )
        told[symbol.name] = _of(symbol, letters)
    return told


def _of(symbol: Any, is_letter: bool) -> tuple[Term, ...]:
    declared, letter = symbol.assumptions0, _letter(symbol)
    if not declared.get("integer", is_letter):
        raise RequestError(
            "symbols of integers",
            f"{symbol.name}, which is not declared to be one",
            f'Write Symbol("{symbol.name}", integer=True), or import the letters from '
            "symconv.symbols.",
        )
    if unsaid := [name for name in BEYOND if declared.get(name)]:
        raise RequestError(
            "symbols of integers that are positive, negative, even, odd or anything",
            f"{symbol.name}, which is declared to be {unsaid[0]}",
            "Leave that assumption out, or say it as a condition.",
        )
    return tuple(
        says(letter)
        for name, says in SAYS.items()
        if declared.get(name) and not any(map(declared.get, IMPLIED.get(name, ())))
    )


def _letter(symbol: Any) -> Term:
    if not (symbol.name.isascii() and symbol.name.isidentifier()):
        raise RequestError("names like W or kernel_size", repr(symbol.name), "Rename the symbol.")
    return variable(symbol.name)


def letter_of(given: Any) -> str | None:
    """Return the name of a symbol or of a variable; none of anything else."""
    if isinstance(given, sympy.Symbol):
        _letter(given)
        return str(given.name)
    if isinstance(given, Term) and given.word == "variable":
        return str(given.args[0])
    return None
