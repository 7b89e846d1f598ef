"""What `solve` answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any, Literal

import numpy as np

from symconv.families import Family, Setting, Verification
from symconv.layers import Layer
from symconv.layers.filling import filled, parameters
from symconv.proving.conflict import Conflict
from symconv.solving.requests import LETTERS, Request
from symconv.solving.settings import Settings
from symconv.solving.traits import parameters_of, traits
from symconv.vocabulary import torch_name

MOST_NOTES = 1000
"""What there is to say of a setting is told in JSON for as many."""
USUAL = {torch_name(letter) for letter in LETTERS}
Found = Setting | tuple[Setting, ...]
"""One setting for all axes, or one for each."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The settings that meet a request.

    Attributes:
        request: what was asked (of the first axis, where axes differ).
        verdict: `"solved"`, `"infeasible"` or `"unknown"`.
        families: all settings in closed form, for a request about all sizes.
        settings: the first of them, ordinary ones first; where axes differ, a tuple of settings.
        exhausted: whether these are all.
        count: how many there are; `None` where there are infinitely many or too many to count.
        conflict: for infeasible, why.
        verified: what torch said of some settings, if it was asked.
        reason: for unknown, why.
        axes: where axes differ, the solution for each.
        endless: whether there are infinitely many; `None` where that is not known.
    """

    request: Request
    verdict: Literal["solved", "infeasible", "unknown"]
    families: tuple[Family, ...] = ()
    settings: Sequence[Found] = ()
    exhausted: bool = False
    count: int | None = None
    conflict: Conflict | None = None
    verified: Verification | None = None
    reason: str = ""
    axes: tuple[Solution, ...] = ()
    endless: bool | None = None

    @property
    def says(self) -> str:
        """The goal in words."""
        if not self.axes:
            return str(self.request.goal)
        goals = [axis.request.goal for axis in self.axes]
        between = ", " if all(goal.taken is None for goal in goals) else "; "
        return between.join(dict.fromkeys(map(str, goals)))

    def layer(self, found: Found) -> Layer:
        """Return the layer with the numbers of a setting."""
        return filled(self.request.layer, split(found))

    def layers(self, found: Found) -> tuple[Layer, ...]:
        """Return the whole chain with the numbers of a setting."""
        return self.request.surroundings.around(self.layer(found))

    def named(self, found: Found) -> dict[str, Any]:
        """Return a setting by torch's names: a list where axes differ.

        What is no number, but was written and matters to sizes, is told as well.
        """
        return parameters(split(found)) | self.written

    @property
    def written(self) -> dict[str, Any]:
        """What was written of the layer that no letter stands for: a flag, a word."""
        layer = self.request.layer
        given = {name: getattr(layer, name, None) for name in ("padding", "padding_mode")}
        words = {name: value for name, value in given.items() if isinstance(value, str)}
        words = {name: value for name, value in words.items() if value != "zeros"}
        return words | ({"ceil_mode": True} if getattr(layer, "ceil_mode", None) is True else {})

    def _rows(self) -> list[dict[str, Any]]:
        columns = self.columns() if isinstance(self.settings, Settings) else {}
        if len(self.request.chain) > 1 or not set(columns) <= USUAL or not columns:
            return [self._told(one) for one in self.settings]
        numbers = zip(*(column.tolist() for column in columns.values()), strict=True)
        return [dict(zip(columns, row, strict=True)) | self.written for row in numbers]

    def _told(self, found: Found) -> dict[str, Any]:
        layers = self.layers(found)
        chain = {"layers": [repr(one) for one in layers]} if len(layers) > 1 else {}
        return self.named(found) | chain

    def traits(self, found: Found) -> dict[str, Any]:
        """Return what there is to say of a setting; a list where axes differ."""
        number = parameters_of(self.layer(found))
        return self._seen(found) | ({} if number is None else {"parameters": number})

    def _seen(self, found: Found) -> dict[str, Any]:
        solutions = self.axes or (self,)
        each = [traits(s.request, one) for s, one in zip(solutions, split(found), strict=False)]
        return {
            name: values[0] if all(v == values[0] for v in values) else values
            for name in each[0]
            for values in ([one.get(name) for one in each],)
        }

    def columns(self) -> dict[str, Any]:
        """Return the settings as NumPy arrays by torch's names: what a DataFrame is made of.

        >>> from symconv import solve
        >>> found = solve("Conv1d(kernel_size=1..5, padding=?)", same=True, limit=None)
        >>> found.columns()["kernel_size"], found.columns()["padding"]
        (array([1, 3, 5]), array([0, 1, 2]))
        """
        if isinstance(self.settings, Settings):
            return {torch_name(one): column for one, column in self.settings.columns.items()}
        axes = len(self.axes)
        rows = [self.named(found) for found in self.settings]
        told = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
        for name, values in told.items():
            if any(isinstance(one, list) for one in values):  # then each row has one for each axis
                told[name] = [one if isinstance(one, list) else [one] * axes for one in values]
        return {name: np.asarray(values) for name, values in told.items()}

    def __repr__(self) -> str:
        """Write the answer as plain text: families, settings, and what torch said."""
        return "\n".join([*self.head(), *self.table(), *self.tail()])

    def head(self) -> list[str]:
        """Return what stands before the settings, a line each."""
        lines = [f"{' -> '.join(map(repr, self.request.chain))}: {self.says}"]
        if self.conflict:
            lines += self.conflict.lines("setting")
        if self.verdict == "unknown":
            lines.append(f"unknown: {self.reason}")
        lines += [f"family: {family!r}" for family in self.families]
        for number, axis in enumerate(self.axes, 1):
            lines += [f"family for axis {number}: {family!r}" for family in axis.families]
        return lines

    def tail(self) -> list[str]:
        """Return what stands after the settings."""
        lines = []
        if self.settings and not self.exhausted:
            why = self.reason or (f"{self.count} in all" if self.count else "the list goes on")
            lines.append(f"... and more ({why})")
        if self.verified:
            more = len(self.settings) < self.verified.checked
            beyond = ", settings beyond this list among them" if more else ""
            lines.append(self.verified.told(beyond))
        return lines

    def cells(self) -> list[list[str]]:
        """Return the settings as rows of text, the names first."""
        if len(self.settings) > MOST_NOTES:
            told = self._rows()
            return [list(told[0]), *([*map(_text, row.values())] for row in told)]
        rows = [self._written(found) for found in self.settings]
        return [list(rows[0]), *([*row.values()] for row in rows)] if rows else []

    def _written(self, found: Found) -> dict[str, str]:
        row = {name: _text(value) for name, value in self.named(found).items()}
        said = self._seen(found)
        if "overlap" in said:
            row["overlap"] = _text(said["overlap"])
        if "unread" in said:
            row["unread"] = "none" if said["unread"] == 0 else _text(said["unread"])
        return row

    def table(self) -> list[str]:
        """Return the settings as aligned columns under torch's names."""
        rows = self.cells()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return ["  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows]

    def _repr_html_(self) -> str:
        """Show the families and the settings as a table in a notebook."""
        rows = self.cells()
        cells = ["".join(f"<td>{escape(value)}</td>" for value in row) for row in rows[1:]]
        head = "".join(f"<th>{name}</th>" for name in (rows[0] if rows else ()))
        table = f"<table><tr>{head}</tr>{''.join(f'<tr>{c}</tr>' for c in cells)}</table>"
        before, after = ("<br>".join(map(escape, part)) for part in (self.head(), self.tail()))
        return f"{before}{table if rows else ''}{after}"

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv solve --json` prints."""
        found = {"schema": "symconv/1", "verdict": self.verdict} | self._answers()
        found |= {
            "notes": [self.traits(one) for one in islice(self.settings, MOST_NOTES)],
            **(self.conflict or Conflict()).to_dict(),
            "verified": self.verified.to_dict() if self.verified else None,
        }
        found |= {"axes": [axis._answers() for axis in self.axes]} if self.axes else {}
        return found | ({"reason": self.reason} if self.reason else {})

    def _answers(self) -> dict[str, Any]:
        taken = None if self.axes else self.request.goal.taken
        return {
            "families": [family.to_dict() for family in self.families],
            "solutions": self._rows(),
            "exhausted": self.exhausted,
            "count": self.count,
        } | ({} if taken is None else {"taken": taken.to_dict()})


def split(found: Found) -> tuple[Mapping[str, int], ...]:
    """Return a setting for each axis, or the one for all."""
    return found if isinstance(found, tuple) else (found,)


def _text(value: Any) -> str:
    """Write a value of a table; of unread cells, where they are."""
    if isinstance(value, list):
        between = "; " if any(isinstance(one, dict) for one in value) else ", "
        return f"({between.join(map(_text, value))})"
    if isinstance(value, dict):
        where = {"end": "at the end", "gap": "in each stride"}
        return ", ".join(f"{n} {where[place]}" for place, n in value.items() if n) or "none"
    return str(value)
