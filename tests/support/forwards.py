"""Real forwards of models: the truth that answers about models are compared with."""

from __future__ import annotations

import copy
from typing import Any

import torch


def forward(module: torch.nn.Module, axes: tuple[Any, ...], size: int) -> Any:
    """Return the shapes that a fresh copy of a model gives for a size, or what it raises."""
    model = copy.deepcopy(module).eval()
    shape = [axis if isinstance(axis, int) else size for axis in axes]
    with torch.no_grad():
        try:
            came = model(torch.zeros(shape))
        except Exception as error:
            return error
    return [tuple(tensor.shape) for tensor in flat(came)]


def flat(came: Any) -> list[torch.Tensor]:
    """Return the tensors in what a model returned."""
    if isinstance(came, torch.Tensor):
        return [came]
    if isinstance(came, dict):
        came = list(came.values())
    return (
        [tensor for part in came for tensor in flat(part)]
        if isinstance(came, (list, tuple))
        else []
    )


def axes_of(text: str) -> tuple[Any, ...]:
    """Return an input's shape, with a letter where a size is open."""
    return tuple(int(part) if part.isdigit() else part for part in text.split(","))


def differing(audited: Any, module: torch.nn.Module, sizes: Any) -> list[str]:
    """Return where an answer differs from real forwards, for sizes of which it says something."""
    from symconv.meanings.integers import compiled
    from symconv.terms import Term

    faults, unknown = [], audited.open
    for size in sizes:
        if size in unknown:
            continue
        truth = forward(module, audited.axes, size)
        if (size in audited.valid) != (not isinstance(truth, Exception)):
            faults.append(f"{size}: {size in audited.valid}, truly {truth!r}")
            continue
        if isinstance(truth, Exception):
            continue
        entries = [
            next(output for output in each if size in output.sizes)
            for each in audited.outputs
            if any(size in output.sizes for output in each)
        ]
        said = [
            tuple(
                compiled(part, ("W",))(size) if isinstance(part, Term) else part
                for part in output.shape
            )
            for output in entries
        ]
        if said != truth:
            faults.append(f"{size}: {said}, truly {truth}")
    return faults
