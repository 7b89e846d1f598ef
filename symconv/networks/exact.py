"""A chain of layers along one axis as exact functions of `W`: what it takes, refuses, and gives.

The chain is walked once, as terms in `W`, one law put into the next; all of them together are then
folded as exact functions, each part once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any, NamedTuple

from symconv.chains.features import joined
from symconv.chains.through import Crossing, Requirement, through
from symconv.errors import UndecidedError
from symconv.meanings.identity import TERMS
from symconv.meanings.integers import PLAIN
from symconv.meanings.meaning import Meaning
from symconv.meanings.normal import NORMAL, Floor
from symconv.meanings.periodic import EXACT
from symconv.operators.letters import O, W
from symconv.operators.unread import every_cell_read
from symconv.periodic import variable
from symconv.reading.chains import Chain
from symconv.terms import Term, TermLike, constant, substitute, variables
from symconv.terms import variable as variable_named


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
    values: dict[Term, Any] = field(default_factory=lambda: {W: variable()})
    floors: dict[Term, Any] = field(default_factory=lambda: {W: Floor(1, 0, 1, W)})

    def like(self, other: Course) -> bool:
        """Whether another course has the same sizes and needs, and leaves the same unread."""
        terms = [[need.term for need in one.needs] for one in (self, other)]
        return (self.sizes, self.reads) == (other.sizes, other.reads) and terms[0] == terms[1]

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
        name = variable_named(letter)

        def kept(terms: Iterable[Term]) -> tuple[Term, ...]:
            own = (term for term in terms if {*variables(term)} <= {letter})
            return tuple(substitute(term, {name: W}) for term in own)

        needs = [need._replace(term=term) for need in self.needs for term in kept([need.term])]
        reads = None if self.reads is None else kept(self.reads)
        if self.reads is not None and any(len({*variables(one)}) > 1 for one in self.reads):
            reads = None
        features = None if self.features is None else kept([self.features])[0]
        return Course([kept(row) for row in self.sizes], needs, reads, features)

    def value(self, term: Term) -> Any:
        """Return what a term in `W` is: an exact function, or a set of sizes.

        Raises:
            UndecidedError: a period is too long.
        """
        return _folded(term, EXACT, self.values)

    def normal(self, term: Term) -> Term:
        """Return a term in `W` in normal form."""
        value = _folded(term, NORMAL, self.floors)
        return value.term if isinstance(value, Floor) else value


def _folded(term: Term, meaning: Meaning, known: dict[Term, Any]) -> Any:
    """Return what a term comes to, and keep what each of its parts does: long chains share them."""
    waiting = [term]
    while waiting:
        part = waiting[-1]
        missing = [a for a in part.args if isinstance(a, Term) and a not in known]
        if part in known:
            waiting.pop()
        elif missing:
            waiting += missing
        else:
            parts = [known[a] if isinstance(a, Term) else a for a in waiting.pop().args]
            known[part] = meaning.table[part.word](*parts)
    return known[term]


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
                raise _no_law("sizes that follow a law", f"{layer}: {crossing.row.measured.says}")
            for requirement, term in crossing.required():
                if not _settled(requirement, crossing):
                    need = Need(passage.number, axis, requirement, term)
                    needs.setdefault((passage.number, term), need)
            reads.append(_read(crossing, passage.entering, axis))
        sizes.append(passage.leaving)
        count = passage.channels_leaving
    features = None
    if read.ending:
        if count is None:
            raise UndecidedError(
                "the input's channels, which decide about features",
                "no channels that anybody wrote",
                "Write how many: channels=3.",
            )
        features = prod((size for size in sizes[-1] if size is not None), start=constant(count))
        walk = enumerate(joined(read.ending, features, TERMS), len(read.layers) + 1)
        for number, (joining, after) in walk:
            features = after
            for requirement, term in joining.required() if joining else ():
                needs.setdefault((number, term), Need(number, None, requirement, term))
    followed = [
        tuple(size for axis, size in enumerate(row) if place in (None, axis) and size is not None)
        for row in sizes
    ]
    unread = (
        None if None in reads else tuple(dict.fromkeys(one for one in reads if one is not None))
    )
    return Course(followed, list(needs.values()), unread, features)


def _settled(requirement: Requirement, crossing: Crossing) -> bool:
    """Whether a requirement is about numbers alone, and they meet it."""
    numbers = {letter: crossing.values[letter] for letter in requirement.letters}
    if any(number.word != "constant" for number in numbers.values()):
        return False
    return bool(PLAIN.evaluate(requirement.law, {n: one.args[0] for n, one in numbers.items()}))


def _read(crossing: Crossing, entering: Sequence[Term | None], axis: int) -> Term | None:
    """State that a layer leaves no cell unread, in `W`; nothing where no law says what it reads."""
    numbers = {name: value for name, value in crossing.row.values.items() if isinstance(value, int)}
    try:
        law = every_cell_read(crossing.row.operator, lambda term: PLAIN.evaluate(term, numbers))
    except KeyError:  # a number of the windows depends on the size
        return None
    size = entering[axis] if axis < len(entering) else None
    if law is None or size is None:
        return None
    return substitute(law, {W: size, O: crossing.size})


def _no_law(needed: str, arrived: str) -> UndecidedError:
    return UndecidedError(needed, arrived, "Ask `symconv.size` about single sizes.")
