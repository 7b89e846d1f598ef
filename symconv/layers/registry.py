"""Which layers there are: decorators that register them, and how they are taken out again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import new_class
from typing import Any

from symconv.layers.layer import Layer

REGISTERED: dict[str, type[Layer]] = {}
"""The layers of the families that have been imported, and others, by their names."""

ENDING: dict[str, type[Layer]] = {}
"""The layers that end a chain, once they have been imported."""


def layer(kind: type[Layer]) -> type[Layer]:
    """Register a layer under its name (a decorator)."""
    REGISTERED[kind.__name__] = kind
    return kind


def ending(kind: type[Layer]) -> type[Layer]:
    """Register a layer that ends a chain (a decorator)."""
    ENDING[kind.__name__] = kind
    return kind


def unregister(name: str) -> None:
    """Take a layer out again that `layer` has registered."""
    del REGISTERED[name]


@contextmanager
def registered(*kinds: type[Layer]) -> Iterator[None]:
    """Register layers for a while, as a test needs it."""
    before = dict(REGISTERED)
    try:
        for kind in kinds:
            layer(kind)
        yield
    finally:
        for kind in kinds:
            unregister(kind.__name__)
        REGISTERED.update({k.__name__: before[k.__name__] for k in kinds if k.__name__ in before})


def row(kind: type[Layer], name: str, says: str | None = None, **own: Any) -> type[Layer]:
    """Make a layer that is a row of a table, and register it in the module of its kind.

    Args:
        kind: what it has in common with others.
        name: torch's name.
        says: what it does; by default, what its kind does.
        own: what is particular to it: a parameter, a law, a number of axes.
    """
    body = {"__module__": kind.__module__, "__doc__": says} | own
    made = layer(new_class(name, (kind,), exec_body=lambda namespace: namespace.update(body)))
    setattr(sys.modules[kind.__module__], name, made)
    return made


def in_axes(
    table: Mapping[int, Mapping[str, Any]],
) -> Callable[[type[Layer]], type[Layer]]:
    """Register a kind of layer for several numbers of axes (a decorator).

    Args:
        table: for each number of axes, what is particular to it: `_AvgPool` with `{1: {}, 3:
            {"law": "avg_pool3d"}}` becomes `AvgPool1d` and `AvgPool3d`, which has its own law.
    """

    def register(kind: type[Layer]) -> type[Layer]:
        for axes, own in table.items():
            row(kind, f"{kind.__name__.lstrip('_')}{axes}d", axes=axes, **own)
        return kind

    return register


ALIKE: Mapping[int, Mapping[str, Any]] = {1: {}, 2: {}, 3: {}}
"""One, two and three axes, without anything particular to one of them."""
