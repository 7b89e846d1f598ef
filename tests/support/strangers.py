"""Operators as a stranger appends them, with letters of their own, and a layer for each."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, ClassVar

from symconv.layers import Layer
from symconv.layers.parameters import Number, Size
from symconv.operators import Operator
from symconv.operators.letters import C, F, P, S, W
from symconv.operators.reading import Blocks, Cells, Scattered, Windows
from symconv.operators.scaling import Grows, Keeps, Shrinks
from symconv.terms import sizes
from toy_windows import registered

gap, rate, crop = sizes("gap rate crop")

CELL = {"the input has a cell": W >= 1}
GAPS = {
    "the kernel has a tap": F >= 1,
    "the stride advances": S >= 1,
    "the gap is not negative": gap >= 0,
    "padding is not negative": P >= 0,
} | CELL
RATE = {"the rate is positive": rate >= 1} | CELL

_read = Windows(taps=F, step=S, spacing=gap + 1, before=P, after=P)
_painted = Scattered(taps=F, step=S, spacing=gap + 1, before=P, after=P)
_size = (W - 1) * S + _painted.extent - 2 * P

gap_pool = Operator(
    name="gap_pool",
    says="A pool whose taps leave out some cells.",
    size=(W + 2 * P - _read.extent) // S + 1,
    requires=GAPS | {"one window fits": _read.extent <= W + 2 * P},
    reads=_read,
    scaling=Shrinks(stride=S, rest=_read.extent - 2 * P, padding=P),
    source="this test",
)
gap_paint = Operator(
    name="gap_paint",
    says="Paints taps that leave out some cells.",
    size=_size,
    requires=GAPS | {"cropping leaves a cell": _size >= 1},
    reads=_painted,
    scaling=Grows(stride=S, painted=_painted.extent, room=S + 2 * P),
    source="this test",
)
spread = Operator(
    name="spread",
    says="Spreads channels over one axis.",
    size=W * rate,
    channels=C // rate,
    requires=RATE | {"the rate divides the channels": (C % rate).eq(0)},
    reads=Blocks(side=rate, spread=True),
    scaling=Grows(stride=rate, painted=rate, room=rate),
    source="this test",
)
gathered = Operator(
    name="gathered",
    says="Gathers the cells of one axis into channels.",
    size=W // rate,
    channels=C * rate,
    requires=RATE | {"the rate divides the cells": (W % rate).eq(0)},
    reads=Blocks(side=rate, spread=False),
    source="this test",
)
cropped = Operator(
    name="cropped",
    says="Crops both ends.",
    size=W - 2 * crop,
    requires={"the crop is not negative": crop >= 0, "something is left": W - 2 * crop >= 1},
    reads=Cells(before=-crop, after=-crop),
    source="this test",
)
kept = Operator(
    name="kept",
    says="A convolution that pads for itself, with more before the input.",
    size=(W - 1) // S + 1,
    requires={"the kernel has a tap": F >= 1, "the stride advances": S >= 1} | CELL,
    reads=Windows(taps=F, step=S, before=F // 2, after=(F - 1) // 2),
    scaling=Keeps(stride=S),
    source="this test",
)


class _OneAxis(Layer):
    axes: ClassVar[int | None] = 1


class GapPool1d(_OneAxis):
    """A pool."""

    operator: ClassVar[Operator] = gap_pool
    kernel_size: Any = Size()
    stride: Any = Size(1)
    padding: Any = Size(0)
    gap: Any = Size(0, says="cells left out")


class GapPaint1d(GapPool1d):
    """The same, painted."""

    operator: ClassVar[Operator] = gap_paint


class Spread1d(_OneAxis):
    """Channels become cells."""

    operator: ClassVar[Operator] = spread
    rate: Any = Number(says="how many")


class Gather1d(Spread1d):
    """Cells become channels."""

    operator: ClassVar[Operator] = gathered


class Crop1d(_OneAxis):
    """A crop."""

    operator: ClassVar[Operator] = cropped
    crop: Any = Size(0, says="cells")


class Crop2d(Layer):
    """A crop over two axes."""

    operator: ClassVar[Operator] = cropped
    axes: ClassVar[int | None] = 2
    crop: Any = Size(0, says="cells")


class Keep1d(_OneAxis):
    """A convolution."""

    operator: ClassVar[Operator] = kept
    kernel_size: Any = Size()
    stride: Any = Size(1)


STRANGERS: dict[Operator, tuple[type[Layer], ...]] = {
    gap_pool: (GapPool1d,),
    gap_paint: (GapPaint1d,),
    spread: (Spread1d,),
    gathered: (Gather1d,),
    cropped: (Crop1d, Crop2d),
    kept: (Keep1d,),
}


@contextmanager
def appended() -> Iterator[None]:
    """Append all of them, for a while."""
    with ExitStack() as stack:
        for operator, kinds in STRANGERS.items():
            stack.enter_context(registered(operator, *kinds))
        yield
