"""Operators of torch that our laws answer: sizes and refusals, without torch's meta code.

Torch's meta code accepts what its kernels refuse, and asks for layouts, which divides every set at
sizes of 1. So where the law of an operator is known, and its input lies in memory one cell after
the other by construction, the law gives the sizes, and its requirements are the decisions.

Reference: torch 2.13, `aten/src/ATen/native/native_functions.yaml`, whose names the arguments have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.layouts import strides_of
from symconv.networks.sums import Amount
from symconv.networks.torch_applied import require, resized
from symconv.networks.torch_sizes import amount_of, amounts, in_order, sized, tensor
from symconv.networks.torch_windows import adaptive_pool, avg_pool, convolution, max_pool
from symconv.operators import OPERATORS

aten = torch.ops.aten


def padded(name: str, explorer: Explorer, input: Any, padding: Any, *_value: Any) -> Any:
    """Pad; torch names the sides from the last axis on."""
    sides, recorder = amounts(padding), explorer.recorder
    axes = [{"lo": lo, "hi": hi} for lo, hi in zip(sides[0::2], sides[1::2], strict=True)][::-1]
    if not axes:
        return None
    cells = reduce(recorder.total, [*amounts(input.shape)[-len(axes) :], *sides])
    return resized(explorer, input, name, [letters | {"W_output_cells": cells} for letters in axes])


def _shuffle(name: str, letter: str, explorer: Explorer, input: Any, factor: int) -> Any:
    channels = amount_of(input.shape[-3])
    for size in amounts(input.shape):
        if not explorer.decide(explorer.recorder.at_most(1, size)):
            explorer.lost("moves cells where there are none")
    letters = {letter: amount_of(factor), "C": channels}
    count = explorer.recorder.meaning.evaluate(OPERATORS[name].channels, letters)
    return resized(explorer, input, name, [letters, letters], channels=count)


def _cat(explorer: Explorer, tensors: Sequence[Any], dim: int = 0) -> Any:
    """Lay tensors one behind the other: their other sizes agree."""
    shapes = [amounts(given.shape) for given in tensors]
    first, recorder = shapes[0], explorer.recorder
    if len(first) < 2 or any(len(shape) != len(first) for shape in shapes):
        return None  # torch leaves out what has one axis and no cell
    if not -len(first) <= dim < len(first):
        return None  # torch says which axes there are
    axis, length = dim % len(first), 0
    for shape in shapes:
        for place, (size, other) in enumerate(zip(shape, first, strict=True)):
            if place != axis:
                alike = recorder.equal(size, other)
                require(explorer, alike, "tensors that are joined agree in their other sizes")
        length = recorder.total(length, shape[axis])  # type: ignore[assignment]
    dtype = reduce(torch.promote_types, (given.dtype for given in tensors))
    return tensor(explorer, [*first[:axis], length, *first[axis + 1 :]], dtype)


def _view(explorer: Explorer, input: Any, shape: Any) -> Any:
    """See cells that lie one after the other in another shape: there are as many of them.

    Where there are not, torch's own code says so.
    """
    recorder, sizes = explorer.recorder, amounts(shape)
    product = recorder.product
    cells = reduce(product, amounts(input.shape), 1)  # type: ignore[arg-type]
    open_places = [place for place, size in enumerate(sizes) if size == -1]
    others: Amount = reduce(product, (size for size in sizes if size != -1), 1)  # type: ignore[arg-type]
    if len(open_places) > 1 or not explorer.decide(recorder.at_most(1, others)):
        return None
    if open_places:
        if not explorer.decide(recorder.equal(recorder.remainder(cells, others), 0)):
            return None
        sizes[open_places[0]] = recorder.quotient(cells, others)
    elif not explorer.decide(recorder.equal(cells, others)):
        return None
    strides = strides_of(explorer, sizes)
    wanted = [[sized(explorer, size) for size in row] for row in (sizes, strides)]
    return aten.as_strided.default(input, *wanted, input.storage_offset())


def _norm(explorer: Explorer, input: Any, *_: Any, **__: Any) -> Any:
    """Return a tensor of the same sizes; what torch returns beside it nobody sees."""
    nothing = torch.empty(0, device="meta")
    return tensor(explorer, amounts(input.shape), input.dtype), nothing, nothing


def _group_norm(explorer: Explorer, input: Any, _weight: Any, _bias: Any, *counts: Any) -> Any:
    batch, groups = amount_of(counts[0]), amount_of(counts[3])
    sums = tensor(explorer, [batch, groups], input.dtype)
    return tensor(explorer, amounts(input.shape), input.dtype), sums, sums


LAWS: dict[Any, Callable[..., Any]] = {
    aten.convolution.default: convolution,
    aten.max_pool2d_with_indices.default: partial(max_pool, 2),
    aten.max_pool3d_with_indices.default: partial(max_pool, 3),
    aten.avg_pool1d.default: partial(avg_pool, "avg_pool", 1),
    aten.avg_pool2d.default: partial(avg_pool, "avg_pool", 2),
    aten.avg_pool3d.default: partial(avg_pool, "avg_pool3d", 3),
    aten._adaptive_avg_pool2d.default: partial(adaptive_pool, 2, False),
    aten._adaptive_avg_pool3d.default: partial(adaptive_pool, 3, False),
    aten.adaptive_max_pool2d.default: partial(adaptive_pool, 2, True),
    aten.adaptive_max_pool3d.default: partial(adaptive_pool, 3, True),
    aten.constant_pad_nd.default: partial(padded, "constant_pad"),
    aten.reflection_pad1d.default: partial(padded, "reflection_pad"),
    aten.reflection_pad2d.default: partial(padded, "reflection_pad"),
    aten.reflection_pad3d.default: partial(padded, "reflection_pad"),
    aten.replication_pad1d.default: partial(padded, "replication_pad"),
    aten.replication_pad2d.default: partial(padded, "replication_pad"),
    aten.replication_pad3d.default: partial(padded, "replication_pad"),
    aten.pixel_shuffle.default: partial(_shuffle, "pixel_shuffle", "upscale_factor"),
    aten.pixel_unshuffle.default: partial(_shuffle, "pixel_unshuffle", "downscale_factor"),
    aten._native_batch_norm_legit_no_training.default: _norm,
    aten._native_batch_norm_legit.no_stats: _norm,
    aten._native_batch_norm_legit.default: _norm,
    aten.native_batch_norm.default: _norm,
    aten.native_group_norm.default: _group_norm,
    aten.cat.default: _cat,
    aten.view.default: _view,
    aten._unsafe_view.default: _view,
}
"""The law of each operator of torch's, on the explorer and the operator's arguments."""


OF_ANY_TYPE = {
    aten.cat.default,
    aten.view.default,
    aten._unsafe_view.default,
    aten.constant_pad_nd.default,
    aten.pixel_shuffle.default,
    aten.pixel_unshuffle.default,
}
"""Operators whose kernels are there for integers as well."""


OF_ANY_LAYOUT = {aten.view.default, aten._unsafe_view.default}
"""Operators of which the law speaks only where cells lie one after the other."""


def by_law(explorer: Explorer, operator: Any, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """Return what an operator gives by its law; nothing where no law says it.

    Of a tensor whose cells lie otherwise the law says which sizes are taken, and torch the rest. Of
    convolutions it says all: torch's meta code lays their output out as no kernel does.
    """
    law = LAWS.get(operator)
    if law is None or not args:
        return None
    tensors = args[0] if isinstance(args[0], (list, tuple)) else args[:1]
    if operator not in OF_ANY_TYPE and not tensors[0].is_floating_point():
        name = operator.overloadpacket.__name__
        explorer.lost(f"nobody has looked yet whether torch.{name} takes {tensors[0].dtype}")
    ordered = all(in_order(explorer, given) for given in tensors)
    if not ordered and operator in OF_ANY_LAYOUT:
        return None
    came = law(explorer, *args, **named)
    return came if ordered or operator is aten.convolution.default else None
