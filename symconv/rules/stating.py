"""What a rule says, written with chosen sides, as a term and as a SymPy relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy

from symconv.meanings.symbols import Floored, term_of
from symconv.rules.floors import Number
from symconv.rules.writing import TAPS, Chain, Clause, Extent, written_out
from symconv.terms import Term, both, either

RELATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": sympy.Eq,
    "<=": sympy.Le,
    "<": sympy.Lt,
    ">=": sympy.Ge,
    ">": sympy.Gt,
}


SIGNS: Mapping[str, Callable[[Term, Term], Term]] = {
    "==": lambda a, b: a.eq(b),
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


def as_term(clause: Clause) -> Term:
    """Return one part of what a rule says as a term."""
    return either(*map(_stated, clause))


def _stated(chain: Chain) -> Term:
    sides = [term_of(side) for side in written_out(chain)]
    pairs = zip(sides, chain.signs, sides[1:], strict=False)
    return both(*(SIGNS[sign](a, b) for a, sign, b in pairs))


def relation(clauses: tuple[Clause, ...], symbols: Callable[[str], Any], extent: Any = None) -> Any:
    """Return what a rule says as a SymPy relation in some symbols.

    Args:
        clauses: what it says.
        symbols: the symbol of each letter.
        extent: a symbol for the extent; without one it is written out.
    """
    return sympy.And(
        *(sympy.Or(*(_related(chain, symbols, extent) for chain in clause)) for clause in clauses)
    )


def _related(chain: Chain, symbols: Callable[[str], Any], extent: Any = None) -> Any:
    plain = written_out(chain) if extent is None else _with_letter(chain, extent)
    sides = [in_symbols(side, symbols) for side in plain]
    pairs = zip(sides, chain.signs, sides[1:], strict=False)
    return sympy.And(*(RELATIONS[sign](a, b) for a, sign, b in pairs))


def _with_letter(chain: Chain, extent: Any) -> list[Number]:
    """Return the sides of a chain with a letter for the extent; of layers, with their numbers."""
    return [
        side.replace(Extent, lambda _, taps: sympy.Symbol(extent.name + taps.name[len(TAPS) :]))
        for side in chain.sides
    ]


def in_symbols(number: Number, symbols: Callable[[str], Any]) -> Any:
    """Return a number in some symbols, with SymPy's own floors."""
    if isinstance(number, Floored):
        above, below = (in_symbols(each, symbols) for each in number.args)
        return sympy.floor(above / below)
    if isinstance(number, sympy.Mod):
        return sympy.Mod(*(in_symbols(each, symbols) for each in number.args), evaluate=False)
    if number.is_Symbol:
        return symbols(number.name)
    if not number.args:
        return number
    return number.func(*(in_symbols(each, symbols) for each in number.args))
