"""Sizes through layers: the size after each, or the layer that refuses and the nearest sizes."""

from symconv.chains.results import Sizes
from symconv.chains.sizes import size

__all__ = ["Sizes", "size"]
