"""Structural statements: what the language of laws cannot say, a closed list.

They speak of chains of any length, of all taps of a kernel, of sums. Coq proves them by hand over
the generated definitions of the laws (`symconv/book/coq/files`). Here each is a formula for each of
its lemmas (`symconv.book.statements.structures`), with which the lemma is compared; numbers are put
in, and samples run on torch (`symconv.book.structures`, `symconv.book.values`). Z3 has no say.
"""

from __future__ import annotations

from symconv.book.statements.structures import (
    chains,
    fields,
    levels,
    matrices,
    overlap,
    placements,
)
from symconv.book.statements.structures.arguing import Because
from symconv.book.statements.structures.entry import Compared, Lemma, Structural
from symconv.book.statements.structures.parts import Came

STRUCTURAL: list[Structural] = [
    statement
    for source in (placements, matrices, overlap, chains, fields, levels)
    for statement in source.STATEMENTS
]
"""The structural statements; one that is appended is in the book."""

__all__ = ["STRUCTURAL", "Because", "Came", "Compared", "Lemma", "Structural"]
