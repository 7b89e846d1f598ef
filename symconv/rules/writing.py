"""Rules as people write them: equations with the extent in them, bounds on both sides.

What is said stays the same; only the sides are chosen. `S = n` comes first, then what the extent
must be: `D*(F - 1) + 1 = S + 2*P`, `1 <= D*(F - 1) + 1 - 2*P <= n`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import sympy

from symconv.meanings.symbols import Floored, plain
from symconv.operators import letters
from symconv.rules.floors import Number, floors_in, quotient, summed, whole_terms
from symconv.rules.tidying import Literal, Part

D, F = (sympy.Symbol(letter.args[0], integer=True) for letter in (letters.D, letters.F))
EXTENT = plain(letters.extent)
TAPS, SPACING, ORDER = "F", "D", "FADPOWnS"
ONE = sympy.Integer(1)


class Chain(NamedTuple):
    """Sides and the signs between them, as in `1 <= x < n`."""

    sides: tuple[Number, ...]
    signs: tuple[str, ...]


Clause = tuple[Chain, ...]
"""Chains of which one holds."""


def written(
    parts: tuple[Part, ...], strides: Mapping[Number, Number], signs: tuple[Number, ...] = ()
) -> tuple[Clause, ...]:
    """Return what a rule says, in the order in which one reads it.

    Args:
        parts: what must hold, in short.
        strides: which letter was solved for, and what it is.
        signs: numbers that are at least 1.
    """
    again = {value: letter for letter, value in strides.items() if value.is_Symbol}
    solved = [(_equation(letter, value),) for letter, value in strides.items()]
    alone = [part[0] for part in parts if len(part) == 1]
    equations = [(_balanced(_back(each.number, again)),) for each in alone if each.equal]
    bounds = [(each,) for each in _bounds([each.number for each in alone if not each.equal])]
    others = [tuple(map(_chain, part)) for part in parts if len(part) > 1]
    positive = [(_bound(number - 1),) for number in signs]
    return tuple(positive + solved + equations + bounds + others)


def _back(number: Number, again: Mapping[Number, Number]) -> Number:
    """Write the letter that was solved for where it stands alone: `E = S + 2*P`, not `n + 2*P`."""
    terms = whole_terms(number)
    return summed(
        (again.get(monomial, monomial) if abs(c) == 1 else monomial, c)
        for monomial, c in terms.items()
    )


def _chain(each: Literal) -> Chain:
    return _balanced(each.number) if each.equal else _bound(each.number)


def _equation(left: Number, right: Number) -> Chain:
    return Chain((left, right), ("==",))


def _balanced(number: Number) -> Chain:
    """Write that a number is 0 as an equation, its first letter on the left."""
    number = with_extents(_with_remainders(number))
    plus, minus = _sides(number)
    if _rank(minus) < _rank(plus) or not plus:
        plus, minus = minus, plus
    plain = not any(m == 1 or m.is_Mul or isinstance(m, Extent) for m in [*plus, *minus])
    if plain and len(plus) + len(minus) > 2 and not number.has(sympy.Mod, Floored):
        return _equation(summed(plus) - summed(minus), sympy.Integer(0))  # as F - S - 2P = 0
    if len(plus) > 1:  # what is known to the right
        minus[ONE] = minus.get(ONE, 0) - plus.pop(ONE, 0)
    return _equation(summed(plus), summed(minus))


def _with_remainders(number: Number) -> Number:
    """Write what a floor lacks, `y - s*floor(y/s)`, as a remainder."""
    for node in floors_in(number):
        y, s = node.args
        times = quotient(number.coeff(node), s)
        if times is not None:
            left = sympy.expand(number - times * s * node + times * y)
            return left - times * sympy.Mod(y, s, evaluate=False)
    return number


def _sides(number: Number) -> tuple[dict[Number, int], dict[Number, int]]:
    """Return the terms of a number that are added, and the opposites of those that are not."""
    terms = whole_terms(number)
    plus = {monomial: c for monomial, c in terms.items() if c > 0}
    return plus, {monomial: -c for monomial, c in terms.items() if c < 0}


class Extent(sympy.Function):  # type: ignore[misc]
    """`D*(F - 1) + 1`, the cells from a kernel's first tap to its last, of `D` and `F`."""

    nargs = 2
    is_integer = True


def with_extents(number: Number) -> Number:
    """Write `D*F - D` as `E - 1`, with the extent as a letter of its own."""
    number = number.replace(
        lambda node: isinstance(node, (Floored, sympy.Mod)),
        lambda node: node.func(*map(with_extents, node.args), evaluate=False),
    )
    terms = dict(whole_terms(number))
    for spacing in sorted(number.free_symbols, key=str):
        taps = sympy.Symbol(TAPS + spacing.name[len(SPACING) :], integer=True)
        if not spacing.name.startswith(SPACING) or taps not in number.free_symbols:
            continue
        for monomial in [m for m in terms if sympy.rem(m, spacing * taps) == 0]:
            alone = monomial / taps
            if not alone.has(taps) and terms.get(alone) == -terms[monomial]:
                times, factor = terms.pop(monomial), alone / spacing
                del terms[alone]
                letter = factor * Extent(spacing, taps)
                for part, more in ((letter, times), (factor, -times)):
                    terms[part] = terms.get(part, 0) + more
    return summed(terms)


