"""Why a layer cannot be: a parameter that is not written, or that no input could make right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symconv.errors import RequestError
from symconv.layers.row import Row
from symconv.layers.values import NOT_WRITTEN
from symconv.meanings.integers import INTEGERS
from symconv.terms import interpret, variable, variables

if TYPE_CHECKING:
    from symconv.layers.layer import Layer


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
            )
