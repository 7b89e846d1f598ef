"""The answer for one open layer among others that tie axes together, as a proposition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symconv.questions.conflicts import Conflict
from symconv.questions.documents import Line
from symconv.reading.repeats import written
from symconv.solving.writing import MOST_ROWS, contradiction

if TYPE_CHECKING:
    from symconv.solving.cut_result import CutSolution


def lines(answer: CutSolution) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    yield Line("heading", "Which settings do what is asked")
    yield Line("text", f"`{written(answer.chain)}`: {answer.says}.")
    if answer.verdict == "unknown":
        yield Line("text", f"This is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        yield Line("proposition", f"No setting does it: that {answer.says}.")
        yield from contradiction(answer.conflict or Conflict())
    else:
        yield from _listed(answer)
    if answer.verified:
        yield Line("text", f"Run on torch: {answer.verified.told()}.")


def _listed(answer: CutSolution) -> Iterator[Line]:
    """Yield the listed settings, and why these are all, or the first."""
    rows = answer.settings[:MOST_ROWS]
    whole = answer.exhausted and len(rows) == len(answer)
    what = "just for these settings" if whole else "for these settings, the first in order"
    yield Line("proposition", f"{answer.says} {what} of `{answer.problem.layer!r}`:")
    for row in rows:
        numbers = ", ".join(f"{name} = {value}" for name, value in answer.named(row).items())
        yield Line("step", f"`{numbers}`")
    ahead = "The layers that stand before it are followed from the input."
    alone = "The law is that of the layer, at this input."
    yield Line("proof", ahead if answer.ahead else alone)
    if answer.behind:
        behind = written(answer.behind)
        yield Line("text", f"What becomes the output is carried back, exactly, through `{behind}`.")
    how = "For each shape in between, the settings were found by elimination, letter by letter"
    yield Line("text", f"{how}{', and there are no others' if whole else ''}.")
    yield Line("end", "")
