"""Configurations of norms, activations, dropout and gates."""

from __future__ import annotations

from random import Random
from typing import Any

from torch_configurations import Axis, Configuration, Draw, configuration, draws, how_many_axes

WRONG = 0.25

PLAIN: dict[str, dict[str, tuple[Any, ...]]] = {
    "ReLU": {"inplace": (False, True)},
    "ReLU6": {"inplace": (False, True)},
    "SELU": {"inplace": (False, True)},
    "SiLU": {"inplace": (False, True)},
    "Mish": {"inplace": (False, True)},
    "Hardswish": {"inplace": (False, True)},
    "Hardsigmoid": {"inplace": (False, True)},
    "Sigmoid": {},
    "Tanh": {},
    "Softsign": {},
    "Tanhshrink": {},
    "LogSigmoid": {},
    "Identity": {},
    "Dropout": {"p": (0.5, 0, 1, 0.1, -0.1, 1.5)},
    "Dropout1d": {"p": (0.5, 0, 1, 0.1, -0.1, 1.5)},
    "Dropout2d": {"p": (0.5, 0, 1, 0.1, -0.1, 1.5)},
    "Dropout3d": {"p": (0.5, 0, 1, 0.1, -0.1, 1.5)},
    "AlphaDropout": {"p": (0.5, 0, 1, 0.1, -0.1, 1.5)},
    "FeatureAlphaDropout": {"p": (0.5, 0, 1, 0.1, -0.1, 1.5)},
    "Softmax2d": {},
    "LeakyReLU": {"negative_slope": (0.01, 0, -1, 2)},
    "ELU": {"alpha": (1.0, 0, -1)},
    "CELU": {"alpha": (1.0, 0.5, -1, 0)},
    "Softplus": {"beta": (1.0, 0, -1), "threshold": (20.0, 0, -3)},
    "Hardshrink": {"lambd": (0.5, 0, -1)},
    "Softshrink": {"lambd": (0.5, 0, 1, -0.1)},
    "Threshold": {"threshold": (0.1, -1), "value": (20, 0)},
    "GELU": {"approximate": ("none", "tanh", "erf")},
    "RReLU": {"lower": (0.1, 0.2), "upper": (0.3, 0.2, 0.15)},
    "Hardtanh": {"min_val": (-1.0, 0), "max_val": (1.0, 2, 0, -1.0)},
    "LocalResponseNorm": {"size": (1, 2, 3, 9, 0, -1), "alpha": (0.0001,), "k": (1.0, 2)},
    "Softmax": {"dim": (None,)},
    "LogSoftmax": {"dim": (None,)},
    "Softmin": {"dim": (None,)},
}
"""Layers that keep all sizes, with some of what each parameter may be or may not be."""

AXES = {"Dropout1d": 1, "Softmax2d": 2}


def input_axes(random: Random, least: int = 0) -> list[Axis]:
    """Return axes with sizes that are sometimes 0, where nothing forbids it."""
    return [{"W": random.randint(least, 12)} for _ in range(how_many_axes(random))]


@draws("keep")
def keep(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        layer = random.choice(tuple(PLAIN))
        least = 1 if layer == "LocalResponseNorm" else 0
        axes = input_axes(random, least)
        if layer in AXES:
            axes = [axes[0] | {} for _ in range(AXES[layer])]
        named = {name: random.choice(values) for name, values in PLAIN[layer].items()}
        return configuration(layer, axes, named)

    return draw


@draws("batch_norm", "instance_norm")
def norm(operator: str) -> Draw:
    own = operator == "instance_norm"

    def draw(random: Random) -> Configuration:
        kind = "Instance" if own or random.random() < 0.3 else "Batch"
        axes = input_axes(random, 0 if own else 1)
        named = {
            "num_features": 2,
            "affine": random.random() < 0.5,
            "track_running_stats": not own and (kind == "Instance" or random.random() < 0.7),
            "eps": random.choice((1e-05, 0.1)),
            "momentum": random.choice((0.1, None)),
            "bias": random.random() < 0.5,
        }
        if random.random() < WRONG:
            if own and random.random() < 0.4:
                axes = [{"W": 1} for _ in axes]
            else:
                named["num_features"] = random.choice((1, 3, 4))
        return configuration(f"{kind}Norm{len(axes)}d", axes, named)

    return draw


@draws("group_norm", "group_norm_free")
def group_norm(operator: str) -> Draw:
    free = operator == "group_norm_free"

    def draw(random: Random) -> Configuration:
        groups, times = random.choice((1, 2, 3)), random.choice((1, 2))
        layers, channels = groups * times, groups * (random.choice((1, 2)) if free else times)
        if random.random() < WRONG:
            groups, layers, channels = random.choice(
                ((0, 2, 2), (-1, 2, 2), (2, 3, 2), (4, 2, 4), (2, 4, 3), (3, 6, 2))
                if free
                else ((0, 2, 2), (-1, 2, 2), (2, 3, 3), (4, 2, 2), (2, 2, 4), (2, 4, 2), (1, 2, 3))
            )
        named = {"num_groups": groups, "num_channels": layers, "affine": not free}
        return configuration("GroupNorm", input_axes(random), named, channels)

    return draw


@draws("layer_norm", "layer_norm_channels")
def layer_norm(operator: str) -> Draw:
    whole = operator.endswith("channels")

    def draw(random: Random) -> Configuration:
        axes = input_axes(random)
        trailing = (2, *(axis["W"] for axis in axes))
        last = len(trailing) if whole else random.randint(1, len(axes))
        shape = list(trailing[-last:])
        if random.random() < WRONG:
            shape[random.choice((0, -1))] += random.choice((-1, 1))
        named: dict[str, Any] = {"normalized_shape": tuple(shape)}
        if last == 1 and random.random() < 0.5:
            named["normalized_shape"] = shape[0]
        named["elementwise_affine"] = random.random() < 0.5
        return configuration(random.choice(("LayerNorm", "RMSNorm")), axes, named)

    return draw


@draws("prelu")
def prelu(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        channels = random.choice((1, 2, 2, 3))
        slopes = random.choice((1, channels))
        if random.random() < WRONG:
            slopes = random.choice((0, 2, 3, 4, -1))
        return configuration("PReLU", input_axes(random), {"num_parameters": slopes}, channels)

    return draw


@draws("softmax")
def softmax(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes = input_axes(random)
        rank = len(axes) + 2
        dim = random.randint(-rank, rank - 1)
        if random.random() < WRONG:
            dim = random.choice((-rank - 1, rank, rank + 3, -rank - 2))
        layer = random.choice(("Softmax", "LogSoftmax", "Softmin"))
        return configuration(layer, axes, {"dim": dim})

    return draw


@draws("halve", "halve_channels")
def halve(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes, channels = input_axes(random), random.choice((2, 2, 4, 6))
        if operator == "halve_channels":
            channels = random.choice((1, 3, 5)) if random.random() < WRONG else channels
            dim = random.choice((1, -len(axes) - 1))
            return configuration("GLU", axes, {"dim": dim}, channels)
        place = random.randrange(len(axes))
        axes[place]["W"] = 2 * axes[place]["W"] + (random.random() < WRONG)
        dim = random.choice((place + 2, place - len(axes)))
        return configuration("GLU", axes, {"dim": dim}, channels)

    return draw
