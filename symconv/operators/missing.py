"""What windows miss, for letters of any value, where the taps of a window lie side by side.

With a dilation there are gaps inside a window, and no short formula says which cells they leave
out; `operators.unread` tells that for numbers.
"""

from __future__ import annotations

from symconv.errors import RequestError
from symconv.operators.letters import W
from symconv.operators.operator import Operator
from symconv.operators.windows import Windows
from symconv.terms import Term, constant


def every_cell_read(operator: Operator, size: Term = W) -> Term:
    """State that windows leave no cell of the input unread, for a size that the layer takes.

    The last window ends in the padding or beyond; and no gap between two windows, if there is one,
    meets the input: the first gap that ends in it begins behind its end, or behind the last window.

    Raises:
        RequestError: the operator has no windows, or their taps do not lie side by side.
    """
    windows, taps = _plain(operator)
    step, before = windows.step, windows.before
    last, gap = (operator.size - 1) * step, before // step
    ends = last + taps >= size + before
    clear = (taps >= step) | (gap > operator.size - 2) | (gap * step + taps >= size + before)
    return ends & clear


def every_window_reads(operator: Operator, size: Term = W) -> Term:
    """State that every window reads a cell of the input, for a size that the layer takes.

    Raises:
        RequestError: as for `every_cell_read`.
    """
    windows, taps = _plain(operator)
    before = windows.before
    return (taps > before) & ((operator.size - 1) * windows.step < size + before)


def _plain(operator: Operator) -> tuple[Windows, Term]:
    """Return windows whose taps lie side by side, and how many taps one has."""
    windows = operator.windows
    if windows is None or operator.scatters or not windows.even:
        raise RequestError(
            "an operator that reads windows", operator.name, "Ask it of conv or of a pool."
        )
    if windows.spacing is not constant(1):
        raise RequestError(
            f"{operator.name} with a dilation of 1, where no taps are left out",
            f"a dilation of {windows.spacing!r}"
            if windows.spacing.word == "constant"
            else "an open one",
            "Write dilation=1.",
        )
    return windows, windows.taps
