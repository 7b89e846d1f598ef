"""Which inputs give an output: the exact set of sizes, pulled back layer by layer.

For each layer, from the last to the first, the sizes that it takes and turns into wanted ones are
found by its own laws, as exact functions of the size that enters it. So no number of layers makes
a period long that the sets do not have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from typing import Any

from symconv.chains.inputs import Inputs
from symconv.chains.stages import Stage, stages
from symconv.chains.through import GREATEST_CELLS, Crossing, Passage, through
from symconv.errors import RequestError, UndecidedError, shown
from symconv.layers import Layer
from symconv.layers.row import Measured
from symconv.meanings.periodic import EXACT
from symconv.periodic import SizeSet, variable
from symconv.periodic.comparing import ANY
from symconv.periodic.images import among

MOST_RUNS = 10_000
"""How many intervals are carried through torch's product in floating point, which has no law."""


def inputs(
    layers: Any, output: int, *, axis: int | None = None, channels: int | None = None
) -> Inputs:
    """Return every input size, from 1 on, that the layers take and turn into an output size.

    Args:
        layers: a text, a layer, or several, with numbers for parameters.
        output: the output size in cells, on every axis.
        axis: for layers whose axes differ, which axis, from 1; otherwise all axes of the input
            are as large as each other.
        channels: the input's channels, where no layer tells them.

    Raises:
        RequestError: the layers or the size are none, or the axes differ.
        UndecidedError: a period is too long, or there are too many gaps.

    >>> inputs("Conv2d(3, 64, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)", 56)
    221 <= W <= 224
    >>> inputs("ConvTranspose1d(kernel_size=4, stride=2, padding=1)", 7)
    no input size
    >>> inputs("PixelUnshuffle(2) -> AdaptiveAvgPool2d(1)", 1)
    even sizes
    """
    line = stages(layers, axis, channels)
    return Inputs(output, pulled_back(along(line), output_set(line, output))[0])


def output_set(line: Sequence[Stage], output: Any) -> SizeSet:
    """Return the set of one output size; it is empty where no machine can address the output.

    Raises:
        RequestError: it is no size.
    """
    if type(output) is not int or not 0 <= output <= GREATEST_CELLS:
        raise RequestError(
            "an output size from 0 to 2**61 - 1", shown(output), "Write output=7.", about="output"
        )
    return SizeSet.between(output, min(output, root(GREATEST_CELLS, line[-1].axes_leaving)))


def along(line: Sequence[Stage]) -> list[Crossing]:
    """Return what the stages of a line do, each as exact functions of the size that enters it."""
    layers, axes = [stage.layer for stage in line], line[0].axes
    walk = each_by_itself(layers, axes, line[0].channels)
    return [passage.axes[stage.place] for stage, passage in zip(line, walk, strict=True)]


def each_by_itself(layers: Iterable[Layer], axes: int, channels: int | None) -> Iterator[Passage]:
    """Walk along a chain whose layers each see all sizes: from 1 on the first, the others from 0.

    Args:
        layers: the layers.
        axes: how many axes the input has, which are as large as each other.
        channels: the input's channels, if they are known.
    """
    anew = variable(0)
    return through(
        layers,
        (variable(),) * axes,
        EXACT,
        channels,
        following=lambda passage: (anew,) * len(passage.axes),
    )


def pulled_back(
    crossings: Sequence[Crossing],
    ending: SizeSet,
    greatest: Sequence[int] | None = None,
    *,
    sized: bool = False,
) -> list[SizeSet]:
    """Return the sizes before each layer that end in a set, and last that set itself.

    Args:
        crossings: what each layer does, as exact functions of the size that enters it.
        ending: the sizes that may come out.
        greatest: the largest size that may occur before each layer, and after the last; `None`
            for any.
        sized: whether to ask only for what layers require of sizes.

    Raises:
        UndecidedError: a period is too long, or there are too many gaps.
    """
    unbounded: Sequence[int | None] = [None] * (len(crossings) + 1)
    *before, after = greatest or unbounded
    sets = [ending & SizeSet.between(0, after)]
    for crossing, largest in zip(reversed(crossings), reversed(before), strict=True):
        possible = SizeSet.between(0, largest) & taken(crossing, sized)
        sets.insert(0, possible & _sent_into(crossing, sets[0]))
    sets[0] &= SizeSet.between(1, None)
    return sets


def taken(crossing: Crossing, sized: bool = False) -> SizeSet:
    """Return the sizes that a layer takes; requirements on its output size are left out."""
    sets = (
        sizes for requirement, sizes in crossing.required(sized) if requirement.letters != ("O",)
    )
    return reduce(SizeSet.__and__, sets, ANY)


def _sent_into(crossing: Crossing, leaving: SizeSet) -> SizeSet:
    """Return the sizes that a layer turns into those of a set."""
    measured = crossing.row.measured
    if measured is None:
        return among(crossing.size, leaving)
    with_output = crossing._replace(values={**crossing.values, "O": variable(0)})
    for requirement, sizes in with_output.required():
        leaving = leaving & sizes if "O" in requirement.letters else leaving
    return measured_into(measured, leaving)


def measured_into(measured: Measured, leaving: SizeSet) -> SizeSet:
    """Return the sizes that a rising function, which follows no law, sends into a set.

    Raises:
        UndecidedError: the set has too many gaps.
    """
    every = range(GREATEST_CELLS + 1)
    runs = [] if leaving.gaps_endless else [*islice(leaving.runs(), MOST_RUNS + 1)]
    if leaving.gaps_endless or len(runs) > MOST_RUNS:
        raise UndecidedError(
            f"output sizes in at most {MOST_RUNS:,} intervals",
            f"more, before {measured.says}",
            "Ask for fewer layers, or `symconv.size` about single sizes.",
        )
    return SizeSet.union(
        (
            bisect_right(every, low - 1, key=measured.evaluate),
            None if high is None else bisect_right(every, high, key=measured.evaluate) - 1,
        )
        for low, high in runs
    )


def root(value: int, degree: int) -> int:
    """Return the greatest integer whose power is at most a value."""
    roots = range(2 ** (value.bit_length() // degree + 1))
    return bisect_right(roots, value, key=lambda root: root**degree) - 1
