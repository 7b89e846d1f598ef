"""Designs as a proposition with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.designing.result import Designs
from symconv.questions.documents import Line
from symconv.reading.repeats import written

MOST_ROWS = 100
"""How many designs a proposition lists."""


def lines(answer: Designs) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    yield Line("heading", "Which chains do what is asked")
    yield Line("text", f"`{written(answer.question.parts)}`: {answer.question.says}.")
    if answer.verdict == "unknown":
        yield Line("text", f"This is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        yield Line("proposition", f"No chain does it: {answer.question.says}.")
        yield Line("proof", "These cannot hold together:")
        for sentence in answer.conflict.sentences if answer.conflict else ():
            yield Line("step", f"`{sentence}`")
        yield Line("text", "Every setting of every layer was followed, and none leads there.")
        yield Line("end", "")
    else:
        yield from _listed(answer)
    if answer.verified:
        yield Line("text", f"Run on torch: {answer.verified.told()}.")


def _listed(answer: Designs) -> Iterator[Line]:
    """Yield the listed designs, and why these are all, or the first."""
    rows = answer.settings[:MOST_ROWS]
    whole = answer.exhausted and len(rows) == len(answer)
    what = "just for these chains" if whole else "for these chains, the first in order"
    yield Line("proposition", f"For {answer.question.says}, {what}:")
    for design in rows:
        yield Line("step", f"`{design!r}`, ${design.path.replace('->', chr(92) + 'to')}$")
    yield Line("proof", "Layer by layer, every setting of every size that can arrive was followed.")
    if answer.question.for_all:
        for number, design in enumerate(rows, 1):
            yield Line("step", f"Chain {number} for all sizes: {design.proof}.")
    count = "" if answer.count is None or whole else f" There are {answer.count} chains."
    yield Line("text", f"{'There are no others.' if whole else count.strip()}")
    yield Line("end", "")
