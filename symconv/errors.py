"""What can go wrong, one class a kind.

A message has three beats: what was needed, what arrived, what to write instead. Every class is a
`ValueError`, because each is about a value that somebody wrote, and a `SymconvError`, so that one
`except` catches all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from symconv.places import Place

A_SLIP, NEAR = 0.85, 0.6
"""How alike a name is that was mistyped, and one that may have been meant (of `difflib`)."""
USUAL = "2d"
"""How a layer's name ends that is meant most often, where those of other axes are as near."""
FEW, SEVERAL = 12, 3
"""So many names are listed where none is near, and so many are named that begin alike."""


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


def nearest_name(
    name: str, known: Iterable[str], groups: Callable[[], Iterable[str]] | None = None
) -> str:
    """Say which known name was probably meant; where none is near, name the groups, or a few.

    Args:
        name: what somebody wrote.
        known: the names that there are.
        groups: returns the headings under which people look for them, where they are many.

    >>> nearest_name("kernel_sise", ["kernel_size", "stride"])
    'Did you mean `kernel_size`?'
    >>> nearest_name("Conv", ["Conv1d", "Conv2d", "Conv3d", "ReLU"])
    'Did you mean `Conv1d`, `Conv2d` or `Conv3d`?'
    >>> nearest_name("colour", map(str, range(20)), lambda: ["Convolutions", "Pools"])
    'There are 20, under Convolutions and Pools.'
    """
    names = list(known)
    if near := near_name(name, names):
        return near
    if len(names) <= FEW:
        return f"Known names: {', '.join(names)}."
    if groups:
        return f"There are {len(names)}, under {in_words([*groups()])}."
    return f"Known names: {', '.join(names[:FEW])}, … ({len(names)} in all)."


def near_name(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant; nothing, where none is near.

    >>> near_name("cnv", ["conv", "max_pool"]), near_name("qqq", ["conv"])
    ('Did you mean `conv`?', '')
    """
    near = _near(name[:80].lower(), {each.lower(): each for each in known})
    return f"Did you mean {in_words([f'`{each}`' for each in near], 'or')}?" if near else ""


def _near(name: str, known: dict[str, str]) -> list[str]:
    """Return what was mistyped; else what has a word that begins so; else what is most alike."""
    import difflib

    alike = difflib.get_close_matches(name, known, n=1, cutoff=NEAR)
    usual = [twin for each in alike if (twin := re.sub(r"\dd$", USUAL, each)) in known]
    if usual and _likeness(name, usual[0]) >= _likeness(name, alike[0]):
        alike = usual
    mistyped = difflib.get_close_matches(name, alike, cutoff=A_SLIP)
    begun: list[str] = []
    if not mistyped and (len(name) >= SEVERAL or len(known) <= FEW):
        begins = re.compile(rf"(?:^|_){re.escape(name)}") if name else None
        begun = [each for each in known if begins and begins.search(each)]
        begun.sort(key=lambda each: not each.startswith(name))  # else as people look for them
    return [known[each] for each in mistyped or begun[:SEVERAL] or alike]


def _likeness(name: str, other: str) -> float:
    """Return how alike two names are, as `difflib.get_close_matches` does."""
    import difflib

    return difflib.SequenceMatcher(None, other, name).ratio()


def in_words(parts: Sequence[str], last: str = "and") -> str:
    """Join parts by commas, and the last one by a word.

    >>> in_words(["1", "2", "3"])
    '1, 2 and 3'
    """
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def shown(value: object, limit: int = 60) -> str:
    r"""Show a value on one line, cut where it would flood the message.

    >>> shown("a\nb")
    "'a\\nb'"
    """
    if isinstance(value, int) and abs(value) >= 10**limit:
        return f"an integer of more than {limit} digits"
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
