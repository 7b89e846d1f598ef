"""From what is known of a chain to a certificate that a short checker accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain as joined_up
from math import lcm

from symconv.meanings.closed import condition
from symconv.networks.exact import Course
from symconv.networks.values import ExactValues
from symconv.operators.letters import W
from symconv.periodic import Number, SizeSet
from symconv.periodic.columns import checked_period
from symconv.periodic.comparing import at_least_zero
from symconv.proving.certificate import Certificate, Claim, check
from symconv.proving.verdict import Verdict
from symconv.terms import Term


def certified(
    course: Course,
    statements: Sequence[tuple[Term, SizeSet]],
    tick: Callable[[], None] = lambda: None,
) -> Certificate | None:
    """Return a certificate for statements about a chain, if the checker accepts one.

    Where a statement fails because one of its parts fails throughout, the others need no stretches
    of their own; so few stretches are tried first, then all that any part has, and then those
    between which numbers that never meet pass each other.

    Args:
        course: the chain; what its parts are as exact functions is known.
        statements: each with the set of the sizes for which it holds.
        tick: called now and then; it may raise where time is up.

    Raises:
        UndecidedError: a period is too long.
    """
    forms = [(statement, sizes.to_dict()) for statement, sizes in statements]
    if any(form["also"] is None for _, form in forms):
        return None
    claims = tuple(Claim(statement, form) for statement, form in forms)
    numbers = [value for value in course.values.known.values() if isinstance(value, Number)]
    sets = [sizes for _, sizes in statements]
    parts = [value for value in course.values.known.values() if isinstance(value, SizeSet)]
    for divided in (
        sets,
        [*sets, *parts],
        [*sets, *parts, *passings(course.values.known, course.values)],
    ):
        certificate = Certificate(claims, tuple(stretches(numbers, sets, divided)))
        if check(certificate, tick):
            return certificate
    return None


def passings(terms: Iterable[Term], values: ExactValues) -> Iterator[SizeSet]:
    """Yield where one number is at least another that some part compares it with.

    Two numbers that are nowhere equal can pass each other, and an equation has no stretch there.
    """
    for term in [part for part in terms if part.word == "eq"]:
        if all(side in values.known for side in term.args):
            a, b = (values.of(side) for side in term.args)
            yield at_least_zero(a - b)


def stretches(
    numbers: Sequence[Number], sets: Sequence[SizeSet], divided: Iterable[SizeSet]
) -> Iterable[tuple[int, int]]:
    """Yield where nothing changes its form, with what everything repeats after there."""
    changes = joined_up(
        (start for number in numbers for start, _ in number.pieces),
        (stretch.start for sizes in divided for stretch in sizes.stretches),
    )
    starts = sorted({1, *(start for start in changes if start > 1)})
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        periods = {number.quasi_at(start).period for number in numbers}
        periods |= {sizes.stretch_at(start).period for sizes in sets}
        modulus = lcm(*periods)
        if end is not None:
            modulus = min(modulus, end - start)
        yield start, checked_period(modulus)


def by_z3(certificates: Sequence[Certificate], seconds: float) -> Verdict:
    """Ask Z3 for every claim of some certificates; the first that is not proved is the answer."""
    from symconv.proving.z3prover import prove

    claims = (claim for certificate in certificates for claim in certificate.claims)
    verdict = Verdict("unknown", "z3", reason="there is no certificate")
    for statement, sizes in dict.fromkeys((claim.statement, _set(claim)) for claim in claims):
        written = condition(sizes, W)
        if written is None:
            return Verdict("unknown", "z3", reason="the set takes too long a formula")
        verdict = prove(statement.iff(written), [W >= 1], seconds=seconds)
        if not verdict.proved:
            return verdict
    return verdict


def _set(claim: Claim) -> SizeSet:
    return SizeSet.of(**claim.sizes)
