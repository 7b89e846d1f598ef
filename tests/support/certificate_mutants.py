"""Mutants of certificates, of seven kinds, and whether a claim is true, size by size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from symconv.meanings.integers import compiled
from symconv.proving.certificate import Certificate, Claim
from symconv.terms import Term, both, conjuncts

Mutant = Certificate | None
TRIED = (*range(1, 2001), 9_999, 10_000, 65_536, 10**6 + 3, 10**9, 2**40 + 1, 10**15 + 7)
"""The sizes for which a claim is tried."""


def false_claims(certificate: Certificate) -> list[str]:
    """Return the claims that are wrong for one of the sizes that are tried, with that size."""
    return [
        f"{claim.statement} at {size}"
        for claim in certificate.claims
        for size in [first_wrong(claim)]
        if size is not None
    ]


def first_wrong(claim: Claim) -> int | None:
    """Return a size for which a claim is wrong, if one of those that are tried is."""
    holds = compiled(claim.statement, ("W",))
    period, start = claim.sizes["period"], claim.sizes["start"]
    residues, also = {*claim.sizes["residues"]}, {*claim.sizes["also"]}
    near = {*TRIED, *range(start, start + 2 * period + 2), *also}
    for size in sorted(one for one in near if one >= 1):
        if bool(holds(size)) != (size in also or (size >= start and size % period in residues)):
            return size
    return None


def member(claim: Claim, size: int) -> bool:
    """Whether a size belongs to a claim's set, by the definition of its form."""
    sizes = claim.sizes
    repeats = size >= sizes["start"] and size % sizes["period"] in sizes["residues"]
    return repeats or size in sizes["also"]


def a_requirement_less(random: Random, certificate: Certificate) -> Mutant:
    """Drop a requirement from a statement, or from what a formula is claimed under."""

    def dropped(claim: Claim) -> Claim | None:
        statement = claim.statement
        under = statement.word == "or" and statement.args[0].word == "not"
        parts = [*conjuncts(statement.args[0].args[0] if under else statement)]
        if len(parts) < 2:
            return None
        parts.pop(random.randrange(len(parts)))
        left = both(*parts)
        return replace(claim, statement=~left | statement.args[1] if under else left)

    return _one_claim(random, certificate, dropped)


def a_member_more(random: Random, certificate: Certificate) -> Mutant:
    """Name one more member by itself."""

    def more(claim: Claim) -> Claim | None:
        size = random.randint(1, certificate.base + certificate.modulus + 3)
        also = [*claim.sizes["also"], size]
        return None if member(claim, size) else _with(claim, also=sorted(also))

    return _one_claim(random, certificate, more)


def a_residue_more(random: Random, certificate: Certificate) -> Mutant:
    """Let one more residue belong to a set."""

    def more(claim: Claim) -> Claim | None:
        others = {*range(claim.sizes["period"])} - {*claim.sizes["residues"]}
        if not others:
            return None
        residues = [*claim.sizes["residues"], random.choice(sorted(others))]
        return _with(claim, residues=sorted(residues))

    return _one_claim(random, certificate, more)


def an_earlier_start(random: Random, certificate: Certificate) -> Mutant:
    """Let a set repeat from an earlier size on."""

    def earlier(claim: Claim) -> Claim | None:
        start = claim.sizes["start"]
        if start < 2:
            return None
        moved = _with(claim, start=random.randint(max(1, start - claim.sizes["period"]), start - 1))
        between = range(moved.sizes["start"], start)
        return moved if any(member(moved, one) != member(claim, one) for one in between) else None

    return _one_claim(random, certificate, earlier)


def a_smaller_modulus(random: Random, certificate: Certificate) -> Mutant:
    """Halve the modulus of a stretch, or divide it by its least divisor."""
    stretches = [*certificate.stretches]
    places = [place for place, (_, modulus) in enumerate(stretches) if modulus > 1]
    if not places:
        return None
    place = random.choice((*places, places[-1]))
    start, modulus = stretches[place]
    divisor = next(one for one in range(2, modulus + 1) if modulus % one == 0)
    stretches[place] = (start, modulus // divisor)
    return replace(certificate, stretches=tuple(stretches))


def a_lower_base(random: Random, certificate: Certificate) -> Mutant:
    """Let the last stretch begin earlier."""
    *before, (start, modulus) = certificate.stretches
    least = before[-1][0] + 1 if before else 1
    if len(before) > 1 and random.random() < 0.5:
        before, least = before[:-1], before[-1][0]  # the one before it is left out
    if least >= start:
        return None
    lower = random.randint(least, start - 1)
    return replace(certificate, stretches=(*before, (lower, modulus)))


def another_formula(random: Random, certificate: Certificate) -> Mutant:
    """Claim another formula for what comes out."""

    def changed(claim: Claim) -> Claim | None:
        statement = claim.statement
        if statement.word != "or" or statement.args[1].word != "eq":
            return None
        size, formula = statement.args[1].args
        others: list[Term] = [formula + 1, formula - 1, formula * 2, (formula * 3) // 2]
        return replace(claim, statement=statement.args[0] | size.eq(random.choice(others)))

    return _one_claim(random, certificate, changed)


KINDS: Mapping[str, Callable[[Random, Certificate], Mutant]] = {
    "a requirement less": a_requirement_less,
    "a member more": a_member_more,
    "a residue more": a_residue_more,
    "an earlier start": an_earlier_start,
    "a smaller modulus": a_smaller_modulus,
    "a lower base": a_lower_base,
    "another formula": another_formula,
}
"""How a certificate is changed; nothing where it cannot be changed so."""


def _with(claim: Claim, **changes: Any) -> Claim:
    return replace(claim, sizes=dict(claim.sizes) | changes)


def _one_claim(
    random: Random, certificate: Certificate, change: Callable[[Claim], Claim | None]
) -> Mutant:
    """Change one claim, if one of them can be changed."""
    for place in random.sample(range(len(certificate.claims)), len(certificate.claims)):
        changed = change(certificate.claims[place])
        if changed is not None:
            claims = [*certificate.claims]
            claims[place] = changed
            return replace(certificate, claims=tuple(claims))
    return None
