"""What `solve` answers with."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from symconv.families import Family, Setting, Verification
from symconv.solving.conflicts import Conflict
from symconv.solving.requests import Request


@dataclass(frozen=True)
class Solution:
    """The settings that meet a request.

    Attributes:
        request: what was asked.
        verdict: `"solved"`, `"infeasible"` or `"unknown"`.
        families: all settings, in closed form.
        settings: the first of them, ordinary ones first.
        exhausted: whether these are all.
        count: how many there are; `None` where there are infinitely many, or more than a million
            points of the parameters to try.
        conflict: for infeasible, why.
        verified: what torch said of the settings, if it was asked.
        reason: for unknown, why.
    """

    request: Request
    verdict: Literal["solved", "infeasible", "unknown"]
    families: tuple[Family, ...] = ()
    settings: tuple[Setting, ...] = ()
    exhausted: bool = False
    count: int | None = None
    conflict: Conflict | None = None
    verified: Verification | None = None
    reason: str = ""

    def __repr__(self) -> str:
        """Write the answer as plain text: families, settings, and what torch said."""
        lines = [f"{self.request.layer!r}: {self.request.goal}"]
        if self.conflict:
            lines.append("no setting meets the request; these cannot hold together:")
            lines += [f"  - {sentence}" for sentence in self.conflict.sentences]
            lines += [] if self.conflict.minimal else ["  (not shown to be minimal)"]
            lines += [f"possible {one['change']}" for one in self.conflict.relaxations]
        if self.verdict == "unknown":
            lines.append(f"unknown: {self.reason}")
        lines += [f"family: {family!r}" for family in self.families]
        lines += self.table()
        if self.settings and not self.exhausted:
            why = self.reason or (f"{self.count} in all" if self.count else "the list goes on")
            lines.append(f"... and more ({why})")
        if self.verified:
            calls = f"{self.verified.forward_calls} forward calls"
            lines.append(f"{self.verified!r}, by {self.verified.by} in {calls}")
        return "\n".join(lines)

    def table(self) -> list[str]:
        """Return the settings as aligned columns under torch's names."""
        if not self.settings:
            return []
        head = list(self.settings[0].named)
        rows = [[str(value) for value in setting.named.values()] for setting in self.settings]
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        return [
            "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in [head, *rows]
        ]

    def _repr_html_(self) -> str:
        """Show the families and the settings as a table in a notebook."""
        before, _, after = repr(self).partition("\n".join(self.table()) or "\0")
        rows = [setting.named for setting in self.settings]
        cells = ["".join(f"<td>{value}</td>" for value in row.values()) for row in rows]
        head = "".join(f"<th>{name}</th>" for name in (rows[0] if rows else ()))
        table = f"<table><tr>{head}</tr>{''.join(f'<tr>{c}</tr>' for c in cells)}</table>"
        texts = (escape(text.strip()).replace("\n", "<br>") for text in (before, after))
        return f"{next(texts)}{table if rows else ''}{next(texts)}"

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv solve --json` prints."""
        conflict = self.conflict
        found: dict[str, Any] = {
            "schema": "symconv/1",
            "verdict": self.verdict,
            "families": [family.to_dict() for family in self.families],
            "solutions": [setting.named for setting in self.settings],
            "exhausted": self.exhausted,
            "count": self.count,
            "conflict": list(conflict.sentences) if conflict else [],
            "minimal": bool(conflict and conflict.minimal),
            "relaxations": list(conflict.relaxations) if conflict else [],
            "verified": self.verified.to_dict() if self.verified else None,
        }
        return found | ({"reason": self.reason} if self.reason else {})
