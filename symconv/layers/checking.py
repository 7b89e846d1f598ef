"""Why a layer cannot be: a parameter that is not written, or that no input could make right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from symconv.errors import RequestError
from symconv.layers.row import Row
from symconv.layers.values import NOT_WRITTEN
from symconv.meanings.integers import INTEGERS
from symconv.terms import interpret, variable, variables

if TYPE_CHECKING:
    from symconv.layers.layer import Layer


def checked(layer: Layer) -> Iterator[tuple[str, Any]]:
    """Yield each parameter as the layer keeps it; what one may be may depend on those before it.

    Raises:
        RequestError: one is not written, or wrong.
    """
    owner, axes = type(layer).__name__, layer.parameter_axes or layer.axes or 1
    for name in layer.parameters:
        declared, value = layer.declared(name), getattr(layer, name)
        if declared.required and value is NOT_WRITTEN:
            raise layer._missing(name)
        try:
            kept = declared.checked(owner, value, axes)
        except RequestError as error:
            error.concerns(name)
            raise
        yield name, kept


def check_together(layer: Layer) -> None:
    """Check what is particular to a kind of layer.

    Raises:
        RequestError: the parameters do not go together, or are nothing that can be compared.
    """
    try:
        layer.check()
    except TypeError:
        needed, write = f"{type(layer).__name__}: numbers", "Write its parameters as torch does."
        raise RequestError(needed, repr(layer), write) from None


def missing(layer: Layer, name: str) -> RequestError:
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


def check_ranges(layer: Layer, row: Row) -> None:
    """Refuse a parameter that no input could make right, such as a stride of 0.

    Raises:
        RequestError: there is one.
    """
    for sentence, law in row.operator.ranges.items():
        (letter,) = variables(law)
        value = row.values.get(letter)
        if isinstance(value, int) and not interpret(law, INTEGERS, {letter: value}):
            from symconv.meanings.notation import text

            raise RequestError(
                f"{type(layer).__name__}: {text(law, names='torch')} ({sentence})",
                f"{text(variable(letter), names='torch')} = {value}",
                "Change it: no input size makes up for it.",
                about=layer.parameter_of(letter),
            )
