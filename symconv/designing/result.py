"""What `design` answers with: designs in order, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from symconv.chains import Sizes, size
from symconv.chains.receptive import receptive_field
from symconv.designing.requests import Request
from symconv.designing.targets import ForAll
from symconv.errors import UndecidedError
from symconv.layers import Layer
from symconv.proving import Verdict
from symconv.proving.conflict import Conflict
from symconv.reading.repeats import written

if TYPE_CHECKING:
    from symconv.families import Verification


@dataclass(frozen=True, repr=False)
class Design:
    """One chain whose parameters are all numbers.

    Attributes:
        layers: its layers.
        given: an input, a size for each axis.
        cost: what it is ranked by.
        channels: those of the input, where they are told.
        proof: for a goal about all sizes, what Z3 says of it.
    """

    layers: tuple[Layer, ...]
    given: tuple[int, ...]
    cost: int
    channels: int | None = None
    proof: Verdict | None = None

    @property
    def sizes(self) -> tuple[tuple[int, ...], ...]:
        """The sizes of the input and after each layer, an axis each."""
        return self._sizes.rows

    @property
    def path(self) -> str:
        """The sizes in a row, as text."""
        return repr(self._sizes).splitlines()[0]

    @cached_property
    def _sizes(self) -> Sizes:
        found: Sizes = size(self.layers, self.given, channels=self.channels)
        return found

    @cached_property
    def receptive_field(self) -> int | tuple[int, ...] | None:
        """How many input cells an output cell sees, for each axis where they differ.

        `None` where no single number says it.
        """
        seen: int | tuple[int, ...] | None = receptive_field(self.layers, len(self.given)).field
        return seen

    def to_dict(self) -> dict[str, Any]:
        """Return the design as JSON has it."""
        seen = self.receptive_field
        found: dict[str, Any] = {
            "layers": [repr(layer) for layer in self.layers],
            "sizes": [list(row) for row in self.sizes],
            "cost": self.cost,
            "receptive_field": list(seen) if isinstance(seen, tuple) else seen,
        }
        return found if self.proof is None else found | {"proof": self.proof.word}

    def __repr__(self) -> str:
        """Write the design on one line."""
        return written(self.layers)


@dataclass(frozen=True)
class Designs:
    """The designs that meet a request, in order.

    Attributes:
        asked: the request.
        verdict: `"solved"`, `"infeasible"` or `"unknown"`.
        designs: the first designs; for a goal about all sizes, those that are not refuted.
        exhausted: whether these are all.
        conflict: for infeasible, why.
        reason: for unknown, or where the list breaks off, why.
        verified: what torch said of the designs, if it was asked.
    """

    asked: Request
    verdict: Literal["solved", "infeasible", "unknown"]
    designs: tuple[Design, ...] = ()
    exhausted: bool = False
    conflict: Conflict | None = None
    reason: str = ""
    verified: Verification | None = None
    counted: Callable[[], int | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def count(self) -> int | None:
        """How many designs there are; `None` where that is not known.

        For a goal about all sizes that is known only where all of them are listed and proved.
        """
        if self.exhausted:
            return len(self.designs)
        try:
            return self.counted()
        except UndecidedError:
            return None

    def layers(self, place: int = 0) -> tuple[Layer, ...]:
        """Return the layers of one of the designs, the first by default."""
        return self.designs[place].layers

    def table(self) -> list[str]:
        """Return the designs as lines, each with its cost and what one output cell sees."""
        rows: list[tuple[str, str, str, str]] = [(self.asked.rank, "sees", "sizes", "layers")]
        for one in self.designs:
            seen = "-" if one.receptive_field is None else str(one.receptive_field)
            rows.append((str(one.cost), seen, one.path, repr(one)))
        cost, sees, path, _ = (max(map(len, column)) for column in zip(*rows, strict=True))
        return [f"{a:>{cost}}  {b:>{sees}}  {c:<{path}}  {d}" for a, b, c, d in rows]

    def __repr__(self) -> str:
        """Write the answer as plain text."""
        lines = [f"{written(self.asked.parts)}: {self.asked.target}"]
        if self.conflict:
            lines += self.conflict.lines("design")
        if self.verdict == "unknown":
            lines.append(f"unknown: {self.reason}")
        if self.designs:
            lines += self.table()
            lines += [f"design {number}: for all sizes {one.proof}"
                      for number, one in enumerate(self.designs, 1)
                      if one.proof is not None and not one.proof.proved]  # fmt: skip
        if self.designs and not self.exhausted:
            why = self.reason or (f"{self.count} in all" if self.count else "the list goes on")
            lines.append(f"... and more ({why})")
        if self.verified:
            lines.append(self.verified.told())
        lines += [f"note: {note}" for note in self.asked.notes]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv solve --json` prints of a chain."""
        found: dict[str, Any] = {
            "schema": "symconv/1",
            "verdict": self.verdict,
            "solutions": [one.to_dict() for one in self.designs],
            "exhausted": self.exhausted,
            "count": self.count,
            **(self.conflict or Conflict()).to_dict(),
            "verified": self.verified.to_dict() if self.verified else None,
        }
        more: dict[str, Any] = {"reason": self.reason, "notes": list(self.asked.notes)}
        if isinstance(self.asked.target, ForAll) and self.asked.target.taken:
            more["taken"] = self.asked.target.taken.to_dict()
        return found | {name: value for name, value in more.items() if value}
