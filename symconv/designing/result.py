"""What `design` answers with: designs in order, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from symconv.chains import Sizes, size
from symconv.chains.channels import channels_along
from symconv.chains.receptive import receptive_field
from symconv.chains.unread import leaving_unread
from symconv.designing.question import Question
from symconv.layers import Layer
from symconv.proving import Clock, Verdict
from symconv.questions.documents import Line
from symconv.questions.running import Run, sampled
from symconv.questions.solution import Solution
from symconv.reading.chains import Chain
from symconv.reading.repeats import written
from symconv.vocabulary import shown_rows

if TYPE_CHECKING:
    from symconv.designing.counting import Population

MOST_RUN = 20
"""How many designs are run: the first, the last and some between."""
INPUTS = 3
"""How many inputs of a goal for all sizes each design is run on."""
SAMPLING = 10.0
"""How many seconds designs are drawn for."""


@dataclass(frozen=True, repr=False)
class Design:
    """One chain whose parameters are all numbers.

    Attributes:
        layers: its layers.
        rows: the sizes of an input and after each layer, an axis each; or of the input alone.
        cost: what it is ranked by.
        field: how many input cells an output cell sees, if somebody counted.
        channels: those of the input, where they are told.
        proof: for a goal about all sizes, what Z3 says of it.
    """

    layers: tuple[Layer, ...]
    rows: tuple[tuple[int, ...], ...]
    cost: int
    field: int | None = None
    channels: int | None = None
    proof: Verdict | None = None

    @property
    def given(self) -> tuple[int, ...]:
        """The input, a size for each axis."""
        return self.rows[0]

    @cached_property
    def sizes(self) -> tuple[tuple[int, ...], ...]:
        """The sizes of the input and after each layer, an axis each."""
        if len(self.rows) > 1:
            return self.rows
        passed: Sizes = size(self.layers, self.given, channels=self.channels)
        return passed.rows

    @property
    def path(self) -> str:
        """The sizes in a row, as text."""
        return " -> ".join(shown_rows(self.sizes))

    @cached_property
    def receptive_field(self) -> int | tuple[int, ...] | None:
        """How many input cells an output cell sees, for each axis where they differ.

        `None` where no single number says it.
        """
        if self.field is not None:
            return self.field
        seen: int | tuple[int, ...] | None = receptive_field(self.layers, len(self.given)).field
        return seen

    @property
    def unread(self) -> tuple[int, ...]:
        """The layers, by number, that leave cells of what arrives unread."""
        return leaving_unread(self.layers, self.sizes)

    def to_dict(self) -> dict[str, Any]:
        """Return the design as JSON has it."""
        seen = self.receptive_field
        told: dict[str, Any] = {
            "layers": [repr(layer) for layer in self.layers],
            "sizes": [list(row) for row in self.sizes],
            "cost": self.cost,
            "receptive_field": list(seen) if isinstance(seen, tuple) else seen,
            "unread": list(self.unread),
        }
        return told if self.proof is None else told | {"proof": self.proof.word}

    def __repr__(self) -> str:
        """Write the design on one line."""
        return written(self.layers)


@dataclass(frozen=True, eq=False, repr=False)
class Designs(Solution):
    """The designs that meet a request, in order.

    Attributes:
        question: what was asked.
        population: all designs, where they can be counted without being listed.
    """

    question: Question = None  # type: ignore[assignment]  # always given
    population: Population | None = None

    noun: ClassVar[str] = "design"
    left_aligned: ClassVar[tuple[str, ...]] = ("sizes", "layers")
    soon: ClassVar[float] = 2.0

    def counted(self, clock: Clock) -> int | None:
        """Return how many designs there are, if that can be told in time.

        For a goal about all sizes that is known only where all of them are listed and proved.
        """
        if self.population is None:
            return len(self.settings) if self.exhausted else None
        return self.population.count(clock)

    def at(self, places: Sequence[int]) -> list[Design]:
        """Return the designs at some rising places, in an order that is fixed."""
        if self.population is None:
            return [self.settings[place] for place in places]
        return self.population.at(places, Clock(SAMPLING))

    def layers(self, place: int = 0) -> tuple[Layer, ...]:
        """Return the layers of one of the designs, the first by default."""
        layers: tuple[Layer, ...] = self.settings[place].layers
        return layers

    def kinds(self) -> Sequence[Layer]:
        """Return the layers, as far as their classes go."""
        return [layer for chain in self.question.chains for layer in chain]

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Run]]:
        """Yield the designs that torch runs."""
        del clock
        goal, channels = self.question.for_all, self.question.input_channels
        for design in sampled(self.settings, MOST_RUN):
            axes, outputs = len(design.given), len(design.sizes[-1])
            tries = (
                [((n,) * axes, (goal.gives(n),) * outputs) for n in islice(goal.sizes, INPUTS)]
                if goal
                else [(design.given, design.sizes[-1])]
            )
            chain = Chain(design.layers)
            entering = channels_along(chain, axes, channels, assumed=True)
            yield {"layers": repr(design)}, Run(design.layers, tries, entering)

    def head(self) -> list[str]:
        """Return what stands before the designs, a line each."""
        return [f"{written(self.question.parts)}: {self.question.says}", *self.explained()]

    def cells(self, rows: Sequence[Design]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
        """Return designs as rows of text, and the names of the columns."""
        names = (self.question.rank, "sees", "unread", "sizes", "layers")
        return names, [
            (
                str(design.cost),
                "-" if design.receptive_field is None else str(design.receptive_field),
                ", ".join(f"layer {number}" for number in design.unread) or "none",
                design.path,
                repr(design),
            )
            for design in rows
        ]

    def tail(self) -> list[str]:
        """Return what stands after the designs: of which no proof was found, too."""
        open_ = [
            f"design {number}: for all sizes {design.proof}"
            for number, design in enumerate(self.settings if self.question.for_all else (), 1)
            if design.proof is not None and not design.proof.proved
        ]
        return [*open_, *super().tail()]

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the reader should know of the layers."""
        return self.question.notes

    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""
        from symconv.designing.writing import lines

        return lines(self)

    def told(self, rows: Sequence[Design]) -> Iterator[dict[str, Any]]:
        """Yield designs as JSON has them."""
        return (design.to_dict() for design in rows)

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Yield what `to_dict` has after the designs."""
        yield from super().parts()
        if self.notes:
            yield "notes", list(self.notes)
        goal = self.question.for_all
        if goal and goal.taken:
            yield "taken", goal.taken.to_dict()
