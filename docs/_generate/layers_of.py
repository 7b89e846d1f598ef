"""Which of torch's layers follow which law: found by making each layer with various parameters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer

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
    """Make a layer in every way that it allows."""
    fixed = kind.__name__.startswith("Upsampling")  # `mode` is in its name
    declared = {n: one for n, one in kind.parameters.items() if not (fixed and n == "mode")}
    choices = {name: CHOICES[name] for name in declared if name in CHOICES}
    usual = {name: one.usual for name, one in declared.items() if one.required}
    if kind.__name__ == "Fold":
        choices = {"output_size": (4,)}
    for values in product(*choices.values()):
        try:
            yield kind(**usual | dict(zip(choices, values, strict=True)))
        except RequestError:
            continue  # torch has no such layer


@cache
def layers_by_operator() -> dict[str, list[str]]:
    """Return the names of the layers that follow each law, in the order of `symconv.layers`.

    Raises:
        ValueError: a layer could not be made at all.
    """
    found: dict[str, dict[str, None]] = {}
    for name in LAYERS:
        made = list(_variants(LAYERS[name]))
        if not made:
            raise ValueError(f"{name} could not be made: give its parameters a usual value")
        for layer in made:
            for row in layer.rows(layer.least_axes):
                found.setdefault(row.operator.name, {})[name] = None
    return {operator: list(names) for operator, names in found.items()}
