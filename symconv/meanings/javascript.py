"""JavaScript: a term as an expression, in its author's form, for pages that compute by themselves.

An expression is made of the same pieces as the text (`symconv.meanings.notation`). `PRELUDE` has
the functions that it calls; numbers are JavaScript's doubles, which are exact up to 2**53.

>>> from symconv.terms import sizes, where
>>> W, F, S = sizes("W F S")
>>> javascript((W - F) // S + 1)
'div(W - F, S) + 1'
>>> javascript(where(W <= F, 0, W % F))
'(W <= F ? 0 : mod(W, F))'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symconv.meanings.meaning import Meaning
from symconv.meanings.notation import (
    AND,
    ATOM,
    COMPARISON,
    OR,
    TEXT,
    Piece,
    infix,
    template,
)
from symconv.terms import Term, interpret, variables

PRELUDE = """\
// The quotient of doubles is rounded once. Of integers up to 2**53 it never reaches the next
// integer, so that its floor is the mathematical one.
function div(a, b) {
  if (b === 0) throw new RangeError("division by zero");
  return Math.floor(a / b);
}

function mod(a, b) {
  return a - b * div(a, b);
}
"""
"""What expressions call: the floor of a quotient, and its remainder, as Python has them."""

BRACKETS = "({})"
_TIGHTER = COMPARISON + 1


def _conditional(condition: Piece, then: Piece, otherwise: Piece) -> Piece:
    return Piece(f"({condition.text} ? {then.text} : {otherwise.text})", ATOM)


JAVASCRIPT: dict[str, Callable[..., Piece]] = TEXT | {
    "floordiv": template("div({}, {})"),  # `/` does not round
    "mod": template("mod({}, {})"),  # `%` has the sign of what is divided
    "min": template("Math.min({}, {})"),
    "max": template("Math.max({}, {})"),
    "if": _conditional,
    "eq": infix(" === ", COMPARISON, BRACKETS, loosest=_TIGHTER),
    "iff": infix(" === ", COMPARISON, BRACKETS, loosest=_TIGHTER),
    "and": infix(" && ", AND, BRACKETS),
    "or": infix(" || ", OR, BRACKETS),
    "not": lambda a: Piece(f"!({a.text})", ATOM),  # `!` holds tighter than a comparison
}

SCRIPTED = Meaning("javascript", JAVASCRIPT)
"""JavaScript's text, in pieces."""


def javascript(term: Term, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Write a term as a JavaScript expression.

    Args:
        term: what to write.
        names: what to write for some of the variables instead of their names.
    """
    pieces = {name: Piece(names.get(name, name), ATOM) for name in variables(term)}
    return str(interpret(term, JAVASCRIPT, pieces).text)
