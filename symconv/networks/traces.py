"""What a piece of a run asked of the sizes."""

from __future__ import annotations

from dataclasses import dataclass, field

from symconv.terms import Term


@dataclass
class Trace:
    """What was asked: where all of it is answered alike, the piece comes to the same.

    Attributes:
        decisions: what was asked and how that was answered.
        repeats: whether nothing was asked whose answer is no decision.
    """

    decisions: dict[Term, bool] = field(default_factory=dict)
    repeats: bool = True
