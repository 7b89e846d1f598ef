"""How far from ordinary windows are, as a term in a layer's letters: what settings are ordered by.

The extent and the padding (what is cropped counts alike), and what people find odd: a dilation, an
output padding, an even kernel with stride 1. What is no parameter of the layer does not count.
"""

from symconv.operators.letters import W
from symconv.operators.reading import NONE, Scattered, Windows
from symconv.terms import Term, maximum, where


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
