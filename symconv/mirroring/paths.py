"""A chain followed along one axis: its sizes and what it requires, as terms in the entering size.

The laws are those of the operators, one put into the next; nothing is evaluated. Where a layer
ties axes together, the others are taken to be as large as this one: what is then required of
each axis is enough for all of them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from symconv.chains.through import Crossing, requirements, through
from symconv.layers import Layer
from symconv.meanings.identity import TERMS
from symconv.meanings.integers import INTEGERS, PLAIN
from symconv.operators.letters import W
from symconv.proving import prove
from symconv.terms import WORDS, Term, interpret, parts, substitute, variable, variables

CELLS = variable("W_cells")
KEEPS_SECONDS = 0.5


class Need(NamedTuple):
    """What a layer requires: its sentence, and the law in `W`."""

    sentence: str
    law: Term


class Path(NamedTuple):
    """One axis of a chain, as terms in `W`, the size that enters the encoder.

    Attributes:
        sizes: before each layer, and after the last.
        needs: for each layer, what it requires of its input; what cannot fail is left out, and so
            is what needs channels that nobody wrote.
    """

    sizes: tuple[Term, ...]
    needs: tuple[tuple[Need, ...], ...]

    @property
    def required(self) -> tuple[Term, ...]:
        """What all layers require."""
        return tuple(need.law for needs in self.needs for need in needs)

    def at(self, size: int) -> tuple[int, ...]:
        """Return the sizes for one entering size."""
        return tuple(interpret(term, INTEGERS, {"W": size}) for term in self.sizes)

    def refusal(self, size: int) -> tuple[int, str]:
        """Return the number of the layer that refuses an entering size, and its sentence."""
        return next(
            (number, need.sentence)
            for number, needs in enumerate(self.needs, 1)
            for need in needs
            if not interpret(need.law, INTEGERS, {"W": size})
        )

    @property
    def length(self) -> tuple[int, int]:
        """How many parts the last size has when it is written out, and how deep it is."""
        last = self.sizes[-1]
        return interpret(last, _PARTS, {"W": 1}), interpret(last, _DEPTH, {"W": 1})


def follow(
    layers: Iterable[Layer], counts: Iterable[Term], axes: int, axis: int, start: Term = W
) -> Path:
    """Follow one axis through a chain.

    Args:
        layers: layers that keep the number of axes.
        counts: the channels that enter each of them.
        axes: how many axes there are.
        axis: which one, from 0.
        start: the size that enters the first layer.

    >>> from symconv import Conv1d
    >>> from symconv.operators.letters import C
    >>> follow([Conv1d(kernel_size=3, stride=2)] * 2, [C, C], 1, 0).at(11)
    (11, 5, 2)
    """
    sizes, needs = [start], list[tuple[Need, ...]]()
    walk = through(
        layers,
        (start,) * axes,
        TERMS,
        tuple(counts),
        letters={"W": W},  # a layer that is told its output size may be told it in `W`
        following=lambda _: (sizes[-1],) * axes,
    )
    for passage in walk:
        crossing = passage.axes[axis]
        needs.append(tuple(_needs(crossing)))
        own, entering = crossing.row, variable(f"W{axis + 1}")
        kept = _keeps(_settled(own.term(own.operator.size)), entering)
        sizes.append(sizes[-1] if kept else _settled(crossing.size))
    return Path(tuple(sizes), tuple(needs))


def _needs(crossing: Crossing) -> Iterator[Need]:
    """Yield what a layer requires of sizes, and what is plainly broken."""
    for requirement in requirements(crossing.row.operator):
        # a product of sizes is 1 only where each is, so one axis can be asked for all
        law = substitute(requirement.law, {CELLS: W})
        if crossing.knows(variables(law)):
            required = crossing.evaluate(law)
            names = variables(required)
            if names == ("W",) or (not names and not PLAIN.evaluate(required, {})):
                yield Need(requirement.sentence, required)


def _settled(law: Term) -> Term:
    """Return a law without the cases that its numbers exclude."""
    cases = (part for part in parts(law) if part.word == "if" and not variables(part.args[0]))
    chosen = {case: case.args[1 if interpret(case.args[0], INTEGERS, {}) else 2] for case in cases}
    return substitute(law, chosen)


@lru_cache(maxsize=1024)
def _keeps(law: Term, size: Term) -> bool:
    """Whether a law keeps the size that enters, proved; then the formulas stay short."""
    own = variables(law) == variables(size)
    return own and prove(law.eq(size), seconds=KEEPS_SECONDS).proved


_PARTS = dict.fromkeys(WORDS, lambda *parts: 1 + sum(parts)) | {"constant": lambda _: 1}
_DEPTH = dict.fromkeys(WORDS, lambda *parts: 1 + max(parts)) | {"constant": lambda _: 1}
