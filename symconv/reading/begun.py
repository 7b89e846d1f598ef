"""Layers that are still being written: what may come next, as a shell asks for it.

The last word is not finished. Before it stand tokens as in any text of layers; they tell whether a
layer comes next, a parameter of one, or its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from symconv.errors import RequestError
from symconv.layers import ENDINGS, LAYERS, Layer
from symconv.layers.parameters import Parameter
from symconv.reading.tokens import Token, tokens

SEQUENCE = "Sequential"
"""What holds layers instead of parameters."""
BEFORE_LAYERS = ("", "->", "→", "|", "x", "\n", ".")
"""The tokens behind which a layer begins; `.` is that of `nn.`"""
_LAST = re.compile(r"(?P<quote>['\"]?)(?P<word>\w*)$", re.ASCII)


class Call(NamedTuple):
    """A bracket that is open.

    Attributes:
        name: whose it is.
        given: the names of what stands in it, empty by place; the last one is being written.
    """

    name: str
    given: list[str]

    @property
    def kind(self) -> type[Layer] | None:
        """The layer whose parameters stand in it."""
        return next((table[self.name] for table in (LAYERS, ENDINGS) if self.name in table), None)

    @property
    def free(self) -> Iterator[Parameter]:
        """Yield the parameters that are not given yet, by place or by name."""
        parameters = self.kind.parameters if self.kind else {}
        named = [name for name in self.given[:-1] if name]
        placed = [*parameters][: len(self.given) - 1 - len(named)]
        return (each for name, each in parameters.items() if name not in (*placed, *named))


def following(text: str) -> Iterator[tuple[str, str]]:
    """Yield how layers may go on: the text with its last word finished, and what that means.

    Capital letters need not be written as such.

    Args:
        text: layers up to the place where somebody writes.

    >>> [text for text, _ in following("MaxPool2d(3, pad")]
    ['MaxPool2d(3, padding=']
    >>> [text for text, _ in following("ReLU() -> unf")]
    ['ReLU() -> Unfold(']
    >>> [text for text, _ in following("Conv2d(kernel_size=3, padding=")]
    ['Conv2d(kernel_size=3, padding=same', 'Conv2d(kernel_size=3, padding=valid']
    """
    last = _LAST.search(text)
    if last is None:
        return
    head = text[: last.start()]
    try:
        before = [token for token in tokens(head) if token.kind != "end"]
    except RequestError:
        return
    for word, says in _words(before, last["quote"]):
        if word.lower().startswith(last["word"].lower()):
            yield f"{head}{last['quote']}{word}", says


def _words(before: list[Token], quote: str) -> Iterator[tuple[str, str]]:
    """Yield the words that may stand behind some tokens, and what each means."""
    call = _innermost(before)
    sign = before[-1].text if before else ""
    if quote:
        yield from ((f"{word}{quote}", says) for word, says in _values(call, before))
    elif call is None or call.name == SEQUENCE:
        if sign in (BEFORE_LAYERS if call is None else (*BEFORE_LAYERS, "(", ",", ":")):
            yield from ((f"{name}(", "") for name in (*LAYERS, *ENDINGS))
    elif sign in ("(", ","):
        yield from ((f"{each.name}=", each.says) for each in call.free)
    else:
        yield from _values(call, before)


def _values(call: Call | None, before: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield the words that a parameter may be, where its `=` has just been written."""
    if call is None or call.kind is None or before[-1].text != "=":
        return
    if (parameter := call.kind.parameters.get(call.given[-1])) is not None:
        yield from ((word, parameter.says) for word in parameter.words)


def _innermost(before: list[Token]) -> Call | None:
    """Return the bracket in which the next word stands, if any."""
    calls: list[Call] = []
    name = ""
    for token in before:
        if token.text in ("(", "[", "{"):
            calls.append(Call(name, [""]))
        elif token.text in (")", "]", "}"):
            del calls[-1:]
        elif token.text == "," and calls:
            calls[-1].given.append("")
        elif token.text == "=" and calls:
            calls[-1].given[-1] = name
        name = token.text if token.kind == "name" else ""
    return calls[-1] if calls else None
