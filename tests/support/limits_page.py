"""The closed list of `docs/limits.md`, read."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[2] / "docs" / "limits.md"
CLOSED = "\n## What symconv refuses though torch may run it\n"


class Entry(NamedTuple):
    """One entry: the laws that it is about (perhaps none), and what symconv says."""

    heading: str
    laws: frozenset[str]
    sentences: frozenset[str]
    of_parameters: bool


@lru_cache
def entries() -> tuple[Entry, ...]:
    """Return the entries of the list."""
    closed = PAGE.read_text(encoding="utf-8").split(CLOSED)[1].split("\n## ")[0]
    return tuple(_entry(text) for text in closed.split("\n### ")[1:])


def _entry(text: str) -> Entry:
    assert re.search(r"^Evidence: ", text, re.MULTILINE), text
    laws, sentences = (
        frozenset(re.findall(r"`([^`]+)`", re.search(rf"^{word}: (.+)$", text, re.MULTILINE)[1]))
        for word in ("Laws", "Sentences")
    )
    of_parameters = "\nLaws: none; the parameter is refused.\n" in text
    return Entry(text.partition("\n")[0], laws, sentences, of_parameters)


@lru_cache
def of_parameters() -> frozenset[str]:
    """Return what is said of a parameter that torch takes, whatever the input."""
    return frozenset().union(*(one.sentences for one in entries() if one.of_parameters))


@lru_cache
def excuses(law: str) -> frozenset[str]:
    """Return the sentences with which a law may refuse what torch runs."""
    return frozenset().union(*(one.sentences for one in entries() if law in one.laws))
