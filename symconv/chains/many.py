"""Sizes of many inputs at once, as NumPy int64 arrays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from symconv.chains.results import SizesOfMany
from symconv.chains.through import GREATEST_CELLS, Passage, through
from symconv.errors import RequestError
from symconv.meanings.arrays import MANY
from symconv.reading.chains import Chain


def many(read: Chain, sizes: tuple[Any, ...], channels: int | None) -> SizesOfMany:
    """Run a chain on arrays of sizes; see `symconv.size`."""
    arrays = tuple(np.broadcast_arrays(*map(_checked, sizes)))
    valid = np.ones(arrays[0].shape, bool)
    rows, notes = [arrays], dict.fromkeys(read.notes)

    def passing(passage: Passage) -> tuple[Any, ...]:
        """Let what is refused go on as a single cell, so that only what passes can overflow."""
        return tuple(np.where(valid, size, 1) for size in passage.leaving)

    walk = through(read.layers, arrays, MANY, channels, following=lambda _: rows[-1])
    for passage in walk:
        for crossing in passage.axes:
            for _, holds in crossing.required():
                valid &= holds
            notes |= {crossing.row.measured.says: None} if crossing.row.measured else {}
        valid &= _addressable(passing(passage))
        rows.append(passing(passage))
    return SizesOfMany(read.layers, tuple(rows), valid, tuple(notes))


def _checked(size: Any) -> Any:
    array = np.asarray(size)
    whole = np.issubdtype(array.dtype, np.integer)
    if not whole or (
        array.size and not 0 <= int(array.min()) <= int(array.max()) <= GREATEST_CELLS
    ):
        raise RequestError(
            "arrays of sizes, integers from 0 to 2**61 - 1",
            f"an array of {array.dtype}" if not whole else f"{array.min()} to {array.max()}",
            "Convert it with array.astype(numpy.int64), or leave those sizes out.",
        )
    return array.astype(np.int64)


def _addressable(sizes: tuple[Any, ...]) -> Any:
    """Say of each input whether a tensor of its sizes fits a 64-bit address space."""
    if math.prod(int(axis.max(initial=1)) for axis in sizes) <= GREATEST_CELLS:
        return True
    cells = math.prod((np.maximum(axis, 1).astype(object) for axis in sizes), start=1)
    return np.asarray(cells <= GREATEST_CELLS, bool)
