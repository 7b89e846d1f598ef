"""Under which headings people look for layers: those of the laws that they follow."""

from __future__ import annotations

from symconv.layers import LAYERS
from symconv.layers.documentation import usual
from symconv.operators import Operator


def families() -> dict[str, list[str]]:
    """Return the names of all layers by the family of their law, in their order.

    >>> families()["Unpooling"]
    ['MaxUnpool1d', 'MaxUnpool2d', 'MaxUnpool3d']
    """
    names: dict[str, list[str]] = {}
    for name in LAYERS:
        names.setdefault(_family(name), []).append(name)
    return names


def _family(name: str) -> str:
    try:
        layer = usual(LAYERS[name])
        return layer.rows(layer.least_axes)[0].operator.family
    except (ValueError, NotImplementedError, AttributeError):  # it has no law: a sketch
        return Operator.family
