"""Operators that work cell by cell, which torch has a tag for.

Their output is as large as what goes in, and torch is asked for nothing but its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.torch_sizes import amounts, in_order, tensor

_types: dict[Any, Any] = {}
"""What torch said of the type, by the operator and the types that go in."""


def pointwise(explorer: Explorer, operator: Any, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """Return what an operator gives that works cell by cell; nothing where it is none of these.

    One of the tensors has the sizes of what comes out; others may have one cell on some axes, or
    fewer axes.
    """
    if torch.Tag.pointwise not in operator.tags or named.get("memory_format"):
        return None
    tensors = [value for value in args if isinstance(value, torch.Tensor)]
    shapes = [amounts(given.shape) for given in tensors]
    shape = next((each for each in shapes if all(_fits(other, each) for other in shapes)), None)
    if shape is None or not all(in_order(explorer, given) for given in tensors):
        return None
    mutable = operator._schema.is_mutable
    if mutable and (args[0] is not tensors[0] or shapes[0] != shape or "out" in named):
        return None
    dtype = _type_of(operator, args, named)
    if dtype is None:
        return None
    return args[0] if mutable else tensor(explorer, shape, dtype)


def _fits(sizes: Sequence[Any], shape: Sequence[Any]) -> bool:
    """Whether a tensor of some sizes is stretched to a shape, whatever the sizes are."""
    if len(sizes) > len(shape):
        return False
    behind = shape[len(shape) - len(sizes) :]
    return all(size in (1, other) for size, other in zip(sizes, behind, strict=True))


def _type_of(operator: Any, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """Return the type of what comes out, as torch says of one cell; nothing if it is no tensor."""
    values = (*args, *named.values())
    if any(isinstance(value, _OPEN) for value in values):
        return None
    key = (operator, torch.get_default_dtype(), tuple(map(_key, values)), tuple(named))
    if key not in _types:
        cells = [_cell(value) if isinstance(value, torch.Tensor) else value for value in args]
        came = operator(*cells, **named)
        _types[key] = came.dtype if isinstance(came, torch.Tensor) else None
    return _types[key]


_OPEN = (torch.SymInt, torch.SymFloat, torch.SymBool, list, tuple, dict)


def _key(value: Any) -> Any:
    """Return what the type depends on."""
    if isinstance(value, torch.Tensor):
        return value.dtype, value.dim() == 0
    return type(value), value


def _cell(given: Any) -> Any:
    """Return a tensor of the same type with one cell, or without axes."""
    return torch.empty([1] * (given.dim() > 0), dtype=given.dtype, device="meta")
