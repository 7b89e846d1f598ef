"""A layer among others whose numbers are known: the chain's law in that layer's letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from symconv.layers import Layer, Row
from symconv.operators.operator import W
from symconv.terms import Term, substitute, variable


@dataclass(frozen=True)
class Surroundings:
    """What comes before and after the one layer of a chain that has unknowns.

    Attributes:
        before: the layers before it.
        after: the layers after it.
    """

    before: tuple[Layer, ...] = ()
    after: tuple[Layer, ...] = ()

    def around(self, layer: Layer) -> tuple[Layer, ...]:
        """Return the whole chain."""
        return (*self.before, layer, *self.after)

    def law(self, row: Row, axis: int, axes: int) -> Row:
        """Return the law of a chain along one axis, in `W` and the letters of its one layer.

        Args:
            row: that layer's law on the axis, with `W` for its input.
            axis: which axis it is, from 1.
            axes: how many there are.
        """
        if not self.before and not self.after:
            return row
        size, requires = self._through(self.before, W, axis, axes, 1)
        own = row.operator.where({W: size})
        last = len(self.before) + 2
        size, later = self._through(self.after, own.size, axis, axes, last)
        whole = {**requires, **own.requires, **later}
        return row._replace(operator=replace(own, size=size, requires=whole, scaling={}))

    @staticmethod
    def _through(
        layers: Iterable[Layer], size: Term, axis: int, axes: int, first: int
    ) -> tuple[Term, dict[str, Term]]:
        """Return what layers make of a size, and what they require of it."""
        requires: dict[str, Term] = {}
        for number, layer in enumerate(layers, first):
            one = layer.rows(axes)[axis - 1]
            inside = {variable(f"W{axis}"): size}
            place = f"layer {number}, {type(layer).__name__}"
            for sentence, law in one.operator.requires.items():
                requires[f"{sentence} ({place})"] = substitute(one.term(law), inside)
            size = substitute(one.term(one.operator.size), inside)
        return size, requires


ALONE = Surroundings()
"""No layer before and none after."""
