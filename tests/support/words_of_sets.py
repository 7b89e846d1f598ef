"""Reads the words that sets of sizes are said in, back into sets."""

import re
from collections.abc import Iterator

from symconv.periodic import NOTHING, SizeSet

NUMBERS = r"\d+(?:, \d+)*(?: or \d+)?"
REPEATING = {
    r"every size": lambda: (1, {0}),
    r"sizes": lambda: (1, {0}),
    r"even sizes": lambda: (2, {0}),
    r"odd sizes": lambda: (2, {1}),
    r"multiples of (\d+)": lambda period: (period, {0}),
    r"1 less than a multiple of (\d+)": lambda period: (period, {period - 1}),
    r"(\d+) more than a multiple of (\d+)": lambda residue, period: (period, {residue}),
    r"all but multiples of (\d+)": lambda period: (period, {*range(1, period)}),
}
"""Ways to say which sizes repeat, with the period and the residues that they stand for."""
LISTED = {
    rf"all but ({NUMBERS}) mod (\d+)": lambda few, period: {*range(period)} - few,
    rf"({NUMBERS}) mod (\d+)": lambda few, period: few,
}
"""Ways that list remainders."""
WORDS = "|".join(re.sub(r"\((?!\?)", "(?:", way) for way in (*REPEATING, *LISTED))
FINITE = re.compile(
    rf"(?P<words>{WORDS}) from (?P<start>\d+) to (?P<end>\d+)"
    r"|(?P<low>\d+) to (?P<high>\d+)|(?P<size>\d+)"
)
VAGUE = re.compile(r"(\d+) sizes from (\d+) to (\d+)")
"""How many members there are, where they are too many to be said."""
SOME = re.compile(
    r"((?:\d+, ){7}\d+), … mod (\d+) \((\d+) remainders of (\d+)\)(?:,? from (\d+))?(?: to (\d+))?"
)
"""Some of the remainders, where they are too many to be said."""


def understood(text: str) -> SizeSet:
    """The set that some words stand for, where they say all of it."""
    if text == "no size":
        return NOTHING
    before, joined, tail = text.rpartition(", and ")
    if joined:
        return _finite(before) | _endless(tail)
    return _endless(text) if re.fullmatch(rf"(?:{WORDS})(?:,? from \d+)?", text) else _finite(text)


def _endless(text: str) -> SizeSet:
    parts = re.fullmatch(rf"({WORDS})(?:,? from (\d+))?", text)
    assert parts, text
    period, residues = repeated(parts[1])
    return SizeSet.of(period, residues, int(parts[2] or 1))


def repeated(words: str) -> tuple[int, set[int]]:
    """The period and the residues of words that say which sizes repeat."""
    for way, meant in REPEATING.items():
        if parts := re.fullmatch(way, words):
            return meant(*map(int, parts.groups()))
    for way, meant in LISTED.items():
        if parts := re.fullmatch(way, words):
            period = int(parts[2])
            return period, meant({*map(int, re.findall(r"\d+", parts[1]))}, period)
    raise AssertionError(words)


def _finite(text: str) -> SizeSet:
    members = NOTHING
    for part in _parts(text):
        if part["size"]:
            members |= SizeSet.points([int(part["size"])])
        elif part["low"]:
            members |= SizeSet.between(int(part["low"]), int(part["high"]))
        else:
            period, residues = repeated(part["words"])
            inside = SizeSet.between(int(part["start"]), int(part["end"]))
            members |= SizeSet.of(period, residues) & inside
    return members


def _parts(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands between commas and `and`, with nothing left over."""
    place = 0
    while place < len(text):
        part = FINITE.match(text, place)
        assert part, text[place:]
        yield part
        place = part.end()
        if place < len(text):
            between = re.compile(", | and ").match(text, place)
            assert between, text[place:]
            place = between.end()
