"""What torch asks of the layout of a tensor: statements about its sizes and strides.

Reference: torch 2.13, `torch/fx/experimental/sym_node.py`, `sympy_is_contiguous` and what follows
it there; `c10/core/Contiguity.h`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from symconv.networks.exploring import Explorer
from symconv.networks.sums import Amount
from symconv.networks.truths import Truth, both, either

Sizes = Sequence[Amount]


def strides_of(explorer: Explorer, sizes: Sizes) -> list[Amount]:
    """Return the strides of a tensor whose cells lie one after the other."""
    memory, key = explorer.recorder.memory, (strides_of, *sizes)
    if key not in memory:
        strides = list[Amount]()
        cells: Amount = 1
        for size in reversed(sizes):
            strides.insert(0, cells)
            cells = explorer.recorder.product(cells, size)
        memory[key] = strides
    return list(memory[key])


def strides_by_channels(explorer: Explorer, sizes: Sizes) -> list[Amount]:
    """Return the strides of a tensor whose channels lie next to each other."""
    strides, cells = dict[int, Amount](), 1
    for axis in _channels_first(len(sizes)):
        strides[axis] = cells
        cells = explorer.recorder.product(cells, sizes[axis])  # type: ignore[assignment]
    return [strides[axis] for axis in range(len(sizes))]


def by_channels(explorer: Explorer, sizes: Sizes, strides: Sizes) -> bool:
    """Decide whether a kernel of torch's that has channels takes them to lie next to each other.

    Reference: torch 2.13, `c10/core/TensorImpl.h`, and `suggest_memory_format` in `TensorBase.h`.
    """
    return explorer.decide(_rising(len(sizes), explorer, sizes, strides))


def contiguous(explorer: Explorer, sizes: Sizes, strides: Sizes) -> Truth:
    """State that cells lie one after the other, in the order of the axes; or there are none."""
    dense = _dense(explorer, range(len(sizes) - 1, -1, -1), sizes, strides)
    if dense is True:
        return True
    for size in sizes:
        dense = either(dense, explorer.recorder.equal(size, 0))
    return dense


def _dense(explorer: Explorer, order: Iterable[int], sizes: Sizes, strides: Sizes) -> Truth:
    """State that each axis's stride is the number of cells of the axes before it in an order."""
    recorder, cells, statement = explorer.recorder, 1, True
    for axis in order:
        alike = recorder.equal(strides[axis], cells)
        if alike is not True:
            alike = either(recorder.equal(sizes[axis], 1), alike)
        statement = both(statement, alike)  # type: ignore[assignment]
        cells = recorder.product(cells, sizes[axis])  # type: ignore[assignment]
    return statement


def _channels_last(axes: int, explorer: Explorer, sizes: Sizes, strides: Sizes) -> Truth:
    """State that channels lie next to each other, for so many axes with a batch."""
    return len(sizes) == axes and _dense(explorer, _channels_first(axes), sizes, strides)


def _channels_first(axes: int) -> tuple[int, ...]:
    return (1, *range(axes - 1, 1, -1), 0)


def _rising(axes: int, explorer: Explorer, sizes: Sizes, strides: Sizes) -> Truth:
    """State that strides rise from the channels to the batch."""
    if len(sizes) != axes:
        return False
    recorder = explorer.recorder
    statement, least = recorder.no(recorder.equal(strides[1], 0)), 0
    for axis in _channels_first(axes):
        statement = both(statement, recorder.no(recorder.equal(sizes[axis], 0)))
        statement = both(statement, recorder.at_most(least, strides[axis]))
        if axis == 0:
            statement = both(statement, recorder.no(recorder.equal(least, strides[1])))
        least = recorder.product(  # type: ignore[assignment]
            strides[axis], recorder.greatest(sizes[axis], 1)
        )
    return statement


def _without_gaps(explorer: Explorer, sizes: Sizes, strides: Sizes) -> Truth:
    """State that no cell is skipped or shared, in some order of the axes."""
    plain = contiguous(explorer, sizes, strides)
    if plain is True:
        return True
    hints = [
        (explorer.hint(stride), explorer.hint(size))
        for size, stride in zip(sizes, strides, strict=True)
    ]
    order = sorted(range(len(sizes)), key=hints.__getitem__)
    return either(plain, _dense(explorer, order, sizes, strides))


LAYOUTS: dict[str, Callable[..., Truth]] = {
    "is_contiguous": contiguous,
    "is_channels_last_contiguous_2d": partial(_channels_last, 4),
    "is_channels_last_contiguous_3d": partial(_channels_last, 5),
    "is_channels_last_strides_2d": partial(_rising, 4),
    "is_channels_last_strides_3d": partial(_rising, 5),
    "is_non_overlapping_and_dense": _without_gaps,
}
"""Each question, by torch's name for it."""
