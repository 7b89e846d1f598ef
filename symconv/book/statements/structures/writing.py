r"""Formulas as LaTeX and as plain text, with the brackets that they need.

Notions are written as they say themselves (`symconv.book.statements.structures.notion`); those that
say nothing are written out, so that a reader sees what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from symconv.book.statements.structures.form import CHAINED, INFIXES, Fitted, Form, Piece
from symconv.book.statements.structures.formula import (
    Applied,
    Bound,
    Cases,
    Formula,
    Name,
    Number,
    conjuncts,
)
from symconv.book.statements.structures.notion import Notion
from symconv.book.statements.structures.replacing import free_in, put


@dataclass(frozen=True)
class Writer:
    """Writes formulas.

    Attributes:
        form: in which form.
        known: what names mean.
    """

    form: Form
    known: Mapping[str, Notion] = field(default_factory=dict)

    def __call__(self, formula: Formula) -> str:
        """Write a formula."""
        return self.piece(formula).text

    def piece(self, formula: Formula) -> Piece:
        """Write a formula, and say how tightly it holds together."""
        if isinstance(formula, Number):
            return Piece(str(formula.value), "atom" if formula.value >= 0 else "signed")
        if isinstance(formula, Name):
            notion = self.known.get(formula.name)
            return self._notion(notion, ()) if notion else Piece(self._name(formula.name), "atom")
        if isinstance(formula, Bound):
            names = ", ".join(self._name(name) for name, _ in formula.names)
            several = formula.word == "exists" and len(formula.names) > 1
            word = self.form.words["exists several" if several else formula.word]
            return Piece(word.format(names, self(formula.body)), "loosest")
        if isinstance(formula, Cases):
            return Piece("; ".join(self._cases(formula)), "loosest")
        assert isinstance(formula, Applied)  # noqa: S101  (there is no other formula)
        return self._applied(formula)

    def _name(self, name: str) -> str:
        return {"[]": "[]", "O": "0"}.get(name) or self.form.named(name)

    def _within(self, formula: Formula, level: str) -> str:
        return self.piece(formula).within(level, self.form.brackets)

    def _applied(self, whole: Applied) -> Piece:
        head, arguments = whole.head, whole.arguments
        word = head.name if isinstance(head, Name) else ""
        if word in INFIXES and len(arguments) == 2:
            return self._infix(word, *arguments)
        if word == "-":
            return Piece(f"-{self._within(arguments[0], 'signed')}", "signed")
        if word == "[]":
            shown = f"({', '.join(map(self, arguments))})" if arguments else "[]"
            return Piece(shown, "atom")
        if word == "if":
            shown = self.form.choice.format(*map(self, arguments))
            return Piece(shown, "atom" if self.form.latex else "loosest")
        if word == "S" and "S" not in self.known and len(arguments) == 1:
            return Piece(f"{self._within(arguments[0], 'sum')} + 1", "sum")
        if word == "map":
            mapped, elements = arguments
            assert isinstance(elements, Applied)  # noqa: S101  (a list that is written out)
            return self.piece(Applied(Name("[]"), tuple(map(mapped, elements.arguments))))
        if word in self.known:
            return self._beyond(self.known[word], arguments)
        shape = self.form.applied if len(arguments) == 1 else self.form.call
        shown = ", ".join(map(self, arguments))
        return Piece(shape.format(self._within(head, "atom"), shown), "atom")

    def _beyond(self, notion: Notion, arguments: tuple[Formula, ...]) -> Piece:
        """Write a notion, also where it comes to a function that is applied in turn."""
        own, beyond = arguments[: len(notion.letters)], arguments[len(notion.letters) :]
        if beyond and self._written_out(notion) and notion.means is not None:
            names = (name for name, _ in notion.letters)
            return self.piece(put(notion.means, dict(zip(names, own, strict=True)))(*beyond))
        piece = self._notion(notion, own)
        for argument in beyond:
            shown = piece.within("atom", self.form.brackets)
            piece = Piece(self.form.applied.format(shown, self(argument)), "atom")
        return piece

    def _written_out(self, notion: Notion) -> bool:
        """Whether a notion has no sign of its own."""
        template = notion.latex if self.form.latex else notion.text
        return not template and notion.means is not None and notion.kind == "Definition"

    def _infix(self, word: str, left: Formula, right: Formula) -> Piece:
        infix, latex = INFIXES[word], self.form.latex
        if word == "/\\":
            parts = [*self._conjuncts(left, right)]
            level = "and" if len(parts) > 1 else "comparison"
            return Piece(self.form.joint.join(parts), level)
        if word == "/" and latex:
            fraction = rf"\frac{{{self(left)}}}{{{self(right)}}}"
            return Piece(rf"\left\lfloor {fraction} \right\rfloor", "atom")
        first, second = self._within(left, infix.left), self._within(right, infix.right)
        if word == "^" and latex:
            return Piece(f"{first}^{{{self(right)}}}", infix.level)
        if word == "*" and latex and second[0].isdigit():
            return Piece(rf"{first} \cdot {second}", infix.level)
        return Piece(first + infix.sign(latex) + second, infix.level)

    def _conjuncts(self, left: Formula, right: Formula) -> Iterator[str]:
        """Yield what is joined by *and*; two comparisons with the same middle are one."""
        parts = [left, *conjuncts(right)]
        while parts:
            part, *parts = parts
            low, high = _compared(part), _compared(parts[0]) if parts else None
            if low and high and low[2] == high[1]:
                signs = [INFIXES[word].sign(self.form.latex) for word in (low[0], high[0])]
                sides = [self._within(side, "list") for side in (*low[1:], high[2])]
                yield sides[0] + signs[0] + sides[1] + signs[1] + sides[2]
                parts = parts[1:]
            else:
                yield self._within(part, "comparison" if parts else "and")

    def _notion(self, notion: Notion, arguments: tuple[Formula, ...]) -> Piece:
        template = notion.latex if self.form.latex else notion.text
        letters = [name for name, _ in notion.letters]
        values = dict(zip(letters, arguments, strict=False))
        if notion.means is not None and self._written_out(notion) and len(values) == len(letters):
            return self.piece(put(notion.means, values))
        if not template:
            return Piece(self._called(notion, arguments), "atom")
        shown = template.format(**self._filling(notion, template, values))
        if notion.below in values:
            shown = self.form.applied.format(shown, self(values[notion.below]))
        return Piece(shown, notion.level)

    def _called(self, notion: Notion, arguments: tuple[Formula, ...]) -> str:
        """Write a notion that has no sign by its name."""
        sign = self.form.sign.format(self.form.escaped(notion.name))
        return self.form.call.format(sign, ", ".join(map(self, arguments))) if arguments else sign

    def _filling(
        self, notion: Notion, template: str, values: Mapping[str, Formula]
    ) -> dict[str, Any]:
        """Return what a template has for each of its letters."""
        function, usual = notion.over
        pieces = {
            letter: self.piece(value) for letter, value in values.items() if letter != function
        }
        filling: dict[str, Any] = {}
        if function in values:
            variable, body = self._opened(values[function], usual)
            filling |= {"name": self._name(variable), "NAME": variable.upper()}
            pieces["body"] = self.piece(body)
        hidden = [
            f"{self._name(letter)}={self(value)}"
            for letter, value in values.items()
            if not re.search(rf"{{{letter}[:}}]", template)
            and letter not in (function, notion.below)
            and value != Name(letter)
        ]
        frame, between = self.form.own
        filling["own"] = frame.format(between.join(hidden)) if hidden else ""
        filling["set"] = f"({', '.join(hidden)})" if hidden else ""
        fitted = {name: Fitted(piece, self.form.brackets) for name, piece in pieces.items()}
        return filling | fitted

    def _opened(self, function: Formula, usual: str) -> tuple[str, Formula]:
        """Return a function as a variable, and what it comes to there."""
        if isinstance(function, Bound) and len(function.names) == 1:
            return function.names[0][0], function.body
        if isinstance(function, Applied) and isinstance(function.head, Name):
            notion = self.known.get(function.head.name)
            beyond = notion.letters[len(function.arguments) :] if notion else ()
            usual = beyond[0][0] if beyond else usual
        while usual in free_in(function):
            usual += "'"
        return usual, function(Name(usual))

    def definition(self, notion: Notion) -> list[str]:
        """Write what a notion means, a line for each case."""
        letters = tuple(Name(name) for name, _ in notion.letters)
        if notion.kind == "Record":
            fields = ", ".join(self._notion(self.known[name.name], (L,)).text for name in letters)
            return [f"{self._name(notion.name)}: {fields}"]
        body, joint = notion.means, INFIXES["<->" if notion.sort == "Prop" else "="]
        if isinstance(body, Cases) and isinstance(body.subject, Name):
            places = [{body.subject.name: pattern} for pattern, _ in body.cases]
            heads = [tuple(put(letter, place) for letter in letters) for place in places]
            bodies = [
                put(value, place) for place, (_, value) in zip(places, body.cases, strict=True)
            ]
        else:
            heads, bodies = [letters], [] if body is None else [body]
        sign = joint.sign(self.form.latex)
        return [
            self._defined(notion, head) + sign + self(value)
            for head, value in zip(heads, bodies, strict=False)
        ]

    def _defined(self, notion: Notion, letters: tuple[Formula, ...]) -> str:
        written = notion.latex if self.form.latex else notion.text
        return self._notion(notion, letters).text if written else self._called(notion, letters)

    def _cases(self, whole: Cases) -> Iterator[str]:
        subject = self(whole.subject)
        for pattern, value in whole.cases:
            yield f"{self(value)} ({subject} = {self(pattern)})"


L = Name("l")
"""A layer, where a record of them is written."""


def _compared(formula: Formula) -> tuple[str, Formula, Formula] | None:
    """Return the sign and the sides of a comparison that chains."""
    if not (isinstance(formula, Applied) and isinstance(formula.head, Name)):
        return None
    if formula.head.name not in CHAINED:
        return None
    left, right = formula.arguments
    return formula.head.name, left, right
