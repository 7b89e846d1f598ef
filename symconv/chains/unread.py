"""Which layers of a chain leave cells of what arrives unread, at one size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from symconv.chains.through import through
from symconv.layers import Layer
from symconv.meanings.integers import INTEGERS, PLAIN
from symconv.operators.letters import O, W
from symconv.operators.unread import every_cell_read
from symconv.terms import Term, interpret, variable


def leaving_unread(layers: Sequence[Layer], rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the numbers of the layers that leave a cell unread, as far as laws say what they read.

    Args:
        layers: layers whose parameters are numbers.
        rows: the sizes of the input and after each layer, an axis each.

    >>> from symconv import Conv1d, MaxPool1d, size
    >>> layers = [MaxPool1d(2), Conv1d(kernel_size=3)]
    >>> leaving_unread(layers, size(layers, 9).rows), leaving_unread(layers, size(layers, 8).rows)
    ((1,), ())
    """
    pairs = zip(layers, rows, strict=False)
    return tuple(n for n, (layer, sizes) in enumerate(pairs, 1) if _leaves_unread(layer, sizes))


@lru_cache(maxsize=2**16)
def _leaves_unread(layer: Layer, sizes: tuple[int, ...]) -> bool:
    """Whether a layer leaves a cell of these sizes unread on some axis."""
    (passage,) = through((layer,), sizes, PLAIN)
    for axis, crossing in enumerate(passage.axes):
        values = crossing.row.values.items()
        numbers = {variable(name): value for name, value in values if isinstance(value, int)}
        law = every_cell_read(crossing.row.operator, numbers, _number)
        if law is None or axis >= len(sizes) or crossing.size is None:
            continue
        if not interpret(law, INTEGERS, {W.args[0]: sizes[axis], O.args[0]: crossing.size}):
            return True
    return False


def _number(term: Term, values: Mapping[str, int]) -> int:
    """Return what a term comes to; it is not worth compiling."""
    number: int = interpret(term, INTEGERS, values)
    return number
