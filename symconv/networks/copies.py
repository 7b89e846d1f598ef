"""Copies of a model, each as fresh as the model itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from symconv.witness import torch_module


class OpaqueError(Exception):
    """An object of which nobody knows whether it has changed."""


class Copies:
    """Fresh copies of a model, which share its parameters.

    A copy that a run has left as it was is as fresh as a new one, and is given out again.

    Args:
        module: the model.
    """

    def __init__(self, module: Any) -> None:
        """Make the copy without cells of which the others are made."""
        self._models = {"real": module, "empty": _emptied(module)}
        self._spare: dict[str, tuple[Any, list[Any] | None]] = {}

    def real(self) -> Any:
        """Return a copy with real tensors."""
        return self._fresh("real")

    def empty(self) -> Any:
        """Return a copy whose parameters have no cells.

        Buffers of integers, of truth values and of one element keep their values: sizes are made
        of them.
        """
        return self._fresh("empty")

    @property
    def changed(self) -> bool:
        """Whether the last copy without cells is not as it was any more."""
        model, before = self._spare["empty"]
        return not _unchanged(model, before)

    def _fresh(self, kind: str) -> Any:
        model, before = self._spare.get(kind, (None, None))
        if model is None or not _unchanged(model, before):
            origin = self._models[kind]
            model = copy.deepcopy(origin, {id(each): each for each in origin.parameters()})
            self._spare[kind] = model, _state(model)
        return model


def _emptied(module: Any) -> Any:
    torch = torch_module()
    shared: dict[int, Any] = {}
    for each in module.parameters():
        without = torch.empty_like(each, device="meta")
        shared[id(each)] = torch.nn.Parameter(without, requires_grad=False)
    for each in module.buffers():
        if each.is_floating_point() and each.numel() > 1:
            shared[id(each)] = torch.empty_like(each, device="meta")
    return copy.deepcopy(module, shared)


_PLAIN = (int, float, complex, bool, str, bytes, type, type(None), type(len), type(_emptied))


def _state(model: Any) -> list[Any] | None:
    """Return what a model holds, in order; nothing where some of it may change unseen."""
    try:
        return list(_leaves(model, set()))
    except OpaqueError:
        return None


def _leaves(value: Any, seen: set[int]) -> Iterator[Any]:
    """Yield what a value holds, down to what cannot change, and how often tensors were changed."""
    torch = torch_module()
    if isinstance(value, torch.Tensor):
        yield value
        yield value._version
    elif isinstance(value, _PLAIN) or type(value).__module__ == "torch":
        yield value
    elif id(value) in seen:
        return
    else:
        seen.add(id(value))
        if isinstance(value, torch.nn.Module):
            value = vars(value)
        if isinstance(value, dict):
            for name, part in value.items():
                yield name
                yield from _leaves(part, seen)
        elif isinstance(value, (list, tuple, set, frozenset)):
            yield len(value)
            for part in value:
                yield from _leaves(part, seen)
        else:
            raise OpaqueError


def _unchanged(model: Any, before: list[Any] | None) -> bool:
    """Whether a model still holds what it held."""
    if before is None:
        return False
    now = _state(model)
    if now is None or len(now) != len(before):
        return False
    return all(
        a is b or (type(a) is type(b) is int and a == b) for a, b in zip(now, before, strict=True)
    )
