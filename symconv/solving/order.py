"""The order of settings: the ordinary first, and every setting at a finite place."""

from __future__ import annotations

from collections.abc import Collection

from symconv.operators.operator import A, D, F, P, S
from symconv.operators.scaling import extent
from symconv.terms import Term, constant, maximum, substitute, variable, where

ABSENT = {"F": 1, "S": 1, "D": 1, "A": 0, "P": 0}
"""What a letter is where a layer does not have it."""


def weight(
    letters: Collection[str], *, transposed: bool = False, far: Collection[str] = ()
) -> Term:
    """Return how far from ordinary a setting is; settings come by weight, then by their numbers.

    The extent and the padding (what is cropped counts alike), and what people find odd: a
    dilation, an output padding, an uneven overlap of a transposed convolution, an even kernel with
    stride 1. Letters of no window count themselves.

    Args:
        letters: the letters that the layer has.
        transposed: whether overlap matters.
        far: letters that may grow far. Where the extent does not see them, the dilation of a
            single tap and the stride beyond a window, they count as well.
    """
    found: Term = extent + maximum(P, -P)
    found = found + where(D.eq(1), 0, 4) + where(A.eq(0), 0, 3)
    if transposed:
        found = found + where((F % S).eq(0), 0, 2)
    found = found + where(S.eq(1) & (F % 2).eq(0), 1, 0)
    if "D" in far:
        found = found + where(F.eq(1), D - 1, 0)
    if "S" in far:
        found = found + maximum(0, S - extent)
    absent = {variable(name): v for name, v in ABSENT.items() if name not in letters}
    found = substitute(found, absent)
    for letter in sorted(set(letters) - set(ABSENT) - {"ceil_mode"}):
        found = found + variable(letter)
    return found


def within(letters: Collection[str], bound: int, far: Collection[str]) -> tuple[Term, ...]:
    """Return what follows, letter by letter, for a setting of at most this weight."""
    absent = {variable(name): v for name, v in ABSENT.items() if name not in letters}
    span = extent + maximum(P, -P)
    if "S" in far:
        span = span + maximum(0, S - extent)
    found = [substitute(span, absent) <= bound]
    if "D" in far:
        found.append(constant(bound) >= D - 1)
    others = set(letters) - set(ABSENT) - {"ceil_mode"}
    return (*found, *(variable(letter) <= bound for letter in sorted(others)))
