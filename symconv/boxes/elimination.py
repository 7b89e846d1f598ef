"""Eliminating a letter: what an equality or pairs of bounds say of the other letters.

What elimination gives is implied by the clauses that it starts from. By an equality it is all that
they say of the other letters; by pairs of bounds it may be less, for integers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symconv.boxes import polynomials as poly
from symconv.boxes.forms import ONE, Clause, Congruence, Frozen, frozen, plus
from symconv.boxes.levels import direction

MOST_FORMS = 4
"""Clauses of more forms are left out."""


def equality_for(clauses: list[Clause], letter: str) -> Frozen | None:
    """Return a form that is zero and gives a letter, the simplest one."""
    single = {clause[0] for clause in clauses if len(clause) == 1}
    found = [
        form
        for form in single
        if frozen(plus({}, dict(form), (-1,))) in single and poly.sign(dict(form)[letter]) == 1
    ]
    return min(
        found,
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

    left = [tuple(without(form) for form in clause) for clause in clauses]
    more = []
    if scale != (1,) and len(scale) == 1:
        rest = {key: value for key, value in equality.items() if key != letter}
        more.append(Congruence(frozen(rest), scale[0]))
    for one in congruences:
        if letter not in dict(one.form) and one.modulus != letter:
            more.append(one)
            continue
        if one.modulus == letter or (isinstance(one.modulus, str) and scale != (1,)):
            continue
        if len(scale) == 1:
            modulus = one.modulus * scale[0] if isinstance(one.modulus, int) else one.modulus
            more.append(Congruence(without(one.form), modulus))
    return left, more


def paired(clauses: list[Clause], letter: str) -> list[Clause]:
    """Combine each lower bound of a letter with each upper bound, so that the letter vanishes."""
    sides: dict[int, list[Clause]] = {1: [], -1: []}
    for clause in clauses:
        side = direction(clause, letter)
        if side:
            sides[side].append(clause)
    found = []
    for low in sides[1]:
        for high in sides[-1]:
            rest = [form for form in (*low, *high) if letter not in dict(form)]
            pairs = [
                _cancelled(dict(one), dict(other), letter)
                for one in low
                for other in high
                if letter in dict(one) and letter in dict(other)
            ]
            if len(rest) + len(pairs) <= MOST_FORMS:
                found.append((*pairs, *rest))
    return found


def _cancelled(low: dict[Any, Any], high: dict[Any, Any], letter: str) -> Frozen:
    negative = poly.multiply((-1,), high[letter])
    return frozen(plus(plus({}, low, negative), high, low[letter]))


def reduced(clauses: Iterable[Clause]) -> list[Clause]:
    """Drop what always holds, what never can, and bounds that a like one makes idle."""
    tightest: dict[Any, int] = {}
    found: dict[Clause, None] = {}
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
                found[tuple(forms)] = None
    for (rest, slope), start in tightest.items():
        constant = poly.trimmed([start, *slope])
        found[(frozen(dict(rest) | ({ONE: constant} if constant else {})),)] = None
    return sorted(found, key=lambda one: (len(one), len(str(one)), str(one)))


def _settled(form: dict[Any, Any]) -> int | None:
    """Return the sign of a form without letters, where it has one for all dilations."""
    if set(form) - {ONE}:
        return None
    return poly.sign(form.get(ONE, poly.NOUGHT))
