"""A model that asks whether a size is an `int` is told that it is.

To Python a `torch.SymInt` is none. So while a model is read, the modules that it is written in have
an `isinstance` of their own; `type(size) is int` is beyond that (`docs/howto/models.md`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from symconv.networks.torch_sizes import PLAIN

_OTHERS = {"torch", "symconv", "builtins"}


def _isinstance(value: Any, kinds: Any) -> bool:
    """Say whether a value is of some kinds; a size is what an integer is, too."""
    plain = PLAIN.get(type(value))
    return isinstance(value, kinds) or (plain is not None and isinstance(plain(), kinds))


@contextmanager
def sizes_are_integers(model: Any) -> Iterator[None]:
    """Let a model's own modules take sizes for integers, and statements for truth values."""
    packages = {type(part).__module__.partition(".")[0] for part in model.modules()} - _OTHERS
    changed = []
    for name, home in list(sys.modules.items()):
        if name.partition(".")[0] in packages:
            namespace = getattr(home, "__dict__", {"isinstance": isinstance})
            if "isinstance" not in namespace:
                namespace["isinstance"] = _isinstance
                changed.append(namespace)
    try:
        yield
    finally:
        for namespace in changed:
            del namespace["isinstance"]
