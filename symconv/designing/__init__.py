"""Chains of layers designed for sizes: exact, the cheapest first, or why there is none."""

from symconv.designing.designer import design
from symconv.designing.result import Design, Designs
from symconv.designing.targets import ForAll, Pairs, down, up

__all__ = ["Design", "Designs", "ForAll", "Pairs", "design", "down", "up"]
