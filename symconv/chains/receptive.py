"""The receptive field of a chain of windows: how many input cells one output cell depends on.

Counted from the end: where the rest of the chain sees `r` cells, a window of extent `E` that steps
by `S` sees `(r - 1)*S + E` before it (Araujo, Norris, Sim, "Computing Receptive Fields of
Convolutional Neural Networks", 2019). Layers that work on each cell by itself change nothing, nor
does padding. In what a transposed convolution, a resizing or a normalisation over the whole input
sees, the output's place matters: no single number is given there.
"""

from __future__ import annotations

from collections.abc import Sequence

from symconv.layers import Row
from symconv.meanings.integers import INTEGERS
from symconv.operators.reading import Cells, r
from symconv.terms import Term, interpret


def seen(row: Row) -> Term | None:
    """Return how many cells `r` cells of a layer's output see; `None` where that depends.

    >>> from symconv import Conv1d
    >>> from symconv.meanings.integers import compiled
    >>> compiled(seen(Conv1d(kernel_size=3, stride=2).rows(1)[0]))(5)
    11
    """
    if isinstance(row.operator.reads, Cells):
        return r
    windows = row.operator.windows
    return row.term(windows.seen) if windows and row.operator.looks else None


def receptive_field(rows: Sequence[Row]) -> int | None:
    """Return how many input cells one output cell sees; `None` where no single number says it.

    Args:
        rows: what each layer does on one axis, without unknowns.

    >>> from symconv import Conv1d, MaxPool1d
    >>> receptive_field([layer.rows(1)[0] for layer in (Conv1d(kernel_size=3), MaxPool1d(2))])
    4
    """
    cells = 1
    for row in reversed(rows):
        term = seen(row)
        if term is None:
            return None
        cells = interpret(term, INTEGERS, {r.args[0]: cells})
    return cells
