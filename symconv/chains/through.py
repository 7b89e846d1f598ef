"""`through`: a chain walked, layer by layer and axis by axis, in any meaning.

With integers it computes sizes, with arrays many at once, with exact functions all of them, with
terms one law put into the next. Channels go along. Nothing is decided here: whoever walks asks each
axis what it requires and what size comes out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from symconv.layers import Layer, Row
from symconv.meanings.integers import PLAIN, compiled
from symconv.meanings.meaning import Meaning
from symconv.operators import Operator
from symconv.operators.letters import C
from symconv.terms import Term, variables

GREATEST_CELLS = 2**61 - 1
"""More cells of four bytes no 64-bit machine can address (`docs/limits.md`)."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Requirement(NamedTuple):
    """What a law requires: its sentence, the term, and the term's letters."""

    sentence: str
    law: Term
    letters: tuple[str, ...]

    @property
    def about_sizes(self) -> bool:
        """Whether it depends on a size."""
        return any(letter[0] in "WO" for letter in self.letters)


@lru_cache(maxsize=1024)
def requirements(operator: Operator, sized: bool = False) -> tuple[Requirement, ...]:
    """Return what an operator requires, in order; or of that, what depends on sizes."""
    every = (Requirement(*item, variables(item[1])) for item in operator.requires.items())
    return tuple(requirement for requirement in every if requirement.about_sizes or not sized)


@lru_cache(maxsize=1024)
def _stated(operator: Operator) -> Term | None:
    """Return the number of input channels that an operator names, if it does."""
    laws = operator.requires.values()
    return next((law.args[1] for law in laws if law.word == "eq" and law.args[0] is C), None)


class Crossing(NamedTuple):
    """One axis of a layer's output: its law, and what the letters stand for.

    Attributes:
        row: the law.
        values: the letters' values, as far as they are known.
        meaning: what these are.
    """

    row: Row
    values: Mapping[str, Any]
    meaning: Meaning

    def required(self, sized: bool = False) -> Iterator[tuple[Requirement, Any]]:
        """Yield what the law requires, and whether that holds; what is not known is left out.

        Args:
            sized: whether to ask only what depends on sizes.
        """
        for requirement in requirements(self.row.operator, sized):
            if self.knows(requirement.letters):
                yield requirement, self.evaluate(requirement.law)

    def like(self, other: Crossing) -> bool:
        """Whether another axis has the same law for the same numbers."""
        same = self.row.operator == other.row.operator and self.row.measured == other.row.measured
        return same and self.values == other.values

    def unmet(self) -> Iterator[Requirement]:
        """Yield what the law requires and does not get; only where truth values are Python's."""
        return (requirement for requirement, holds in self.required() if not holds)

    def assumed(self) -> Iterator[str]:
        """Yield the sentences that cannot be told without channels that nobody wrote."""
        for sentence, _, letters in requirements(self.row.operator):
            missing = [name for name in letters if name not in self.values]
            grouped = "groups" in letters and self.values.get("groups", 1) != 1
            if missing and (missing == ["C"] or grouped):
                yield sentence

    def knows(self, letters: Iterable[str]) -> bool:
        """Whether all of these letters have a value."""
        return all(name in self.values for name in letters)

    def evaluate(self, law: Term) -> Any:
        """Return what a term in the operator's letters comes to."""
        return self.meaning.evaluate(law, self.values)

    @property
    def size(self) -> Any:
        """The output size; nothing where the input's is not known."""
        law = self.row.operator.size
        return self.evaluate(law) if self.knows(variables(law)) else None


@dataclass(eq=False)
class Passage:
    """One layer of a chain, as it is passed.

    Attributes:
        number: the layer's place, from 1.
        layer: the layer.
        entering: the size of its input on each axis; nothing where that is not known.
        channels: the input's channels, if they are known.
        axes: what happens on each axis of its output.
    """

    number: int
    layer: Layer
    entering: tuple[Any, ...]
    channels: Any
    axes: tuple[Crossing, ...]

    @cached_property
    def leaving(self) -> tuple[Any, ...]:
        """The size of its output on each axis."""
        return tuple(crossing.size for crossing in self.axes)

    @property
    def channels_leaving(self) -> int | None:
        """The output's channels, if they are known."""
        return _channels_after(self.axes[0].row, self.channels)


