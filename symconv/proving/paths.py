"""Certificates of paths: a program's decisions on a size, and what it came to.

A program runs on a size `W` and decides, one after the other, whether statements hold. A *path* is
the set of the sizes for which it decides alike; then it comes to the same terms. A certificate of
all paths says of each which sizes these are, what holds there, and that every size lies on one.

The checker follows a path as the program does: statement by statement, in the residue classes in
which all statements before went the path's way. So a quotient is looked at only where its divisor
was found not to be 0, and what is unread in a class does not matter where a size left the path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import lcm
from typing import Any

from symconv.proving.certificate import MOST_CLASSES, Claim, divided
from symconv.proving.classes import Classes, evaluated
from symconv.proving.members import Members, inside_of, is_set
from symconv.proving.polynomials import UnreadError
from symconv.proving.truths import Truths
from symconv.terms import TRUTH, Term, parts, variables


@dataclass(frozen=True)
class PathCertificate:
    """What is said of one path.

    Attributes:
        decisions: statements about `W`, in order, and whether each holds on the path.
        sizes: the set of the sizes for which all of them go that way, as JSON has it.
        claims: what holds on the path besides: a statement, and for which of its sizes.
        stretches: how that can be checked, as in `Certificate`.
    """

    decisions: tuple[tuple[Term, bool], ...]
    sizes: Mapping[str, Any]
    claims: tuple[Claim, ...]
    stretches: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class PathsCertificate:
    """What is said of all paths.

    Attributes:
        taken: the paths on which sizes are taken.
        refused: the paths on which they are refused.
        valid: the set of the sizes that are taken.
    """

    taken: tuple[PathCertificate, ...]
    refused: tuple[PathCertificate, ...]
    valid: Mapping[str, Any]

    @property
    def paths(self) -> tuple[PathCertificate, ...]:
        """All paths."""
        return (*self.taken, *self.refused)


def check_paths(certificate: PathsCertificate, tick: Callable[[], None] = lambda: None) -> bool:
    """Whether a certificate's claims are shown to hold, and its paths cover all sizes from 1 on.

    Args:
        certificate: the certificate.
        tick: called between pieces of work; it may raise where time is up.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> odd, even = ({"period": 2, "residues": [r], "start": 2 - r, "also": []} for r in (1, 0))
    >>> is_even = (W % 2).eq(0)
    >>> taken = PathCertificate(((is_even, True),), even, (), ((1, 2),))
    >>> refused = PathCertificate(((is_even, False),), odd, (), ((1, 2),))
    >>> check_paths(PathsCertificate((taken,), (refused,), even))
    True
    >>> check_paths(PathsCertificate((taken,), (), even))
    False
    """
    return covers(certificate) and all(check_path(path, tick) for path in certificate.paths)


def check_path(path: PathCertificate, tick: Callable[[], None] = lambda: None) -> bool:
    """Whether the sizes of a path are just those that decide its way, and its claims hold."""
    terms = [term for term, _ in path.decisions] + [claim.statement for claim in path.claims]
    forms = [path.sizes, *(claim.sizes for claim in path.claims)]
    every = divided(path.stretches)
    if (
        every is None
        or len(variables(*terms)) > 1
        or any(term.sort != TRUTH for term in terms)
        or not all(map(is_set, forms))
    ):
        return False
    try:
        return all(_followed(path, classes, tick) for classes in every)
    except UnreadError:
        return False


def _followed(path: PathCertificate, classes: Classes, tick: Callable[[], None]) -> bool:
    """Whether a path goes as it says in all classes of a stretch.

    Raises:
        UnreadError: a number cannot be read from polynomials.
    """
    rows: dict[Term, Any] = {}
    for term, value in path.decisions:
        if not classes.firsts:
            return True
        row: Truths = evaluated(parts(term), classes, tick, rows)[term]
        stay, leave = (row.holds, row.fails) if value else (row.fails, row.holds)
        if stay | leave != classes.every:
            return False  # somewhere it is not known which way it goes
        if leave:
            if inside_of(path.sizes, classes.where(leave)) != 0:
                return False
            classes, rows = classes.where(stay), {}
    if not classes.firsts:
        return True
    if inside_of(path.sizes, classes) != classes.every:
        return False
    for claim in path.claims:
        row = evaluated(parts(claim.statement), classes, tick, rows)[claim.statement]
        inside = inside_of(claim.sizes, classes)
        if inside is None or row != Truths(inside, inside ^ classes.every):
            return False
    return True


def covers(certificate: PathsCertificate) -> bool:
    """Whether every size lies on just one path, and is valid where that one takes it.

    Between two of the sizes at which a set begins or a member is named alone, all sets repeat, so
    one period of each such stretch is looked at.
    """
    forms = [certificate.valid, *(path.sizes for path in certificate.paths)]
    if not all(map(is_set, forms)) or any(form["period"] < 1 for form in forms):
        return False
    sets = [Members(form) for form in forms]
    period = lcm(*(members.period for members in sets))
    turns = {1, *(members.start for members in sets)}
    turns |= {size + step for members in sets for size in members.also for step in (0, 1)}
    starts = sorted(size for size in turns if size >= 1)
    looked = 0
    for low, high in pairwise([*starts, starts[-1] + period]):
        sizes = range(low, min(high, low + period))
        looked += len(sizes)
        if looked > MOST_CLASSES or not all(
            _on_one_path(size, sets[0], sets[1:], len(certificate.taken)) for size in sizes
        ):
            return False
    return True


def _on_one_path(size: int, valid: Members, paths: Sequence[Members], taken: int) -> bool:
    on = [place for place, members in enumerate(paths) if size in members]
    return len(on) == 1 and (on[0] < taken) == (size in valid)
