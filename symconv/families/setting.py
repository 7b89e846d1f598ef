"""A setting: numbers for the letters of a law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symconv.vocabulary import LETTERS, torch_name


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
