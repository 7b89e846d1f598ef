"""The order of settings: the ordinary first, and every setting at a finite place."""

from __future__ import annotations

from symconv.operators.operator import A, D, F, P, S
from symconv.operators.scaling import extent
from symconv.terms import Term, maximum, substitute, variable, where

_ABSENT = {"D": 1, "A": 0, "P": 0}
"""What a letter is where a layer does not have it."""


def weight(letters: tuple[str, ...], *, transposed: bool) -> Term:
    """Return how far from ordinary a setting is; settings come by weight, then by their numbers.

    The extent and the padding (what is cropped counts alike), and what people find odd: a
    dilation, an output padding, an uneven overlap of a transposed convolution, an even kernel with
    stride 1. A kernel of one tap has the same extent whatever its dilation, so that the dilation
    itself counts there.

    Args:
        letters: the letters that the layer has.
        transposed: whether overlap matters.
    """
    found: Term = extent + maximum(P, -P)
    found = found + where(D.eq(1), 0, 4) + where(A.eq(0), 0, 3)
    if transposed:
        found = found + where((F % S).eq(0), 0, 2)
    found = found + where(S.eq(1) & (F % 2).eq(0), 1, 0) + where(F.eq(1), D - 1, 0)
    absent = {variable(name): v for name, v in _ABSENT.items() if name not in letters}
    return substitute(found, absent)


def below(letters: tuple[str, ...]) -> tuple[Term, ...]:
    """Return what the weight is never less than, term by term."""
    least = {"F": F, "P": P, "D": D - 1}
    return tuple(term for letter, term in least.items() if letter in letters)
