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
from symconv.networks.torch_sizes import PLAIN

_MISSING = object()
_OF_CLASSES = {
    "__doc__", "__getattribute__", "__getformat__", "__getnewargs__", "__new__", "__sizeof__",
    "from_bytes", "from_number", "fromhex",
}  # fmt: skip
"""What no number does with its value."""


def _number(value: Any) -> Any:
    """Return a plain number for a size; the sizes are followed value by value."""
    python = PLAIN.get(type(value))
    return value if python is None else python(value)


def _by_value(name: str, python: type) -> Any:
    """Return a method, or a property, that asks a plain number."""
    if not callable(getattr(python, name)):
        return property(lambda size: getattr(_number(size), name))

    def method(size: Any, *others: Any, **named: Any) -> Any:
        plain = {word: _number(value) for word, value in named.items()}
        return getattr(_number(size), name)(*map(_number, others), **plain)

    return method


def _format(size: Any, form: str) -> str:
    """Write a size in a form: what only tells people something needs no plain number."""
    if not form:
        return str(size)
    frame = asking()
    telling = frame is not None and tells_people(frame)
    return str(size) if telling else format(_number(size), form)


_power = torch.SymInt.__pow__


def _power_in_a_ring(size: Any, exponent: Any, modulus: Any = None) -> Any:
    """Raise a size to a power; what is left of it by a modulus, torch's numbers do not say."""
    if modulus is None:
        return _power(size, exponent)
    return pow(_number(size), _number(exponent), _number(modulus))


def _rounded(size: Any, digits: Any = None) -> Any:
    """Round a size to tens or hundreds; torch's numbers take no notice of digits."""
    if digits is None or (digits := _number(digits)) >= 0:
        return size
    return round(_number(size), digits)


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
_AMENDED = {torch.SymInt: {"__pow__": _power_in_a_ring, "__round__": _rounded}}
"""What torch's numbers do otherwise."""


def _lacking(kind: type, python: type) -> dict[str, Any]:
    """Return what a number of Python's can do and one of torch's cannot, by its name."""
    names = {name for each in python.__mro__[:-1] for name in vars(each)} - _OF_CLASSES
    lacking = [name for name in names if getattr(kind, name, None) is getattr(object, name, None)]
    return {name: _EXACT[kind].get(name) or _by_value(name, python) for name in lacking}


@contextmanager
def numbers_do_all() -> Iterator[None]:
    """Let torch's numbers do all that Python's do."""
    before = []
    for kind, python in PLAIN.items():
        for name, method in (_lacking(kind, python) | _AMENDED.get(kind, {})).items():
            before.append((kind, name, vars(kind).get(name, _MISSING)))
            setattr(kind, name, method)
    try:
        yield
    finally:
        for kind, name, own in before:
            if own is _MISSING:
                delattr(kind, name)
            else:
                setattr(kind, name, own)
