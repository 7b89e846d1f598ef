"""Faults planted in the named laws, and theorems rebuilt over the wrong law.

A theorem holds the operators' own formulas. Each instance of a law in it, found by matching as for
its text, is replaced by the same instance of a mutant. A mutant is caught by a theorem that Z3
then finds otherwise than declared: a time limit that is reached catches nothing.

`python tests/support/law_mutants.py` prints how many theorems catch each mutant.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from mutations import off_by_one
from symconv.book.statements.calls import folded, laws
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.checking import check
from symconv.book.statements.statement import All, Have, Iff, Some, Theorem, terms_of
from symconv.operators.letters import A, D, F, P, S, W, extent
from symconv.terms import Term, substitute, variable

SECONDS = 10.0
"""A quicker answer than this is needed to catch a mutant; most take a hundredth."""
STATED = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
NAMED = {law.name: law for law in laws()}


class Mutant(NamedTuple):
    """A law with a planted fault, and where the fault is."""

    fault: str
    law: str
    term: Term


_cells = W + 2 * P - extent
BY_HAND = (
    Mutant("conv: the 1 is missing", "conv", _cells // S),
    Mutant("conv: one padding only", "conv", (W + P - extent) // S + 1),
    Mutant("conv: no padding", "conv", (W - extent) // S + 1),
    Mutant("conv: rounded up", "conv", -((-_cells) // S) + 1),
    Mutant("conv: the stride is one more", "conv", _cells // (S + 1) + 1),
    Mutant("conv: the dilation is forgotten", "conv", (W + 2 * P - F) // S + 1),
    Mutant("conv: the kernel covers D*F", "conv", (W + 2 * P - D * F) // S + 1),
    Mutant(
        "conv: kernel and stride exchanged", "conv", substitute(NAMED["conv"].term, {F: S, S: F})
    ),
    Mutant("conv: never negative", "conv", Term("max", NAMED["conv"].term, 0)),
    Mutant("conv_transpose: no output padding", "conv_transpose", (W - 1) * S + extent - 2 * P),
    Mutant("conv_transpose: W strides", "conv_transpose", W * S + extent - 2 * P + A),
    Mutant("conv_transpose: one padding", "conv_transpose", (W - 1) * S + extent - P + A),
    Mutant("conv_transpose: the padding adds", "conv_transpose", (W - 1) * S + extent + 2 * P + A),
    Mutant("conv_transpose: a convolution", "conv_transpose", NAMED["conv"].term),
    Mutant("conv_transpose: no dilation", "conv_transpose", (W - 1) * S + F - 2 * P + A),
    Mutant("pool_ceil_torch: the floor", "pool_ceil_torch", NAMED["conv"].term),
    Mutant("pool_ceil_torch: none dropped", "pool_ceil_torch", NAMED["pool_ceil_raw"].term),
    Mutant("pool_ceil_torch: Caffe's", "pool_ceil_torch", NAMED["pool_ceil_caffe"].term),
    Mutant("pool_ceil_caffe: torch's", "pool_ceil_caffe", NAMED["pool_ceil_torch"].term),
    Mutant("pool_ceil_raw: the floor", "pool_ceil_raw", NAMED["conv"].term),
    Mutant("extent: D*F", "extent", D * F),
    Mutant("extent: no dilation", "extent", F),
)


def mutants() -> Iterator[Mutant]:
    """Plant every fault: those above, and each constant of a law one more or one less."""
    yield from BY_HAND
    for law in laws():
        for fault, term in off_by_one(law.term):
            yield Mutant(f"{law.name}: {fault}", law.name, term)


def planted(term: Term, mutant: Mutant) -> Term:
    """Return a term with the mutant in the place of its law."""
    short, calls = folded(term, (NAMED[mutant.law],))
    put = {}
    for name, call in calls.items():
        inner = (planted(one, mutant) for one in call.arguments)
        put[variable(name)] = substitute(
            mutant.term, dict(zip(call.law.letters, inner, strict=True))
        )
    return substitute(short, put)


def rebuilt(theorem: Theorem, mutant: Mutant) -> Theorem:
    """Return a theorem over the wrong law; the names that it binds are as they were."""
    return replace(
        theorem,
        given={says: planted(one, mutant) for says, one in theorem.given.items()},
        claim=_claim(theorem.claim, mutant),
        steps=_steps(theorem.steps, mutant),
    )


def _steps(steps: tuple[Have, ...], mutant: Mutant) -> tuple[Have, ...]:
    return tuple(replace(one, claim=planted(one.claim, mutant)) for one in steps)


def _claim(claim: Any, mutant: Mutant) -> Any:
    def put(one: Term) -> Term:
        return planted(one, mutant)

    if isinstance(claim, Iff):
        sides = (_claim(claim.left, mutant), _claim(claim.right, mutant))
        return Iff(*sides, _steps(claim.forth, mutant), _steps(claim.back, mutant))
    if isinstance(claim, All):
        chosen = tuple(tuple(map(put, one)) for one in claim.instances)
        return All(claim.names, put(claim.where), put(claim.body), chosen)
    if isinstance(claim, Some):
        return Some(claim.names, put(claim.body), tuple(map(put, claim.witness)))
    return put(claim)


def concerned(mutant: Mutant) -> list[Theorem]:
    """Return the theorems that change with the law."""
    found = [(one, rebuilt(one, mutant)) for one in STATED]
    return [
        other
        for one, other in found
        if terms_of(one.claim) != terms_of(other.claim) or one.hypotheses != other.hypotheses
    ]


def catches(theorem: Theorem) -> bool:
    """Whether Z3 finds a rebuilt theorem otherwise than declared, and not for want of time."""
    found = check(theorem, seconds=SECONDS)
    if found.verdict.word == "unknown":
        return found.goals[-1][1].word == "refuted"
    example = dict(found.verdict.counterexample or {})
    return found.verdict.word != theorem.expected or example != dict(theorem.counterexample)


def caught_by(mutant: Mutant, most: int | None = None) -> list[str]:
    """Return the theorems that catch a mutant, so many of them at most."""
    found: list[str] = []
    for theorem in concerned(mutant):
        if len(found) == most:
            break
        if catches(theorem):
            found.append(theorem.name)
    return found


if __name__ == "__main__":
    for one in mutants():
        by = caught_by(one)
        print(
            f"{len(by):3} of {len(concerned(one)):3}  {one.fault}  {', '.join(by[:4])}", flush=True
        )
