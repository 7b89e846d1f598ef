"""What a layer is made of is checked: its parameters one by one, and by the ranges of its laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symconv.errors import RequestError
from symconv.layers.row import Row
from symconv.layers.values import NOT_WRITTEN, has_unknown
from symconv.meanings.integers import INTEGERS
from symconv.terms import interpret, variable, variables

if TYPE_CHECKING:
    from symconv.layers.layer import Layer


def complete(layer: Layer) -> None:
    """Check every parameter of a layer, give those that follow others their values.

    Raises:
        RequestError: one is missing, or is not what it may be.
    """
    owner, axes = type(layer).__name__, layer.parameter_axes or layer.axes or 1
    for name in layer.parameters:
        declared, value = layer.declared(name), getattr(layer, name)
        if declared.required and value is NOT_WRITTEN:
            raise _missing(layer, name)
        object.__setattr__(layer, name, declared.checked(owner, value, axes))
    for name, followed in layer.following.items():
        if getattr(layer, name) is NOT_WRITTEN and not has_unknown(getattr(layer, followed)):
            object.__setattr__(layer, name, getattr(layer, followed))


def check_laws(layer: Layer) -> None:
    """Check what is particular to a layer, and what its laws require of single parameters.

    Raises:
        RequestError: something that no input makes right, such as a stride of 0.
    """
    try:
        layer.check()
    except TypeError:
        raise RequestError(
            f"{type(layer).__name__}: numbers", repr(layer), "Write its parameters as torch does."
        ) from None
    for row in layer.rows(layer.least_axes):
        _check_ranges(layer, row)


def _missing(layer: Layer, name: str) -> RequestError:
    """Return the error that a parameter is not written, with what is."""
    names = list(layer.parameters)
    others = {other: getattr(layer, other) for other in names if other != name}
    written = [
        f"{other}={value!r}"
        for other, value in others.items()
        if value is not layer.parameters[other].default
        and (value is not None or layer.parameters[other].default is not NOT_WRITTEN)
    ]
    return RequestError(
        f"{type(layer).__name__}: {name}",
        f"only {', '.join(written)}" if written else "none",
        f"Write it by name, as in {type(layer).__name__}({name}=3), or all of "
        f"{', '.join(names[: names.index(name) + 1])} in torch's order.",
    )


def _check_ranges(layer: Layer, row: Row) -> None:
    """Refuse a parameter that no input could make right."""
    for sentence, law in row.operator.ranges.items():
        (letter,) = variables(law)
        value = row.values.get(letter)
        if isinstance(value, int) and not interpret(law, INTEGERS, {letter: value}):
            from symconv.meanings.notation import text

            raise RequestError(
                f"{type(layer).__name__}: {text(law, names='torch')} ({sentence})",
                f"{text(variable(letter), names='torch')} = {value}",
                "Change it: no input size makes up for it.",
            )
