"""Mutants of certificates of paths, and whether what they say is true, size by size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from certificate_mutants import TRIED
from symconv.meanings.integers import compiled
from symconv.proving.certificate import Claim
from symconv.proving.paths import PathCertificate, PathsCertificate

Mutant = PathsCertificate | None


def member(sizes: Any, size: int) -> bool:
    """Whether a size belongs to a set, by the definition of its form."""
    repeats = size >= sizes["start"] and size % sizes["period"] in sizes["residues"]
    return repeats or size in sizes["also"]


def _goes(path: PathCertificate, size: int) -> bool:
    """Whether a size decides everything as a path does, in order."""
    return all(bool(compiled(term, ("W",))(size)) == value for term, value in path.decisions)


def falsehood(certificate: PathsCertificate) -> str | None:
    """Return something that a certificate says and that is wrong for a size that is tried."""
    forms = [certificate.valid, *(path.sizes for path in certificate.paths)]
    near = {*TRIED[:400], *TRIED[2000:]}
    for form in forms:
        near |= {*range(form["start"], form["start"] + 2 * form["period"] + 2), *form["also"]}
    for size in sorted(size for size in near if size >= 1):
        on = []
        for path in certificate.paths:
            inside = member(path.sizes, size)
            on += [path] if inside else []
            if _goes(path, size) != inside:
                return f"path of {path.sizes} at {size}"
            for claim in path.claims if inside else ():
                if bool(compiled(claim.statement, ("W",))(size)) != member(claim.sizes, size):
                    return f"{claim.statement} at {size}"
        if len(on) != 1 or (on[0] in certificate.taken) != member(certificate.valid, size):
            return f"{len(on)} paths, or another set, at {size}"
    return None


def _one_path(
    random: Random, certificate: PathsCertificate, change: Callable[[PathCertificate], Any]
) -> Mutant:
    """Change one path."""
    place = random.randrange(len(certificate.paths))
    changed = change(certificate.paths[place])
    if changed is None:
        return None
    paths = [*certificate.paths]
    paths[place] = changed
    count = len(certificate.taken)
    return replace(certificate, taken=tuple(paths[:count]), refused=tuple(paths[count:]))


def a_flipped_decision(random: Random, certificate: PathsCertificate) -> Mutant:
    """Let a decision go the other way."""

    def flip(path: PathCertificate) -> PathCertificate | None:
        if not path.decisions:
            return None
        decisions = [*path.decisions]
        place = random.randrange(len(decisions))
        decisions[place] = (decisions[place][0], not decisions[place][1])
        return replace(path, decisions=tuple(decisions))

    return _one_path(random, certificate, flip)


def a_decision_less(random: Random, certificate: PathsCertificate) -> Mutant:
    """Drop a decision."""

    def drop(path: PathCertificate) -> PathCertificate | None:
        if not path.decisions:
            return None
        decisions = [*path.decisions]
        decisions.pop(random.randrange(len(decisions)))
        return replace(path, decisions=tuple(decisions))

    return _one_path(random, certificate, drop)


def a_path_less(random: Random, certificate: PathsCertificate) -> Mutant:
    """Leave a path out."""
    paths = [*certificate.paths]
    place = random.randrange(len(paths))
    count = len(certificate.taken) - (place < len(certificate.taken))
    paths.pop(place)
    return replace(certificate, taken=tuple(paths[:count]), refused=tuple(paths[count:]))


def _form(random: Random, certificate: PathsCertificate, change: Callable[[Any], Any]) -> Mutant:
    """Change a set: of a path, of a claim, or the valid one."""
    if random.random() < 0.3:
        valid = change(dict(certificate.valid))
        return None if valid is None else replace(certificate, valid=valid)

    def changed(path: PathCertificate) -> PathCertificate | None:
        if path.claims and random.random() < 0.4:
            place = random.randrange(len(path.claims))
            form = change(dict(path.claims[place].sizes))
            claims = [*path.claims]
            claims[place] = replace(claims[place], sizes=form or claims[place].sizes)
            return replace(path, claims=tuple(claims))
        form = change(dict(path.sizes))
        return None if form is None else replace(path, sizes=form)

    return _one_path(random, certificate, changed)


def a_member_more(random: Random, certificate: PathsCertificate) -> Mutant:
    """Name one more member by itself."""

    def more(form: Any) -> Any:
        size = random.randint(1, form["start"] + form["period"] + 3)
        return None if member(form, size) else form | {"also": sorted([*form["also"], size])}

    return _form(random, certificate, more)


def a_member_less(random: Random, certificate: PathsCertificate) -> Mutant:
    """Forget a member that is named by itself."""

    def less(form: Any) -> Any:
        also = [*form["also"]]
        if not also:
            return None
        also.pop(random.randrange(len(also)))
        return form | {"also": also}

    return _form(random, certificate, less)


def a_residue_more(random: Random, certificate: PathsCertificate) -> Mutant:
    """Let one more residue belong to a set."""

    def more(form: Any) -> Any:
        others = sorted({*range(form["period"])} - {*form["residues"]})
        return (
            form | {"residues": sorted([*form["residues"], random.choice(others)])}
            if others
            else None
        )

    return _form(random, certificate, more)


def an_earlier_start(random: Random, certificate: PathsCertificate) -> Mutant:
    """Let a set begin earlier, or later."""

    def other(form: Any) -> Any:
        start = max(1, form["start"] + random.randint(-40, 40))
        return form | {"start": start}

    return _form(random, certificate, other)


def another_period(random: Random, certificate: PathsCertificate) -> Mutant:
    """Give a set another period."""

    def other(form: Any) -> Any:
        period = max(
            1, random.choice([form["period"] // 2, form["period"] * 2, form["period"] + 1])
        )
        return form | {"period": period}

    return _form(random, certificate, other)


def other_stretches(random: Random, certificate: PathsCertificate) -> Mutant:
    """Divide the sizes otherwise: a smaller modulus, a stretch less."""

    def other(path: PathCertificate) -> PathCertificate:
        stretches = [*path.stretches]
        place = random.randrange(len(stretches))
        if place and random.random() < 0.5:
            stretches.pop(place)
        else:
            start, modulus = stretches[place]
            stretches[place] = (start, max(1, modulus // random.choice([2, 3, 5])))
        return replace(path, stretches=tuple(stretches))

    return _one_path(random, certificate, other)


def another_side(random: Random, certificate: PathsCertificate) -> Mutant:
    """Say of a path that is refused that it is taken, or the other way round."""
    taken, refused = [*certificate.taken], [*certificate.refused]
    if refused and random.random() < 0.5:
        taken.append(refused.pop(random.randrange(len(refused))))
    elif taken:
        refused.append(taken.pop(random.randrange(len(taken))))
    return replace(certificate, taken=tuple(taken), refused=tuple(refused))


def another_claim(random: Random, certificate: PathsCertificate) -> Mutant:
    """Claim another formula."""

    def other(path: PathCertificate) -> PathCertificate | None:
        equations = [claim for claim in path.claims if claim.statement.word == "eq"]
        if not equations:
            return None
        claim = random.choice(equations)
        a, b = claim.statement.args
        claims = [Claim(a.eq(b + 1), c.sizes) if c is claim else c for c in path.claims]
        return replace(path, claims=tuple(claims))

    return _one_path(random, certificate, other)


KINDS = {
    mutant.__name__.replace("_", " "): mutant
    for mutant in (
        a_flipped_decision, a_decision_less, a_path_less, a_member_more, a_member_less,
        a_residue_more, an_earlier_start, another_period, other_stretches, another_side,
        another_claim,
    )
}  # fmt: skip
