"""Which shapes a chain takes and turns into wanted ones: exact, for all of its axes at once.

Each layer is looked at by itself, from the last to the first, as `chains.inverse` does along one
axis; what ties axes together, as `Unfold`, `Flatten` and some norms, parts the shapes into boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, NamedTuple

from symconv.chains.features import joined
from symconv.chains.inverse import measured_into
from symconv.chains.through import Crossing, Passage, Requirement, through
from symconv.errors import UndecidedError
from symconv.layers import Layer
from symconv.meanings.joint import joint
from symconv.meanings.meaning import Meaning
from symconv.meanings.periodic import EXACT
from symconv.periodic import SizeSet, variable
from symconv.periodic.comparing import ANY
from symconv.periodic.images import among
from symconv.periodic.shapes import Box, Shapes
from symconv.periodic.together import Along, Joint, sent_into
from symconv.reading.chains import Chain

Check = Callable[[], None]
"""What is called after each layer; it ends the walk where time is up."""


class Backwards(NamedTuple):
    """A chain whose layers are each looked at by themselves.

    Attributes:
        read: the chain.
        axes: how many axes its input has.
        most: how many axes its layers have at most; a set of shapes speaks of so many.
        passages: each layer, as exact functions of the sizes that enter it.
        channels: those that leave the last one, if they are known.
        check: what is called after each layer.
    """

    read: Chain
    axes: int
    most: int
    passages: tuple[Passage, ...]
    channels: int | None
    check: Check

    @property
    def leaving(self) -> int:
        """How many axes come out of the last layer; one, of features."""
        if self.read.ending:
            return 1
        return len(self.passages[-1].axes) if self.passages else self.axes

    def inputs(self, outputs: Sequence[SizeSet], layers: int | None = None) -> Shapes:
        """Return the input shapes that end in wanted sizes, which are given for each axis.

        Args:
            outputs: the sizes, or the features, that may come out.
            layers: how many layers to look at, from the first; by default all of them.

        Raises:
            UndecidedError: a period is too long, axes are tied together in a way that no boxes say,
                or nobody knows the channels that decide.
        """
        if layers is None and self.read.ending:
            shapes = self._into_features(outputs[0])
        else:
            shapes = self.wanted(outputs)
        for passage in reversed(self.passages[:layers]):
            shapes = before(passage, shapes, self.check)
        positive = [Shapes.along(axis, SizeSet.between(1, None), self.most) for axis in self.places]
        shapes = reduce(Shapes.__and__, positive, shapes)
        return Shapes(self.axes, (box[: self.axes] for box in shapes.boxes))

    @property
    def places(self) -> range:
        """The axes of the input."""
        return range(self.axes)

    def wanted(self, outputs: Sequence[SizeSet]) -> Shapes:
        """Return the box of the sizes of each axis; of any size on axes that there are not."""
        others = (ANY,) * (self.most - len(outputs))
        return Shapes(self.most, [(*outputs, *others)])

    def _into_features(self, features: SizeSet) -> Shapes:
        """Return the shapes before `Flatten` whose cells, times the channels, end in a set."""
        for layer in reversed(self.read.ending):
            features = _features_before(layer, features)
        if self.channels is None:
            raise channels_missing()
        leaving = len(self.passages[-1].axes) if self.passages else self.axes
        meaning, start = joint(self.most), range(leaving)
        cells = product(meaning, [Along(axis, variable(0)) for axis in start])
        return sent_into(meaning.table["mul"](cells, self.channels), features, self.most)

    def refusing(self) -> tuple[Passage, Requirement] | None:
        """Return the first layer that refuses every shape that reaches it, and what it requires.

        Raises:
            UndecidedError: as of `inputs`.
        """
        for number, passage in enumerate(self.passages):
            passing = Shapes.every(self.most)
            for crossing in passage.axes:
                for requirement, shapes in crossing.required():
                    passing &= shapes
                    if not self._reached(passing, number):
                        return passage, requirement
        return None

    def _reached(self, shapes: Shapes, number: int) -> Shapes:
        """Return the input shapes that reach a set before a layer."""
        for passage in reversed(self.passages[:number]):
            shapes = before(passage, shapes, self.check)
        return shapes


def backwards(read: Chain, axes: int, check: Check, channels: int | None = None) -> Backwards:
    """Return a chain whose layers are each looked at by themselves.

    >>> from symconv.reading.chains import chain
    >>> [*backwards(chain("Unfold(1)"), 2, lambda: None).inputs([SizeSet.points([2])])]
    [(1, 2), (2, 1)]
    """
    counts = [axes]
    for layer in read.layers:
        counts.append(len(layer.rows(counts[-1])))
    most = max(counts)
    passages = tuple(
        through(
            read.layers,
            each_axis(axes),
            joint(most),
            channels,
            following=lambda passage: each_axis(len(passage.axes), 0),
        )
    )
    count = passages[-1].channels_leaving if passages else channels
    return Backwards(read, axes, most, passages, count, check)


def each_axis(axes: int, first: int = 1) -> tuple[Joint, ...]:
    """Return every size from a first one on, of each axis by itself."""
    return tuple(Along(axis, variable(first)) for axis in range(axes))


def before(passage: Passage, leaving: Shapes, check: Check) -> Shapes:
    """Return the shapes that a layer takes and turns into those of a set.

    Raises:
        UndecidedError: a period is too long, or the layer ties axes together so that no boxes say.
    """
    try:
        taken, boxes = met(passage, leaving.axes), list[Box]()
        for box in leaving.boxes:
            check()
            boxes += (_into(passage, box, leaving.axes) & taken).boxes
        return Shapes(leaving.axes, boxes)
    except UndecidedError as undecided:
        raise named(undecided, passage) from None


def met(passage: Passage, axes: int) -> Shapes:
    """Return the shapes that a layer takes."""
    required = (shapes for crossing in passage.axes for _, shapes in crossing.required())
    return reduce(Shapes.__and__, required, Shapes.every(axes))


def _into(passage: Passage, box: Sequence[SizeSet], axes: int) -> Shapes:
    """Return the shapes that a layer turns into those of a box."""
    pairs = zip(passage.axes, box, strict=False)
    sent = (_sent_into(crossing, sizes, axes) for crossing, sizes in pairs)
    return reduce(Shapes.__and__, sent, Shapes.every(axes))


def _sent_into(crossing: Crossing, leaving: SizeSet, axes: int) -> Shapes:
    """Return the shapes for which one axis of a layer's output has a size of a set."""
    measured = crossing.row.measured
    if measured is None:
        return sent_into(crossing.size, leaving, axes)
    plain = {name: value for name, value in crossing.values.items() if isinstance(value, int)}
    asked = Crossing(crossing.row, {**plain, "O": variable(0)}, EXACT)
    for requirement, sizes in asked.required():
        leaving = leaving & sizes if "O" in requirement.letters else leaving
    return Shapes.along(measured.axis, measured_into(measured, leaving), axes)


def _features_before(layer: Layer, leaving: SizeSet) -> SizeSet:
    """Return how many features a layer takes and turns into wanted ones."""
    (joining,) = joined([layer], variable(0), EXACT)
    if joining.crossing is None:
        return leaving
    required = (sizes for _, sizes in joining.crossing.required())
    return reduce(SizeSet.__and__, required, among(joining.features, leaving))


def product(meaning: Meaning, sizes: Sequence[Any]) -> Any:
    """Return the cells of all axes together."""
    return reduce(meaning.table["mul"], sizes, 1)


def named(undecided: UndecidedError, passage: Passage) -> UndecidedError:
    """Add to what is not decided at which layer that is."""
    where = f"{undecided.arrived} (layer {passage.number}, {type(passage.layer).__name__})"
    return UndecidedError(undecided.needed, where, undecided.write)


def channels_missing() -> UndecidedError:
    """Return the error that nobody knows the channels that decide about features."""
    return UndecidedError(
        "the input's channels, which decide about features",
        "no channels that anybody wrote",
        "Write them in a layer, such as Conv2d(3, 8, 3).",
    )
