"""A chain along one axis, layer by layer, as laws in `W`, the size that enters each layer."""

from __future__ import annotations

from typing import Any, NamedTuple

from symconv.chains.axes import axis_place, check_axes, check_settled, input_axes
from symconv.chains.through import Crossing, Passage, through
from symconv.errors import RequestError
from symconv.layers import Layer, Row
from symconv.meanings.identity import TERMS
from symconv.operators.letters import W
from symconv.reading.chains import chain
from symconv.terms import Term, substitute, variable, variables


class Stage(NamedTuple):
    """One layer of a chain, along one axis.

    Attributes:
        layer: the layer.
        place: which of its output's axes, from 0.
        axes: how many axes its input has, all of one size.
        channels: the input's channels, where they are known.
        crossing: its law on that axis, in `W`, the size of its input.
    """

    layer: Layer
    place: int
    axes: int
    channels: int | None
    crossing: Crossing

    @property
    def row(self) -> Row:
        """The law."""
        return self.crossing.row

    @property
    def axes_leaving(self) -> int:
        """How many axes its output has."""
        return len(self.layer.rows(self.axes))

    @property
    def size(self) -> Term:
        """The size of its output in `W`."""
        return self.term(self.row.operator.size)

    def term(self, law: Term) -> Term:
        """Return one of the layer's laws in `W`, the size of its input."""
        return substitute(self.row.term(law), _one_size(self.axes))

    @property
    def requires(self) -> dict[str, Term]:
        """What the layer requires in `W`, but for channels that nobody knows."""
        laws = self.crossing.required()
        return {need.sentence: law for need, law in laws if set(variables(law)) <= {"W"}}


def stages(layers: Any, axis: int | None = None, channels: int | None = None) -> tuple[Stage, ...]:
    """Return what each layer does along one axis.

    Args:
        layers: a text, a layer, or several, with numbers for parameters.
        axis: which axis, from 1, for layers whose axes differ.
        channels: the input's channels, where no layer tells them.

    Raises:
        RequestError: a layer has unknowns, or its axes differ or depend on each other.
    """
    read = chain(layers).layers
    axes = input_axes(read) or 1
    chosen = axis_place(axis, axes)
    check_settled(read)
    check_axes(read, axes)
    return tuple(
        _stage(passage, chosen)
        for passage in through(
            read, (W,) * axes, TERMS, channels, following=lambda passage: (W,) * len(passage.axes)
        )
    )


def _stage(passage: Passage, chosen: int | None) -> Stage:
    """Return the axis that stands for all, or the one that was chosen, which counts from 0."""
    layer, axes, crossings = passage.layer, len(passage.entering), passage.axes
    laws = [
        [crossing.row.term(law) for law in (operator.size, *operator.requires.values())]
        for crossing in crossings
        for operator in [crossing.row.operator]
    ]
    measured = {row.measured and row.measured.says for row, _, _ in crossings}
    alike = {tuple(substitute(law, _one_size(axes)) for law in each) for each in laws}
    place = 0
    if len(alike) != 1 or len(measured) != 1:
        if chosen is None:
            raise RequestError(
                "which axis, for layers whose axes differ",
                repr(layer),
                "Say which: axis=1 is the first.",
                place=layer.place(),
            )
        others = {f"W{number + 1}" for number in range(axes)} - {f"W{chosen + 1}"}
        if len(crossings) != axes or others & set(variables(*laws[chosen])):
            raise RequestError(
                "an axis that does not depend on the others",
                repr(layer),
                "Make its axes alike.",
                place=layer.place(),
            )
        place = chosen
    return Stage(layer, place, axes, passage.channels, crossings[place])


def _one_size(axes: int) -> dict[Term, Term]:
    return {variable(f"W{axis + 1}"): W for axis in range(axes)}
