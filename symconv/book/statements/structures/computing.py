"""Formulas computed for numbers: what both sides of a structural statement come to.

A number is Python's, a list a tuple, a layer a `Layer`, a function a Python function. Quantifiers
are computed where they are bounded: `forall d : Z, 0 <= d < F -> ...`.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from symconv.book.statements.calls import laws
from symconv.book.statements.structures.formula import (
    Applied,
    Binding,
    Bound,
    Cases,
    Formula,
    Name,
    Number,
    conjuncts,
)
from symconv.book.statements.structures.notion import Notion
from symconv.meanings.integers import PLAIN

Values = Mapping[str, Any]


class Layer(NamedTuple):
    """A convolution, as the Coq files have it."""

    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1


SIGNS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "*": operator.mul,
    "/": operator.floordiv,
    "mod": operator.mod,
    "^": operator.pow,
    "=": operator.eq,
    "<>": operator.ne,
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "=?": operator.eq,
    "<=?": operator.le,
    "<?": operator.lt,
    "<->": operator.eq,
    "-": lambda first, *other: first - other[0] if other else -first,
    "|": lambda part, whole: whole % part == 0 if part else whole == 0,
    "++": operator.add,
    "::": lambda first, rest: (first, *rest),
    "[]": lambda *elements: elements,
    "S": lambda number: number + 1,
    "Z.max": max,
    "Z.gcd": math.gcd,
    "Z.of_nat": lambda number: number,
    "Z.to_nat": lambda number: max(0, number),
    "map": lambda function, elements: tuple(map(function, elements)),
    "Forall": lambda claim, elements: all(map(claim, elements)),
}
"""What Coq's own signs and names mean; a stride may be called S, and then is that."""
CONSTANTS = {"O": 0, "True": True}
SHORT = {"/\\": (False, False), "&&": (False, False), "\\/": (True, True), "->": (False, True)}
"""What the left side is where the right one does not matter, and what the whole is then."""


class UncomputableError(ValueError):
    """A formula that is about all numbers, or a name without a meaning."""


@dataclass(frozen=True)
class Computer:
    """Computes formulas.

    Attributes:
        known: what names mean.
    """

    known: Mapping[str, Notion]

    def __call__(self, formula: Formula, values: Values) -> Any:
        """Compute a formula.

        Raises:
            UncomputableError: it cannot be computed.
            ZeroDivisionError: something is divided by zero.
        """
        if isinstance(formula, Number):
            return formula.value
        if isinstance(formula, Name):
            return self._named(formula.name, values)
        if isinstance(formula, Cases):
            return self._chosen(formula, values)
        if isinstance(formula, Bound):
            if formula.word == "fun":
                return self._function(formula.names, formula.body, values)
            return self._quantified(formula, values)
        assert isinstance(formula, Applied)  # noqa: S101  (there is no other formula)
        word = formula.head.name if isinstance(formula.head, Name) else ""
        if word == "if":
            condition, then, otherwise = formula.arguments
            return self(then if self(condition, values) else otherwise, values)
        if word in SHORT:
            left, right = formula.arguments
            decisive, whole = SHORT[word]
            return whole if self(left, values) == decisive else self(right, values)
        arguments = [self(argument, values) for argument in formula.arguments]
        if word:
            return self._called(word, arguments, values)
        return self(formula.head, values)(*arguments)

    def _named(self, name: str, values: Values) -> Any:
        """Return what a name stands for that is applied to nothing."""
        if name in values:
            return values[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        notion = self.known.get(name)
        if notion is None or notion.means is None:
            raise UncomputableError(f"{name} has no value")
        return self._function(notion.letters, notion.means, {})

    def _called(self, name: str, arguments: list[Any], values: Values) -> Any:
        """Return what a name makes of its arguments."""
        if name in values:
            return values[name](*arguments)
        if name in SIGNS:
            return SIGNS[name](*arguments)
        notion = self.known.get(name)
        if notion is None:
            raise UncomputableError(f"{name} has no meaning")
        if notion.kind == "field":
            return getattr(arguments[0], name)
        if notion.means is None:
            return self._law(name)(*arguments)
        return self._function(notion.letters, notion.means, {})(*arguments)

    def _law(self, name: str) -> Callable[..., int]:
        for law in laws():
            if law.name == name:
                letters, term = [str(letter.args[0]) for letter in law.letters], law.term
                return lambda *sizes: PLAIN.evaluate(term, dict(zip(letters, sizes, strict=True)))
        raise UncomputableError(f"{name} is no law")

    def _function(self, letters: tuple[Binding, ...], body: Formula, values: Values) -> Any:
        """Return a function of letters that takes its arguments at once or one after the other."""

        def applied(*arguments: Any) -> Any:
            inside = dict(values) | dict(
                zip((name for name, _ in letters), arguments, strict=False)
            )
            if len(arguments) < len(letters):
                return self._function(letters[len(arguments) :], body, inside)
            whole = self(body, inside)
            beyond = arguments[len(letters) :]
            return whole(*beyond) if beyond else whole

        return applied

    def _chosen(self, formula: Cases, values: Values) -> Any:
        subject = self(formula.subject, values)
        for pattern, value in formula.cases:
            matched = _matched(pattern, subject)
            if matched is not None:
                return self(value, {**values, **matched})
        raise UncomputableError("no case is this one")

    def _quantified(self, formula: Bound, values: Values) -> bool:
        """Compute a quantifier over names that are bounded."""
        premises = _premises(formula.body) if formula.word == "forall" else conjuncts(formula.body)
        within = []
        for name, _ in formula.names:
            bounds = [
                (low.arguments[0], high.arguments[1])
                for low, high in itertools.pairwise(premises)
                if _compares(low, "<=", 1, name) and _compares(high, "<", 0, name)
            ]
            if not bounds:
                raise UncomputableError(f"{name} is any of infinitely many")
            low, high = (self(bound, values) for bound in bounds[0])
            within.append(range(low, high))
        held = (
            self(formula.body, {**values, **dict(zip(dict(formula.names), chosen, strict=True))})
            for chosen in itertools.product(*within)
        )
        return all(held) if formula.word == "forall" else any(held)


def _matched(pattern: Formula, value: Any) -> dict[str, Any] | None:
    """Return what the names of a pattern stand for, if a value is of that form."""
    if pattern == Name("O"):
        return {} if value == 0 else None
    if isinstance(pattern, Applied) and isinstance(pattern.head, Name):
        parts = [part.name for part in pattern.arguments if isinstance(part, Name)]
        if pattern.head.name == "[]":
            return {} if value == () else None
        if pattern.head.name == "::":
            return dict(zip(parts, (value[0], value[1:]), strict=True)) if value else None
        if pattern.head.name == "S":
            return {parts[0]: value - 1} if value > 0 else None
    raise UncomputableError("a pattern of another kind")


def _premises(formula: Formula) -> list[Any]:
    """Return what is supposed, part by part."""
    parts: list[Any] = []
    while isinstance(formula, Applied) and formula.head == Name("->"):
        premise, formula = formula.arguments
        parts += conjuncts(premise)
    return parts


def _compares(part: Any, word: str, place: int, name: str) -> bool:
    """Whether a part is a comparison with a name at a place."""
    return (
        isinstance(part, Applied)
        and part.head == Name(word)
        and part.arguments[place] == Name(name)
    )
