"""The letters of a structural statement, and the numbers that people put in for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symconv.book.statements.structures.computing import Layer
from symconv.errors import RequestError, shown
from symconv.vocabulary import DEFAULTS, LETTERS

FIELDS = {"F": "kernel", "S": "stride", "P": "padding", "D": "dilation"}
"""The letters of a layer of a chain, and how a `Layer` calls them."""
MOST_LAYERS = 30


@dataclass(frozen=True)
class Letters:
    """What numbers a statement takes.

    Attributes:
        own: its letters in order, and how large the number of each may be, on either side of zero.
        chains: the endings of the letters of layers, one for each chain that it speaks of: `""`
            for `F1 S1 P1 D1 F2 ...`.
        most: how large the numbers of layers may be.

    >>> letters = Letters((("W", 9),), ("",))
    >>> numbers = letters.read("a_chain", {"W": 7, "F1": 3, "kernel_size2": 2, "S2": 2})
    >>> numbers, letters.chain(numbers)
    ({'W': 7, 'F1': 3, 'F2': 2, 'S2': 2}, (Layer(3, 1, 0, 1), Layer(2, 2, 0, 1)))
    """

    own: tuple[tuple[str, int], ...] = ()
    chains: tuple[str, ...] = ()
    most: int = 1000

    def __str__(self) -> str:
        """List the letters, as people are told of them."""
        listed = ", ".join(self.first)
        more = f", F2{self.chains[0]}, ... for each layer" if self.chains else ""
        return (listed or "none") + more

    @property
    def first(self) -> tuple[str, ...]:
        """Its own letters, and those of the first layer of each chain."""
        layers = (f"{letter}1{ending}" for ending in self.chains for letter in FIELDS)
        return (*dict(self.own), *layers)

    def read(self, name: str, numbers: Mapping[str, Any]) -> dict[str, int]:
        """Return numbers by letters; they may be given by torch's names.

        Args:
            name: of the statement.
            numbers: what was given.

        Raises:
            RequestError: a name is no letter of the statement, a value is no integer, or one is so
                large that it is not counted with.
        """
        read: dict[str, int] = {}
        for written, value in numbers.items():
            letter = self._letter(written)
            whole = hasattr(value, "__index__") and not isinstance(value, bool)
            if letter is None or not whole:
                arrived = f"{written} = {shown(value)}"
                raise RequestError(
                    f"integers for the letters of {name}",
                    arrived,
                    f"Its letters: {self}.",
                    about=f"{written}=" if letter is None else written,
                )
            most = dict(self.own).get(letter, self.most)
            if abs(int(value)) > most:
                raise RequestError(
                    f"numbers from {-most} to {most} for {letter}: {name} is counted out with them",
                    f"{letter} = {shown(int(value))}",
                    "Write smaller numbers.",
                    about=written,
                )
            read[letter] = int(value)
        return read

    def _letter(self, written: str) -> str | None:
        """Return the letter that a name stands for, or nothing."""
        if (known := LETTERS.get(written, written)) in dict(self.own):
            return known
        matched = re.fullmatch(r"([A-Za-z_]+?)([1-9]\d?)([a-z]?)", written, re.ASCII)
        if matched is None or matched[3] not in self.chains or int(matched[2]) > MOST_LAYERS:
            return None
        stem = LETTERS.get(matched[1], matched[1])
        return f"{stem}{matched[2]}{matched[3]}" if stem in FIELDS else None

    def missing(self, numbers: Mapping[str, int]) -> tuple[str, ...]:
        """Return the letters that have no number, neither a written one nor torch's default."""
        needed = [letter for letter, _ in self.own if letter not in {**DEFAULTS, **numbers}]
        for ending in self.chains:
            last = max(self._counts(numbers, ending), default=1)
            kernels = (f"F{count}{ending}" for count in range(1, last + 1))
            needed += [kernel for kernel in kernels if kernel not in numbers]
        return tuple(needed)

    def unwritten(self, numbers: Mapping[str, int]) -> str:
        """Say what is as in torch because nobody wrote it."""
        usual = [letter for letter, _ in self.own if letter in DEFAULTS and letter not in numbers]
        default = {letter: DEFAULTS[letter] for letter in usual}
        for ending in self.chains:
            layers = range(1, max(self._counts(numbers, ending), default=0) + 1)
            for letter, field in FIELDS.items():
                written = all(f"{letter}{place}{ending}" in numbers for place in layers)
                if field in Layer._field_defaults and not written:
                    default[letter] = Layer._field_defaults[field]
        left = [f"{letter} = {value}" for letter, value in default.items()]
        return f"not written, so as in torch: {', '.join(left)}" if left else ""

    def complete(self, numbers: Mapping[str, int]) -> dict[str, int]:
        """Return the numbers of the statement's own letters that are known, torch's among them."""
        known = {**DEFAULTS, **numbers}
        return {letter: known[letter] for letter, _ in self.own if letter in known}

    def chain(self, numbers: Mapping[str, int], ending: str = "") -> tuple[Layer, ...]:
        """Return the layers of a chain."""
        count = max(self._counts(numbers, ending), default=0)
        return tuple(
            Layer(
                **{
                    field: numbers[f"{letter}{place}{ending}"]
                    for letter, field in FIELDS.items()
                    if f"{letter}{place}{ending}" in numbers
                }
            )
            for place in range(1, count + 1)
        )

    @staticmethod
    def _counts(numbers: Mapping[str, int], ending: str) -> Iterator[int]:
        """Yield the places of layers that numbers are given for."""
        for letter in numbers:
            matched = re.fullmatch(rf"[{''.join(FIELDS)}](\d+){ending}", letter)
            if matched:
                yield int(matched[1])
