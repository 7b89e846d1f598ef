"""Words in constraints: what people want ready-made, each a term for a layer's windows.

    extent            the cells from a window's first tap to its last, D*(F - 1) + 1
    uniform_overlap   every cell is met equally often: no checkerboard
    every_cell_read   windows leave no cell of the input unread; settings with a stride and a
                      dilation above 1, which miss cells near the edges, do not count
    centred           each output stands where resizing would put it: E - 2P = S, and A = 0

`odd(...)` and `even(...)` belong to the language of constraints itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from symconv.errors import RequestError
from symconv.operators import Operator
from symconv.operators.letters import O
from symconv.operators.reading import Windows
from symconv.terms import INTEGER, Term, TermLike, substitute, variable, variables, where

MOST_PRIMES = 1000


class Sizes(NamedTuple):
    """What a word may speak of besides a layer's own numbers.

    Attributes:
        input: the size that arrives.
        outputs: the size that comes out.
        single: whether that is one size: then a single window, or a single tap, may reach all.
        common: the greatest factor that a stride and a dilation may have in common.
    """

    input: TermLike
    outputs: TermLike
    single: bool
    common: int


def _uniform(windows: Windows, sizes: Sizes) -> Term:
    """State that overlap is uniform, for strides and dilations that share small factors."""
    return windows.uniform_overlap(sizes.common)


def _read(windows: Windows, sizes: Sizes) -> Term:
    """State that windows touch, what the last one leaves over is padding, and none is cropped."""
    size, outputs = sizes.input, sizes.outputs
    f, s, p, d = windows.taps, windows.step, windows.before, windows.spacing
    touching = (f >= s) & (substitute(windows.reached, {O: outputs}) >= size)
    running = d <= outputs
    if sizes.single:
        touching = touching | ((f - p % s >= size) & (p // s < outputs))
        running = running | ((outputs - p % d >= size) & (p // d <= f - 1))
    return (p >= 0) & ((d.eq(1) | f.eq(1)) & touching | s.eq(1) & running)


def centred(windows: Windows, sizes: Sizes | None = None) -> Term:
    """State that each output stands where resizing would put it: E - 2P = S, and A = 0."""
    del sizes
    return (windows.extent - 2 * windows.before).eq(windows.step) & windows.added.eq(0)


class Word(NamedTuple):
    """A word.

    Attributes:
        means: its term.
        looks: whether it is about windows that look at the input only.
        even: whether taps have to lie equally far apart; what to look at otherwise.
    """

    means: Callable[[Windows, Sizes], Term]
    looks: bool = False
    even: str = ""


WORDS = {
    "extent": Word(lambda windows, _: windows.extent),
    "uniform_overlap": Word(_uniform, even="overlap"),
    "every_cell_read": Word(_read, looks=True, even="unread"),
    "centred": Word(centred),
}


def meant(word: str, operator: Operator, sizes: Sizes) -> Term | None:
    """Return what a word means for an operator; nothing where it is not about its windows.

    Raises:
        RequestError: the taps of its windows do not lie equally far apart.
    """
    means, looks, even = WORDS[word]
    windows = operator.kernel
    if windows is None or (looks and not operator.looks):
        return None
    if even and not windows.even:
        raise RequestError(
            f"{word}: taps that lie equally far apart",
            "windows of another kind",
            f"Look at the column `{even}`.",
        )
    return means(windows, sizes)


PLACEHOLDERS = {
    word: variable(word) if word == "extent" else variable(word).eq(1) for word in WORDS
}
"""Each word as it stands in a constraint, until it is known which layer is meant."""


def in_letters(constraint: Term, operator: Operator, sizes: Sizes) -> Term | None:
    """Return a constraint with a layer's own terms for the words in it; nothing without windows."""
    words = WORDS.keys() & set(variables(constraint))
    terms = {word: meant(word, operator, sizes) for word in words}
    if None in terms.values():
        return None
    return substitute(constraint, {variable(word): _number(term) for word, term in terms.items()})


def _number(term: Term | None) -> Term:
    """Return a term as a number: a truth value as 1 or 0."""
    if term is None:  # such words were sorted out
        raise KeyError(term)
    return term if term.sort == INTEGER else where(term, 1, 0)


def greatest_common(ends: Iterable[int]) -> int | None:
    """Return the greatest factor that numbers up to some ends may share, if it is small enough."""
    least = min(ends, default=None)
    return None if least is None or least > MOST_PRIMES else least
