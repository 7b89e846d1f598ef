"""The words that a request about one layer may use (`symconv.questions.words`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symconv.errors import RequestError
from symconv.operators import Operator
from symconv.operators.ordinary import letters_of
from symconv.questions.goals import Goal
from symconv.questions.words import MOST_PRIMES, WORDS, Sizes, greatest_common, meant
from symconv.terms import Term

FIELD = "receptive_field"
"""What a layer by itself sees is the extent of its window."""
LEAST_COMMON = 12
"""Up to this number, common factors are looked at also where a bound leaves none.

A conflict asks what would be without the bound, near 0 (`p*(p - 1)` cells or more are needed).
"""

Bounds = Mapping[str, tuple[int, int]]


class Wishes(Mapping[str, Term]):
    """The words, each with its meaning for one request.

    Args:
        operator: the law of the axis.
        goal: what is asked of it.
        letters: the letters that the layer has.
        bounds: the least and the greatest value of letters that have such.
    """

    def __init__(
        self, operator: Operator, goal: Goal, letters: tuple[str, ...], bounds: Bounds
    ) -> None:
        self.operator, self.goal, self.bounds = operator, goal, bounds
        windows = operator.kernel
        known = windows is not None and set(letters_of(windows)) <= set(letters)
        words = [word for word, (_, looks, _) in WORDS.items() if operator.looks or not looks]
        self.words = [*words, *([FIELD] if operator.looks else [])] if known else []

    def __getitem__(self, word: str) -> Term:
        if word not in self.words:
            raise KeyError(word)
        term = meant("extent" if word == FIELD else word, self.operator, self._sizes(word))
        if term is None:  # such words are no keys
            raise KeyError(word)
        return term

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def _sizes(self, word: str) -> Sizes:
        """Return what a word may speak of besides the layer's own numbers.

        Raises:
            RequestError: it needs to know more than was asked.
        """
        common = greatest_common(self._ends())
        if word == "uniform_overlap" and common is None:
            raise RequestError(
                f"uniform_overlap: a stride or a dilation of at most {MOST_PRIMES}",
                "none of them has such a bound",
                "Give one a range, as in stride=1..8.",
            )
        if word == "every_cell_read" and self.goal.kind == "relation":
            raise RequestError(
                "every_cell_read: one input size, or all multiples of one (--down)",
                f"{self.goal}",
                "What is left unread depends on the size.",
            )
        size = self.goal.least_input
        single = self.goal.kind == "pair"
        return Sizes(size, self.goal.gives(size), single, max(common or 0, LEAST_COMMON))

    def _ends(self) -> Iterator[int]:
        """Yield the greatest values of what the stride and the dilation are."""
        windows = self.operator.kernel
        for term in (windows.step, windows.spacing) if windows else ():
            if term.word == "constant":
                yield int(term.args[0])
            elif term.word == "variable" and term.args[0] in self.bounds:
                yield self.bounds[term.args[0]][1]
        if self.goal.kind in ("up", "down"):
            yield self.goal.n
