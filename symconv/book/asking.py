"""Asking the book: which theorems there are, and whether a statement holds."""

from __future__ import annotations

from typing import Any

from symconv.book.coq.record import acceptance
from symconv.book.listing import Listing
from symconv.book.proof import Proof
from symconv.book.statements.chapters import CHAPTERS, THEOREMS, Entry
from symconv.book.statements.checking import check
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import Structural
from symconv.errors import RequestError, near_name, nearest_name, shown
from symconv.proving import prove as decide
from symconv.proving.clock import TIME_LIMIT, Clock, clock_of
from symconv.renamed import renamed
from symconv.terms import either


def theorems(chapter: str | int | None = None) -> Listing:
    """Return the theorems of the book, or of one chapter, in order: a tuple, shown line by line.

    Args:
        chapter: its number, or its name.

    Raises:
        RequestError: there is no such chapter.

    >>> [theorem.name for theorem in theorems("counting")][:2]
    ['size_ge_iff_window_fits', 'size_pos_iff_fits']
    """
    if chapter is None:
        return Listing(THEOREMS.values())
    wanted = str(chapter).strip().lower()
    for one in CHAPTERS:
        if wanted in (one.name, str(one.number)):
            return Listing(one.theorems)
    known = ", ".join(f"{one.number} {one.name}" for one in CHAPTERS)
    near = near_name(wanted, [one.name for one in CHAPTERS])
    write = near or f"There are {known}."
    raise RequestError("a chapter of the book", shown(chapter), write, about="chapter")


@renamed(seconds="timeout")
def prove(
    name: str | Entry | None = None,
    *,
    given: Any = (),
    claim: Any = None,
    timeout: float | Clock = TIME_LIMIT,
) -> Proof:
    """Prove a theorem of the book, or a statement of your own, or refute it.

    Args:
        name: a theorem's name, or a `symconv.Theorem`.
        given: hypotheses of your own: a text such as `"W >= 1 and S >= 1"`, or terms.
        claim: your own claim, about any names of integers.
        timeout: seconds for the proof; running out of them is *unknown*.

    Returns:
        The proof: `.word` is `"proved"`, `"refuted"` (with the smallest `.counterexample`) or
        `"unknown"`; printing it shows the steps.

    Raises:
        RequestError: no theorem has the name, a text is no condition, or the limit no time.

    >>> proof = prove(given="W >= 1 and S >= 1", claim="((W-1)*S)//S + 1 == W")
    >>> proof.word
    'proved'
    >>> prove(given="W >= 1", claim="2*(W//2) == W").counterexample
    {'W': 1}
    >>> prove(given="S >= 1 and S <= 0", claim="W == 5").told[0]
    'proved, by Z3, but no integers meet the hypotheses'
    """
    clock = clock_of(timeout)
    theorem = _theorem(name, given, claim)
    known = THEOREMS.get(theorem.name) == theorem
    z3 = check(theorem, seconds=clock.left) if isinstance(theorem, Theorem) else None
    if known or z3 is None or not z3.verdict.proved or not isinstance(theorem, Theorem):
        return Proof(theorem, z3, acceptance(theorem.name) if known else None)
    nobody = decide(either(), theorem.hypotheses, seconds=clock.left).proved
    return Proof(theorem, z3, None, vacuous=nobody)


def _theorem(name: Any, given: Any, claim: Any) -> Entry:
    if name is None:
        if claim is None:
            raise RequestError(
                "a theorem's name, or a claim",
                "neither",
                'Write a name, or claim="(W - 1)*S + 1 >= W" with given="W >= 1 and S >= 1".',
            )
        return Theorem(given=given, claim=claim)
    if claim is not None or given != ():
        raise RequestError(
            "a theorem's name, or a claim of your own",
            f"both: {shown(name)} and {shown(claim if claim is not None else given)}",
            "Leave one out.",
        )
    if isinstance(name, Theorem | Structural):
        return name
    if not isinstance(name, str) or name not in THEOREMS:
        raise RequestError(
            "the name of a theorem",
            shown(name),
            'Write a condition as claim="W >= 1".'
            if set(str(name)) & set("<>= ")
            else f"{nearest_name(str(name), THEOREMS, _titles)} `symconv theorems` lists them.",
            about="name",
        )
    return THEOREMS[name]


def _titles() -> list[str]:
    """Return the headings under which people look for theorems."""
    return [one.title for one in CHAPTERS]
