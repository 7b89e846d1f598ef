"""The whole book at once: every theorem by Z3, and by Coq from the record or afresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from symconv.book.asking import prove
from symconv.book.proof import Proof
from symconv.coq.compiling import compiler
from symconv.coq.exporting import file_of
from symconv.coq.record import Acceptance, lemmas, made
from symconv.statements.chapters import THEOREMS


def prove_all(
    accepted: Mapping[str, Acceptance] | None = None, *, verify: bool = False
) -> list[Proof]:
    """Prove every theorem of the book.

    Args:
        accepted: what Coq accepted just now, by theorem; by default the record counts.
        verify: whether to run samples on torch as well.
    """
    found = []
    for theorem in THEOREMS.values():
        proof = prove(theorem)
        if accepted is not None:
            proof = replace(proof, coq=accepted.get(theorem.name))
        found.append(proof.verify() if verify else proof)
    return found


def fresh_acceptances(folder: str | None = None) -> dict[str, Acceptance] | None:
    """Have Coq compile every file again.

    Args:
        folder: where the files are and stay; by default they are written anew and thrown away.

    Returns:
        What was accepted, by theorem; nothing where Coq is not installed.
    """
    if compiler() is None:
        return None
    if folder is None:
        with TemporaryDirectory() as place:
            return _accepted(Path(place))
    return _accepted(Path(folder))


def _accepted(folder: Path) -> dict[str, Acceptance]:
    record, wrong = made(folder)
    return {
        name: Acceptance(record["coq"], file_of(name), record[file_of(name)])
        for name, theorem in THEOREMS.items()
        if file_of(name) not in wrong and not set(lemmas(theorem)) & set(wrong)
    }
