"""Certificates of sets of sizes, and a short checker that trusts nothing but the statements.

A certificate says of some statements about `W` for which sizes they hold, as sets in the form that
is printed. It names *stretches* of sizes and a *modulus* for each. In a stretch, the sizes of one
residue class are `W = n + m*t`; there every part of a statement is a polynomial in `t`, so that
whether it holds is the same for the whole class, and can be read from the polynomial. The checker
goes through all classes with plain integers. It shares no code with what made the certificate; a
modulus that is too small, or a stretch that is too long, is not accepted.

Reference: the checker of residue tables that was proved sound in Coq for linear laws is the model;
here polynomials may have any degree, and what cannot be read is not accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from symconv.proving.classes import Classes, classes_of, evaluated
from symconv.proving.members import inside_of, is_set
from symconv.proving.polynomials import UnreadError
from symconv.proving.truths import Truths
from symconv.terms import TRUTH, Term, both, parts, variables

MOST_CLASSES = 10**6
"""More classes of one stretch are not gone through."""


@dataclass(frozen=True)
class Claim:
    """A statement about `W`, and the set of the sizes `W >= 1` for which it holds.

    Attributes:
        statement: the statement, a term in `W`.
        sizes: the set: `W` belongs to it where it is in `also`, or at least `start` and one of the
            `residues` modulo `period`.
    """

    statement: Term
    sizes: Mapping[str, Any]


@dataclass(frozen=True)
class Certificate:
    """Claims, and how they can be checked.

    Attributes:
        claims: statements with their sets.
        stretches: rising, the first size of each stretch and its modulus; the first begins at 1,
            the last never ends. Its first size is the certificate's base.
    """

    claims: tuple[Claim, ...]
    stretches: tuple[tuple[int, int], ...]

    @property
    def base(self) -> int:
        """The size from which on everything repeats."""
        return self.stretches[-1][0]

    @property
    def modulus(self) -> int:
        """After how many sizes everything repeats, intermediate sizes included."""
        return self.stretches[-1][1]


def check(certificate: Certificate, tick: Callable[[], None] = lambda: None) -> bool:
    """Whether a certificate's claims are shown to hold, for every size from 1 on.

    Args:
        certificate: the certificate.
        tick: called between pieces of work; it may raise where time is up.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> even = {"period": 2, "residues": [0], "start": 2, "also": []}
    >>> check(Certificate((Claim((W % 2).eq(0), even),), ((1, 2),)))
    True
    >>> check(Certificate((Claim((W % 2).eq(0), even),), ((1, 1),)))
    False
    """
    letters = variables(*(claim.statement for claim in certificate.claims))
    if len(letters) > 1 or not all(map(_well_formed, certificate.claims)):
        return False
    every = divided(certificate.stretches)
    if every is None:
        return False
    order = parts(both(*(claim.statement for claim in certificate.claims)))
    for classes in every:
        try:
            rows = evaluated(order, classes, tick)
            agreed = all(
                _agrees(claim, rows[claim.statement], classes) for claim in certificate.claims
            )
        except UnreadError:
            return False
        if not agreed:
            return False
    return True


def _well_formed(claim: Claim) -> bool:
    """Whether a claim is of a statement, with whole numbers for its set."""
    return claim.statement.sort == TRUTH and is_set(claim.sizes)


def divided(stretches: Sequence[tuple[int, int]]) -> Iterator[Classes] | None:
    """Return the classes of each stretch; nothing where these are no stretches of all sizes."""
    starts = [start for start, _ in stretches]
    ends = [*starts[1:], None]
    spans = [(low, high, m) for (low, m), high in zip(stretches, ends, strict=False)]
    if (
        starts[:1] != [1]
        or any(low >= high for low, high in pairwise(starts))
        or any(modulus < 1 for _, modulus in stretches)
        or any(min(m, m if high is None else high - low) > MOST_CLASSES for low, high, m in spans)
    ):
        return None
    return (classes_of(*span) for span in spans)


def _agrees(claim: Claim, row: Truths, classes: Classes) -> bool:
    """Whether a statement holds just for the members of its set, class by class."""
    inside = inside_of(claim.sizes, classes)
    return inside is not None and row == Truths(inside, inside ^ classes.every)
