"""The proof of a model's audit: a certificate of each path, and that they cover all sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symconv.meanings.closed import condition
from symconv.networks.certifying_paths import Held, certified_path, certified_paths
from symconv.networks.model_answer import ModelAudit
from symconv.networks.model_paths import ModelPath
from symconv.networks.sums import term_of
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.proving.clock import Clock
from symconv.proving.paths import PathCertificate
from symconv.proving.verdict import Verdict
from symconv.terms import both


def proved(clock: Clock, answer: ModelAudit) -> ModelAudit:
    """Add a certificate, if the checker accepts one for every path."""
    if answer.reason:
        return answer
    taken, refused = list[PathCertificate](), list[PathCertificate]()
    for path in answer.paths:
        held = tuple(_held(path, answer))
        certificate = certified_path(path.path, held, answer.values, clock.check)
        if certificate is None:
            return replace(answer, reason=f"the checker accepts no certificate for {path.sizes}")
        (taken if path.taken else refused).append(certificate)
    whole = certified_paths(taken, refused, answer.valid)
    reason = "" if whole else "the checker does not accept that the paths cover all sizes"
    return replace(answer, certificate=whole, reason=reason)


def _held(path: ModelPath, answer: ModelAudit) -> Iterator[Held]:
    """Yield what is claimed of a path: formulas of what comes out, and where it is unchanged."""
    if not path.taken:
        return
    shapes = path.outcome.shapes or ()
    for entries, shape in zip(answer.outputs, shapes, strict=False):
        output = next((each for each in entries if path.sizes <= each.sizes), None)
        if output is None:
            continue
        for formula, size in zip(output.shape, shape, strict=True):
            made, written = term_of(size), term_of(formula)
            if made is not written:
                yield Held(made.eq(written), path.sizes)
    if shapes and len(shapes[0]) == len(answer.axes):
        pairs = zip(answer.axes, shapes[0], strict=True)
        kept = dict.fromkeys(term_of(size) for axis, size in pairs if isinstance(axis, str))
        statement = both(*(size.eq(W) for size in kept))
        yield Held(statement, path.sizes & answer.same_size)


def by_z3(clock: Clock, answer: ModelAudit) -> ModelAudit:
    """Ask Z3 for a second opinion on every path: its decisions go that way for just its sizes."""
    from symconv.proving.z3prover import prove

    verdict = Verdict("unknown", "z3", reason="there is no certificate")
    for path in answer.certificate.paths if answer.certificate else ():
        statement = both(*(term if value else ~term for term, value in path.decisions))
        written = condition(SizeSet.of(**path.sizes), W)
        if written is None:
            reason = "the set of a path takes too long a formula"
            return replace(answer, second=Verdict("unknown", "z3", reason=reason))
        verdict = prove(statement.iff(written), [W >= 1], seconds=clock.left)
        if not verdict.proved:
            break
    return replace(answer, second=verdict)
