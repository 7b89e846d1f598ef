"""A layer among others whose numbers are known: the chain's law in that layer's letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from symconv.chains.through import through
from symconv.errors import RequestError
from symconv.layers import Layer, Row
from symconv.meanings.identity import TERMS
from symconv.operators.letters import W
from symconv.terms import Term, both


@dataclass(frozen=True)
class Surroundings:
    """What comes before and after the one layer of a chain that has unknowns.

    Attributes:
        before: the layers before it.
        after: the layers after it.
    """

    before: tuple[Layer, ...] = ()
    after: tuple[Layer, ...] = ()

    @property
    def others(self) -> tuple[Layer, ...]:
        """All of these layers."""
        return (*self.before, *self.after)

    def around(self, layer: Layer) -> tuple[Layer, ...]:
        """Return the whole chain."""
        return (*self.before, layer, *self.after)

    def needs(self, axes: int) -> Term:
        """State what the layers before require of an input whose axes all have the size `W`."""
        each = (self._through(self.before, W, axis, axes, 1)[1] for axis in range(1, axes + 1))
        return both(*(law for required in each for law in required.values()))

    def made(self, axis: int, axes: int) -> tuple[Term, Term]:
        """Return what the layers before make of `W` along an axis, and what they require of it."""
        size, required = self._through(self.before, W, axis, axes, 1)
        return size, both(*required.values())

    def law(self, row: Row, axis: int, axes: int) -> Row:
        """Return the law of a chain along one axis, in `W` and the letters of its one layer.

        Args:
            row: that layer's law on the axis, with `W` for its input.
            axis: which axis it is, from 1.
            axes: how many there are.

        Raises:
            RequestError: torch computes sizes of a layer before or after it in floating point.
        """
        if not self.others:
            return row
        for other in self.others:
            for measured in filter(None, (row.measured for row in other.rows(axes))):
                raise RequestError(
                    "layers whose sizes follow a law",
                    f"{other!r}: {measured.says}",
                    "Leave that layer out, and ask about the size that it makes or takes.",
                    place=other.place(),
                )
        size, requires = self._through(self.before, W, axis, axes, 1)
        own = row.operator.where({W: size})
        last = len(self.before) + 2
        size, later = self._through(self.after, own.size, axis, axes, last)
        whole = {**requires, **own.requires, **later}
        return row._replace(operator=replace(own, size=size, requires=whole, scaling=None))

    @staticmethod
    def _through(
        layers: Sequence[Layer], size: Term, axis: int, axes: int, first: int
    ) -> tuple[Term, dict[str, Term]]:
        """Return what layers make of a size, and what they require of it."""
        requires: dict[str, Term] = {}
        for passage in through(layers, (size,) * axes, TERMS):
            crossing = passage.axes[axis - 1]
            place = f"layer {passage.number + first - 1}, {type(passage.layer).__name__}"
            for requirement, law in crossing.required():
                requires[f"{requirement.sentence} ({place})"] = law
            size = crossing.size
        return size, requires


ALONE = Surroundings()
"""No layer before and none after."""
