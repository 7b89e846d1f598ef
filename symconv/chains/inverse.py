"""Which inputs give an output: the exact set of sizes, pulled back layer by layer.

For each layer, from the last to the first, the sizes that it takes and turns into wanted ones are
found by halving intervals. Interval arithmetic never leaves a size out and is exact on a single
one, so the set is exact for every law, whether or not it grows with its input.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from symconv.chains.axes import check_axes, check_settled, input_axes
from symconv.chains.inputs import Inputs
from symconv.chains.through import GREATEST_CELLS, Crossing, Passage, possible, through
from symconv.errors import RequestError, UndecidedError, shown
from symconv.layers import Layer, Row
from symconv.meanings.identity import TERMS
from symconv.meanings.intervals import RANGES, Interval
from symconv.operators.letters import W
from symconv.reading.chains import chain
from symconv.terms import Term, substitute, variable, variables

PATIENCE = 20_000
"""How many intervals are looked at for all layers together before the search gives up."""


class Stage(NamedTuple):
    """One layer of a chain, along one axis.

    Attributes:
        layer: the layer.
        place: which of its output's axes, from 0.
        axes: how many axes its input has, all of one size.
        channels: the input's channels, where they are known.
        crossing: its law on that axis, in `W`, the size of its input.
    """

    layer: Layer
    place: int
    axes: int
    channels: int | None
    crossing: Crossing

    @property
    def row(self) -> Row:
        """The law."""
        return self.crossing.row

    @property
    def greatest(self) -> int:
        """The largest size of an input that a machine can address."""
        return _root(GREATEST_CELLS, self.axes)

    def term(self, law: Term) -> Term:
        """Return one of the layer's laws in `W`, the size of its input."""
        return substitute(self.row.term(law), _one_size(self.axes))

    @property
    def requires(self) -> dict[str, Term]:
        """What the layer requires in `W`, but for channels that nobody knows."""
        laws = self.crossing.required()
        return {one.sentence: law for one, law in laws if set(variables(law)) <= {"W"}}

    def possible(self, sizes: Interval) -> tuple[bool, bool, Interval]:
        """Say whether the layer surely or possibly takes an interval, and what comes out."""
        (passage,) = through((self.layer,), (sizes,) * self.axes, RANGES, self.channels)
        return possible(passage, self.place)


def inputs(
    layers: Any, output: int, *, axis: int | None = None, channels: int | None = None
) -> Inputs:
    """Return every input size, from 1 on, that the layers take and turn into an output size.

    Args:
        layers: a text, a layer, or several, with numbers for parameters.
        output: the output size in cells, on every axis.
        axis: for layers whose axes differ, which axis, from 0; otherwise all axes of the input
            are as large as each other.
        channels: the input's channels, where no layer tells them.

    Raises:
        RequestError: the layers or the size are none, or the axes differ.
        UndecidedError: the set has so many gaps that the search gave up.

    >>> inputs("Conv2d(3, 64, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)", 56)
    221 <= W <= 224
    >>> inputs("ConvTranspose1d(kernel_size=4, stride=2, padding=1)", 7)
    no input size
    >>> list(inputs("PixelUnshuffle(2) -> Conv2d(kernel_size=3, stride=3)", 2))
    [12, 14, 16]
    """
    line = stages(layers, axis, channels)
    return Inputs(output, pulled_back(line, output)[0], line[0].greatest)


def pulled_back(line: tuple[Stage, ...], output: int) -> list[tuple[Interval, ...]]:
    """Return the sizes before each layer that end in an output size, and last that size itself.

    Raises:
        RequestError: the output size is none.
        UndecidedError: the sets have so many gaps that the search gave up.
    """
    if type(output) is not int or not 0 <= output <= GREATEST_CELLS:
        raise RequestError("an output size from 0 to 2**61 - 1", shown(output), "Write output=7.")
    axes = len(line[-1].layer.rows(line[-1].axes))
    addressed = output <= _root(GREATEST_CELLS, axes)
    sets: list[tuple[Interval, ...]] = [((output, output),) if addressed else ()]
    patience = [PATIENCE]
    for place, stage in reversed(list(enumerate(line))):
        least = 0 if place else 1
        found = (one for wanted in sets[0] for one in _before(stage, wanted, least, patience))
        sets.insert(0, _joined(sorted(found)))
    return sets


