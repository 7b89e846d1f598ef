"""The order of settings: the ordinary first, and every setting at a finite place.

Ordinary is what people build: known settings come first, by how often they occur
(`symconv.operators.known`), as far as they suit the sizes (`symconv.operators.ordinary.suited`).
All others come by their weight.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from symconv.operators import Operator
from symconv.operators.known import known
from symconv.operators.letters import O, W
from symconv.operators.ordinary import (
    astray,
    covers,
    fault,
    grows,
    idle,
    letters_of,
    parameter,
    strangeness,
    suited,
    unread,
)
from symconv.operators.reading import NONE, Cells, Scattered, Windows
from symconv.terms import Term, both, constant, maximum, substitute, variable, variables, where

ASTRAY = 4
"""What it counts that windows lie in the padding alone, or leave cells between them."""


class Order(NamedTuple):
    """What the settings of a layer are ordered by.

    Attributes:
        operator: the law of its axis; none if nothing is known of it.
        letters: the letters that the layer has.
        sizes: an input and its output, of a layer by itself.
        only: whether no other sizes are asked about.
    """

    operator: Operator | None
    letters: tuple[str, ...]
    sizes: tuple[int, int] | None = None
    only: bool = False

    @property
    def kernel(self) -> Windows | None:
        """The layer's windows, if it has any whose numbers are letters of it."""
        windows = None if self.operator is None else self.operator.kernel
        return windows if windows and letters_of(windows) <= {*self.letters} else None

    def weight(self, far: Collection[str] = ()) -> Term:
        """Return what a setting weighs; settings come by weight, then by their numbers."""
        plain = weight(self.kernel, self.letters, far) + self._uneven
        if self.kernel is None or self.sizes is None:
            return plain
        lost = self.lost
        plain = plain + lost + fault(lost >= 1, 1) + fault(astray(self.kernel), ASTRAY)
        return plain + fault(self._here(idle(self.kernel)), 1) if self.only else plain

    @property
    def _uneven(self) -> Term:
        """How much more one side is padded than the other one, by a layer that only pads."""
        cells = None if self.operator is None else self.operator.reads
        before, after = (getattr(cells, side, NONE) for side in ("before", "after"))
        if not isinstance(cells, Cells) or not {*variables(before, after)} <= {*self.letters}:
            return NONE
        return maximum(before - after, after - before)

    @property
    def lost(self) -> Term:
        """How many cells of the input no window reads, beyond the last one."""
        if self.kernel is None or self.sizes is None:
            return constant(0)
        return self._here(unread(self.kernel))

    @property
    def suited(self) -> Term:
        """State that a known setting is an ordinary one for what is asked."""
        if self.kernel is None:
            return both()
        if self.sizes is None:
            return ~astray(self.kernel)
        fits = suited(self.kernel, grows(*self.sizes)) if self.only else covers(self.kernel)
        return self._here(fits)

    def _here(self, term: Term) -> Term:
        """Return a term with the numbers of the input and its output."""
        size, output = self.sizes or (W, O)
        return substitute(term, {W: size, O: output})

    def built(self, fixed: Mapping[str, int]) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield the settings that people build, with how often, the most frequent first.

        Args:
            fixed: the letters that have numbers.
        """
        if self.operator is None or self.kernel is None:
            return
        table = known(self.operator)
        if not {*self.letters} <= {*table.letters, *fixed}:
            return
        for row in table.agreeing(fixed):
            yield table.count(row), {letter: {**row, **fixed}[letter] for letter in self.letters}


def weight(kernel: Windows | None, letters: Collection[str], far: Collection[str] = ()) -> Term:
    """Return how far from ordinary a setting is; settings come by weight, then by their numbers.

    Besides what is odd of any windows, an uneven overlap of those that are painted counts. Letters
    that are no number of the windows count themselves.

    Args:
        kernel: the windows, if there are any.
        letters: the letters that the layer has.
        far: letters that may grow far. Where the extent does not see them, the dilation of a
            single tap and the stride beyond a window, they count as well.
    """
    others = _others(kernel, letters)
    if kernel is None:
        return sum(others[1:], others[0]) if others else constant(0)
    total = strangeness(kernel)
    if isinstance(kernel, Scattered):
        total = total + where((kernel.taps % kernel.step).eq(0), 0, 2)
    if _grows(kernel.spacing, far):
        total = total + where(kernel.taps.eq(1), kernel.spacing - 1, 0)
    if _grows(kernel.step, far):
        total = total + maximum(0, kernel.step - kernel.extent)
    return sum(others, total)


def within(
    kernel: Windows | None, letters: Collection[str], bound: int, far: Collection[str]
) -> tuple[Term, ...]:
    """Return what follows, letter by letter, for a setting of at most this weight."""
    others = [variable(letter) for letter in _not_of(kernel, letters)]
    limits = [limit for letter in others for limit in (letter <= bound, letter >= -bound)]
    if kernel is None:
        return tuple(limits)
    before = parameter(kernel.before)
    span = kernel.extent + maximum(before, -before)
    if _grows(kernel.step, far):
        span = span + maximum(0, kernel.step - kernel.extent)
    if _grows(kernel.spacing, far):
        limits.append(constant(bound) >= kernel.spacing - 1)
    if not kernel.even:  # taps rise, so a window has at most as many as cells
        limits.append(kernel.taps + maximum(before, -before) <= bound)
        limits += [kernel.step <= bound] if _grows(kernel.step, far) else []
    return (span <= bound, *limits)


def _others(kernel: Windows | None, letters: Collection[str]) -> list[Term]:
    """Return how far from 0 the letters are that are no number of the windows."""
    others = map(variable, _not_of(kernel, letters))
    return [maximum(letter, -letter) for letter in others]


def _not_of(kernel: Windows | None, letters: Collection[str]) -> list[str]:
    own = letters_of(kernel) if kernel is not None else frozenset()
    return sorted({*letters} - own - {"ceil_mode"})


def _grows(number: Term, far: Collection[str]) -> bool:
    return number.word == "variable" and number.args[0] in far
