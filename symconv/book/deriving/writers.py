"""What writes the derivation of a size law: asked of the operator, by what an output cell reads.

An operator of a known way of reading is derived without any change here. What is read in a way of
its own has no steps: then the derivation says so, and states the law as it is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import symconv.book.deriving.joined as joined
import symconv.book.deriving.keeping as keeping
import symconv.book.deriving.pools as pools
import symconv.book.deriving.resizing as resizing
import symconv.book.deriving.scatter as scatter
import symconv.book.deriving.window as window
from symconv.book.deriving.asking import reading_of
from symconv.book.deriving.borders import limited
from symconv.book.deriving.steps import Draft, as_law
from symconv.operators import Operator
from symconv.operators.letters import O, W
from symconv.operators.reading import (
    NONE,
    SPREAD,
    Blocks,
    Cells,
    Everything,
    Exchanged,
    Gated,
    Halves,
    Indexed,
    Interpolated,
    Joined,
    Random,
    Reading,
    Scattered,
    Segments,
    Windows,
)
from symconv.operators.scaling import Keeps
from symconv.operators.window import ceil_mode
from symconv.terms import Term, parts

Writer = Callable[[Draft, Operator], None]


def writer_of(operator: Operator) -> Writer:
    """Return what derives an operator's law: of its way of reading, or of the next more general."""
    kinds = (kind for kind in type(operator.reads).__mro__ if kind in WRITERS)
    return WRITERS[next(kinds, Reading)](operator)


def declared(draft: Draft, operator: Operator) -> None:
    """State a law for which no step is known."""
    says = getattr(operator.reads, "says", f"what `{type(operator.reads).__name__}` says")
    draft.declare(
        "definition",
        f"An output cell reads {says}, and no step is known that counts cells from that. So "
        "there is nothing to derive: the law is the definition.",
        as_law(operator.size),
    )


def _has(operator: Operator, letter: Term) -> bool:
    return letter in parts(operator.size)


def _windows(operator: Operator) -> Writer:
    if isinstance(operator.scaling, Keeps):
        return window.windows_that_keep
    if _has(operator, ceil_mode):
        return pools.pool
    return declared if _has(operator, O) else window.windows_that_fit


def _scattered(operator: Operator) -> Writer:
    return scatter.painted_as_asked if _has(operator, O) else scatter.painted


def _indexed(operator: Operator) -> Writer:
    return scatter.unpooled_as_asked if _has(operator, O) else scatter.unpooled


def _joined(operator: Operator) -> Writer:
    return scatter.fold if isinstance(operator.kernel, Scattered) else joined.unfold


def _cells(operator: Operator) -> Writer:
    cells = reading_of(operator, Cells)
    if cells.before is NONE and cells.after is NONE:
        return keeping.keep
    if operator.border is None:
        return keeping.constant_pad
    return keeping.copying_pad if limited(operator.border) else keeping.replication_pad


def _everything(operator: Operator) -> Writer:
    return keeping.keep if _has(operator, W) else declared


def _blocks(operator: Operator) -> Writer:
    return joined.pixel_shuffle if reading_of(operator, Blocks).spread else joined.pixel_unshuffle


def _segments(operator: Operator) -> Writer:
    if operator.reads != SPREAD:
        return declared
    return _stretched(operator, resizing.adaptive_pool)


def _stretched(operator: Operator, asked: Writer = resizing.resize) -> Writer:
    """Choose by whether the size is multiplied or asked for."""
    if operator.factor is not None:
        return resizing.upsample
    return asked if _has(operator, O) else declared


def _random(operator: Operator) -> Writer:
    return resizing.fractional_max_pool if _has(operator, O) else declared


WRITERS: Mapping[type[Reading], Callable[[Operator], Writer]] = {
    Windows: _windows,
    Scattered: _scattered,
    Indexed: _indexed,
    Joined: _joined,
    Cells: _cells,
    Exchanged: lambda _: joined.channel_shuffle,
    Gated: lambda _: keeping.halve_channels,
    Halves: lambda _: keeping.halve,
    Everything: _everything,
    Blocks: _blocks,
    Segments: _segments,
    Interpolated: _stretched,
    Random: _random,
    Reading: lambda _: declared,
}
"""What chooses the writer, by the way of reading."""
