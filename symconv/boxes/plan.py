"""In which order letters are found, and what bounds each of them given those before it.

Letters are eliminated from the last to the first: by an equality where there is one, else by
pairing lower bounds with upper bounds (Fourier and Motzkin). What a letter's elimination leaves
bounds the letters before it. An elimination may leave too much, never too little: every clause is
still asked at its own letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from symconv.boxes import polynomials as poly
from symconv.boxes.congruences import contradictory
from symconv.boxes.forms import (
    ONE,
    OUTER,
    Clause,
    Congruence,
    Frozen,
    NotLinear,
    clauses_of,
    frozen,
    plus,
)
from symconv.terms import Term, both, conjuncts, defined, variable, variables

MOST_CLAUSES = 60
"""Of more clauses, elimination keeps the shortest: bounds are wider then, and still right."""
MOST_FORMS = 4


@dataclass(frozen=True)
class Level:
    """What is known of one letter, given those before it.

    Attributes:
        letter: the letter.
        clauses: clauses of forms in which it is the last letter.
        congruences: those that step its values; the modulus is known before it.
        filters: statements that are no such clauses, asked of each row.
        equality: a form that is zero and gives its one value, if there is one.
    """

    letter: str
    clauses: tuple[Clause, ...]
    congruences: tuple[Congruence, ...]
    filters: tuple[Term, ...]
    equality: Frozen | None


@dataclass(frozen=True)
class Plan:
    """Levels from the first letter to the last.

    Attributes:
        levels: the levels.
        counted: how many levels are opened to count; those after have one value each, which
            their equality gives.
        empty: whether elimination showed that nothing is left, which is a proof.
        clash: whether parities alone showed it, for dilations below 1 as well.
    """

    levels: tuple[Level, ...]
    counted: int
    empty: bool
    clash: bool

    @property
    def unbounded(self) -> tuple[str, ...]:
        """The letters that have no bound on some side."""
        return tuple(
            level.letter for level in self.levels if not (_bounds(level, 1) and _bounds(level, -1))
        )


def _bounds(level: Level, side: int) -> bool:
    """Whether a level's clauses bound its letter from below (1) or from above (-1)."""
    if level.letter == OUTER:
        outer = [dict(c[0])[ONE] for c in level.clauses if len(c) == 1]
        return side > 0 or any(poly.greatest_root(one) is not None for one in outer)
    return any(direction(clause, level.letter) == side for clause in level.clauses)


def direction(clause: Clause, letter: str) -> int | None:
    """Return 1 for a clause that bounds a letter from below, -1 from above, `None` for neither."""
    signs = {poly.sign(dict(form)[letter]) for form in clause if letter in dict(form)}
    return signs.pop() if len(signs) == 1 else None


@lru_cache(maxsize=256)
def plan(statement: Term, letters: tuple[str, ...]) -> Plan:
    """Return how the settings of a statement are found.

    Args:
        statement: what must hold; it has no other variables than the letters. `D` is at least 1
            wherever it holds.
        letters: the order in which they are found; `D` first, if it is among them.
    """
    positive = tuple(
        letter for letter in letters if (variable(letter) >= 1) in conjuncts(statement)
    )
    clauses: list[Clause] = []
    congruences: list[Congruence] = []
    filters: list[Term] = []
    for part in conjuncts(statement):
        try:
            found = clauses_of(part, positive)
        except NotLinear:
            filters.append(both(*conjuncts(defined(part) & part)))
            continue
        clauses += [one for one in found if not isinstance(one, Congruence)]
        congruences += [one for one in found if isinstance(one, Congruence)]
    return _eliminated(letters, _reduced(clauses), congruences, filters)


def _eliminated(
    letters: tuple[str, ...],
    clauses: list[Clause],
    congruences: list[Congruence],
    filters: list[Term],
) -> Plan:
    place = {letter: number for number, letter in enumerate(letters)}
    levels: list[Level] = []
    counted, single = len(letters), True
    for letter in reversed(letters):
        if () in clauses:
            break
        mine = [one for one in clauses if place_of(one, place) == place[letter]]
        own = [one for one in congruences if place_of_congruence(one, place) == place[letter]]
        late = tuple(
            one
            for one in filters
            if max(map(place.__getitem__, variables(one)), default=0) == place[letter]
        )
        clauses = [one for one in clauses if one not in mine]
        congruences = [one for one in congruences if one not in own]
        equality = _equality(mine, letter) if letter != OUTER else None
        levels.append(Level(letter, tuple(mine), tuple(own), late, equality))
        if letter == OUTER:
            continue
        if equality is not None:
            left, more = _solved(mine, own, letter, dict(equality))
            congruences += more
            single = (
                single
                and not late
                and len(more) == len(own) + (dict(equality)[letter] not in ((1,), (-1,)))
            )
        else:
            left, single = _paired(mine, letter), False
        clauses = _reduced([*clauses, *left])
        if len(clauses) > MOST_CLAUSES:
            clauses, single = clauses[:MOST_CLAUSES], False
        counted = counted - 1 if single else counted
    clash = contradictory([*congruences, *(one for level in levels for one in level.congruences)])
    return Plan(tuple(reversed(levels)), max(counted, 1), () in clauses or clash, clash)


def place_of(clause: Clause, place: dict[str, int]) -> int:
    """Return the number of a clause's last letter; 0 where it has none but the outer one."""
    return max((place[key] for form in clause for key, _ in form if key != ONE), default=0)


def place_of_congruence(one: Congruence, place: dict[str, int]) -> int:
    """Return the number of the last letter that a congruence asks for."""
    names = [key for key, _ in one.form if key != ONE]
    names += [one.modulus] if isinstance(one.modulus, str) else []
    return max((place[name] for name in names), default=0)


def _equality(clauses: list[Clause], letter: str) -> Frozen | None:
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


def _solved(
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
        if one.modulus == letter or (isinstance(one.modulus, str) and scale != (1,)):
            continue
        if len(scale) == 1:
            modulus = one.modulus * scale[0] if isinstance(one.modulus, int) else one.modulus
            more.append(Congruence(without(one.form), modulus))
    return left, more


def _paired(clauses: list[Clause], letter: str) -> list[Clause]:
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


def _reduced(clauses: Iterable[Clause]) -> list[Clause]:
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
