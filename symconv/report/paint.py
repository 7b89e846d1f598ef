"""Words in colour, where somebody looks at a terminal; plain text everywhere else.

A word takes two escape sequences. rich would take a third of the time of `symconv size` to load
for them, and is kept for what turns while a search is under way. As everywhere, nothing is painted
where `NO_COLOR` is set (no-color.org), where `TERM` is `dumb`, or where the stream is no terminal.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

ROLES: Mapping[str, str] = {
    "heading": "1",
    "name": "1;36",
    "error": "1;31",
    "yes": "1;32",
    "no": "1;31",
    "open": "1;33",
}
"""What a word is, and how a terminal shows that: bold, and a colour of the terminal's own."""
VERDICTS: dict[str, str] = {
    "proved": "yes",
    "refuted": "no",
    "refused": "no",
    "unknown": "open",
}
"""The words that answers begin with, and what they are."""

_HEADING = re.compile(r"^(?:usage:|[a-z][a-z ]*:$)", re.MULTILINE)
LABELS: Mapping[str, str] = {
    "symconv: needed:": "error",
    "         got:": "error",
    "symconv: unknown:": "open",
    "symconv:": "error",
    "refused": "no",
}
"""What messages begin with, and what that is."""
_LABEL = re.compile(rf"^(?:{'|'.join(LABELS)})")


def painted(stream: TextIO) -> bool:
    """Whether somebody looks at a stream, and wants colour."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if plain or (os.name == "nt" and "WT_SESSION" not in os.environ):  # an old console shows codes
        return False
    return stream.isatty()


def paint(text: str, role: str, stream: TextIO | None = None) -> str:
    """Return a text as a stream should show it, by default standard output.

    Args:
        text: a word or a line.
        role: what it is, one of `ROLES`.
        stream: where it will be written.

    >>> import io
    >>> paint("proved", "yes", io.StringIO())
    'proved'
    """
    shown = painted(sys.stdout if stream is None else stream)
    return f"\x1b[{ROLES[role]}m{text}\x1b[0m" if shown else text


def verdicts(text: str, called: Mapping[str, str] | None = None) -> str:
    """Return an answer for standard output, with its verdicts painted.

    Args:
        text: some lines; a verdict begins one, or stands behind a colon.
        called: verdicts by the words of another language.
    """
    if not painted(sys.stdout):
        return text
    roles = VERDICTS | {word: VERDICTS[verdict] for word, verdict in (called or {}).items()}
    verdict = re.compile(rf"(?:^|(?<=: ))(?:{'|'.join(roles)})(?!\w)", re.MULTILINE)
    return verdict.sub(lambda match: paint(match[0], roles[match[0]]), text)


def headings(text: str, stream: TextIO | None = None) -> str:
    """Return a page of help with its headings painted."""
    return _HEADING.sub(lambda match: paint(match[0], "heading", stream), text)


def labelled(message: str) -> str:
    """Return a message for standard error, with what it begins with painted."""
    if not painted(sys.stderr):
        return message
    return _LABEL.sub(lambda match: paint(match[0], LABELS[match[0]], sys.stderr), message)
