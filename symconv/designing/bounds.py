"""Finite bounds for what has none written: what the sizes and the constraints force.

Letters and sizes are intervals, and each layer is asked in intervals whether it is possible
(`symconv.meanings.intervals`). Ends that are not possible are cut off, by halving, until nothing
changes. What is left contains every design; where a letter stays unbounded, a range is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from symconv.designing.lanes import Lanes
from symconv.designing.options import Choices
from symconv.designing.problem import Law, Step
from symconv.errors import RequestError
from symconv.layers.values import GREATEST_PARAMETER
from symconv.meanings.intervals import INTERVALS, Interval
from symconv.terms import Term, interpret, variables

ANY_SIZE: Interval = (0, GREATEST_PARAMETER)
ANY: Interval = (-GREATEST_PARAMETER, GREATEST_PARAMETER)
LONGEST_RANGE = 10**4
"""Longer ranges are asked for rather than derived."""
ROUNDS = 5
MOST_STARTS = 300
"""How many inputs are looked at where any input will do."""
_FLAG = (0, 1)


class Bounded(NamedTuple):
    """Finite choices for a search.

    Attributes:
        choices: for each layer the values of its letters.
        starts: the inputs to start from, a row each.
        whole: whether these are all that may be part of a design.
    """

    choices: tuple[Choices, ...]
    starts: Any
    whole: bool


def bounded(
    steps: Sequence[Step], lanes: Lanes, *, wide: bool = False, cap: int | None = None
) -> Bounded:
    """Return finite choices for every letter of a chain.

    Args:
        steps: the layers.
        lanes: the sizes that are followed.
        wide: whether any input will do, instead of the lanes' own.
        cap: what to take as the greatest value of a letter that has no bound.

    Raises:
        RequestError: a letter has no range, no bound follows for it, and there is no cap.
    """
    found: list[dict[str, Sequence[int]]] = [{} for _ in steps]
    for step, values in zip(steps, found, strict=True):
        for letter, unknown in step.unknowns.items():
            values[letter] = _FLAG if letter == "ceil_mode" else unknown.choices or ()
    starts, whole = np.array([lanes.start], np.int64), True
    if wide or not all(all(values.values()) for values in found):
        box = _Box(steps, lanes, found, wide)
        try:
            box.shrink()
        except _NothingLeftError:
            return Bounded(tuple(found), starts[:0], True)
        if wide:
            starts, whole = _grid(box.sizes[0])
        for step, values, letters in zip(steps, found, box.letters, strict=True):
            for letter in [name for name, one in values.items() if not one]:
                low, high = letters[letter]
                if high - low >= LONGEST_RANGE:
                    if cap is None:
                        raise _unbounded(step, letter)
                    low, high, whole = max(low, -cap), min(high, max(cap, low)), False
                values[letter] = range(low, high + 1)
    return Bounded(tuple(found), starts, whole)


def _grid(sizes: Sequence[Interval]) -> tuple[Any, bool]:
    """Return all inputs within some intervals, and whether none had to be left out."""
    most = int(MOST_STARTS ** (1 / len(sizes)))
    each = [np.arange(low, min(high, low + most - 1) + 1) for low, high in sizes]
    grid = np.stack([one.ravel() for one in np.meshgrid(*each, indexing="ij")], axis=1)
    return grid, all(high - low < most for low, high in sizes)


def _unbounded(step: Step, letter: str) -> RequestError:
    name = step.layer.parameter_of(letter)
    return RequestError(
        f"a range for {name} of {step}, for which no bound follows from the request",
        f"{name}=?",
        f"Write for instance {name}=1..11.",
        place=step.layer.place(name),
    )


class _NothingLeftError(Exception):
    """Nothing is possible: there is no design."""


@dataclass
class _Box:
    """Intervals for every letter of every layer, and for the sizes before and after each."""

    steps: Sequence[Step]
    lanes: Lanes
    values: Sequence[Choices]
    wide: bool
    letters: list[dict[str, Interval]] = field(init=False)
    sizes: list[list[Interval]] = field(init=False)

    def __post_init__(self) -> None:
        self.letters = [
            {name: (min(c), max(c)) if c else ANY for name, c in values.items()}
            for values in self.values
        ]
        start = [ANY_SIZE if self.wide else (size, size) for size in self.lanes.start]
        goal = self.lanes.goal
        end = [ANY_SIZE for _ in start] if goal is None else [(size, size) for size in goal]
        self.sizes = [start, *([ANY_SIZE] * len(start) for _ in self.steps[1:]), end]

    def shrink(self) -> None:
        """Cut off what is not possible, up and down the chain, while something changes.

        Raises:
            _NothingLeftError: nothing is possible.
        """
        places = range(len(self.steps))
        for place in places:
            self._shrink_alone(place)
        done: dict[int, str] = {}
        for place in (*places, *reversed(places)) * ROUNDS:
            if done.get(place) != self._around(place):
                self._shrink_at(place)
                done[place] = self._around(place)

    def _around(self, place: int) -> str:
        """Return all that is known about one layer, to see whether it changes."""
        return repr((self.letters[place], self.sizes[place : place + 2]))

    def _shrink_alone(self, place: int) -> None:
        """Cut off what a layer refuses of a letter whatever the others are."""
        letters = self.letters[place]
        required = [term for law in self.steps[place].laws for term in law.requires.values()]
        for name in letters:
            alone = [term for term in required if variables(term) == (name,)]
            letters[name] = _cut(letters[name], partial(_alone, alone, name))

    def _shrink_at(self, place: int) -> None:
        """Cut off what is not possible at one layer."""
        letters, here, after = self.letters[place], self.sizes[place], self.sizes[place + 1]
        step = self.steps[place]
        for lane, (sample, axis) in enumerate(self.lanes.owners):
            law = step.laws[axis]
            if law.row.measured:
                continue
            arriving = {f"W{one}": here[at] for one, at in enumerate(self.lanes.places[sample], 1)}
            within = _meet(_size(law, letters | arriving), after[lane])
            if within is None:
                raise _NothingLeftError
            after[lane] = within
            for name in letters:
                asked = partial(_possible, law, letters | arriving, after[lane], name)
                letters[name] = _cut(letters[name], asked)
            mine = f"W{axis + 1}"
            asked = partial(_possible, law, letters | arriving, after[lane], mine)
            here[lane] = _cut(here[lane], asked)


def _alone(statements: Sequence[Term], name: str, part: Interval) -> bool:
    """Whether a letter may have a value in an interval, whatever the others are."""
    return _sometimes(statements, {name: part})


def _possible(
    law: Law, values: Mapping[str, Interval], after: Interval, name: str, part: Interval
) -> bool:
    """Whether a layer may lead to a size in an interval, with a letter or a size in another."""
    values = {**values, name: part}
    within = _meet(_size(law, values), after) is not None
    return within and _sometimes(law.requires.values(), values)


def _size(law: Law, values: Mapping[str, Interval]) -> Interval:
    try:
        low, high = interpret(law.size, INTERVALS, values)
    except ZeroDivisionError:  # the divisor's interval is not narrow enough yet
        return ANY_SIZE
    return low, high


def _sometimes(statements: Iterable[Term], values: Mapping[str, Interval]) -> bool:
    """Whether each of some statements may hold."""
    for statement in statements:
        try:
            if not interpret(statement, INTERVALS, values)[1]:
                return False
        except ZeroDivisionError:
            continue
    return True


def _meet(a: Interval, b: Interval) -> Interval | None:
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return (low, high) if low <= high else None


def _cut(interval: Interval, possible: Callable[[Interval], bool]) -> Interval:
    """Cut off the ends of an interval that are not possible."""
    low, high = interval
    if not possible((low, high)):
        raise _NothingLeftError
    if not possible((high, high)):
        high = _last(low, high, lambda middle: possible((middle, interval[1])))
    if not possible((low, low)):
        low = -_last(-high, -low, lambda middle: possible((interval[0], -middle)))
    return low, high


def _last(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the greatest number from `low` on of which something holds, as it does of `low`."""
    others = range(low + 1, high + 1)
    return low + bisect_left(others, True, key=lambda number: not holds(number))
