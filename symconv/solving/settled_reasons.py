"""Why no input does what is asked of a chain without unknowns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symconv.chains.shapes import each_axis, forwards, one_for_all
from symconv.errors import UndecidedError
from symconv.meanings.closed import closed_form
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.periodic.comparing import ANY
from symconv.periodic.images import attained
from symconv.periodic.shapes import Shapes
from symconv.periodic.together import Along, Joint
from symconv.proving.clock import Clock

if TYPE_CHECKING:
    from symconv.solving.settled import Question


def reason(question: Question, clock: Clock) -> str:
    """Say why no input does what is asked, as far as a sentence can tell it."""
    try:
        line = question.chain(clock)
        if not line.inputs([ANY] * question.leaving):
            return _refused(line.refusing())
        if question.says:
            outputs = [wish.outputs for wish in question.each]
            if question.backwards and (others := line.inputs([one or ANY for one in outputs])):
                return f"{_some(others)} would, but not with {question.says}"
        return _instead(question, clock)
    except UndecidedError:
        return ""


def _refused(refusing: tuple | None) -> str:
    """Say which layer takes nothing that arrives."""
    if refusing is None:
        return "the layers take no size"
    passage, requirement = refusing
    layer = f"layer {passage.number}, {type(passage.layer).__name__}"
    law = text(requirement.law, names="torch")
    return f"the layers take no size; {layer}: {requirement.sentence}: {law}"


def _some(shapes: Shapes) -> str:
    """Name the inputs of a set, or the least of them."""
    first = next(iter(shapes))
    return "x".join(map(str, first)) if len({*first}) > 1 else f"{first[0]}"


def _instead(question: Question, clock: Clock) -> str:
    """Say what comes out instead: a formula, or which sizes do."""
    square = question.axes > 1 and not question.by_itself and not question.backwards
    start = one_for_all(question.axes) if square else each_axis(question.axes)
    axes = 1 if square else question.axes
    walk = forwards(question.read, start, axes, clock.check)
    if not walk.taken.boxes:
        return ""
    box = walk.taken.boxes[0]
    pairs = zip(walk.leaving, question.each, strict=True)
    for place, (leaving, wish) in enumerate(pairs):
        sizes = box[place] if place < len(box) else ANY
        if wish.outputs is None:
            return _formula(leaving, sizes)
        came = _came(leaving, sizes)
        if came is not None and not came & wish.outputs:
            axis = f" on axis {place + 1}" * (len(question.wanted) > 1)
            return f"what can come out{axis} are {came}"
    return ""


def _formula(leaving: Joint, sizes: SizeSet) -> str:
    """Say what comes out, as a formula."""
    number = leaving.value if isinstance(leaving, Along) else leaving
    if not isinstance(leaving, (int, Along)):
        return ""
    formula = closed_form(number, sizes, W)
    return "" if formula is None else f"{text(formula)} comes out of {sizes}"


def _came(leaving: Joint, sizes: SizeSet) -> SizeSet | None:
    if isinstance(leaving, int):
        return SizeSet.points([leaving], 0)
    return attained(leaving.value, sizes) if isinstance(leaving, Along) else None
