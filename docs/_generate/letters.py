"""What the letters of a law mean, for the table beside it."""

from __future__ import annotations

import re

from _generate.layers_of import layers_of
from symconv.operators import Operator
from symconv.operators.letters import C
from symconv.operators.reading import Scattered
from symconv.terms import Term, variable, variables
from symconv.vocabulary import VOCABULARY

MEANINGS = {
    "in_channels": "the input channels that the layer is made for",
    "out_channels": "output channels",
    "groups": "how many groups of channels are worked on apart",
    "ceil_mode": "1 in ceil mode, else 0",
    "scale_numerator": "the factor as a fraction: what is above the line",
    "scale_denominator": "what is below the line, a power of two",
    "upscale_factor": "how many times as many cells",
    "downscale_factor": "how many times fewer cells",
    "num_features": "the channels that the layer is made for",
    "num_channels": "the channels that the layer is made for",
    "num_groups": "how many groups of channels are normalised apart",
    "num_parameters": "how many slopes there are",
    "normalized_size": "the size that the layer is made for, on this axis",
    "normalized_channels": "the channels that the layer is made for",
    "dim": "the axis, counted with batch and channels; a negative one from the end",
}
"""The parameters that go by torch's names in the laws, and what they mean."""

OWN = "a parameter of the layer"
"""What is said of a letter that is neither explained here nor by a layer."""

TRANSPOSED = {
    "P": "cells cropped at each side of the output",
    "A": "cells by which the output is longer, at its end; no zeros are added",
}
"""What letters mean where padding takes away: in transposed layers and unpooling."""


def letters(operator: Operator, *also: Term) -> list[str]:
    """Return the letters of an operator, and those of other terms that are shown with it."""
    terms = [operator.size, *operator.requires.values(), *also]
    terms += [] if operator.channels is C else [operator.channels]
    found = set(variables(*terms))
    order = [*VOCABULARY]
    known = sorted(found & set(order), key=order.index)
    return [*known, *sorted(found - set(known))]


def explained(letter: str, operator: Operator) -> tuple[Term, str, str]:
    """Return a letter, what torch calls it, and what it means to an operator."""
    numbered = re.fullmatch(r"([A-Z])(\d)", letter)
    if numbered:
        word = VOCABULARY[numbered[1]]
        meaning = f"{word.meaning}, on axis {numbered[2]}"
        return variable(letter), f"`{word.torch}`", meaning.replace("along one axis, ", "")
    if letter in VOCABULARY:
        word = VOCABULARY[letter]
        crops = isinstance(operator.kernel, Scattered)
        meaning = TRANSPOSED.get(letter, word.meaning) if crops else word.meaning
        return variable(letter), f"`{word.torch}`", meaning
    return (
        variable(letter),
        f"`{letter}`",
        MEANINGS.get(letter) or _said_by_layers(letter, operator),
    )


def _said_by_layers(letter: str, operator: Operator) -> str:
    """Return what a layer of the operator says of its parameter."""
    parameters = (
        one for layer in layers_of(operator).values() for one in layer.parameters.values()
    )
    return next((one.says for one in parameters if one.letter == letter), OWN)
