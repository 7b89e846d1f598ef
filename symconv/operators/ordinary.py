"""How far from ordinary windows are, as a term in a layer's letters: what settings are ordered by.

The extent and the padding (what is cropped counts alike), and what people find odd: a dilation, an
output padding, an even kernel with stride 1. What is no parameter of the layer does not count.
"""

from symconv.operators.letters import O, W
from symconv.operators.reading import NONE, ONE, Scattered, Windows
from symconv.terms import Term, both, maximum, where

TOLERATED = 16
"""An input's cells for each that is unread, where a known setting still is an ordinary one."""


def fault(statement: Term, weight: int) -> Term:
    """Return a weight where something odd holds, and 0 elsewhere."""
    return where(statement, weight, 0)


def parameter(term: Term) -> Term:
    """Return a term that is a parameter of the layer; for one that follows from others, 0."""
    return term if term.word == "variable" else NONE


def strangeness(kernel: Windows) -> Term:
    """Return how far from ordinary windows are, by their numbers alone."""
    before, added = parameter(kernel.before), parameter(kernel.added)
    odd = where(kernel.spacing.eq(1), 0, 4) + where(added.eq(0), 0, 3)
    even = fault(kernel.step.eq(1) & (kernel.taps % 2).eq(0), 1)
    return kernel.extent + maximum(before, -before) + odd + even


def letters_of(kernel: Windows) -> frozenset[str]:
    """Return the letters that are the windows' own numbers: a parameter each."""
    numbers = (kernel.taps, kernel.step, kernel.spacing, kernel.before, kernel.added)
    return frozenset(number.args[0] for number in numbers if number.word == "variable")


def astray(kernel: Windows) -> Term:
    """State that windows leave cells between them, or that one lies in the padding alone.

    Of what is painted: cells lie between what is painted, or a window is cropped whole.
    """
    return (kernel.step > kernel.extent) | (parameter(kernel.before) >= kernel.extent)


def unread(kernel: Windows) -> Term:
    """Return how many of `W` cells lie beyond the last of `O` windows; none that paint."""
    return NONE if isinstance(kernel, Scattered) else maximum(0, W - kernel.reached)


def chosen(kernel: Windows) -> Term:
    """Return the stride as far as somebody chooses it; one that is the kernel counts as 1."""
    return ONE if kernel.step == kernel.taps else kernel.step


def idle(kernel: Windows) -> Term:
    """State that a stride does nothing: there is one window, of the output `O` or on `W` cells."""
    windows = W if isinstance(kernel, Scattered) else O
    return windows.eq(1) & (chosen(kernel) > 1)


def grows(size: int, output: int) -> bool:
    """Whether an output is a multiple of its input, beyond it.

    >>> grows(8, 16), grows(8, 8), grows(8, 20)
    (True, False, False)
    """
    return output > size and output % size == 0


def covers(kernel: Windows) -> Term:
    """State that windows are not astray, and leave at most one cell in sixteen unread."""
    return ~astray(kernel) & (TOLERATED * unread(kernel) <= W)


def suited(kernel: Windows, grown: bool) -> Term:
    """State that windows do for `W` cells and an output of `O` what they are built for.

    They cover the input, the stride is not idle, and what is painted in order to multiply a size
    multiplies it by the stride.

    Args:
        kernel: the windows.
        grown: whether a multiple of the input is asked for.
    """
    multiplied = W.eq(1) | O.eq(kernel.step * W)
    painted = multiplied if grown and isinstance(kernel, Scattered) else both()
    return both(covers(kernel), ~idle(kernel), painted)
