"""What the words of the language mean, one table a library.

`integers` is the reference: every other meaning is tested against it, word by word and law by law.
To add a meaning, write its table and list it here.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

from symconv.meanings.meaning import Meaning

_HOMES = {
    "integers": "integers:PLAIN",
    "syntax": "integers:PARSED",
    "arrays": "arrays:MANY",
    "intervals": "intervals:RANGES",
    "terms": "identity:TERMS",
    "smt": "smt:STATED",
    "symbols": "symbols:SYMBOLIC",
    "text": "notation:WRITTEN",
    "latex": "notation:TYPESET",
    "gallina": "gallina:EXPORTED",
}
"""The module and the name of each meaning; a library is loaded when its meaning is asked for."""


class _Meanings(MutableMapping[str, Meaning]):
    """Every meaning by its name; others join as they come."""

    def __init__(self) -> None:
        self.joined: dict[str, Meaning] = {}

    def __getitem__(self, name: str) -> Meaning:
        if name in self.joined:
            return self.joined[name]
        module, _, attribute = _HOMES[name].partition(":")
        meaning: Meaning = getattr(import_module(f"symconv.meanings.{module}"), attribute)
        return meaning

    def __setitem__(self, name: str, meaning: Meaning) -> None:
        self.joined[name] = meaning

    def __delitem__(self, name: str) -> None:
        del self.joined[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*_HOMES, *self.joined)))

    def __len__(self) -> int:
        return len({*_HOMES, *self.joined})


MEANINGS = _Meanings()

__all__ = ["MEANINGS", "Meaning"]
