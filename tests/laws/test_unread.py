"""The sizes at which every cell is read, against windows that are laid one by one."""

from __future__ import annotations

from itertools import product

import pytest

import symconv as sc
from symconv.periodic import EVERYTHING

SIZES = range(1, 31)


@pytest.mark.parametrize("kernel_size", [1, 2, 3])
def test_windows_miss_what_is_said(kernel_size: int) -> None:
    """Among paddings that are wider than a stride and a window, too."""
    for stride, padding, dilation in product([1, 3, 5], [0, 2, 4, 9], [1, 2, 5]):
        layer = sc.Conv1d(
            kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation
        )
        (axis,) = sc.audit(layer).axes
        taps = [tap * dilation - padding for tap in range(kernel_size)]
        for size in SIZES:
            room = size + 2 * padding - dilation * (kernel_size - 1) - 1
            starts = range(0, room + 1, stride)
            read = {start + tap for start in starts for tap in taps}
            assert axis.every_cell_read is not None
            assert (size in axis.every_cell_read) == (read >= {*range(size)}), (layer, size)


@pytest.mark.parametrize("kernel_size", [1, 2, 3])
def test_cells_paint_what_is_said(kernel_size: int) -> None:
    """Each cell of a transposed layer paints, unless all of its taps are cropped."""
    for stride, padding, dilation in product([1, 3, 5], [0, 2, 4, 9], [1, 2, 5]):
        layer = sc.ConvTranspose1d(
            kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation
        )
        (axis,) = sc.audit(layer).axes
        taps = [tap * dilation - padding for tap in range(kernel_size)]
        for size in SIZES:
            output = range((size - 1) * stride + dilation * (kernel_size - 1) + 1 - 2 * padding)
            painted = all(any(c * stride + tap in output for tap in taps) for c in range(size))
            assert axis.every_cell_read is not None
            assert (size in axis.every_cell_read) == (bool(output) and painted), (layer, size)


def test_borders_that_are_copied_may_read_what_is_cropped() -> None:
    """Of four cells, a reflection of three reads the last one, which is cropped behind."""
    assert sc.audit("ReflectionPad1d((3, -1))").axes[0].every_cell_read is None
    (cropped,) = sc.audit("ZeroPad1d((3, -1))").axes
    assert cropped.every_cell_read is not None
    assert cropped.every_cell_read.empty
    (padded,) = sc.audit("ReplicationPad1d((3, 1))").axes
    assert padded.every_cell_read == EVERYTHING
