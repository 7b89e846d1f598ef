"""What people care about in a setting, besides its sizes.

How evenly a transposed convolution paints its output, which cells windows never read, how far a
kernel reaches, and how many parameters the layer has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import gcd, prod
from typing import Any

import numpy as np

from symconv.chains import Sizes, size
from symconv.chains.unread import leaving_unread
from symconv.layers import Layer
from symconv.layers.filling import filled
from symconv.layers.values import entries
from symconv.meanings.arrays import MANY
from symconv.meanings.integers import PLAIN, compiled
from symconv.operators.reading import Scattered, Windows, d, o
from symconv.operators.scaling import Shrinks
from symconv.proving import Clock
from symconv.solving.problem import Problem
from symconv.solving.taking import taken_by
from symconv.terms import Term, variables

SOON = 1.0
"""Seconds to say which sizes a chain takes with a setting."""
MOST_TAPS = 10**6
"""Of more taps in all windows, the unread cells are not counted."""


def traits(problem: Problem, setting: Mapping[str, int]) -> dict[str, Any]:
    """Return what there is to say of a setting.

    Args:
        problem: what it answers.
        setting: a number for each letter.

    Returns:
        `extent`, in cells; for a transposed convolution `overlap`: `"uniform"`, `"checkerboard"`
        where some cells of the output are painted more often than others, or `"holes"` where some
        are not painted at all; for windows `unread`, the cells of the input that no window reads:
        how many of a given input, or for all sizes how many at the `end` and in each stride
        far from the edges as a `gap`; and `takes`, the sizes that a chain takes with this setting,
        where it does not take all that the goal speaks of.

    Source: Odena, Dumoulin and Olah, "Deconvolution and checkerboard artifacts" (2016); with a
    dilation, the taps fall on the multiples of gcd(S, D) among the S residues.
    """
    kernel, takes = problem.operator.kernel, _takes(problem, setting)
    if kernel is None or not _known(kernel.extent, setting) or not _known(kernel.step, setting):
        return takes
    told: dict[str, Any] = {"extent": PLAIN.evaluate(kernel.extent, setting)} | takes
    alone = len(problem.chain) == 1
    if not alone and problem.goal.kind == "pair":
        told |= _unread_in_chain(problem, setting)
    if isinstance(kernel, Scattered):
        told["overlap"] = _overlap(kernel, setting)
    elif problem.operator.looks and alone and problem.goal.kind != "relation":
        if problem.goal.kind == "pair":
            unread = _unread(problem, kernel, setting)
            told |= {} if unread is None else {"unread": unread}
        elif isinstance(problem.operator.scaling, Shrinks):
            gap = PLAIN.evaluate(kernel.step, setting) - len(_met(kernel, setting))
            told["unread"] = {"end": _end(problem, kernel, setting), "gap": gap}
    return told


def _takes(problem: Problem, setting: Mapping[str, int]) -> dict[str, Any]:
    """Return the sizes that a chain takes, where it does not take all that are meant."""
    if not problem.proved_one_by_one or problem.goal.named:
        return {}
    taken = taken_by(problem, setting, Clock(SOON)).sizes
    return {} if taken is None else {"takes": str(taken)}


def _known(term: Term, setting: Mapping[str, int]) -> bool:
    return set(variables(term)) <= set(setting)


def _met(kernel: Windows, setting: Mapping[str, int]) -> Mapping[int, int]:
    """Count, for each place within a stride that a tap meets, how many taps do so."""
    taps, step = (PLAIN.evaluate(term, setting) for term in (kernel.taps, kernel.step))
    if kernel.even:  # the taps go round step // gcd(step, spacing) places
        spacing = PLAIN.evaluate(kernel.spacing, setting)
        places = step // gcd(step, spacing)
        rounds, rest = divmod(taps, places)
        return {place: rounds + (place < rest) for place in range(min(taps, places))}
    offset = compiled(kernel.offset, (d.args[0], *setting))
    return Counter(offset(tap, *setting.values()) % step for tap in range(taps))


def _overlap(kernel: Windows, setting: Mapping[str, int]) -> str:
    """Say how often cells far from the border are painted: all alike, not alike, some never."""
    met = _met(kernel, setting)
    if len(met) < PLAIN.evaluate(kernel.step, setting):
        return "holes"
    return "uniform" if len(set(met.values())) == 1 else "checkerboard"


def _unread(problem: Problem, kernel: Windows, setting: Mapping[str, int]) -> int | None:
    """Count the cells of the input that no tap of any window meets; `None` if that takes long."""
    size = problem.goal.least_input
    outputs, taps = problem.goal.gives(size), PLAIN.evaluate(kernel.taps, setting)
    if outputs * taps > MOST_TAPS:
        return None
    numbers = {name: np.int64(value) for name, value in setting.items()}
    windows = {o.args[0]: np.arange(outputs)[:, None], d.args[0]: np.arange(taps)[None, :]}
    met = np.unique(MANY.evaluate(kernel.place, numbers | windows))
    return size - int(np.count_nonzero((met >= 0) & (met < size)))


def _unread_in_chain(problem: Problem, setting: Mapping[str, int]) -> dict[str, Any]:
    """Return which layers of a chain leave cells unread, where all axes are alike."""
    layers = problem.surroundings.around(filled(problem.layer, [setting]))
    sizes: Sizes = size(layers, problem.goal.least_input)
    if sizes.refused:
        return {}
    numbers = leaving_unread(layers, sizes.rows)
    return {"unread": [f"layer {number}" for number in numbers] if numbers else 0}


def _end(problem: Problem, kernel: Windows, setting: Mapping[str, int]) -> int:
    """Return how many cells of the input lie beyond the last window."""
    size = problem.goal.least_input
    outputs = {"O": problem.goal.gives(size)}
    last: int = PLAIN.evaluate(kernel.reached, {**setting, **outputs})
    return max(0, size - last)


def parameters_of(layer: Layer) -> int | None:
    """Return how many parameters a layer has, for its channels or for one of each.

    >>> from symconv import Conv2d
    >>> parameters_of(Conv2d(3, 64, 7)), parameters_of(Conv2d(kernel_size=3))
    (9472, 10)
    """
    kernel = getattr(layer, "kernel_size", None)
    if kernel is None or not hasattr(layer, "bias"):
        return None
    taps = prod(entries(kernel, layer.least_axes))
    incoming, outgoing = (getattr(layer, name) or 1 for name in ("in_channels", "out_channels"))
    groups = layer.groups if incoming > 1 or outgoing > 1 else 1  # type: ignore[attr-defined]
    return int(taps * incoming * outgoing // groups + (outgoing if layer.bias else 0))
