"""Why a chain that is cut at its one open layer has no setting, in terms of the whole chain."""

from __future__ import annotations

from collections.abc import Sequence

from symconv.chains.refusing import Refusal
from symconv.layers import Layer
from symconv.questions.conflicts import Conflict, Sentence
from symconv.reading.repeats import written
from symconv.solving.outputs import Wanted
from symconv.solving.result import LayerSolution
from symconv.solving.single import ELIMINATED, Problems
from symconv.terms import both
from symconv.vocabulary import shown_sizes


def refused(given: Sequence[int], refusal: Refusal) -> Conflict:
    """Return that the layers before the open one do not take the input."""
    return Conflict(
        (_said(f"the input is {shown_sizes(tuple(given))}"), _law(str(refusal))), minimal=True
    )


def unreachable(wanted: Sequence[Wanted], behind: Sequence[Layer]) -> Conflict:
    """Return that the layers behind the open one do not give the output, whatever arrives."""
    never = f"no sizes that arrive at {written(behind)} become that"
    return Conflict((_said(f"the output is {_outputs(wanted)}"), _law(never)), minimal=True)


def together(
    given: Sequence[int], wanted: Sequence[Wanted], solutions: Sequence[LayerSolution]
) -> Conflict:
    """Return why the open layer gives none of several shapes that would become the output.

    What nobody asked of it, but of the whole chain, is told of the whole chain.
    """
    conflicts = [solution.conflict for solution in solutions if solution.conflict is not None]
    stated = dict.fromkeys(sentence for why in conflicts for sentence in why.sentences)
    meant = any(sentence.kind == "goal" for sentence in stated)
    goal = _said(f"you asked for {request_says(given, wanted)}")
    ways = {way.sentence: way for why in reversed(conflicts) for way in why.relaxations}
    others = tuple(sentence for sentence in stated if sentence.kind != "goal")
    says = {sentence.says for sentence in others}
    return Conflict(
        (*others, *([goal] if meant else [])),
        minimal=len(conflicts) == 1 and conflicts[0].minimal,
        relaxations=tuple(way for says_it, way in ways.items() if says_it in says),
        ground=conflicts[0].ground if conflicts else "",
    )


def eliminated(
    given: Sequence[int],
    wanted: Sequence[Wanted],
    every: Sequence[tuple[Sequence[Problems], tuple[str, ...]]],
    told: Conflict,
) -> Conflict:
    """Return that elimination leaves no setting for any shape: of all that must hold.

    Args:
        given: the input.
        wanted: what shall come out.
        every: what is asked of the open layer, for each shape.
        told: why some of the shapes have none, with the ways out.
    """
    problems = [problem for axes, _ in every for each in axes for problem in each]
    stated = dict.fromkeys(
        sentence
        for problem in problems
        for sentence in problem.sentences
        if sentence.kind not in ("goal", "law")
    )
    stated |= dict.fromkeys(sentence for sentence in told.sentences if sentence.kind != "goal")
    goal = _said(f"you asked for {request_says(given, wanted)}")
    return Conflict((*stated, goal), relaxations=told.relaxations, ground=ELIMINATED)


def request_says(given: Sequence[int], wanted: Sequence[Wanted]) -> str:
    """Say what was asked of the whole chain.

    >>> from symconv.solving.settled_wishes import wanted
    >>> request_says((6, 7), [wanted(50)]), request_says((9, 9), [wanted("1..4")])
    ('6x7 becomes 50', '9 becomes one of 1 to 4')
    """
    return f"{shown_sizes(tuple(given))} becomes {_outputs(wanted)}"


def _outputs(wanted: Sequence[Wanted]) -> str:
    if all(type(wish.told) is int for wish in wanted):
        return shown_sizes(tuple(int(wish.says) for wish in wanted))
    return " by ".join(wish.called for wish in wanted)


def _law(says: str) -> Sentence:
    return Sentence(says, both())


def _said(says: str) -> Sentence:
    return Sentence(says, both(), "goal")
