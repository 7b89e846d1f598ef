"""Operators that take indices into axes, and what they put there.

An index that a buffer keeps is known, and whether it lies within an axis is a decision. Of other
indices nothing is known. What is put into cells has to fit, which torch's meta code does not ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.torch_sizes import amount_of, amounts
from symconv.networks.truths import either
from symconv.networks.witnessing import RefusedError

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


_AXES: dict[str, Callable[..., Iterator[Indexed]]] = {
    "embedding": _table,
    "index": _by_list,
    "index_put": _by_list,
    "gather": _along,
    "index_select": _along,
    "index_add": _along,
    "index_copy": _along,
    "index_fill": _along,
    "scatter": _along,
    "scatter_add": _along,
    "scatter_reduce": _along,
}
"""Of each operator that takes an index, the axes that it counts in."""


def _added(given: Any, dim: int, index: Any, source: Any, *_: Any) -> tuple[Any, list[Any]]:
    """Return what is added along an axis, and the sizes that it has to have."""
    sizes = amounts(given.shape) or [1]
    sizes[dim] = amount_of(index.numel())
    return source, sizes if given.dim() else amounts(source.shape)


def _put(given: Any, indices: Sequence[Any], values: Any, *_: Any) -> tuple[Any, list[Any]]:
    """Return what is put into cells, and the sizes that it is stretched to."""
    without = [index if index is None else index.to("meta") for index in indices]
    return values, amounts(torch.ops.aten.index(given.to("meta"), without).shape)


_SOURCES: dict[str, Callable[..., tuple[Any, list[Any]]]] = {
    "index_add": _added,
    "index_put": _put,
}
"""Of each operator whose source has to fit, though torch's meta code does not ask: the sizes."""


INDEXED = frozenset(_AXES)
"""Operators that take indices."""


def check_indices(explorer: Explorer, name: str, args: Sequence[Any]) -> None:
    """See that indices lie within their axes, and that what is put there fits.

    Args:
        explorer: follows the sizes.
        name: an operator of `INDEXED`, or that with a `_` which writes in place.
        args: its arguments.

    Raises:
        RefusedError: an index lies beyond its axis, or something does not fit.
        LostError: nobody knows.
    """
    plain = name.removesuffix("_")
    for size, index in _AXES[plain](*args):
        _check_index(explorer, name, size, index)
    if plain in _SOURCES:
        _check_source(explorer, *_SOURCES[plain](*args), stretched=plain == "index_put")


def _check_index(explorer: Explorer, name: str, size: Any, index: Any) -> None:
    """Decide whether all of an index's values lie within an axis."""
    if index.dtype in (torch.bool, torch.uint8):
        explorer.lost(f"looks at values, in {name}")
    if index.device.type == "meta":
        if 0 in amounts(index.shape):
            return
        explorer.lost(f"takes cells by an index, in {name}")
    if index.numel():
        most = max(int(index.max()) + 1, -int(index.min()))
        if not explorer.decide(explorer.recorder.at_most(most, amount_of(size))):
            raise RefusedError("an index lies within its axis")


def _check_source(explorer: Explorer, source: Any, cells: Sequence[Any], stretched: bool) -> None:
    """Decide whether what is put into cells has their sizes, or is stretched to them.

    Raises:
        RefusedError: it does not fit.
    """
    sizes = amounts(source.shape)
    if len(sizes) > len(cells) or (len(sizes) < len(cells) and not stretched):
        raise RefusedError(f"{len(cells)} axes are filled from as many")
    for size, wanted in zip(sizes, cells[len(cells) - len(sizes) :], strict=True):
        fits = explorer.recorder.equal(size, wanted)
        if stretched:
            fits = either(fits, explorer.recorder.equal(size, 1))
        if not explorer.decide(fits):
            raise RefusedError("what is put into cells has their sizes")
