"""Constraints that people want ready-made: words for a layer's letters.

    extent            the cells from a window's first tap to its last, D*(F - 1) + 1
    receptive_field   the same, for windows that look at the input
    uniform_overlap   every cell is met equally often: no checkerboard
    every_cell_read   windows leave no cell of the input unread; settings with a stride and a
                      dilation above 1, which miss cells near the edges, do not count
    centred           each output stands where resizing would put it: E - 2P = S, and A = 0

`odd(...)` and `even(...)` belong to the language of constraints itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from symconv.errors import RequestError
from symconv.operators import Operator
from symconv.operators.letters import O
from symconv.operators.ordinary import letters_of
from symconv.operators.reading import Windows
from symconv.solving.goals import Goal
from symconv.terms import Term, constant, substitute

MOST_PRIMES = 1000

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
        self.goal, self.bounds, self.kernel = goal, bounds, operator.kernel
        self.words: dict[str, Callable[[Windows], Term]] = {}
        if self.kernel is not None and set(letters_of(self.kernel)) <= set(letters):
            self.words = {
                "extent": _extent,
                "uniform_overlap": self._uniform,
                "centred": centred,
            }
            if operator.looks:  # a layer by itself sees what a window spans
                self.words |= {"every_cell_read": self._read, "receptive_field": _extent}

    def __getitem__(self, word: str) -> Term:
        if self.kernel is None:
            raise KeyError(word)
        return self.words[word](self.kernel)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def _uniform(self, kernel: Windows) -> Term:
        """State that overlap is uniform, for strides and dilations that share small factors."""
        if not kernel.even:
            raise _other_windows("uniform_overlap", "overlap")
        ends = [end for term in (kernel.step, kernel.spacing) for end in self._ends(term)]
        if self.goal.kind in ("up", "down"):
            ends.append(self.goal.n)
        least = min(ends, default=None)
        if least is None or least > MOST_PRIMES:
            raise RequestError(
                f"uniform_overlap: a stride or a dilation of at most {MOST_PRIMES}",
                "none of them has such a bound",
                "Give one a range, as in stride=1..8.",
            )
        return kernel.uniform_overlap(least)

    def _ends(self, number: Term) -> list[int]:
        """Return the greatest value of a number, if there is one."""
        if number.word == "constant":
            return [int(number.args[0])]
        bounds = self.bounds.get(number.args[0]) if number.word == "variable" else None
        return [] if bounds is None else [bounds[1]]

    def _read(self, kernel: Windows) -> Term:
        """State that windows touch, and that what the last one leaves over is padding."""
        if self.goal.kind == "relation":
            raise RequestError(
                "every_cell_read: one input size, or all multiples of one (--down)",
                f"{self.goal}",
                "What is left unread depends on the size.",
            )
        if not kernel.even:
            raise _other_windows("every_cell_read", "unread")
        size = self.goal.least_input
        outputs: Term = constant(self.goal.gives(size))
        f, s, p, d = kernel.taps, kernel.step, kernel.before, kernel.spacing
        touching = (f >= s) & (substitute(kernel.reached, {O: outputs}) >= size)
        running = outputs >= d
        if self.goal.kind == "pair":  # a single window, or a single tap, may reach them all
            touching = touching | ((f - p % s >= size) & (p // s <= outputs - 1))
            running = running | ((outputs - p % d >= size) & (p // d <= f - 1))
        return (d.eq(1) | f.eq(1)) & touching | s.eq(1) & running


def _other_windows(word: str, column: str) -> RequestError:
    return RequestError(
        f"{word}: taps that lie equally far apart",
        "windows of another kind",
        f"Look at the column `{column}`.",
    )


def _extent(kernel: Windows) -> Term:
    return kernel.extent


def centred(kernel: Windows) -> Term:
    """State that each output stands where resizing would put it: E - 2P = S, and A = 0."""
    return (kernel.extent - 2 * kernel.before).eq(kernel.step) & kernel.added.eq(0)
