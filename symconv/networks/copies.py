"""Copies of a model, each as fresh as the model itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from symconv.errors import RequestError
from symconv.networks.loading import told
from symconv.proving.clock import stopped
from symconv.witness import torch_module

FEW = 64
"""Of tensors with no more cells, values are looked at."""


class Copies:
    """Fresh copies of a model in eval mode, whose parameters are one another's.

    A copy that a run has left as it was is as fresh as a new one, and is given out again. Of those
    that were given out since they were last looked at, that is checked.

    Args:
        module: the model; it stays as it is.

    Attributes:
        model: the model itself.

    Raises:
        RequestError: it cannot be copied.
    """

    def __init__(self, module: Any) -> None:
        """Make a copy with cells, and one without."""
        self.model = module
        self._spare: dict[str, tuple[Any, list[Any] | None]] = {}
        self._given = set[str]()
        name = type(module).__name__
        try:
            self._shared = {"real": _weights(module), "empty": _without_cells(module)}
            for kind in self._shared:
                self._make(kind)
        except Exception as error:
            if stopped(error):
                raise
            raise RequestError(
                f"{name}, of which fresh copies can be made",
                told(error),
                f"Try copy.deepcopy({name}()) in Python; a lazy module has to be run once before.",
            ) from None

    def real(self) -> Any:
        """Return a copy with real tensors."""
        return self._fresh("real")

    def empty(self) -> Any:
        """Return a copy whose parameters have no cells.

        Buffers of integers, of truth values and of one element keep their values: sizes are made
        of them.
        """
        return self._fresh("empty")

    def changes(self) -> bool:
        """Look whether the last copy without cells is not as it was any more."""
        if _unchanged(*self._spare["empty"]):
            self._given.discard("empty")
            return False
        return True

    @property
    def held_by(self) -> str:
        """Which hook holds a part of the model, which copies of it would share; or nothing."""
        kind = torch_module().nn.Module
        for part in self.model.modules():
            for hook in (*part._forward_hooks.values(), *part._forward_pre_hooks.values()):
                cells = getattr(hook, "__closure__", None) or ()
                if any(isinstance(cell.cell_contents, kind) for cell in cells):
                    return str(hook.__qualname__)
        return ""

    def _fresh(self, kind: str) -> Any:
        if kind in self._given and not _unchanged(*self._spare[kind]):
            self._make(kind)
        self._given.add(kind)
        return self._spare[kind][0]

    def _make(self, kind: str) -> None:
        model = copy.deepcopy(self.model, dict(self._shared[kind]))
        for part in model.modules():
            part.training = False
        self._spare[kind] = model, _state(model)


def _weights(module: Any) -> dict[int, Any]:
    """Return what stands for a model's tensors in real copies: they share parameters.

    What a layer keeps of an earlier forward has a past, which cannot be copied, and needs none.
    """
    with torch_module().no_grad():
        kept = {id(each): each.clone().requires_grad_(False) for each in _past(module)}
        parameters = {id(each): copy.deepcopy(each) for each in module.parameters()}
    return kept | parameters


def _past(module: Any) -> Iterator[Any]:
    """Yield the tensors that a model's layers have computed and keep."""
    kind = torch_module().Tensor
    for part in module.modules():
        values = vars(part).values()
        yield from (each for each in values if isinstance(each, kind) and not each.is_leaf)


def _without_cells(module: Any) -> dict[int, Any]:
    """Return what stands for a model's tensors in copies without cells."""
    torch = torch_module()
    shared: dict[int, Any] = {}
    for each in module.parameters():
        without = torch.empty_like(each, device="meta")
        shared[id(each)] = torch.nn.Parameter(without, requires_grad=each.requires_grad)
    for each in (*module.buffers(), *_past(module)):
        if each.is_floating_point() and each.numel() > 1:
            shared[id(each)] = torch.empty_like(each, device="meta")
        elif not each.is_leaf:
            shared[id(each)] = each.detach().clone()
    return shared


_PLAIN = {int, float, complex, bool, str, bytes, type, type(None), type(len), type(_weights)}


def _state(model: Any) -> list[Any] | None:
    """Return what a model holds, in order; nothing where some of it may change unseen."""
    leaves = list[Any]()
    return leaves if _gather(model, leaves, set()) else None


def _gather(value: Any, leaves: list[Any], seen: set[int]) -> bool:
    """List what a value holds, down to what cannot change, and how often tensors were changed.

    Returns:
        Whether all of it is known to be listed.
    """
    torch = torch_module()
    if type(value) in _PLAIN:
        leaves.append(value)
        return True
    if isinstance(value, torch.Tensor):
        leaves += (value, value._version)
        if value.device.type == "cpu" and value.numel() <= FEW:  # `.data` has a version of its own
            leaves.append(str(value.tolist()))
        return True
    if id(value) in seen:
        return True
    seen.add(id(value))
    if isinstance(value, torch.nn.Module):
        value = vars(value)
    if isinstance(value, dict):
        leaves += value
        return all(_gather(part, leaves, seen) for part in value.values())
    if isinstance(value, (list, tuple, set, frozenset)):
        leaves.append(len(value))
        return all(_gather(part, leaves, seen) for part in value)
    leaves.append(value)
    return type(value).__module__.startswith("torch") and not hasattr(value, "__dict__")


def _unchanged(model: Any, before: list[Any] | None) -> bool:
    """Whether a model still holds what it held."""
    if before is None:
        return False
    now = _state(model)
    if now is None or len(now) != len(before):
        return False
    pairs = zip(now, before, strict=True)
    return all(a is b or (type(a) is type(b) in (int, str) and a == b) for a, b in pairs)
