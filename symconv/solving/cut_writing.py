"""The answer for one open layer among others that tie axes together, as a proposition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symconv.questions.conflicts import Conflict
from symconv.questions.documents import Line, closing, opening
from symconv.reading.repeats import written
from symconv.solving.writing import TITLE, contradiction, lists_all, rows_listed

if TYPE_CHECKING:
    from symconv.solving.cut_result import CutSolution


def lines(answer: CutSolution) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    yield from opening(TITLE, f"`{written(answer.chain)}`: {answer.says}")
    if answer.verdict == "unknown":
        yield Line("text", f"This is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        yield Line("proposition", f"No setting does it: that {answer.says}.")
        yield from contradiction(answer.conflict or Conflict())
    else:
        yield from _listed(answer)
    yield from closing(answer.verified)


def _listed(answer: CutSolution) -> Iterator[Line]:
    """Yield the listed settings, and why these are all, or the first."""
    yield from rows_listed(answer, answer.says, f" of `{answer.problem.layer!r}`")
    ahead = "The layers that stand before it are followed from the input."
    alone = "The law is that of the layer, at this input."
    yield Line("proof", ahead if answer.ahead else alone)
    if answer.behind:
        behind = written(answer.behind)
        yield Line("text", f"What becomes the output is carried back, exactly, through `{behind}`.")
    how = "For each shape in between, the settings were found by elimination, letter by letter"
    yield Line("text", f"{how}{', and there are no others' if lists_all(answer) else ''}.")
    yield Line("end", "")
