"""The record: which files Coq accepted, by digest, and which version did.

Users need no Coq. The record is made where Coq is (`python -m symconv.coq.record`), after every
file was compiled afresh and no theorem rests on an axiom. A theorem counts as accepted only while
its file and all that it requires are, byte for byte, those that were compiled.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from symconv.coq.compiling import assumptions, compile_all
from symconv.coq.exporting import digests, export, file_of, required, texts
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


def made(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Compile everything afresh; return the record, and what was rejected or rests on an axiom."""
    export(folder)
    compiled = compile_all(folder)
    wrong = dict(compiled.rejected)
    for name, text in texts().items():
        if set(required(text)) & set(wrong):
            wrong.setdefault(name, "what it requires was rejected")
    if not wrong:
        wrong = assumptions(folder, [name for one in THEOREMS.values() for name in lemmas(one)])
    return {"coq": compiled.version} | digests(), wrong


def main() -> int:
    """Write the record, if Coq accepts everything."""
    with TemporaryDirectory() as folder:
        record, wrong = made(Path(folder))
    for name, said in wrong.items():
        print(f"{name}: {said}")
    if not wrong:
        text = json.dumps(record, indent=2, sort_keys=True) + "\n"
        Path(str(files("symconv.coq") / RECORD)).write_text(text, "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
