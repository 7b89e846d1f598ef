"""Sizes of many inputs at once, as NumPy int64 arrays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from symconv.chains.results import SizesOfMany
from symconv.chains.step import GREATEST_CELLS, bind, entering, tests
from symconv.errors import RequestError
from symconv.layers import Row
from symconv.meanings.arrays import ARRAYS
from symconv.reading.chains import Chain
from symconv.terms import interpret


def many(read: Chain, sizes: tuple[Any, ...], channels: int | None) -> SizesOfMany:
    """Run a chain on arrays of sizes; see `symconv.size`."""
    arrays = np.broadcast_arrays(*map(_checked, sizes))
    valid = np.ones(arrays[0].shape, bool)
    now, rows = tuple(arrays), [tuple(arrays)]
    notes = dict.fromkeys(read.notes)
    for layer, count in zip(read.layers, entering(read.layers, len(now), channels), strict=True):
        outputs = []
        for row in layer.rows(len(now)):
            outputs.append(_column(row, now, count, valid))
            notes |= {row.measured.says: None} if row.measured else {}
        # what is refused goes on as a single cell, so that only what passes can overflow
        now = tuple(np.where(valid, output, 1) for output in outputs)
        valid &= _addressable(now)
        now = tuple(np.where(valid, output, 1) for output in now)
        rows.append(now)
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


def _column(row: Row, sizes: tuple[Any, ...], channels: int | None, valid: Any) -> Any:
    """Compute one axis, and strike out the inputs that a requirement refuses."""
    values = bind(row, sizes, channels, ARRAYS, lambda f, size: np.vectorize(f, [np.int64])(size))
    for test in tests(row.operator):
        if all(name in values for name in test.names):
            valid &= interpret(test.law, ARRAYS, values)
    return interpret(row.operator.size, ARRAYS, values)


def _addressable(sizes: tuple[Any, ...]) -> Any:
    """Say of each input whether a tensor of its sizes fits a 64-bit address space."""
    if math.prod(int(axis.max(initial=1)) for axis in sizes) <= GREATEST_CELLS:
        return True
    cells = math.prod((np.maximum(axis, 1).astype(object) for axis in sizes), start=1)
    return np.asarray(cells <= GREATEST_CELLS, bool)
