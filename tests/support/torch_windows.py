"""Configurations of convolutions and transposed convolutions."""

from __future__ import annotations

from random import Random
from typing import Any

from torch_configurations import (
    HUGE,
    NO_DILATION,
    NO_STRIDE,
    NO_TAP,
    Axis,
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

BAD_CHANNELS: tuple[tuple[tuple[dict[str, int], int], ...], ...] = (
    (({"groups": 0}, 2), ({"groups": -1}, 2)),
    (({"groups": 2, "in_channels": 3}, 3),),
    (({"groups": 2, "out_channels": 3}, 2),),
    (({"out_channels": 0}, 2),),
    (({"in_channels": 3}, 2), ({}, 4)),
)
"""For each requirement, what is written over the channels, and the input's channels."""

CONV = {"kernel_size": "F", "stride": "S", "dilation": "D"}


def channels(random: Random, hurt: bool) -> tuple[dict[str, Any], int]:
    """Return a convolution's channels and the input's, sometimes wrong where nothing else is."""
    usual: dict[str, Any] = {"in_channels": 2, "out_channels": 2, "bias": random.random() < 0.3}
    if not hurt and random.random() < 0.12:
        odd, arriving = random.choice(random.choice(BAD_CHANNELS))
        return usual | odd, arriving
    if random.random() < 0.1:
        usual |= {"groups": 2, "out_channels": random.choice((2, 4))}
    return usual, 2


_MODE = {"conv_replicate": "replicate", "conv_reflect": "reflect", "conv_circular": "circular"}
_LEAST = {"reflect": 1, "circular": 0}


@draws("conv", "conv_replicate", "conv_reflect", "conv_circular")
def convolution(operator: str) -> Draw:
    mode = _MODE.get(operator, "zeros")
    breaks = [
        NO_TAP,
        NO_STRIDE,
        NO_DILATION,
        put(F=(2, 3), P=0, W=lambda a: extent(a) - 1),
        put(F=(4, 5), P=1, W=lambda a: extent(a) - 3),
    ]
    if mode == "zeros":
        breaks.append(put(W=lambda a: a["W"] + 12, P=(-1, -2, -5)))
    if mode in ("zeros", "replicate"):
        breaks.append(put(F=(1, 2), D=1, P=(1, 2), W=0))
    if mode in _LEAST:
        less = 1 - _LEAST[mode]
        breaks += [put(P=lambda a: a["W"] + less, F=1), put(P=lambda a: a["W"] + 3, F=2, D=1)] * 2

    def draw(random: Random) -> Configuration:
        axes = [window(random) for _ in range(how_many_axes(random))]
        for axis in axes:
            if mode != "zeros" and random.random() < 0.1:
                axis["P"] = random.choice((-1, -2))
            least = max(1, extent(axis) - 2 * axis["P"])
            axis["W"] = max(least, axis["P"] + _LEAST.get(mode, -9)) + more(random)
        hurt = broken_or_wild(random, axes, tuple(breaks), ("F", "S", "D", "P", "W"), 0.16)
        if not hurt and random.random() < 0.06:
            random.choice(axes)[random.choice(("S", "D"))] = random.choice(HUGE)
        named = written(random, axes, padding="P", **CONV)
        if named["padding"] == 0 and random.random() < 0.5:
            named["padding"] = "valid"
        more_named, arriving = channels(random, hurt)
        parameters = named | more_named | ({} if mode == "zeros" else {"padding_mode": mode})
        return configuration(f"Conv{len(axes)}d", axes, parameters, arriving)

    return draw


@draws("conv_same", "conv_same_replicate", "conv_same_reflect", "conv_same_circular")
def same(operator: str) -> Draw:
    mode = operator.removeprefix("conv_same").strip("_") or "zeros"
    breaks = [NO_TAP, NO_DILATION, put(S=(2, 3, 0, -1))]
    if mode != "reflect":
        breaks.append(put(W=0, F=1))
    if mode == "reflect":
        breaks.append(put(F=(2, 3, 4), W=lambda a: extent(a) // 2))
    if mode == "circular":
        breaks.append(put(F=(4, 5), D=(1, 2), W=lambda a: extent(a) // 2 - 1))

    def draw(random: Random) -> Configuration:
        axes = [window(random) | {"S": 1} for _ in range(how_many_axes(random))]
        for axis in axes:
            axis["W"] = max(1, extent(axis) // 2 + _LEAST.get(mode, -99)) + more(random)
        hurt = broken_or_wild(random, axes, tuple(breaks), ("F", "S", "D", "W"), 0.17)
        named = written(random, axes, **CONV)
        more_named, arriving = channels(random, hurt)
        parameters = named | more_named | {"padding": "same", "padding_mode": mode}
        return configuration(f"Conv{len(axes)}d", axes, parameters, arriving)

    return draw


def cropped(axis: Axis) -> int:
    """Return the size of a transposed convolution without output padding."""
    return (axis["W"] - 1) * axis["S"] + extent(axis) - 2 * axis["P"]


LARGE_CROP = put(P=lambda a: (cropped(a | {"P": 0}) + a["A"]) // 2 + 1)
NO_OUTPUT = put(W=4, S=1, F=3, D=1, A=0, P=3)
LOOSE_DILATION = put(F=1, D=0, S=2, A=0, P=0)


def _scattered(random: Random) -> Axis:
    axis = window(random) | {"W": 1 + more(random)}
    while cropped(axis) < 1:
        axis["P"] -= 1
    return axis


@draws("conv_transpose")
def transposed(operator: str) -> Draw:
    large: Any = {"W": lambda a: a["W"] + 12}
    breaks = (
        *(put(F=(0, -1), S=2, **large), put(S=(0, -1), W=1, P=0), put(D=-1, **large)) * 2,
        *(put(P=(-1, -2)), put(W=0, D=1, F=lambda a: a["S"] + 2 * a["P"] + 2), LARGE_CROP) * 2,
        *(put(A=(-1, -2), **large), put(A=lambda a: max(a["S"], a["D"]) + 1)) * 2,
        NO_OUTPUT,
        LOOSE_DILATION,
    )

    def draw(random: Random) -> Configuration:
        axes = [_scattered(random) for _ in range(how_many_axes(random))]
        for axis in axes:
            axis["A"] = random.randint(0, max(axis["S"], axis["D"]) - 1)
        hurt = broken_or_wild(random, axes, breaks, ("F", "S", "P", "A", "W"), 0.24)
        named = written(random, axes, padding="P", output_padding="A", **CONV)
        more_named, arriving = channels(random, hurt)
        return configuration(f"ConvTranspose{len(axes)}d", axes, named | more_named, arriving)

    return draw


@draws("conv_transpose_sized")
def transposed_to_a_size(operator: str) -> Draw:
    least: Any = {"O": cropped}
    breaks = (
        *(put(F=(0, -1), S=2, W=9, P=0, **least), put(D=-1, W=9, P=0, **least)) * 2,
        *(put(P=(-1, -2), **least), put(W=0, D=1, F=lambda a: a["S"] + 2 * a["P"] + 2, **least))
        * 2,
        *(put(O=lambda a: cropped(a) - 1), put(O=lambda a: cropped(a) + a["S"])) * 2,
        *(put(P=lambda a: (cropped(a | {"P": 0}) + 2) // 2, **least),) * 2,
        put(W=4, S=1, F=3, D=1, P=3, O=0),
        put(F=1, D=0, S=2, P=0, **least),
    )

    def draw(random: Random) -> Configuration:
        axes = [_scattered(random) for _ in range(how_many_axes(random))]
        for axis in axes:
            axis["O"] = cropped(axis) + random.randint(0, axis["S"] - 1)
            axis["A"] = random.choice((0, 0, 0, -1, 5))  # ignored, as an output size is given
        hurt = broken_or_wild(random, axes, breaks, ("F", "S", "P", "W", "O"), 0.2)
        names = {"padding": "P", "output_padding": "A", "output_size": "O"}
        named = written(random, axes, **CONV, **names)
        more_named, arriving = channels(random, hurt)
        return configuration(f"ConvTranspose{len(axes)}d", axes, named | more_named, arriving)

    return draw
