"""Chains of layers designed for sizes: exact, the cheapest first, or why there is none."""

from symconv.designing.designer import design
from symconv.designing.result import Design, Designs

__all__ = ["Design", "Designs", "design"]
