"""Every setting of a layer that meets a request, or why there is none."""

from symconv.solving.result import Solution
from symconv.solving.solve import solve

__all__ = ["Solution", "solve"]
