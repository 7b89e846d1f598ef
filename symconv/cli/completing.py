"""What the TAB key may make of a line that is being written.

The parsers of the commands know which options and arguments there are, and `symconv.cli.offers`
what may stand in the place of each.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from symconv.cli.commands import COMMANDS
from symconv.cli.offers import FILES, OFFERS, PERHAPS_FILES, Candidate, Place
from symconv.cli.parsing import Parser, command_parser, parser_of

_CURSOR = "\0"


class Line(NamedTuple):
    """A line up to the cursor.

    Attributes:
        words: the words that are finished, the program among them.
        begun: the word at the cursor, as far as it is written.
        quote: the quotation mark that is open there, if any.
    """

    words: list[str]
    begun: str
    quote: str = ""

    @classmethod
    def of(cls, text: str) -> Line:
        """Cut a text as a shell does, where a quotation may not be closed yet.

        >>> Line.of('symconv size "Conv2d(3, 8, ker')
        Line(words=['symconv', 'size'], begun='Conv2d(3, 8, ker', quote='"')
        """
        for quote in ("", '"', "'"):
            with suppress(ValueError):
                *words, last = shlex.split(f"{text}{_CURSOR}{quote}")
                return cls(words, last.removesuffix(_CURSOR), quote)
        return cls([], text)


def candidates(line: Line) -> list[Candidate] | None:
    """Return what may stand at the cursor; nothing, where that may be the name of a file."""
    words = line.words[1:]
    if words in ([], ["help"]):
        return _begun(
            line.begun, _options(parser_of([])) if line.begun.startswith("-") else _commands()
        )
    if words[0] not in COMMANDS:
        return []
    parser = command_parser(words[0])
    name, equals, value = line.begun.partition("=")
    if not name.startswith("-"):
        return _offered(_place(parser, words), line.begun)
    if not equals:
        return _begun(line.begun, _options(parser))
    offered = _offered(_place(parser, [*words, name]), value)
    return offered and [each._replace(text=f"{name}={each.text}") for each in offered]


def _place(parser: Parser, words: list[str]) -> Place:
    """Find what comes next in a command, behind some words."""
    options = {name: action for action in parser.arguments for name in action.option_strings}
    positional = [action for action in parser.arguments if not action.option_strings]
    placed: list[str] = []
    expected: argparse.Action | None = None
    for word in words[1:]:
        if expected is not None:
            expected = None
        elif word.startswith("-") and word != "-":
            action = options.get(word)
            expected = action if action is not None and action.nargs != 0 else None
        else:
            placed.append(word)
    if expected is None and positional:
        last = positional[-1]
        more = last.nargs == "*" or len(placed) < len(positional)
        expected = positional[min(len(placed), len(positional) - 1)] if more else None
    return Place(words[0], placed, expected)


def _offered(place: Place, begun: str) -> list[Candidate] | None:
    """Return what may be written at a place."""
    if place.action is None:
        return []
    kind = str(place.action.metavar)
    if kind in FILES:
        return None
    own = kind not in OFFERS  # numbers and conditions are the user's own
    offered = [] if own else _begun(begun, OFFERS[kind](place, begun))
    return None if not offered and kind in PERHAPS_FILES else offered


def _begun(begun: str, offered: Iterable[Candidate]) -> list[Candidate]:
    return [each for each in offered if each.text.lower().startswith(begun.lower())]


def _commands() -> Iterator[Candidate]:
    return (Candidate(name, command.says) for name, command in COMMANDS.items())


def _options(parser: Parser) -> Iterator[Candidate]:
    """Yield the long options of a command."""
    for action in parser.arguments:
        if action.help is not argparse.SUPPRESS:
            says = (action.help or "").replace("%%", "%")
            long = (name for name in action.option_strings if name.startswith("--"))
            yield from (Candidate(name, says) for name in long)
