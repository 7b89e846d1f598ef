"""What can go wrong, one class a kind.

A message has three beats: what was needed, what arrived, what to write instead. Every class is a
`ValueError`, because each is about a value that somebody wrote, and a `SymconvError`, so that one
`except` catches all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symconv.places import Place


class SymconvError(ValueError):
    """Anything that symconv refuses, told in three beats.

    Attributes:
        needed: what was needed.
        arrived: what arrived instead.
        write: what to write.
        place: where that stands in the text that was read, if it stands in one.
        about: the argument whose value is wrong, by its name, or by its number from 0; with `=`
            behind it, its name is. Who reads a text finds the place by it.
    """

    def __init__(
        self,
        needed: str,
        arrived: str,
        write: str,
        *,
        place: Place | None = None,
        about: str | int | None = None,
    ) -> None:
        """Keep the beats apart: the command line prints them as text or as JSON."""
        self.needed, self.arrived, self.write = needed, arrived, write
        self.place, self.about = place, about
        super().__init__(f"needed {needed}; got {arrived}. {write}")

    def __str__(self) -> str:
        """Tell the beats, and show the place below them."""
        shown = self.place.shown() if self.place else ()
        return "\n  ".join([super().__str__(), *shown])

    def __reduce__(self) -> tuple[type[SymconvError], tuple[str, str, str], dict[str, Any]]:
        """Rebuild from the three beats (an exception's default is its one message)."""
        return type(self), (self.needed, self.arrived, self.write), vars(self)

    def stands(self, place: Place | None) -> None:
        """Learn the place, unless it is known already."""
        self.place = self.place or place

    def concerns(self, argument: str | int) -> None:
        """Learn which argument it is about, unless that is known already."""
        self.about = argument if self.about is None else self.about


class RequestError(SymconvError):
    """The request itself is wrong: a name, a type, a range or the grammar of a text."""


class RefusedSizeError(SymconvError):
    """The request is right, and the answer is that a layer does not take this size."""


class OverflowingError(SymconvError):
    """A 64-bit computation would have left the 64-bit integers."""


class UndecidedError(SymconvError):
    """The request is right, but whether it holds could not be decided; the message says why."""

    @property
    def why(self) -> str:
        """The reason, as an answer gives it."""
        return f"{self.arrived}; needed {self.needed}. {self.write}"


class DerivationError(SymconvError):
    """A step of a derivation did not pass its check."""


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list some.

    >>> nearest_name("kernel_sise", ["kernel_size", "stride"])
    'Did you mean `kernel_size`?'
    """
    import difflib

    known = list(known)
    by_case = {one.lower(): one for one in known}
    close = difflib.get_close_matches(name.lower()[:80], by_case, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{by_case[close[0]]}`?"
    rest = f", … ({len(known)} in all)" if len(known) > 12 else ""
    return f"Known names: {', '.join(known[:12])}{rest}."


def shown(value: object, limit: int = 60) -> str:
    r"""Show a value on one line, cut where it would flood the message.

    >>> shown("a\nb")
    "'a\\nb'"
    """
    if isinstance(value, int) and abs(value) >= 10**limit:
        return f"an integer of more than {limit} digits"
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
