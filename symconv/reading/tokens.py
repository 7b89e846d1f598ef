"""Text cut into tokens, and the place in the text that an error message points at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from symconv.errors import RequestError
from symconv.reading.remedies import TYPESET

LONGEST_TEXT = 100_000
LONGEST_NUMBER = 400
DEEPEST = 60

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r]+|\#[^\n]*)"
    r"|(?P<newline>\n)"
    r"|(?P<float>\d+\.\d+(?:[eE][+-]?\d+)?|\d+\.(?!\.)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+"
    r"|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<int>\d+)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<text>'[^'\n]*'|\"[^\"\n]*\")"
    r"|(?P<sign>->|→|\.\.|\.|==|!=|<=|>=|//|\*\*|&&|\|\||[-+*/%<>=(){}\[\],:;?!&|^~])",
    re.ASCII,
)


class Token(NamedTuple):
    """One token: its kind (`int float name text sign newline end`), its text, its place."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into tokens; blanks and comments are passed over, the last token is `end`.

    Raises:
        RequestError: the text is too long, or has a character that begins no token.
    """
    if len(text) > LONGEST_TEXT:
        raise RequestError(
            f"a text of at most {LONGEST_TEXT} characters",
            f"one of {len(text)}",
            "Shorten it, or give the layers in Python.",
        )
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            write = TYPESET.get(text[place], "")
            raise unexpected(text, place, "a name, a number or a sign", repr(text[place]), write)
        if len(found[0]) > LONGEST_NUMBER and found.lastgroup in ("int", "float"):
            raise unexpected(
                text, place, f"numbers of at most {LONGEST_NUMBER} digits", "a longer number"
            )
        if found.lastgroup != "blank":
            yield Token(str(found.lastgroup), found[0], place)
        place = found.end()
    yield Token("end", "", len(text))


def unexpected(text: str, place: int, needed: str, arrived: str, write: str = "") -> RequestError:
    """Return the error that shows where in a text something else was needed."""
    start, stop = max(0, place - 30), min(len(text), place + 20)
    cut = (
        "…" * (start > 0)
        + text[start:place]
        + "⟪here⟫"
        + text[place:stop]
        + "…" * (stop < len(text))
    )
    line = "".join(one if one.isprintable() else "�" for one in " ".join(cut.split()))
    return RequestError(
        needed,
        f"{arrived} at character {place + 1}: {line}",
        write or "Change the text there.",
    )


class Reader:
    """A text with a finger in it: what the parsers share."""

    def __init__(self, text: str) -> None:
        """Cut the text and put the finger on its first token."""
        text = text.removeprefix("\ufeff")  # the mark that some editors put first
        self.text = text
        self.tokens = list(tokens(text))
        self.index = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The token under the finger."""
        return self.tokens[self.index]

    def advance(self) -> Token:
        """Return the token under the finger and move on."""
        token = self.next
        if token.kind != "end":
            self.index += 1
        return token

    def accept(self, *signs: str) -> str | None:
        """Move over one of these signs or words, if it is next, and return it."""
        if self.next.kind in ("sign", "name") and self.next.text in signs:
            return self.advance().text
        return None

    def expect(self, sign: str, needed: str | None = None) -> None:
        """Move over this sign, or say that it was needed."""
        if not self.accept(sign):
            raise self.error(needed or f"`{sign}`")

    def skip_newlines(self) -> None:
        """Move over line ends."""
        while self.next.kind == "newline":
            self.advance()

    def enter(self) -> None:
        """Go one bracket deeper, to a limit."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(
                f"at most {DEEPEST} brackets inside one another", write="Flatten the text."
            )

    def leave(self) -> None:
        """Come out of a bracket."""
        self.depth -= 1

    def error(self, needed: str, *, arrived: str = "", write: str = "") -> RequestError:
        """Return the error that something else was needed at the finger."""
        token = self.next
        found = {"end": "the end of the text", "newline": "the end of the line"}.get(
            token.kind, f"`{token.text[:40]}`"
        )
        return unexpected(self.text, token.start, needed, arrived or found, write)
