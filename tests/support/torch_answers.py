"""Two answers to one configuration: torch's, from a real forward on the CPU, and ours.

torch's module is built from the raw parameters, so no code of symconv takes part in its answer.
"""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

import torch

from symconv.chains import size
from symconv.chains.through import bound, requirements
from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer
from symconv.meanings.integers import PLAIN
from torch_configurations import Configuration

BATCH = 2
REFUSALS = (RuntimeError, ValueError, IndexError, ZeroDivisionError, AssertionError)
"""How torch refuses; anything else is a slip of the test."""


class Refusal(NamedTuple):
    """Why an input, or a layer whatever its input, is refused."""

    sentence: str


Answer = tuple[int, ...] | Refusal


@contextmanager
def quiet_torch() -> Iterator[None]:
    """Run torch on one thread, without gradients and without its warnings."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.set_num_threads(threads)


@lru_cache(maxsize=1000)
def _input(shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
    return torch.zeros(shape, dtype=dtype)


@lru_cache
def _names(layer: str) -> frozenset[str]:
    return frozenset(inspect.signature(getattr(torch.nn, layer)).parameters)


def torch_answer(one: Configuration) -> Answer:
    """Return the spatial sizes of torch's output, or its refusal."""
    parameters, arguments = dict(one.parameters), []
    shape = (BATCH, one.channels, *one.sizes)
    if one.layer.startswith("MaxUnpool"):
        arguments.append(_input(shape, torch.long))
    if one.layer.startswith(("ConvTranspose", "MaxUnpool")) and "output_size" in parameters:
        asked = parameters.pop("output_size")
        arguments.append(list(asked) if isinstance(asked, tuple) else [asked] * len(one.sizes))
    assert parameters.keys() <= _names(one.layer), one  # a slip of the test is no refusal
    try:
        module = getattr(torch.nn, one.layer)(**parameters).eval()
        output = module(_input(shape, torch.float32), *arguments)
    except REFUSALS as error:
        return Refusal(f"{type(error).__name__}: {error}"[:300])
    assert output.shape[0] == BATCH, one
    return tuple(output.shape[2:])


def our_answer(one: Configuration) -> Answer:
    """Return what `symconv.size` says, or what the layer refuses before any input."""
    try:
        found = size(LAYERS[one.layer](**one.parameters), one.sizes, channels=one.channels)
    except RequestError as error:
        law = re.search(r"\(([^()]+(?: \(axis \d\))?)\)$", error.needed)
        return Refusal(law[1] if law else error.needed)
    return Refusal(found.refused.sentence) if found.refused else found.rows[-1]


@lru_cache
def _unchecked(name: str) -> type[Layer]:
    """Return a layer that lets every parameter in, to ask its requirements one by one."""
    return type(name, (LAYERS[name],), {"_in_range": lambda self, row: None})


def broken(one: Configuration, operator: str) -> frozenset[str] | None:
    """Return the requirements that do not hold, each asked by itself.

    A requirement that divides by zero is not counted: it says nothing. `None` means that the
    layer is refused for something that is no requirement of a law, or that another operator's
    requirement is broken too.
    """
    try:
        layer = _unchecked(one.layer)(**one.parameters)
        rows = layer.rows(len(one.sizes))
    except RequestError:
        return None
    assert operator in {row.operator.name for row in rows}, (operator, one)
    found = {s for row in rows for s in _broken(row, one) if row.operator.name == operator}
    others = {s for row in rows for s in _broken(row, one) if row.operator.name != operator}
    return None if others else frozenset(found)


def _broken(row: Any, one: Configuration) -> Iterator[str]:
    values = bound(row, one.sizes, one.channels, PLAIN)
    for requirement in requirements(row.operator):
        try:
            holds = PLAIN.evaluate(requirement.law, values)
        except ZeroDivisionError:
            continue
        if not holds:
            yield requirement.sentence
