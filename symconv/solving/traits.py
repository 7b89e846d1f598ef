"""What people care about in a setting, besides its sizes.

How evenly a transposed convolution paints its output, which cells windows never read, how far a
kernel reaches, and how many parameters the layer has.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd
from typing import Any

import numpy as np

from symconv.layers import Layer
from symconv.meanings.integers import INTEGERS
from symconv.operators.scaling import extent, reached
from symconv.solving.order import ABSENT
from symconv.solving.requests import Request
from symconv.terms import interpret

MOST_TAPS = 10**6
"""Of more taps in all windows, the unread cells are not counted."""


def traits(request: Request, setting: Mapping[str, int]) -> dict[str, Any]:
    """Return what there is to say of a setting.

    Args:
        request: what it answers.
        setting: a number for each letter.

    Returns:
        `extent`, in cells; for a transposed convolution `overlap`: `"uniform"`, `"checkerboard"`
        where some cells of the output are painted more often than others, or `"holes"` where some
        are not painted at all; for windows `unread`, the cells of the input that no window reads:
        how many of a given input, or for all sizes how many at the `end` and in each stride
        far from the edges as a `gap`.

    Source: Odena, Dumoulin and Olah, "Deconvolution and checkerboard artifacts" (2016); with a
    dilation, the taps fall on the multiples of gcd(S, D) among the S residues.
    """
    if not {"F", "S"} <= set(setting):
        return {}
    at = ABSENT | dict(setting)
    met = min(at["F"], at["S"] // gcd(at["S"], at["D"]))
    found: dict[str, Any] = {"extent": interpret(extent, INTEGERS, at)}
    if request.transposed:
        even = at["F"] % at["S"] == 0
        found["overlap"] = "holes" if met < at["S"] else "uniform" if even else "checkerboard"
    elif "windows" in request.operator.scaling and request.goal.kind != "relation":
        if request.goal.kind == "pair":
            unread = _unread(request, at)
            found |= {} if unread is None else {"unread": unread}
        else:
            found["unread"] = {"end": _end(request, at), "gap": at["S"] - met}
    return found


def _unread(request: Request, at: Mapping[str, int]) -> int | None:
    """Count the cells of the input that no tap of any window meets; `None` if that takes long."""
    size = request.goal.least_input
    outputs = request.goal.gives(size)
    if outputs * at["F"] > MOST_TAPS:
        return None
    starts, taps = np.arange(outputs) * at["S"] - at["P"], np.arange(at["F"]) * at["D"]
    met = np.unique(starts[:, None] + taps)
    return size - int(np.count_nonzero((met >= 0) & (met < size)))


def _end(request: Request, at: Mapping[str, int]) -> int:
    """Return how many cells of the input lie beyond the last window."""
    size = request.goal.least_input
    last: int = interpret(reached, INTEGERS, dict(at) | {"O": request.goal.gives(size)})
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
    taps = 1
    for one in kernel if isinstance(kernel, tuple) else (kernel,) * layer.least_axes:
        taps *= one
    incoming, outgoing = (getattr(layer, name) or 1 for name in ("in_channels", "out_channels"))
    groups = layer.groups if incoming > 1 or outgoing > 1 else 1  # type: ignore[attr-defined]
    return int(taps * incoming * outgoing // groups + (outgoing if layer.bias else 0))
