"""The operators of the page: laws, requirements, readings and rules, as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from symconv.chains.through import Requirement
from symconv.explorer.forms import Drawing
from symconv.explorer.goals import rules
from symconv.explorer.layers_of_page import rows
from symconv.explorer.readings import reading
from symconv.meanings.mathml import mathml
from symconv.meanings.notation import COMPARED, form_of_sides, text
from symconv.operators import Operator
from symconv.operators.letters import C, O
from symconv.operators.window import ceil_mode
from symconv.terms import Term, chosen, substitute, variables


def operators(drawings: Iterable[Drawing]) -> dict[str, dict[str, Any]]:
    """Return what the page knows of the operators of some layers.

    >>> from symconv.explorer.forms import drawn
    >>> page = operators(drawn())
    >>> [need["says"] for need in page["pixel_unshuffle"]["requires"]]
    ['the downscale factor is positive', 'the downscale factor divides the input']
    >>> page["pixel_shuffle"]["channels"]
    ['the square of the upscale factor divides the channels']
    """
    return {row.operator.name: _operator(row.operator, known) for row, known in rows(drawings)}


def _operator(operator: Operator, known: frozenset[str]) -> dict[str, Any]:
    needs = {sentence: frozenset(variables(law)) for sentence, law in operator.requires.items()}
    border = operator.border
    return {
        "says": operator.says,
        "size": operator.size,
        "asked": operator.size is O,
        "formulas": list(_formulas(operator)),
        "requires": [
            _requirement(sentence, operator.requires[sentence])
            for sentence, letters in needs.items()
            if letters <= known
        ],
        "channels": [
            sentence for sentence, letters in needs.items() if letters - known == {*variables(C)}
        ],
        "reads": reading(operator.reads),
        "border": border and {"copied": border.copied, "source": border.source},
        "rules": list(rules(operator)),
    }


def _formulas(operator: Operator) -> Iterator[dict[str, Any]]:
    """Yield the law as mathematics; where there is a ceil mode, out of it and in it."""
    (flag,) = variables(ceil_mode)
    for value in (0, 1) if flag in variables(operator.size) else (None,):
        law = operator.size if value is None else substitute(operator.size, {ceil_mode: value})
        yield {"when": {} if value is None else {flag: value}, "set": mathml(chosen(law))}


def _requirement(sentence: str, law: Term) -> dict[str, Any]:
    """Return a requirement, and how it reads with numbers.

    Of a comparison these are what its two sides come to; of anything else, what letters stand for.
    """
    letters = variables(law)
    stated = {
        "says": sentence,
        "sized": Requirement(sentence, law, letters).about_sizes,
        "holds": law,
        "text": text(law, names="torch"),
    }
    if law.word in COMPARED:
        sides = dict(zip(("left", "right"), law.args, strict=True))
        return stated | {"sides": sides, "form": form_of_sides(law)}
    return stated | {"form": text(law, words={name: f"{{{name}}}" for name in letters})}
