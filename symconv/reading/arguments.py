"""What stands between the brackets of a layer: values, some of them with their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from symconv.layers import Unknown
from symconv.reading.tokens import BRACKETS, Reader

Span = tuple[int, int]
"""The numbers of a first token, and of the one behind the last."""
Spans = dict[str | int | None, Span]
"""Where the arguments stand, by what an error says that it is about."""

_CONSTANTS = {"True": True, "False": False, "None": None, "inf": float("inf"), "nan": float("nan")}


class Arguments(NamedTuple):
    """The arguments of a layer, or the entries of a tuple.

    Attributes:
        by_place: those without a name.
        by_name: the others, which follow.
        spans: where the value of each stands, in their order.
    """

    by_place: list[Any]
    by_name: dict[str, Any]
    spans: list[Span]

    def spans_of(self, names: Sequence[str]) -> Spans:
        """Return where each argument stands; with `=` behind it, its name.

        Args:
            names: what those without a name are called.
        """
        unnamed = len(self.by_place)
        spans: Spans = dict(enumerate(self.spans))
        for name, span in zip(names, self.spans[:unnamed], strict=False):
            spans[name] = spans[f"{name}="] = span
        for name, (start, stop) in zip(self.by_name, self.spans[unnamed:], strict=True):
            spans[name], spans[f"{name}="] = (start, stop), (start - 2, start - 1)
        return spans


class Values(Reader):
    """A text of which values are read; one method a construct."""

    def arguments(self, closing: str) -> Arguments:
        """Read arguments up to a bracket."""
        given = Arguments([], {}, [])
        self.skip_newlines()
        while not self.accept(closing):
            if self.next.kind == "name" and self.tokens[self.index + 1].text == "=":
                name = self.next.text
                if name in given.by_name:
                    raise self.error(f"{name} once", arrived="it a second time")
                self.index += 2
                start = self.index
                given.by_name[name] = self.value()
            elif given.by_name:
                raise self.error(
                    "a name, like stride=2", write="Name what comes after a named one."
                )
            else:
                start = self.index
                given.by_place.append(self.value())
            given.spans.append((start, self.index))
            self.skip_newlines()
            if not self.accept(","):
                self.expect(closing, f"`,` or `{closing}`")
                break
            self.skip_newlines()
        return given

    def value(self) -> Any:
        """Read a number, a word, an unknown, a range, a choice or a tuple."""
        token = self.next
        if self.accept("?"):
            return Unknown()
        if self.at("{"):
            return self.choice()
        if self.at("(", "["):
            return self.entries()
        if token.kind == "text":
            self.advance()
            return Unknown() if token.text[1:-1] == "?" else token.text[1:-1]
        if token.kind == "name":
            self.advance()
            return _CONSTANTS.get(token.text, token.text)
        return self.number()

    def number(self) -> Any:
        """Read a number, a quotient, or a range that begins with a number."""
        start = self.index
        sign = -1 if self.accept("-") else 1
        token = self.next
        if token.kind == "name" and token.text == "inf":
            self.advance()
            return sign * float("inf")
        if token.kind not in ("int", "float"):
            raise self.error("a value: a number, True, a tuple, ?, 1..11 or {1, 2}")
        self.advance()
        number = sign * (int(token.text) if token.kind == "int" else float(token.text))
        if self.accept("/"):
            return self.quotient(number)
        if not self.accept(".."):
            return number
        last = self.number()
        if type(number) is not int or type(last) is not int or last < number:
            raise self.error(
                "a range from a smaller integer to a larger one, like 1..11", since=start
            )
        return Unknown(range(number, last + 1))

    def quotient(self, number: float) -> float:
        """Read what a number is divided by; `120/88` is the double that it is in Python."""
        if self.next.kind not in ("int", "float"):
            raise self.error("a number after `/`, like 120/88")
        divisor = float(self.next.text) if self.next.kind == "float" else int(self.next.text)
        try:
            quotient = number / divisor
        except (ZeroDivisionError, OverflowError):
            raise self.error(
                "a quotient that has a value", write="Divide by something else."
            ) from None
        self.advance()
        return quotient

    def choice(self) -> Unknown:
        """Read a set of integers, of which an unknown is one."""
        start = self.index
        numbers = set(self.entries())
        if not numbers or not all(type(number) is int for number in numbers):
            raise self.error(
                "integers between { and }", write="Write for instance {1, 2, 4}.", since=start
            )
        return Unknown(tuple(sorted(numbers)))

    def entries(self) -> tuple[Any, ...]:
        """Read a tuple, or a set, whose opening bracket is next."""
        start = self.index
        closing = BRACKETS[self.advance().text]
        self.enter()
        given = self.arguments(closing)
        if given.by_name:
            raise self.error("values without names in a tuple", since=start)
        self.leave()
        return tuple(given.by_place)