def _rank(terms: Mapping[Number, int]) -> tuple[int, str]:
    """Return where a side stands: the one with the kernel, then the output padding, on the left."""
    plain = (monomial for monomial in terms if not monomial.has(sympy.Mod, Floored))
    letters = {symbol for monomial in plain for symbol in monomial.free_symbols}
    names = {letter.name[0] for letter in letters}
    order = [place for place, letter in enumerate(ORDER) if letter in names]
    return (min(order, default=len(ORDER)), str(sorted(names)))


def _bounds(numbers: list[Number]) -> list[Chain]:
    """Write numbers that are at least 0; two about the same thing become bounds on both sides."""
    chains, waiting = list[Chain](), list(numbers)
    while waiting:
        number = waiting.pop(0)
        other = next((each for each in waiting if _same(number, each)), None)
        if other is None:
            chains.append(_bound(number))
            continue
        waiting.remove(other)
        chains.append(_between(number, other))
    return chains


def _same(one: Number, other: Number) -> dict[Number, int]:
    """Return the terms that two numbers have with opposite signs, if they are all but a bound."""
    first, second = whole_terms(one), whole_terms(other)
    same = {m: c for m, c in first.items() if m != 1 and second.get(m) == -c}
    left = [m for terms in (first, second) for m in terms if m != 1 and m not in same]
    return same if len(same) >= 2 and len(left) <= 2 else {}


def _between(one: Number, other: Number) -> Chain:
    """Write that something lies between two bounds."""
    same = _same(one, other)
    middle = with_extents(summed(same))
    plus, minus = _sides(middle)
    if _rank(minus) < _rank(plus):
        return _between(other, one)
    added = middle.as_coefficients_dict().get(ONE, 0)
    middle -= added
    low, high = (with_extents(each) for each in (summed(same) - one, summed(same) + other))
    low, high = low - added, high - added
    if whole_terms(high).get(ONE) == -1 and not high.is_Integer:
        return Chain((low, middle, high + 1), ("<=", "<"))
    return Chain((low, middle, high), ("<=", "<="))


def _bound(number: Number) -> Chain:
    """Write that a number is at least 0 as a comparison."""
    plus, minus = _sides(with_extents(_with_remainders(number)))
    if not minus and len(plus) > 1:
        minus[ONE] = -plus.pop(ONE, 0)
    if not plus:
        bound = -sympy.Integer(minus.pop(ONE, 0))
        return Chain((summed(minus), bound), ("<=",))
    if not minus or set(minus) == {ONE}:
        return Chain((summed(plus), summed(minus)), (">=",))
    strict = minus.get(ONE, 0) in ((1, 2) if any(map(_is_extent, plus)) else (1,))
    if strict:
        minus[ONE] -= 1
    low, high, signs = summed(minus), summed(plus), ("<", ">") if strict else ("<=", ">=")
    if _has_kernel(plus) and not _has_kernel(minus):
        return Chain((high, low), (signs[1],))
    return Chain((low, high), (signs[0],))


def _is_extent(monomial: Number) -> bool:
    return isinstance(monomial, Extent)


def _has_kernel(terms: Mapping[Number, int]) -> bool:
    return _rank(terms)[0] == 0


def written_out(chain: Chain) -> tuple[Number, ...]:
    """Return the sides of a chain with the extents written out: `D*(F - 1) <= 2*P`.

    Where an extent stands alone on one of two sides, and a number on the other, 1 is taken from
    both; not where it stands in a floor as well.
    """
    sides = chain.sides
    inside = {
        node
        for side in sides
        for floor in side.atoms(Floored, sympy.Mod)
        for node in floor.atoms(Extent)
    }
    for node in dict.fromkeys(node for side in sides for node in side.atoms(Extent)):
        spacing, taps = node.args
        alone = [side.coeff(node) for side in sides]
        other = alone.index(0) if 0 in alone else 0
        pair = len(sides) == 2 and {*alone} == {0, 1} and node not in inside
        less = pair and bool(sides[other].as_coeff_Add()[0] >= 1)
        extent = EXTENT.xreplace({D: spacing, F: taps}) - int(less)
        sides = tuple(
            side.xreplace({node: extent}) if side.has(node) else side - int(less) for side in sides
        )
    return sides


def plainly(number: Number) -> Number:
    """Return a number with its extents as one writes them: `D*(F - 1) + 1`."""
    (side,) = written_out(Chain((with_extents(number),), ()))
    return side
