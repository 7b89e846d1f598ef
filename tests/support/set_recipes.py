"""Random sets of sizes, each with a plain Python function that says what belongs to it.

Whatever such a set does, it does at the first sizes or about `HUGE`; elsewhere it repeats after
`SPAN`. So the sizes of `WINDOW` say everything about it.
"""

from collections.abc import Callable, Iterator
from itertools import chain, takewhile
from typing import NamedTuple

from hypothesis import strategies as st

import strategies  # noqa: F401  (its profile: no example has a deadline)
from symconv.periodic import SizeSet

HUGE, SPAN, EDGES = 10**9, 72, 130
"""A far size; a multiple of all periods; how far beyond 0 and beyond `HUGE` it changes."""
PERIODS = (1, 2, 3, 4, 6, 8, 9, 12, 18)
SETTLED = EDGES + 2 * SPAN
WINDOW = (*range(1, SETTLED), *range(HUGE - 2 * SPAN, HUGE + SETTLED))
TAIL = range(HUGE + EDGES, HUGE + SETTLED)
"""Sizes among which every set repeats for good."""


class Recipe(NamedTuple):
    """A set, and a function that says which sizes belong to it."""

    sizes: SizeSet
    has: Callable[[int], bool]


def edges() -> st.SearchStrategy[int]:
    return st.integers(1, EDGES - 1) | st.integers(HUGE, HUGE + EDGES - 1)


@st.composite
def repeating(draw: st.DrawFn) -> Recipe:
    """A set that repeats from some size on, with single members before."""
    period = draw(st.sampled_from(PERIODS))
    residues = draw(st.frozensets(st.integers(0, period - 1)))
    start = draw(edges())
    also = draw(st.frozensets(st.integers(1, EDGES - 1), max_size=4))
    return Recipe(
        SizeSet.of(period, residues, start, also),
        lambda size: size in also or (size >= start and size % period in residues),
    )


@st.composite
def single(draw: st.DrawFn) -> Recipe:
    """A few sizes, near or far."""
    members = draw(st.frozensets(edges(), max_size=6))
    return Recipe(SizeSet.points(members), members.__contains__)


@st.composite
def interval(draw: st.DrawFn) -> Recipe:
    """The sizes from one to another, or from one on."""
    low, high = draw(edges()), draw(edges() | st.none())
    return Recipe(
        SizeSet.between(low, high), lambda size: low <= size and (high is None or size <= high)
    )


def inverted(a: Recipe) -> Recipe:
    return Recipe(~a.sizes, lambda size: not a.has(size))


OPERATIONS: dict[str, Callable[[Recipe, Recipe], Recipe]] = {
    "and": lambda a, b: Recipe(a.sizes & b.sizes, lambda size: a.has(size) and b.has(size)),
    "or": lambda a, b: Recipe(a.sizes | b.sizes, lambda size: a.has(size) or b.has(size)),
    "xor": lambda a, b: Recipe(a.sizes ^ b.sizes, lambda size: a.has(size) != b.has(size)),
    "minus": lambda a, b: Recipe(a.sizes - b.sizes, lambda size: a.has(size) and not b.has(size)),
}


def _joined(parts: st.SearchStrategy[Recipe]) -> st.SearchStrategy[Recipe]:
    words = st.sampled_from([*OPERATIONS.values()])
    return st.builds(lambda word, a, b: word(a, b), words, parts, parts) | parts.map(inverted)


def recipes() -> st.SearchStrategy[Recipe]:
    """Sets joined of others, with long finite stretches and far starts among them."""
    return st.recursive(repeating() | single() | interval(), _joined, max_leaves=4)


def members(recipe: Recipe) -> set[int]:
    """The members in the window."""
    return set(filter(recipe.has, WINDOW))


def above(recipe: Recipe, size: int) -> int | None:
    """The least member above a size."""
    near = range(size + 1, max(size, 0) + SETTLED)
    far = range(max(size + 1, HUGE - 2 * SPAN), HUGE + SETTLED)
    return next(filter(recipe.has, chain(near, far)), None)


def below(recipe: Recipe, size: int) -> int | None:
    """The greatest member below a size of the window."""
    near = range(size - 1, max(0, size - 2 * SETTLED), -1)
    return next(filter(recipe.has, chain(near, range(min(size, SETTLED) - 1, 0, -1))), None)


def count(recipe: Recipe) -> int:
    """How many members a finite set has: between the two parts of the window it repeats."""
    repeated = range(SETTLED, HUGE - 2 * SPAN)
    whole, rest = divmod(len(repeated), SPAN)
    return (
        len(members(recipe))
        + whole * sum(map(recipe.has, repeated[:SPAN]))
        + sum(map(recipe.has, repeated[:rest]))
    )


def endless(recipe: Recipe) -> bool:
    """Whether there is no last member."""
    return any(map(recipe.has, TAIL))


def period(recipe: Recipe) -> int:
    """The smallest period of the members far away."""
    alike = (
        all(recipe.has(size) == recipe.has(size + length) for size in TAIL[:SPAN])
        for length in range(1, SPAN + 1)
    )
    return next(length for length, repeats in enumerate(alike, 1) if repeats)


def repeats_from(recipe: Recipe) -> int:
    """From which size on a set is what it is far away."""
    pattern = [recipe.has(TAIL[0] + place) for place in range(SPAN)]

    def agrees(size: int) -> bool:
        return recipe.has(size) == pattern[(size - TAIL[0]) % SPAN]

    far: Iterator[int] = takewhile(agrees, range(TAIL[0], HUGE - 2 * SPAN - 1, -1))
    least = min(far)
    if least > HUGE - 2 * SPAN:
        return least
    return min(takewhile(agrees, range(SETTLED, 0, -1)))
