"""Every setting of a layer that meets a request, or why there is none."""

from symconv.solving.result import Solution
from symconv.solving.solver import solve

__all__ = ["Solution", "solve"]
