"""`InputSizes`: which inputs a chain without unknowns turns into what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from symconv.chains.inputs import Inputs
from symconv.chains.results import Sizes
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.periodic import NOTHING, SizeSet
from symconv.periodic.shapes import Shape, Shapes
from symconv.proving.clock import Clock
from symconv.questions.answer import Answer, Trial
from symconv.questions.documents import Line
from symconv.reading.chains import Chain
from symconv.solving.outputs import Wanted
from symconv.solving.settled_telling import said
from symconv.vocabulary import SCHEMA

NO_LAYERS = Chain(())


@dataclass(frozen=True, eq=False, repr=False)
class InputSizes(Answer):
    """The input sizes that layers without unknowns turn into what was asked, all of them.

    It is true where there is such a size or, of one input, where that one gives the output. Sizes
    are integers where one number stands for all axes, and else tuples, one number for each axis.

    Attributes:
        read: the chain.
        input_axes: how many axes its input has.
        wanted: what should come out: on all axes, or on each.
        shapes: the inputs, as boxes of sizes; of one axis where one number stands for all axes.
        columns: the sizes of each axis, where each goes through the layers by itself.
        square: whether the answer is about inputs whose axes are all as large as each other,
            because the output has other axes.
        condition: for which inputs it was asked.
        whole: whether these are all the inputs of which it was asked that the layers take.
        given: the one input that was asked about.
        gives: what the layers do to that one.

    >>> from symconv import solve
    >>> answer = solve("Conv2d(kernel_size=3, stride=2)", output=7)
    >>> answer, [*answer], 15 in answer
    (15 <= W <= 16, [15, 16], True)
    """

    read: Chain = NO_LAYERS
    input_axes: int = 1
    wanted: tuple[Wanted, ...] = ()
    shapes: Shapes | None = None
    columns: tuple[SizeSet, ...] = ()
    square: bool = False
    condition: str = ""
    whole: bool = False
    given: Shape | None = None
    gives: Sizes | None = None

    batch: ClassVar[int] = 2
    """Of one sample alone, some norms refuse what they take (`docs/limits.md`)."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The chain's layers."""
        return (*self.read.layers, *self.read.ending)

    @property
    def alike(self) -> bool:
        """Whether one number stands for all axes."""
        return self.shapes is not None and self.shapes.axes == 1

    @property
    def sizes(self) -> SizeSet:
        """The sizes, where one number stands for all axes.

        Raises:
            RequestError: it does not, or the answer is unknown.
        """
        if self.shapes is None or not self.alike:
            raise RequestError(
                "an answer in one number for all axes",
                self.reason or f"{self!r}",
                "Ask `.axes` or `.shapes`.",
            )
        return self.shapes.boxes[0][0] if self.shapes else NOTHING

    @property
    def axes(self) -> tuple[Inputs, ...]:
        """The sizes of each axis, where each goes through the layers by itself."""
        wishes = self.wanted * (len(self.columns) if len(self.wanted) == 1 else 1)
        pairs = zip(wishes, self.columns, strict=True)
        return tuple(Inputs(wish.told, sizes) for wish, sizes in pairs)

    @property
    def output(self) -> Any:
        """What should come out, as JSON has it; a list where axes differ."""
        told = [wish.told for wish in self.wanted]
        return told[0] if len(told) == 1 else told

    @property
    def intervals(self) -> tuple[tuple[int, int | None], ...]:
        """The sizes as rising intervals, both ends included; `None` where one does not end."""
        return Inputs(self.output, self.sizes).intervals

    @property
    def endless(self) -> bool:
        """Whether there are infinitely many sizes."""
        return self.shapes is not None and self.shapes.endless

    @property
    def count(self) -> int | None:
        """How many sizes there are; nothing if infinitely many, or unknown."""
        return None if self.shapes is None or self.endless else self.shapes.count

    def __contains__(self, size: object) -> bool:
        """Whether an input gives what was asked: one number for all axes, or one for each."""
        if self.shapes is None:
            return False
        if not isinstance(size, (tuple, list)):
            return (size,) * self.shapes.axes in self.shapes
        if not self.alike:
            return size in self.shapes
        fits = len(size) == self.input_axes and (not self.square or len({*size}) == 1)
        return fits and all(cells in self.sizes for cells in size)

    def __iter__(self) -> Iterator[Any]:
        """Go through the sizes; there may be infinitely many."""
        shapes = iter(self.shapes or ())
        return (shape[0] for shape in shapes) if self.alike else shapes

    def __len__(self) -> int:
        """Count the sizes.

        Raises:
            OverflowError: there are infinitely many.
        """
        return len(self.shapes or ())

    def __bool__(self) -> bool:
        """Whether the answer is yes."""
        return self.verdict == "solved"

    @property
    def nearest(self) -> Any:
        """The input nearest to the given one that gives what was asked, if there is one."""
        if not self.shapes or self.given is None:
            return None
        if self.alike:
            near = tuple(
                cells for size in self.given for cells in self.shapes.nearest((size,)) or ()
            )
        else:
            near = self.shapes.nearest(self.given) or ()
        return near[0] if len({*near}) == 1 and len({*self.given}) == 1 else near

    def lines(self) -> Iterator[str]:
        """Say which inputs they are."""
        yield from said(self).splitlines()
        if self.verified:
            yield self.verified.told()

    @property
    def exhausted(self) -> bool:
        """Whether the set is known."""
        return self.verdict != "unknown"

    testable = exhausted
    """A no is as testable as a yes."""

    def counted(self, clock: Clock) -> int | None:
        """Return how many sizes there are, if finitely many."""
        del clock
        return self.count

    def kinds(self) -> tuple[Layer, ...]:
        """Return the layers that torch runs."""
        return self.layers

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Trial]]:
        """Yield inputs to run, those at the edges of the set first."""
        from symconv.solving.settled_running import runs

        del clock
        return runs(self)

    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""
        from symconv.solving.settled_writing import lines

        return lines(self)

    @property
    def restricted(self) -> bool:
        """Whether it was asked about some inputs only."""
        return bool(self.condition) or any(wish.which != "size" for wish in self.wanted)

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv solve --json` prints."""
        form: dict[str, Any] = {"schema": SCHEMA, "verdict": self.verdict}
        if self.columns and not self.alike:
            form["axes"] = [axis.to_dict() for axis in self.axes]
        else:
            form["output"] = self.output
            if self.shapes is not None and self.alike:
                form["inputs"] = self.sizes.to_dict()
            elif self.shapes is not None:
                boxes = self.shapes.boxes
                form["joint"] = [[sizes.to_dict() for sizes in box] for box in boxes]
        if self.gives is not None:
            form |= {"input": self.gives.plain[0]} | self._answered(self.gives)
        form |= {"for": self.condition} if self.condition else {}
        if any(wish.outputs is None for wish in self.wanted) and self.given is None:
            form |= {"every": self.whole}
        form |= {"square": True} if self.square else {}
        form |= {"reason": self.reason} if self.reason else {}
        return form | ({"verified": self.verified.to_dict()} if self.verified else {})

    def _answered(self, gives: Sizes) -> dict[str, Any]:
        nearest = list(self.nearest) if isinstance(self.nearest, tuple) else self.nearest
        if gives.refused:
            return {"refused": gives.to_dict()["refused"], "nearest": nearest}
        out = gives.features[-1] if gives.features else gives.plain[-1]
        return {"gives": out, "nearest": nearest}
