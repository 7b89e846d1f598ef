"""The sizes that are followed through a chain.

A *lane* is one size followed through the chain: one axis of one input. Axes that no law ties
together and that every layer treats alike share a lane where they start and end alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from symconv.chains.axes import separable
from symconv.designing.problem import Law, Step
from symconv.operators.ordinary import grows
from symconv.terms import Term, substitute, variable


class Sample(NamedTuple):
    """An input to follow, and the output that it should have (`None`: any), an axis each."""

    sizes: tuple[int, ...]
    wanted: tuple[int, ...] | None


class Lanes(NamedTuple):
    """The sizes that are followed together.

    Attributes:
        owners: for each lane a sample and an axis that it stands for.
        places: for each sample the lane of each axis.
        start: the input of each lane.
        goal: the output of each lane, or `None` where any will do.
    """

    owners: tuple[tuple[int, int], ...]
    places: tuple[tuple[int, ...], ...]
    start: tuple[int, ...]
    goal: tuple[int, ...] | None

    @property
    def grown(self) -> bool:
        """Whether the first input should become a multiple of itself, on each axis."""
        if self.goal is None:
            return False
        return all(grows(self.start[lane], self.goal[lane]) for lane in self.places[0])


def lanes(steps: Sequence[Step], samples: Sequence[Sample]) -> Lanes:
    """Return the sizes to follow, each once; of a sample without sizes, none."""
    axes = len(samples[0].sizes)
    if not axes:
        return Lanes((), ((),), (), ())
    apart = separable(tuple(dict.fromkeys(step.layer for step in steps)), axes)
    different = {id(step.laws): step.laws for step in steps}.values()
    kind = [next(b for b in range(a + 1) if a == b or _alike(different, a, b)) for a in range(axes)]
    lane_of: dict[Any, int] = {}
    owners: list[tuple[int, int]] = []
    places: list[tuple[int, ...]] = []
    for number, sample in enumerate(samples):
        place = []
        for axis, size in enumerate(sample.sizes):
            goal = sample.wanted and sample.wanted[axis]
            key = (kind[axis], size, goal) if apart else (number, axis)
            if key not in lane_of:
                lane_of[key] = len(owners)
                owners.append((number, axis))
            place.append(lane_of[key])
        places.append(tuple(place))
    start = tuple(samples[number].sizes[axis] for number, axis in owners)
    outputs = [(samples[number].wanted, axis) for number, axis in owners]
    goal = tuple(sizes[axis] for sizes, axis in outputs if sizes is not None)
    return Lanes(tuple(owners), tuple(places), start, goal if len(goal) == len(start) else None)


def _alike(chain: Iterable[Sequence[Law]], a: int, b: int) -> bool:
    """Whether the laws of all layers are the same on two axes."""
    size, other = variable(f"W{a + 1}"), variable(f"W{b + 1}")

    def turned(law: Law) -> list[Term]:
        return [substitute(term, {other: size}) for term in (law.size, *law.requires.values())]

    return all(
        not (laws[a].row.measured or laws[b].row.measured) and turned(laws[a]) == turned(laws[b])
        for laws in chain
    )
