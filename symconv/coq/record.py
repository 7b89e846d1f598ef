"""The record: which files Coq accepted, by digest, and which version did.

Users need no Coq. The record is made where Coq is (`python -m symconv.coq.record`), after every
file was compiled afresh and no theorem rests on an axiom. A theorem counts as accepted only while
its file and all that it requires are, byte for byte, those that were compiled.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from symconv.coq.compiling import assumptions, compile_all
from symconv.coq.exporting import digests, export, file_of, needed, required, texts
from symconv.statements.chapters import THEOREMS, Entry
from symconv.statements.statement import Theorem

RECORD = "accepted.json"


@dataclass(frozen=True)
class Acceptance:
    """That Coq accepted the file of a theorem.

    Attributes:
        version: of Coq.
        file: the file.
        digest: of the file and all that it requires.
    """

    version: str
    file: str
    digest: str


@cache
def recorded() -> dict[str, str]:
    """Return the record: Coq's version under `coq`, and the digest of each accepted file."""
    found: dict[str, str] = json.loads((files("symconv.coq") / RECORD).read_text("utf-8"))
    return found


def acceptance(name: str) -> Acceptance | None:
    """Return that Coq accepted a theorem as it stands now, or nothing."""
    file = file_of(name)
    digest = digests()[file]
    if recorded().get(file) != digest:
        return None
    return Acceptance(recorded()["coq"], file, digest)


def lemmas(entry: Entry) -> tuple[str, ...]:
    """Return the names under which Coq has a theorem."""
    return (entry.name,) if isinstance(entry, Theorem) else entry.lemmas


def made(folder: Path, names: Iterable[str] | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """Compile afresh; return the record, and what was rejected or rests on an axiom.

    Args:
        folder: where the files are written.
        names: only these theorems, with what their files require; by default everything.
    """
    export(folder)
    entries = [THEOREMS[name] for name in (THEOREMS if names is None else names)]
    files_of = texts() if names is None else needed(file_of(one.name) for one in entries)
    compiled = compile_all(folder, names=files_of)
    wrong = dict(compiled.rejected)
    for name in files_of:
        if set(required(texts()[name])) & set(wrong):
            wrong.setdefault(name, "what it requires was rejected")
    if not wrong:
        wrong = assumptions(folder, [name for one in entries for name in lemmas(one)], files_of)
    return {"coq": compiled.version} | {name: digests()[name] for name in files_of}, wrong


def main(arguments: Sequence[str]) -> int:
    """Write the record, if Coq accepts everything; with `--check`, compare it instead."""
    with TemporaryDirectory() as folder:
        record, wrong = made(Path(folder))
    if not wrong and "--check" in arguments and record != recorded():
        wrong = {RECORD: "is not what was compiled: run python -m symconv.coq.record"}
    for name, said in wrong.items():
        print(f"{name}: {said}")
    if not wrong:
        print(f"Coq {record['coq']} accepts {len(record) - 1} files; no theorem rests on an axiom")
    if not wrong and "--check" not in arguments:
        text = json.dumps(record, indent=2, sort_keys=True) + "\n"
        Path(str(files("symconv.coq") / RECORD)).write_text(text, "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
