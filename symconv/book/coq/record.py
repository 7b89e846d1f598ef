"""The record: which lemmas Coq accepted, each by a digest, and which version did.

Users need no Coq. The record is made where Coq is (`python -m symconv.book.coq.record`), after
every file was compiled afresh, the generated ones were read back, and each lemma was asked for its
axioms and has none. A theorem counts as accepted only while each of its lemmas, with all that the
lemma rests on (`symconv.book.coq.digests`), is what was compiled. So a new theorem lapses nothing
but itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

import symconv.book.coq.by_hand as by_hand
from symconv.book.coq.comparing import unlike
from symconv.book.coq.compiling import assumptions, compile_all
from symconv.book.coq.digests import digest_of, of_step
from symconv.book.coq.exporting import export, file_of, needed, required, texts
from symconv.book.statements.chapters import THEOREMS, Entry
from symconv.book.statements.statement import Theorem

RECORD = "accepted.json"


class Record(TypedDict):
    """What Coq accepted.

    Attributes:
        coq: the version.
        accepted: the digest of each lemma that rests on no axiom, by its name as `lemmas` gives it.
    """

    coq: str
    accepted: dict[str, str]


@dataclass(frozen=True)
class Acceptance:
    """That Coq accepted a theorem.

    Attributes:
        version: of Coq.
        file: the file.
        digest: of its lemma; of its lemmas, where it has several.
        word: what was accepted: `"proved"`, or `"refuted"`: that it does not hold.
    """

    version: str
    file: str
    digest: str
    word: str = "proved"


@cache
def recorded() -> Record:
    """Return the record that symconv comes with."""
    record: Record = json.loads((files("symconv.book.coq") / RECORD).read_text("utf-8"))
    return record


def acceptance(name: str, record: Record | None = None) -> Acceptance | None:
    """Return that Coq accepted a theorem as it stands now, or nothing.

    Args:
        name: of the theorem.
        record: what counts; by default the record that symconv comes with.
    """
    known = recorded() if record is None else record
    own = lemmas(THEOREMS[name])
    if not own or not set(own) <= set(known["accepted"]):
        return None
    digests = [digest_of(lemma) for lemma in own]
    if digests != [known["accepted"][lemma] for lemma in own]:
        return None
    whole = digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()
    return Acceptance(known["coq"], file_of(name), whole, THEOREMS[name].expected)


def lemmas(entry: Entry) -> tuple[str, ...]:
    """Return the names under which Coq has a theorem, each after its file: `Counting.fits`."""
    own = (entry.name,) if isinstance(entry, Theorem) else entry.lemmas
    return tuple(f"{file_of(entry.name).removesuffix('.v')}.{name}" for name in own)


def steps() -> tuple[str, ...]:
    """Return the names under which Coq has what the steps of derivations claim."""
    from symconv.book.deriving.lemmas import derived  # which needs SymPy

    chapter = derived()
    return tuple(f"{chapter.file.removesuffix('.v')}.{step.name}" for step in chapter.statements)


def acceptance_of_step(theorem: Theorem, record: Record | None = None) -> Acceptance | None:
    """Return that Coq accepted what a step of a derivation claims, or nothing.

    Args:
        theorem: the claim, whatever it is called.
        record: what counts; by default the record that symconv comes with.
    """
    known = recorded() if record is None else record
    digest = of_step(theorem)
    files = [name.partition(".")[0] for name, own in known["accepted"].items() if own == digest]
    return Acceptance(known["coq"], f"{files[0]}.v", digest) if files else None


def made(folder: Path, names: Iterable[str] | None = None) -> tuple[Record, dict[str, str]]:
    """Compile afresh and read back; return what is accepted, and what was said of the rest.

    Args:
        folder: where the files are written.
        names: only these theorems, with what their files require; by default everything.
    """
    export(folder)
    written = texts()
    entries = [THEOREMS[name] for name in (THEOREMS if names is None else names)]
    wanted = list(written) if names is None else needed(file_of(one.name) for one in entries)
    compiled = compile_all(folder, names=wanted)
    wrong = unlike(folder, wanted) | compiled.rejected
    for name in wanted:
        if set(required(written[name])) & set(wrong):
            wrong.setdefault(name, "what it requires was rejected")
    asked = {name for one in entries if file_of(one.name) not in wrong for name in lemmas(one)}
    if names is None and not wrong:
        asked |= set(steps())
    resting = assumptions(folder, sorted(asked))
    accepted = {name: digest_of(name) for name in sorted(asked - set(resting))}
    different = {
        f"{entry.name}, {lemma}": said
        for entry in entries
        if not isinstance(entry, Theorem)
        for lemma, said in by_hand.unlike(entry).items()
    }
    return Record(coq=compiled.version, accepted=accepted), wrong | resting | different


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
        others = set(record["accepted"].items()) ^ set(recorded()["accepted"].items())
        if others:
            listed = ", ".join(sorted({name for name, _ in others})[:5])
            said = f"is not what was compiled ({listed}): run python -m symconv.book.coq.record"
            wrong = {RECORD: said}
    for name, said in wrong.items():
        print(f"{name}: {said}")
    if wrong:
        return 1
    print(
        f"Coq {record['coq']} accepts {len(texts())} files; "
        f"none of {len(record['accepted'])} theorems rests on an axiom"
    )
    if not check:
        text = json.dumps(record, indent=2, sort_keys=True) + "\n"
        Path(str(files("symconv.book.coq") / RECORD)).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
