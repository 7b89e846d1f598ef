"""What Python shows of a layer: its signature, and the page of `help`, made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import Parameter as Argument
from inspect import Signature, cleandoc
from textwrap import fill
from typing import TYPE_CHECKING, Any

from symconv.errors import RequestError
from symconv.layers.parameters import Parameter
from symconv.meanings.notation import text

if TYPE_CHECKING:
    from symconv.layers.layer import Layer
    from symconv.layers.row import Row

WIDTH = 96
AXES = {None: ("...",), 1: ("W",), 2: ("H", "W"), 3: ("D", "H", "W")}


def signature(parameters: Mapping[str, Parameter]) -> Signature:
    """Return a signature in torch's order.

    What may be left out, and what follows it, has the default `NOT_WRITTEN`; what stands first and
    must be written has none.
    """
    arguments: list[Argument] = []
    for name, one in parameters.items():
        first = all(argument.default is Argument.empty for argument in arguments)
        default = Argument.empty if one.required and first else one.default
        kind = Argument.KEYWORD_ONLY if one.by_name else Argument.POSITIONAL_OR_KEYWORD
        arguments.append(Argument(name, kind, default=default))
    return Signature(arguments)


def usual(kind: type[Layer]) -> Layer:
    """Return an ordinary layer of a kind: what must be written, written by name.

    >>> from symconv import LayerNorm, MaxPool2d
    >>> usual(MaxPool2d), usual(LayerNorm)
    (MaxPool2d(kernel_size=2), LayerNorm(normalized_shape=(8,)))
    """
    needed = {name: one.usual for name, one in kind.parameters.items() if one.required}
    either: list[dict[str, Any]] = [{}]
    either += [{name: one.usual} for name, one in kind.parameters.items() if one.default is None]
    for more in either:  # torch asks for one of some that have no default
        try:
            layer: Layer = kind(**needed | more)
        except RequestError as error:
            refused = error
        else:
            return layer
    raise refused


def documentation(kind: Any, says: str) -> str:
    """Return what a layer does, its shapes and units, what it refuses, an example and its source.

    Args:
        kind: a class of layers.
        says: what it does, in its own words.
    """
    try:
        sections = "\n".join(_sections(kind, usual(kind)))
    except (ValueError, NotImplementedError, AttributeError):
        return cleandoc(says)  # no layer of the kind can be made, or it has no law: a sketch
    return f"{cleandoc(says)}\n\n{sections}"


def _sections(kind: type[Layer], layer: Layer) -> Iterator[str]:
    rows = layer.rows(layer.least_axes)
    yield from _shapes(kind, rows)
    if kind.parameters:
        yield "\nArgs:"
    for name, one in kind.parameters.items():
        yield _indented(f"{name}: {one.says}.", hanging=4)
    yield "\nRaises:"
    yield _indented(
        "RequestError: a parameter is wrong whatever the input: a name that torch's layer does "
        "not have, a text for a number, too many entries, or a number that no input makes up for.",
        hanging=4,
    )
    if sentences := dict.fromkeys(s for row in rows for s in row.operator.requires):
        yield "\nA size is refused unless"
        yield _indented("; ".join(sentences) + ".")
    yield "\nExample:"
    yield f"    >>> from symconv import {kind.__name__}"
    yield f"    >>> {layer!r}"
    yield f"    {layer!r}"
    sources = dict.fromkeys(part for row in rows for part in row.operator.source.split("; "))
    others = [part for part in sources if not kind.source or not part.startswith(kind.source)]
    yield f"\nSource: {'; '.join([*filter(None, [kind.source]), *others])}"


def _shapes(kind: type[Layer], rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield what goes in and what comes out; the sizes are those of the laws."""
    before = AXES[kind.axes]
    after = tuple(f"{axis}_out" for axis in AXES[len(rows)]) if kind.axes else before
    channels = text(rows[0].operator.channels) if rows else "features"
    channels = "out_channels" if kind.channels_by_place else channels
    output = ", ".join(["N", channels, *(after if rows else ())])
    yield "Shape:"
    yield f"    input (N, C, {', '.join(before)}), output ({output}), in cells"
    for law in dict.fromkeys(text(row.operator.size, names="torch") for row in rows):
        yield "\nOn an axis of the output:"
        yield _indented(f"`{law}`")


def _indented(said: str, hanging: int = 0) -> str:
    return fill(
        said,
        WIDTH,
        initial_indent=" " * 4,
        subsequent_indent=" " * (4 + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
