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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from symconv.proving.classes import WORDS, Classes, UnreadError, classes_of
from symconv.proving.truths import Truths, bits
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
    starts = [start for start, _ in certificate.stretches]
    letters = variables(*(claim.statement for claim in certificate.claims))
    if (
        starts[:1] != [1]
        or any(low >= high for low, high in pairwise(starts))
        or any(modulus < 1 for _, modulus in certificate.stretches)
        or len(letters) > 1
        or not all(map(_well_formed, certificate.claims))
    ):
        return False
    order = parts(both(*(claim.statement for claim in certificate.claims)))
    for (start, modulus), end in zip(certificate.stretches, [*starts[1:], None], strict=True):
        if min(modulus, modulus if end is None else end - start) > MOST_CLASSES:
            return False
        classes = classes_of(start, end, modulus)
        try:
            rows = _evaluated(order, classes, tick)
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
    sizes, lists = claim.sizes, [claim.sizes.get(name, 0) for name in ("residues", "also")]
    if not all(isinstance(numbers, (list, tuple)) for numbers in lists):
        return False
    numbers = [sizes.get("period"), sizes.get("start"), *chain.from_iterable(lists)]
    return claim.statement.sort == TRUTH and all(type(number) is int for number in numbers)


def _evaluated(
    order: Sequence[Term], classes: Classes, tick: Callable[[], None]
) -> dict[Term, Any]:
    """Return what each part comes to in every class."""
    rows: dict[Term, Any] = {}
    for term in order:
        tick()
        if term.word == "variable":
            single = all(last == 0 for last in classes.lasts)  # then there is no `t`
            rows[term] = [list(classes.firsts), *([] if single else [classes.modulus])]
        elif term.word == "constant":
            rows[term] = [term.args[0]]
        else:
            rows[term] = WORDS[term.word](*(rows[part] for part in term.args), classes)
    return rows


def _agrees(claim: Claim, row: Truths, classes: Classes) -> bool:
    """Whether a statement holds just for the members of its set, class by class."""
    members = _Members(claim.sizes, classes)
    if members.period < 1:
        return False
    inside = bits(size in members for size in classes.firsts)
    return row == Truths(inside, inside ^ classes.every) and all(
        last == 0 or members.uniform(first, last)
        for first, last in zip(classes.firsts, classes.lasts, strict=True)
    )


class _Members:
    """The members of a set among the sizes of a stretch, by its classes."""

    def __init__(self, sizes: Mapping[str, Any], classes: Classes) -> None:
        self.period, self.start, self.modulus = sizes["period"], sizes["start"], classes.modulus
        self.residues, self.also = frozenset(sizes["residues"]), frozenset(sizes["also"])
        self.alone: dict[int, list[int]] = {}
        for size in self.also:
            if size >= classes.firsts[0]:
                self.alone.setdefault(size % self.modulus, []).append(size)

    def __contains__(self, size: int) -> bool:
        """Whether a size belongs to the set, as a claim says it."""
        repeats = size >= self.start and size % self.period in self.residues
        return repeats or size in self.also

    def uniform(self, first: int, last: int | None) -> bool:
        """Whether all sizes of a class are in the set, or all are outside, as the first one is."""
        end = None if last is None else first + self.modulus * last
        if end is None or end >= self.start:
            if self.modulus % self.period:
                return False
            if first % self.period in self.residues:
                return bool(first >= self.start)
        alone = self.alone.get(first % self.modulus, ())
        singled_out = sum(size >= first and (end is None or size <= end) for size in alone)
        return singled_out == 0 or (last is not None and singled_out == last + 1)
