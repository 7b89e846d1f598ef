"""The order of settings: the ordinary first, and every setting at a finite place."""

from __future__ import annotations

from collections.abc import Collection

from symconv.operators.ordinary import letters_of, parameter, strangeness
from symconv.operators.reading import Scattered, Windows
from symconv.terms import Term, constant, maximum, variable, where


def weight(kernel: Windows | None, letters: Collection[str], far: Collection[str] = ()) -> Term:
    """Return how far from ordinary a setting is; settings come by weight, then by their numbers.

    Besides what is odd of any windows, an uneven overlap of those that are painted counts. Letters
    that are no number of the windows count themselves.

    Args:
        kernel: the windows, if there are any.
        letters: the letters that the layer has.
        far: letters that may grow far. Where the extent does not see them, the dilation of a
            single tap and the stride beyond a window, they count as well.
    """
    others = _others(kernel, letters)
    if kernel is None:
        return sum(others[1:], others[0]) if others else constant(0)
    total = strangeness(kernel)
    if isinstance(kernel, Scattered):
        total = total + where((kernel.taps % kernel.step).eq(0), 0, 2)
    if _grows(kernel.spacing, far):
        total = total + where(kernel.taps.eq(1), kernel.spacing - 1, 0)
    if _grows(kernel.step, far):
        total = total + maximum(0, kernel.step - kernel.extent)
    return sum(others, total)


def within(
    kernel: Windows | None, letters: Collection[str], bound: int, far: Collection[str]
) -> tuple[Term, ...]:
    """Return what follows, letter by letter, for a setting of at most this weight."""
    others = [variable(letter) for letter in _not_of(kernel, letters)]
    limits = [limit for letter in others for limit in (letter <= bound, letter >= -bound)]
    if kernel is None:
        return tuple(limits)
    before = parameter(kernel.before)
    span = kernel.extent + maximum(before, -before)
    if _grows(kernel.step, far):
        span = span + maximum(0, kernel.step - kernel.extent)
    if _grows(kernel.spacing, far):
        limits.append(constant(bound) >= kernel.spacing - 1)
    if not kernel.even:  # taps rise, so a window has at most as many as cells
        limits.append(kernel.taps + maximum(before, -before) <= bound)
        limits += [kernel.step <= bound] if _grows(kernel.step, far) else []
    return (span <= bound, *limits)


def _others(kernel: Windows | None, letters: Collection[str]) -> list[Term]:
    """Return how far from 0 the letters are that are no number of the windows."""
    others = map(variable, _not_of(kernel, letters))
    return [maximum(letter, -letter) for letter in others]


def _not_of(kernel: Windows | None, letters: Collection[str]) -> list[str]:
    own = letters_of(kernel) if kernel is not None else frozenset()
    return sorted({*letters} - own - {"ceil_mode"})


def _grows(number: Term, far: Collection[str]) -> bool:
    return number.word == "variable" and number.args[0] in far
