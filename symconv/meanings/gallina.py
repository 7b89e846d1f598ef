r"""Gallina, the language of Coq: a term as text over `Z`, in its author's form.

A statement is a `Prop`; a condition inside a number is a `bool` (`if a <=? b then ... else ...`),
so each truth value is written in both ways. Coq's `/` and `mod` on `Z` round down for divisors of
either sign, as Python's do; they differ where the divisor is zero, which statements exclude
(`symconv.terms.defined`).

>>> from symconv.terms import sizes, where
>>> W, F, S = sizes("W F S")
>>> gallina((W - F) // S + 1 <= W)
'(W - F) / S + 1 <= W'
>>> gallina(where(W <= F, 0, W - F).eq(S))
'(if W <=? F then 0 else W - F) = S'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from symconv.meanings.meaning import Meaning
from symconv.terms import Term, interpret, variables

IFF, OR, AND, NOT, COMPARISON, SUM, PRODUCT, ATOM = range(8)
"""How tightly a text holds together in Coq; what is looser than its place needs brackets."""


class Piece(NamedTuple):
    """A text, how tightly it holds together, and as a `bool`, if it is a truth value."""

    text: str
    level: int
    test: str = ""


def _fit(piece: Piece, level: int) -> str:
    return piece.text if piece.level >= level else f"({piece.text})"


def _arithmetic(sign: str, level: int) -> Callable[[Piece, Piece], Piece]:
    return lambda a, b: Piece(f"{_fit(a, level)} {sign} {_fit(b, level + 1)}", level)


def _function(name: str) -> Callable[[Piece, Piece], Piece]:
    return lambda a, b: Piece(applied(name, a, b), PRODUCT)


def _comparison(sign: str, test: str) -> Callable[[Piece, Piece], Piece]:
    def write(a: Piece, b: Piece) -> Piece:
        left, right = _fit(a, SUM), _fit(b, SUM)
        return Piece(f"{left} {sign} {right}", COMPARISON, f"({left} {test} {right})")

    return write


def _logic(sign: str, level: int, test: str) -> Callable[[Piece, Piece], Piece]:
    def write(a: Piece, b: Piece) -> Piece:
        text = f"{_fit(a, level + 1)} {sign} {_fit(b, level + 1)}"
        return Piece(text, level, f"({test} {a.test} {b.test})")

    return write


def applied(name: str, *arguments: Piece) -> str:
    """Write a function with its arguments."""
    return " ".join([name, *(_fit(one, ATOM) for one in arguments)])


def _conditional(condition: Piece, then: Piece, otherwise: Piece) -> Piece:
    test = condition.test.removeprefix("(").removesuffix(")")
    return Piece(f"(if {test} then {then.text} else {otherwise.text})", ATOM)


def _number(value: int) -> Piece:
    return Piece(str(value), ATOM) if value >= 0 else Piece(f"({value})", ATOM)


GALLINA: dict[str, Callable[..., Piece]] = {
    "constant": _number,
    "add": _arithmetic("+", SUM),
    "sub": _arithmetic("-", SUM),
    "mul": _arithmetic("*", PRODUCT),
    "floordiv": _arithmetic("/", PRODUCT),
    "mod": _arithmetic("mod", PRODUCT),
    "min": _function("Z.min"),
    "max": _function("Z.max"),
    "if": _conditional,
    "le": _comparison("<=", "<=?"),
    "lt": _comparison("<", "<?"),
    "eq": _comparison("=", "=?"),
    "and": _logic("/\\", AND, "andb"),
    "or": _logic("\\/", OR, "orb"),
    "iff": _logic("<->", IFF, "Bool.eqb"),
    "not": lambda a: Piece(f"~ {_fit(a, ATOM)}", NOT, f"(negb {a.test})"),
}

EXPORTED = Meaning("gallina", GALLINA)
"""Coq's text."""


def gallina(term: Term) -> str:
    """Write a term as Gallina."""
    return piece(term).text


def piece(term: Term, names: Mapping[str, Piece] = MappingProxyType({})) -> Piece:
    """Write a term as Gallina that will be part of another one.

    Args:
        term: what to write.
        names: what to write for some of the variables instead of their names.
    """
    pieces = {name: Piece(name, ATOM) for name in variables(term)} | dict(names)
    found: Piece = interpret(term, GALLINA, pieces)
    return found
