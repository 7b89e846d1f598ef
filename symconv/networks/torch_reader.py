"""A torch model run on sizes that are terms in `W`.

The model's own code runs, on tensors without cells. Operators whose laws we know are answered by
these (`torch_laws`), others by torch's meta code, which is remembered (`torch_cache`).

Reference: torch 2.13, `torch/utils/_python_dispatch.py` and `torch/overrides.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread, get_ident
from typing import Any

import torch
from torch._dispatch.python import enable_python_dispatcher
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from symconv.networks.exploring import Explorer
from symconv.networks.loading import told
from symconv.networks.reals import ASSUMED
from symconv.networks.torch_cache import Memory
from symconv.networks.torch_functions import (
    FUNCTIONS,
    PLACES,
    apart,
    attention_taken,
    plain,
)
from symconv.networks.torch_laws import by_law
from symconv.networks.torch_pointwise import pointwise
from symconv.networks.torch_values import check_values, check_writes
from symconv.networks.witnessing import comes_of_reading

TESTED = ("2.13", "2.14")
"""The versions of torch whose internals are known to be as they are taken here."""


class Reader:
    """Runs pieces of a model on sizes that are terms.

    Args:
        explorer: follows the sizes.
    """

    def __init__(self, explorer: Explorer) -> None:
        """Have run none."""
        self._explorer = explorer
        self._operators = _Operators(explorer)

    def run(self, piece: Callable[[], Any]) -> Any:
        """Run a piece of a model."""
        with (
            torch.no_grad(),
            torch.device("meta"),
            enable_python_dispatcher(),
            self._operators,
            _Functions(self._explorer),
            attention_taken(),
            _alone(self._explorer),
        ):
            return piece()

    @property
    def unruled(self) -> tuple[str, ...]:
        """The operators that torch's own code answered, in the order in which they came up."""
        return tuple(self._operators.unruled)

    @property
    def assumes(self) -> tuple[str, ...]:
        """What the reading takes for granted."""
        return (ASSUMED,) if self._explorer.floating else ()


@contextmanager
def _alone(explorer: Explorer) -> Iterator[None]:
    """Give a run up that starts a thread: the modes that read it are a thread's own."""
    start = Thread.start

    def started(thread: Thread) -> None:
        if get_ident() == explorer.thread:
            explorer.lost("starts a thread of its own")
        start(thread)

    Thread.start = started  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Thread.start = start  # type: ignore[method-assign]


@contextmanager
def without_cells() -> Iterator[None]:
    """Run torch as it is on tensors without cells, also where buffers have kept theirs."""
    with torch.no_grad(), torch.device("meta"), _Mixed(), _Placed():
        yield


@contextmanager
def unscripted() -> Iterator[None]:
    """Leave functions as they are that a model has compiled by `torch.jit.script`."""
    scripting = torch.jit._state._enabled.enabled
    torch.jit._state.disable()
    try:
        yield
    finally:
        if scripting:
            torch.jit._state.enable()


class _Operators(TorchDispatchMode):  # type: ignore[misc]  # torch has no types here
    """Answers each operator: by its law, by what is remembered, or by torch."""

    def __init__(self, explorer: Explorer) -> None:
        """Remember nothing."""
        super().__init__()
        self._explorer, self._memory = explorer, Memory(explorer)
        self.unruled: dict[str, None] = {}

    def __torch_dispatch__(
        self, operator: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        named, explorer = kwargs or {}, self._explorer
        explorer.clock.check()
        places = {given.device.type for given in _tensors(args)}
        if places and "meta" not in places:  # buffers have kept their values
            return self._torch(operator, args, named)
        check_values(explorer, operator, args, named)
        check_writes(explorer, operator, args, named)
        args = _together(args)
        for answer in (pointwise, by_law):
            came = answer(explorer, operator, args, named)
            if came is not None:
                return came
        if any(isinstance(each, torch.Tensor | torch.SymInt) for each in _flat(args)):
            self.unruled[f"torch.{operator.overloadpacket.__name__}"] = None
        return self._memory.call(operator, args, named, lambda: self._torch(operator, args, named))

    def _torch(self, operator: Any, args: Any, named: Any) -> Any:
        return _by_torch(self._explorer, operator, args, named)


class _Mixed(TorchDispatchMode):  # type: ignore[misc]
    """Takes the cells of buffers away where they meet tensors without cells."""

    def __torch_dispatch__(
        self, operator: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        return operator(*_together(args), **(kwargs or {}))


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
        args = apart(function, args)
        answer = FUNCTIONS.get(function)
        if answer is not None:
            came = answer(self._explorer, *args, **named)
            if came is not None:
                return came
        return _by_torch(self._explorer, function, args, named)


def _by_torch(explorer: Explorer, function: Any, args: Any, named: Any) -> Any:
    """Let torch's own code answer; an error that comes of the reading ends the run.

    Raised as it is, a model might catch it, and go on as it never would.
    """
    try:
        return function(*args, **named)
    except (RuntimeError, TypeError) as error:
        if comes_of_reading(error):
            explorer.lost(told(error))
        raise


class _Placed(TorchFunctionMode):  # type: ignore[misc]
    """Answers where a tensor is as if it had cells."""

    def __torch_function__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        args, named = plain(function, args, kwargs or {})
        return PLACES[function] if function in PLACES else function(*args, **named)


def _flat(args: Sequence[Any]) -> list[Any]:
    return [each for value in args for each in (value if isinstance(value, list) else [value])]


def _tensors(args: Sequence[Any]) -> list[Any]:
    return [each for each in _flat(args) if isinstance(each, torch.Tensor)]


def _together(args: Sequence[Any]) -> Sequence[Any]:
    """Return arguments without cells where some of them have none: buffers may have kept theirs."""
    places = {each.device.type for each in _tensors(args)}
    if len(places) < 2 or "meta" not in places:
        return args
    return tuple(
        [_empty(each) for each in value] if isinstance(value, list) else _empty(value)
        for value in args
    )


def _empty(value: Any) -> Any:
    return value.to("meta") if isinstance(value, torch.Tensor) and value.dim() else value
