"""Text cut into tokens, and the place in the text that an error message points at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from symconv.errors import RequestError
from symconv.places import Place, place_in
from symconv.reading.remedies import typed

LONGEST_TEXT = 100_000
LONGEST_NUMBER = 400
DEEPEST = 60
BRACKETS = {"{": "}", "(": ")", "[": "]"}
ENDS = {"end": "the end of the text", "newline": "the end of the line"}
OTHERWISE = "Change the text there."
"""What to write, where nothing is known that might have been meant."""

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r]+|\#[^\n]*|\A\ufeff)"  # the mark that some editors put first
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

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)


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
        matched = _TOKEN.match(text, place)
        if not matched:
            raise RequestError(
                "a name, a number or a sign",
                repr(text[place]),
                typed(text[place]) or OTHERWISE,
                place=place_in(text, place, place + 1),
            )
        if len(matched[0]) > LONGEST_NUMBER and matched.lastgroup in ("int", "float"):
            raise RequestError(
                f"numbers of at most {LONGEST_NUMBER} digits",
                f"one of {len(matched[0])}",
                OTHERWISE,
                place=place_in(text, place, matched.end()),
            )
        if matched.lastgroup != "blank":
            yield Token(str(matched.lastgroup), matched[0], place)
        place = matched.end()
    yield Token("end", "", len(text))


def named_in(text: str, names: Collection[str]) -> Place | None:
    """Return where one of some names first stands in a text.

    >>> named_in("W1 >= 8 and W2 >= 3", ["W2", "W3"]).start
    12
    """
    for token in tokens(text):
        if token.kind == "name" and token.text in names:
            return place_in(text, token.start, token.end)
    return None


class Reader:
    """A text with a finger in it: what the parsers share."""

    def __init__(self, text: str) -> None:
        """Cut the text and put the finger on its first token."""
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

    def at(self, *signs: str) -> bool:
        """Whether one of these signs or words is next."""
        token = self.tokens[self.index]
        return token.text in signs and token.kind in ("sign", "name")

    def accept(self, *signs: str) -> str | None:
        """Move over one of these signs or words, if it is next, and return it."""
        return self.advance().text if self.at(*signs) else None

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

    def place(self, start: int, stop: int) -> Place:
        """Return the place of the tokens from one up to another, both by their numbers.

        >>> Reader("Conv2d(3, 8").place(2, 5).piece
        '3, 8'
        """
        first, last = self.tokens[start], self.tokens[stop - 1]
        if first.kind == "end":  # what is missing belongs behind what is written
            written = (token.end for token in reversed(self.tokens) if token.text.strip())
            end = next(written, 0)
            return place_in(self.text, end, end)
        return place_in(self.text, first.start, last.end)

    def error(
        self, needed: str, *, arrived: str = "", write: str = "", since: int | None = None
    ) -> RequestError:
        """Return the error that something else was needed.

        Args:
            needed: what was needed.
            arrived: what stands there; by default, as it is written.
            write: what to write instead.
            since: the number of the first token that is wrong, if all are up to the finger; by
                default, the one under the finger is.
        """
        start, stop = (self.index, self.index + 1) if since is None else (since, self.index)
        place = self.place(start, stop)
        written = f"`{' '.join(place.piece.split())[:40]}`"
        arrived = arrived or ENDS.get(self.tokens[start].kind, written)
        return RequestError(needed, arrived, write or OTHERWISE, place=place)
