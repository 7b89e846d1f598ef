"""Exact functions of one size, and sets of sizes: what repeats from some size on, kept whole."""

from symconv.periodic.numbers import Number, Value, function, variable
from symconv.periodic.sets import EVERYTHING, NOTHING, SizeSet

__all__ = ["EVERYTHING", "NOTHING", "Number", "SizeSet", "Value", "function", "variable"]
