"""A setting: numbers for the letters of a law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from random import Random
from typing import Any

from symconv.errors import RequestError, shown
from symconv.vocabulary import LETTERS, torch_name

MOST_DRAWN = 1000
"""From how many settings some are drawn."""


class Setting(Mapping[str, int]):
    """Numbers for some letters; they can be asked for by letter, torch's name or SymPy symbol.

    >>> from symconv.symbols import F
    >>> setting = Setting({"F": 4, "S": 2})
    >>> setting["F"], setting["kernel_size"], setting[F]
    (4, 4, 4)
    """

    def __init__(self, values: Mapping[str, int]) -> None:
        """Keep the values by letter, a layer's letters first."""
        order = {letter: place for place, letter in enumerate("FSPDA")}
        self._values = dict(
            sorted(values.items(), key=lambda item: order.get(item[0].rstrip("123"), len(order)))
        )

    def __getitem__(self, name: Any) -> int:
        letter = str(name)
        return self._values[LETTERS.get(letter, letter)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        """Show the numbers under torch's names."""
        return f"({', '.join(f'{torch_name(k)}={v}' for k, v in self.items())})"

    @property
    def named(self) -> dict[str, int]:
        """The numbers by torch's names."""
        return {torch_name(k): v for k, v in self.items()}


def drawn(settings: Iterable[Setting], n: int, seed: int) -> list[Setting]:
    """Return settings drawn at random from the first thousand, in their order.

    Raises:
        RequestError: `n` or `seed` is no integer, or `n` is negative.
    """
    for name, value, least in (("n", n, 0), ("seed", seed, None)):
        if type(value) is not int or (least is not None and value < least):
            raise RequestError(
                f"{name} as an integer" + ("" if least is None else f" from {least}"),
                f"{shown(value)} ({type(value).__name__})",
                f"Write for instance {name}=5.",
            )
    some = list(islice(settings, MOST_DRAWN))
    places = sorted(Random(seed).sample(range(len(some)), min(n, len(some))))  # noqa: S311
    return [some[place] for place in places]
