"""Why no input does what is asked of a chain without unknowns."""

from __future__ import annotations

from symconv.chains.through import Passage, Requirement
from symconv.meanings.closed import closed_form
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.periodic import NOTHING, SizeSet
from symconv.periodic.comparing import ANY
from symconv.periodic.images import attained
from symconv.periodic.shapes import Shapes
from symconv.periodic.together import Along, Joint, Together
from symconv.solving.settled_questions import Question


def reason(question: Question) -> str:
    """Say why no input does what is asked, as far as a sentence can tell it.

    Raises:
        UndecidedError: there is no time to find a sentence, or sizes follow no law.
    """
    line = question.line
    if not line.inputs([ANY] * question.leaving):
        return _refused(line.refusing())
    if question.says:
        outputs = [wish.outputs for wish in question.each]
        if question.backwards and (others := line.inputs([sizes or ANY for sizes in outputs])):
            return f"{_named(others)} would, but not with {question.says}"
    return _instead(question)


def columns(question: Question) -> tuple[SizeSet, ...]:
    """Return the sizes that each axis may have by itself, where no inputs do what is asked.

    Raises:
        UndecidedError: there is no time to find them.
    """
    apart = len(question.wanted) > 1 and question.backwards and not question.says
    if not apart or not question.by_itself:
        return ()
    sets = list[SizeSet]()
    for place, wish in enumerate(question.wanted):
        others: list[SizeSet] = [ANY] * question.leaving
        others[place] = wish.outputs or ANY
        boxes = question.line.inputs(others).boxes
        if len(boxes) > 1:
            return ()
        sets.append(boxes[0][place] if boxes else NOTHING)
    return tuple(sets)


def _refused(refusing: tuple[Passage, Requirement] | None) -> str:
    """Say which layer takes nothing that arrives."""
    if refusing is None:
        return "the layers take no size"
    passage, requirement = refusing
    layer = f"layer {passage.number}, {type(passage.layer).__name__}"
    law = text(requirement.law, names="torch")
    return f"the layers take no size; {layer}: {requirement.sentence}: {law}"


def _named(shapes: Shapes) -> str:
    """Name the inputs of a set, or the least of them."""
    first = next(iter(shapes))
    return "x".join(map(str, first)) if len({*first}) > 1 else f"{first[0]}"


def _instead(question: Question) -> str:
    """Say what comes out instead, on the first axis that does not do what is wanted."""
    taken = question.walk.taken
    for number, (wish, entering, leaving, shapes) in enumerate(question.crossings(), 1):
        if shapes & taken or len(taken.boxes) != 1:
            continue
        sizes = taken.boxes[0][entering.axis if isinstance(entering, Along) else 0]
        axis = f" on axis {number}" * (len(question.wanted) > 1)
        if wish.outputs is None:
            return _formula(leaving, sizes, axis)
        outputs = _attained(leaving, sizes)
        return "" if outputs is None else f"what can come out{axis}: {outputs}"
    return ""


def _formula(leaving: Joint, sizes: SizeSet, axis: str) -> str:
    """Say what comes out, as a formula."""
    if isinstance(leaving, Together):
        return ""
    number = leaving.value if isinstance(leaving, Along) else leaving
    formula = closed_form(number, sizes, W)
    return "" if formula is None else f"{text(formula)} comes out of {sizes}{axis}"


def _attained(leaving: Joint, sizes: SizeSet) -> SizeSet | None:
    if isinstance(leaving, int):
        return SizeSet.points([leaving], 0)
    return attained(leaving.value, sizes) if isinstance(leaving, Along) else None
