"""Operators that look at values: what an index says, no size tells.

An index that a buffer keeps is known, and whether it lies within an axis is a decision. Of other
indices nothing is known, and neither is what a model does with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.torch_sizes import amount_of
from symconv.networks.witnessing import RefusedError

aten = torch.ops.aten

Indexed = tuple[Any, Any]
"""The size of an axis, and a tensor with indices into it."""


def _by_list(given: Any, indices: Sequence[Any], *_: Any) -> Iterator[Indexed]:
    for axis, index in enumerate(indices):
        if index is not None:
            yield given.shape[axis] if axis < given.dim() else 1, index


def _along(given: Any, dim: int, index: Any, *_: Any) -> Iterator[Indexed]:
    yield given.shape[dim] if given.dim() else 1, index


def _table(weight: Any, indices: Any, *_: Any) -> Iterator[Indexed]:
    yield weight.shape[0], indices


def _unknown(*_: Any) -> Iterator[Indexed]:
    yield 0, None


_AXES: dict[Any, Callable[..., Iterator[Indexed]]] = {
    aten.embedding: _table,
    aten.embedding_bag: _table,
    aten._embedding_bag: _table,
    aten.index: _by_list,
    aten.index_put: _by_list,
    aten.index_put_: _by_list,
    **{
        getattr(aten, name): _along
        for base in (
            "gather", "index_select", "index_add", "index_copy", "index_fill", "scatter",
            "scatter_add", "scatter_reduce", "index_reduce",
        )
        for name in (base, f"{base}_")
        if hasattr(aten, name)
    },
    **{
        getattr(aten, name): _unknown
        for name in (
            "take", "put", "put_", "nonzero", "masked_select", "masked_scatter", "bincount",
            "repeat_interleave", "unique_dim", "_unique2", "unique_consecutive", "max_unpool2d",
            "max_unpool3d", "nll_loss_forward", "nll_loss2d_forward", "multinomial",
            "_local_scalar_dense", "equal",
        )
        if hasattr(aten, name)
    },
}  # fmt: skip
"""Of each operator that looks at values, the axes that they count in."""


def check_values(explorer: Explorer, operator: Any, args: Sequence[Any]) -> None:
    """Decide whether indices lie within their axes.

    Raises:
        RefusedError: one does not.
        LostError: nobody knows the indices.
    """
    axes = _AXES.get(operator.overloadpacket)
    if axes is None:
        return
    for size, index in axes(*args):
        if not isinstance(index, torch.Tensor) or index.dtype in (torch.bool, torch.uint8):
            if _has_values(args):
                return
            explorer.lost(f"looks at values, in {operator.overloadpacket.__name__}")
        if index.device.type == "meta":
            if not index.numel() if type(index.numel()) is int else False:
                continue
            explorer.lost(f"takes cells by an index, in {operator.overloadpacket.__name__}")
        if index.numel():
            length, recorder = amount_of(size), explorer.recorder
            low, high = int(index.min()), int(index.max())
            bounds = recorder.at_most(max(high + 1, -low), length)
            if not explorer.decide(bounds):
                raise RefusedError("an index lies within its axis")


def _has_values(args: Sequence[Any]) -> bool:
    """Whether all tensors have cells: then torch simply computes."""
    flat = [each for value in args for each in (value if isinstance(value, list) else [value])]
    tensors = [each for each in flat if isinstance(each, torch.Tensor)]
    return all(each.device.type != "meta" for each in tensors)
