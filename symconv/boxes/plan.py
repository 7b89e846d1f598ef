"""In which order letters are found, and what bounds each of them given those before it.

Letters are eliminated from the last to the first: by an equality where there is one, else by
pairing lower bounds with upper bounds (Fourier and Motzkin). What a letter's elimination leaves
bounds the letters before it. An elimination may leave too much, never too little: every clause is
still asked at its own letter.
"""

from __future__ import annotations

from functools import lru_cache

from symconv.boxes.congruences import contradictory
from symconv.boxes.elimination import equality_for, paired, reduced, solved
from symconv.boxes.forms import ONE, OUTER, Clause, Congruence, NotLinear, clauses_of
from symconv.boxes.levels import Level, Plan
from symconv.terms import Term, conjuncts, defined, variable, variables

MOST_CLAUSES = 60
"""Of more clauses that are derived, the shortest are kept: bounds are wider then, and right."""


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
    for part in _guarded(statement, positive):
        try:
            read = clauses_of(part, positive)
        except NotLinear:
            filters.append(part)
            continue
        clauses += [each for each in read if not isinstance(each, Congruence)]
        congruences += [each for each in read if isinstance(each, Congruence)]
    return _eliminated(letters, reduced(clauses), congruences, filters)


def _guarded(statement: Term, positive: tuple[str, ...]) -> list[Term]:
    """Return the parts of a statement, each after what it divides by is not zero."""
    granted = [~variable(letter).eq(0) for letter in (*positive, OUTER)]
    guarded = []
    for part in conjuncts(statement):
        guarded += [guard for guard in conjuncts(defined(part)) if guard not in granted]
        guarded.append(part)
    return guarded


def _eliminated(
    letters: tuple[str, ...],
    given: list[Clause],
    congruences: list[Congruence],
    filters: list[Term],
) -> Plan:
    derived: list[Clause] = []
    place = {letter: number for number, letter in enumerate(letters)}
    levels: list[Level] = []
    counted, single = len(letters), True
    for letter in reversed(letters):
        if () in given or () in derived:
            break
        here = [each for each in (*given, *derived) if place_of(each, place) == place[letter]]
        stepping = [
            each for each in congruences if place_of_congruence(each, place) == place[letter]
        ]
        late = tuple(
            each
            for each in filters
            if max(map(place.__getitem__, variables(each)), default=0) == place[letter]
        )
        given, derived = (
            [each for each in group if each not in here] for group in (given, derived)
        )
        congruences = [each for each in congruences if each not in stepping]
        equality = equality_for(here, letter) if letter != OUTER else None
        levels.append(Level(letter, tuple(here), tuple(stepping), late, equality))
        if letter == OUTER:
            continue
        if equality is not None:
            rest, more = solved(here, stepping, letter, dict(equality))
            congruences += more
            single = (
                single
                and not late
                and len(more) == len(stepping) + (dict(equality)[letter] not in ((1,), (-1,)))
            )
        else:
            rest, single = paired(here, letter), False
        derived = [each for each in reduced([*given, *derived, *rest]) if each not in given]
        if len(derived) > MOST_CLAUSES:
            derived, single = derived[:MOST_CLAUSES], False
        counted = counted - 1 if single else counted
    clash = contradictory([*congruences, *(each for level in levels for each in level.congruences)])
    empty = () in given or () in derived or clash
    return Plan(tuple(reversed(levels)), max(counted, 1), empty, clash)


def place_of(clause: Clause, place: dict[str, int]) -> int:
    """Return the number of a clause's last letter; 0 where it has none but the outer one."""
    return max((place[key] for form in clause for key, _ in form if key != ONE), default=0)


def place_of_congruence(congruence: Congruence, place: dict[str, int]) -> int:
    """Return the number of the last letter that a congruence asks for."""
    names = [key for key, _ in congruence.form if key != ONE]
    names += [congruence.modulus] if isinstance(congruence.modulus, str) else []
    return max((place[name] for name in names), default=0)
