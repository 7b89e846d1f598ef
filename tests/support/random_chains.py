"""Random chains of layers of every kind, made of the random layers that torch is asked about.

A layer is taken where its numbers are in order and it fits the axes that arrive; most are taken
only where the chain still takes some size, so that long chains are no heap of refusals.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

import numpy as np

import symconv
import torch_folds  # noqa: F401  (importing a family registers its generators)
import torch_keeping  # noqa: F401
import torch_pools  # noqa: F401
import torch_resizings  # noqa: F401
import torch_windows  # noqa: F401
from symconv.chains.through import through
from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer
from symconv.meanings.integers import PLAIN
from torch_configurations import GENERATORS

PROBES = np.array([*range(1, 41), 48, 56, 64, 81, 96, 120, 144, 224, 360, 512])
"""Sizes of which a chain should take one."""
GREAT = 10**4
"""Strides from here on make periods too long."""
DRAWS = 30
"""How many layers are drawn for one place, at most."""
ODD = 0.03
"""How often a layer is taken whose sizes follow no law, or repeat after very many."""
REFUSING = 0.03
"""How often a layer is taken that leaves no size of the probes."""
ENDS = 0.05
"""How often a chain ends with features."""


class RandomChain(NamedTuple):
    """A chain, and the input that it is made for."""

    layers: tuple[Layer, ...]
    axes: int
    channels: int
    ending: tuple[Layer, ...] = ()

    @property
    def whole(self) -> tuple[Layer, ...]:
        """All layers."""
        return (*self.layers, *self.ending)

    @property
    def text(self) -> str:
        """The chain as text."""
        return " -> ".join(map(repr, self.whole))

    @property
    def shape(self) -> str:
        """The shape of its input, with one letter for all axes."""
        return ",".join(["1", str(self.channels), *["W"] * self.axes])


def random_chain(random: Random, most: int = 8) -> RandomChain:
    """Return a chain of at most so many layers, and perhaps an end."""
    axes, channels = random.choice((1, 1, 1, 2, 2, 3)), random.choice((1, 2, 2, 3, 4, 8))
    layers: tuple[Layer, ...] = ()
    arriving, now = channels, axes
    for _ in range(random.randint(1, most)):
        for _ in range(DRAWS):
            layer = random_layer(random, now, arriving)
            if layer is None or (odd(layer, now) and random.random() > ODD):
                continue
            if random.random() < REFUSING or takes((*layers, layer), axes, channels):
                layers = (*layers, layer)
                now, arriving = leaving(layer, now, arriving)
                break
    ending = random_ending(random, layers, axes, channels) if random.random() < ENDS else ()
    return RandomChain(layers, axes, channels, ending)


def random_layer(random: Random, axes: int, channels: int) -> Layer | None:
    """Return a layer for so many axes and channels, if the next one that is drawn is one."""
    drawn = GENERATORS[random.choice(tuple(GENERATORS))](random)
    kind, parameters = LAYERS[drawn.layer], dict(drawn.parameters)
    if kind.axes not in (None, axes):
        return None
    for name in {"in_channels", "num_features", "num_channels"} & parameters.keys():
        parameters[name] = channels
    try:
        layer = kind(**parameters)
        return layer if layer.input_axes in (None, axes) and layer.rows(axes) else None
    except RequestError:
        return None


def odd(layer: Layer, axes: int) -> bool:
    """Whether torch computes a size in floating point, or a stride is huge."""
    rows = layer.rows(axes)
    return any(row.measured or GREAT <= row.values.get("S", 1) for row in rows)


def takes(layers: tuple[Layer, ...], axes: int, channels: int) -> bool:
    """Whether some size of the probes passes."""
    try:
        return bool(symconv.size(layers, (PROBES,) * axes, channels=channels).valid.any())
    except RequestError:
        return False


def leaving(layer: Layer, axes: int, channels: int) -> tuple[int, int]:
    """Return the axes and the channels behind a layer."""
    (passage,) = through([layer], (None,) * axes, PLAIN, channels)
    return len(passage.axes), passage.channels_leaving or channels


def random_ending(
    random: Random, layers: tuple[Layer, ...], axes: int, channels: int
) -> tuple[Layer, ...]:
    """Return an end: `Flatten`, and layers that take the features of some size."""
    sizes = symconv.size(layers, (PROBES,) * axes, channels=channels)
    if not sizes.valid.any():
        return ()
    flattened = (*layers, symconv.Flatten())
    size = int(random.choice(PROBES[sizes.valid]))
    features = symconv.size(flattened, (size,) * axes, channels=channels).output
    if not 1 <= features < 2**31 or random.random() < 0.2:
        return (symconv.Flatten(),)
    linear = symconv.Linear(features, random.choice((1, 4, 10)))
    return (symconv.Flatten(), linear, symconv.ReLU())[: random.choice((2, 3))]
