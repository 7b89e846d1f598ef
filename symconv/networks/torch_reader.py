"""A torch model run on sizes that are terms in `W`.

The model's own code runs, on tensors without cells. Operators whose laws we know are answered by
these (`torch_laws`), others by torch's meta code, which is remembered (`torch_cache`).

Reference: torch 2.13, `torch/utils/_python_dispatch.py` and `torch/overrides.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch._dispatch.python import enable_python_dispatcher
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from symconv.networks.exploring import Explorer
from symconv.networks.torch_cache import Memory
from symconv.networks.torch_functions import FUNCTIONS, plain
from symconv.networks.torch_laws import by_law, pointwise

TESTED = ("2.13", "2.14")
"""The versions of torch whose internals are known to be as they are taken here."""


class _Operators(TorchDispatchMode):  # type: ignore[misc]  # torch has no types here
    """Answers each operator: by its law, by what is remembered, or by torch."""

    def __init__(self, explorer: Explorer) -> None:
        """Remember nothing."""
        super().__init__()
        self._explorer, self._memory = explorer, Memory(explorer)

    def __torch_dispatch__(
        self, operator: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        named = kwargs or {}
        self._explorer.clock.check()
        for answer in (pointwise, by_law):
            came = answer(self._explorer, operator, args, named)
            if came is not None:
                return came
        return self._memory.call(operator, args, named, lambda: operator(*args, **named))


class _Functions(TorchFunctionMode):  # type: ignore[misc]
    """Answers torch's functions that would take a size for a plain integer."""

    def __init__(self, explorer: Explorer) -> None:
        """Follow these sizes."""
        super().__init__()
        self._explorer = explorer

    def __torch_function__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        args, named = plain(function, args, kwargs or {})
        answer = FUNCTIONS.get(function)
        if answer is not None:
            came = answer(self._explorer, *args, **named)
            if came is not None:
                return came
        return function(*args, **named)


@contextmanager
def reading(explorer: Explorer) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Let a model be read: what is yielded runs a piece of it on sizes that are terms."""
    operators = _Operators(explorer)

    def run(piece: Callable[[], Any]) -> Any:
        with (
            torch.no_grad(),
            torch.device("meta"),
            enable_python_dispatcher(),
            operators,
            _Functions(explorer),
        ):
            return piece()

    yield run
