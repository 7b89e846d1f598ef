"""Congruences that cannot hold together, seen without opening a single row.

`2P = D*(F - 1) + 6S` asks `D*(F - 1)` to be even; where `F` is odd it is, whatever `D` is. So
parities are solved like equations: a letter that stands alone is put into the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from symconv.boxes.forms import ONE, Congruence, plus
from symconv.boxes.polynomials import Polynomial, multiply, trimmed

Parity = Mapping[Any, Polynomial]


def contradictory(congruences: Iterable[Congruence]) -> bool:
    """Whether the parities that congruences ask for surely contradict each other.

    >>> odd = Congruence((("", (1,)), ("F", (1,))), 2)
    >>> even = Congruence((("F", (1,)), ("S", (6,))), 4)
    >>> contradictory([odd]), contradictory([odd, even])
    (False, True)
    """
    parities = [
        _reduced(dict(congruence.form))
        for congruence in congruences
        if isinstance(congruence.modulus, int) and congruence.modulus % 2 == 0
    ]
    while pivots := [(parity, key) for parity in parities if (key := _alone(parity)) is not None]:
        parity, letter = pivots[0]
        parities = [_without(other, parity, letter) for other in parities if other is not parity]
    outer = {parity.get(ONE, ()) for parity in parities if set(parity) <= {ONE}}
    return (1,) in outer or {(0, 1), (1, 1)} <= outer


def _alone(form: Parity) -> str | None:
    """Return a letter that a form gives, if there is one."""
    return next((key for key, value in form.items() if key != ONE and value == (1,)), None)


def _reduced(form: Parity) -> dict[Any, Polynomial]:
    """Return a form up to multiples of 2, where a power of the dilation is the dilation."""
    reduced = {}
    for key, value in form.items():
        parity = trimmed([value[0] % 2, sum(value[1:]) % 2])
        if parity:
            reduced[key] = parity
    return reduced


def _without(form: Parity, given: Parity, pivot: str) -> dict[Any, Polynomial]:
    """Put what a letter is, by one form, into another."""
    if pivot not in form:
        return dict(form)
    return _reduced(plus(form, given, multiply((-1,), form[pivot])))
