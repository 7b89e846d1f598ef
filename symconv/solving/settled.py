"""Questions about chains without unknowns: which inputs do what is asked, exactly and all of them.

What should come out is pulled back through the layers as a set of sizes; where it depends on the
input, as a size that stays, the layers are followed forwards as exact functions of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from math import prod
from typing import Any

from symconv.chains import size
from symconv.chains.backwards import channels_missing
from symconv.chains.through import GREATEST_CELLS
from symconv.errors import RequestError, UndecidedError, shown
from symconv.meanings.integers import PLAIN
from symconv.periodic import SizeSet
from symconv.periodic.comparing import ANY
from symconv.periodic.shapes import Shapes
from symconv.proving.clock import TIME_LIMIT, Clock, stopped
from symconv.reading.chains import Chain, chain
from symconv.reading.repeats import Parts, each_layer
from symconv.solving.input_sizes import InputSizes
from symconv.solving.outputs import Wanted, one_of
from symconv.solving.settled_questions import Question, evaluated, question_of
from symconv.terms import variables

MOST_SINGLE = 400
"""How many inputs are looked at one by one, where axes are tied together."""


def settled_answer(
    layers: Parts,
    goal: Mapping[str, Any],
    where: Any = (),
    clock: Clock | None = None,
) -> InputSizes | None:
    """Answer a question about a chain without unknowns; nothing where there are some.

    Args:
        layers: the chain as it was read; it may end in `Flatten`.
        goal: the goal, as `solve` takes it: `up`, `down`, `same`, `input`, `output`, `sizes`.
        where: constraints; where there are some, nothing is answered.
        clock: how long to go on; then the answer is unknown.

    Raises:
        RequestError: the question makes no sense for these layers.

    >>> from symconv import Unfold
    >>> settled_answer((Unfold(1),), {"output": 2})
    1x2 or 2x1
    """
    read = _without_unknowns(layers)
    if read is None:
        return None
    if where:
        _check_conditions(goal, where)
        return None
    question = question_of(read, goal, clock or Clock(TIME_LIMIT))
    try:
        return (_of_one_input if question.given else _of_all)(question)
    except BaseException as error:
        if not (why := _undecided(error, question.clock)):
            raise
        return replace(question.answer, verdict="unknown", why=why)


def _undecided(error: BaseException, clock: Clock) -> str:
    """Return why a question stays open, if an error says so; nothing of any other error."""
    return clock.over or error.why if isinstance(error, UndecidedError) else stopped(error)


def _check_conditions(goal: Mapping[str, Any], where: Any) -> None:
    """Refuse conditions on numbers where inputs are asked for, and every number is written."""
    if goal.get("input") is None and not isinstance(goal.get("output"), (str, type(None))):
        raise RequestError(
            "conditions, as where=, on numbers that are to be found",
            f"{shown(where)}, where every number is written",
            "Leave them out, or mark a number with ?; --for restricts the inputs.",
        )


def _without_unknowns(layers: Parts) -> Chain | None:
    """Return a chain whose numbers are all written; nothing of any other, or of no layers."""
    settled = all(part.settled for part in (*layers, *each_layer(layers)))
    return chain(layers, ends=True) if layers and settled else None


def _holds(sizes: SizeSet, cells: int | None) -> bool:
    return cells in sizes


def _of_one_input(question: Question) -> InputSizes:
    """Answer what becomes of one input, and which inputs give what is wanted."""
    given = question.given or ()
    gives = size((*question.read.layers, *question.read.ending), given)
    sizes = given if question.by_itself else given[:1] * question.leaving
    if not (question.backwards or question.by_itself or len({*given}) == 1):
        raise RequestError(
            "an input as large on all axes, for a formula in W of an output with other axes",
            "x".join(map(str, given)),
            "Write a size for the output.",
        )
    outputs = [wish.of(cells) for wish, cells in zip(question.each, sizes, strict=True)]
    if gives.features and gives.features[-1] is None:
        raise channels_missing()
    made = gives.features[-1:] if gives.features else gives.rows[-1]
    right = not gives.refused and all(map(_holds, outputs, made))
    answer = replace(
        question.answer,
        wanted=_in_numbers(question, outputs),
        verdict="solved" if right else "infeasible",
        given=given,
        gives=gives,
    )
    try:
        return _with(question, answer, _pulled_back(question, outputs))
    except BaseException as error:  # what becomes of the one input is known
        if not (why := _undecided(error, question.clock)):
            raise
        return replace(answer, why=why)


def _in_numbers(question: Question, outputs: Sequence[SizeSet]) -> tuple[Wanted, ...]:
    """Return what is wanted of one input: instead of a formula what it comes to."""
    pairs = zip(question.each, outputs, strict=True)
    wishes = (wish if wish.outputs is not None else one_of(sizes) for wish, sizes in pairs)
    return tuple(wishes)[: len({*outputs}) if len(question.wanted) == 1 else None]


def _of_all(question: Question) -> InputSizes:
    """Answer which inputs give what is wanted."""
    answer = question.answer
    if question.backwards:
        outputs = [wish.outputs or ANY for wish in question.each]
        shapes = _pulled_back(question, outputs)
        answer = _with(question, answer, _restricted(question, shapes))
    else:
        answer = _followed(question, answer)
    if answer.shapes:
        return answer
    from symconv.solving.settled_reasons import columns, reason

    answer = replace(answer, verdict="infeasible")
    try:
        answer = replace(answer, columns=columns(question))
        return replace(answer, why=reason(question))
    except BaseException as error:  # that there is none is known
        if not _undecided(error, question.clock):
            raise
        return answer


def _pulled_back(question: Question, outputs: Sequence[SizeSet]) -> Shapes:
    """Return the inputs of wanted outputs, which a machine can address."""
    plain = [wish.told for wish in question.each if type(wish.told) is int]
    if len(plain) == question.leaving and prod(max(1, cells) for cells in plain) > GREATEST_CELLS:
        return Shapes.none(question.axes)
    return question.line.inputs(outputs)


def _followed(question: Question, answer: InputSizes) -> InputSizes:
    """Answer where what should come out depends on the input."""
    meant = question.walk.taken & _meant(question)
    right = Shapes.every(question.across)
    for wish, entering, _, doing in question.crossings():
        meant &= evaluated(wish.inputs, question.across, {"W": entering})
        right &= doing
    shapes = meant & right
    whole = bool(shapes) and shapes == meant
    return _with(question, replace(answer, whole=whole, square=question.square), shapes)


def _restricted(question: Question, shapes: Shapes) -> Shapes:
    """Return those of some inputs of which it is asked; of a few, one by one."""
    try:
        return shapes & _meant(question)
    except UndecidedError:
        if shapes.endless or shapes.count > MOST_SINGLE:
            raise
    met = (shape for shape in shapes if _speaks_of(question, shape))
    return Shapes(
        question.axes, (tuple(SizeSet.points([cells]) for cells in shape) for shape in met)
    )


def _speaks_of(question: Question, shape: tuple[int, ...]) -> bool:
    """Whether it is asked of one input."""
    numbered = {f"W{place}": cells for place, cells in enumerate(shape, 1)}
    cells = shape if "W" in variables(question.condition) else shape[:1]
    return all(PLAIN.evaluate(question.condition, {**numbered, "W": entry}) for entry in cells)


def _meant(question: Question) -> Shapes:
    """Return the inputs of which it is asked."""
    axes, start = question.across, question.start
    numbered = {f"W{place}": entry for place, entry in enumerate(start, 1)}
    each = start if "W" in variables(question.condition) else start[:1]
    met = (evaluated(question.condition, axes, {**numbered, "W": entry}) for entry in each)
    return reduce(Shapes.__and__, met, Shapes.every(axes))


def _with(question: Question, answer: InputSizes, shapes: Shapes) -> InputSizes:
    """Return an answer with its shapes, in one number where that stands for all axes."""
    alike = len(shapes.boxes) <= 1 and all(len({*box}) == 1 for box in shapes.boxes)
    if shapes.axes > 1 and len(question.wanted) == 1 and question.by_itself and alike:
        return replace(answer, shapes=Shapes(1, [box[:1] for box in shapes.boxes]))
    columns = shapes.boxes[0] if question.by_itself and len(shapes.boxes) == 1 else ()
    return replace(answer, shapes=shapes, columns=columns if shapes.axes > 1 else ())
