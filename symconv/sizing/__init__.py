"""Sizes through layers: the size after each, or the layer that refuses and the nearest sizes."""

from symconv.sizing.chain import size
from symconv.sizing.results import Refusal, Sizes, SizesOfMany

__all__ = ["Refusal", "Sizes", "SizesOfMany", "size"]
