"""Random layers for every operator, legal and not, to ask torch about."""

import math
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any, NamedTuple


class Configuration(NamedTuple):
    """A layer by torch's names, and the input that it is given."""

    layer: str
    parameters: dict[str, Any]
    sizes: tuple[int, ...]
    channels: int
    batch: int = 2


Draw = Callable[[Random], Configuration | None]

CHANNELS = [(2, 2, 1)] * 6 + [(2, 4, 2), (4, 2, 2), (3, 3, 3), (2, 3, 2), (3, 2, 2), (2, 3, 1)]
ILLEGAL_CHANNELS = [(2, 2, 0), (2, 2, -1), (2, 0, 1), (1, 1, 1), (2, 1, 1)]


def often(rng: Random, usual: Any, odd: Any, chance: float = 0.08) -> int:
    """Return one of the usual values, and now and then an odd one."""
    return rng.choice(list(odd if rng.random() < chance else usual))


def near(rng: Random, value: int, chance: float = 0.06) -> int:
    """Return a value, and now and then a neighbour."""
    return value + (rng.choice((-1, 1)) if rng.random() < chance else 0)


def kernel(rng: Random) -> int:
    return often(rng, (1, 2, 2, 3, 3, 4, 5), (0, -1))


def stride(rng: Random) -> int:
    return often(rng, (1, 2, 3, 4), (0, -1))


def dilation(rng: Random) -> int:
    return often(rng, (1, 1, 2, 3), (0, -1))


def size(rng: Random, greatest: int = 9) -> int:
    return rng.choice((0, 1)) if rng.random() < 0.15 else rng.randint(1, greatest)


def channels(rng: Random, layer: dict[str, Any]) -> int:
    """Give a convolution channels, and return those of its input."""
    found = rng.choice(ILLEGAL_CHANNELS if rng.random() < 0.05 else CHANNELS)
    layer["in_channels"], layer["out_channels"], layer["groups"] = found
    return max(1, near(rng, found[0], 0.03))


def conv(rng: Random, mode: str, *, same: bool = False) -> Configuration:
    padding: Any = "same" if same else often(rng, range(5), (-1, -2), 0.15)
    pace = often(rng, (1,), (0, 2), 0.1) if same else stride(rng)
    layer = {"kernel_size": kernel(rng), "stride": pace, "padding": padding}
    layer |= {"dilation": dilation(rng), "padding_mode": mode}
    count = channels(rng, layer)
    return Configuration("Conv1d", layer, (size(rng),), count)


def conv_transpose(rng: Random, *, sized: bool) -> Configuration | None:
    layer = {"kernel_size": often(rng, (1, 2, 3), (0, -1)), "stride": stride(rng)}
    layer |= {"padding": often(rng, (0, 1, 1, 2, 3), (-1,)), "dilation": dilation(rng)}
    least = (size(rng) - 1) * layer["stride"] - 2 * layer["padding"]
    least += layer["dilation"] * (layer["kernel_size"] - 1) + 1
    if sized:
        layer["output_size"] = rng.randint(least - 1, least + max(1, layer["stride"]))
    else:
        layer["output_padding"] = often(rng, (0, 0, 1, 2), (-1, 3))
    count, cells = channels(rng, layer), size(rng)
    if layer["groups"] > 1 and (layer["dilation"] < 1 or layer["padding"] != 0):
        return None  # oneDNN: zero dilation and empty outputs pass
    return Configuration("ConvTranspose1d", layer, (cells,), count, batch=1)