def through(
    layers: Iterable[Layer],
    sizes: Sequence[Any],
    meaning: Meaning,
    channels: int | Sequence[Any] | None = None,
    *,
    letters: Mapping[str, Any] = _NOTHING,
    following: Callable[[Passage], Sequence[Any]] = attrgetter("leaving"),
) -> Iterator[Passage]:
    """Walk along a chain.

    Args:
        layers: the layers.
        sizes: the input's size on each axis, in the meaning's own values; `None` where nobody
            knows it.
        meaning: what the sizes are.
        channels: the input's channels, or those that enter each layer, in the meaning's values.
            Where nobody says how many there are, they are what the first layer that names its
            input's channels is made for.
        letters: values for letters that are to be found, in the meaning's own values.
        following: what enters the next layer, by default what leaves this one: the same sizes in
            another form, or others where they stand for them.

    >>> from symconv import Conv1d, MaxPool1d
    >>> [stop.leaving for stop in through([Conv1d(kernel_size=3), MaxPool1d(2)], (9,), PLAIN)]
    [(7,), (3,)]
    """
    entering, counts = tuple(sizes), channels if isinstance(channels, Sequence) else None
    count = channels
    for number, layer in enumerate(layers, 1):
        rows = layer.rows(len(entering))
        if counts is not None:
            count = counts[number - 1]
        elif count is None and rows:
            count = _channels_named(rows[0])
        axes = tuple(
            Crossing(row, bound(row, entering, count, meaning, letters), meaning) for row in rows
        )
        passage = Passage(number, layer, entering, count, axes)
        yield passage
        entering, count = tuple(following(passage)), passage.channels_leaving


def bound(
    row: Row,
    sizes: Sequence[Any],
    channels: Any,
    meaning: Meaning,
    letters: Mapping[str, Any] = _NOTHING,
) -> dict[str, Any]:
    """Return what each letter of a row's law stands for, as far as it is known; see `through`."""
    known = {f"W{axis}": size for axis, size in enumerate(sizes, 1) if size is not None}
    known |= letters
    constant = meaning.table["constant"]
    if channels is not None:
        known["C"] = constant(channels)
    values = dict(known)
    for name, value in row.values.items():
        if isinstance(value, int):
            values[name] = constant(value)
        elif value.word == "variable":
            if value.args[0] in known:
                values[name] = known[value.args[0]]
        elif all(letter in known for letter in variables(value)):
            values[name] = meaning.evaluate(value, known)
    if row.measured and meaning.applied and sizes[row.measured.axis] is not None:
        values["O"] = meaning.applied(row.measured.evaluate, sizes[row.measured.axis])
    return values


def _channels_named(row: Row) -> int | None:
    """Return the input channels that a layer is made for, if it says so."""
    named = _stated(row.operator)
    return None if named is None else _in_numbers(named, row.values)


def _channels_after(row: Row, channels: Any) -> int | None:
    law = row.operator.channels
    return channels if law is C else _in_numbers(law, dict(row.values) | {"C": channels})


def _in_numbers(law: Term, values: Mapping[str, Any]) -> int | None:
    """Return what a term comes to, where all of its letters are numbers."""
    numbers = [values.get(name) for name in variables(law)]
    return compiled(law)(*numbers) if all(type(number) is int for number in numbers) else None


def entering(layers: Iterable[Layer], axes: int, channels: int | None) -> tuple[int | None, ...]:
    """Return the channels that enter each layer, as far as they are known: no size matters."""
    return tuple(stop.channels for stop in through(layers, (None,) * axes, PLAIN, channels))


def addressable(sizes: Iterable[int]) -> bool:
    """Whether a tensor of these sizes fits a 64-bit address space."""
    return math.prod(max(size, 1) for size in sizes) <= GREATEST_CELLS
