"""`derive`: the derivations by name, with the user's numbers put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symconv.deriving.scaling import downsampling, upsampling
from symconv.deriving.scatter import conv_transpose
from symconv.deriving.steps import Derivation
from symconv.deriving.window import conv
from symconv.errors import RequestError, nearest_name, shown
from symconv.layers.values import GREATEST_PARAMETER
from symconv.vocabulary import LETTERS, VOCABULARY

DERIVATIONS: dict[str, tuple[Callable[..., Derivation], str]] = {
    "conv": (conv, "WFSPD"),
    "conv_transpose": (conv_transpose, "WFSPDA"),
    "upsampling": (upsampling, "nFSPDA"),
    "downsampling": (downsampling, "nFSPD"),
}
"""What can be derived, and the letters that can be given numbers."""

DEFAULTS = {"D": 1, "A": 0}


def derive(name: Any, **numbers: Any) -> Derivation:
    """Derive a law or an identity, step by step.

    Args:
        name: `"conv"`, `"conv_transpose"`, `"upsampling"` or `"downsampling"`.
        numbers: numbers to put in, by letter (`W=6`) or by torch's name (`input=6`); where all
            but dilation and output padding are given, these are torch's defaults.

    Raises:
        RequestError: there is no such derivation, or a number is none.
        DerivationError: a step fails its check.

    >>> derive("conv", W=6, F=3, S=2, P=1).facts["output"]
    3
    """
    if not isinstance(name, str) or name not in DERIVATIONS:
        raise RequestError("a derivation", shown(name), nearest_name(str(name), DERIVATIONS))
    function, letters = DERIVATIONS[name]
    given = {}
    for key, value in numbers.items():
        letter = LETTERS.get(key, key)
        if letter not in letters:
            known = [VOCABULARY[one].torch for one in letters]
            raise RequestError(
                f"letters of {name}: {', '.join(letters)}", f"`{key}`", nearest_name(key, known)
            )
        least = VOCABULARY[letter].least or 0
        if type(value) is not int or not least <= value <= GREATEST_PARAMETER:
            raise RequestError(
                f"{letter} as an integer from {least}",
                f"{shown(value)} ({type(value).__name__})",
                f"Write {key}=3.",
            )
        given[letter] = value
    if set(letters) - set(DEFAULTS) <= set(given):
        given = {letter: DEFAULTS[letter] for letter in letters if letter in DEFAULTS} | given
    return function(given)
