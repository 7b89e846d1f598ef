"""What the words of the language mean, one table a library.

`integers` is the reference: every other meaning is tested against it, word by word and law by law.
To add a meaning, write its table and list it here.
"""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

from symconv.meanings.meaning import Meaning

_HOMES = {
    "integers": "integers:PLAIN",
    "syntax": "integers:PARSED",
    "arrays": "arrays:MANY",
    "intervals": "intervals:RANGES",
    "exact": "periodic:EXACT",
    "normal": "normal:NORMAL",
    "terms": "identity:TERMS",
    "smt": "smt:STATED",
    "symbols": "symbols:SYMBOLIC",
    "text": "notation:WRITTEN",
    "latex": "notation:TYPESET",
    "mathml": "mathml:LAID_OUT",
    "gallina": "gallina:EXPORTED",
    "javascript": "javascript:SCRIPTED",
}
"""The module and the name of each meaning; a library is loaded when its meaning is asked for."""


class _Meanings(UserDict[str, Any]):
    """Every meaning by its name; others join as they come."""

    def __getitem__(self, name: str) -> Meaning:
        home = self.data[name]
        if isinstance(home, str):
            module, _, attribute = home.partition(":")
            home = getattr(import_module(f"symconv.meanings.{module}"), attribute)
        meaning: Meaning = home
        return meaning


MEANINGS = _Meanings(_HOMES)

__all__ = ["MEANINGS", "Meaning"]
