"""What Python's numbers can do and torch's cannot: while a model is read, a size can do it as well.

`torch.SymInt` has no `divmod` and no `f"{h:02d}"`. A model would meet an error there that it never
meets on plain sizes, and may catch it. What is no arithmetic is done with a plain number: the sizes
are followed value by value.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from symconv.networks.lines import asking, tells_people

_PLAIN: dict[type, type] = {torch.SymInt: int, torch.SymFloat: float, torch.SymBool: bool}
"""For each kind of torch's numbers the one of Python's that a model takes it for."""
_OF_CLASSES = {
    "__doc__", "__getattribute__", "__getformat__", "__getnewargs__", "__new__", "__sizeof__",
    "from_bytes", "from_number", "fromhex",
}  # fmt: skip
"""What no number does with its value."""


def _number(value: Any) -> Any:
    """Return a plain number for a size; the sizes are followed value by value."""
    python = _PLAIN.get(type(value))
    return value if python is None else python(value)


def _by_value(name: str, python: type) -> Any:
    """Return a method, or a property, that asks a plain number."""
    if not callable(getattr(python, name)):
        return property(lambda size: getattr(_number(size), name))
    return lambda size, *others: getattr(_number(size), name)(*map(_number, others))


def _format(size: Any, form: str) -> str:
    """Write a size in a form: what only tells people something needs no plain number."""
    if not form or _PLAIN[type(size)] is bool:
        return str(size)
    frame = asking()
    telling = frame is not None and tells_people(frame)
    return str(size) if telling else format(_number(size), form)


_OF_BOTH: dict[str, Any] = {
    "__divmod__": lambda a, b: (a // b, a % b),
    "__rdivmod__": lambda a, b: (b // a, b % a),
    "__format__": _format,
    "real": property(lambda number: number),
}
_EXACT: dict[type, dict[str, Any]] = {
    torch.SymInt: {
        **_OF_BOTH,
        "__invert__": lambda size: -size - 1,
        "numerator": property(lambda size: size),
        "denominator": property(lambda _: 1),
        "imag": property(lambda _: 0),
    },
    torch.SymFloat: _OF_BOTH,
    torch.SymBool: {"__format__": _format},
}
"""What needs no plain number."""


def _lacking(kind: type, python: type) -> dict[str, Any]:
    """Return what a number of Python's can do and one of torch's cannot, by its name."""
    names = {name for each in python.__mro__[:-1] for name in vars(each)} - _OF_CLASSES
    lacking = [name for name in names if getattr(kind, name, None) is getattr(object, name, None)]
    return {name: _EXACT[kind].get(name) or _by_value(name, python) for name in lacking}


@contextmanager
def numbers_do_all() -> Iterator[None]:
    """Let torch's numbers do all that Python's do."""
    lacking = {kind: _lacking(kind, python) for kind, python in _PLAIN.items()}
    for kind, methods in lacking.items():
        for name, method in methods.items():
            setattr(kind, name, method)
    try:
        yield
    finally:
        for kind, methods in lacking.items():
            for name in methods:
                delattr(kind, name)
