"""A digest for each lemma: of everything on which Coq's verdict on it rests.

The text of a lemma alone is not enough: it means what the names in it mean. Three rules say what
else goes in. A *law* rests on the laws named in its definition and on the files below `Laws.v`. A
*file written by hand* rests on all that it requires, `Laws.v` for the laws named in it. A *lemma of
a chapter* rests on the head of its file, on the laws named in it, and on those earlier theorems of
its chapter that it names: a theorem is no hint and no instance, so one that is not named has no say
in what stands after it. A name counts wherever it is written, also where it is bound, so a new law
or theorem that would hide another name lapses what uses that name. What a generated text was found
to say when it was read back goes in too, or an exporter that turned wrong could write the old text
for a new statement. Comments of generated files stay out: they are for people.

The version of Coq is no part of a digest: the record says it, once, for all that it accepted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from symconv.book.coq import exporting, stating
from symconv.book.coq.compiling import OPTIONS
from symconv.book.coq.exporting import LAWS_FILE, required
from symconv.book.coq.reading_back import COMMENT
from symconv.book.statements.calls import Law, laws
from symconv.book.statements.chapters import CHAPTERS, Chapter
from symconv.book.statements.statement import All, Claim, Iff, Some, Theorem

_NAME = re.compile(r"\w+")


def digest_of(lemma: str, book: Iterable[Chapter] | None = None) -> str:
    """Return the digest of a lemma as Coq calls it: `Counting.size_pos_iff_fits`.

    Args:
        lemma: its name, after its file's.
        book: the chapters; by default those of the book.

    Raises:
        KeyError: no file has the lemma.
    """
    file, _, name = lemma.partition(".")
    for chapter in CHAPTERS if book is None else book:
        if chapter.file == f"{file}.v":
            return _of_chapter(chapter, name)
    if f"{file}.v" in exporting.by_hand():
        return _digest("lemma", name, of_file(f"{file}.v"))
    from symconv.book.deriving.lemmas import derived  # which needs SymPy

    return of_step({theorem.name: theorem for theorem in derived().statements}[name])


def of_file(name: str) -> str:
    """Return the digest of a file, but for that of the laws, with all that it requires."""
    for chapter in CHAPTERS:
        if chapter.file == name:
            return _digest(
                "chapter", [_of_chapter(chapter, own.name) for own in chapter.statements]
            )
    text = exporting.by_hand()[name]
    below = [of_file(other) for other in required(text) if other != LAWS_FILE]
    named = _named(text) if LAWS_FILE in _all_required(name) else []
    return _digest("file", OPTIONS, text, below, named)


def of_step(theorem: Theorem) -> str:
    """Return the digest of what a step of a derivation claims, whatever it is called there."""
    text = _code(exporting.lemma(replace(theorem, name="step")))
    return _digest("step", *_head(exporting.chapter_head()), text, _meant(theorem), _named(text))


def of_law(law: Law) -> str:
    """Return the digest of a law's definition, with the laws that it is made of."""
    text = _code(stating.definition(law))
    others = [other for other in laws() if other.name != law.name]
    return _digest("law", *_head(stating.HEAD), text, repr(law.term), _named(text, others))


def _of_chapter(chapter: Chapter, name: str) -> str:
    names = [theorem.name for theorem in chapter.statements]
    if name not in names:
        raise KeyError(name)
    place = names.index(name)
    theorem = chapter.statements[place]
    text = _code(exporting.lemma(theorem))
    used = sorted(set(names[:place]) & set(_NAME.findall(text)) - {name})
    earlier = [(other, _of_chapter(chapter, other)) for other in used]
    head = _head(exporting.chapter_head())
    return _digest("lemma", *head, text, _meant(theorem), _named(text), earlier)


def _head(text: str) -> Sequence[Any]:
    """Return the head of a generated file with the files that it requires, but for the laws."""
    return OPTIONS, text, [of_file(name) for name in required(text) if name != LAWS_FILE]


def _named(text: str, known: Iterable[Law] | None = None) -> list[tuple[str, str]]:
    """Return the laws that a text names, with their digests."""
    words = set(_NAME.findall(text))
    named = [law for law in (laws() if known is None else known) if law.name in words]
    return sorted((law.name, of_law(law)) for law in named)


def _all_required(name: str) -> set[str]:
    if name == LAWS_FILE:
        return set()
    below = set(required(exporting.by_hand().get(name, exporting.chapter_head())))
    return below.union(*map(_all_required, below))


def _code(text: str) -> str:
    """Return a generated text without its comments."""
    return COMMENT.sub("", text)


def _meant(theorem: Theorem) -> Sequence[Any]:
    """Return what a theorem says, as values that do not depend on the exporter."""
    given = [repr(term) for term in theorem.hypotheses]
    return theorem.expected, theorem.letters, given, _claimed(theorem.claim)


def _claimed(claim: Claim) -> Any:
    if isinstance(claim, Iff):
        return "iff", _claimed(claim.left), _claimed(claim.right)
    if isinstance(claim, All):
        return "all", list(map(repr, claim.names)), repr(claim.where), repr(claim.body)
    if isinstance(claim, Some):
        return "some", list(map(repr, claim.names)), repr(claim.body)
    return repr(claim)


def _digest(*parts: Any) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()
