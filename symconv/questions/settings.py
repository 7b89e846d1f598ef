"""Settings as columns, in order, as many as are asked for: a sequence that makes no rows ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, overload

import numpy as np

from symconv.families.setting import Setting

Columns = dict[str, Any]


class Settings(Sequence[Setting]):
    """Settings, kept as one column of integers for each letter.

    >>> found = Settings(("F", "P"), {"F": np.asarray([2, 4]), "P": np.asarray([0, 1])})
    >>> len(found), found[1]
    (2, (kernel_size=4, padding=1))
    """

    def __init__(self, letters: tuple[str, ...], columns: Columns) -> None:
        """Keep the columns; all have one length."""
        self.letters, self.columns = letters, columns

    @classmethod
    def none(cls, letters: tuple[str, ...]) -> Settings:
        """Return no settings."""
        return cls(letters, {letter: np.zeros(0, np.int64) for letter in letters})

    @classmethod
    def joined(cls, letters: tuple[str, ...], parts: Iterable[Columns]) -> Settings:
        """Return the settings of several blocks of columns, one after the other."""
        blocks = list(parts)
        if not blocks:
            return cls.none(letters)
        columns = {
            letter: np.concatenate([block[letter] for block in blocks]) for letter in letters
        }
        return cls(letters, {letter: column.astype(np.int64) for letter, column in columns.items()})

    def some(self, rows: Any) -> Settings:
        """Return some of the settings: a slice, places in any order, or a mask."""
        columns = {letter: column[rows] for letter, column in self.columns.items()}
        return Settings(self.letters, columns)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    @overload
    def __getitem__(self, place: int) -> Setting: ...
    @overload
    def __getitem__(self, place: slice) -> Settings: ...
    def __getitem__(self, place: int | slice) -> Setting | Settings:
        """Return one setting, or some of them."""
        if isinstance(place, slice):
            return self.some(place)
        return Setting({letter: int(self.columns[letter][place]) for letter in self.letters})

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # columns are compared, not looked up
