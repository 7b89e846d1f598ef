"""The layers of the page: what can be chosen of each, where its numbers begin, and its laws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from symconv.explorer.forms import NUMBER, Drawing, Form, options
from symconv.layers import LAYERS, Layer, Row
from symconv.layers.parameters import Flag, Parameter
from symconv.terms import Term, variables
from symconv.vocabulary import FRACTIONS, VOCABULARY

SIZES = frozenset({"W", "O", "W1", "W2"})
"""The letters of sizes: which numbers they are, no parameter says."""


def layers(drawings: Iterable[Drawing]) -> dict[str, dict[str, Any]]:
    """Return what the page knows of each layer: its parameters, and its forms by number of axes.

    >>> from symconv.explorer.forms import drawn
    >>> pool = layers(drawn())["MaxPool1d"]
    >>> pool["family"], [parameter["name"] for parameter in pool["parameters"]]
    ('Pools', ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode'])
    >>> [form["chosen"] for form in pool["forms"][1]]
    [{'stride': 'nothing'}, {'stride': 'number'}]
    """
    page: dict[str, dict[str, Any]] = {}
    for name, axes, written in drawings:
        parameters = list(_parameters(name, written))
        shown = page.setdefault(
            name,
            {
                "family": written[0].rows[0].operator.family,
                "written": _written(LAYERS[name], {each["name"] for each in parameters}),
                "parameters": parameters,
                "forms": {},
            },
        )
        for known, parameter in zip(shown["parameters"], parameters, strict=True):
            known["choices"] = list(dict.fromkeys(known["choices"] + parameter["choices"]))
        shown["forms"][axes] = [_form(form, parameters) for form in written]
    return page


def _written(kind: type[Layer], shown: set[str]) -> list[str]:
    """Return how what torch asks for besides is written: channels by their names, for instance."""
    if kind.channels_by_place:
        return [name for name, each in kind.parameters.items() if getattr(each, "left_out", False)]
    return [
        f"{name}={declared.usual!r}"
        for name, declared in kind.parameters.items()
        if declared.required and name not in shown
    ]


def rows(drawings: Iterable[Drawing]) -> Iterator[tuple[Row, frozenset[str]]]:
    """Yield every law of the page, with the letters that the page has a number for."""
    for name, _, written in drawings:
        parameters = list(_parameters(name, written))
        for form in written:
            for row in form.rows:
                yield row, SIZES.union(_values(row, parameters))


def _parameters(name: str, written: Iterable[Form]) -> Iterator[dict[str, Any]]:
    """Yield the parameters on which sizes depend, or what is read."""
    moving = {letter for form in written for row in form.rows for letter in _moving(row)}
    for declared in LAYERS[name].parameters.values():
        words = list(dict.fromkeys(form.chosen.get(declared.name, "") for form in written))
        choices = words if words != [""] else []
        letters = FRACTIONS.get(declared.name, (declared.letter,))
        if choices or moving.intersection(_of_axes(letters)):
            yield _parameter(declared, letters, choices)


def _moving(row: Row) -> Iterator[str]:
    """Yield the letters of parameters in the laws that are about sizes."""
    laws = [row.operator.size, *row.operator.requires.values()]
    yield from variables(*(row.term(law) for law in laws if SIZES.intersection(variables(law))))


def _of_axes(letters: Iterable[str]) -> Iterator[str]:
    """Yield letters, and what they are called on a numbered axis."""
    return (letter + axis for letter in letters for axis in ("", "1", "2"))


def _parameter(declared: Parameter, letters: Iterable[str], choices: list[str]) -> dict[str, Any]:
    word = VOCABULARY.get(declared.letter)
    usual = int(declared.default) if isinstance(declared.default, int) else declared.usual
    kind = "flag" if isinstance(declared, Flag) else "number"
    return {
        "name": declared.name,
        "kind": "fraction" if declared.name in FRACTIONS else kind,
        "letters": list(letters),
        "choices": choices,
        "numbers": NUMBER in options(declared),
        "usual": usual,
        "standard": _standard(declared.default),
        "least": word.least if word and word.least is not None else 1,
        "called": declared.by_name and declared.default is None,
    }


def _standard(default: Any) -> str:
    """Return a default as it would be written."""
    return f'"{default}"' if isinstance(default, str) else repr(default)


def _form(form: Form, parameters: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "chosen": dict(form.chosen),
        "alike": form.alike,
        "rows": [
            {"operator": row.operator.name, "values": _values(row, parameters)} for row in form.rows
        ],
    }


def _values(row: Row, parameters: Iterable[dict[str, Any]]) -> dict[str, int | Term]:
    """Return what stands for the letters of a law, as far as the page has numbers for it."""
    written = SIZES.union(*(_of_axes(parameter["letters"]) for parameter in parameters))
    return {
        name: value
        for name, value in row.values.items()
        if not isinstance(value, Term) or written.issuperset(variables(value))
    }
