"""torch as a witness: our layers built as torch's own, and run on the CPU.

A run is a real forward of a real module in eval mode on a tensor of zeros; meta tensors are no
witness, for they accept what the kernels refuse. Nothing here computes a size of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import signature
from threading import RLock
from typing import Any, NamedTuple
from warnings import catch_warnings

from symconv.errors import RequestError
from symconv.layers import Layer

_running = RLock()
"""Held by the thread that runs layers: which warnings are shown is one setting of the process.

Torch's are not: what it says of speed is not about sizes.
"""


def torch_module() -> Any:
    """Return torch, or say how to install it."""
    try:
        import torch
    except ImportError:
        raise RequestError(
            "torch, to run layers",
            "an environment without it",
            "Install it as the README says, with the extra named torch.",
        ) from None
    return torch


def build(layer: Layer, channels: int | None = None) -> Any:
    """Return torch's module for a layer, in eval mode.

    Args:
        layer: a layer whose parameters are numbers.
        channels: input and output channels of a convolution that names none; by default as few
            as its groups allow.

    Raises:
        Exception: whatever torch raises for parameters that it refuses.
    """
    kind = _torchs(layer)
    taken = signature(kind).parameters
    given = {name: getattr(layer, name) for name in layer.parameters if name in taken}
    if "in_channels" in given and given["in_channels"] is None:
        given["in_channels"] = given["out_channels"] = channels or given["groups"]
    return kind(**given).eval()


def weights(layer: Layer) -> int:
    """Return how many parameters torch's module has; none of them is allocated."""
    with torch_module().device("meta"), _running, catch_warnings(action="ignore"):
        try:
            return sum(weight.numel() for weight in build(layer).parameters())
        except Exception:  # what torch refuses, it says when the layer is run
            return 0


def lacking(layers: Iterable[Layer]) -> tuple[str, ...]:
    """Return the layers that torch does not have, by name."""
    names = dict.fromkeys(type(layer).__name__ for layer in layers)
    return tuple(name for name in names if not hasattr(torch_module().nn, name))


def _torchs(layer: Layer) -> Any:
    name = type(layer).__name__
    if lacking([layer]):
        raise RequestError(
            "a layer of torch, to run it", f"{name}: torch has no such layer", "Do not run it."
        )
    return getattr(torch_module().nn, name)


class _Runner(NamedTuple):
    """A module that is run on several sizes: making one costs more than running it.

    Attributes:
        module: torch's module.
        channels: how many channels it takes.
        indices: whether it takes indices beside its input, as unpooling does.
        output_size: what it is asked for, where that is asked at the call.
    """

    module: Any
    channels: int
    indices: bool
    output_size: Any


@lru_cache(maxsize=4)
def _runner(layer: Layer, channels: int | None) -> _Runner:
    module = build(layer, channels)
    own = vars(module)  # torch answers slowly for what a module lacks
    counts = (own[name] for name in ("in_channels", "num_features", "num_channels") if name in own)
    taken = channels or int(next(counts, 1))
    called = signature(module.forward).parameters
    asked = getattr(layer, "output_size", None) if "output_size" in called else None
    return _Runner(module, taken, "indices" in called, asked)


@dataclass
class Witness:
    """Runs layers, and counts the forward calls that it makes.

    Attributes:
        forward_calls: how many modules have been called.
        batch: the batch size of the tensors.
    """

    batch: int = 1
    forward_calls: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        """What the answers are by, for reports."""
        return f"torch {torch_module().__version__.split('+')[0]}"

    def sizes(
        self, layer: Layer, sizes: tuple[int, ...], channels: int | None = None
    ) -> tuple[int, ...] | str:
        """Return the spatial sizes that torch gives, or why it refuses.

        Args:
            layer: a layer whose parameters are numbers.
            sizes: the input's size on each axis.
            channels: the input's channels; by default what the layer is made for.
        """
        return self.each(layer, (sizes,), channels)[0]

    def each(
        self, layer: Layer, inputs: Iterable[tuple[int, ...]], channels: int | None = None
    ) -> list[tuple[int, ...] | str]:
        """Return what torch gives for several inputs of one layer, as `sizes` does for one.

        Raises:
            RequestError: torch has no such layer.
        """
        torch = torch_module()
        with torch.inference_mode(), _running, catch_warnings(action="ignore"):
            try:
                runner = _runner(layer, channels)
            except RequestError:
                raise
            except Exception as error:  # whatever torch says is its answer
                return [_said(error)] * len(tuple(inputs))
            return [self._run(torch, runner, sizes) for sizes in inputs]

    def _run(self, torch: Any, runner: _Runner, sizes: tuple[int, ...]) -> tuple[int, ...] | str:
        module, channels, indices, asked = runner
        shape = (self.batch, channels, *sizes)
        try:
            arguments: list[Any] = [torch.zeros(shape)]
            if indices:
                arguments.append(torch.zeros(shape, dtype=torch.long))
            if asked is not None:
                arguments.append(list(asked) if isinstance(asked, tuple) else [asked] * len(sizes))
            self.forward_calls += 1
            output = module(*arguments)
        except Exception as error:
            return _said(error)
        output = output[0] if isinstance(output, tuple) else output  # a pool with its indices
        return tuple(output.shape[2:])


def _said(error: Exception) -> str:
    said = str(error).splitlines()[0][:200] if str(error) else ""
    return f"{type(error).__name__}: {said}"
