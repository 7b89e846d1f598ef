"""What a derivation has given a letter is shown as that letter: `E` for the extent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from symconv.meanings.symbols import expression
from symconv.terms import Term, substitute

Wholes = Mapping[Term, Term]
"""What stands for a term, by that term."""


def shortened(statement: Any, wholes: Wholes) -> Any:
    """Return a term, or a SymPy expression, with what stands for its parts.

    Only what people read is shortened: what is checked, and what SymPy computes with, is not.

    >>> from symconv.terms import sizes
    >>> W, F, D, E = sizes("W F D E")
    >>> extent = D * (F - 1) + 1
    >>> shortened(W - extent, {extent: E}) == W - E
    True
    >>> shortened(sympy.expand(expression(W - extent)), {extent: E})
    -E + W
    """
    if isinstance(statement, Term):
        return substitute(statement, wholes)
    for whole, letter in wholes.items():
        if letter.word == "variable":
            statement = _in_sympy(statement, expression(whole), expression(letter))
    return statement


def definitions(wholes: Wholes) -> tuple[Term, ...]:
    """Return what the letters stand for, each as an equation."""
    return tuple(letter.eq(whole) for whole, letter in wholes.items() if letter.word == "variable")


def _in_sympy(statement: Any, whole: Any, letter: Any) -> Any:
    """Eliminate a letter of the whole from a statement; as it is, where the others do not follow.

    SymPy multiplies out and reorders, so that the whole is no part of what it returns.
    """
    if not isinstance(statement, (sympy.Expr, sympy.core.relational.Relational)):
        return statement
    for own in sorted(whole.free_symbols & statement.free_symbols, key=str):
        if whole.is_polynomial(own) and sympy.degree(whole, own) == 1:
            factor = sympy.diff(whole, own)
            instead = (letter - whole.subs(own, 0)) / factor
            short = _tidied(statement.subs(own, instead))
            if short.free_symbols.isdisjoint(whole.free_symbols):
                return short
    return statement


def _tidied(statement: Any) -> Any:
    """Cancel what can be cancelled: in a relation on either side."""
    if isinstance(statement, sympy.core.relational.Relational):
        return statement.func(*map(sympy.cancel, statement.args))
    return sympy.cancel(statement)
