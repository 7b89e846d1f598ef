"""Copies of a model, each as fresh as the model itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from symconv.errors import RequestError
from symconv.networks.loading import told
from symconv.proving.clock import stopped
from symconv.witness import torch_module


class OpaqueError(Exception):
    """An object of which nobody knows whether it has changed."""


class Copies:
    """Fresh copies of a model in eval mode, which share the parameters of the first one.

    A copy that a run has left as it was is as fresh as a new one, and is given out again.

    Args:
        module: the model; it stays as it is.

    Raises:
        RequestError: it cannot be copied.
    """

    def __init__(self, module: Any) -> None:
        """Make the copies, with cells and without, of which the others are made."""
        name = type(module).__name__
        try:
            real = _copied(module)
            for part in real.modules():
                part.training = False
            self._models = {"real": real, "empty": _copied(real, _without_cells(real))}
        except Exception as error:
            if stopped(error):
                raise
            raise RequestError(
                f"{name}, of which fresh copies can be made",
                told(error),
                f"Try copy.deepcopy({name}()) in Python; a lazy module has to be run once before.",
            ) from None
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

    @property
    def held_by(self) -> str:
        """Which hook holds a part of the model, which copies of it would share; or nothing."""
        kind = torch_module().nn.Module
        for part in self._models["real"].modules():
            for hook in (*part._forward_hooks.values(), *part._forward_pre_hooks.values()):
                cells = getattr(hook, "__closure__", None) or ()
                if any(isinstance(cell.cell_contents, kind) for cell in cells):
                    return str(hook.__qualname__)
        return ""

    def _fresh(self, kind: str) -> Any:
        model, before = self._spare.get(kind, (None, None))
        if model is None or not _unchanged(model, before):
            origin = self._models[kind]
            model = _copied(origin, {id(each): each for each in origin.parameters()})
            self._spare[kind] = model, _state(model)
        return model


def _copied(module: Any, shared: dict[int, Any] | None = None) -> Any:
    """Return a deep copy; what a layer keeps of an earlier forward is copied without its past."""
    torch, memo = torch_module(), dict(shared or {})
    for part in module.modules():
        for value in vars(part).values():
            if isinstance(value, torch.Tensor) and not value.is_leaf:
                memo.setdefault(id(value), value.detach().clone())
    return copy.deepcopy(module, memo)


def _without_cells(module: Any) -> dict[int, Any]:
    """Return what stands for a model's tensors in a copy without cells."""
    torch = torch_module()
    shared: dict[int, Any] = {}
    for each in module.parameters():
        without = torch.empty_like(each, device="meta")
        shared[id(each)] = torch.nn.Parameter(without, requires_grad=each.requires_grad)
    for each in module.buffers():
        if each.is_floating_point() and each.numel() > 1:
            shared[id(each)] = torch.empty_like(each, device="meta")
    for part in module.modules():
        for value in vars(part).values():
            if isinstance(value, torch.Tensor) and value.is_floating_point() and value.numel() > 1:
                shared[id(value)] = torch.empty_like(value, device="meta")
    return shared


_PLAIN = (int, float, complex, bool, str, bytes, type, type(None), type(len), type(_copied))


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
