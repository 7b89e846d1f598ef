"""The whole book at once: every theorem by Z3, and by Coq from the record or afresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from symconv.book.asking import prove
from symconv.book.coq.compiling import compiler
from symconv.book.coq.record import Acceptance, acceptance, made
from symconv.book.proof import Proof
from symconv.book.statements.chapters import THEOREMS
from symconv.proving import Clock
from symconv.proving.z3prover import TIME_LIMIT


def prove_all(
    accepted: Mapping[str, Acceptance] | None = None,
    *,
    verify: bool = False,
    clock: Clock | None = None,
) -> list[Proof]:
    """Prove every theorem of the book.

    Args:
        accepted: what Coq accepted just now, by theorem; by default the record counts.
        verify: whether to run samples on torch as well.
        clock: how long to go on; by default Z3 has its usual time for each.
    """
    found = []
    for theorem in THEOREMS.values():
        proof = prove(theorem, timeout=TIME_LIMIT if clock is None else clock)
        if accepted is not None:
            proof = replace(proof, coq=accepted.get(theorem.name))
        found.append(proof.verify() if verify else proof)
    return found


def fresh_acceptances(name: str | None = None) -> dict[str, Acceptance] | None:
    """Have Coq compile every file again, in a folder of its own that is thrown away.

    Args:
        name: only what this theorem needs.

    Returns:
        What was accepted, by theorem; nothing where Coq is not installed.
    """
    if compiler() is None:
        return None
    names = None if name is None else [name]
    with TemporaryDirectory() as place:
        record, _ = made(Path(place), names)
    found = {one: acceptance(one, record) for one in (THEOREMS if names is None else names)}
    return {one: accepted for one, accepted in found.items() if accepted is not None}
