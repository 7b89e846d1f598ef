"""Constraints that people want ready-made: words for a layer's letters.

    extent            the cells from a window's first tap to its last, D*(F - 1) + 1
    uniform_overlap   every cell is met equally often: no checkerboard
    every_cell_read   windows leave no cell of the input unread; settings with a stride and a
                      dilation above 1, which miss cells near the edges, do not count
    centred           each output stands where resizing would put it: E - 2P = S, and A = 0

`odd(...)` and `even(...)` belong to the language of constraints itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isqrt

from symconv.errors import RequestError
from symconv.operators import Operator
from symconv.operators.operator import A, D, F, O, P, S
from symconv.operators.scaling import extent, reached
from symconv.solving.goals import Goal
from symconv.terms import Term, both, constant, substitute, variable

MOST_PRIMES = 1000
ABSENT = {"D": 1, "A": 0, "P": 0}
"""What a letter is where a layer does not have it."""

Bounds = Mapping[str, tuple[int, int]]


class Wishes(Mapping[str, Term]):
    """The words that a request may use, each with its meaning for that request.

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
        self.absent = {variable(name): v for name, v in ABSENT.items() if name not in letters}
        windows = "F" in letters and "S" in letters
        self.words = {"extent": self._extent} | (
            {"uniform_overlap": self._uniform, "centred": self._centred} if windows else {}
        )
        if windows and "up" not in operator.scaling:
            self.words["every_cell_read"] = self._read

    def __getitem__(self, word: str) -> Term:
        return substitute(self.words[word](), self.absent)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def _extent(self) -> Term:
        return extent

    def _centred(self) -> Term:
        return (extent - 2 * P).eq(S) & A.eq(0)

    def _uniform(self) -> Term:
        """State that overlap is uniform, for strides and dilations that share small factors."""
        ends = {"D": 1} if D in self.absent else {}
        ends |= {letter: self.bounds[letter][1] for letter in ("S", "D") if letter in self.bounds}
        if self.goal.kind in ("up", "down"):
            ends["S"] = min(self.goal.n, ends.get("S", self.goal.n))
        least = min(ends.values(), default=None)
        if least is None or least > MOST_PRIMES:
            raise RequestError(
                f"uniform_overlap: a stride or a dilation of at most {MOST_PRIMES}",
                "none of them has such a bound",
                "Give one a range, as in stride=1..8.",
            )
        return uniform_overlap(least)

    def _read(self) -> Term:
        """State that windows touch, and that what the last one leaves over is padding."""
        if self.goal.kind == "relation":
            raise RequestError(
                "every_cell_read: one input size, or all multiples of one (--down)",
                f"{self.goal}",
                "What is left unread depends on the size.",
            )
        size = self.goal.least_input
        outputs: Term = constant(self.goal.gives(size))
        touching = (F >= S) & (substitute(reached, {O: outputs}) >= size)
        running = outputs >= D
        if self.goal.kind == "pair":  # a single window, or a single tap, may reach them all
            touching = touching | ((F - P % S >= size) & (P // S <= outputs - 1))
            running = running | ((outputs - P % D >= size) & (P // D <= F - 1))
        return (D.eq(1) | F.eq(1)) & touching | S.eq(1) & running


def uniform_overlap(most: int) -> Term:
    """State that the stride divides the kernel and has no factor in common with the dilation.

    Args:
        most: the greatest factor that they may have in common.

    Source: Odena, Dumoulin and Olah, "Deconvolution and checkerboard artifacts" (2016), for a
    dilation of 1; with one, taps fall evenly on the residues of the stride just then.
    """
    primes = [p for p in range(2, most + 1) if all(p % q for q in range(2, isqrt(p) + 1))]
    return both((F % S).eq(0), *(~((S % p).eq(0) & (D % p).eq(0)) for p in primes))
