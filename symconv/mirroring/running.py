"""Encoder and decoder run as real torch layers, on several sizes of the set."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import prod

from symconv.layers import Layer
from symconv.meanings.integers import compiled
from symconv.mirroring.channels import fewest, filled, numbered
from symconv.mirroring.paths import Path, follow
from symconv.mirroring.result import Mirror
from symconv.mirroring.windows import window
from symconv.periodic import SizeSet
from symconv.questions.running import Run
from symconv.terms import Term, both

RUNS = 6
"""How many sizes are run."""
REACH = 4096
"""How far above the least size others are looked for."""
MOST_CELLS = 2**24
"""Larger tensors are not run."""


def runs(mirror: Mirror) -> Iterator[tuple[dict[str, int], Run]]:
    """Yield encoder and decoder for the first sizes that they are for; too large ones run empty."""
    for sizes in _members(mirror):
        layers = [(filled(layer, into, out), into) for layer, into, out in _encoder(mirror)]
        nodes = _nodes(mirror, sizes)
        for step in mirror.steps:
            into, out = numbered(step.channels, _start(mirror))
            layers.append((filled(step.asked(nodes[step.undoes - 1]), into, out), into))
        tries = [(sizes, sizes)] if _cells(mirror, sizes) <= MOST_CELLS else []
        chain, entering = zip(*layers, strict=True)
        yield (
            {f"W{axis}": size for axis, size in enumerate(sizes, 1)},
            Run(chain, tries, entering, MOST_CELLS),
        )


def _start(mirror: Mirror) -> int:
    return fewest(mirror.layers, mirror.channels, len(mirror.least))


def _encoder(mirror: Mirror) -> Iterator[tuple[Layer, int, int]]:
    """Yield the encoder's layers, with the channels that enter and leave each."""
    counts = numbered(mirror.channels, _start(mirror))
    return zip(mirror.layers, counts, counts[1:], strict=False)


def _members(mirror: Mirror) -> Iterator[tuple[int, ...]]:
    """Yield the first sizes of the set that the encoder takes, other ones on each axis."""
    axes = []
    every = zip(_paths(mirror), mirror.taken, mirror.sizes.conditions, mirror.least, strict=True)
    for place, (path, taken, condition, least) in enumerate(every):
        sizes = list(islice(_along(path, taken, condition, least), RUNS))
        turn = place % len(sizes)
        axes.append(sizes[turn:] + sizes[:turn])
    return zip(*axes, strict=False)


def _paths(mirror: Mirror) -> list[Path]:
    axes = len(mirror.least)
    return [follow(mirror.layers, mirror.channels[:-1], axes, place) for place in range(axes)]


def _nodes(mirror: Mirror, sizes: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the sizes before each of the encoder's layers and after the last, an axis each."""
    ways = (path.at(size) for path, size in zip(_paths(mirror), sizes, strict=True))
    return list(zip(*ways, strict=True))


def _along(path: Path, taken: SizeSet | None, condition: Term, least: int) -> Iterator[int]:
    needs = () if taken else path.required
    holds = compiled(both(condition, *needs), ("W",))
    sizes = range(least, least + REACH)
    return (size for size in sizes if (not taken or size in taken) and holds(size))


def _cells(mirror: Mirror, sizes: tuple[int, ...]) -> int:
    """Return how many cells the largest tensor of a run has, weights among them."""
    counts = numbered(mirror.channels, _start(mirror))
    tensors = [prod(row) * count for row, count in zip(_nodes(mirror, sizes), counts, strict=True)]
    layers = [(layer, into * out) for layer, into, out in _encoder(mirror)]
    layers += [(step.layer, prod(numbered(step.channels, _start(mirror)))) for step in mirror.steps]
    weights = [_taps(layer, len(sizes)) * pairs for layer, pairs in layers]
    largest: int = max(tensors + weights)
    return largest


def _taps(layer: Layer, axes: int) -> int:
    """Return how many taps a window of the layer has."""
    return prod([window(row)["F"] for row in layer.rows(axes)])
