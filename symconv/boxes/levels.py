"""What is known of each letter, given those before it: levels, first letter first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import symconv.boxes.polynomials as poly
from symconv.boxes.forms import ONE, OUTER, Clause, Congruence, Form, Frozen
from symconv.boxes.polynomials import Polynomial
from symconv.terms import Term


class Bound(NamedTuple):
    """A clause that bounds a letter: from one side, by the most that its forms allow.

    Attributes:
        side: 1 from below, -1 from above.
        forms: for each form the letter's coefficient, if it is in it, and the rest.
    """

    side: int
    forms: tuple[tuple[Polynomial | None, Form], ...]


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

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        """The clauses that bound the letter, ready to be computed; none for a dilation."""
        if self.letter == OUTER:
            return ()
        sides = ((direction(clause, self.letter), clause) for clause in self.clauses)
        return tuple(Bound(side, _without(clause, self.letter)) for side, clause in sides if side)

    @cached_property
    def others(self) -> tuple[Clause, ...]:
        """The clauses that do not, which are asked of each row."""
        if self.letter == OUTER:
            return self.clauses
        return tuple(clause for clause in self.clauses if not direction(clause, self.letter))


def _without(clause: Clause, letter: str) -> tuple[tuple[Polynomial | None, Form], ...]:
    forms = map(dict, clause)
    return tuple((form.pop(letter, None), form) for form in forms)


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
        return side > 0 or any(poly.greatest_root(each) is not None for each in outer)
    return any(bound.side == side for bound in level.bounds)


def direction(clause: Clause, letter: str) -> int | None:
    """Return 1 for a clause that bounds a letter from below, -1 from above, `None` for neither."""
    signs = {poly.sign(dict(form)[letter]) for form in clause if letter in dict(form)}
    return signs.pop() if len(signs) == 1 else None
