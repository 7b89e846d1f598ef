"""What torch's own code made of an operator, remembered by the terms of its arguments.

Torch's meta code is Python and asks thousands of questions a model. An entry keeps what it asked
and how that was answered; where all of it is answered alike again, so is the result. What looks at
the sizes in another way than by a decision is not kept (`Trace.repeats`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.torch_sizes import amount_of, amounts, tensor
from symconv.networks.traces import Trace

_PLAIN = (
    int, float, bool, str, type(None), torch.dtype, torch.device, torch.layout, torch.memory_format,
)  # fmt: skip


class _NewError(Exception):
    """Something that the memory has no key for."""


class Memory:
    """Results of operators.

    Args:
        explorer: follows the sizes.
    """

    def __init__(self, explorer: Explorer) -> None:
        """Remember nothing."""
        self._explorer = explorer
        self._entries: dict[Any, list[tuple[Trace, Any]]] = {}

    def call(
        self, operator: Any, args: Sequence[Any], named: dict[str, Any], run: Callable[[], Any]
    ) -> Any:
        """Return what an operator gives: what it gave before, or what it gives when it is run."""
        schema = operator._schema
        if schema.is_mutable or any(each.alias_info is not None for each in schema.returns):
            return run()
        try:
            pairs = tuple((name, _key(value)) for name, value in sorted(named.items()))
            key = (operator, _key(args), pairs)
        except _NewError:
            return run()
        entries = self._entries.setdefault(key, [])
        for trace, result in entries:
            if self._explorer.repeats(trace):
                return self._made(result)
        with self._explorer.traced() as trace:
            came = run()
        if trace.repeats:
            with suppress(_NewError):
                entries.append((trace, _result(came)))
        return came

    def _made(self, result: Any) -> Any:
        if isinstance(result, list):
            return [self._made(each) for each in result]
        return tensor(self._explorer, *result)


def _key(value: Any) -> Any:
    """Return what an argument's result depends on."""
    if isinstance(value, torch.Tensor):
        if value.device.type != "meta" or value.layout != torch.strided:
            raise _NewError
        shape, strides = amounts(value.shape), amounts(value.stride())
        return (*shape, "by", *strides, value.dtype, amount_of(value.storage_offset()))
    if isinstance(value, torch.SymInt | torch.SymFloat | torch.SymBool):
        return amount_of(value)
    if isinstance(value, (list, tuple)):
        return tuple(map(_key, value))
    if isinstance(value, _PLAIN):
        return type(value), value
    raise _NewError


def _result(came: Any) -> Any:
    """Return how a result is made again."""
    if isinstance(came, torch.Tensor) and came.layout == torch.strided:
        return amounts(came.shape), came.dtype, amounts(came.stride())
    if isinstance(came, (list, tuple)):
        return [_result(each) for each in came]
    raise _NewError
