"""Why a chain that is cut at its one open layer has no setting, in terms of the whole chain."""

from __future__ import annotations

from collections.abc import Sequence

from symconv.chains.refusing import Refusal
from symconv.layers import Layer
from symconv.questions.conflicts import Conflict, Sentence
from symconv.reading.repeats import written
from symconv.solving.result import LayerSolution
from symconv.terms import both


def refused(given: Sequence[int], refusal: Refusal) -> Conflict:
    """Return that the layers before the open one do not take the input."""
    return Conflict((_said(f"the input is {_shown(given)}"), _law(str(refusal))), minimal=True)


def unreachable(wanted: Sequence[int], behind: Sequence[Layer]) -> Conflict:
    """Return that the layers behind the open one do not give the output, whatever arrives."""
    never = f"no sizes that arrive at {written(behind)} become that"
    return Conflict((_said(f"the output is {_shown(wanted)}"), _law(never)), minimal=True)


def together(
    given: Sequence[int], wanted: Sequence[int], solutions: Sequence[LayerSolution]
) -> Conflict:
    """Return why the open layer gives none of several shapes that would become the output.

    What nobody asked of it, but of the whole chain, is told of the whole chain.
    """
    conflicts = [solution.conflict for solution in solutions if solution.conflict is not None]
    stated = dict.fromkeys(sentence for why in conflicts for sentence in why.sentences)
    asked = any(sentence.kind == "goal" for sentence in stated)
    goal = _said(f"you asked for {_shown(given)} becomes {_shown(wanted)}")
    ways = {way.sentence: way for why in reversed(conflicts) for way in why.relaxations}
    others = tuple(sentence for sentence in stated if sentence.kind != "goal")
    says = {sentence.says for sentence in others}
    return Conflict(
        (*others, *([goal] if asked else [])),
        minimal=len(conflicts) == 1 and conflicts[0].minimal,
        relaxations=tuple(way for says_it, way in ways.items() if says_it in says),
        ground=conflicts[0].ground if conflicts else "",
    )


def _shown(sizes: Sequence[int]) -> str:
    return "x".join(map(str, dict.fromkeys(sizes) if len({*sizes}) == 1 else sizes))


def _law(says: str) -> Sentence:
    return Sentence(says, both())


def _said(says: str) -> Sentence:
    return Sentence(says, both(), "goal")
