"""A statement of a user's own for Coq: a folder with what it needs, compiled at once.

It is a chapter of one theorem. So it is written, read back and compared, asked for its axioms and
given a digest as the statements of the book are, and only what passes all of that is accepted. Coq
is asked what Z3 found: that it holds, or with Z3's counterexample that it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from symconv.book.coq.comparing import unlike
from symconv.book.coq.compiling import assumptions, compile_one, compiler, version
from symconv.book.coq.digests import digest_of
from symconv.book.coq.exporting import chapter_head, lemma, needed, required, texts, write_folder
from symconv.book.coq.naming import names_in_coq, names_of, renamed, terms_in
from symconv.book.coq.objections import objection, on_one_line
from symconv.book.coq.record import Acceptance
from symconv.book.statements.calls import length
from symconv.book.statements.chapters import Chapter, Entry
from symconv.book.statements.statement import Theorem
from symconv.errors import RequestError, UndecidedError
from symconv.proving import Verdict
from symconv.proving.clock import Clock, kept

FILE = "Yours.v"
"""The file of a statement of one's own."""
MOST_WORDS = 20_000
"""How many words a statement may have when it is written out: one part may stand in it often."""
TIME_LIMIT = 60.0
"""Seconds for Coq, where nobody says how many."""
SHARE = 0.9
"""The part of the time that Coq may take: what it said is still to be told."""
NOTHING = "nothing was written for Coq"
NO_COQ = "Coq is not installed here, so it was not asked; `make` in the folder does that elsewhere"
"""What is said where the files are written and nothing else is done."""


@dataclass(frozen=True)
class Asked:
    """What became of a statement that was to be put to Coq.

    Attributes:
        accepted: that Coq accepted it, if it did.
        says: why it did not, in a sentence; nothing if it did.
        files: what was written.
    """

    accepted: Acceptance | None
    says: str = ""
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Own:
    """A statement as it stands in its file.

    Attributes:
        stated: the statement.
        theorem: the same with names that Coq takes, and with Z3's verdict as what is expected.
        called: what each of its integers is called in Coq.
    """

    stated: Theorem
    theorem: Theorem
    called: Mapping[str, str]

    @property
    def book(self) -> list[Chapter]:
        """The book that has this theorem, and no other."""
        name = FILE.removesuffix(".v").lower()
        return [Chapter(1, name, "Yours", "A statement of one's own.", [self.theorem])]

    @property
    def lemma(self) -> str:
        """What Coq calls it, after its file."""
        return f"{FILE.removesuffix('.v')}.{self.theorem.name}"

    @property
    def text(self) -> str:
        """What stands in its file."""
        notes = ["(* Written by symconv, and written anew whenever it is asked. *)"]
        others = [f"{name} is {new}" for name, new in self.called.items() if new != name]
        if others:
            notes.append(f"(* Some names have a meaning in Coq, so {', '.join(others)}. *)")
        return "\n".join([*notes, chapter_head(), "", lemma(self.theorem)])

    @property
    def files(self) -> dict[str, str]:
        """The text of every file that is needed, each after those that it requires."""
        everything = texts()
        return {n: everything[n] for n in needed(required(chapter_head()))} | {FILE: self.text}

    @property
    def mixed_up(self) -> bool:
        """Whether the statement does not come back when the names are put back."""
        names = {new: name for name, new in self.called.items()}
        back, stated = renamed(self.theorem, names), self.stated
        return (back.claim, back.hypotheses, back.letters) != (
            stated.claim,
            stated.hypotheses,
            stated.letters,
        )