def pool(rng: Random, kind: str, axes: int = 1) -> Configuration:
    taps = kernel(rng)
    layer: dict[str, Any] = {"kernel_size": taps, "stride": stride(rng)}
    layer["ceil_mode"] = rng.random() < 0.6
    if kind == "LPPool":
        layer["norm_type"] = 2.0
    else:
        layer["padding"] = often(rng, range(max(taps, 0) // 2 + 1), (-1, taps // 2 + 1))
    if kind == "MaxPool":
        layer["dilation"] = dilation(rng)
    sizes = tuple(size(rng, 6 if axes > 1 else 9) for _ in range(axes))
    return Configuration(f"{kind}{axes}d", layer, sizes, 2)


def unpool(rng: Random, axes: int, *, sized: bool) -> Configuration:
    layer = {
        "kernel_size": often(rng, (1, 2, 3, 4), (0, -1)),
        "stride": often(rng, (1, 2, 3), (0, -1)),
    }
    layer["padding"] = often(rng, (0, 0, 1, 2), (-1, 3))
    cells = size(rng, 4)
    if sized:
        default = (cells - 1) * layer["stride"] + layer["kernel_size"] - 2 * layer["padding"]
        layer["output_size"] = default + rng.randint(-4, 4)
    return Configuration(f"MaxUnpool{axes}d", layer, (cells,) * axes, 2)


def fractional(rng: Random, axes: int) -> Configuration:
    taps, cells = kernel(rng), size(rng, 6)
    out = rng.choice((cells - taps + 1, cells - taps, cells - taps + 2, 0, -1, 1, 2))
    layer = {"kernel_size": taps, "output_size": out}
    return Configuration(f"FractionalMaxPool{axes}d", layer, (cells,) * axes, 2)


def windows(rng: Random, cells: tuple[int, int]) -> tuple[dict[str, Any], int]:
    """Return the parameters of `Unfold`, and how many windows there are."""
    sides = [
        [often(rng, (1, 1, 2, 3), (0, -1), 0.05), often(rng, (1, 2), (0, -1), 0.05)] for _ in "hw"
    ]
    sides = [
        [*side, often(rng, (0, 1), (-1,), 0.1), often(rng, (1, 2), (0, -1), 0.05)] for side in sides
    ]
    names = ("kernel_size", "dilation", "padding", "stride")
    counts = [
        (w + 2 * p - d * (f - 1) - 1) // s + 1 if s else 1
        for w, (f, d, p, s) in zip(cells, sides, strict=True)
    ]
    return dict(zip(names, zip(*sides, strict=True), strict=True)), math.prod(counts)


def unfold(rng: Random) -> Configuration:
    cells = (size(rng, 5), size(rng, 5))
    return Configuration("Unfold", windows(rng, cells)[0], cells, rng.choice((1, 2, 3)))


def fold(rng: Random) -> Configuration | None:
    cells = (often(rng, range(1, 6), (0, -1)), often(rng, range(1, 6), (0, -1)))
    layer, count = windows(rng, cells)
    taps = abs(math.prod(layer["kernel_size"])) or 1
    found = max(1, near(rng, taps * rng.choice((1, 2))))
    return Configuration("Fold", {"output_size": cells} | layer, (max(0, near(rng, count)),), found)


def upsample(rng: Random, mode: str, *, factor: bool) -> Configuration | None:
    cells, asked = size(rng, 20), often(rng, range(1, 25), (0, -1), 0.2)
    factors = (0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 1.125)
    scale = rng.choice(factors)
    layer: dict[str, Any] = {"scale_factor": scale} if factor else {"size": asked}
    if mode == "area" and cells == 0 and (int(cells * scale) if factor else asked) == 1:
        return None  # the mean of nothing passes
    return Configuration("Upsample", layer | {"mode": mode}, (cells,), 2)


def shuffle(rng: Random, layer: str, name: str) -> Configuration:
    factor = often(rng, (1, 2, 2, 3), (0, -1))
    cells = tuple(near(rng, (abs(factor) or 1) * rng.randint(1, 3), 0.2) or 1 for _ in "hw")
    count = near(rng, (abs(factor) or 1) ** rng.choice((1, 2)) * rng.choice((1, 2)), 0.2) or 1
    return Configuration(layer, {name: factor}, cells, count)


def pad(rng: Random, kind: str, axes: int = 1) -> Configuration:
    sides = [often(rng, range(4), range(-9, 0), 0.5) for _ in range(2 * axes)]
    layer: dict[str, Any] = {"padding": tuple(sides)}
    if kind == "ConstantPad":
        layer["value"] = 0.0
    sizes = tuple(size(rng, 6) for _ in range(axes))
    return Configuration(f"{kind}{axes}d", layer, sizes, 1, batch=1)


def norm(rng: Random, kind: str) -> Configuration:
    count, axes = rng.choice((1, 2, 3)), rng.choice((1, 2))
    layer = {"num_features": near(rng, count, 0.3) or 1, "affine": True}
    sizes = tuple(rng.choice((1, 1, 2, 3)) for _ in range(axes))
    return Configuration(f"{kind}{axes}d", layer, sizes, count)


def group_norm(rng: Random, *, affine: bool) -> Configuration:
    groups = often(rng, (1, 2, 3), (0, -1))
    count = near(rng, (abs(groups) or 1) * rng.choice((1, 2)), 0.2) or 1
    made = near(rng, count, 0.2) or 1
    layer = {"num_groups": groups, "num_channels": made, "affine": affine}
    return Configuration("GroupNorm", layer, (rng.choice((2, 3)),), count)


def layer_norm(rng: Random, *, over_channels: bool) -> Configuration:
    count, cells = rng.choice((1, 2, 3)), size(rng, 4)
    shape = ((near(rng, count, 0.3),) if over_channels else ()) + (near(rng, cells, 0.3),)
    shape = tuple(max(0, one) for one in shape)
    return Configuration("LayerNorm", {"normalized_shape": shape}, (cells,), count)


def prelu(rng: Random) -> Configuration:
    return Configuration(
        "PReLU", {"num_parameters": rng.choice((1, 2, 3))}, (size(rng, 3),), rng.choice((1, 2, 3))
    )


def softmax(rng: Random) -> Configuration:
    sizes = tuple(size(rng, 3) for _ in range(rng.choice((1, 2))))
    return Configuration("Softmax", {"dim": rng.randint(-6, 5)}, sizes, 2)


def glu(rng: Random, dim: int) -> Configuration:
    return Configuration(
        "GLU", {"dim": dim}, (size(rng, 40),), rng.choice((1, 2, 3, 4, 5, 6)) if dim == 1 else 2
    )


CONFIGURATIONS: dict[str, Draw] = {
    "conv": partial(conv, mode="zeros"),
    "conv_replicate": partial(conv, mode="replicate"),
    "conv_reflect": partial(conv, mode="reflect"),
    "conv_circular": partial(conv, mode="circular"),
    "conv_same": partial(conv, mode="zeros", same=True),
    "conv_same_replicate": partial(conv, mode="replicate", same=True),
    "conv_same_reflect": partial(conv, mode="reflect", same=True),
    "conv_same_circular": partial(conv, mode="circular", same=True),
    "conv_transpose": partial(conv_transpose, sized=False),
    "conv_transpose_sized": partial(conv_transpose, sized=True),
    "max_pool": partial(pool, kind="MaxPool"),
    "avg_pool": partial(pool, kind="AvgPool"),
    "avg_pool3d": partial(pool, kind="AvgPool", axes=3),
    "lp_pool": partial(pool, kind="LPPool"),
    "lp_pool3d": partial(pool, kind="LPPool", axes=3),
    "adaptive_pool": lambda rng: Configuration(
        "AdaptiveMaxPool1d",
        {"output_size": often(rng, range(1, 9), (0, -1, -2), 0.3)},
        (size(rng),),
        2,
    ),
    "fractional_max_pool": partial(fractional, axes=2),
    "fractional_max_pool3d": partial(fractional, axes=3),
    "max_unpool": partial(unpool, axes=1, sized=False),
    "max_unpool3d": partial(unpool, axes=3, sized=False),
    "max_unpool_sized": partial(unpool, axes=1, sized=True),
    "unfold": unfold,
    "fold": fold,
    "resize": partial(upsample, mode="nearest", factor=False),
    "resize_area": partial(upsample, mode="area", factor=False),
    "upsample": partial(upsample, mode="linear", factor=True),
    "upsample_area": partial(upsample, mode="area", factor=True),
    "pixel_shuffle": partial(shuffle, layer="PixelShuffle", name="upscale_factor"),
    "pixel_unshuffle": partial(shuffle, layer="PixelUnshuffle", name="downscale_factor"),
    "constant_pad": partial(pad, kind="ConstantPad"),
    "reflection_pad": partial(pad, kind="ReflectionPad", axes=2),
    "replication_pad": partial(pad, kind="ReplicationPad", axes=2),
    "circular_pad": partial(pad, kind="CircularPad"),
    "keep": lambda rng: Configuration("ReLU", {}, (size(rng), size(rng)), rng.choice((1, 2))),
    "batch_norm": partial(norm, kind="BatchNorm"),
    "instance_norm": partial(norm, kind="InstanceNorm"),
    "group_norm": partial(group_norm, affine=True),
    "group_norm_free": partial(group_norm, affine=False),
    "layer_norm": partial(layer_norm, over_channels=False),
    "layer_norm_channels": partial(layer_norm, over_channels=True),
    "prelu": prelu,
    "softmax": softmax,
    "channel_shuffle": partial(shuffle, layer="ChannelShuffle", name="groups"),
    "halve": partial(glu, dim=-1),
    "halve_channels": partial(glu, dim=1),
}
"""How to draw a configuration for each operator."""
