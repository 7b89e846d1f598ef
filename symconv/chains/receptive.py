"""The receptive field of a chain: which input cells an output cell reads.

Counted from the end: a cell of a layer's output reads the places of its window's taps, each of
which is a cell of the output of the layer before (`operators.reading.Windows.place`). The input is
taken to go on on all sides, so an inner output cell reads just these cells. Behind painted windows
the field can differ from cell to cell; it repeats after as many cells as the strides of those have
in common, its *phases*.

Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks" (2019).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Any, NamedTuple

from symconv.chains.axes import check_axes, check_settled, input_axes
from symconv.chains.fields import Field, ReceptiveField
from symconv.errors import RequestError, shown
from symconv.layers import Layer, Row
from symconv.meanings.integers import PLAIN, compiled
from symconv.operators.reading import Blocks, Cells, Scattered, Windows, d, o, r
from symconv.reading.chains import chain
from symconv.terms import Term, variable

MOST_CELLS = 10**6
"""More cells than these, of all phases together, are not followed one by one."""


def seen(row: Row) -> Term | None:
    """Return how many cells `r` cells of a layer's output see; `None` where that depends.

    >>> from symconv import Conv1d
    >>> compiled(seen(Conv1d(kernel_size=3, stride=2).rows(1)[0]))(5)
    11
    """
    if isinstance(row.operator.reads, Cells):
        return r
    windows = row.operator.windows
    return row.term(windows.seen) if windows and row.operator.looks else None


def receptive_field(layers: Any, axes: int | None = None) -> ReceptiveField:
    """Return which input cells an output cell of a chain reads.

    Args:
        layers: a text, a layer, several, or a torch module that is a plain sequence; their
            parameters are numbers.
        axes: how many axes the input has, where no layer tells.

    Returns:
        For each axis the `field`: how many cells an inner output cell reads, from the first to
        the last; the `jump`: input cells from one output cell to the next, a fraction behind
        transposed layers; the `start`: the place of the leftmost cell that output cell 0 reads;
        and its `center`. A layer that reads more than windows, such as `InstanceNorm2d`, is named.

    Raises:
        RequestError: the layers are none, have unknowns, or do not fit each other.

    >>> receptive_field("ConvTranspose1d(kernel_size=3, stride=2, padding=1)").axes[0].cells
    (1, 2)
    >>> receptive_field("Conv1d(kernel_size=3) -> InstanceNorm1d(8)")
    no field: layer 2, InstanceNorm1d, reads everything
    """
    whole = chain(layers, ends=True)
    read = whole.layers
    check_settled((*read, *whole.ending))
    named = input_axes(read)
    if axes is not None and (type(axes) is not int or axes != (named or axes) or axes < 1):
        raise RequestError(
            f"as many axes as the layers have, {named}" if named else "axes as a positive integer",
            f"axes={shown(axes)}",
            f"Write axes={named or 2}.",
        )
    count = named or axes or 1
    check_axes(read, count)
    rows = [_rows(layer, count) for layer in read]
    steps = [[_step(row) for row in own] for own in rows]
    unbounded = (*_unbounded(read, rows, steps), *_joining(whole.ending, len(read)))
    if unbounded:
        return ReceptiveField((), unbounded)
    axes_of_steps = ([step for step in axis if step] for axis in zip(*steps, strict=True))
    return ReceptiveField(tuple(map(_field, axes_of_steps)))


def _rows(layer: Layer, axes: int) -> tuple[Row, ...]:
    rows = layer.rows(axes)
    if len(rows) != axes:
        raise RequestError(
            f"layers that keep the number of axes, here {axes}",
            repr(layer),
            "Ask about the layers before it and after it by themselves.",
            place=layer.place(),
        )
    return rows


def _joining(ending: Sequence[Layer], before: int) -> Iterator[str]:
    """Yield a sentence for the first layer at a chain's end: no axis is left behind it."""
    for number, layer in enumerate(ending[:1], before + 1):
        yield f"layer {number}, {type(layer).__name__}, joins everything"


def _unbounded(
    layers: Sequence[Layer], rows: Sequence[Sequence[Row]], steps: Sequence[Sequence[_Step | None]]
) -> Iterator[str]:
    """Yield a sentence for each layer that reads more than windows."""
    for number, (layer, own, known) in enumerate(zip(layers, rows, steps, strict=True), 1):
        if None in known:
            reads = own[known.index(None)].operator.reads.says
            yield f"layer {number}, {type(layer).__name__}, reads {reads}"


def windows_of(row: Row) -> Windows | None:
    """Return a layer's windows, among them the blocks of a shuffle, if it has any."""
    reads = row.operator.reads
    return reads.tiles if isinstance(reads, Blocks) else row.operator.windows


class _Step(NamedTuple):
    """What one layer reads along an axis, in numbers.

    Attributes:
        taps: the numbers of the taps that are followed.
        step: cells from one window to the next.
        law: of an output cell and a tap, what they read; of painted windows, `step` times that.
        painted: whether windows are painted.
    """

    taps: Sequence[int]
    step: int
    law: Callable[[int, int], int]
    painted: bool

    @property
    def ratio(self) -> Fraction:
        """Input cells from one output cell to the next."""
        return Fraction(1, self.step) if self.painted else Fraction(self.step)

    @property
    def outer(self) -> _Step:
        """The same with the first tap and the last one alone."""
        return self._replace(taps=(self.taps[0], self.taps[-1]))

    def reads(self, cells: Iterable[int]) -> set[int]:
        """Return the input cells that some output cells read, the input going on on all sides."""
        places = (self.law(cell, tap) for cell in cells for tap in self.taps)
        if self.painted:
            return {place // self.step for place in places if place % self.step == 0}
        return set(places)


def _step(row: Row) -> _Step | None:
    """Return what a layer reads along an axis, if windows bound it."""
    reads = row.operator.reads
    windows = reads.tiles if isinstance(reads, Cells) else windows_of(row)
    if windows is None:
        return None
    numbers = windows.where({variable(n): v for n, v in row.values.items() if isinstance(v, int)})
    taps, step = (PLAIN.evaluate(term, {}) for term in (numbers.taps, numbers.step))
    painted = isinstance(numbers, Scattered)
    law = numbers.painter if isinstance(numbers, Scattered) else numbers.place
    return _Step(range(taps), step, compiled(law, (o.args[0], d.args[0])), painted)


def _field(forwards: Sequence[_Step]) -> Field:
    """Follow the cells of each phase from the output to the input."""
    steps = forwards[::-1]
    ratios = list(accumulate((step.ratio for step in steps), Fraction.__mul__))
    phases = lcm(*(ratio.denominator for ratio in ratios))
    last_painted = max((place for place, step in enumerate(steps) if step.painted), default=-1)
    fields, start = [], None
    for phase in range(phases):
        cells: set[int] = {phase}
        for place, step in enumerate(steps):
            if place > last_painted and cells:  # from here on only both ends matter
                cells, step = {min(cells), max(cells)}, step.outer
            if len(cells) * len(step.taps) * phases > MOST_CELLS:
                raise RequestError(
                    f"a chain whose output cells read at most {MOST_CELLS} cells in all phases",
                    f"{len(cells)} x {len(step.taps)} cells in {phases} phases",
                    "Ask about smaller kernels and strides, or about fewer layers.",
                )
            cells = step.reads(cells)
        fields.append(max(cells) - min(cells) + 1 if cells else 0)
        if phase == 0 and cells:
            start = min(cells)
    return Field(tuple(fields), ratios[-1], start)
