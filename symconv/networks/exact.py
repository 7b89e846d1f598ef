"""A chain of layers along one axis as exact functions of `W`: what it takes, refuses, and gives.

The chain is walked once, as terms in `W`, one law put into the next; all of them together are then
folded as exact functions, each part once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from math import prod
from typing import Any, NamedTuple

from symconv.chains.features import joined
from symconv.chains.through import Crossing, Requirement, through
from symconv.errors import UndecidedError
from symconv.meanings.identity import TERMS
from symconv.meanings.integers import INTEGERS, PLAIN
from symconv.meanings.normal import NORMAL, Floor
from symconv.networks.values import ExactValues, folded
from symconv.operators.letters import O, W
from symconv.operators.unread import every_cell_read
from symconv.reading.chains import Chain
from symconv.terms import Term, TermLike, constant, interpret, substitute, variable, variables


class Need(NamedTuple):
    """What one layer requires, in `W`, the size of the chain's input.

    Attributes:
        layer: its number, from 1.
        axis: which axis of it, from 0; none behind `Flatten`.
        requirement: its sentence and law, in the layer's own letters.
        term: the same in `W`.
    """

    layer: int
    axis: int | None
    requirement: Requirement
    term: Term


@dataclass
class Course:
    """A chain along one axis, in `W`.

    Attributes:
        sizes: the axes that are followed, before each layer and after the last.
        needs: what the layers require of the input, in order.
        reads: what has to hold for no layer to leave a cell unread, if laws say what layers read.
        features: what comes out behind `Flatten`.
        values: what each part of these is, as an exact function.
        floors: what each part is in normal form, as far as somebody asked.
    """

    sizes: list[tuple[Term, ...]]
    needs: list[Need]
    reads: tuple[Term, ...] | None = ()
    features: Term | None = None
    values: ExactValues = field(default_factory=ExactValues)
    floors: dict[Term, Any] = field(default_factory=lambda: {W: Floor(1, 0, 1, W)})

    def like(self, other: Course) -> bool:
        """Whether another course has the same sizes and needs, and leaves the same unread."""
        pairs = zip_longest(self.needs, other.needs)
        same = (self.sizes, self.reads) == (other.sizes, other.reads)
        return same and all(a and b and a.term is b.term for a, b in pairs)

    @property
    def leaving(self) -> tuple[Term, ...]:
        """What comes out: features, or the size on each axis; once, where these are alike."""
        last = self.sizes[-1] if self.features is None else (self.features,)
        return last[:1] if len(set(last)) == 1 else last

    @property
    def stated(self) -> Iterator[tuple[int, Term]]:
        """What is required, and what comes out in the end, with the number of the layer."""
        yield from ((need.layer, need.term) for need in self.needs)
        last = len(self.sizes) - 1
        yield from ((last, size) for size in self.sizes[-1])
        if self.features is not None:
            yield last + 1, self.features

    def along(self, letter: str) -> Course:
        """Return what depends on no other size than this letter's, in `W`."""
        size = variable(letter)

        def in_it(terms: Iterable[Term]) -> tuple[Term, ...]:
            return tuple(
                substitute(term, {size: W}) for term in terms if {*variables(term)} <= {letter}
            )

        needs = [need._replace(term=term) for need in self.needs for term in in_it([need.term])]
        mixed = self.reads is None or any(len({*variables(term)}) > 1 for term in self.reads)
        reads = None if mixed else in_it(self.reads or ())
        features = None if self.features is None else in_it([self.features])[0]
        return Course([in_it(row) for row in self.sizes], needs, reads, features)

    def value(self, term: Term) -> Any:
        """Return what a term in `W` is: an exact function, or a set of sizes.

        Raises:
            UndecidedError: a period is too long.
        """
        return self.values.of(term)

    def normal(self, term: Term) -> Term:
        """Return a term in `W` in normal form."""
        value = folded(term, NORMAL.table, self.floors)
        return value.term if isinstance(value, Floor) else value


def course(
    read: Chain, start: Sequence[TermLike | None], place: int | None, channels: int | None
) -> Course:
    """Walk along a chain, as terms in `W`.

    Args:
        read: the chain.
        start: the size of each axis of the input; nothing where it does not matter.
        place: the axis that is followed, from 0; `None` for all of them together.
        channels: the input's channels, if they are known.

    Raises:
        UndecidedError: torch computes a size in floating point, or nobody knows the channels that
            decide.
    """
    reads: list[Term | None] = []
    sizes = [tuple(None if s is None else TERMS.table["constant"](s) for s in start)]
    needs: dict[tuple[int, Term], Need] = {}
    count = channels
    for passage in through(read.layers, sizes[0], TERMS, channels):
        for axis, crossing in enumerate(passage.axes):
            if place not in (None, axis):
                continue
            if crossing.row.measured:
                layer = f"layer {passage.number}, {passage.layer!r}"
                raise UndecidedError(
                    "sizes that follow a law",
                    f"{layer}: {crossing.row.measured.says}",
                    "Ask `symconv.size` about single sizes.",
                )
            for requirement, term in crossing.required():
                if not _settled(requirement, crossing):
                    need = Need(passage.number, axis, requirement, term)
                    needs.setdefault((passage.number, term), need)
            reads.append(_read(crossing, passage.entering, axis))
        sizes.append(passage.leaving)
        count = passage.channels_leaving
    features = _features(read, sizes[-1], count, needs) if read.ending else None
    followed = [
        tuple(size for axis, size in enumerate(row) if place in (None, axis) and size is not None)
        for row in sizes
    ]
    stated = tuple(dict.fromkeys(law for law in reads if law is not None))
    return Course(followed, list(needs.values()), None if None in reads else stated, features)


def _features(
    read: Chain,
    sizes: Sequence[Term | None],
    channels: int | None,
    needs: dict[tuple[int, Term], Need],
) -> Term | None:
    """Walk along what stands behind `Flatten`: add what it needs, return the features in the end.

    Raises:
        UndecidedError: nobody knows the channels that decide.
    """
    if channels is None:
        raise UndecidedError(
            "the input's channels, which decide about features",
            "no channels that anybody wrote",
            "Write how many: channels=3.",
        )
    features = prod((size for size in sizes if size is not None), start=constant(channels))
    walk = enumerate(joined(read.ending, features, TERMS), len(read.layers) + 1)
    for number, (joining, after) in walk:
        features = after
        for requirement, term in joining.required() if joining else ():
            needs.setdefault((number, term), Need(number, None, requirement, term))
    return features


def _settled(requirement: Requirement, crossing: Crossing) -> bool:
    """Whether a requirement is about numbers alone, and they meet it."""
    numbers = {letter: crossing.values[letter] for letter in requirement.letters}
    if any(number.word != "constant" for number in numbers.values()):
        return False
    plain = {letter: number.args[0] for letter, number in numbers.items()}
    return bool(PLAIN.evaluate(requirement.law, plain))


def _read(crossing: Crossing, entering: Sequence[Term | None], axis: int) -> Term | None:
    """State that a layer leaves no cell unread, in `W`; nothing where no law says what it reads."""
    values = crossing.row.values.items()
    numbers = {variable(name): value for name, value in values if isinstance(value, int)}
    law = every_cell_read(crossing.row.operator, numbers, _number)
    size = entering[axis] if axis < len(entering) else None
    if law is None or size is None:
        return None
    return substitute(law, {W: size, O: crossing.size})


def _number(term: Term, values: Mapping[str, int]) -> int:
    """Return what a term comes to; it is not worth compiling."""
    number: int = interpret(term, INTEGERS, values)
    return number
