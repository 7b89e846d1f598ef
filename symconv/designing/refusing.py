"""Whether it depends on what is to be found of a layer which small sizes it takes."""

from __future__ import annotations

from itertools import product
from math import prod

from symconv.layers import Layer, Unknown
from symconv.meanings.integers import compiled
from symconv.terms import Term, substitute, variable, variables

MOST_TRIED = 1000
"""Of so many settings of a layer or fewer it is tried whether they take a size of 1."""


def may_refuse(layer: Layer) -> bool:
    """Whether some numbers of a layer let it refuse a size of 1, as a kernel of 3 does.

    >>> from symconv import Conv1d
    >>> may_refuse(Conv1d(kernel_size=range(1, 4))), may_refuse(Conv1d(kernel_size=1, stride="?"))
    (True, False)
    """
    unknowns = layer.unknowns()
    for row in layer.rows(layer.least_axes):
        numbers = {variable(name): n for name, n in row.values.items() if isinstance(n, int)}
        for law in row.operator.requires.values():
            if "W" in variables(law) and _some_refuse(substitute(law, numbers), unknowns):
                return True
    return False


def _some_refuse(law: Term, unknowns: dict[str, Unknown]) -> bool:
    """Whether a law, in letters that are to be found, does not hold of a size of 1 for all."""
    at_one = substitute(law, {variable("W"): 1})
    names = variables(at_one)
    if not {*names} <= {*unknowns}:  # of channels, or of several axes
        return False
    choices = [unknowns[name].choices for name in names]
    each = [numbers for numbers in choices if numbers is not None]
    if len(each) < len(choices) or prod(map(len, each)) > MOST_TRIED:
        return True
    holds = compiled(at_one, names)
    return not all(holds(*numbers) for numbers in product(*each))
