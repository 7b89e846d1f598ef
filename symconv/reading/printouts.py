"""What torch prints for layers, read construct by construct."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symconv.errors import RequestError, nearest_name
from symconv.layers import ENDINGS, LAYERS, WITHOUT_SIZES, Layer
from symconv.places import Excerpt, Place
from symconv.reading.arguments import Arguments, Spans, Values
from symconv.reading.repeats import LONGEST_CHAIN, Repeat, expanded

_RESIDUAL = (
    "Only a plain sequence of layers can be read from a printout: a block with branches prints "
    "like a chain. Write its layers, joined by `->`."
)
MODEL = re.compile(r"(?P<place>.+?\.py(?=:|$)|[A-Za-z_][\w.]*(?=:))(?::(?P<name>.*))?", re.ASCII)
"""How a model is named, which is no layers: `file.py:name` or `package.module:name`."""
_ARROWS = ("->", "→")
_JOINED = "Write `->` between two layers, and the arguments of a layer between ( and )."


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
    if MODEL.fullmatch(text.strip()):
        raise RequestError(
            "layers",
            f"`{text.strip()[:60]}`, a model",
            "Write `symconv audit` before it, which runs and reads a model.",
            place=Excerpt(text, 0, len(text)).place,
        )
    return _Printout(text).chain()


class _Printout(Values):
    """One method a construct of the text."""

    def chain(self) -> tuple[tuple[Layer | Repeat, ...], tuple[str, ...]]:
        layers: list[Layer | Repeat] = []
        self.unprinted: list[str] = []
        self.skip_newlines()
        while self.next.kind != "end":
            layers += self.element()
            if len(layers) > LONGEST_CHAIN:
                raise self.error(f"at most {LONGEST_CHAIN} layers", write="Cut the chain.")
            broken = self.next.kind == "newline"
            self.skip_newlines()
            if self.accept(*_ARROWS):
                self.skip_newlines()
                if self.next.kind == "end" or self.at(*_ARROWS):
                    write = "Write a layer there, or leave one `->` out."
                    raise self.error("a layer behind `->`", write=write)
            elif not broken and self.next.kind != "end":
                raise self.error("`->`, a line end or the end of the text", write=_JOINED)
        return tuple(layers), tuple(dict.fromkeys(self.unprinted))

    def element(self) -> list[Layer | Repeat]:
        if self.next.kind in ("int", "float") or self.next.text == "{":
            return self.repetition()
        start = self.index
        name = self.layer_name()
        if name == "Sequential":
            return self.sequence()
        if name not in LAYERS and name not in ENDINGS:
            inside = (
                self.tokens[self.index].text == "("
                and self.tokens[self.index + 1].kind == "newline"
            )
            raise self.error(
                "layers that symconv knows" if not inside else "a plain nn.Sequential",
                write=_RESIDUAL if inside else remedy(name),
                since=self.index - 1,
            )
        self.expect("(", f"`(` after {name}")
        given = self.arguments(")")
        kind = (LAYERS if name in LAYERS else ENDINGS)[name]
        if {"kernel_size", "stride", "padding"} <= set(given.by_name):  # as torch prints it
            self.unprinted += [
                f"torch does not print {name}'s {one}: read as {kind.parameters[one].default}"
                for one in kind.unprinted
                if one not in given.by_name
            ]
        return [self.made(kind, given, start)]

    def made(self, kind: type[Layer], given: Arguments, start: int) -> Layer:
        """Make a layer that knows where it stands; an error is shown at what it is about."""
        whole = start, self.index

        def stands(about: str | int | None) -> Place:
            names = [name for name, declared in kind.parameters.items() if not declared.by_name]
            return self.place(*given.spans_of(names).get(about, whole))

        try:
            layer = kind(*given.by_place, **given.by_name)
        except RequestError as error:
            error.stands(stands(error.about))
            raise
        vars(layer)["_stands"] = stands
        return layer

    def repetition(self) -> list[Layer | Repeat]:
        """Read `4 x LAYER` or `2..6 x LAYER`; a settled number of layers is written out."""
        start = self.index
        counts = self.value()
        spans: Spans = {"counts": (start, self.index)}
        self.expect("x", "`x` and a layer, as in 4 x Conv2d(...)")
        place = self.index
        self.enter()
        layers = self.element()
        self.leave()
        spans["layers"] = place, self.index
        try:
            repeated = Repeat(counts, layers)
            if repeated.settled:
                return [*expanded([repeated])[0]]
        except RequestError as error:
            error.stands(self.place(*spans.get(error.about, (start, self.index))))
            raise
        vars(repeated)["_place"] = self.place(start, self.index)
        return [repeated]

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
        start = self.index
        if self.next.kind not in ("int", "name"):
            raise self.error("the label of a child, like (0):")
        self.advance()
        if self.accept("-"):
            self.advance()
            raise self.error("one layer a line", write=_RESIDUAL, since=start)
        self.expect(")")
        self.expect(":")
