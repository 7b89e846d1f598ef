"""Sizes of many inputs at once, as NumPy int64 arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from symconv.chains.through import GREATEST_CELLS, Passage, through
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.meanings.arrays import MANY
from symconv.reading.chains import Chain
from symconv.vocabulary import SCHEMA


@dataclass(frozen=True, eq=False)
class SizesOfMany:
    """Sizes of many inputs at once.

    Attributes:
        rows: after each layer, the input first, an int64 array for each axis; where an input is
            refused its numbers mean nothing.
        valid: which inputs every layer takes.
        notes: what the reader should know, such as sizes that are evaluated and no law.
    """

    layers: tuple[Layer, ...]
    rows: tuple[tuple[Any, ...], ...]
    valid: Any
    notes: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Whether the layers and all sizes are the same."""
        if not isinstance(other, SizesOfMany):
            return NotImplemented
        same = (self.layers, self.notes) == (other.layers, other.notes)
        return same and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        """Few answers are about the same layers."""
        return hash(self.layers)

    @property
    def output(self) -> Any:
        """The sizes after the last layer; -1 where a layer refuses."""
        last = [np.where(self.valid, axis, -1) for axis in self.rows[-1]]
        return last[0] if len(last) == 1 else last

    def __repr__(self) -> str:
        """Say how many inputs pass."""
        passing = f"SizesOfMany({int(self.valid.sum())} of {self.valid.size} sizes pass)"
        return "\n".join([passing, *(f"note: {note}" for note in self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """Return the sizes as lists: after each layer, one list an axis."""
        rows = [[axis.tolist() for axis in row] for row in self.rows]
        form: dict[str, Any] = {"schema": SCHEMA, "sizes": rows, "valid": self.valid.tolist()}
        return form | ({"notes": list(self.notes)} if self.notes else {})


def many(read: Chain, sizes: tuple[Any, ...], channels: int | None) -> SizesOfMany:
    """Run a chain on arrays of sizes; see `symconv.size`."""
    arrays = _alike(tuple(map(_checked, sizes)))
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


def _alike(arrays: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give all arrays one shape."""
    try:
        return tuple(np.broadcast_arrays(*arrays))
    except ValueError:
        raise RequestError(
            "arrays of sizes, one for each axis, that broadcast to one shape",
            " and ".join(str(array.shape) for array in arrays),
            "Write for instance arrays of equal length.",
        ) from None


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
