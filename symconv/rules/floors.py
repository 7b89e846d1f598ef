"""Polynomials with floors of quotients in them: the numbers that rules are made of.

A number is a SymPy expression: a polynomial in letters and in nodes `Floored(a, b)`, which stand
for `floor(a/b)` with a positive `b`. SymPy's own `floor` takes a quotient apart and rounds what is
left (`floor((W + 1)/2)` becomes `floor(W/2 + 1/2)`); these nodes stay as they are built, and are
brought into the normal form here. Every step is a theorem of the book:

    floor((b*q + a)/b) = q + floor(a/b)
    floor((floor(y/s) + c)/b) = floor((y + s*c)/(s*b))        a floor of a floor is one floor
    floor((g*a + c)/(g*b)) = floor((a + floor(c/g))/b)
    floor(-u/b) = -floor((u + b - 1)/b)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from math import gcd
from typing import Any

import sympy

from symconv.meanings.symbols import Floored
from symconv.rules.facts import Facts

Number = Any
"""A SymPy expression; SymPy has no types."""


def whole_terms(number: Number) -> Mapping[Number, int]:
    """Return a polynomial's integer coefficients by its monomials; that of 1 is the constant."""
    return {m: int(c) for m, c in sympy.expand(number).as_coefficients_dict().items() if c}


def summed(terms: Mapping[Number, int] | Iterable[tuple[Number, int]]) -> Number:
    """Return the polynomial with these coefficients."""
    pairs = terms.items() if isinstance(terms, Mapping) else terms
    return sympy.Add(*(coefficient * monomial for monomial, coefficient in pairs))


def floors_in(number: Number, *letters: Number) -> list[Number]:
    """Return the outermost floors with one of some letters in them; without letters, all."""
    nodes = [node for node in number.atoms(Floored) if not letters or node.has(*letters)]
    inner = {part for node in nodes for arg in node.args for part in arg.atoms(Floored)}
    return sorted((node for node in nodes if node not in inner), key=sympy.default_sort_key)


def quotient(above: Number, below: Number) -> Number | None:
    """Return an exact quotient of polynomials, if it is a polynomial with whole coefficients."""
    if below == 1:
        return above
    ratio = sympy.cancel(above / below)
    if sympy.fraction(sympy.together(ratio))[1] != 1:
        return None
    return sympy.expand(ratio)


def floored(above: Number, below: Number, facts: Facts) -> Number:
    """Return `floor(above/below)` in normal form; what it is divided by is positive."""
    whole, rest = _parted(sympy.expand(above), below)
    if rest == 0:
        return whole
    if facts.at_least(rest, 0) and facts.at_least(below - rest, 1):
        return whole
    inner = floors_in(rest)
    if len(inner) == 1 and (joined := _joined(rest, inner[0], below, facts)) is not None:
        return sympy.expand(whole + joined)
    common = _common(rest, below)
    if common != 1 and facts.at_least(common, 1):
        kept, left = _split(rest, common)
        inside = floored(left, common, facts)
        if not inside.has(Floored):  # else it would be joined again
            lower = sympy.cancel(below / common)
            return sympy.expand(whole + floored(kept + inside, lower, facts))
    return whole + Floored(rest, below)


def remainder(above: Number, below: Number, facts: Facts) -> Number:
    """Return `above % below`, of a positive divisor."""
    return sympy.expand(above - below * floored(above, below, facts))


def multiplied_out(number: Number, node: Number) -> Number:
    """Return a number that is at least 0 just when one is in which a floor stands once.

    floor(y/s) + z >= 0  <=>  y + s*z >= 0        z - floor(y/s) >= 0  <=>  s*(z + 1) - y - 1 >= 0
    """
    (y, s), times = node.args, number.coeff(node)
    others = number - times * node
    return sympy.expand(y + s * others if times == 1 else s * (others + 1) - y - 1)


def _parted(above: Number, below: Number) -> tuple[Number, Number]:
    """Return how many whole times a divisor is taken, and the rest: monomial by monomial."""
    if below == 1:
        return above, sympy.Integer(0)
    if below.is_Add:
        exact = quotient(above, below)
        return (sympy.Integer(0), above) if exact is None else (exact, sympy.Integer(0))
    size, letters = below.as_coeff_Mul()
    whole, rest = [], []
    for monomial, coefficient in whole_terms(above).items():
        ratio = monomial / letters
        if sympy.fraction(ratio)[1] == 1:
            times, left = divmod(coefficient, int(size))
            whole.append((ratio, times))
            rest.append((monomial, left))
        else:
            rest.append((monomial, coefficient))
    return sympy.expand(summed(whole)), sympy.expand(summed(rest))


def _joined(rest: Number, node: Number, below: Number, facts: Facts) -> Number | None:
    """Return a floor of a floor as one floor, where a theorem says so."""
    times = rest.coeff(node)
    added = sympy.expand(rest - times * node)
    if added.has(node) or times.has(Floored):
        return None
    y, s = node.args
    if times == 1:
        return floored(y + s * added, sympy.expand(s * below), facts)
    if facts.at_least(-times, 1):
        return sympy.expand(-floored(sympy.expand(below - 1 - rest), below, facts))
    lower = quotient(below, times)
    if lower is None or not facts.at_least(times, 1) or added.has(Floored):
        return None
    return floored(node + floored(added, times, facts), lower, facts)


def _common(rest: Number, below: Number) -> Number:
    """Return what a divisor has in common with the greatest part of what is divided."""
    terms = {m: c for m, c in whole_terms(rest).items() if m != 1}
    if not terms or below.is_Add:
        return sympy.Integer(1)
    size, letters = below.as_coeff_Mul()
    numeric = reduce(gcd, terms.values(), int(size))
    if numeric > 1:
        return sympy.Integer(numeric)
    shared = (sympy.gcd(letters, monomial) for monomial in terms)
    common = [factor for factor in shared if factor != 1]
    return min(common, key=sympy.default_sort_key) if common else sympy.Integer(1)


def _split(rest: Number, common: Number) -> tuple[Number, Number]:
    """Return the terms of a polynomial that a factor divides, without it, and the others."""
    kept, left = [], []
    for monomial, coefficient in whole_terms(rest).items():
        ratio = sympy.cancel(coefficient * monomial / common)
        exact = sympy.fraction(ratio)[1] == 1
        kept.append((ratio, 1)) if exact else left.append((monomial, coefficient))
    return summed(kept), summed(left)
