"""Questions about chains without unknowns: which inputs do what is asked, exactly and all of them.

What should come out is pulled back through the layers as a set of sizes; where it depends on the
input, as a size that stays, the layers are followed forwards as exact functions of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from typing import Any

from symconv.chains import size
from symconv.chains.axes import check_axes, input_axes
from symconv.chains.features import check_ending
from symconv.chains.shapes import Backwards, backwards, channels_missing, each_axis, forwards
from symconv.chains.shapes import one_for_all as all_alike
from symconv.chains.through import GREATEST_CELLS
from symconv.errors import RequestError, UndecidedError, shown
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.meanings.joint import joint
from symconv.meanings.notation import text
from symconv.periodic import SizeSet
from symconv.periodic.comparing import ANY
from symconv.periodic.shapes import Shapes
from symconv.periodic.together import Joint, sent_into
from symconv.proving import INTERRUPTED
from symconv.proving.clock import Clock
from symconv.reading.chains import Chain, chain
from symconv.reading.modules import is_module
from symconv.solving.input_sizes import InputSizes
from symconv.solving.outputs import (
    EVERY,
    Wanted,
    divides_by_zero,
    every_axis,
    factor,
    given_for,
    one_of,
    wanted,
)
from symconv.terms import Term, variables

LEAST_TIME = 1.0
"""How many seconds torch has at least."""
MOST_SINGLE = 400
"""How many inputs are looked at one by one, where axes are tied together."""


def settled_answer(
    layers: Any,
    asked: Mapping[str, Any],
    where: Any = (),
    verify: bool = False,
    seconds: float = 10,
) -> InputSizes | None:
    """Answer a question about a chain without unknowns; nothing where there are some.

    Args:
        layers: what somebody wrote.
        asked: the goal, as `solve` takes it: `up`, `down`, `same`, `input`, `output`, `sizes`.
        where: constraints; where there are some, nothing is answered.
        verify: whether to run sizes on torch as well.
        seconds: how long to go on; then the answer is unknown.

    Raises:
        RequestError: the question makes no sense for these layers.

    >>> settled_answer("Unfold(1)", {"output": 2})
    1x2 or 2x1
    """
    read = _without_unknowns(layers)
    if read is None or where:
        return None
    question, clock = _question(read, {"same": False} | dict(asked)), Clock(seconds)
    try:
        answer = question.of_one_input(clock) if question.given else question.of_all(clock)
    except UndecidedError as undecided:
        return _unknown(question, f"{undecided.arrived}; needed {undecided.needed}")
    except KeyboardInterrupt:
        return _unknown(question, INTERRUPTED)
    if verify:
        from symconv.solving.settled_running import run

        answer = replace(answer, verified=run(answer, max(clock.left, LEAST_TIME)))
    return answer


def _without_unknowns(layers: Any) -> Chain | None:
    """Return a chain whose numbers are all written; what cannot be read, others tell."""
    if (
        isinstance(layers, Iterable)
        and not isinstance(layers, (str, Layer))
        and not is_module(layers)
    ):
        layers = tuple(layers)
    try:
        read = chain(layers, ends=True)
    except RequestError:
        return None
    return read if all(layer.settled for layer in (*read.layers, *read.ending)) else None


@dataclass(frozen=True)
class Question:
    """What is asked of a chain without unknowns.

    Attributes:
        read: the chain.
        axes: how many axes its input has.
        leaving: how many its output has; one, of features.
        wanted: what should come out: on all axes, or on each.
        given: the one input that is asked about, if there is one.
        condition: for which inputs it is asked.
        says: this condition as it was written.
    """

    read: Chain
    axes: int
    leaving: int
    wanted: tuple[Wanted, ...]
    given: tuple[int, ...] | None = None
    condition: Term = EVERY
    says: str = ""

    @property
    def each(self) -> tuple[Wanted, ...]:
        """What should come out on each axis."""
        return self.wanted * (self.leaving if len(self.wanted) == 1 else 1)

    @property
    def backwards(self) -> bool:
        """Whether what should come out is told without the input."""
        return all(wish.outputs is not None for wish in self.wanted)

    @property
    def by_itself(self) -> bool:
        """Whether the output has the axes of the input."""
        return self.leaving == self.axes and not self.read.ending

    def chain(self, clock: Clock) -> Backwards:
        """Return the chain, to walk backwards."""
        return backwards(self.read, self.axes, clock.check)

    def of_one_input(self, clock: Clock) -> InputSizes:
        """Answer what becomes of one input, and which inputs give what is wanted."""
        given = self.given or ()
        gives = size((*self.read.layers, *self.read.ending), given)
        sizes = given if self.by_itself else given[:1] * self.leaving
        if not (self.backwards or self.by_itself or len({*given}) == 1):
            raise RequestError(
                "an input as large on all axes, for a formula in W of an output with other axes",
                "x".join(map(str, given)),
                "Write a size for the output.",
            )
        outputs = [wish.of(one) for wish, one in zip(self.each, sizes, strict=True)]
        if gives.features and gives.features[-1] is None:
            raise channels_missing()
        came = gives.features[-1:] if gives.features else gives.rows[-1]
        right = not gives.refused and all(map(_holds, outputs, came))
        answer = replace(
            self.answer,
            wanted=self._in_numbers(outputs),
            verdict="solved" if right else "infeasible",
            given=given,
            gives=gives,
        )
        try:
            return self._with(answer, self._pulled_back(outputs, clock))
        except UndecidedError as undecided:
            return replace(answer, reason=f"{undecided.arrived}; needed {undecided.needed}")

    def _in_numbers(self, outputs: Sequence[SizeSet]) -> tuple[Wanted, ...]:
        """Return what is wanted of one input: instead of a formula what it comes to."""
        pairs = zip(self.each, outputs, strict=True)
        wishes = (one if one.outputs is not None else one_of(sizes) for one, sizes in pairs)
        return tuple(wishes)[: len({*outputs}) if len(self.wanted) == 1 else None]

    @property
    def answer(self) -> InputSizes:
        """The answer, before anything is known."""
        return InputSizes(self.read, self.axes, self.wanted, "solved", condition=self.says)

    def of_all(self, clock: Clock) -> InputSizes:
        """Answer which inputs give what is wanted."""
        answer = self.answer
        if self.backwards:
            outputs = [wish.outputs or ANY for wish in self.each]
            shapes = self._pulled_back(outputs, clock)
            answer = self._with(answer, self._restricted(shapes))
        else:
            answer = self._followed(answer, clock)
        if answer.shapes:
            return answer
        from symconv.solving.settled_reasons import columns, reason

        answer = replace(answer, verdict="infeasible", columns=columns(self, clock))
        return replace(answer, reason=reason(self, clock))

    def _pulled_back(self, outputs: Sequence[SizeSet], clock: Clock) -> Shapes:
        """Return the inputs of wanted outputs, which a machine can address."""
        plain = [wish.told for wish in self.each if type(wish.told) is int]
        if len(plain) == self.leaving and prod(max(1, one) for one in plain) > GREATEST_CELLS:
            return Shapes.none(self.axes)
        return self.chain(clock).inputs(outputs)

    def _followed(self, answer: InputSizes, clock: Clock) -> InputSizes:
        """Answer where what should come out depends on the input."""
        square = self.axes > 1 and not self.by_itself
        start = all_alike(self.axes) if square else each_axis(self.axes)
        axes = 1 if square else self.axes
        walk = forwards(self.read, start, axes, clock.check)
        asked = walk.taken & self._asked(axes, start)
        right = Shapes.every(axes)
        for place, (wish, leaving) in enumerate(zip(self.each, walk.leaving, strict=True)):
            entering = start[place if self.by_itself else 0]
            asked &= _evaluated(wish.inputs, axes, {"W": entering})
            right &= doing(wish, entering, leaving, axes)
        shapes = asked & right
        whole = bool(shapes) and shapes == asked
        return self._with(replace(answer, whole=whole, square=square), shapes)

    def _restricted(self, shapes: Shapes) -> Shapes:
        """Return those of some inputs of which it is asked; of a few, one by one."""
        try:
            return shapes & self._asked(self.axes, each_axis(self.axes))
        except UndecidedError:
            if shapes.endless or len(shapes) > MOST_SINGLE:
                raise
        met = (shape for shape in shapes if self._speaks_of(shape))
        return Shapes(self.axes, (tuple(SizeSet.points([one]) for one in shape) for shape in met))

    def _speaks_of(self, shape: tuple[int, ...]) -> bool:
        """Whether it is asked of one input."""
        numbered = {f"W{place}": cells for place, cells in enumerate(shape, 1)}
        cells = shape if "W" in variables(self.condition) else shape[:1]
        return all(PLAIN.evaluate(self.condition, {**numbered, "W": one}) for one in cells)

    def _asked(self, axes: int, start: Sequence[Joint]) -> Shapes:
        """Return the inputs of which it is asked."""
        numbered = {f"W{place}": entry for place, entry in enumerate(start, 1)}
        each = start if "W" in variables(self.condition) else start[:1]
        met = (_evaluated(self.condition, axes, {**numbered, "W": entry}) for entry in each)
        return reduce(Shapes.__and__, met, Shapes.every(axes))

    def _with(self, answer: InputSizes, shapes: Shapes) -> InputSizes:
        """Return an answer with its shapes, in one number where that stands for all axes."""
        alike = len(shapes.boxes) <= 1 and all(len({*box}) == 1 for box in shapes.boxes)
        if shapes.axes > 1 and len(self.wanted) == 1 and self.by_itself and alike:
            return replace(answer, shapes=Shapes(1, [box[:1] for box in shapes.boxes]))
        columns = shapes.boxes[0] if self.by_itself and len(shapes.boxes) == 1 else ()
        return replace(answer, shapes=shapes, columns=columns if shapes.axes > 1 else ())


def doing(wish: Wanted, entering: Joint, leaving: Joint, axes: int) -> Shapes:
    """Return the shapes for which an axis does what is wanted."""
    if wish.outputs is not None:
        return sent_into(leaving, wish.outputs, axes)
    return _evaluated(wish.law, axes, {"W": entering, "O": leaving})


def _holds(sizes: SizeSet, cells: int | None) -> bool:
    return cells in sizes


def _evaluated(condition: Term, axes: int, values: Mapping[str, Joint]) -> Shapes:
    """Return the shapes that meet a condition.

    Raises:
        RequestError: it divides by zero for one of them.
        UndecidedError: it ties axes together, or its period is too long.
    """
    if condition is EVERY:
        return Shapes.every(axes)
    try:
        shapes: Shapes = joint(axes).evaluate(condition, values)
    except ZeroDivisionError:
        raise divides_by_zero(condition) from None
    return shapes


def _unknown(question: Question, reason: str) -> InputSizes:
    return replace(question.answer, verdict="unknown", reason=reason)


def _question(read: Chain, asked: Mapping[str, Any]) -> Question:
    """Read and check what is asked.

    Raises:
        RequestError: there is not just one goal, or it makes no sense for these layers.
    """
    if read.ending:
        check_ending(read.ending, len(read.layers))
    goal = _goal(asked)
    wishes = _wishes(goal, asked[goal])
    given = asked.get("input")
    axes = input_axes(read.layers) or max(_length(given), _length(asked[goal]))
    check_axes(read.layers, axes)
    leaving = axes
    for layer in read.layers:
        leaving = len(layer.rows(leaving))
    leaving = 1 if read.ending else leaving
    if len(wishes) not in (1, leaving):
        raise RequestError(
            f"one output, or {leaving}, one for each axis that comes out",
            f"{len(wishes)}",
            "Write for instance 7, or for two axes 7,9.",
        )
    if read.ending and goal != "output":
        raise RequestError(
            "an output in features, where the layers end in Flatten",
            f"{goal}",
            'Write --output 64, or a formula such as --output "8*W*W".',
        )
    question = Question(read, axes, leaving, wishes)
    if given is not None:
        return replace(question, given=_given(given, axes))
    if asked.get("sizes") is None:
        return question
    condition = given_for(asked["sizes"], axes)
    says = asked["sizes"].strip() if isinstance(asked["sizes"], str) else text(condition)
    return replace(question, condition=condition, says=says)


def _goal(asked: Mapping[str, Any]) -> str:
    """Return the name of the goal, of which there has to be one."""
    goals = [name for name in ("up", "down", "output") if asked.get(name) is not None]
    goals += ["same"] if asked["same"] else []
    if len(goals) != 1:
        raise RequestError(
            "one of up, down, same and output",
            f"{len(goals)} of them" if goals else "none of them",
            "Write for instance up=2 (--up 2), or input=7, output=14 (--input 7 --output 14).",
        )
    if asked.get("input") is not None and goals != ["output"]:
        raise RequestError(
            f"{goals[0]}, which speaks of all sizes, by itself",
            f"input={shown(asked['input'])}",
            'Write output="W" (--output W) for sizes that stay, "2*W" for twice the size.',
        )
    if asked.get("input") is not None and asked.get("sizes") is not None:
        raise RequestError(
            "either input or sizes (--for)", "both", "An input is one size: drop the other."
        )
    return goals[0]


def _wishes(goal: str, value: Any) -> tuple[Wanted, ...]:
    if goal == "output":
        return every_axis(value, wanted)
    return every_axis(1 if goal == "same" else value, lambda n: factor(goal, n))


def _length(value: Any) -> int:
    return len(value) if isinstance(value, (tuple, list)) else 1


def _given(value: Any, axes: int) -> tuple[int, ...]:
    """Return the input's size on each axis."""
    entries = tuple(value) if isinstance(value, (tuple, list)) else (value,) * axes
    for entry in entries:
        if type(entry) is not int or not 1 <= entry <= GREATEST_CELLS:
            raise RequestError(
                "input as a number of cells from 1 to 2**61 - 1",
                f"{shown(entry)} ({type(entry).__name__})",
                "Write for instance input=7.",
            )
    if len(entries) != axes:
        raise RequestError(
            f"one input size, or {axes}, one for each axis",
            f"{len(entries)}",
            "Write for instance 7, or for two axes 7,9.",
        )
    return entries
