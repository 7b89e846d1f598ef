"""The forms of a layer: what can be chosen of it that is no number, and the law of each choice.

A form is a layer whose numbers are all unknown, so that its rows are laws in its parameters'
letters. Which choices go together, the layer says: it refuses the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer, Row
from symconv.layers.parameters import Choice, Number, Padding, Parameter
from symconv.layers.resizing import Factor
from symconv.operators.reading import Cells, Everything, Halves, Joined

AXES = (1, 2)
"""How many axes a page draws."""
NOTHING_TO_DRAW = (Cells, Everything, Halves)
"""What a layer reads where its windows are none to look at."""
NUMBER, NOTHING = "number", "nothing"
"""What a choice is called where a number is written, and where nothing is."""


class Form(NamedTuple):
    """One way to write a layer.

    Attributes:
        chosen: of each parameter that leaves a choice, which one.
        rows: the laws, in the letters of its parameters: one for all axes alike, or one for each.
        alike: whether there is one for all axes.
    """

    chosen: Mapping[str, str]
    rows: tuple[Row, ...]
    alike: bool


def options(declared: Parameter) -> dict[str, Any]:
    """Return what can be chosen of a parameter, and what is written for it.

    >>> from symconv import Conv2d, ConvTranspose2d
    >>> list(options(Conv2d.parameters["padding"])), options(Conv2d.parameters["bias"])
    (['number', 'same', 'valid'], {'': True})
    >>> options(ConvTranspose2d.parameters["output_size"])
    {'nothing': None, 'number': '?'}
    """
    if isinstance(declared, Choice):
        return {word: word for word in declared.words}
    if not isinstance(declared, (Number, Factor)) and not declared.in_laws:
        return {"": declared.usual if declared.required else declared.default}
    number = {NUMBER: "?"}
    if isinstance(declared, Padding):
        return number | {word: word for word in declared.words}
    if getattr(declared, "left_out", False):
        return {"": None}
    if declared.default is None:
        return {NOTHING: None} | number
    return number


def forms(kind: type[Layer], axes: int) -> tuple[Form, ...]:
    """Return every form of a layer that takes an input of so many axes."""
    every = {name: options(declared) for name, declared in kind.parameters.items()}
    combinations = (dict(zip(every, words, strict=True)) for words in product(*every.values()))
    written = (_form(kind, every, chosen, axes) for chosen in combinations)
    return _told_apart([form for form in written if form])


def _form(
    kind: type[Layer], every: Mapping[str, Mapping[str, Any]], chosen: Mapping[str, str], axes: int
) -> Form | None:
    """Return a form, if the layer takes what is chosen, and so many axes."""
    written = {name: choices[chosen[name]] for name, choices in every.items()}
    try:
        layer = kind(**written)
        if layer.input_axes not in (None, axes):
            return None
        rows = layer.rows(axes)
        if isinstance(rows[0].operator.reads, Joined):  # its laws are of both axes at once
            entries = {name: ("?", "?") if v == "?" else v for name, v in written.items()}
            return Form(chosen, kind(**entries).rows(axes), alike=False)
    except RequestError:
        return None
    return Form(chosen, rows[:1], alike=True)


def _told_apart(every: list[Form]) -> tuple[Form, ...]:
    """Leave out the parameters of which there is only one choice."""
    choices = {
        name: {form.chosen[name] for form in every} for form in every for name in form.chosen
    }
    return tuple(
        form._replace(chosen={n: word for n, word in form.chosen.items() if len(choices[n]) > 1})
        for form in every
    )


class Drawing(NamedTuple):
    """A layer over so many axes, with its forms."""

    name: str
    axes: int
    forms: tuple[Form, ...]


def drawn() -> Iterator[Drawing]:
    """Yield the layers of a page.

    They read windows, or are asked for a size; a layer whose output cells read their own cell, or
    everything, has nothing to show.
    """
    for name, kind in LAYERS.items():
        for axes in AXES:
            written = forms(kind, axes)
            if written and not isinstance(written[0].rows[0].operator.reads, NOTHING_TO_DRAW):
                yield Drawing(name, axes, written)
