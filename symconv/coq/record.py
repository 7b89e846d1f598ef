"""The record: which files Coq accepted, by digest, which theorems, and which version did.

Users need no Coq. The record is made where Coq is (`python -m symconv.coq.record`), after every
file was compiled afresh, the generated ones were read back, and each theorem was asked for its
axioms and has none. A theorem counts as accepted only while its file and all that it requires are,
byte for byte, those that were compiled, and all its lemmas are among those that were asked.
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
from typing import TypedDict

from symconv.coq.comparing import unlike
from symconv.coq.compiling import assumptions, compile_all
from symconv.coq.exporting import digests, export, file_of, needed, required, texts
from symconv.statements.chapters import THEOREMS, Entry
from symconv.statements.statement import Theorem

RECORD = "accepted.json"


class Record(TypedDict):
    """What Coq accepted.

    Attributes:
        coq: the version.
        files: the digest of each accepted file.
        closed: the names of the theorems that rest on no axiom, as `lemmas` gives them, sorted.
    """

    coq: str
    files: dict[str, str]
    closed: list[str]


@dataclass(frozen=True)
class Acceptance:
    """That Coq accepted a theorem.

    Attributes:
        version: of Coq.
        file: the file.
        digest: of the file and all that it requires.
    """

    version: str
    file: str
    digest: str


@cache
def recorded() -> Record:
    """Return the record that symconv comes with."""
    found: Record = json.loads((files("symconv.coq") / RECORD).read_text("utf-8"))
    return found


def acceptance(name: str, record: Record | None = None) -> Acceptance | None:
    """Return that Coq accepted a theorem as it stands now, or nothing.

    Args:
        name: of the theorem.
        record: what counts; by default the record that symconv comes with.
    """
    found = recorded() if record is None else record
    file, asked = file_of(name), lemmas(THEOREMS[name])
    digest = digests()[file]
    if found["files"].get(file) != digest or not asked or not set(asked) <= set(found["closed"]):
        return None
    return Acceptance(found["coq"], file, digest)


def lemmas(entry: Entry) -> tuple[str, ...]:
    """Return the names under which Coq has a theorem, each after its file: `Counting.fits`."""
    own = (entry.name,) if isinstance(entry, Theorem) else entry.lemmas
    return tuple(f"{file_of(entry.name).removesuffix('.v')}.{name}" for name in own)


def made(folder: Path, names: Iterable[str] | None = None) -> tuple[Record, dict[str, str]]:
    """Compile afresh and read back; return what is accepted, and what was said of the rest.

    Args:
        folder: where the files are written.
        names: only these theorems, with what their files require; by default everything.
    """
    export(folder)
    entries = [THEOREMS[name] for name in (THEOREMS if names is None else names)]
    files_of = list(texts()) if names is None else needed(file_of(one.name) for one in entries)
    compiled = compile_all(folder, names=files_of)
    wrong = unlike(folder, files_of) | compiled.rejected
    for name in files_of:
        if set(required(texts()[name])) & set(wrong):
            wrong.setdefault(name, "what it requires was rejected")
    accepted = {name: digests()[name] for name in files_of if name not in wrong}
    asked = {name for one in entries if file_of(one.name) in accepted for name in lemmas(one)}
    resting = assumptions(folder, sorted(asked))
    record = Record(coq=compiled.version, files=accepted, closed=sorted(asked - set(resting)))
    return record, wrong | resting


def main(arguments: Sequence[str]) -> int:
    """Write the record, if Coq accepts everything; with `--check`, compare it instead.

    Another version of Coq that accepts the same is told, and is no failure.
    """
    check = "--check" in arguments
    with TemporaryDirectory() as folder:
        record, wrong = made(Path(folder))
    if check and not wrong:
        if record["coq"] != recorded()["coq"]:
            print(f"the record is of Coq {recorded()['coq']}; this is Coq {record['coq']}")
        if record != recorded() | {"coq": record["coq"]}:
            wrong = {RECORD: "is not what was compiled: run python -m symconv.coq.record"}
    for name, said in wrong.items():
        print(f"{name}: {said}")
    if wrong:
        return 1
    print(
        f"Coq {record['coq']} accepts {len(record['files'])} files; "
        f"none of {len(record['closed'])} theorems rests on an axiom"
    )
    if not check:
        text = json.dumps(record, indent=2, sort_keys=True) + "\n"
        Path(str(files("symconv.coq") / RECORD)).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
