"""What a layer's parameter may be: an integer, one for each axis, an unknown, or a formula.

An `Unknown` is marked where a number is to be found: `"?"` or `...` for any, `range(1, 12)` or
`{1, 2, 4}` for one of some.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from symconv.errors import RequestError, shown
from symconv.foreign import is_a
from symconv.terms import Term, variable
from symconv.vocabulary import LETTERS

if TYPE_CHECKING:
    from fractions import Fraction

GREATEST_PARAMETER = 2**31 - 1
"""Above it, torch's own 64-bit arithmetic on sizes could overflow (`docs/limits.md`)."""


class NotWritten(Enum):
    """The value of a parameter that nobody wrote, and that has no default of its own."""

    NOT_WRITTEN = "not written"

    def __repr__(self) -> str:
        """Write the name by which it is imported."""
        return self.name


NOT_WRITTEN = NotWritten.NOT_WRITTEN


@dataclass(frozen=True)
class Unknown:
    """A parameter to be found, perhaps among some choices.

    Attributes:
        choices: what it may be; `None` for anything.
    """

    choices: range | tuple[int, ...] | None = None

    def __repr__(self) -> str:
        """Write the unknown as the text of layers does: `?`, `1..11`, `{1, 2, 4}`."""
        if self.choices is None:
            return "?"
        if isinstance(self.choices, range):
            return f"{self.choices[0]}..{self.choices[-1]}"
        return "{" + ", ".join(map(str, self.choices)) + "}"


Value = int | Unknown | Term | Any
"""One axis's parameter; `Any` is a SymPy expression, which is not imported to be named."""


def unknown(value: object) -> Unknown | None:
    """Return the unknown that a value marks, if it marks one."""
    if isinstance(value, Unknown):
        return value
    if value is ... or (isinstance(value, str) and value == "?"):
        return Unknown()
    if isinstance(value, range) and value.step == 1 and len(value) > 0:
        return Unknown(value)
    if isinstance(value, (set, frozenset)) and value and all(type(v) is int for v in value):
        return Unknown(tuple(sorted(value)))
    return None


def is_formula(value: object) -> bool:
    """Whether a value is a term or a SymPy expression (SymPy is not imported to ask)."""
    return isinstance(value, Term) or is_a(value, "sympy", "Expr")


WHOLE = "as an integer or an unknown (?)"
OF_AXES = "as an integer, a tuple with one for each axis, or an unknown (?)"


def parameter(owner: str, name: str, value: object, needed: str = OF_AXES) -> Value:
    """Return one axis's parameter, or say in three beats why it is none."""
    if type(value) is int:
        if abs(value) > GREATEST_PARAMETER:
            raise RequestError(
                f"{owner}: {name} below 2**31",
                shown(value),
                "Write a number that a layer can have.",
            )
        return value
    mark = unknown(value)
    if mark is not None:
        ends = (mark.choices[0], mark.choices[-1]) if mark.choices else ()
        if any(abs(end) > GREATEST_PARAMETER for end in ends):
            raise RequestError(
                f"{owner}: choices for {name} below 2**31",
                shown(mark),
                "Write numbers that a layer can have.",
            )
        return mark
    if is_formula(value):
        return value
    whole = isinstance(value, float) and value.is_integer() and math.isfinite(value)
    raise RequestError(
        f"{owner}: {name} {needed}",
        f"{shown(value)} ({type(value).__name__})",
        f"Write {name}={int(value)}." if whole else f"Write for instance {name}=2.",  # type: ignore[call-overload]
    )


def plain(owner: str, name: str, value: object) -> object:
    """Return a parameter that no size depends on, if it is a value and no container of changes."""
    try:
        hash(value)
        if isinstance(value, Unknown):
            raise TypeError
    except TypeError:
        raise RequestError(
            f"{owner}: {name} as a number, a word or a tuple of those",
            f"{shown(value)} ({type(value).__name__})",
            f"Change {name}.",
        ) from None
    return value


def per_axis(
    owner: str, name: str, value: object, axes: int, *, none: bool = False, expands: bool = False
) -> tuple[Value, ...] | Value:
    """Return a parameter for all axes alike, or a tuple with one for each (perhaps `None`).

    Where torch expands a tuple of one entry, `expands` says so.
    """
    if not isinstance(value, (tuple, list)):
        return parameter(owner, name, value)
    if expands and len(value) == 1:
        value = tuple(value) * axes  # as torch expands it
    if len(value) != axes:
        raise RequestError(
            f"{owner}: {name} with {axes} entr{'y' if axes == 1 else 'ies'}, one for each axis",
            f"{shown(value)}, which has {len(value)}",
            f"Write one number for all axes, or {axes} of them.",
        )
    return tuple(
        None if none and entry is None else parameter(owner, name, entry) for entry in value
    )


def has_unknown(value: object) -> bool:
    """Whether a parameter, or an axis's part of it, is to be found."""
    return any(isinstance(entry, Unknown) for entry in entries(value))


def entries(value: object, axes: int = 1) -> tuple[Any, ...]:
    """Return what a parameter is on each axis: its entries, or the same so many times."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * axes


def at_once(each: Sequence[Any]) -> Any:
    """Return what a parameter is, given what it is on each axis: once, where that is alike.

    >>> at_once((3, 3)), at_once((3, 5))
    (3, (3, 5))
    """
    return each[0] if len(set(each)) == 1 else each


def term(name: str, value: Value, axis: int | None = None) -> int | Term:
    """Return a parameter as the laws take it: an integer, or a term.

    An unknown becomes its letter; one of a tuple becomes the letter with the number of its axis.
    """
    if isinstance(value, (int, Term)):
        return value
    if isinstance(value, Unknown):
        letter = LETTERS.get(name, name)
        return variable(letter if axis is None else f"{letter}{axis}")
    from symconv.meanings.symbols import term_of

    return term_of(value)


def as_float(value: Any) -> Any:
    """Return a fraction, or each of a tuple, as the double next to it; all else stays as it is.

    >>> from fractions import Fraction
    >>> as_float((Fraction(120, 88), 2))
    (1.3636363636363635, 2)
    """
    from fractions import Fraction

    if isinstance(value, tuple):
        return tuple(map(as_float, value))
    if not isinstance(value, Fraction):
        return value
    try:
        return float(value)
    except OverflowError:
        return math.inf


def dyadic(factor: float) -> Fraction | None:
    """Return a factor as a fraction over a small power of two, for which torch's product is exact.

    >>> dyadic(1.5), dyadic(0.7)
    (Fraction(3, 2), None)
    """
    from fractions import Fraction

    if not math.isfinite(factor):
        return None
    exact = Fraction(factor)
    return exact if 0 < exact < 2**31 and exact.denominator <= 2**20 else None
