"""Sizes of many inputs at once, as NumPy int64 arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from symconv.errors import RequestError
from symconv.layers import Row
from symconv.meanings.arrays import ARRAYS
from symconv.reading.chains import Chain
from symconv.sizing.results import SizesOfMany
from symconv.sizing.step import entering
from symconv.terms import interpret, variables


def many(read: Chain, sizes: tuple[Any, ...], channels: int | None) -> SizesOfMany:
    """Run a chain on arrays of sizes; see `symconv.size`."""
    arrays = np.broadcast_arrays(*map(_checked, sizes))
    valid = np.ones(arrays[0].shape, bool)
    now, rows = tuple(arrays), [tuple(arrays)]
    for layer, count in zip(read.layers, entering(read.layers, len(now), channels), strict=True):
        now = tuple(_column(row, now, count, valid) for row in layer.rows(len(now)))
        rows.append(now)
    return SizesOfMany(read.layers, tuple(rows), valid)


def _checked(size: Any) -> Any:
    array = np.asarray(size)
    if not np.issubdtype(array.dtype, np.integer):
        raise RequestError(
            "arrays of integers",
            f"an array of {array.dtype}",
            "Convert it: array.astype(numpy.int64).",
        )
    return array.astype(np.int64)


def _column(row: Row, sizes: tuple[Any, ...], channels: int | None, valid: Any) -> Any:
    """Compute one axis, and strike out the inputs that a requirement refuses."""
    found: dict[str, Any] = {f"W{axis}": size for axis, size in enumerate(sizes, 1)}
    if channels is not None:
        found["C"] = np.int64(channels)
    values = dict(found)
    for name, value in row.values.items():
        if isinstance(value, int):
            values[name] = np.int64(value)
        elif all(one in found for one in variables(value)):
            values[name] = interpret(value, ARRAYS, found)
    if row.measured:
        evaluate = np.vectorize(row.measured.evaluate, otypes=[np.int64])
        values["O"] = evaluate(sizes[row.measured.axis])
    for law in row.operator.requires.values():
        if all(name in values for name in variables(law)):
            valid &= interpret(law, ARRAYS, values)
    return np.broadcast_to(interpret(row.operator.size, ARRAYS, values), valid.shape)
