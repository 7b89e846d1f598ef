"""What is asked of `mirror`: an encoder, followed along each axis, and the sizes to give back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count, pairwise

from symconv.layers import Layer
from symconv.mirroring.inverses import Encoded, Step
from symconv.mirroring.paths import Path, follow
from symconv.mirroring.questions import Axis
from symconv.mirroring.stated import Stated
from symconv.proving import Clock
from symconv.terms import Term


@dataclass(frozen=True)
class Request:
    """An encoder and the sizes that shall come back.

    Attributes:
        layers: the encoder's layers.
        channels: before each layer and after the last.
        sizes: the set.
        clock: the time that is left.
    """

    layers: tuple[Layer, ...]
    channels: tuple[Term, ...]
    sizes: Stated
    clock: Clock

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The encoder along each axis, with the condition on its sizes."""
        conditions = self.sizes.conditions
        alike = len({*conditions}) == 1
        return tuple(
            Axis(
                follow(self.layers, self.channels[:-1], len(conditions), place),
                condition,
                "W" if alike else f"W{place + 1}",
            )
            for place, condition in enumerate(conditions)
        )

    def encoded(self, least: tuple[int, ...]) -> tuple[Encoded, ...]:
        """Return each layer with what enters and leaves it, for one size on each axis."""
        rows = [axis.path.at(size) for axis, size in zip(self.axes, least, strict=True)]
        told = self.sizes.kind == "all"
        nodes = pairwise(zip(*rows, strict=True))
        channels = pairwise(self.channels)
        return tuple(
            Encoded(layer, number, *sizes, counts, told)
            for number, layer, sizes, counts in zip(
                count(1), self.layers, nodes, channels, strict=False
            )
        )

    def back(self, steps: tuple[Step, ...], place: int) -> Path:
        """Return a decoder along one axis, from what leaves the encoder."""
        layers = [
            step.asked(tuple(axis.path.sizes[step.undoes - 1] for axis in self.axes))
            for step in steps
        ]
        counts = [step.channels[0] for step in steps]
        return follow(layers, counts, len(self.axes), place, self.axes[place].path.sizes[-1])
