"""Several families that have no setting in common, as one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from symconv.families.family import Family
from symconv.families.setting import Setting, drawn
from symconv.families.verifying import Verification
from symconv.proving import Verdict
from symconv.proving.clock import TIME_LIMIT
from symconv.renamed import renamed


@dataclass(frozen=True)
class Families:
    """Families that have no setting in common, and together all of them.

    Attributes:
        members: the families.
    """

    members: tuple[Family, ...]

    def __hash__(self) -> int:
        """Few families have the same members."""
        return hash(self.members)

    def __iter__(self) -> Iterator[Family]:
        """Yield the families."""
        return iter(self.members)

    def __len__(self) -> int:
        """Count the families."""
        return len(self.members)

    def __getitem__(self, place: int) -> Family:
        return self.members[place]

    def __repr__(self) -> str:
        """Show each family on a line."""
        return "\n".join(map(repr, self.members))

    @property
    def complete(self) -> Verdict:
        """Whether every setting is in one of the families, and in no other."""
        return self.members[0].complete

    def latex(self) -> str:
        """Write the families as LaTeX, a line each."""
        rows = (f"& {member.latex()}" for member in self.members)
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def markdown(self) -> str:
        """Write the families as Markdown with LaTeX in it, one after the other."""
        return "".join(f"* {member.markdown()}" for member in self.members)

    def _repr_html_(self) -> str:
        """Show the families in a notebook, each with its first settings."""
        return "".join(member._repr_html_() for member in self.members)

    @renamed(seconds="timeout")
    def where(self, *constraints: Any, timeout: float = TIME_LIMIT) -> Iterator[Setting]:
        """Yield the settings that meet constraints, of each family in turn, as `Family.where`."""
        rows = (member.where(*constraints, timeout=timeout) for member in self.members)
        for some in zip_longest(*rows):
            yield from (setting for setting in some if setting is not None)

    def sample(self, n: int, seed: int = 0, *constraints: Any) -> list[Setting]:
        """Return settings drawn at random from the first thousand, in their order."""
        return drawn(self.where(*constraints), n, seed)

    def verify(self, by: str = "torch", *constraints: Any, count: int = 8) -> list[Verification]:
        """Run settings of each family as torch layers, as `Family.verify`."""
        return [member.verify(by, *constraints, count=count) for member in self.members]

    def to_dict(self) -> dict[str, Any]:
        """Return the families as JSON has them."""
        return {"families": [member.to_dict() for member in self.members]}
