"""What the page begins with: layers as somebody wrote them, as the page has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from symconv.chains.axes import check_settled, input_axes
from symconv.errors import RequestError, nearest_name, shown
from symconv.explorer.forms import AXES, NOTHING, NUMBER
from symconv.explorer.words import LANGUAGES
from symconv.layers import Layer
from symconv.layers.values import NOT_WRITTEN
from symconv.operators.letters import W
from symconv.operators.reading import Cells
from symconv.reading.chains import chain

USUAL = ("Conv1d(kernel_size=3, stride=2, padding=1)", 6)
"""What a page begins with if nobody says: of its padding one cell is never read."""
MOST_LAYERS = 10
"""How many layers the page has room for."""
LARGEST: Mapping[str, int] = {"size": 2**31, "number": 2**20}
"""The sizes and the numbers of a layer that the page takes.

Laws add products of two of them, which doubles have exactly up to 2**53.
"""


def beginning(
    given: Any, size: Any, language: str, page: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the state that a page begins with.

    Layers that keep every size and read their own cell are left out, and named.

    Args:
        given: layers, or nothing.
        size: the input's size, or nothing.
        language: the page's language.
        page: the layers that the page has (`symconv.explorer.layers_of_page`).

    Raises:
        RequestError: the layers are none that the page can show, or the size is none.

    >>> from symconv.explorer.forms import drawn
    >>> from symconv.explorer.layers_of_page import layers
    >>> start = beginning("MaxPool1d(2) -> ReLU()", 9, "en", layers(drawn()))
    >>> start["layers"][0]["numbers"]["kernel_size"], start["layers"][0]["chosen"]
    ([2], {'stride': 'nothing'})
    >>> start["left_out"]
    ['ReLU']
    """
    if language not in LANGUAGES:
        known = " or ".join(LANGUAGES)
        raise RequestError(f"a language, {known}", shown(language), f"Write {known}.")
    read = chain(USUAL[0] if given is None else given)
    check_settled(read.layers)
    axes = input_axes(read.layers) or 1
    shown_layers = [layer for layer in read.layers if not _keeps(layer, axes)]
    if len(shown_layers) > MOST_LAYERS:
        raise RequestError(
            f"at most {MOST_LAYERS} layers", f"{len(shown_layers)}", "Show a part of the chain."
        )
    settings = list(_settings(shown_layers or read.layers, axes, page))
    sizes = _sizes(USUAL[1] if size is None else size, axes)
    numbers = [entries for setting in settings for entries in setting["numbers"].values()]
    return {
        "language": language,
        "axes": axes,
        "sizes": sizes,
        "layers": settings,
        "at": 0,
        "cell": [0, 0],
        "apart": any(len(set(entries)) > 1 for entries in [*numbers, sizes]),
        "left_out": [type(layer).__name__ for layer in read.layers if layer not in shown_layers],
    }


def _keeps(layer: Layer, axes: int) -> bool:
    """Whether a layer keeps every size, each output cell reading its own cell."""
    return all(
        row.operator.size is W and isinstance(row.operator.reads, Cells) for row in layer.rows(axes)
    )


def _sizes(size: Any, axes: int) -> list[int]:
    entries = list(size) if isinstance(size, (tuple, list)) else [size] * axes
    largest = LARGEST["size"]
    right = all(type(entry) is int and 1 <= entry <= largest for entry in entries)
    if len(entries) != axes or not right:
        whose = "a size" if axes == 1 else "a size for each of 2 axes"
        raise RequestError(
            f"{whose}, in cells, at most {largest}",
            shown(size),
            "Write for instance 32." if axes == 1 else "Write for instance 32 or 32,48.",
        )
    return entries


def _settings(
    layers: Iterable[Layer], axes: int, page: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the layers as the page has them.

    Raises:
        RequestError: the page has no such layer, or not over so many axes.
    """
    for layer in layers:
        name = type(layer).__name__
        if axes not in AXES:
            raise RequestError(
                "layers over one axis or two",
                shown(layer),
                "Show its axes one by one, with the layer's variant for one axis.",
            )
        if axes not in page.get(name, {"forms": ()})["forms"]:
            known = [each for each in page if axes in page[each]["forms"]]
            raise RequestError(
                "a layer that reads windows or is asked for a size",
                shown(layer),
                nearest_name(name, known),
            )
        yield _setting(layer, page[name]["parameters"])


def _setting(layer: Layer, parameters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "name": type(layer).__name__,
        "chosen": {
            parameter["name"]: _word(layer, parameter["name"])
            for parameter in parameters
            if parameter["choices"]
        },
        "numbers": {
            parameter["name"]: _numbers(layer, parameter)
            for parameter in parameters
            if parameter["numbers"]
        },
    }


def _word(layer: Layer, name: str) -> str:
    """Return what is chosen of a parameter: a word, a number, or nothing."""
    value = getattr(layer, name)
    if isinstance(value, str):
        return value
    left_out = value is None or value is NOT_WRITTEN or layer.follows(name) is not None
    return NOTHING if left_out else NUMBER


def _numbers(layer: Layer, parameter: Mapping[str, Any]) -> list[Any]:
    """Return a parameter's numbers; where it has none, those that it begins with."""
    value = getattr(layer, parameter["name"])
    if value is None or value is NOT_WRITTEN or isinstance(value, str):
        return [parameter["usual"]]
    entries = value if isinstance(value, tuple) else (value,)
    if None in entries:
        raise RequestError(
            "numbers alone", f"None in {shown(layer)}", "Write the number of cells instead."
        )
    return [_entry(layer, parameter, entry) for entry in entries]


def _entry(layer: Layer, parameter: Mapping[str, Any], entry: Any) -> Any:
    """Return a number as the page has it.

    Raises:
        RequestError: the page has no such number.
    """
    ratio, largest = Fraction(entry), LARGEST["number"]
    if max(abs(ratio.numerator), ratio.denominator) > largest:
        exactly = "a fraction over a power of two, both " if parameter["kind"] == "fraction" else ""
        raise RequestError(
            f"{parameter['name']}: {exactly}at most {largest}",
            shown(layer),
            "`symconv size` takes such numbers.",
            place=layer.place(parameter["name"]),
        )
    return int(entry) if isinstance(entry, bool) else entry