def accepted(line: tuple[Stage, ...], low: int, high: int) -> tuple[bool, bool]:
    """Say whether layers surely, or possibly, take every input size of an interval."""

    def following(passage: Passage) -> list[Interval]:
        """Take the other axes to be as large as the one that is followed."""
        sizes = passage.axes[line[passage.number - 1].place].size
        return [sizes for _ in passage.axes]

    surely, layers = True, [stage.layer for stage in line]
    start = ((low, high),) * line[0].axes
    for passage in through(layers, start, RANGES, line[0].channels, following=following):
        stage, sizes = line[passage.number - 1], passage.entering[0]
        always, sometimes, _ = possible(passage, stage.place)
        if not sometimes or sizes[0] > stage.greatest:
            return False, False
        surely = surely and always and sizes[1] <= stage.greatest
    return surely, True


def stages(layers: Any, axis: int | None = None, channels: int | None = None) -> tuple[Stage, ...]:
    """Return what each layer does along one axis.

    Args:
        layers: a text, a layer, or several, with numbers for parameters.
        axis: which axis, from 0, for layers whose axes differ.
        channels: the input's channels, where no layer tells them.

    Raises:
        RequestError: a layer has unknowns, or its axes differ or depend on each other.
    """
    read = chain(layers).layers
    axes = input_axes(read) or 1
    if axis is not None and (type(axis) is not int or not 0 <= axis < axes):
        raise RequestError(f"an axis from 0 to {axes - 1}", shown(axis), "Write axis=0.")
    check_settled(read)
    check_axes(read, axes)
    return tuple(
        _stage(passage, axis)
        for passage in through(
            read, (W,) * axes, TERMS, channels, following=lambda passage: (W,) * len(passage.axes)
        )
    )


def _stage(passage: Passage, axis: int | None) -> Stage:
    """Return the axis that stands for all, or the one that was asked for."""
    layer, axes, crossings = passage.layer, len(passage.entering), passage.axes
    laws = [
        [crossing.row.term(law) for law in (operator.size, *operator.requires.values())]
        for crossing in crossings
        for operator in [crossing.row.operator]
    ]
    measured = {row.measured and row.measured.says for row, _, _ in crossings}
    alike = {tuple(substitute(law, _one_size(axes)) for law in each) for each in laws}
    place = 0
    if len(alike) != 1 or len(measured) != 1:
        if axis is None:
            raise RequestError(
                "which axis, for layers whose axes differ", repr(layer), "Say which: axis=0."
            )
        others = {f"W{one + 1}" for one in range(axes)} - {f"W{axis + 1}"}
        if len(crossings) != axes or others & set(variables(*laws[axis])):
            raise RequestError(
                "an axis that does not depend on the others", repr(layer), "Make its axes alike."
            )
        place = axis
    return Stage(layer, place, axes, passage.channels, crossings[place])


def _one_size(axes: int) -> dict[Term, Term]:
    return {variable(f"W{axis + 1}"): W for axis in range(axes)}


def _before(stage: Stage, wanted: Interval, least: int, patience: list[int]) -> Iterator[Interval]:
    """Go through the inputs of one layer whose outputs lie in an interval."""
    waiting = [(least, stage.greatest)]
    while waiting:
        low, high = waiting.pop()
        patience[0] -= 1
        if patience[0] < 0:
            raise UndecidedError(
                f"input sizes in few intervals, before {type(stage.layer).__name__}",
                f"more than {PATIENCE} intervals to look at",
                "Ask for fewer layers, or `symconv.size` about single sizes.",
            )
        surely, possibly, out = stage.possible((low, high))
        if not possibly or out[1] < wanted[0] or wanted[1] < out[0]:
            continue
        if surely and wanted[0] <= out[0] and out[1] <= wanted[1]:
            yield low, high
        elif low < high:
            middle = (low + high) // 2
            waiting += [(middle + 1, high), (low, middle)]


def _joined(intervals: list[Interval]) -> tuple[Interval, ...]:
    """Join intervals that touch or overlap."""
    found: list[Interval] = []
    for low, high in intervals:
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return tuple(found)


def _root(value: int, degree: int) -> int:
    """Return the greatest integer whose power is at most a value."""
    roots = range(2 ** (value.bit_length() // degree + 1))
    return bisect_right(roots, value, key=lambda root: root**degree) - 1
