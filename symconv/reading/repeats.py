"""Layers that a chain has several times, perhaps in a number that is still to be found.

torch prints `4 x Conv2d(...)`; `2..6 x Conv2d(...)` and `{2, 4} x Conv2d(...)` leave the count
open, and stand for one chain for each count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain as joined
from itertools import groupby, product
from math import prod
from typing import Any

from symconv.errors import RequestError, shown
from symconv.layers import Layer, Unknown
from symconv.layers.values import unknown
from symconv.places import Place

LONGEST_CHAIN = 1000
MOST_CHAINS = 100


@dataclass(frozen=True)
class Repeat:
    """Layers, several times in a row.

    Args:
        counts: how often: an integer, `range(2, 7)` or a set of choices.
        layers: one layer, or several that are repeated together.

    Raises:
        RequestError: the counts are none, or what is repeated is no layer.

    >>> from symconv import Conv2d
    >>> Repeat(range(2, 7), Conv2d(kernel_size=3))
    2..6 x Conv2d(kernel_size=3)
    """

    counts: Any
    layers: Any

    def __post_init__(self) -> None:
        """Check the counts and the layers, and keep both in one form."""
        counts = Unknown((self.counts,)) if type(self.counts) is int else unknown(self.counts)
        choices = (counts.choices or ()) if counts else ()
        if counts is None or not choices or not 0 <= choices[0] <= choices[-1] <= LONGEST_CHAIN:
            raise RequestError(
                f"how often a layer is repeated, from 0 to {LONGEST_CHAIN}",
                shown(self.counts),
                "Write for instance 4 x Conv2d(...) or 2..6 x Conv2d(...).",
                about="counts",
            )
        several = isinstance(self.layers, Iterable)
        layers = tuple(self.layers) if several else (self.layers,)
        if not layers or not all(isinstance(one, Layer) for one in layers):
            raise RequestError(
                "layers to repeat, each in a settled number",
                shown(self.layers),
                "Give each group of layers one count, outside of any other.",
                about="layers",
            )
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "layers", layers)

    def place(self) -> Place | None:
        """Return where it stands in the text from which it was read, if it was read."""
        return vars(self).get("_place")

    @property
    def choices(self) -> tuple[int, ...]:
        """The counts, the smallest first."""
        return tuple(self.counts.choices)

    @property
    def settled(self) -> bool:
        """Whether there is only one count."""
        return len(self.choices) == 1

    def __repr__(self) -> str:
        """Write the repetition as the text of chains has it."""
        inside = ", ".join(map(repr, self.layers))
        counts = self.choices[0] if self.settled else self.counts
        return f"{counts} x {inside if len(self.layers) == 1 else f'Sequential({inside})'}"


Parts = tuple[Layer | Repeat, ...]
"""A chain as it is written: layers, and repeats of some."""


def expanded(parts: Iterable[Layer | Repeat]) -> tuple[tuple[Layer, ...], ...]:
    """Return the layers of every chain that these parts stand for, the shortest counts first.

    Raises:
        RequestError: there are too many chains, or they are too long.

    >>> from symconv import Conv2d, ReLU
    >>> [len(one) for one in expanded([Repeat(range(1, 4), Conv2d(kernel_size=3)), ReLU()])]
    [2, 3, 4]
    """
    repeats = [one if isinstance(one, Repeat) else Repeat(1, one) for one in parts]
    number = prod(len(one.choices) for one in repeats)
    longest = sum(one.choices[-1] * len(one.layers) for one in repeats)
    for what, found, most in (
        ("chains, one for each count", number, MOST_CHAINS),
        ("layers", longest, LONGEST_CHAIN),
    ):
        if found > most:
            raise RequestError(
                f"at most {most} {what}", f"{found}", "Narrow the counts, or cut the chain."
            )
    counted = product(*(one.choices for one in repeats))
    return tuple(
        tuple(joined.from_iterable(r.layers * n for r, n in zip(repeats, counts, strict=True)))
        for counts in counted
    )


def each_layer(parts: Iterable[Layer | Repeat]) -> Iterator[Layer]:
    """Yield the layers of a chain as they are written, those of a repeat once."""
    for part in parts:
        yield from part.layers if isinstance(part, Repeat) else (part,)


def written(parts: Iterable[Layer | Repeat]) -> str:
    """Write a chain as its text is read, with what stands several times in a row written once.

    >>> from symconv import Conv2d, ReLU
    >>> written([Conv2d(kernel_size=3), Conv2d(kernel_size=3), ReLU()])
    '2 x Conv2d(kernel_size=3) -> ReLU()'
    """
    runs = [(one, len(list(same))) for one, same in groupby(parts)]
    return " -> ".join(repr(one) if n == 1 else f"{n} x {one!r}" for one, n in runs)
