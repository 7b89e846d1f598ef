"""Structural statements: what the language of laws cannot say, a closed list.

They speak of chains of any length, of all taps of a kernel, of sums. Coq proves them by hand over
the generated definitions of the laws (`symconv/coq/files`); here they are stated in words and
mathematics, and tested on samples (`symconv.statements.samples`). Z3 has no say.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Structural:
    """One structural statement.

    Attributes:
        name: what it is called.
        chapter: to which chapter it belongs.
        says: what it says, in a sentence.
        statement: the same as mathematics, in LaTeX.
        file: the Coq file that proves it.
        lemmas: the lemmas there that are it.
        uses: the names of theorems that it rests on.
        cites: where it is stated elsewhere.
    """

    name: str
    chapter: str
    says: str
    statement: str
    file: str
    lemmas: tuple[str, ...]
    uses: tuple[str, ...] = ()
    cites: str = ""
    expected: str = "proved"


STRUCTURAL: tuple[Structural, ...] = ()
