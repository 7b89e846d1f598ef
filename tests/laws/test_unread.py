"""The sizes at which every cell is read, against windows that are laid one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

import symconv as sc
from symconv.layers import Layer
from symconv.periodic import EVERYTHING, SizeSet

SIZES = range(1, 31)
WIDE = [*product([1, 3, 5], [0, 2, 4, 9], [1, 2, 5])]
"""Strides, paddings and dilations; some paddings are wider than a stride and a window."""


def cases(kind: type[Layer], kernel_size: int) -> Iterator[tuple[Layer, SizeSet, list[int]]]:
    """Yield layers, the sizes that `audit` says are read whole, and where a window's taps lie."""
    for stride, padding, dilation in WIDE:
        layer = kind(kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation)
        (axis,) = sc.audit(layer).axes
        assert axis.every_cell_read is not None
        taps = [tap * dilation - padding for tap in range(kernel_size)]
        yield layer, axis.every_cell_read, taps


@pytest.mark.parametrize("kernel_size", [1, 2, 3])
def test_windows_miss_what_is_said(kernel_size: int) -> None:
    for layer, whole, taps in cases(sc.Conv1d, kernel_size):
        for size in SIZES:
            starts = range(0, size + layer.padding - taps[-1], layer.stride)
            read = {start + tap for start in starts for tap in taps}
            assert (size in whole) == (read >= {*range(size)}), (layer, size)


@pytest.mark.parametrize("kernel_size", [1, 2, 3])
def test_cells_paint_what_is_said(kernel_size: int) -> None:
    """Each cell of a transposed layer paints, unless all of its taps are cropped."""
    for layer, whole, taps in cases(sc.ConvTranspose1d, kernel_size):
        for size in SIZES:
            output = range((size - 1) * layer.stride + taps[-1] + 1 - layer.padding)
            paints = (any(c * layer.stride + tap in output for tap in taps) for c in range(size))
            assert (size in whole) == (bool(output) and all(paints)), (layer, size)


def test_borders_that_are_copied_may_read_what_is_cropped() -> None:
    """Of four cells, a reflection of three reads the last one, which is cropped behind."""
    assert sc.audit("ReflectionPad1d((3, -1))").axes[0].every_cell_read is None
    (cropped,) = sc.audit("ZeroPad1d((3, -1))").axes
    assert cropped.every_cell_read is not None
    assert cropped.every_cell_read.empty
    (padded,) = sc.audit("ReplicationPad1d((3, 1))").axes
    assert padded.every_cell_read == EVERYTHING
