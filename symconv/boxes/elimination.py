"""Eliminating a letter: what an equality or pairs of bounds say of the other letters.

What elimination gives is implied by the clauses that it starts from. By an equality it is all that
they say of the other letters; by pairs of bounds it may be less, for integers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import symconv.boxes.polynomials as poly
from symconv.boxes.forms import ONE, Clause, Congruence, Frozen, frozen, plus
from symconv.boxes.levels import direction

MOST_FORMS = 4
"""Clauses of more forms are left out."""


def equality_for(clauses: list[Clause], letter: str) -> Frozen | None:
    """Return a form that is zero and gives a letter, the simplest one."""
    single = {clause[0] for clause in clauses if len(clause) == 1}
    equalities = [
        form
        for form in single
        if frozen(plus({}, dict(form), (-1,))) in single and poly.sign(dict(form)[letter]) == 1
    ]
    return min(
        equalities,
        key=lambda form: (len(dict(form)[letter]), sum(dict(form)[letter]), str(form)),
        default=None,
    )


def solved(
    clauses: list[Clause], congruences: list[Congruence], letter: str, equality: dict[Any, Any]
) -> tuple[list[Clause], list[Congruence]]:
    """Put what a letter equals into the other clauses and congruences."""
    scale = equality[letter]

    def without(form: Frozen) -> Frozen:
        own = dict(form)
        if letter not in own:
            return form
        factor = poly.multiply((-1,), own[letter])
        return frozen(plus(plus({}, own, scale), equality, factor))

    others = [tuple(without(form) for form in clause) for clause in clauses]
    more = []
    if scale != (1,) and len(scale) == 1:
        rest = {key: value for key, value in equality.items() if key != letter}
        more.append(Congruence(frozen(rest), scale[0]))
    for congruence in congruences:
        if letter not in dict(congruence.form) and congruence.modulus != letter:
            more.append(congruence)
            continue
        if congruence.modulus == letter or (isinstance(congruence.modulus, str) and scale != (1,)):
            continue
        if len(scale) == 1:
            modulus = (
                congruence.modulus * scale[0]
                if isinstance(congruence.modulus, int)
                else congruence.modulus
            )
            more.append(Congruence(without(congruence.form), modulus))
    return others, more


def paired(clauses: list[Clause], letter: str) -> list[Clause]:
    """Combine each lower bound of a letter with each upper bound, so that the letter vanishes."""
    sides: dict[int, list[Clause]] = {1: [], -1: []}
    for clause in clauses:
        side = direction(clause, letter)
        if side:
            sides[side].append(clause)
    combined = []
    for low in sides[1]:
        for high in sides[-1]:
            rest = [form for form in (*low, *high) if letter not in dict(form)]
            pairs = [
                _cancelled(dict(lower), dict(upper), letter)
                for lower in low
                for upper in high
                if letter in dict(lower) and letter in dict(upper)
            ]
            if len(rest) + len(pairs) <= MOST_FORMS:
                combined.append((*pairs, *rest))
    return combined


def _cancelled(low: dict[Any, Any], high: dict[Any, Any], letter: str) -> Frozen:
    negative = poly.multiply((-1,), high[letter])
    return frozen(plus(plus({}, low, negative), high, low[letter]))


def reduced(clauses: Iterable[Clause]) -> list[Clause]:
    """Drop what always holds, what never can, and bounds that a like one makes idle."""
    tightest: dict[Any, int] = {}
    kept: dict[Clause, None] = {}
    for clause in clauses:
        forms: list[Frozen] = []
        for form in dict.fromkeys(clause):
            sign = _settled(dict(form))
            if sign is None:
                forms.append(form)
            elif sign >= 0:
                break
        else:
            if len(forms) == 1:
                rest = dict(forms[0])
                outer = rest.pop(ONE, poly.NOUGHT) or (0,)
                key = (frozen(rest), outer[1:])
                tightest[key] = min(tightest.get(key, outer[0]), outer[0])
            else:
                kept[tuple(forms)] = None
    for (rest, slope), start in tightest.items():
        constant = poly.trimmed([start, *slope])
        kept[(frozen(dict(rest) | ({ONE: constant} if constant else {})),)] = None
    return sorted(kept, key=lambda each: (len(each), len(str(each)), str(each)))


def _settled(form: dict[Any, Any]) -> int | None:
    """Return the sign of a form without letters, where it has one for all dilations."""
    if set(form) - {ONE}:
        return None
    return poly.sign(form.get(ONE, poly.NOUGHT))
