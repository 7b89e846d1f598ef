"""Layers by torch's names: frozen dataclasses that know which laws their axes follow."""

from symconv.layers import (  # noqa: F401  (importing a family registers its layers)
    convolution,
    folding,
    keeping,
    normalizing,
    padding,
    pooling,
    resizing,
)
from symconv.layers.layer import LAYERS, Layer, Measured, Row
from symconv.layers.values import Unknown

__all__ = ["LAYERS", "Layer", "Measured", "Row", "Unknown"]
