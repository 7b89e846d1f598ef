"""Convolutions and pools of torch by our laws.

Reference: torch 2.13, `aten/src/ATen/native/native_functions.yaml`, whose names the arguments have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.layouts import by_channels, strides_by_channels
from symconv.networks.sums import Amount
from symconv.networks.torch_applied import Letters, per_axis, require, resized
from symconv.networks.torch_sizes import amount_of, amounts, in_order, tensor
from symconv.operators import OPERATORS


def convolution(
    explorer: Explorer,
    input: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    transposed: bool,
    output_padding: Any,
    groups: Any,
) -> Any:
    """Convolve, or scatter where it is transposed; any of the numbers may depend on the size."""
    recorder, groups = explorer.recorder, amount_of(groups)
    first, second, *taps = amounts(weight.shape)
    axes = len(taps)
    if input.dim() != axes + 2:
        return None  # torch says how many axes it needs
    if input.dtype != weight.dtype:
        explorer.lost(f"convolves {input.dtype} by {weight.dtype}")
    wide = recorder.product(second, groups)
    into, out = (first, wide) if transposed else (wide, first)
    if bias is not None:
        entries = recorder.equal(amount_of(bias.shape[0]), out)
        require(explorer, entries, "the bias has an entry for each output channel")
    numbers = [
        amounts(per_axis(argument, axes))
        for argument in (stride, padding, dilation, output_padding)
    ]
    shared = {
        "C": amount_of(input.shape[1]), "in_channels": into, "out_channels": out, "groups": groups,
    }  # fmt: skip
    letters = [
        {"F": f, "S": s, "P": p, "lo": p, "hi": p, "D": d, "A": a, **shared}
        for f, s, p, d, a in zip(taps, *numbers, strict=True)
    ]
    if transposed:
        _part_empty(explorer, amounts(input.shape)[2:], letters)
    name = "conv_transpose" if transposed else "conv"
    convolved = resized(explorer, input, name, letters, channels=out)
    if len(taps) < 2 or not any(_lies_by_channels(explorer, each) for each in (input, weight)):
        return convolved
    sizes = amounts(convolved.shape)
    return tensor(explorer, sizes, input.dtype, strides_by_channels(explorer, sizes))


def _lies_by_channels(explorer: Explorer, given: Any) -> bool:
    """Decide whether a tensor's channels lie next to each other, as torch's kernels see it."""
    if in_order(explorer, given):
        return False
    return by_channels(explorer, amounts(given.shape), amounts(given.stride()))


def _part_empty(explorer: Explorer, sizes: Sequence[Amount], axes: Sequence[Letters]) -> None:
    """Follow by themselves the sizes for which a transposed layer crops all cells.

    Our law refuses them, and torch does by some of its kernels: so a witness has to look at them.
    """
    recorder, operator = explorer.recorder, OPERATORS["conv_transpose"]
    for size, letters in zip(sizes, axes, strict=True):
        left = recorder.meaning.evaluate(operator.size, {"W": size, **letters})
        explorer.decide(recorder.equal(left, 0))


def _windows(
    explorer: Explorer,
    input: Any,
    name: str,
    axes: int,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    ceil_mode: bool,
) -> Any:
    """Return what comes out of a pool; a stride that is left out is its kernel."""
    taps = per_axis(kernel_size, axes)
    steps = per_axis(stride, axes) if stride else taps
    arguments = [taps, steps, per_axis(padding, axes), per_axis(dilation, axes)]
    numbers = map(amounts, arguments)
    letters = [
        {"F": f, "S": s, "P": p, "D": d, "ceil_mode": int(ceil_mode)}
        for f, s, p, d in zip(*numbers, strict=True)
    ]
    return resized(explorer, input, name, letters)


def _with_indices(explorer: Explorer, pooled: Any) -> Any:
    """Return a pool's output, and its indices beside it."""
    if pooled is None:
        return None
    return pooled, tensor(explorer, amounts(pooled.shape), torch.int64)


def max_pool(
    axes: int,
    explorer: Explorer,
    input: Any,
    kernel_size: Any,
    stride: Any = (),
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Any:
    """Take the greatest of each window, and where it lay."""
    pooled = _windows(
        explorer, input, "max_pool", axes, kernel_size, stride, padding, dilation, ceil_mode
    )
    return _with_indices(explorer, pooled)


def avg_pool(
    name: str,
    axes: int,
    explorer: Explorer,
    input: Any,
    kernel_size: Any,
    stride: Any = (),
    padding: Any = 0,
    ceil_mode: bool = False,
    _count_include_pad: bool = True,
    divisor_override: Any = None,
) -> Any:
    """Take the mean of each window; what counts in it is about values."""
    if divisor_override is not None:
        require(explorer, amount_of(divisor_override) != 0, "the divisor is not 0")
    return _windows(explorer, input, name, axes, kernel_size, stride, padding, 1, ceil_mode)


def adaptive_pool(
    axes: int, indices: bool, explorer: Explorer, input: Any, output_size: Any
) -> Any:
    """Take as many windows as are asked for."""
    letters = [{"O": size} for size in amounts(per_axis(output_size, axes))]
    pooled = resized(explorer, input, "adaptive_pool", letters)
    return _with_indices(explorer, pooled) if indices else pooled
