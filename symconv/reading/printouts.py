"""What torch prints for layers, read construct by construct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symconv.errors import RequestError, nearest_name
from symconv.layers import ENDINGS, LAYERS, WITHOUT_SIZES, Layer, Unknown
from symconv.reading.repeats import LONGEST_CHAIN, Repeat, expanded
from symconv.reading.tokens import Reader

_CONSTANTS = {"True": True, "False": False, "None": None, "inf": float("inf"), "nan": float("nan")}
_RESIDUAL = (
    "Only a plain sequence of layers can be read from a printout: a block with branches prints "
    "like a chain. Write its layers, joined by `->`."
)


def remedy(name: str) -> str:
    """Say what to write instead of a layer that is not known."""
    if name in WITHOUT_SIZES:
        return "It does not work on spatial sizes: end the chain before it."
    return nearest_name(name, LAYERS, _headings)


def _headings() -> Iterable[str]:
    """Return the headings of the layers; to find them, all are loaded."""
    from symconv.layers.families import families

    return families()


def printed(text: str) -> tuple[tuple[Layer | Repeat, ...], tuple[str, ...]]:
    """Read layers, and what torch does not print of them."""
    return _Printout(text).chain()


class _Printout(Reader):
    """One method a construct of the text."""

    def chain(self) -> tuple[tuple[Layer | Repeat, ...], tuple[str, ...]]:
        layers: list[Layer | Repeat] = []
        self.unprinted: list[str] = []
        self.skip_newlines()
        while self.next.kind != "end":
            layers += self.element()
            if len(layers) > LONGEST_CHAIN:
                raise self.error(f"at most {LONGEST_CHAIN} layers", write="Cut the chain.")
            joined = self.accept("->", "→") or self.next.kind == "newline"
            self.skip_newlines()
            if not joined and self.next.kind != "end":
                raise self.error("`->`, a line end or the end of the text")
            if joined and self.accept("->", "→"):
                self.skip_newlines()
        return tuple(layers), tuple(dict.fromkeys(self.unprinted))

    def element(self) -> list[Layer | Repeat]:
        if self.next.kind in ("int", "float") or self.next.text == "{":
            return self.repetition()
        name = self.layer_name()
        if name == "Sequential":
            return self.sequence()
        if name not in LAYERS and name not in ENDINGS:
            inside = (
                self.tokens[self.index].text == "("
                and self.tokens[self.index + 1].kind == "newline"
            )
            raise RequestError(
                "layers that symconv knows" if not inside else "a plain nn.Sequential",
                f"`{name[:60]}`",
                _RESIDUAL if inside else remedy(name),
            )
        self.expect("(", f"`(` after {name}")
        args, kwargs = self.arguments(")")
        kind = (LAYERS if name in LAYERS else ENDINGS)[name]
        if {"kernel_size", "stride", "padding"} <= set(kwargs):  # as torch prints it
            self.unprinted += [
                f"torch does not print {name}'s {one}: read as {kind.parameters[one].default}"
                for one in kind.unprinted
                if one not in kwargs
            ]
        return [kind(*args, **kwargs)]

    def repetition(self) -> list[Layer | Repeat]:
        """Read `4 x LAYER` or `2..6 x LAYER`; a settled number of layers is written out."""
        counts = self.value()
        self.expect("x", "`x` and a layer, as in 4 x Conv2d(...)")
        self.enter()
        repeated = Repeat(counts, self.element())
        self.leave()
        return [*expanded([repeated])[0]] if repeated.settled else [repeated]

    def layer_name(self) -> str:
        if self.next.kind != "name":
            raise self.error("the name of a layer, like Conv2d")
        name = self.advance().text
        while name in ("torch", "nn") and self.accept("."):
            if self.next.kind != "name":
                raise self.error("the name of a layer")
            name = self.advance().text
        return name

    def sequence(self) -> list[Layer | Repeat]:
        """Read the inside of `Sequential(...)`, as printed or as written."""
        self.expect("(")
        self.enter()
        layers: list[Layer | Repeat] = []
        self.skip_newlines()
        while not self.accept(")"):
            if self.accept("("):
                self.label()
            layers += self.element()
            self.accept(",")
            self.skip_newlines()
        self.leave()
        return layers

    def label(self) -> None:
        """Move over the `0): ` of a printed child; a repeated block is no plain sequence."""
        if self.next.kind not in ("int", "name"):
            raise self.error("the label of a child, like (0):")
        self.advance()
        if self.accept("-"):
            raise self.error("one layer a line", write=_RESIDUAL)
        self.expect(")")
        self.expect(":")

    def arguments(self, closing: str) -> tuple[list[Any], dict[str, Any]]:
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        self.skip_newlines()
        while not self.accept(closing):
            named = self.next.kind == "name" and self.tokens[self.index + 1].text == "="
            if named:
                name = self.advance().text
                self.advance()
                if name in kwargs:
                    raise self.error(f"{name} once", arrived="it a second time")
                kwargs[name] = self.value()
            elif kwargs:
                raise self.error(
                    "a name, like stride=2", write="Name what comes after a named one."
                )
            else:
                args.append(self.value())
            self.skip_newlines()
            if not self.accept(","):
                self.expect(closing, f"`,` or `{closing}`")
                break
            self.skip_newlines()
        return args, kwargs

    def value(self) -> Any:
        """Read a number, a word, an unknown, a range, a choice or a tuple."""
        token = self.next
        if self.accept("?"):
            return Unknown()
        if self.accept("{"):
            return self.choice()
        if opening := self.accept("(", "["):
            return self.entries(")" if opening == "(" else "]")
        if token.kind == "text":
            self.advance()
            return Unknown() if token.text[1:-1] == "?" else token.text[1:-1]
        if token.kind == "name":
            self.advance()
            return _CONSTANTS.get(token.text, token.text)
        return self.number()

    def number(self) -> Any:
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
                "a range from a smaller integer to a larger one, like 1..11", arrived="another"
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
        found = set(self.entries("}"))
        if not found or not all(type(one) is int for one in found):
            raise self.error("integers between { and }", arrived="something else before this place")
        return Unknown(tuple(sorted(found)))

    def entries(self, closing: str) -> tuple[Any, ...]:
        self.enter()
        args, kwargs = self.arguments(closing)
        if kwargs:
            raise self.error("values without names in a tuple")
        self.leave()
        return tuple(args)
