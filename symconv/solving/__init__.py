"""Every setting of a layer that meets a request, or why there is none."""

from symconv.solving.result import LayerSolution
from symconv.solving.solver import solve

__all__ = ["LayerSolution", "solve"]
