"""What is asked of a chain without unknowns, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from symconv.chains.axes import check_axes, input_axes
from symconv.chains.backwards import Backwards, backwards, each_axis
from symconv.chains.features import check_ending
from symconv.chains.forwards import Forwards, forwards, one_for_all
from symconv.chains.through import GREATEST_CELLS
from symconv.errors import RequestError, shown
from symconv.meanings.joint import joint
from symconv.meanings.notation import text
from symconv.periodic.shapes import Shapes
from symconv.periodic.together import Joint, sent_into
from symconv.proving.clock import Clock
from symconv.questions.asking import one_goal
from symconv.reading.chains import Chain
from symconv.reading.constraints import one_line
from symconv.solving.input_sizes import InputSizes
from symconv.solving.outputs import EVERY, Wanted, divides_by_zero, factor
from symconv.solving.settled_wishes import every_axis, given_for, wanted
from symconv.terms import Term


@dataclass(frozen=True)
class Question:
    """What is asked of a chain without unknowns.

    Attributes:
        read: the chain.
        axes: how many axes its input has.
        leaving: how many its output has; one, of features.
        wanted: what should come out: on all axes, or on each.
        clock: how long to go on.
        given: the one input that is asked about, if there is one.
        condition: for which inputs it is asked.
        says: this condition as it was written.
    """

    read: Chain
    axes: int
    leaving: int
    wanted: tuple[Wanted, ...]
    clock: Clock
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

    @property
    def square(self) -> bool:
        """Whether it is about inputs as large on all axes: the output has other axes than these."""
        return self.axes > 1 and not self.by_itself and not self.backwards

    @property
    def across(self) -> int:
        """How many sizes of the input there are to speak of."""
        return 1 if self.square else self.axes

    @cached_property
    def line(self) -> Backwards:
        """The chain, to walk backwards."""
        return backwards(self.read, self.axes, self.clock.check)

    @property
    def start(self) -> tuple[Joint, ...]:
        """The size of each axis of the input."""
        return one_for_all(self.axes) if self.square else each_axis(self.axes)

    @cached_property
    def walk(self) -> Forwards:
        """What the chain makes of these sizes."""
        return forwards(self.read, self.start, self.across, self.clock.check)

    def crossings(self) -> Iterator[tuple[Wanted, Joint, Joint, Shapes]]:
        """Yield for each axis that comes out what is wanted, what enters, what leaves, and where.

        Where: the shapes of the input for which that axis does what is wanted.
        """
        for place, (wish, leaving) in enumerate(zip(self.each, self.walk.leaving, strict=True)):
            entering = self.start[place if self.by_itself else 0]
            if wish.outputs is not None:
                shapes = sent_into(leaving, wish.outputs, self.across)
            else:
                shapes = evaluated(wish.law, self.across, {"W": entering, "O": leaving})
            yield wish, entering, leaving, shapes

    @property
    def answer(self) -> InputSizes:
        """The answer, before anything is known."""
        return InputSizes(
            "solved",
            read=self.read,
            input_axes=self.axes,
            wanted=self.wanted,
            condition=self.says,
        )


def question_of(read: Chain, request: Mapping[str, Any], clock: Clock) -> Question:
    """Read and check what is asked.

    Raises:
        RequestError: there is not just one goal, or it makes no sense for these layers.
    """
    if read.ending:
        check_ending(read.ending, len(read.layers))
    goal, value = one_goal(**request)
    wishes = _wishes(goal, value)
    given = request.get("input")
    axes = input_axes(read.layers) or max(_length(given), _length(value))
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
    question = Question(read, axes, leaving, wishes, clock)
    if given is not None:
        return replace(question, given=_given(given, axes))
    if request.get("for_") is None:
        return question
    condition = given_for(request["for_"], axes)
    says = one_line(request["for_"]) if isinstance(request["for_"], str) else text(condition)
    return replace(question, condition=condition, says=says)


def _wishes(goal: str, value: Any) -> tuple[Wanted, ...]:
    if goal == "output":
        return every_axis(value, wanted)
    return every_axis(value, lambda n: factor(goal, n))


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


def evaluated(condition: Term, axes: int, values: Mapping[str, Joint]) -> Shapes:
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
