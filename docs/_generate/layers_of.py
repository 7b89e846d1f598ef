"""Which layers follow which law: each is made with various parameters, and asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer
from symconv.operators import Operator
from symconv.reading.chains import chain

CHOICES: dict[str, tuple[Any, ...]] = {
    "padding": (1, "same"),
    "padding_mode": ("zeros", "reflect", "replicate", "circular"),
    "output_size": (4, None),
    "output_ratio": (None, 0.5),
    "affine": (True, False),
    "track_running_stats": (False, True),
    "size": (None, 4),
    "scale_factor": (None, 2),
    "mode": ("nearest", "area"),
    "dim": (-1, 1),
    "norm_type": (2, float("inf")),
    "normalized_shape": ((4,), (4, 4)),
}
"""Values of the parameters that decide which law a layer follows."""


def _variants(kind: type[Layer]) -> Iterator[Layer]:
    """Make a layer in every way that it allows, with usual values for what must be written."""
    fixed = kind.__name__.startswith("Upsampling")  # `mode` is in its name
    names = [name for name in kind.parameters if not (fixed and name == "mode")]
    choices = {name: CHOICES[name] for name in names if name in CHOICES}
    if kind.__name__ == "Fold":
        choices = {"output_size": (4,)}
    usual = {n: kind.parameters[n].usual for n in names if kind.parameters[n].required}
    for values in product(*choices.values()):
        try:
            yield kind(**usual | dict(zip(choices, values, strict=True)))
        except RequestError:
            continue  # there is no such layer


@cache
def _laws(kind: type[Layer]) -> dict[str, Layer]:
    """Return the laws that a kind of layer may follow, each with a layer that does."""
    laws: dict[str, Layer] = {}
    for layer in _variants(kind):
        for row in layer.rows(layer.least_axes):
            laws.setdefault(row.operator.name, layer)
    return laws


def layers_of(operator: Operator) -> dict[str, Layer]:
    """Return a layer of each kind that follows a law, by its name, in the order of `LAYERS`."""
    kinds = {name: _laws(kind) for name, kind in LAYERS.items()}
    return {name: laws[operator.name] for name, laws in kinds.items() if operator.name in laws}


@cache
def followed_by(text: str, size: int | tuple[int, ...]) -> frozenset[str] | None:
    """Return the laws that a layer follows at a size; nothing if its parameters are refused."""
    try:
        (layer,) = chain(text).layers
    except RequestError:
        return None
    axes = len(size) if isinstance(size, tuple) else layer.least_axes
    return frozenset(row.operator.name for row in layer.rows(axes))
