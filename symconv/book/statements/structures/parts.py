"""What numbers make of a structural statement: what each part comes to, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Numbers = Mapping[str, Any]
"""Numbers by letters, and chains by their names."""


class Part(NamedTuple):
    """What a part of a statement comes to for numbers.

    Attributes:
        left: one side, counted out.
        right: the other side, if there are two.
        agree: whether it is as claimed; nothing, where it is only said what is there.
        said: how that it is, and that it is not.
    """

    left: str
    right: str = ""
    agree: bool | None = None
    said: tuple[str, str] = ("they agree", "they do not agree")

    def __str__(self) -> str:
        sides = "; ".join(filter(None, [self.left, self.right]))
        return sides if self.agree is None else f"{sides}; {self.said[not self.agree]}"


class Came(NamedTuple):
    """What numbers make of a statement.

    Attributes:
        parts: what each part comes to.
        unmet: the hypotheses that do not hold.
        missing: the letters that have no number yet.
    """

    parts: tuple[Part, ...] = ()
    unmet: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def agree(self) -> bool | None:
        """Whether all sides agree; nothing, where there is nothing to compare."""
        judged = [part.agree for part in self.parts if part.agree is not None]
        return all(judged) if judged else None

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to say, a line each."""
        return (*(f"{said} does not hold" for said in self.unmet), *map(str, self.parts))

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        lists = {"lines": self.lines, "unmet": self.unmet, "missing": self.missing}
        return {name: list(entries) for name, entries in lists.items()} | {"agree": self.agree}
