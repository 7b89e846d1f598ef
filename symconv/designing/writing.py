"""Designs as a proposition with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.designing.result import Designs
from symconv.questions.documents import Line, closing, opening, proposition
from symconv.reading.repeats import written

MOST_ROWS = 100
"""How many designs a proposition lists."""


def lines(answer: Designs) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    question = answer.question
    yield from opening(
        "Which chains do what is asked", f"`{written(question.parts)}`: {question.says}"
    )
    if answer.verdict == "unknown":
        yield Line("text", f"This is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        sentences = answer.conflict.sentences if answer.conflict else ()
        yield from proposition(
            f"No chain does it: {question.says}.",
            "These cannot hold together:",
            steps=(f"`{sentence}`" for sentence in sentences),
            last="Every setting of every layer was followed, and none leads there.",
        )
    else:
        yield from _listed(answer)
    yield from closing(answer.verified)


def _listed(answer: Designs) -> Iterator[Line]:
    """Yield the listed designs, and why these are all, or the first."""
    rows, question = answer.settings[:MOST_ROWS], answer.question
    whole = answer.exhausted and len(rows) == len(answer)
    count = "" if answer.count is None else f"There are {answer.count} chains."
    proofs = (
        f"Chain {number} for all sizes: {design.proof}."
        for number, design in enumerate(rows if question.for_all else (), 1)
    )
    what = "just for these chains" if whole else "for these chains, the first in order"
    return proposition(
        f"For {question.says}, {what}:",
        "Layer by layer, every setting of every size that can arrive was followed.",
        cases=(f"`{design!r}`, ${design.path.replace('->', chr(92) + 'to')}$" for design in rows),
        steps=proofs,
        last="There are no others." if whole else count,
    )