def own(theorem: Entry, verdict: Verdict | None) -> Own:
    """Return a statement as Coq is asked: of a refuted one, that it does not hold.

    Args:
        theorem: the statement.
        verdict: what Z3 says of it.

    Raises:
        RequestError: it is a statement that was proved in Coq by hand.
        UndecidedError: it is neither proved nor refuted, or too long to be written out.

    >>> from symconv.book.statements.checking import check
    >>> theorem = Theorem(given="fun >= 1", claim="2*fun > fun")
    >>> print(own(theorem, check(theorem).verdict).text.partition("*)")[2].strip())
    (* Some names have a meaning in Coq, so fun is fun_. *)
    Require Import ZArith.
    From Symconv Require Import Prelude Laws.
    Open Scope Z_scope.
    <BLANKLINE>
    (* What you stated. *)
    Theorem yours : forall fun_ : Z,
      1 <= fun_ ->
      (fun_ < 2 * fun_).
    Proof.
      intros.
      sizes.
    Qed.
    """
    if verdict is None or not isinstance(theorem, Theorem):
        raise RequestError(
            "a `Theorem`, to be written for Coq",
            f"{theorem.name}, which was proved in Coq by hand",
            "Write `symconv prove --coq FOLDER`, which writes the whole book.",
        )
    if verdict.word == "unknown":
        raise UndecidedError(
            "a statement that is proved or refuted",
            "one that is unknown",
            "Give a hypothesis that decides it, or allow more seconds.",
        )
    words = sum(map(length, terms_in(theorem)))
    if words > MOST_WORDS:
        raise UndecidedError(
            f"a statement of at most {MOST_WORDS:,} words",
            f"one that has {words:,} when it is written out",
            "State it in parts.",
        )
    called = names_in_coq(names_of(theorem))
    says = theorem.says or "What you stated."
    exported = replace(
        renamed(theorem, called),
        name=names_in_coq([theorem.name])[theorem.name],
        says=says if verdict.proved else f"This does not hold: {says}",
        expected=verdict.word,
        counterexample={called[n]: value for n, value in (verdict.counterexample or {}).items()},
    )
    return Own(theorem, exported, called)


def ask(theorem: Entry, verdict: Verdict | None, folder: str | Path, clock: Clock) -> Asked:
    """Write a statement into a folder, with what Coq needs, and have Coq compile it elsewhere.

    Args:
        theorem: the statement.
        verdict: what Z3 says of it; what is unknown is not written.
        folder: where it is written; `make` in it asks Coq again.
        clock: how long to go on.

    Raises:
        RequestError: it is a statement that was proved in Coq by hand, or the folder cannot be
            written.
    """
    try:
        written = own(theorem, verdict)
    except UndecidedError as error:
        return Asked(None, f"{NOTHING}: needed {error.needed}; got {error.arrived}")
    written_only = Asked(None, NO_COQ, tuple(write_folder(folder, written.files)))
    if compiler() is None:
        return written_only
    part = Clock(clock.left * SHARE)
    try:
        answer, why = kept(part, lambda: _elsewhere(written, part))
    except UndecidedError as error:
        return replace(written_only, says=f"Coq was not asked: there is {error.arrived}")
    if answer is None:
        return replace(written_only, says=f"Coq has not accepted it: {why}")
    return replace(answer, files=written_only.files)


def _elsewhere(written: Own, clock: Clock) -> Asked:
    """Have Coq compile all files in a folder that is thrown away."""
    with TemporaryDirectory() as place:
        write_folder(place, written.files)
        return judged(written, Path(place), clock)


def judged(written: Own, place: Path, clock: Clock, names: Iterable[str] | None = None) -> Asked:
    """Have Coq compile the files of a folder, and say whether it has accepted the statement.

    Args:
        written: the statement.
        place: where its files are.
        clock: how long to go on.
        names: those that are to be compiled; by default all that it needs.
    """
    coq = version()
    for name in written.files if names is None else names:
        said = compile_one(name, place, clock.left)
        if said and clock.over:
            return Asked(None, f"Coq {coq} has not accepted it: {clock.over}")
        if said:
            text = (place / name).read_text("utf-8")
            return Asked(None, objection(said, name, text, written.theorem))
    wrong = unlike(place, [FILE], written.book)
    if written.mixed_up or wrong:
        why = on_one_line("; ".join(wrong.values()) or "names were mixed up")
        return Asked(None, f"what Coq {coq} compiled is not known to be what you stated: {why}")
    if resting := assumptions(place, [written.lemma], clock.left):
        why = clock.over or on_one_line("; ".join(resting.values()))
        return Asked(None, f"Coq {coq} has not accepted it: {why}")
    digest = digest_of(written.lemma, written.book)
    return Asked(Acceptance(coq, FILE, digest, written.theorem.expected))
