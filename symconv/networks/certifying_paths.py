"""From the paths of a program to certificates that a short checker accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from symconv.errors import UndecidedError
from symconv.networks.certifying import passings, stretches
from symconv.networks.exploring import Path
from symconv.networks.values import ExactValues
from symconv.periodic import EVERYTHING, Number, SizeSet
from symconv.proving.certificate import Claim
from symconv.proving.paths import PathCertificate, PathsCertificate, check_path, covers
from symconv.terms import Term, parts

FEW = 5000
"""Sizes below are looked at one by one first."""


@dataclass(frozen=True)
class Held:
    """A statement, and for which sizes of a path it holds."""

    statement: Term
    sizes: SizeSet


def certified_path(
    path: Path, held: Sequence[Held], values: ExactValues, tick: Callable[[], None]
) -> PathCertificate | None:
    """Return a certificate for a path, if the checker accepts one.

    Args:
        path: the path.
        held: what is claimed of its sizes besides.
        values: what each part of these terms is as an exact function.
        tick: called now and then; it may raise where time is up.
    """
    claims = tuple(Claim(each.statement, each.sizes.to_dict()) for each in held)
    form = path.sizes.to_dict()
    if any(sizes["also"] is None for sizes in (form, *(claim.sizes for claim in claims))):
        return None
    for split in _splits(path, held, values):
        certificate = PathCertificate(path.decisions, form, claims, tuple(split))
        if check_path(certificate, tick):
            return certificate
    return None


def _splits(
    path: Path, held: Sequence[Held], values: ExactValues
) -> Iterator[Iterable[tuple[int, int]]]:
    """Yield how the sizes may be divided.

    Few sizes are looked at one by one first. Otherwise it is as coarsely as the sets, then as
    finely as all parts.
    """
    terms = [*(term for term, _ in path.decisions), *(each.statement for each in held)]
    sets = [path.sizes, *(each.sizes for each in held)]
    end = 1 if path.sizes.endless else max(path.sizes, default=0) + 1
    if 1 < end <= FEW:
        yield from _one_by_one(path, end, values)
    yield from _divided(terms, sets, values)
    if end > FEW:
        yield from _one_by_one(path, end, values)


def _one_by_one(path: Path, end: int, values: ExactValues) -> Iterator[list[tuple[int, int]]]:
    """Yield sizes below an end one by one, and beyond as the decisions divide them that end it."""
    yield [(1, end), (end, 1)]
    left, deciding = EVERYTHING, list[Term]()
    for term, value in path.decisions:
        deciding.append(term)
        holding = values.known.get(term)
        if isinstance(holding, SizeSet):
            left = left & holding if value else left - holding
        if not left.endless:
            break
    for split in _divided(deciding, [], values):
        last = max(place for place, (start, _) in enumerate(split) if start <= end)
        yield [(1, end), (end, split[last][1]), *split[last + 1 :]]


def _divided(
    terms: Sequence[Term], sets: Sequence[SizeSet], values: ExactValues
) -> Iterator[list[tuple[int, int]]]:
    """Yield stretches in which no part of some terms changes its form; the coarsest first."""
    needed = dict.fromkeys(part for term in terms for part in parts(term))
    known = [values.known[part] for part in needed if part in values.known]
    numbers = [value for value in known if isinstance(value, Number)]
    finer = [value for value in known if isinstance(value, SizeSet)]
    deciding = [values.known[term] for term in terms if isinstance(values.known.get(term), SizeSet)]
    for divided in (
        [*sets, *deciding],
        [*sets, *finer],
        [*sets, *finer, *passings(needed, values)],
    ):
        try:
            split = list(stretches(numbers, sets, divided))
        except UndecidedError:
            return
        yield split


def certified_paths(
    taken: Sequence[PathCertificate],
    refused: Sequence[PathCertificate],
    valid: SizeSet,
) -> PathsCertificate | None:
    """Return the certificate of all paths, if the checker accepts that they cover all sizes.

    Args:
        taken: the paths on which sizes are taken, which it accepted.
        refused: the others, which it accepted as well.
        valid: the set of the sizes that are taken.
    """
    form = valid.to_dict()
    if form["also"] is None:
        return None
    certificate = PathsCertificate(tuple(taken), tuple(refused), form)
    return certificate if covers(certificate) else None
