"""Configurations of paddings, interpolations and shuffles."""

from __future__ import annotations

from random import Random
from typing import Any

from torch_configurations import (
    Axis,
    Break,
    Configuration,
    Draw,
    broken_or_wild,
    configuration,
    draws,
    how_many_axes,
    more,
    put,
    written,
)

PADS = {
    "constant_pad": ("ConstantPad", "ZeroPad"),
    "reflection_pad": ("ReflectionPad",),
    "replication_pad": ("ReplicationPad",),
    "circular_pad": ("CircularPad",),
}
PAD_BREAKS: dict[str, tuple[Break, ...]] = {
    "constant_pad": (
        put(lo=lambda a: -a["W"] - 1, hi=(0, 1, 3)),
        put(hi=lambda a: -a["W"] - 2, lo=(0, 2)),
    ),
    "reflection_pad": (
        put(lo=lambda a: a["W"], hi=0),
        put(hi=lambda a: a["W"] + 1, lo=0),
        put(lo=-1, hi=lambda a: -a["W"]),
        put(lo=lambda a: -a["W"] - 1, hi=(0, -1)),
    ),
    "replication_pad": (
        put(W=0, lo=(1, 2), hi=0),
        put(lo=-1, hi=lambda a: -a["W"]),
        put(lo=lambda a: -a["W"] - 1, hi=0),
    ),
    "circular_pad": (
        put(lo=lambda a: a["W"] + 1, hi=0),
        put(hi=lambda a: a["W"] + 2, lo=0),
        put(lo=lambda a: -a["W"] - 1, hi=0),
        put(W=(3, 4, 5), lo=lambda a: -a["W"] - 1, hi=3),
        put(W=(4, 5), hi=lambda a: -a["W"] - 1, lo=(1, 2)),
    ),
}
OVERLAP = (put(W=(3, 4, 5), lo=-2, hi=lambda a: a["W"] - 1), put(W=(4, 5), hi=-2, lo=3))


def nothing_left(axes: list[Axis]) -> None:
    """Crop every axis to no cell."""
    for axis in axes:
        axis.update(lo=-1, hi=1 - axis["W"])


@draws(*PADS)
def pad(operator: str) -> Draw:
    breaks = PAD_BREAKS[operator]

    def draw(random: Random) -> Configuration:
        axes: list[Axis] = [{"W": 1 + more(random)} for _ in range(how_many_axes(random))]
        for axis in axes:
            most = {"reflection_pad": axis["W"] - 1, "circular_pad": axis["W"]}.get(operator, 4)
            axis["lo"], axis["hi"] = (random.randint(0, min(4, most)) for _ in range(2))
            if axis["W"] > 3 and random.random() < 0.3:
                axis[random.choice(("lo", "hi"))] = -1
                axis[random.choice(("lo", "hi"))] = random.choice((0, 0, -1))
        hurt = broken_or_wild(random, axes, breaks, ("lo", "hi", "W"))
        crops = operator in ("reflection_pad", "replication_pad") and random.random() < 0.03
        if crops and not hurt:
            nothing_left(axes)
        if not hurt and operator == "circular_pad" and random.random() < 0.01:
            random.choice(OVERLAP)(random, random.choice(axes))
        pairs = tuple(axis[side] for axis in reversed(axes) for side in ("lo", "hi"))
        named = {"padding": pairs[0] if len(set(pairs)) == 1 else pairs}
        layer = random.choice(PADS[operator])
        if layer == "ConstantPad":
            named["value"] = random.choice((0, 1.5))
        return configuration(f"{layer}{len(axes)}d", axes, named)

    return draw


MODES = {
    1: ("nearest", "nearest-exact", "linear"),
    2: ("nearest", "nearest-exact", "bilinear", "bicubic"),
    3: ("nearest", "nearest-exact", "trilinear"),
}
DECIMAL = (0.3, 0.6, 0.7, 1 / 3, 1.1, 1.4, 2.3, 2.8, 3.7)


