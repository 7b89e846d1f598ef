"""How many designs there are, and any of them by its number, without listing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symconv.designing.candidate import Candidate
from symconv.designing.question import Question
from symconv.designing.result import Design
from symconv.errors import UndecidedError
from symconv.proving import Clock

MOST_COMPARED = 10**5
"""Of more designs, none are compared to see whether they are the same."""


class Population:
    """All designs for one input, which the tables count.

    Args:
        question: what was asked.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.candidates: tuple[Candidate, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """Pickle and copy the question alone: its tables are made again."""
        return {"question": self.question, "candidates": ()}

    def count(self, clock: Clock) -> int | None:
        """Return how many there are, each once; nothing where that is not told in time."""
        try:
            every = self.followed(clock)
            if self.question.overlapping:
                return _different(every, clock)
            return sum(candidate.ranking.count(clock) for candidate in every)
        except UndecidedError:
            return None

    def at(self, places: Sequence[int], clock: Clock) -> list[Design]:
        """Return the designs at some rising places below their number.

        Raises:
            UndecidedError: there is no time left.
        """
        designs: list[Design] = []
        before, rest = 0, list(places)
        for candidate in self.followed(clock):
            count = candidate.ranking.count(clock)
            while rest and rest[0] < before + count:
                ranked = candidate.ranking.at(rest.pop(0) - before, clock)
                designs.append(candidate.design(ranked))
            before += count
        return designs

    def followed(self, clock: Clock) -> tuple[Candidate, ...]:
        """Return the chains with what leads where in them.

        Raises:
            UndecidedError: there is no time left, or too much to follow.
        """
        if not self.candidates:
            chains = self.question.chains
            self.candidates = tuple(Candidate(self.question, chain, clock) for chain in chains)
        return self.candidates


def _different(candidates: Sequence[Candidate], clock: Clock) -> int | None:
    """Count the designs that are in one of several chains or more; nothing if there are many."""
    if sum(candidate.ranking.count(clock) for candidate in candidates) > MOST_COMPARED:
        return None
    seen = set()
    for candidate in candidates:
        for ranked in candidate.ranking.walked(clock):
            seen.add(candidate.layers(ranked))
    return len(seen)
