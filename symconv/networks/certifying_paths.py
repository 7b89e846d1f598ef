"""From the paths of a program to certificates that a short checker accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from symconv.errors import UndecidedError
from symconv.networks.certifying import passings, stretches
from symconv.networks.exploring import Path
from symconv.networks.values import ExactValues
from symconv.periodic import Number, SizeSet
from symconv.proving.certificate import Claim
from symconv.proving.paths import PathCertificate, PathsCertificate, check_path, covers
from symconv.terms import Term, parts


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
    """Yield how the sizes may be divided: as coarsely as the sets, then as finely as all parts."""
    terms = [*(term for term, _ in path.decisions), *(each.statement for each in held)]
    needed = dict.fromkeys(part for term in terms for part in parts(term))
    known = [values.known[part] for part in needed if part in values.known]
    numbers = [value for value in known if isinstance(value, Number)]
    sets = [path.sizes, *(each.sizes for each in held)]
    deciding = [values.known[term] for term in terms if isinstance(values.known.get(term), SizeSet)]
    finer = [value for value in known if isinstance(value, SizeSet)]
    for divided in (
        [*sets, *deciding],
        [*sets, *finer],
        [*sets, *finer, *passings(needed, values)],
    ):
        try:
            split = list(stretches(numbers, sets, divided))
        except UndecidedError:
            break
        yield split
    if not path.sizes.endless and path.sizes.count:  # size by size, and what lies beyond
        end = max(path.sizes) + 1
        yield [(1, end), (end, 1)]


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
