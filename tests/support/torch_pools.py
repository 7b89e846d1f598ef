"""Configurations of pools and unpoolings."""

from __future__ import annotations

from random import Random
from typing import Any

from torch_configurations import (
    HUGE,
    NEGATIVE_PADDING,
    NO_DILATION,
    NO_STRIDE,
    NO_TAP,
    Axis,
    Break,
    Configuration,
    Draw,
    broken_or_wild,
    configuration,
    draws,
    extent,
    how_many_axes,
    more,
    put,
    window,
    written,
)

NO_CELL = put(F=(2, 4), D=1, P=lambda a: a["F"] // 2, W=0)
TOO_SHORT = put(F=5, S=1, P=0, W=(1, 2, 3))
WIDE_PADDING = put(P=lambda a: a["F"] // 2 + 1)


def strided(random: Random, axes: list[Axis], **names: str) -> dict[str, Any]:
    """Write kernel and stride, and sometimes no stride where it is the kernel."""
    named = written(random, axes, kernel_size="F", stride="S", **names)
    if all(axis["S"] == axis["F"] for axis in axes) and random.random() < 0.8:
        named["stride"] = None
    return named


def pool_axis(random: Random, ceil: bool) -> Axis:
    """Return an axis that a pool takes."""
    axis = window(random)
    axis["P"] = random.choice((0, 0, axis["F"] // 2, min(1, axis["F"] // 2)))
    if random.random() < 0.2:
        axis["S"] = axis["F"]
    reached = 2 * axis["P"] + (axis["S"] - 1) * ceil
    axis["W"] = max(1, extent(axis) - reached) + more(random)
    if random.random() < 0.03:
        axis["S"] = random.choice(HUGE)
    return axis


@draws("max_pool")
def max_pool(operator: str) -> Draw:
    breaks = (put(F=0, P=0), NO_STRIDE, NO_DILATION, NEGATIVE_PADDING, WIDE_PADDING, NO_CELL)
    breaks += (put(F=3, D=3, P=1, S=1, W=(1, 2, 3, 4)), TOO_SHORT)

    def draw(random: Random) -> Configuration:
        ceil = random.random() < 0.5
        axes = [pool_axis(random, ceil) for _ in range(how_many_axes(random))]
        broken_or_wild(random, axes, breaks, ("F", "S", "D", "P", "W"))
        named = strided(random, axes, padding="P", dilation="D") | {"ceil_mode": ceil}
        return configuration(f"MaxPool{len(axes)}d", axes, named)

    return draw


@draws("avg_pool", "avg_pool3d")
def avg_pool(operator: str) -> Draw:
    cube = operator == "avg_pool3d"
    breaks = (put(F=0, P=0), NO_STRIDE, NEGATIVE_PADDING, WIDE_PADDING)
    breaks += (put(F=(2, 3, 4), P=1, W=lambda a: a["F"] - 1),) if cube else (NO_CELL, TOO_SHORT)

    def draw(random: Random) -> Configuration:
        ceil = random.random() < 0.5
        axes = [pool_axis(random, ceil) for _ in range(3 if cube else how_many_axes(random, 2))]
        for axis in axes:
            axis["W"] = max(axis["W"], axis["F"]) if cube else axis["W"]
        hurt = broken_or_wild(random, axes, breaks, ("F", "S", "P", "W"))
        parameters = strided(random, axes, padding="P") | {"ceil_mode": ceil}
        parameters["count_include_pad"] = random.random() < 0.5
        if len(axes) > 1:
            odd = (0, 0, -2) if not hurt and random.random() < 0.03 else (None, None, 3)
            parameters["divisor_override"] = random.choice(odd)
        return configuration(f"AvgPool{len(axes)}d", axes, parameters)

    return draw


@draws("lp_pool", "lp_pool3d")
def lp_pool(operator: str) -> Draw:
    cube = operator == "lp_pool3d"
    short: Break = put(F=(2, 3, 4), W=lambda a: a["F"] - 1) if cube else TOO_SHORT
    breaks = (NO_TAP, NO_STRIDE, short)

    def draw(random: Random) -> Configuration:
        ceil = random.random() < 0.5
        axes = [pool_axis(random, ceil) for _ in range(3 if cube else how_many_axes(random))]
        for axis in axes:
            least = axis["F"] - (0 if cube else (axis["S"] - 1) * ceil)
            axis["W"] = max(1, least) + more(random)
        empty = (put(F=1, S=(2, 3), W=0),) if ceil and not cube else ()
        broken_or_wild(random, axes, breaks + empty, ("F", "S", "W"))
        finite = (1, 2, 2, 2.5, -1.0, 0.5) if random.random() < 0.97 else (0,)
        norms = finite if cube or len(axes) < 3 else (float("inf"), float("-inf"))
        parameters = strided(random, axes) | {"ceil_mode": ceil, "norm_type": random.choice(norms)}
        if len(axes) == 1:  # torch's LPPool1d takes numbers only
            parameters["kernel_size"] = axes[0]["F"]
        return configuration(f"LPPool{len(axes)}d", axes, parameters)

    return draw


@draws("adaptive_pool")
def adaptive_pool(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes = [{"W": 1 + more(random)} for _ in range(how_many_axes(random))]
        for axis in axes:
            sizes = (1, 1, 2, 3, 5, 9, 0) if len(axes) == 1 else (1, 1, 2, 5, 9, 0, None)
            axis["O"] = random.choice(sizes)
        broken_or_wild(random, axes, (put(O=(-1, -2)), put(W=0, O=(2, 0, 3))), (), 0.3)
        named = written(random, axes, output_size="O")
        kind = random.choice(("Avg", "Max"))
        return configuration(f"Adaptive{kind}Pool{len(axes)}d", axes, named)

    return draw


@draws("fractional_max_pool", "fractional_max_pool3d")
def fractional_max_pool(operator: str) -> Draw:
    cube = operator.endswith("3d")
    breaks = (put(O=(-1, -2)), put(O=lambda a: a["W"] - a["F"] + (1 if cube else 2)))
    breaks += (put(F=(0, -1)),) if cube else (put(W=0, F=0, O=(0, 1)), put(W=0, F=1, O=0))

    def draw(random: Random) -> Configuration:
        axes = [window(random) for _ in range(3 if cube else 2)]
        for axis in axes:
            axis["F"] = random.choice((1, 2, 3) if cube else (1, 2, 3, 3, 0, -1))
            axis["O"] = random.choice((1, 1, 2, 3, 4, 0))
            axis["W"] = max(1, axis["O"] + axis["F"] - 1 + cube + more(random))
            axis["ratio"] = random.choice((0.1, 0.25, 0.3, 0.5, 1 / 3, random.uniform(0.01, 0.6)))
        hurt = broken_or_wild(random, axes, breaks, ("F", "O", "W"))
        if random.random() < 0.3:
            if not hurt and random.random() < 0.05:
                axes[0]["ratio"] = random.choice((1.0, 0.0, -0.5, 1.5))
            asked = written(random, axes, output_ratio="ratio")
        else:
            asked = written(random, axes, output_size="O")
        named = written(random, axes, kernel_size="F") | asked
        return configuration(f"FractionalMaxPool{len(axes)}d", axes, named)

    return draw


def unpooled(axis: Axis) -> int:
    """Return the size of an unpooling that is asked for none."""
    return (axis["W"] - 1) * axis["S"] + axis["F"] - 2 * axis["P"]


def _unpool_axis(random: Random) -> Axis:
    axis = window(random) | {"W": 1 + more(random)}
    if random.random() < 0.1:
        axis["F"] = random.choice((0, -1))
    axis["P"] = random.choice((0, 0, 1, -1))
    while unpooled(axis) < 0:
        axis["P"] -= 1
    return axis


@draws("max_unpool", "max_unpool3d")
def max_unpool(operator: str) -> Draw:
    cube = operator.endswith("3d")
    breaks = (
        put(W=0, F=lambda a: a["S"] + 2 * abs(a["P"]) + 1),
        put(P=lambda a: (unpooled(a | {"P": 0})) // 2 + 1),
    )
    breaks += (put(S=(0, -1), W=1, P=0, F=(2, 3)),) if cube else ()

    def draw(random: Random) -> Configuration:
        axes = [_unpool_axis(random) for _ in range(3 if cube else how_many_axes(random, 2))]
        broken_or_wild(random, axes, breaks, ("F", "S", "P", "W"))
        return configuration(f"MaxUnpool{len(axes)}d", axes, strided(random, axes, padding="P"))

    return draw


@draws("max_unpool_sized")
def max_unpool_sized(operator: str) -> Draw:
    breaks = (
        put(F=lambda a: a["S"] + 2 * abs(a["P"]) + 3, W=0, O=unpooled),
        put(S=(2, 3), F=1, W=1, P=(0, 1), O=-1),
        put(O=lambda a: unpooled(a) + a["S"]),
        put(F=5, O=lambda a: max(0, unpooled(a) - a["S"])),
    )

    def draw(random: Random) -> Configuration:
        axes = [_unpool_axis(random) for _ in range(how_many_axes(random))]
        for axis in axes:
            away = random.randint(1 - axis["S"], axis["S"] - 1)
            axis["O"] = max(0, unpooled(axis) + away)
        broken_or_wild(random, axes, breaks, ("F", "S", "P", "W", "O"))
        named = strided(random, axes, padding="P") | written(random, axes, output_size="O")
        return configuration(f"MaxUnpool{len(axes)}d", axes, named)

    return draw