def interpolation(
    random: Random, axes: list[Axis], named: dict[str, Any], area: bool
) -> Configuration:
    """Write an interpolation: as `Upsample` in some mode, or as one of its two relatives."""
    if not area and len(axes) == 2 and random.random() < 0.3:
        layer = random.choice(("UpsamplingNearest2d", "UpsamplingBilinear2d"))
        return configuration(layer, axes, named)
    mode = "area" if area else random.choice(MODES[len(axes)])
    parameters = named | {"mode": mode}
    if mode.endswith(("linear", "bicubic")) or random.random() < 0.02:
        parameters["align_corners"] = random.choice((None, True, False))
    if "scale_factor" in named and random.random() < 0.2:
        parameters["recompute_scale_factor"] = True
    return configuration("Upsample", axes, parameters)


@draws("resize", "resize_area")
def resize(operator: str) -> Draw:
    area = operator.endswith("area")
    # torch averages no cells to one cell; `docs/limits.md` says so, of empty inputs
    breaks = (put(W=0, O=(2, 3, 0) if area else (1, 2, 3)), put(O=(-1, -2) if area else (0, -1)))

    def draw(random: Random) -> Configuration:
        axes: list[Axis] = [{"W": 1 + more(random)} for _ in range(how_many_axes(random))]
        for axis in axes:
            axis["O"] = random.choice((1, 2, 3, 5, 9, 0) if area else (1, 2, 3, 5, 9))
            axis["factor"] = random.choice(DECIMAL)
        if random.random() < 0.35:
            named = written(random, axes, scale_factor="factor")
        else:
            broken_or_wild(random, axes, breaks, (), 0.4)
            named = written(random, axes, size="O")
        return interpolation(random, axes, named, area)

    return draw


@draws("upsample", "upsample_area")
def upsample(operator: str) -> Draw:
    area = operator.endswith("area")

    def draw(random: Random) -> Configuration:
        axes: list[Axis] = [{"W": 1 + more(random)} for _ in range(how_many_axes(random))]
        for axis in axes:
            axis["factor"] = random.choice((0.5, 1, 2, 1.5, 3, 0.75, 2.25, 3.125))
            least = 1 if area else max(1, -int(-1 // axis["factor"]))
            axis["W"] = max(axis["W"], least)
        gone = (
            (put(W=0),)
            if area
            else (put(W=0), put(W=1, factor=(0.5, 0.25)), put(W=(1, 2, 3), factor=0.03125))
        )
        broken_or_wild(random, axes, gone, (), 0.35)
        named = written(random, axes, scale_factor="factor")
        return interpolation(random, axes, named, area)

    return draw


@draws("pixel_shuffle")
def pixel_shuffle(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes: list[Axis] = [{"W": random.randint(1, 20)} for _ in range(2)]
        factor = random.choice((1, 1, 2, 2, 3))
        channels = factor**2 * random.choice((1, 2))
        if random.random() < 0.3:
            factor, channels = random.choice(((0, 2), (-1, 2), (-2, 4), (2, 2), (3, 4), (2, 6)))
        return configuration("PixelShuffle", axes, {"upscale_factor": factor}, channels)

    return draw


@draws("pixel_unshuffle")
def pixel_unshuffle(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        factor = random.choice((1, 2, 2, 3))
        axes: list[Axis] = [{"W": factor * random.randint(1, 30)} for _ in range(2)]
        if random.random() < 0.2:
            factor = random.choice((0, -1, -2, 2, 3, 4))
        return configuration("PixelUnshuffle", axes, {"downscale_factor": factor})

    return draw


@draws("channel_shuffle")
def channel_shuffle(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes: list[Axis] = [{"W": random.randint(0, 12)} for _ in range(how_many_axes(random))]
        groups, times = random.choice((1, 2, 3)), random.choice((1, 2))
        channels = groups * times
        if random.random() < 0.3:
            groups, channels = random.choice(((0, 2), (-1, 2), (-2, 4), (2, 3), (3, 4), (4, 2)))
        return configuration("ChannelShuffle", axes, {"groups": groups}, channels)

    return draw
